package store_test

import (
	"testing"

	"normmap/internal/norms"
)

// No number of the seeds is hinted at: what their sources say is about deeds.
func TestTheSeedsHaveNoHints(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	list := read[norms.List[norms.SourceRow]](t)(s.Sources(t.Context(), norms.SourceFilter{}, norms.Page{Limit: norms.MaxLimit}))
	looked := 0
	for _, row := range list.Items {
		for _, l := range read[norms.Source](t)(s.Source(t.Context(), row.Slug)).Lines {
			for _, r := range l.References {
				looked++
				if r.Hint != nil {
					t.Errorf("%s: %s: %+v", row.Slug, r.Text, r.Hint)
				}
			}
		}
	}
	if looked != 29 {
		t.Errorf("%d references were looked at", looked)
	}
}
