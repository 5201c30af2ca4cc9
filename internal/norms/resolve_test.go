package norms_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
)

func TestResolveLabel(t *testing.T) {
	t.Parallel()
	textOrder := norms.LabelReading{Numbering: "text order", From: "2018-11-12", Principle: "paris-call/7"}
	siteOrder := norms.LabelReading{Numbering: "site order", From: "2019-10-24", To: "2019-11-08", Principle: "paris-call/8"}
	undated := func(title, ref string) norms.LabelReading {
		return norms.LabelReading{Numbering: title, Principle: ref}
	}
	for name, c := range map[string]struct {
		on       norms.Date
		readings []norms.LabelReading
		want     norms.Resolution
		refs     []string
	}{
		"one numbering":                      {"2019-09-20", []norms.LabelReading{textOrder}, norms.Resolved, []string{"paris-call/7"}},
		"another is not valid yet":           {"2019-09-20", []norms.LabelReading{textOrder, siteOrder}, norms.Resolved, []string{"paris-call/7"}},
		"both valid and different":           {"2019-11-01", []norms.LabelReading{textOrder, siteOrder}, norms.Ambiguous, []string{"paris-call/7", "paris-call/8"}},
		"the other is not valid any more":    {"2020-01-01", []norms.LabelReading{textOrder, siteOrder}, norms.Resolved, []string{"paris-call/7"}},
		"a year that touches both":           {"2019", []norms.LabelReading{textOrder, siteOrder}, norms.Ambiguous, []string{"paris-call/7", "paris-call/8"}},
		"date unknown":                       {"", []norms.LabelReading{textOrder, siteOrder}, norms.Ambiguous, []string{"paris-call/7", "paris-call/8"}},
		"before any numbering":               {"2018-01-01", []norms.LabelReading{textOrder}, norms.OutOfRange, nil},
		"no numbering knows the label":       {"2019-09-20", []norms.LabelReading{undated("A", "")}, norms.OutOfRange, nil},
		"no numbering at all":                {"2019-09-20", nil, norms.OutOfRange, nil},
		"two undated agree":                  {"2019-09-20", []norms.LabelReading{undated("A", "x/1"), undated("B", "x/1")}, norms.Resolved, []string{"x/1"}},
		"one undated does not know it":       {"2019-09-20", []norms.LabelReading{undated("A", "x/1"), undated("B", "")}, norms.Ambiguous, []string{"x/1"}},
		"candidates keep the readings order": {"2019-09-20", []norms.LabelReading{undated("B", "x/5"), undated("D", "x/6"), undated("A", "y/5"), undated("C", "y/5")}, norms.Ambiguous, []string{"x/5", "x/6", "y/5"}},
	} {
		got, candidates := norms.ResolveLabel(c.on, c.readings)
		var refs []string
		for _, k := range candidates {
			refs = append(refs, k.Principle)
		}
		if got != c.want || !cmp.Equal(refs, c.refs) {
			t.Errorf("%s: %s %v, want %s %v", name, got, refs, c.want, c.refs)
		}
	}
}

func TestCandidateNamesEveryNumberingThatGivesIt(t *testing.T) {
	t.Parallel()
	_, got := norms.ResolveLabel("", []norms.LabelReading{{Numbering: "A", Principle: "x/1"}, {Numbering: "B", Principle: "x/2"}, {Numbering: "C", Principle: "x/1"}})
	want := []norms.Candidate{{Principle: "x/1", Reason: "A; C"}, {Principle: "x/2", Reason: "B"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestWhatASpellingOrAnEditionLeaves(t *testing.T) {
	t.Parallel()
	article := norms.LabelReading{Numbering: "printed", Principle: "nis2/21", How: "21(2) is part of 21"}
	best := norms.BestReadings([][]norms.LabelReading{{{Numbering: "printed"}}, {article}})
	if got, candidates := norms.ResolveLabel("2025", best); got != norms.Resolved || candidates[0].Reason != "printed (21(2) is part of 21)" {
		t.Errorf("a part of an article is %s %v, want it resolved to the article with the reason", got, candidates)
	}
	unknown := [][]norms.LabelReading{{{Numbering: "printed"}}, {{Numbering: "printed"}}}
	if got, _ := norms.ResolveLabel("2025", norms.BestReadings(unknown)); got != norms.OutOfRange {
		t.Errorf("what no spelling gives is %s", got)
	}
	programmes := []norms.LabelReading{{Numbering: "A", Principle: "m/1", Edition: "ixps"}, {Numbering: "B", Principle: "m@cdn/1", Edition: "cdn"}, {Numbering: "C"}}
	for edition, want := range map[string]norms.Resolution{"": norms.Ambiguous, "ixps": norms.Resolved, "vendors": norms.OutOfRange} {
		if got, _ := norms.ResolveLabel("2025", norms.OfEdition(programmes, edition)); got != want {
			t.Errorf("of edition %q it is %s, want %s", edition, got, want)
		}
	}
}
