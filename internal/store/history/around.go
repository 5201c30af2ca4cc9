package history

import (
	"fmt"
	"strings"
)

// pointers are the references that pages follow to say a name: a row of a
// table shows what the row to which its column points is called.
var pointers = []struct{ table, column, to string }{
	{"edition", "agreement_id", "agreement"}, {"principle", "edition_id", "edition"}, {"organization", "agreement_id", "agreement"},
	{"source", "organization_id", "organization"}, {"adherence", "organization_id", "organization"}, {"adherence", "via_id", "organization"},
	{"adherence", "agreement_id", "agreement"}, {"adherence", "edition_id", "edition"}, {"adherence", "source_id", "source"},
	{"agreement_event", "source_id", "source"}, {"numbering_label", "numbering_id", "numbering"}, {"numbering_label", "principle_id", "principle"},
	{"initiative", "parent_id", "initiative"}, {"initiative", "organization_id", "organization"}, {"initiative", "reported_by_id", "organization"},
	{"initiative", "source_id", "source"}, {"initiative_partner", "organization_id", "organization"}, {"link", "initiative_id", "initiative"},
	{"link", "principle_id", "principle"}, {"link", "asserter_id", "organization"}, {"citation_line", "source_id", "source"},
	{"citation_line", "initiative_id", "initiative"}, {"reference", "line_id", "citation_line"}, {"reference", "agreement_id", "agreement"},
	{"citation", "reference_id", "reference"}, {"citation", "link_id", "link"}, {"citation_candidate", "citation_id", "citation"},
	{"citation_candidate", "principle_id", "principle"}, {"fact_source", "source_id", "source"}, {"element_reading", "element_id", "element"},
	{"element_reading", "agreement_id", "agreement"}, {"element_reading", "edition_id", "edition"},
	{"element_reading", "organization_id", "organization"}, {"element_reading", "source_id", "source"},
	{"statement", "element_id", "element"}, {"statement", "agreement_id", "agreement"}, {"statement", "principle_id", "principle"},
	{"statement", "organization_id", "organization"}, {"statement", "source_id", "source"}, {"crosswalk", "subject_id", "principle"},
	{"crosswalk", "object_id", "principle"}, {"crosswalk", "asserter_id", "organization"}, {"crosswalk", "source_id", "source"},
	{"assessment", "link_id", "link"}, {"assessment", "organization_id", "organization"}, {"answer", "assessment_id", "assessment"},
	{"answer", "organization_id", "organization"}, {"cell_review", "principle_id", "principle"},
	{"cell_review", "organization_id", "organization"}, {"addressee_ruling", "principle_id", "principle"},
	{"addressee_ruling", "organization_id", "organization"},
}

// beside lists what the page of a thing names or counts although nothing that
// belongs to it points there.
var beside = map[string]string{
	"agreement": `
  union select 'organization', h.id from history.organization h join thing t on t.id = h.agreement_id
  union select 'element', h.id from history.element h`,
	"principle": `
  union select x.kind, x.id from thing t join history.principle p on p.id = t.id join history.edition e on e.id = p.edition_id
    join history.edition o on o.agreement_id = e.agreement_id join history.principle n on n.edition_id = o.id
    cross join lateral (
      select 'principle' as kind, n.id
      union select 'link', h.id from history.link h where h.principle_id = n.id and n.label = p.label
      union select 'citation', h.citation_id from history.citation_candidate h where h.principle_id = n.id and n.label = p.label
      union select 'citation_candidate', h.id from history.citation_candidate h where h.principle_id = n.id and n.label = p.label) x
  union select 'link', o.id from history.link l join thing t on t.id = l.principle_id join history.link o on o.initiative_id = l.initiative_id`,
	"organization": `
  union select x.kind, x.id from thing t join history.source s on s.organization_id = t.id cross join lateral (` + ofSource + `) x`,
	"initiative": `
  union select x.kind, x.id from thing t join history.initiative i on i.parent_id = t.id cross join lateral (` + ofInitiative + `) x`,
	"source": `
  union select x.kind, x.id from thing t
    join (select h.source_id, h.id from history.initiative h union select h.source_id, h.initiative_id from history.citation_line h) i on i.source_id = t.id
    cross join lateral (` + ofInitiative + `) x
  union select 'link', l.id from history.adherence h join thing t on t.id = h.source_id
    join history.initiative i on i.organization_id = h.organization_id join history.link l on l.initiative_id = i.id`,
	"element": `
  union select 'agreement', h.id from history.agreement h`,
}

// ofSource lists what is counted of the source s.
const ofSource = `
    select 'initiative' as kind, h.id from history.initiative h where h.source_id = s.id
    union select 'fact_source', h.id from history.fact_source h where h.source_id = s.id
    union select 'citation_line', h.id from history.citation_line h where h.source_id = s.id
    union select 'reference', r.id from history.reference r join history.citation_line h on h.id = r.line_id where h.source_id = s.id
    union select 'citation', c.id from history.citation c join history.reference r on r.id = c.reference_id
      join history.citation_line h on h.id = r.line_id where h.source_id = s.id`

// Around lists the rows that the page of a thing of a kind may name or count:
// those of its scope, what is beside that, and what these point to. It may
// list too much, never too little: a page of which nothing around changed is
// the page that it was.
func Around(kind string) string {
	follow := []string{"\n    select 'edition' as kind, h.id from history.edition h where r.kind = 'agreement' and h.agreement_id = r.id"} // a name has its edition where several are current
	for _, p := range pointers {
		follow = append(follow, fmt.Sprintf("\n    select '%[3]s', h.%[2]s from history.%[1]s h where r.kind = '%[1]s' and h.id = r.id", p.table, p.column, p.to))
	}
	return `,
nearby as (
  select kind, id from scope` + beside[kind] + `
),
around as (
  select kind, id from nearby
  union select x.kind, x.id from around r cross join lateral (` + strings.Join(follow, "\n    union all") + `) x
  where x.id is not null
)`
}
