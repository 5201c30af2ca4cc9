package browse

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

const linkColumns = linkOwn + `, n.ref as principle, n.title as principle_title, n.name as principle_name, n.agreement, n.current`

// linkOwn is what a link is but for its principle.
const linkOwn = `l.id, i.slug as initiative, i.title as initiative_title, o.slug as organization, o.name as organization_name,
  l.relation, l.property, l.origin, coalesce(x.slug, '') as asserter, coalesce(x.name, '') as asserter_name,
  l.strength, l.rationale, coalesce(c.id, 0) as citation, coalesce(c.reference, '') as reference,
  coalesce(c.source, '') as source, coalesce(c.source_title, '') as source_title, b.agreed, b.partly_agreed, b.disagreed, b.answered, l.version`

const linkJoins = `
join principle_name n on n.id = l.principle_id
join edition e on e.id = n.edition_id` + linkOwnJoins

// linkOwnJoins finds, too, the first citation on which a contributor's link
// rests, and counts what others make of it.
const linkOwnJoins = `
join initiative i on i.id = l.initiative_id
join organization o on o.id = i.organization_id
left join organization x on x.id = l.asserter_id
left join lateral (
  select k.id, r.text as reference, s.slug as source, s.title as source_title
  from citation k
  join reference r on r.id = k.reference_id
  join citation_line t on t.id = r.line_id
  join source s on s.id = t.source_id
  where k.link_id = l.id
  order by k.id
  limit 1
) c on true` + linkAssessed

// linkAssessed counts what others make of the link l.
const linkAssessed = `
cross join lateral (
  select count(*) filter (where h.view = 'agrees') as agreed, count(*) filter (where h.view = 'partly') as partly_agreed,
    count(*) filter (where h.view = 'disagrees') as disagreed,
    count(*) filter (where exists (select from answer w where w.assessment_id = h.id)) as answered
  from assessment h
  where h.link_id = l.id
) b`

// A page takes links in the order of their numbers, so that it begins anywhere
// by the index, and shows them by organization: see byOrganization. What is the
// same in all rows is left to the caller. A ref that means several principles
// has none.
const linksToPrinciple = `
select ` + linkOwn + `, '' as principle, '' as principle_title, '' as principle_name, '' as agreement, false as current, i.position as place
from (
  select id, initiative_id, relation, property, origin, asserter_id, strength, rationale, version
  from link
  where principle_id = (select case when count(*) = 1 then min(n.id) end from principle_name n where ` + meant + `)
    and (origin, id) > (@after_key::text, @after_id::bigint)
  order by origin, id
  limit @limit) l` + linkOwnJoins

const linksOfInitiative = `
select ` + linkColumns + ` from link l` + linkJoins + `
where l.initiative_id = @initiative
order by l.origin, lower(n.agreement_title), e.position, n.position, l.id`

const linkMatching = `
with matching as not materialized (
  select l.id, '' as key
  from link l
  where ` + ofRef + `
    and (@initiative = '' or l.initiative_id = (select i.id from initiative i where i.slug = @initiative))
    and (@organization = '' or l.initiative_id = any (array(
      select i.id from initiative i join organization o on o.id = i.organization_id where o.slug = @organization)))
    and ` + linkedAgreement + `
    and (@origin = '' or l.origin = @origin)
    and (@relation = '' or l.relation = @relation)
    and (@assessment = '' or ` + assessed + `)
)`

// linkedAgreement holds for what leads to a principle of the agreement of a
// filter, of whatever edition.
const linkedAgreement = `(@agreement = '' or principle_id = any (array(
      select p.id from principle p join edition e on e.id = p.edition_id join agreement a on a.id = e.agreement_id where a.slug = @agreement)))`

// linkTotal is counted only where a filter asks for more than is kept.
const linkTotal = `case when @initiative = '' and @organization = '' and @assessment = '' then (
    select coalesce(sum(t.links), 0) from link_tally t
    where ` + ofRef + ` and ` + linkedAgreement + ` and (@origin = '' or t.origin = @origin) and (@relation = '' or t.relation = @relation))
  else (select count(*) from matching) end`

var linkList = postgres.Listing{Matching: linkMatching, Begin: "id > @after_id::bigint", Total: linkTotal, Rows: linkRows}

// assessed holds for links l of which that has been made.
const assessed = `case @assessment
      when 'unassessed' then not exists (select from assessment h where h.link_id = l.id)
      when 'answered' then exists (select from assessment h join answer w on w.assessment_id = h.id where h.link_id = l.id)
      when 'unanswered' then exists (select from assessment h left join answer w on w.assessment_id = h.id where h.link_id = l.id and w.id is null)
      else exists (select from assessment h where h.link_id = l.id and h.view = @assessment) end`

const linkRows = `select ` + linkColumns + postgres.FromChosen + `join link l on l.id = chosen.id` + linkJoins + postgres.ByPlace

// Links lists live links, the oldest first. The organization of the filter is
// the one that carries the initiative out.
func (s *Store) Links(ctx context.Context, f norms.LinkFilter, p norms.Page) (norms.List[norms.LinkRow], error) {
	if list, found, err := s.linksOfPrinciple(ctx, f, p); found || err != nil {
		return list, err
	}
	args := pgx.StrictNamedArgs{"initiative": f.Initiative, "organization": f.Organization, "agreement": f.Agreement,
		"origin": f.Origin, "relation": f.Relation,
		"assessment": f.Assessment}
	addRef(args, f.Principle)
	return naming.List[norms.LinkRow](ctx, s.names, "the links", linkList, args, p, f.Names()...)
}

const linkLastSeen = `select max(until_rev) from history.link where id = @id`

// Link reads one link. It is Gone when it was withdrawn.
func (s *Store) Link(ctx context.Context, id int64) (norms.LinkRow, error) {
	return naming.ByID[norms.LinkRow](ctx, s.names, "link", id, linkRows, linkLastSeen)
}

const assessmentColumns = `h.id, h.link_id as link, h.assessor, coalesce(w.name, '') as person, coalesce(o.slug, '') as organization,
      coalesce(o.name, '') as organization_name, h.view, h.relation, h.strength, h.rationale, c.at,
      (select json_build_object('organization', x.slug, 'organization_name', x.name, 'text', r.text, 'at', d.at, 'version', r.version)
       from answer r join organization x on x.id = r.organization_id join changeset d on d.id = r.version
       where r.assessment_id = h.id) as answer, h.version`

const assessmentJoins = `
    from assessment h
    join changeset c on c.id = h.version
    left join account w on w.id = h.account_id
    left join organization o on o.id = h.organization_id`

// restOfLink is what the page of a link shows beside its row. The claim goes by
// the names under which things were recorded first, which no renaming changes.
const restOfLink = `
select (select h.slug from history.initiative h where h.id = l.initiative_id order by h.since_rev limit 1) as initiative,
  (select h.slug from history.agreement h where h.id = n.agreement_id order by h.since_rev limit 1) || '@' ||
    (select h.slug from history.edition h where h.id = n.edition_id order by h.since_rev limit 1) || '/' ||
    (select h.label from history.principle h where h.id = n.id order by h.since_rev limit 1) as principle,
  coalesce((select h.slug from history.organization h where h.id = l.asserter_id order by h.since_rev limit 1), '') as asserter, g.at,
  (select coalesce(json_agg(x order by x.source_key, x.start, x.line, x.position, x.citation), '[]') from (
    select k.id as citation, k.label, r.text, s.slug as source, s.title as source_title,
      (select h.slug from history.source h where h.id = s.id order by h.since_rev limit 1) as source_key, t.place,
      coalesce(r.place_start, -1) as start, coalesce(r.place_end, -1) as "end", coalesce(r.place_as_of, 0) as place_as_of, s.body is not null as text_held, r.prefix, r.suffix, t.id as line, r.position
    from citation k
    join reference r on r.id = k.reference_id
    join citation_line t on t.id = r.line_id
    join source s on s.id = t.source_id
    where k.link_id = l.id) x) as "references",
  (select coalesce(json_agg(x order by x.id), '[]') from (
    select ` + assessmentColumns + assessmentJoins + `
    where h.link_id = l.id) x) as assessments
from link l
join changeset g on g.id = l.version
join principle_name n on n.id = l.principle_id
where l.id = @id`

// AssessedLink reads a link with the digest of its claim and what others make
// of it. It is Gone when it was withdrawn.
func (s *Store) AssessedLink(ctx context.Context, id int64) (norms.AssessedLink, error) {
	var out norms.AssessedLink
	var err error
	if out.LinkRow, err = s.Link(ctx, id); err != nil {
		return out, err
	}
	type record struct {
		norms.ClaimNames
		At          time.Time
		References  []norms.ClaimReference
		Assessments []norms.AssessmentRow
	}
	found, err := postgres.Collect[record](ctx, s.db, "a link", restOfLink, pgx.StrictNamedArgs{"id": id})
	if err != nil || len(found) == 0 {
		return out, err
	}
	r := found[0]
	out.At, out.References, out.Assessments = r.At, r.References, r.Assessments
	out.ClaimNames = r.ClaimNames
	out.ClaimDigest = out.Claim().Digest()
	return out, nil
}

const linkOfAssessment = `
select h.link_id as link, null::bigint as gone from assessment h where h.id = @id
union all
select 0, max(until_rev) from history.assessment where id = @id and not exists (select from assessment h where h.id = @id)
order by 1 desc`

// LinkAssessed finds the link of an assessment by the assessment's number. It
// is Gone when the assessment was withdrawn.
func (s *Store) LinkAssessed(ctx context.Context, assessment int64) (int64, error) {
	type record struct {
		Link int64
		Gone *int64
	}
	found, err := postgres.Collect[record](ctx, s.db, "an assessment", linkOfAssessment, pgx.StrictNamedArgs{"id": assessment})
	name := fmt.Sprintf("assessment %d", assessment)
	switch {
	case err != nil:
		return 0, err
	case found[0].Link != 0:
		return found[0].Link, nil
	case found[0].Gone != nil:
		return 0, s.names.Absent("assessment", strconv.FormatInt(assessment, 10), name, naming.Address{ID: assessment, UntilRev: *found[0].Gone})
	}
	return 0, norms.NotFoundf("no %s is recorded", name)
}

// ChooseLinks is the statement that finds a page of links.
var ChooseLinks = linkList.Choose()
