package browse

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

const statementColumns = `q.id, q.kind, q.stance, q.title, q.summary, coalesce(qm.slug, '') as element, coalesce(qm.title, '') as element_title,
  coalesce(qa.slug, '') as agreement, coalesce(qa.short_title, '') as agreement_title,
  coalesce(qn.ref, '') as principle, coalesce(qn.name, '') as principle_name, coalesce(qn.title, '') as principle_title,
  qo.slug as organization, qo.name as organization_name, coalesce(q.question, 0) as question, q.quote,
  qs.slug as source, qs.title as source_title, q.place, q.version`

const statementJoins = `
join organization qo on qo.id = q.organization_id
join source qs on qs.id = q.source_id
left join element qm on qm.id = q.element_id
left join agreement qa on qa.id = q.agreement_id
left join principle_name qn on qn.id = q.principle_id`

// statementPlace puts statements in the order of their kinds, which is that of
// the forum's questions.
const statementPlace = `array_position(array['position', 'outcome', 'challenge', 'tension'], q.kind)`

// Between statementsBegin and statementsEnd stands a condition on statement q
// and what statementJoins join; the whole gives the statements as one JSON
// array.
const (
	statementsBegin = `
    select coalesce(json_agg(x order by x.kind_place, lower(x.organization_name), x.id), '[]') from (
      select ` + statementColumns + `, ` + statementPlace + ` as kind_place
      from statement q` + statementJoins + `
      where `
	statementsEnd = `) x`
)

// statementFits holds for statements q that a filter lets through. What it names
// is looked up once, and not for each statement.
const statementFits = ofRef + `
    and (@kind = '' or q.kind = @kind)
    and (@stance = '' or q.stance = @stance)
    and (@element = '' or q.element_id = (select m.id from element m where m.slug = @element))
    and (@agreement = '' or q.agreement_id = (select a.id from agreement a where a.slug = @agreement) or ` + linkedAgreement + `)
    and (@organization = '' or q.organization_id = (select o.id from organization o where o.slug = @organization))
    and (@source = '' or q.source_id = (select s.id from source s where s.slug = @source))
    and (@question = '' or coalesce(q.question::text, 'none') = @question)`

const statementMatching = `
with matching as not materialized (
  select q.id, concat_ws('/', ` + statementPlace + `, lower(qo.name)) as key
  from statement q
  join organization qo on qo.id = q.organization_id
  where ` + statementFits + `
)`

const statementTotal = `(select count(*) from statement q where ` + statementFits + `)`

const statementRows = `select ` + statementColumns + postgres.FromChosen + `join statement q on q.id = chosen.id` + statementJoins + postgres.ByPlace

// Statements lists statements by kind and organization. Those about an
// agreement include those about its principles.
func (s *Store) Statements(ctx context.Context, f norms.StatementFilter, p norms.Page) (norms.List[norms.StatementRow], error) {
	args := pgx.StrictNamedArgs{"kind": f.Kind, "stance": f.Stance, "element": f.Element, "agreement": f.Agreement,
		"organization": f.Organization, "source": f.Source, "question": f.Question}
	addRef(args, f.Principle)
	return naming.List[norms.StatementRow](ctx, s.names, "the statements", postgres.Listing{Matching: statementMatching, Total: statementTotal, Rows: statementRows}, args, p, f.Names()...)
}

const statementLastSeen = `select max(until_rev) from history.statement where id = @id`

// Statement reads one statement. It is Gone when it was withdrawn.
func (s *Store) Statement(ctx context.Context, id int64) (norms.StatementRow, error) {
	return naming.ByID[norms.StatementRow](ctx, s.names, "statement", id, statementRows, statementLastSeen)
}
