package store_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/norms"
)

// batchRecord is what is on record, in an order that does not depend on numbers,
// for batches that change it.
type batchRecord struct {
	versions   map[string]int64 // of things with a slug, by kind and slug
	links      []recordedLink
	principles []string
}

type recordedLink struct {
	ID, Version                             int64
	Initiative, Principle, Origin, Asserter string
}

func onRecord(t *testing.T, pool *pgxpool.Pool) batchRecord {
	t.Helper()
	r := batchRecord{versions: map[string]int64{}}
	rows, err := pool.Query(t.Context(), `select 'organization ' || slug, version from organization union all select 'source ' || slug, version from source
union all select 'initiative ' || slug, version from initiative union all select 'principle ' || n.ref, p.version from principle p join principle_name n using (id)`)
	must(t, err)
	var key string
	var version int64
	_, err = pgx.ForEachRow(rows, []any{&key, &version}, func() error { r.versions[key] = version; return nil })
	must(t, err)
	rows, err = pool.Query(t.Context(), `select k.id, k.version, i.slug as initiative, n.ref as principle, k.origin, coalesce(o.slug, '') as asserter
from link k join initiative i on i.id = k.initiative_id join principle_name n on n.id = k.principle_id left join organization o on o.id = k.asserter_id
order by i.slug, n.ref, k.origin, o.slug`)
	must(t, err)
	r.links, err = pgx.CollectRows(rows, pgx.RowToStructByName[recordedLink])
	must(t, err)
	rows, err = pool.Query(t.Context(), "select ref from principle_name where agreement in ('paris-call', 'gcsc', 'manrs') order by ref limit 30")
	must(t, err)
	r.principles, err = pgx.CollectRows(rows, pgx.RowTo[string])
	must(t, err)
	return r
}

// batcher makes edits of a few kinds about few things, so that they meet.
type batcher struct {
	*rand.Rand
	batchRecord
	mistakes int             // in a thousand edits
	taken    map[string]bool // natural keys, of the record and of the batch
}

// anyBatch makes the same edits for records that say the same.
func anyBatch(t *testing.T, pool *pgxpool.Pool, r *rand.Rand) []norms.Edit {
	t.Helper()
	b := batcher{r, onRecord(t, pool), []int{0, 0, 0, 10, 60}[r.IntN(5)], map[string]bool{}}
	for _, l := range b.links {
		b.taken[fmt.Sprint(l.Initiative, l.Principle, l.Origin, l.Asserter)] = true
	}
	var edits []norms.Edit
	for range 1 + r.IntN(3) {
		kind := r.IntN(8)
		for range 4 + r.IntN(40) {
			edits = append(edits, b.another(kind))
		}
		if b.IntN(3) == 0 && len(b.links) > 0 {
			if l := b.links[b.IntN(len(b.links))]; l.Origin == "curator" {
				edits = append(edits, norms.WithdrawLink{ID: l.ID, Version: l.Version})
			}
		}
	}
	return edits
}

func (b batcher) mistake() bool { return b.IntN(1000) < b.mistakes }

func (b batcher) name(kind string, n int) string {
	if b.mistake() {
		return kind + "-nowhere"
	}
	return fmt.Sprint(kind, "-", b.IntN(n))
}

// known is the slug of something that is on record, mostly.
func (b batcher) known(kind string, n int, fallback string) string {
	for range 20 {
		if slug := b.name(kind, n); b.versions[kind+" "+slug] != 0 || b.mistake() {
			return slug
		}
	}
	return fallback
}

func (b batcher) version(kind, slug string) int64 {
	v := b.versions[kind+" "+slug]
	if b.mistake() {
		v-- // stale, or none
	}
	return max(v, 0)
}

func (b batcher) principle() string {
	if b.mistake() {
		return "paris-call/77"
	}
	return b.principles[b.IntN(len(b.principles))]
}

func (b batcher) organization() string { return b.known("organization", 60, "microsoft") }
func (b batcher) initiative() string {
	return b.known("initiative", 80, "microsoft-secure-development")
}

// another is an edit that does not put what one before it puts, mostly.
func (b batcher) another(kind int) (e norms.Edit) {
	for range 20 {
		e = b.edit(kind)
		key := keyOf(e)
		if !b.taken[key] || b.mistake() {
			b.taken[key] = true
			return e
		}
	}
	return e
}

func keyOf(e norms.Edit) string {
	switch e := e.(type) {
	case norms.PutLink:
		if e.ID != 0 {
			return fmt.Sprint("link ", e.ID)
		}
		return fmt.Sprint(e.Initiative, e.Principle, e.Origin, e.Asserter)
	case norms.PutAssessment:
		return fmt.Sprint("assessment ", e.Link, e.Organization)
	case norms.PutAdherence:
		return fmt.Sprint("adherence ", e.Organization, e.Relation, e.Since)
	case norms.PutCitationLine:
		return fmt.Sprint("line ", e.Source, e.Initiative, e.Text)
	}
	n, _ := norms.New(norms.WithVersion(e, 0))
	return fmt.Sprint(n)
}

func (b batcher) edit(kind int) norms.Edit {
	switch kind {
	case 0:
		slug := b.name("organization", 60)
		return norms.PutOrganization{Version: b.version("organization", slug), Slug: slug, Name: fmt.Sprint("Organization ", b.IntN(4)), Kind: "body"}
	case 1:
		slug := b.name("source", 40)
		return norms.PutSource{Version: b.version("source", slug), Slug: slug, Title: "A source", Kind: "report", Organization: b.organization(),
			PublishedOn: norms.Date(fmt.Sprint(2014 + b.IntN(8))), Exhaustiveness: "unknown"}
	case 2:
		return norms.PutAdherence{Organization: b.organization(), Agreement: "paris-call", Relation: norms.AdherenceRelations[b.IntN(5)],
			Since: norms.Date(fmt.Sprint(1950 + b.IntN(80))), Source: b.known("source", 40, "microsoft-bpf-2019")}
	case 3:
		return b.putInitiative()
	case 4:
		return b.putLine()
	case 5, 6:
		return b.putLink()
	}
	return b.putAssessment()
}

func (b batcher) putInitiative() norms.Edit {
	e := norms.PutInitiative{Slug: b.name("initiative", 80), Title: fmt.Sprint("Title ", b.IntN(5)), Kind: "programme", Organization: b.organization(),
		ReportedBy: "microsoft", Status: "planned", Position: b.IntN(3)}
	e.Version = b.version("initiative", e.Slug)
	if b.mistake() || b.IntN(300) == 0 {
		e.Parent = b.initiative()
	}
	for i := range b.IntN(3) {
		e.Partners = append(e.Partners, norms.Partner{Name: fmt.Sprint("Partner ", i*10+b.IntN(10)), Organization: b.organization()})
	}
	return e
}

func (b batcher) putLine() norms.Edit {
	e := norms.PutCitationLine{Source: b.known("source", 40, "microsoft-bpf-2019"), Initiative: b.initiative()}
	for i := range 1 + b.IntN(2) {
		r := norms.Reference{Name: "Paris Call", Agreement: "paris-call", Start: -1, End: -1}
		switch b.IntN(5) {
		case 0:
			r.Name, r.Agreement = "GCSC", "gcsc"
		case 1:
			r.Name, r.Agreement = "Harmony Charter", ""
		}
		for range 1 + b.IntN(3) {
			r.Labels = append(r.Labels, fmt.Sprint(1+b.IntN(11)))
		}
		r.Text = fmt.Sprintf("%s principles %v (%d)", r.Name, r.Labels, b.IntN(3))
		if b.mistake() {
			r.Text = fmt.Sprint("elsewhere ", i)
		} else {
			e.Text += r.Text + "; "
		}
		e.References = append(e.References, r)
	}
	e.Text += "end"
	return e
}

func (b batcher) putLink() norms.Edit {
	e := norms.PutLink{Initiative: b.initiative(), Principle: b.principle(), Relation: "supports", Origin: "curator", Rationale: fmt.Sprint("Because ", b.IntN(3))}
	if b.IntN(4) == 0 {
		e.Origin, e.Asserter = "third_party", b.organization()
	}
	if len(b.links) > 0 && b.IntN(4) == 0 {
		l := b.links[b.IntN(len(b.links))]
		if l.Origin != "contributor" || b.mistake() {
			e.ID, e.Version, e.Origin, e.Asserter = l.ID, l.Version, norms.Origin(l.Origin), l.Asserter
			if e.Origin == "contributor" {
				e.Origin, e.Asserter = "curator", ""
			}
			if b.IntN(20) > 0 {
				e.Initiative, e.Principle = l.Initiative, l.Principle
			}
		}
	}
	return e
}

func (b batcher) putAssessment() norms.Edit {
	l := b.links[b.IntN(len(b.links))]
	e := norms.PutAssessment{Link: l.ID, Assessor: norms.ByCurator, View: norms.Views[b.IntN(3)], Rationale: "Somebody looked."}
	if b.IntN(3) > 0 {
		e.Assessor, e.Organization = norms.ByThirdParty, b.organization()
	}
	return e
}
