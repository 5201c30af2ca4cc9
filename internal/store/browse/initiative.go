package browse

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

const initiativeColumns = `i.slug, i.title, i.summary, i.kind, i.status, coalesce(u.slug, '') as parent, coalesce(u.title, '') as parent_title,
  o.slug as organization, o.name as organization_name, i.heading, i.started_on,
  array(select n.ref from principle_name n
    where n.id in (select l.principle_id from link l where l.initiative_id = i.id)
    order by n.agreement, n.edition, n.position, n.id) as principles,
  (select count(*) from link l join principle p on p.id = l.principle_id join edition e on e.id = p.edition_id
   where l.initiative_id = i.id and e.current and ` + Counts + `) as links,
  (select count(*) from citation c join reference r on r.id = c.reference_id join citation_line t on t.id = r.line_id
   where t.initiative_id = i.id and ` + unresolved + `) as unresolved`

const initiativeJoins = `
join organization o on o.id = i.organization_id
left join initiative u on u.id = i.parent_id`

// asReported puts initiatives in the order of the source that lists them, each
// followed by its parts.
const asReported = `
order by i.source_id, coalesce(u.position, i.position), coalesce(u.id, i.id), u.id is not null, i.position, lower(i.title), i.id`

// initiativesPart is the list of the initiatives i that a condition lets
// through, asReported.
func initiativesPart(total, condition string) string {
	return partOf(total, `
      select `+initiativeColumns+`, chosen.key, chosen.id
      from `+afterPart(`
        select i.id, `+reportedKey+` as key
        from initiative i
        left join initiative u on u.id = i.parent_id
        where `+condition, "initiatives")+`
      join initiative i on i.id = chosen.id`+initiativeJoins)
}

const partsOfInitiative = `
select ` + initiativeColumns + ` from initiative i` + initiativeJoins + `
where i.parent_id = @initiative` + asReported

// reportedKey sorts as asReported does, written as text of fixed width.
// initiativeKey sorts by organization first.
const (
	reportedKey = `concat_ws('/', to_char(coalesce(i.source_id, 0), 'FM0000000000'),
    to_char(coalesce(u.position, i.position), 'FM0000000000'), to_char(coalesce(u.id, i.id), 'FM0000000000'),
    case when u.id is null then 0 else 1 end, to_char(i.position, 'FM0000000000'), lower(i.title))`
	initiativeKey = `concat_ws('/', lower(o.name) || chr(31), ` + reportedKey + `)`
)

const initiativeMatching = `
with matching as not materialized (
  select i.id, lower(o.name) as name, ` + initiativeKey + ` as key
  from initiative i` + initiativeJoins + `
  where (@organization = '' or o.slug = @organization)
    and (@agreement = '' or i.id in (select initiative_id from link where ` + linkedAgreement + `))
    and (@ref = '' or i.id in (select initiative_id from link where ` + ofRef + `))
    and (@status = '' or i.status = @status)
)`

// initiativeTotal is counted only where a filter narrows the list.
const initiativeTotal = `case when @organization = '' and @agreement = '' and @ref = '' and @status = '' then (
    select coalesce(sum(rows), 0) from record_tally where what = 'initiative')
  else (select count(*) from matching) end`

var initiativeList = postgres.Listing{Matching: initiativeMatching, First: "name, ", Total: initiativeTotal, Rows: initiativeRows,
	After: afterName, Begin: "name >= split_part(@after_key::text, chr(31), 1)"}

// afterName goes on by the name itself: where a database does not sort letter by
// letter, keys that begin with it may come in another order.
const afterName = "(name, key, id) > (split_part(@after_key::text, chr(31), 1), @after_key::text, @after_id::bigint)"

const initiativeRows = `select ` + initiativeColumns + postgres.FromChosen + `join initiative i on i.id = chosen.id` + initiativeJoins + postgres.ByPlace

// Initiatives lists initiatives, sub-initiatives too, by the organization that
// carries them out and in the order in which it reported them. The filters
// agreement and principle look at live links of every origin.
func (s *Store) Initiatives(ctx context.Context, f norms.InitiativeFilter, p norms.Page) (norms.List[norms.InitiativeRow], error) {
	chosen, args := initiativesThat(f)
	return naming.List[norms.InitiativeRow](ctx, s.names, "the initiatives", chosen, args, p, f.Names()...)
}

const initiativeBySlug = `
select ` + initiativeColumns + `, i.id, i.version, b.slug as reported_by, b.name as reported_by_name, i.position, i.status_note,
  i.ended_on, i.due_on, i.url, coalesce(s.slug, '') as source, coalesce(s.title, '') as source_title, i.place,
  (select coalesce(json_agg(json_build_object('name', w.name, 'organization', coalesce(x.slug, '')) order by w.id), '[]')
   from initiative_partner w left join organization x on x.id = w.organization_id
   where w.initiative_id = i.id) as partners,
  (` + factsBegin + `f.kind = 'initiative' and f.entity = i.slug` + factsEnd + `) as fact_list
from initiative i` + initiativeJoins + `
join organization b on b.id = i.reported_by_id
left join source s on s.id = i.source_id
where i.slug = @slug`

type initiativeRecord struct {
	norms.Initiative
	FactList []norms.FactRow
}

// Initiative reads an initiative with everything its page shows. Errors as of
// [Store.Agreement].
func (s *Store) Initiative(ctx context.Context, slug string) (norms.Initiative, error) {
	i, err := s.LinkedInitiative(ctx, slug)
	if err != nil {
		return i, err
	}
	args := pgx.StrictNamedArgs{"initiative": i.ID}
	if i.Parts, err = postgres.Collect[norms.InitiativeRow](ctx, s.db, "the parts of "+slug, partsOfInitiative, args); err != nil {
		return i, err
	}
	i.Lines, err = s.lines(ctx, linesOfInitiative, args)
	return i, err
}

// LinkedInitiative is Initiative without its parts and lines, for a form that
// changes its links.
func (s *Store) LinkedInitiative(ctx context.Context, slug string) (norms.Initiative, error) {
	r, err := naming.BySlug[initiativeRecord](ctx, s.names, "initiative", slug, initiativeBySlug)
	if err != nil {
		return norms.Initiative{}, err
	}
	i := r.Initiative
	i.Facts = r.FactList
	i.Evidence, err = postgres.Collect[norms.LinkRow](ctx, s.db, "the links of "+slug, linksOfInitiative, pgx.StrictNamedArgs{"initiative": i.ID})
	return i, err
}
