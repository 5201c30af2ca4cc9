package store_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
	"normmap/internal/store/browse"
)

func TestReadingsComeInTheOrderAsked(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	cited := []browse.CitedLabel{{Agreement: "gcsc", Label: "5"}, {Agreement: "nobody", Label: "1"}, {Agreement: "paris-call", Label: " 1 "}, {Agreement: "gcsc", Label: "5"}}
	got := read[[][]norms.LabelReading](t)(s.ReadingsOf(t.Context(), cited))
	for i, c := range cited {
		if d := cmp.Diff(read[[]norms.LabelReading](t)(s.Readings(t.Context(), c)), got[i]); d != "" {
			t.Errorf("%v: %s", c, d)
		}
	}
	if len(got[0]) == 0 || len(got[1]) != 0 || len(got[2]) == 0 {
		t.Errorf("readings: %v", got)
	}
}

func TestATextIsUnderstood(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	found, err := s.Parse(t.Context(), "Paris Call principles 1 and 77, Harmony Charter principle 3; GCSC norm 5, Paris Call principle 1")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range read[[]browse.ReadReference](t)(s.Understand(t.Context(), found, "2019-09")) {
		for _, c := range r.Citations {
			got = append(got, fmt.Sprint(r.Agreement, " ", c.Label, " ", c.Resolution, " ", len(c.Candidates)))
		}
	}
	want := []string{"paris-call 1 resolved 1", "paris-call 77 out_of_range 0", " 3 unknown_agreement 0", "gcsc 5 ambiguous 3", "paris-call 1 resolved 1"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	_, err = s.Parse(t.Context(), "MANRS action 1"+strings.Repeat(", 1", browse.MaxCited))
	wantKind(t, "too many labels", err, norms.Invalid)
}

// A text that names an edition means its numbers, the current edition's too.
func TestANamedEditionIsMeant(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	for text, want := range map[string]string{
		"GCSC final report, norm 5":             "resolved gcsc/5",
		"norms 1 of the GCSC final report":      "resolved gcsc/1",
		"GCSC 2019, norm 5":                     "resolved gcsc/5",
		"Singapore Norm Package, norm 3":        "resolved gcsc@singapore-2018/3",
		"GCSC final report, norm 9":             "out_of_range",
		"MANRS for network operators, action 1": "resolved manrs@network-operators/1",
	} {
		found, err := s.Parse(t.Context(), text)
		must(t, err)
		var got []string
		for _, r := range read[[]browse.ReadReference](t)(s.Understand(t.Context(), found, "2021-03")) {
			for _, c := range r.Citations {
				said := string(c.Resolution)
				for _, candidate := range c.Candidates {
					said += " " + candidate.Principle
				}
				got = append(got, said)
			}
		}
		if d := cmp.Diff([]string{want}, got); d != "" {
			t.Errorf("%q: %s", text, d)
		}
	}
}
