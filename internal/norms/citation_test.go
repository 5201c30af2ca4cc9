package norms_test

import (
	"testing"

	"normmap/internal/norms"
)

// A line has left the text of its source when words of it are known to stand in an
// earlier one, and none in this.
func TestALineHasLeftTheTextWhenNothingOfItStandsThere(t *testing.T) {
	t.Parallel()
	here, before, nowhere := norms.ReferenceRow{Start: 12, End: 30}, norms.ReferenceRow{Start: 12, End: 30, PlaceAsOf: 7}, norms.ReferenceRow{Start: -1, End: -1}
	for name, c := range map[string]struct {
		references []norms.ReferenceRow
		want       bool
	}{
		"stands":                 {[]norms.ReferenceRow{here, here}, false},
		"stands in part":         {[]norms.ReferenceRow{before, here}, false},
		"stood":                  {[]norms.ReferenceRow{before, before}, true},
		"stood, without a place": {[]norms.ReferenceRow{nowhere, before}, true},
		"without a place":        {[]norms.ReferenceRow{nowhere}, false},
		"without references":     {nil, false},
	} {
		if got := (norms.CitationLine{References: c.references}).Left(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
