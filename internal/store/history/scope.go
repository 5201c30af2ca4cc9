package history

import "fmt"

// nameOf is the column with the name of a thing.
var nameOf = map[string]string{"agreement": "short_title", "organization": "name", "initiative": "title", "source": "title", "element": "title"}

// ThingAsked finds the thing whose changes are asked, renamed and withdrawn
// ones too: its number and its last name up to the revision upto. What was
// recorded only later is not found.
func ThingAsked(kind, upto string) string {
	if kind == "principle" {
		return `
thing as (
  select x.id, coalesce((select n.name from principle_name n where n.id = x.id), @ref) as name
  from (` + principleEver(upto) + `) x
)`
	}
	return fmt.Sprintf(`
thing as (
  select d.id, v.name
  from address d
  cross join lateral (select h.%[2]s as name from history.%[1]s h where h.id = d.id and h.since_rev <= %[3]s order by h.until_rev desc limit 1) v
  where d.kind = '%[1]s' and d.slug = @slug
)`, kind, nameOf[kind], upto)
}

// Belonging lists the rows that belong to the thing or ever did: its own, and
// those that its page shows.
var Belonging = map[string]string{
	"agreement": `
scope as materialized (
  select 'agreement' as kind, t.id from thing t
  union select 'agreement_alias', h.id from history.agreement_alias h join thing t on t.id = h.agreement_id
  union select 'agreement_event', h.id from history.agreement_event h join thing t on t.id = h.agreement_id
  union select 'edition', h.id from history.edition h join thing t on t.id = h.agreement_id
  union select 'principle', p.id from history.principle p join history.edition e on e.id = p.edition_id join thing t on t.id = e.agreement_id
  union select 'numbering', h.id from history.numbering h join thing t on t.id = h.agreement_id
  union select 'numbering_label', l.id
    from history.numbering_label l join history.numbering m on m.id = l.numbering_id join thing t on t.id = m.agreement_id
  union select 'adherence', h.id from history.adherence h join thing t on t.id = h.agreement_id
  union select 'element_reading', h.id from history.element_reading h join thing t on t.id = h.agreement_id
  union select 'statement', h.id from history.statement h join thing t on t.id = h.agreement_id
  union select x.kind, x.id from history.principle p join history.edition e on e.id = p.edition_id join thing t on t.id = e.agreement_id
    cross join lateral (` + saidOfPrinciple + `) x
  union select 'link', l.id from history.link l join history.principle p on p.id = l.principle_id
    join history.edition e on e.id = p.edition_id join thing t on t.id = e.agreement_id
  union select x.kind, x.id from history.link l join history.principle p on p.id = l.principle_id
    join history.edition e on e.id = p.edition_id join thing t on t.id = e.agreement_id cross join lateral (` + ofLink + `) x
  union select x.kind, x.id from history.principle p join history.edition e on e.id = p.edition_id join thing t on t.id = e.agreement_id
    cross join lateral (` + ofCells("p.id = h.principle_id") + `) x
  union select 'reference', r.id from history.reference r join thing t on t.id = r.agreement_id
  union select 'citation', c.id from history.citation c join history.reference r on r.id = c.reference_id join thing t on t.id = r.agreement_id
  union select 'citation_candidate', k.id from history.citation_candidate k join history.citation c on c.id = k.citation_id
    join history.reference r on r.id = c.reference_id join thing t on t.id = r.agreement_id
  union select 'fact_source', f.id from history.fact_source f join address d on d.kind = 'agreement' join thing t on t.id = d.id
    where f.kind in ('agreement', 'edition', 'principle', 'numbering')
      and (f.entity = d.slug or starts_with(f.entity, d.slug || '/') or starts_with(f.entity, d.slug || '@'))
)`,
	"principle": `
scope as materialized (
  select 'principle' as kind, t.id from thing t
  union select 'numbering_label', h.id from history.numbering_label h join thing t on t.id = h.principle_id
  union select 'link', h.id from history.link h join thing t on t.id = h.principle_id
  union select x.kind, x.id from history.link l join thing t on t.id = l.principle_id cross join lateral (` + ofLink + `) x
  union select x.kind, x.id from thing t cross join lateral (` + ofCells("t.id = h.principle_id") + `) x
  union select 'citation_candidate', h.id from history.citation_candidate h join thing t on t.id = h.principle_id
  union select 'citation', c.id from history.citation c join history.link l on l.id = c.link_id join thing t on t.id = l.principle_id
  union select 'citation', k.citation_id from history.citation_candidate k join thing t on t.id = k.principle_id
  union select x.kind, x.id from thing p cross join lateral (` + saidOfPrinciple + `) x
  union select 'edition', p.edition_id from history.principle p join thing t on t.id = p.id
  union select 'agreement', e.agreement_id from history.edition e join history.principle p on p.edition_id = e.id join thing t on t.id = p.id
  union select 'fact_source', f.id from thing t join history.principle p on p.id = t.id join history.edition e on e.id = p.edition_id
    join address d on d.kind = 'agreement' and d.id = e.agreement_id
    join history.fact_source f on f.kind = 'principle'
      and (f.entity = d.slug || '@' || e.slug || '/' || p.label or e.current and f.entity = d.slug || '/' || p.label)
)`,
	"organization": `
scope as materialized (
  select 'organization' as kind, t.id from thing t
  union select 'adherence', h.id from history.adherence h join thing t on t.id in (h.organization_id, h.via_id)
  union select 'source', h.id from history.source h join thing t on t.id = h.organization_id
  union select 'statement', h.id from history.statement h join thing t on t.id = h.organization_id
  union select 'crosswalk', h.id from history.crosswalk h join thing t on t.id = h.asserter_id
  union select 'link', h.id from history.link h join thing t on t.id = h.asserter_id
  union select x.kind, x.id from history.link l join thing t on t.id = l.asserter_id cross join lateral (` + ofLink + `) x
  union select x.kind, x.id from thing t cross join lateral (` + ofCells("t.id = h.organization_id") + `) x
  union select 'initiative_partner', h.id from history.initiative_partner h join thing t on t.id = h.organization_id
  union select 'fact_source', f.id from history.fact_source f join address d on d.kind = 'organization' and d.slug = f.entity
    join thing t on t.id = d.id where f.kind = 'organization'
  union select x.kind, x.id from history.initiative i join thing t on t.id in (i.organization_id, i.reported_by_id)
    cross join lateral (` + ofInitiative + `) x
)`,
	"initiative": `
scope as materialized (
  select x.kind, x.id from thing i cross join lateral (` + ofInitiative + `) x
)`,
	"source": `
scope as materialized (
  select 'source' as kind, t.id from thing t
  union select 'citation_line', h.id from history.citation_line h join thing t on t.id = h.source_id
  union select 'reference', r.id from history.reference r join history.citation_line h on h.id = r.line_id join thing t on t.id = h.source_id
  union select 'citation', c.id from history.citation c join history.reference r on r.id = c.reference_id
    join history.citation_line h on h.id = r.line_id join thing t on t.id = h.source_id
  union select 'citation_candidate', k.id from history.citation_candidate k join history.citation c on c.id = k.citation_id
    join history.reference r on r.id = c.reference_id join history.citation_line h on h.id = r.line_id join thing t on t.id = h.source_id
  union select 'adherence', h.id from history.adherence h join thing t on t.id = h.source_id
  union select 'initiative', h.id from history.initiative h join thing t on t.id = h.source_id
  union select 'statement', h.id from history.statement h join thing t on t.id = h.source_id
  union select 'crosswalk', h.id from history.crosswalk h join thing t on t.id = h.source_id
  union select 'fact_source', h.id from history.fact_source h join thing t on t.id = h.source_id
  union select 'fact_source', f.id from history.fact_source f join address d on d.kind = 'source' and d.slug = f.entity
    join thing t on t.id = d.id where f.kind = 'source'
)`,
	"element": `
scope as materialized (
  select 'element' as kind, t.id from thing t
  union select 'element_reading', h.id from history.element_reading h join thing t on t.id = h.element_id
  union select 'statement', h.id from history.statement h join thing t on t.id = h.element_id
  union select 'fact_source', f.id from history.fact_source f join address d on d.kind = 'element' and d.slug = f.entity
    join thing t on t.id = d.id where f.kind = 'element'
)`,
}

// saidOfPrinciple lists what is said about the principle p.
const saidOfPrinciple = `
    select 'statement' as kind, h.id from history.statement h where h.principle_id = p.id
    union select 'crosswalk', h.id from history.crosswalk h where p.id in (h.subject_id, h.object_id)`

// ofLink lists what is made of the link l.
const ofLink = `
    select 'assessment' as kind, h.id from history.assessment h where h.link_id = l.id
    union select 'answer', w.id from history.answer w join history.assessment h on h.id = w.assessment_id where h.link_id = l.id`

// ofCells lists what people recorded by themselves about the cells h.
func ofCells(which string) string {
	return `
    select 'cell_review' as kind, h.id from history.cell_review h where ` + which + `
    union select 'addressee_ruling', h.id from history.addressee_ruling h where ` + which
}

// ofInitiative lists what belongs to the initiative i.
const ofInitiative = `
    select 'initiative' as kind, i.id
    union select 'initiative', h.id from history.initiative h where h.parent_id = i.id
    union select 'initiative_partner', h.id from history.initiative_partner h where h.initiative_id = i.id
    union select 'link', h.id from history.link h where h.initiative_id = i.id
    union select y.kind, y.id from history.link l cross join lateral (` + ofLink + `) y where l.initiative_id = i.id
    union select 'citation_line', h.id from history.citation_line h where h.initiative_id = i.id
    union select 'reference', r.id from history.reference r join history.citation_line h on h.id = r.line_id where h.initiative_id = i.id
    union select 'citation', c.id from history.citation c join history.reference r on r.id = c.reference_id
      join history.citation_line h on h.id = r.line_id where h.initiative_id = i.id
    union select 'citation_candidate', k.id from history.citation_candidate k join history.citation c on c.id = k.citation_id
      join history.reference r on r.id = c.reference_id join history.citation_line h on h.id = r.line_id where h.initiative_id = i.id
    union select 'fact_source', f.id from history.fact_source f join address d on d.kind = 'initiative' and d.slug = f.entity
      where f.kind = 'initiative' and d.id = i.id`
