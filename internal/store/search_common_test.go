package store_test

import (
	"strings"
	"testing"

	"normmap/internal/norms"
)

// Where very many hold a word, those come first whose name does; and the pages
// hold each once.
func TestACommonWord(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	rewrite(t, pool, `insert into organization (slug, name, kind, summary, version)
		select 'org-' || g, case when g % 3 = 0 then 'Zebra ' else 'Horse ' end || g, 'body', 'Watches zebras.', 2 from generate_series(1, 700) g`)
	found := searched(t, s, norms.SearchFilter{Q: "zebra"})
	if !found.Capped || found.Total < 200 || found.Total > 700 || !strings.HasPrefix(found.Items[0].Title, "Zebra") || found.Kinds[3].Count != found.Total {
		t.Errorf("%d found, capped %v, first %s, kinds %v", found.Total, found.Capped, found.Items[0].Title, found.Kinds)
	}
	everyPage(t, "zebra", func(p norms.Page) (norms.List[norms.Found], error) {
		found, err := s.Search(t.Context(), norms.SearchFilter{Q: "zebra"}, p)
		return found.List, err
	}, func(f norms.Found) string { return f.Key })
	for q, first := range map[string]string{"zebra -horse": "Zebra", "zebra -watching": "", "zebraa": "Zebra"} {
		got := searched(t, s, norms.SearchFilter{Q: q})
		if (len(got.Items) > 0) != (first != "") || len(got.Items) > 0 && !strings.HasPrefix(got.Items[0].Title, first) {
			t.Errorf("%q finds %d, the first are %v", q, got.Total, keysOf(got)[:min(3, len(got.Items))])
		}
	}
	if rare := searched(t, s, norms.SearchFilter{Q: "zebra 699"}); rare.Capped || rare.Total != 1 {
		t.Errorf("two words that one name holds find %v", keysOf(rare))
	}
}

// Words that every text holds are not looked for, which is told from a word that
// nothing holds.
func TestSearchTellsThatWordsAreTooFrequent(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	for q, want := range map[string]bool{"the": true, "and": true, "of the": true, "the hygiene": false, "xyzzy": false, "?!": false, "": false} {
		if found := searched(t, s, norms.SearchFilter{Q: q}); found.TooFrequent != want {
			t.Errorf("%q: %v with %d results", q, found.TooFrequent, found.Total)
		}
	}
}
