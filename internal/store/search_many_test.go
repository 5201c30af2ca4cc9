package store_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// Where thousands of initiatives hold a word, a part is shown and said to be
// one, now and in the past, the same each time; what few hold is counted.
func TestAWordThatThousandsHold(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	past, err := postgres.OpenPast(t.Context(), pool.Config().ConnString())
	must(t, err)
	t.Cleanup(past.Close)
	s = s.WithPast(past)
	rewrite(t, pool, `insert into initiative (slug, title, summary, kind, organization_id, reported_by_id, status, version)
		select 'zebra-' || g, 'Zebra ' || g, 'Stripes' || case when g % 10 = 0 then ' and crossings.' else '.' end, 'programme', o.id, o.id, 'ongoing', 2
		from generate_series(1, 4000) g, organization o where o.slug = 'microsoft'`)
	for q, total := range map[string]int{"zebra": 200, "stripes": 200, "zebar": 50, "stripes zzqqxx": 50} {
		found := searched(t, s, norms.SearchFilter{Q: q, Kind: "initiative"})
		if !found.Capped || found.Total != total || !slices.ContainsFunc(found.Items, func(f norms.Found) bool { return strings.HasPrefix(f.Title, "Zebra") }) {
			t.Errorf("%q finds %d, capped %v: %v", q, found.Total, found.Capped, keysOf(found))
		}
		if d := cmp.Diff(found, searched(t, s.AsOf(2), norms.SearchFilter{Q: q, Kind: "initiative"})); d != "" {
			t.Errorf("%q finds other things in the newest revision: %s", q, d)
		}
	}
	for f, want := range map[norms.SearchFilter]int{
		{Q: "zebra 3999"}: 1, {Q: "zebra -stripes"}: 0, {Q: "zebra", Agreement: "tech-accord"}: 0, {Q: "zebra", Organization: "microsoft"}: 200,
	} {
		if found := searched(t, s, f); found.Total != want || found.Capped != (want == 200) {
			t.Errorf("%+v finds %d, want %d; capped %v", f, found.Total, want, found.Capped)
		}
	}
	if found := searched(t, s, norms.SearchFilter{Q: "zebra or cyber", Kind: "agreement"}); found.Capped || found.Total == 0 {
		t.Errorf("of agreements %d are found, capped %v, though only initiatives are many", found.Total, found.Capped)
	}
}

// What was found is marked: of a name that is spelled alike the word that was
// meant, of a long text also other forms of the words.
func TestMarkedWords(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	rewrite(t, pool, `insert into organization (slug, name, kind, summary, version)
		select w.slug, w.name, 'body', repeat('Of many other things. ', 40) || w.said || repeat(' And of others.', 40), 2
		from (values ('zebra', 'Zebra Crossing', 'Stripes.'), ('horse', 'Horse', 'Two zebroid bodies.'), ('donkey', 'Donkey', 'Ten fûrlongs.')) w (slug, name, said)`)
	for q, want := range map[string][]string{
		"zebar": {"Zebra"}, "zebar crossing": {"Zebra", "Crossing"}, "stripe": {"Stripes"}, "zebroid body": {"zebroid", "bodies"}, "furlong": {"fûrlongs"},
	} {
		first, got := searched(t, s, norms.SearchFilter{Q: q, Kind: "organization"}).Items[0], []string(nil)
		for _, p := range slices.Concat(first.Heading, first.Excerpt) {
			if p.Hit {
				got = append(got, p.Text)
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q marks other words (-want +got):\n%s", q, d)
		}
	}
	if text := searched(t, s, norms.SearchFilter{Q: "zebar", Kind: "organization"}).Items[0].Excerpt.String(); !strings.HasPrefix(text, "Of many") || len(text) > 300 {
		t.Errorf("a text without the word is shown as %q", text)
	}
}
