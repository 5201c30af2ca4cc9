package store_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/norms"
	"normmap/internal/store/edit"
)

// inWords is every version of every row that edits of many write, without the
// numbers that one way of writing gives and another does not.
const inWords = `
with o as (select distinct on (id) id, slug from history.organization order by id, until_rev desc),
  s as (select distinct on (id) id, slug from history.source order by id, until_rev desc),
  i as (select distinct on (id) id, slug from history.initiative order by id, until_rev desc),
  a as (select id, slug from agreement),
  p as (select p.id, a.slug || '@' || e.slug || '/' || p.label as ref from principle p join edition e on e.id = p.edition_id join a on a.id = e.agreement_id),
  k as (select distinct on (h.id) h.id, concat_ws(' ', i.slug, p.ref, h.origin, o.slug) as key from history.link h join i on i.id = h.initiative_id
    join p on p.id = h.principle_id left join o on o.id = h.asserter_id order by h.id, h.until_rev desc),
  l as (select distinct on (h.id) h.id, concat_ws(' ', s.slug, i.slug, h.text) as key from history.citation_line h join s on s.id = h.source_id
    join i on i.id = h.initiative_id order by h.id, h.until_rev desc),
  r as (select distinct on (h.id) h.id, l.key || ' ' || h.position as key from history.reference h join l on l.id = h.line_id order by h.id, h.until_rev desc),
  c as (select distinct on (h.id) h.id, r.key || ' ' || h.position as key from history.citation h join r on r.id = h.reference_id order by h.id, h.until_rev desc),
  m as (select distinct on (h.id) h.id, concat_ws(' ', k.key, h.assessor, o.slug) as key from history.assessment h join k on k.id = h.link_id
    left join o on o.id = h.organization_id order by h.id, h.until_rev desc)
select line from (
  select concat_ws('|', 'organization', since_rev, until_rev, version, slug, name, kind, stakeholder_group, url, summary, (agreement_id is null)::text) from history.organization
  union all select concat_ws('|', 'source', h.since_rev, h.until_rev, h.version, h.slug, h.title, o.slug, h.published_on, h.note) from history.source h left join o on o.id = h.organization_id
  union all select concat_ws('|', 'principle', since_rev, until_rev, version, p.ref, title, addressees::text, position) from history.principle h join p using (id)
  union all select concat_ws('|', 'adherence', h.since_rev, h.until_rev, h.version, o.slug, a.slug, (h.edition_id is null)::text, h.relation, v.slug, h.founding, h.since, s.slug, h.note)
    from history.adherence h join o on o.id = h.organization_id join a on a.id = h.agreement_id join s on s.id = h.source_id left join o v on v.id = h.via_id
  union all select concat_ws('|', 'initiative', h.since_rev, h.until_rev, h.version, h.slug, h.title, q.slug, o.slug, v.slug, h.status, h.position, s.slug)
    from history.initiative h join o on o.id = h.organization_id join o v on v.id = h.reported_by_id left join i q on q.id = h.parent_id left join s on s.id = h.source_id
  union all select concat_ws('|', 'partner', h.since_rev, h.until_rev, i.slug, h.name, o.slug) from history.initiative_partner h join i on i.id = h.initiative_id left join o on o.id = h.organization_id
  union all select concat_ws('|', 'link', h.since_rev, h.until_rev, h.version, i.slug, p.ref, h.origin, o.slug, h.relation, h.property, h.strength, h.rationale)
    from history.link h join i on i.id = h.initiative_id join p on p.id = h.principle_id left join o on o.id = h.asserter_id
  union all select concat_ws('|', 'line', h.since_rev, h.until_rev, h.version, l.key, h.place) from history.citation_line h join l using (id)
  union all select concat_ws('|', 'reference', h.since_rev, h.until_rev, r.key, h.text, h.agreement_name, a.slug, h.place_start, h.place_end, h.prefix, h.suffix)
    from history.reference h join r using (id) left join a on a.id = h.agreement_id
  union all select concat_ws('|', 'citation', h.since_rev, h.until_rev, h.version, c.key, h.label, h.resolution, k.key) from history.citation h join c using (id) left join k on k.id = h.link_id
  union all select concat_ws('|', 'candidate', h.since_rev, h.until_rev, c.key, h.position, p.ref, h.reason) from history.citation_candidate h join c on c.id = h.citation_id join p on p.id = h.principle_id
  union all select concat_ws('|', 'assessment', h.since_rev, h.until_rev, h.version, m.key, (h.account_id is null)::text, h.view, h.rationale) from history.assessment h join m using (id)
  union all select concat_ws('|', 'address', kind, slug) from address
  union all select concat_ws('|', 'changeset', id, reason, md5(regexp_replace(edits::text, '"(id|link)": \d+', '"\1": 0', 'g'))) from changeset
) x (line) order by line`

func versionsInWords(t *testing.T, pool *pgxpool.Pool) []string {
	t.Helper()
	rows, err := pool.Query(t.Context(), inWords)
	must(t, err)
	out, err := pgx.CollectRows(rows, pgx.RowTo[string])
	must(t, err)
	return out
}

var anyNumber = regexp.MustCompile(`\d+`)

// said is what a writer is told, without numbers of rows.
func said(done norms.Applied, err error) string {
	ids := 0
	for _, id := range done.IDs {
		if id != 0 {
			ids++
		}
	}
	out := fmt.Sprintf("revision %d, %d written, %d rows of %d; ", done.Revision, done.Written, ids, len(done.IDs))
	if e, ok := errors.AsType[*edit.EditError](err); ok {
		out += fmt.Sprintf("edit %d: ", e.At)
	}
	if e, ok := errors.AsType[*norms.Error](err); ok {
		out += fmt.Sprintf("%d %s %v", e.Kind, anyNumber.ReplaceAllString(e.Message, "#"), e.Problems)
	} else if err != nil {
		out += err.Error()
	}
	return out
}

// Written together or one at a time, edits do and say the same.
func TestTogetherIsTheSameAsOneAtATime(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			together, pool := seeded(t)
			singly, otherPool := seeded(t)
			by, otherBy := editor(t, pool), editor(t, otherPool)
			r := rand.New(rand.NewPCG(seed, 5))
			outcomes := map[norms.Kind]int{}
			for range 40 {
				n := r.Uint64()
				edits, others := anyBatch(t, pool, rand.New(rand.NewPCG(n, 0))), anyBatch(t, otherPool, rand.New(rand.NewPCG(n, 0)))
				done, err := together.Apply(t.Context(), by, "a batch", edits)
				want, wantErr := singly.ApplySingly(t.Context(), otherBy, "a batch", others)
				if d := cmp.Diff(said(want, wantErr), said(done, err)); d != "" {
					t.Fatalf("%T and others: %s", edits[0], d)
				}
				outcomes[norms.KindOf(err)]++
			}
			if d := cmp.Diff(versionsInWords(t, otherPool), versionsInWords(t, pool)); d != "" {
				t.Error(d)
			}
			t.Log(outcomes)
			if outcomes[norms.KindOf(nil)] < 8 || len(outcomes) < 3 {
				t.Errorf("the batches do not try enough: %v", outcomes)
			}
		})
	}
}

// dealt are new initiatives, some of them parts of others, each followed by
// lines that cite for it.
func dealt(n int) []norms.Edit {
	var edits []norms.Edit
	for i := range n {
		e := newInitiative(fmt.Sprint("dealt-", i))
		e.Title, e.Position = fmt.Sprint("Work ", i), i
		if i%5 == 4 {
			e.Parent = fmt.Sprint("dealt-", i-4)
		}
		edits = append(edits, e)
		for j := range i % 3 {
			label := fmt.Sprint(1 + (i+j)%12)
			text := "Paris Call principle " + label
			edits = append(edits, norms.PutCitationLine{Source: e.Source, Initiative: e.Slug, Text: text, Place: fmt.Sprint("row ", i),
				References: []norms.Reference{{Text: text, Start: -1, End: -1, Name: "Paris Call", Agreement: "paris-call", Labels: []string{label}}}})
		}
	}
	return edits
}

// Initiatives and lines by turns are written together as well, and do and say
// what they do one at a time, with a mistake or without.
func TestByTurnsIsTheSameAsOneAtATime(t *testing.T) {
	t.Parallel()
	_, pool := seeded(t)
	singly, otherPool := seeded(t)
	by, otherBy := editor(t, pool), editor(t, otherPool)
	together, statements := counted(t, pool)
	wrong := dealt(120)
	line := wrong[32].(norms.PutCitationLine)
	line.Initiative = "dealt-119" // which comes only later
	wrong[32] = line
	for _, edits := range [][]norms.Edit{wrong, dealt(120)} {
		statements.n.Store(0)
		done, err := together.Apply(t.Context(), by, "by turns", edits)
		took := statements.n.Load()
		want, wantErr := singly.ApplySingly(t.Context(), otherBy, "by turns", edits)
		if d := cmp.Diff(said(want, wantErr), said(done, err)); d != "" {
			t.Error(d)
		}
		if err == nil && took >= int64(len(edits)) {
			t.Errorf("%d edits took %d statements", len(edits), took)
		}
		for i := range done.IDs {
			if (done.IDs[i] == 0) != (want.IDs[i] == 0) {
				t.Errorf("edit %d wrote row %d, singly %d", i+1, done.IDs[i], want.IDs[i])
			}
		}
	}
	if d := cmp.Diff(versionsInWords(t, otherPool), versionsInWords(t, pool)); d != "" {
		t.Error(d)
	}
}

// What is written together takes few statements.
func TestManyLinksTakeFewStatements(t *testing.T) {
	t.Parallel()
	_, pool := seeded(t)
	by := editor(t, pool)
	var principles []string
	rows, err := pool.Query(t.Context(), "select ref from principle_name order by id limit 120")
	must(t, err)
	principles, err = pgx.CollectRows(rows, pgx.RowTo[string])
	must(t, err)
	link := aLink("")
	link.Initiative = firstInitiative(t, pool)
	var edits []norms.Edit
	for _, p := range principles {
		link.Principle = p
		edits = append(edits, link)
	}
	s, statements := counted(t, pool)
	statements.n.Store(0)
	_, err = s.Apply(t.Context(), by, "many links", edits)
	must(t, err)
	few := statements.n.Load()
	for i := range edits {
		e := edits[i].(norms.PutLink)
		e.Rationale = "Looked at once more."
		edits[i] = withLink(t, pool, e)
	}
	statements.n.Store(0)
	_, err = s.Apply(t.Context(), by, "many changes", edits)
	must(t, err)
	if changed := statements.n.Load(); few > 16 || changed > 16 {
		t.Errorf("%d links took %d statements, to change them %d", len(edits), few, changed)
	}
	statements.n.Store(0)
	_, err = s.ApplySingly(t.Context(), by, "one at a time", edits)
	if control := statements.n.Load(); norms.KindOf(err) != norms.Stale && control < 100 {
		t.Errorf("the control took %d statements and ended with %v", control, err)
	}
}

// withLink is an edit of the link that was recorded by another.
func withLink(t *testing.T, pool *pgxpool.Pool, e norms.PutLink) norms.PutLink {
	t.Helper()
	const q = `select k.id, k.version from link k join principle_name n on n.id = k.principle_id join initiative i on i.id = k.initiative_id
where i.slug = $1 and n.ref = $2 and k.origin = $3`
	must(t, pool.QueryRow(t.Context(), q, e.Initiative, e.Principle, e.Origin).Scan(&e.ID, &e.Version))
	return e
}

// Nobody else's rows are touched when the last edit of many is refused.
func TestOneBadEditOfManyWritesNothing(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	var edits []norms.Edit
	for i := range 50 {
		edits = append(edits, norms.PutOrganization{Slug: fmt.Sprint("org-", i), Name: "An organization", Kind: "body"})
	}
	before := count(t, pool, "select count(*) from history.organization")
	edits[40] = norms.PutOrganization{Slug: "microsoft", Name: "Another Microsoft", Kind: "body"}
	_, err := s.Apply(t.Context(), by, "with a mistake", edits)
	problem, ok := errors.AsType[*norms.Error](err)
	if !ok || problem.Kind != norms.Conflict || len(problem.Problems) != 1 || problem.Problems[0].Field != "edits[40].slug" {
		t.Errorf("refused with %v", err)
	}
	if n := count(t, pool, "select count(*) from history.organization"); n != before {
		t.Errorf("%d versions of organizations, want %d", n, before)
	}
	edits[40] = norms.PutOrganization{Slug: "org-40", Name: "An organization", Kind: "body"}
	if done := apply(t, s, by, edits...); done.Written != 50 {
		t.Errorf("the control wrote %d", done.Written)
	}
}
