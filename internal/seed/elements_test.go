package seed_test

import (
	"slices"
	"testing"

	"normmap/internal/norms"

	gocmp "github.com/google/go-cmp/cmp"
)

func TestTheTenElementsAsTheLetterPrintsThem(t *testing.T) {
	t.Parallel()
	got := make([]string, 10)
	for _, e := range all[norms.PutElement](load(t)) {
		got[e.Number-1] = e.Title
	}
	want := []string{"Further multi-stakeholderism", "Vulnerability equities processes", "Responsible disclosure",
		"Reference to International Law", "Definition of Cyber threats", "Definition of Cyber-attacks", "Reference to Capacity Building",
		"Specified CBM's", "Reference to Human Rights", "References to content restrictions"}
	if d := gocmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// One letter for each element in its order: y yes, p partly, n no; ? follows
// what is unverified.
func TestOurOwnReadings(t *testing.T) {
	t.Parallel()
	edits := load(t)
	elements := all[norms.PutElement](edits)
	slices.SortFunc(elements, func(a, b norms.PutElement) int { return a.Number - b.Number })
	got := map[string]string{}
	for _, e := range elements {
		for _, r := range all[norms.PutElementReading](edits) {
			if r.Element != e.Slug {
				continue
			}
			if r.Assessor != norms.Curator {
				t.Errorf("%s in %s is read by %s", r.Element, r.Agreement, r.Assessor)
			}
			mark := string(r.Reading[0])
			if r.Confidence == "unverified" {
				mark += "?"
			}
			got[r.Agreement] += mark
		}
	}
	want := map[string]string{
		"tech-accord":          "ynynnnynnn",
		"paris-call":           "ynyynnypyn",
		"gcsc":                 "yyyp?nnn?nn?n",
		"manrs":                "pnnnnnpnnn",
		"nis-directive":        "nnnnpnpppn",
		"eu-cybersecurity-act": "pnpnynynn?n",
		"un-norms":             "pnyypnyyyn",
		"contract-for-the-web": "ynnnnnpnyp",
	}
	if d := gocmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
