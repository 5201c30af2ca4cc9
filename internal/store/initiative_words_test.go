package store_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"normmap/internal/norms"
)

// The initiatives that hold words are those of the whole list that do, in its
// order, on pages of any size; other filters narrow them.
func TestInitiativesByWords(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	rewrite(t, pool, `insert into organization (slug, name, kind, version) select 'zoo-' || g, 'Zoo ' || g / 3, 'body', 2 from generate_series(1, 9) g;
		insert into initiative (slug, title, summary, kind, organization_id, reported_by_id, status, version)
		select 'zebra-' || g, 'Zebra ' || g, case when g % 2 = 0 then 'Stripes matter.' else '' end, 'programme', o.id, o.id, 'ongoing', 2
		from generate_series(1, 60) g join organization o on o.slug = 'zoo-' || 1 + g % 9`)
	read := func(f norms.InitiativeFilter, limit int) []string {
		t.Helper()
		var slugs []string
		for p := (norms.Page{Limit: limit}); ; {
			page, err := s.Initiatives(t.Context(), f, p)
			must(t, err)
			for _, i := range page.Items {
				slugs = append(slugs, i.Slug)
			}
			if page.Next == nil {
				if page.Total != len(slugs) {
					t.Errorf("%+v has %d on its pages, says %d", f, len(slugs), page.Total)
				}
				return slugs
			}
			p.Cursor = *page.Next
		}
	}
	all := read(norms.InitiativeFilter{}, 100)
	const holding = `select slug from initiative where initiative_document(title, summary, heading, status_note) @@ websearch_to_tsquery('public.search', '%s')`
	for _, q := range []string{"zebra", "stripes", "zebra -stripes", "policy", "security or stripes", "the", "zzqqxx"} {
		held := lines(t, connect(t, pool.Config().ConnString()), fmt.Sprintf(holding, q))
		want := slices.DeleteFunc(slices.Clone(all), func(slug string) bool { return !slices.Contains(held, slug) })
		for _, limit := range []int{1, 4, 7, 100} {
			if d := cmp.Diff(want, read(norms.InitiativeFilter{Q: q}, limit), cmpopts.EquateEmpty()); d != "" {
				t.Errorf("%q, %d on a page: %s", q, limit, d)
			}
		}
	}
	for f, want := range map[norms.InitiativeFilter]int{
		{Q: "stripes", Organization: "zoo-1"}: 3, {Q: "stripes", Status: "planned"}: 0, {Q: "zebra", Agreement: "paris-call"}: 0,
		{Q: "strip"}: 30, {Q: "  "}: len(all),
	} {
		if got := read(f, 5); len(got) != want {
			t.Errorf("%+v finds %v, want %d", f, got, want)
		}
	}
}
