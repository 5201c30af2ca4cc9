package browse

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

const elementColumns = `el.slug, el.number, el.title, el.summary`

const elementMatching = `
with matching as not materialized (
  select el.id, lpad(el.number::text, 4, '0') as key from element el
)`

const elementRows = `select ` + elementColumns + postgres.FromChosen + `join element el on el.id = chosen.id` + postgres.ByPlace

// everyReading has a row for each element in each agreement, also where nobody
// has read it, and one more for each further assessor; the record's own first.
const everyReading = `
select ` + readingColumns + `
from element el
cross join agreement ra
left join element_reading r on r.element_id = el.id and r.agreement_id = ra.id` + readingJoins + `
where (@element = '' or el.slug = @element) and (@agreement = '' or ra.slug = @agreement)
  and (@space = '' or ra.space = @space) and ra.legal_nature = any (@natures)
order by el.number, el.id, lower(ra.short_title), ra.id, coalesce(r.assessor, 'curator') <> 'curator', r.id`

const readingColumns = `el.slug as element, el.number as element_number, el.title as element_title,
  ra.slug as agreement, ra.short_title as agreement_title, ra.legal_nature, ra.space,
  coalesce(re.slug, '') as edition, coalesce(re.title, '') as edition_title, coalesce(re.current, true) as edition_current,
  coalesce(r.reading, 'not_assessed') as reading, coalesce(r.note, '') as note, coalesce(r.assessor, '') as assessor,
  coalesce(ro.slug, '') as organization, coalesce(ro.name, rb.name, '') as assessor_name,
  coalesce(rs.slug, '') as source, coalesce(rs.title, '') as source_title, coalesce(r.place, '') as place,
  coalesce(r.confidence, '') as confidence, coalesce(r.id, 0) as reading_id, coalesce(r.version, 0) as reading_version, r.account_id`

const readingJoins = `
left join edition re on re.id = r.edition_id
left join organization ro on ro.id = r.organization_id
left join account rb on rb.id = r.account_id
left join source rs on rs.id = r.source_id`

const readingByID = `select ` + readingColumns + postgres.FromChosen + `join element_reading r on r.id = chosen.id
join element el on el.id = r.element_id
join agreement ra on ra.id = r.agreement_id` + readingJoins + postgres.ByPlace

const readingLastSeen = `select max(until_rev) from history.element_reading where id = @id`

// ElementReading reads one reading of an element. It is Gone when it was
// withdrawn.
func (s *Store) ElementReading(ctx context.Context, id int64) (norms.ReadingRow, error) {
	return naming.ByID[norms.ReadingRow](ctx, s.names, "reading", id, readingByID, readingLastSeen)
}

// readingsOf reads the readings of an element or in an agreement, both named
// by slug; "" means all.
func (s *Store) readingsOf(ctx context.Context, element, agreement string, f norms.ElementFilter) ([]norms.ReadingRow, error) {
	return postgres.Collect[norms.ReadingRow](ctx, s.db, "the readings of elements", everyReading, pgx.StrictNamedArgs{
		"element": element, "agreement": agreement, "space": f.Space, "natures": f.Natures()})
}

// Elements lists the elements in the forum's order, each with its readings in
// the agreements that f lets through.
func (s *Store) Elements(ctx context.Context, f norms.ElementFilter, p norms.Page) (norms.List[norms.ElementRow], error) {
	out, err := naming.List[norms.ElementRow](ctx, s.names, "the elements", postgres.Listing{Matching: elementMatching, Rows: elementRows}, pgx.StrictNamedArgs{}, p)
	if err != nil {
		return out, err
	}
	readings, err := s.readingsOf(ctx, "", "", f)
	for i, e := range out.Items {
		out.Items[i] = e.WithReadings(readings)
	}
	return out, err
}

var elementBySlug = `
select ` + elementColumns + `, el.id, el.version,
  (` + factsBegin + `f.kind = 'element' and f.entity = el.slug` + factsEnd + `) as fact_list,
  (` + statementsPart("q.element_id = el.id") + `) as statement_list
from element el
where el.slug = @slug`

type elementRecord struct {
	norms.Element
	FactList      []norms.FactRow
	StatementList jsonPage[norms.StatementRow]
}

// Element reads an element with everything its page shows. Errors as of
// [Store.Agreement].
func (s *Store) Element(ctx context.Context, slug string) (norms.Element, error) {
	return s.ElementAt(ctx, slug, norms.PartPage{})
}

// ElementAt is Element with its statements further on.
func (s *Store) ElementAt(ctx context.Context, slug string, at norms.PartPage) (norms.Element, error) {
	args, err := partArgs(at, "statements")
	if err != nil {
		return norms.Element{}, err
	}
	r, err := naming.BySlugAnd[elementRecord](ctx, s.names, "element", slug, elementBySlug, args)
	if err != nil {
		return norms.Element{}, err
	}
	e := r.Element
	e.Facts, e.More = r.FactList, newParts(at)
	e.Statements = r.StatementList.shown(&e.More, "statements", at)
	readings, err := s.readingsOf(ctx, slug, "", norms.ElementFilter{})
	e.ElementRow = e.WithReadings(readings)
	return e, err
}
