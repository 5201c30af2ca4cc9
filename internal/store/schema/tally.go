package schema

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/store/history"
	"normmap/internal/store/postgres"
)

// wrongTallies compares what triggers keep with what the record gives. Rows of
// noughts say nothing, so it is the same whether they are there.
var wrongTallies = `
with uncounted as materialized (
  select changeset_id as id from changeset_tally
),
at_end as materialized (
  select l.initiative_id, l.principle_id, l.origin
  from history.link l, history.course_end e
  where l.relation = 'supports' and l.since_rev <= e.revision and l.until_rev > e.revision
),` + history.Touched + `
select coalesce((select o.slug from organization o where o.id = organization_id), 'an organization that is gone') || ', ' || about || ' ' || about_id as says
from (select organization_id, about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives, settled, 1 as side
  from organization_tally
  union all
  select organization_id, about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives, settled, -1
  from organization_recount) x
group by organization_id, about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives, settled
having sum(side) <> 0
union
select 'group ' || coalesce(nullif(stakeholder_group, ''), 'none') || ', ' || about || ' ' || about_id
from (select about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives,
    organizations, evident, contested_cells, cited_cells, reviewed_cells, outside_cells, inside_cells, 1 as side
  from group_tally
  union all
  select about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives,
    organizations, evident, contested_cells, cited_cells, reviewed_cells, outside_cells, inside_cells, -1
  from group_recount) x
where (links, contested, curator_links, third_party_links, possibly_cited, initiatives, organizations, evident, contested_cells, cited_cells,
  reviewed_cells, outside_cells, inside_cells) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
group by about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives,
  organizations, evident, contested_cells, cited_cells, reviewed_cells, outside_cells, inside_cells
having sum(side) <> 0
union
select 'principles ' || principle_id || ' and ' || other_id
from (select principle_id, other_id, initiatives, 1 as side from cocitation_tally
  union all select principle_id, other_id, initiatives, -1 from cocitation_recount) x
where initiatives <> 0
group by principle_id, other_id, initiatives
having sum(side) <> 0
union
select 'figures of principle ' || principle_id || ' in the past'
from (
  select k.principle_id, x.about, sum(x.more) as figure, 1 as side
  from (
    select distinct on (principle_id) principle_id, about, figures, later_about, later_more from history.principle_course
    order by principle_id, since_rev desc) k
  cross join lateral (
    select f.about, f.more from unnest(k.about, k.figures) f(about, more)
    union all
    select l.about, l.more from unnest(k.later_about, k.later_more) l(about, more)) x
  group by k.principle_id, x.about
  union all
  select a.principle_id, b.principle_id, count(distinct a.initiative_id), -1
  from at_end a join at_end b on b.initiative_id = a.initiative_id and b.principle_id <> a.principle_id
  where a.origin = 'contributor' and b.origin = 'contributor'
  group by a.principle_id, b.principle_id
  union all
  select principle_id, case origin when 'contributor' then 0 when 'curator' then -1 else -2 end, count(*), -1
  from at_end
  group by principle_id, origin) x
where figure <> 0
group by principle_id, about, figure
having sum(side) <> 0
union
select what || ' rows'
from (select what, rows, 1 as side from record_tally union all select what, rows, -1 from record_recount) x
where rows <> 0
group by what, rows
having sum(side) <> 0
union
select 'links to principle ' || principle_id || ', ' || origin || ' ' || relation
from (select principle_id, origin, relation, links, 1 as side from link_tally union all select principle_id, origin, relation, links, -1 from link_recount) x
where links <> 0
group by principle_id, origin, relation, links
having sum(side) <> 0
union
select 'unresolved citations of agreement ' || agreement_id
from (select agreement_id, citations, 1 as side from unresolved_tally union all select agreement_id, citations, -1 from unresolved_recount) x
where citations <> 0
group by agreement_id, citations
having sum(side) <> 0
union
select 'adherences of ' || coalesce((select o.slug from organization o where o.id = organization_id), 'an organization that is gone') || ' to agreement ' || agreement_id
from (select organization_id, agreement_id, stakeholder_group, adherences, signed, evident, bare, 1 as side from adherence_tally
  union all select organization_id, agreement_id, stakeholder_group, adherences, signed, evident, bare, -1 from adherence_recount) x
group by organization_id, agreement_id, stakeholder_group, adherences, signed, evident, bare
having sum(side) <> 0
union
select 'adherences of group ' || coalesce(nullif(stakeholder_group, ''), 'none') || ' to agreement ' || agreement_id
from (select agreement_id, stakeholder_group, organizations, adherences, signed, met, bare, 1 as side from adherence_group_tally
  union all select agreement_id, stakeholder_group, organizations, adherences, signed, met, bare, -1 from adherence_group_recount) x
where (organizations, adherences, signed, met, bare) <> (0, 0, 0, 0, 0)
group by agreement_id, stakeholder_group, organizations, adherences, signed, met, bare
having sum(side) <> 0
union
select 'rows of changeset ' || k.changeset_id
from changeset_tally k
left join touched t on t.rev = k.changeset_id
where k.rows is distinct from t.rows
union
select 'the word ' || r.word || ' of a name'
from search_word_recount r
where not exists (select from search_word w where w.word = r.word)
union
select 'the name of principle ' || ref
from (select id, edition_id, agreement_id, agreement, agreement_title, edition, edition_title, noun, current, number, title, position, ref, name, label, 1 as side
  from named_principle
  union all
  select id, edition_id, agreement_id, agreement, agreement_title, edition, edition_title, noun, current, number, title, position, ref, name, label, -1
  from principle_rename) x
group by id, edition_id, agreement_id, agreement, agreement_title, edition, edition_title, noun, current, number, title, position, ref, name, label
having sum(side) <> 0
union
select 'what lists show of link ' || link_id
from (select ` + listed + `, 1 as side from listed_link union all select ` + listed + `, -1 from listed_link_recount) x
group by ` + listed + `
having sum(side) <> 0
union
select 'texts of changeset ' || rev || ', which the past does not know of'
from (` + changedTexts() + `) x
where not exists (select from history.text_revision r where r.revision = rev)
union
select 'citation ' || citation_id || ', which may mean principle ' || principle_id
from (select principle_id, citation_id, 1 as side from possible_citation union all select principle_id, citation_id, -1 from possible_recount) x
group by principle_id, citation_id
having sum(side) <> 0
order by says`

const listed = `principle_id, origin, link_id, organization_id, asserter_id, citation_id, source_id, version, place, agreed, partly_agreed, disagreed, answered,
  initiative, initiative_title, relation, property, strength, reference, rationale`

// changedTexts are the revisions that changed texts, and those that ended a name
// beside them: one that is new is shown nowhere yet.
func changedTexts() string {
	var each []string
	for _, kind := range []string{"agreement", "agreement_event", "edition", "principle", "numbering", "numbering_label", "fact_source", "statement",
		"crosswalk", "addressee_ruling"} {
		each = append(each, "select since_rev as rev from history."+kind, "select until_rev from history."+kind+" where until_rev < 9223372036854775807")
	}
	for _, of := range [][2]string{{"organization", "name"}, {"source", "title"}, {"element", "title"}} {
		kind, name := of[0], of[1]
		each = append(each, "select h.until_rev from history."+kind+" h left join history."+kind+" n on n.id = h.id and n.since_rev = h.until_rev "+
			"where h.until_rev < 9223372036854775807 and (h.slug, h."+name+") is distinct from (n.slug, n."+name+")")
	}
	return strings.Join(each, " union ")
}

// lookAtEnd looks at the last revision whose tallies are written down.
const lookAtEnd = "select set_config('normmap.as_of', revision::text, true) from history.tally_end"

// wrongCourse compares what is written down of that revision with what it gives.
var wrongCourse = func() string {
	var each []string
	for _, tally := range []string{"organization_tally", "group_tally", "adherence_tally", "adherence_group_tally", "record_tally", "link_tally", "unresolved_tally"} {
		each = append(each, strings.ReplaceAll(`
select 'TALLY of the past, ' || of as says
from (select x::text as of, 1 as side from asof.TALLY x union all select x::text, -1 from recounted.TALLY x) x
where 'TALLY' <> 'record_tally' or of not like '%,0)' -- counted anew, there are noughts
group by of
having sum(side) <> 0`, "TALLY", tally))
	}
	return strings.Join(each, "\nunion all") + "\norder by says"
}()

// WrongTallies counts the record anew and tells, in words, which of the figures
// that are kept beside it are not what it gives, and which words of names are missing.
func (s *Store) WrongTallies(ctx context.Context) ([]string, error) {
	type found struct{ Says string }
	var now, then []found
	err := postgres.InTransaction(ctx, s.db, func(tx pgx.Tx) (err error) {
		if now, err = postgres.Collect[found](ctx, tx, "the tallies", wrongTallies, pgx.StrictNamedArgs{}); err != nil {
			return err
		}
		if _, err = tx.Exec(ctx, lookAtEnd); err != nil {
			return err
		}
		then, err = postgres.Collect[found](ctx, tx, "the tallies of the past", wrongCourse, pgx.StrictNamedArgs{})
		return err
	})
	var wrong []string
	for _, w := range append(now, then...) {
		wrong = append(wrong, w.Says)
	}
	return wrong, err
}
