package browse

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

const citationColumns = `c.id, c.label, c.resolution, coalesce(n.ref, '') as principle, coalesce(n.title, '') as principle_title,
  (select coalesce(json_agg(json_build_object('principle', m.ref, 'title', m.title, 'reason', k.reason) order by k.position, k.id), '[]')
   from citation_candidate k join principle_name m on m.id = k.principle_id
   where k.citation_id = c.id) as candidates,
  coalesce(w.name, '') as decided_by, c.note, r.text as reference, r.agreement_name as name, coalesce(a.slug, '') as agreement,
  i.slug as initiative, i.title as initiative_title, s.slug as source, s.title as source_title,
  coalesce(r.place_start, -1) as start, coalesce(r.place_as_of, 0) as place_as_of, s.body is not null as text_held, coalesce(c.link_id, 0) as link, c.version`

const citationJoins = `
join reference r on r.id = c.reference_id
join citation_line t on t.id = r.line_id
join source s on s.id = t.source_id
join initiative i on i.id = t.initiative_id
left join agreement a on a.id = r.agreement_id
left join account w on w.id = c.decided_by_id
left join link l on l.id = c.link_id
left join principle_name n on n.id = l.principle_id`

// asPrinted puts citations in the order of their sources.
const asPrinted = `
order by s.id, t.id, r.position, c.position, c.id`

const citationsPossibly = `
select ` + citationColumns + `
from (
  select citation_id from possible_citation
  where principle_id = @principle and citation_id > @possibly_id::bigint
  order by citation_id
  limit @possibly_shown) first
join citation c on c.id = first.citation_id` + citationJoins + asPrinted

const citationMatching = `
with matching as not materialized (
  select c.id, t.source_id, t.id as line_id, concat_ws('/', to_char(t.source_id, 'FM0000000000'), to_char(t.id, 'FM0000000000'),
    to_char(r.position, 'FM00000'), to_char(c.position, 'FM00000')) as key
  from citation c
  join reference r on r.id = c.reference_id
  join citation_line t on t.id = r.line_id
  where (@resolution = '' or c.resolution = any (case @resolution when 'unresolved'
      then array['ambiguous', 'out_of_range', 'unknown_agreement'] else array[@resolution] end))
    and (@agreement = '' or r.agreement_id = (select id from agreement where slug = @agreement))
    and (@source = '' or t.source_id = (select id from source where slug = @source))
    and (@initiative = '' or t.initiative_id = (select id from initiative where slug = @initiative))
)`

// citationTotal is counted only where a filter asks for more than is kept.
const citationTotal = `case when @source = '' and @initiative = '' and @agreement = '' and @resolution in ('', 'unresolved') then (
    select coalesce(sum(rows), 0) from record_tally where what = case @resolution when '' then 'citation' else 'unresolved' end)
  else (select count(*) from matching) end`

// The key begins with the source and the line; what is no key finds nothing.
var citationList = postgres.Listing{Matching: citationMatching, First: "source_id, line_id, ", Total: citationTotal, Rows: citationRows,
	Begin: `case when @after_key::text ~ '^\d{10}/\d{10}/' then (source_id, line_id) >= (substr(@after_key::text, 1, 10)::bigint, substr(@after_key::text, 12, 10)::bigint) end`}

const citationRows = `select ` + citationColumns + postgres.FromChosen + `join citation c on c.id = chosen.id` + citationJoins + postgres.ByPlace

// Citations lists citations as their sources print them.
func (s *Store) Citations(ctx context.Context, f norms.CitationFilter, p norms.Page) (norms.List[norms.CitationRow], error) {
	args := pgx.StrictNamedArgs{"resolution": f.Resolution, "agreement": f.Agreement, "source": f.Source, "initiative": f.Initiative}
	return naming.List[norms.CitationRow](ctx, s.names, "the citations", citationList, args, p, f.Names()...)
}

const citationLastSeen = `select max(until_rev) from history.citation where id = @id`

// Citation reads one citation. It is Gone when its line was taken back.
func (s *Store) Citation(ctx context.Context, id int64) (norms.CitationRow, error) {
	return naming.ByID[norms.CitationRow](ctx, s.names, "citation", id, citationRows, citationLastSeen)
}

// lineColumns reads printed lines with their references and citations; tables
// inside are renamed, as citationColumns has names of its own.
//
// Only where a source held another text before, a line may be printed otherwise in
// the one that it holds: no other text is looked through.
const lineColumns = `
select h.id, hs.slug as source, hs.title as source_title, hi.slug as initiative, hi.title as initiative_title, h.text, h.place, hs.body is not null as text_held,
  case when hs.body is not null and exists (
      select from history.source o where o.id = hs.id and o.body is not null and o.sha256 <> hs.sha256 and o.until_rev <= hs.version)
    then strpos(hs.body, h.text) = 0 else false end as reworded,
  (select coalesce(json_agg(g order by g.position), '[]') from (
    select q.position, q.text, coalesce(q.place_start, -1) as "start", coalesce(q.place_end, -1) as "end", coalesce(q.place_as_of, 0) as place_as_of,
      q.agreement_name as name, coalesce(qa.slug, '') as agreement,
      (select coalesce(json_agg(y order by y.position), '[]') from (
        select ` + citationColumns + `, c.position
        from citation c` + citationJoins + `
        where c.reference_id = q.id) y) as citations
    from reference q left join agreement qa on qa.id = q.agreement_id
    where q.line_id = h.id) g) as reference_list
from citation_line h
join source hs on hs.id = h.source_id
join initiative hi on hi.id = h.initiative_id
`

const linesOfInitiative = lineColumns + `where h.initiative_id = @initiative order by h.source_id, h.id`

const linesOfSource = lineColumns + `where h.source_id = @source and h.id > @after order by h.id limit @limit`

type lineRecord struct {
	norms.CitationLine
	ReferenceList []norms.ReferenceRow
}

func (s *Store) lines(ctx context.Context, sql string, args pgx.StrictNamedArgs) ([]norms.CitationLine, error) {
	found, err := postgres.Collect[lineRecord](ctx, s.db, "the citation lines", sql, args)
	if err != nil {
		return nil, err
	}
	lines := make([]norms.CitationLine, len(found))
	for i, r := range found {
		lines[i] = r.CitationLine
		lines[i].References = r.ReferenceList
	}
	return lines, nil
}
