package norms_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
)

func readingsOf(element string, list ...norms.Reading) []norms.ReadingRow {
	var out []norms.ReadingRow
	for _, r := range list {
		row := norms.ReadingRow{Element: element, Reading: r, Assessor: norms.Curator}
		if r == norms.NotAssessed {
			row.Assessor = ""
		}
		out = append(out, row)
	}
	return out
}

func TestFiguresOfAnElement(t *testing.T) {
	t.Parallel()
	by := func(who norms.Assessor, r norms.Reading) norms.ReadingRow {
		return norms.ReadingRow{Element: "x", Reading: r, Assessor: who}
	}
	for name, tt := range map[string]struct {
		readings []norms.ReadingRow
		want     norms.ElementRow
	}{
		"nothing read": {nil, norms.ElementRow{Recurrence: "unread"}},
		"not assessed is not no": {readingsOf("x", norms.NotAssessed, norms.ReadYes, norms.NotAssessed),
			norms.ElementRow{Yes: 1, Assessed: 1, Recurrence: "single"}},
		"not applicable is not no": {readingsOf("x", norms.NotApplicable, norms.ReadNo), norms.ElementRow{Assessed: 1, Recurrence: "nowhere"}},
		"partly counts":            {readingsOf("x", norms.ReadPartly, norms.ReadNo, norms.ReadYes), norms.ElementRow{Yes: 1, Partly: 1, Assessed: 3, Recurrence: "several"}},
		"others are counted nowhere": {append(readingsOf("x", norms.ReadNo), by("organization", norms.ReadYes), by("account", norms.ReadYes)),
			norms.ElementRow{Assessed: 1, Recurrence: "nowhere"}},
		"nor other elements": {readingsOf("y", norms.ReadYes), norms.ElementRow{Recurrence: "unread"}},
	} {
		got := norms.ElementRow{Slug: "x", Yes: 7}.WithReadings(tt.readings)
		want := slices.DeleteFunc(slices.Clone(tt.readings), func(r norms.ReadingRow) bool { return r.Element != "x" })
		if len(got.Readings) != len(want) {
			t.Errorf("%s: %d readings, want %d", name, len(got.Readings), len(want))
		}
		got.Slug, got.Readings = "", nil
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestNaturesThatAFilterLetsThrough(t *testing.T) {
	t.Parallel()
	for word, want := range map[string][]norms.LegalNature{
		"":                     norms.LegalNatures,
		"binding":              {"binding_law", "treaty"},
		"proposal":             {"proposal"},
		"not_binding":          {"un_consensus_norms", "voluntary_commitment", "operational_programme", "expert_recommendation", "proposal"},
		"voluntary_commitment": {"voluntary_commitment"},
	} {
		f := norms.ElementFilter{LegalNature: word}
		if err := f.Check(); err != nil {
			t.Errorf("%q: %v", word, err)
		}
		if d := cmp.Diff(want, f.Natures()); d != "" {
			t.Errorf("%q: %s", word, d)
		}
	}
	if (norms.ElementFilter{LegalNature: "half"}).Check() == nil || (norms.ElementFilter{Space: "outer"}).Check() == nil {
		t.Error("a filter that cannot choose anything is taken")
	}
}
