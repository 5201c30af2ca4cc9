package store_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
)

// figuresShown are the figures of all principles, which a view of the present
// looks up and one of the past counts, and the citations that wait.
const figuresShown = `
select coalesce(string_agg(concat_ws(' ', f.principle_id, f.links, f.curator_links, f.third_party_links, f.contested, f.possibly_cited, f.reviewed_cells), ', '
    order by f.principle_id), '') ||
  (select coalesce(string_agg(concat(' ', k.principle_id, '?', k.citation_id), '' order by k.principle_id, k.citation_id), '') from %[1]s.possible_citation k)
from (
  select principle_id, sum(links) as links, sum(curator_links) as curator_links, sum(third_party_links) as third_party_links,
    sum(contested) as contested, sum(possibly_cited) as possibly_cited, sum(reviewed_cells) as reviewed_cells
  from %[1]s.principle_figures group by principle_id) f
where f.links + f.curator_links + f.third_party_links + f.contested + f.possibly_cited + f.reviewed_cells > 0`

// What was shown of a principle at a revision is shown of it ever after, though
// figures that are kept in the present are counted anew in the past.
func TestFiguresOfThePastAreWhatTheyWere(t *testing.T) {
	t.Parallel()
	present, pool := owned(t)
	earlier, err := postgres.OpenPast(t.Context(), pool.Config().ConnString())
	must(t, err)
	t.Cleanup(earlier.Close)
	s := present.WithPast(earlier)
	r := rand.New(rand.NewPCG(21, 5))
	then := map[int64]shown{}
	for n := range 60 {
		write := randomWrites[r.IntN(len(randomWrites))]
		if n < len(randomWrites) {
			write = randomWrites[n]
		}
		rewrite(t, pool, "set constraints all deferred; "+fmt.Sprintf(write, r.IntN(1000)))
		now := shown{cited: citedWith(t, s)}
		must(t, pool.QueryRow(t.Context(), fmt.Sprintf(figuresShown, "public")).Scan(&now.figures))
		then[read[int64](t)(s.Revision(t.Context()))] = now
	}
	// They are the same whether the course of the figures was written down up to a
	// revision in the middle, or to the end.
	for _, steps := range []int{20, 200} {
		for range steps {
			must(t, pool.QueryRow(t.Context(), "select coalesce(history.keep_course(1, 1, 6), 0)").Scan(new(int64)))
		}
		sameFigures(t, pool, s, then)
	}
	// The control: figures stand in more places than one.
	if more := count(t, pool, "select count(*) - count(distinct principle_id) from history.principle_course"); more < 50 {
		t.Errorf("of all principles there are only %d rows more than one", more)
	}
}

// linksOtherwise counts the principles of which the course says something else
// about links than the links do.
const linksOtherwise = `
select count(*)
from asof.principle p
cross join lateral asof.links_of(p.id) l
cross join lateral (
  select coalesce(sum(f.figure) filter (where f.about = 0), 0) as links, coalesce(sum(f.figure) filter (where f.about = -1), 0) as curator_links,
    coalesce(sum(f.figure) filter (where f.about = -2), 0) as third_party_links
  from asof.figures_of(p.id) f) c
where (l.links, l.curator_links, l.third_party_links) <> (c.links, c.curator_links, c.third_party_links)`

// shown is what is shown of principles at a revision.
type shown struct {
	figures string
	cited   map[string][]norms.CocitationRow
}

// sameFigures says where the past is not what was shown.
func sameFigures(t *testing.T, pool *pgxpool.Pool, s *store.Store, then map[int64]shown) {
	t.Helper()
	distinct, wrong := map[string]bool{}, 0
	for revision, want := range then {
		distinct[want.figures] = true
		got := shown{cited: citedWith(t, s.AsOf(revision))}
		tx := read[pgx.Tx](t)(pool.Begin(t.Context()))
		_, err := tx.Exec(t.Context(), "select set_config('normmap.as_of', $1, true)", fmt.Sprint(revision))
		must(t, err)
		must(t, tx.QueryRow(t.Context(), fmt.Sprintf(figuresShown, "asof")).Scan(&got.figures))
		must(t, tx.QueryRow(t.Context(), linksOtherwise).Scan(&wrong))
		must(t, tx.Rollback(t.Context()))
		if wrong > 0 {
			t.Fatalf("as of revision %d, %d principles have other links where their course is read", revision, wrong)
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(shown{})); diff != "" {
			t.Fatalf("as of revision %d (-shown then +shown now):\n%s", revision, diff)
		}
	}
	if len(distinct) < 20 { // the control: otherwise the present would do
		t.Errorf("only %d of %d revisions differ", len(distinct), len(then))
	}
}

// citedWith is what pages of some principles say of others that are cited with
// them.
func citedWith(t *testing.T, s *store.Store) map[string][]norms.CocitationRow {
	t.Helper()
	list := read[norms.List[norms.PrincipleRow]](t)(s.Principles(t.Context(), norms.PrincipleFilter{}, norms.Page{Limit: 4}))
	out := map[string][]norms.CocitationRow{}
	for _, row := range list.Items {
		ref, err := norms.ParseRef(row.Ref)
		must(t, err)
		out[row.Ref] = read[norms.Principle](t)(s.Principle(t.Context(), ref, norms.Page{})).CitedWith
	}
	return out
}

// What is cited together with a principle that many cite is told of the past by
// what changed since, where that is little.
func TestCitedTogetherIsToldByWhatChangedSince(t *testing.T) {
	t.Parallel()
	present, pool := owned(t)
	earlier, err := postgres.OpenPast(t.Context(), pool.Config().ConnString())
	must(t, err)
	t.Cleanup(earlier.Close)
	s := present.WithPast(earlier)
	by := editor(t, pool)
	var many []norms.Edit
	for n := range 60 {
		many = append(many, newInitiative(fmt.Sprint("cites-", n)))
	}
	apply(t, s, by, many...)
	shown := slices.Sorted(maps.Keys(citedWith(t, s)))
	one := count(t, pool, "select id from principle_name where ref = '"+shown[0]+"'")
	other := count(t, pool, "select id from principle_name where ref = '"+shown[1]+"'")
	rewrite(t, pool, fmt.Sprintf(`insert into link (initiative_id, principle_id, relation, origin, asserter_id, version)
select i.id, p.id, 'supports', 'contributor', i.organization_id, history.current_rev() from initiative i, principle p
where i.slug like 'cites-%%' and (p.id in (%d, %d) or (i.id + p.id) %% 7 = 0)`, one, other))
	then := map[int64]map[string][]norms.CocitationRow{}
	for _, change := range []string{
		"select",
		"update link set relation = 'contrary', version = history.current_rev() where principle_id = @one and initiative_id % 10 = 0",
		"delete from link where principle_id = @other and initiative_id % 10 in (1, 2) and not exists (select from citation c where c.link_id = link.id)",
		"update link set relation = 'supports', version = history.current_rev() where principle_id = @one and initiative_id % 20 = 0",
		"update link set origin = 'curator', asserter_id = null, version = history.current_rev() where principle_id = @other and initiative_id % 9 = 0 and not exists (select from citation c where c.link_id = link.id)",
		"delete from link where initiative_id = (select max(id) from initiative) and not exists (select from citation c where c.link_id = link.id)",
	} {
		rewrite(t, pool, strings.NewReplacer("@one", fmt.Sprint(one), "@other", fmt.Sprint(other)).Replace(change))
		then[read[int64](t)(s.Revision(t.Context()))] = citedWith(t, s)
	}
	last := then[read[int64](t)(s.Revision(t.Context()))]
	changed := 0
	for revision, want := range then {
		if diff := cmp.Diff(want, citedWith(t, s.AsOf(revision))); diff != "" {
			t.Errorf("as of revision %d (-shown then +shown now):\n%s", revision, diff)
		}
		if !cmp.Equal(want, last) {
			changed++
		}
	}
	if changed != len(then)-1 { // the control: otherwise the present would do
		t.Errorf("%d of %d revisions differ from the present", changed, len(then))
	}
}

// A link that was moved to another initiative is one link ever after, at once
// with its beginning and later.
func TestAMovedLinkIsOneLinkInThePast(t *testing.T) {
	t.Parallel()
	s, pool := owned(t)
	by := editor(t, pool)
	apply(t, s, by, newInitiative("here"), newInitiative("there"))
	link := norms.PutLink{Initiative: "here", Principle: "paris-call/4", Relation: "supports", Origin: "curator", Rationale: "It says so."}
	made := apply(t, s, by, link)
	link.ID, link.Version, link.Initiative = int64(count(t, pool, "select max(id)::int from link")), made.Revision, "there"
	apply(t, s, by, link)
	must(t, pool.QueryRow(t.Context(), "select history.keep_course(1, 1000, 10)").Scan(new(int64)))
	if wrong := read[[]string](t)(s.WrongTallies(t.Context())); len(wrong) > 0 {
		t.Error(wrong)
	}
	if moved := count(t, pool, "select count(distinct initiative_id) from history.link where id = (select max(id) from link)"); moved != 2 {
		t.Errorf("the link was of %d initiatives, want 2", moved)
	}
}
