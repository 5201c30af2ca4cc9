package browse

import (
	"cmp"
	"strings"

	"normmap/internal/norms"
)

// gapList says how one kind of gap is found. Rows are at most @limit, after the
// key @after_key and the number @after_id, and have both as key and id. None
// of its parts reads more than it shows where an index can do without.
type gapList struct {
	with, rows, total string
	more              string // further figures, as members of a JSON object
	by                string // what sorts rows, where that is not key and id
}

// statement reads one list as a JSON object, next to others.
func (l gapList) statement() string {
	by := cmp.Or(l.by, "x.key, x.id")
	return l.with + `
    select json_build_object('total', ` + l.total + l.more + `, 'rows', coalesce(json_agg(x order by ` + by + `), '[]'),
      'keys', coalesce(json_agg(x.key order by ` + by + `), '[]'), 'ids', coalesce(json_agg(x.id order by ` + by + `), '[]'))
    from (` + l.rows + `) x`
}

var gapLists = map[norms.GapSection]gapList{
	norms.GapPrinciples: {with: withoutLinks, rows: principlesWithout, total: "(select count(*) from without)"},
	norms.GapAdherences: {with: standings, rows: standingRows, total: "(select signed - met + evident - met from counted)", by: "x.place",
		more: ", 'standings', (select json_build_object('0', signed - met, '1', evident - met, '2', met) from counted)"},
	norms.GapAddressees: {with: othersAddressed, rows: addresseeRows, total: addresseeTotal},
	norms.GapUnresolved: {rows: waitingCitations, total: "(select coalesce(sum(rows), 0) from record_tally where what = 'unresolved')"},
	norms.GapContested: {rows: contestedLinks,
		total: "(select coalesce(sum(g.contested), 0) from group_tally g where g.about = 'agreement')"},
	norms.GapReviewed: {rows: reviewedGaps, total: "(select count(*) from (" + reviewedWithout + ") w)"},
	norms.GapPromises: {rows: promises, total: "(select coalesce(sum(rows), 0) from record_tally where what = 'promise')",
		more: ", 'undated', (select coalesce(sum(rows), 0) from record_tally where what = 'undated')"},
	norms.GapAddresses: {rows: withoutAddress, total: "(select count(*) from initiative i where " + evidentWithoutAddress +
		") + (select count(*) from source s where " + sourceWithoutAddress + ")"},
}

// gapStatement reads the kinds of gap that are shown: one, or all.
func gapStatement(show norms.GapSection) string {
	columns := make([]string, len(norms.GapSections))
	for i, s := range norms.GapSections {
		columns[i] = "  null::json as " + string(s)
		if show == "" || show == s {
			columns[i] = "  (" + gapLists[s].statement() + ") as " + string(s)
		}
	}
	return "\nselect\n" + strings.Join(columns, ",\n")
}

var gapStatements = func() map[norms.GapSection]string {
	all := map[norms.GapSection]string{"": gapStatement("")}
	for _, s := range norms.GapSections {
		all[s] = gapStatement(s)
	}
	return all
}()

// fromKey goes on from the row before.
const fromKey = `(key, id) > (@after_key::text, @after_id::bigint)
      order by key, id`

const withoutLinks = `
    with without as materialized (
      select p.id, concat_ws('/', a.slug, to_char(e.position, 'FM0000000000'), e.slug, to_char(p.position, 'FM0000000000')) as key
      from principle p
      join edition e on e.id = p.edition_id
      join agreement a on a.id = e.agreement_id
      where e.current and not ` + cited + `
    )`

const principlesWithout = `
    select ` + principleColumns + `, chosen.key, chosen.id
    from (select id, key from without where ` + fromKey + ` limit @principles) chosen
    join principle p on p.id = chosen.id` + principleJoins

const waitingCitations = `
    select ` + citationColumns + `, '' as key
    from (select c.id from citation c where ` + unresolved + ` and c.id > @after_id::bigint order by c.id limit @limit) chosen
    join citation c on c.id = chosen.id` + citationJoins

// contestedLinks are counted links with which somebody disagrees.
const contestedLinks = `
    select ` + linkColumns + `, '' as key
    from (
      select l.id
      from link l
      join principle p on p.id = l.principle_id
      join edition e on e.id = p.edition_id
      where e.current and ` + Counts + ` and l.id > @after_id::bigint
        and l.id in (select s.link_id from assessment s where s.view = 'disagrees')
      order by l.id
      limit @limit) chosen
    join link l on l.id = chosen.id` + linkJoins

// reviewedWithout are cells that were reviewed, and of which no link is recorded.
const reviewedWithout = `
      select v.id, concat_ws('/', a.slug, to_char(p.position, 'FM0000000000'), o.slug) as key
      from cell_review v
      join principle p on p.id = v.principle_id
      join edition e on e.id = p.edition_id
      join agreement a on a.id = e.agreement_id
      join organization o on o.id = v.organization_id
      join organization_tally t on t.organization_id = v.organization_id and t.about = 'principle' and t.about_id = v.principle_id
      where e.current and t.settled = 'reviewed_none_found'`

const reviewedGaps = `
    select ` + reviewColumns + `, k.key
    from (select id, key from (` + reviewedWithout + `) w where ` + fromKey + ` limit @limit) k
    join cell_review v on v.id = k.id
    join principle_name m on m.id = v.principle_id
    join organization x on x.id = v.organization_id
    join account w on w.id = v.account_id`

// promised holds for initiatives i that are promises. promiseKey sorts them by
// the date on which they are due, those without one last. Both are those of an
// index.
const (
	promised   = `i.status = 'planned' or i.status = 'ongoing' and i.due_on <> ''`
	promiseKey = `(case when i.due_on = '' then '1' else '0' end || i.due_on || chr(31) || lower(i.title))`
)

const promises = `
    select i.slug as initiative, i.title, o.slug as organization, o.name as organization_name, i.status, i.status_note, i.due_on,
      coalesce(s.slug, '') as source, coalesce(s.title, '') as source_title, chosen.key, chosen.id
    from (
      select i.id, ` + promiseKey + ` as key
      from initiative i
      where (` + promised + `) and (` + promiseKey + `, i.id) > (@after_key::text, @after_id::bigint)
      order by ` + promiseKey + `, i.id
      limit @limit) chosen
    join initiative i on i.id = chosen.id
    join organization o on o.id = i.organization_id
    left join source s on s.id = i.source_id`

// What has no address on the web: initiatives i with links, and sources s of
// such initiatives.
const (
	evidentWithoutAddress = `i.url = '' and exists (select from link l where l.initiative_id = i.id and ` + Counts + `)`
	sourceWithoutAddress  = `s.url = '' and s.archive_url = '' and exists (select from initiative j join link l on l.initiative_id = j.id
        where j.source_id = s.id and ` + Counts + `)`
)

// withoutAddress lists initiatives before sources, each by title. A key has the
// kind before the title.
const withoutAddress = `
    (select 'initiative' as kind, i.slug, i.title, o.name as "by", coalesce(s.slug, '') as source, coalesce(s.title, '') as source_title,
      coalesce(nullif(s.url, ''), s.archive_url, '') as source_url, 'initiative' || chr(31) || lower(i.title) as key, i.id
    from initiative i
    join organization o on o.id = i.organization_id
    left join source s on s.id = i.source_id
    where ` + evidentWithoutAddress + ` and split_part(@after_key::text, chr(31), 1) <> 'source'
      and (lower(i.title), i.id) > (split_part(@after_key::text, chr(31), 2), @after_id::bigint)
    order by lower(i.title), i.id
    limit @limit)
    union all
    (select 'source', s.slug, s.title, s.publisher, '', '', '', 'source' || chr(31) || lower(s.title), s.id
    from source s
    where ` + sourceWithoutAddress + ` and (split_part(@after_key::text, chr(31), 1) <> 'source'
      or (lower(s.title), s.id) > (split_part(@after_key::text, chr(31), 2), @after_id::bigint))
    order by lower(s.title), s.id
    limit @limit)
    order by key, id
    limit @limit`
