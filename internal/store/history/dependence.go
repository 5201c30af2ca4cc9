package history

import (
	"fmt"
	"strings"
)

// dependence is a column by which rows of one table rest on those of another.
// Parts mean nothing without what they are parts of: they go and come back with
// it. All others keep it from being withdrawn.
type dependence struct {
	parent, Child, column string
	part                  bool
}

const (
	part  = true
	rests = false
)

// AllDependences lists every foreign key between tables of the record. A test
// compares it with the database.
var AllDependences = []dependence{
	{"agreement", "agreement_alias", "agreement_id", part},
	{"agreement", "agreement_event", "agreement_id", part},
	{"agreement", "edition", "agreement_id", part},
	{"agreement", "numbering", "agreement_id", part},
	{"agreement", "organization", "agreement_id", rests},
	{"agreement", "adherence", "agreement_id", rests},
	{"agreement", "reference", "agreement_id", rests},
	{"agreement", "element_reading", "agreement_id", rests},
	{"agreement", "statement", "agreement_id", rests},
	{"edition", "principle", "edition_id", part},
	{"edition", "adherence", "edition_id", rests},
	{"edition", "element_reading", "edition_id", rests},
	{"principle", "numbering_label", "principle_id", rests},
	{"principle", "link", "principle_id", rests},
	{"principle", "citation_candidate", "principle_id", rests},
	{"principle", "cell_review", "principle_id", rests},
	{"principle", "addressee_ruling", "principle_id", rests},
	{"principle", "statement", "principle_id", rests},
	{"principle", "crosswalk", "subject_id", rests},
	{"principle", "crosswalk", "object_id", rests},
	{"numbering", "numbering_label", "numbering_id", part},
	{"organization", "adherence", "organization_id", part},
	{"organization", "adherence", "via_id", rests},
	{"organization", "source", "organization_id", rests},
	{"organization", "initiative", "organization_id", rests},
	{"organization", "initiative", "reported_by_id", rests},
	{"organization", "initiative_partner", "organization_id", rests},
	{"organization", "link", "asserter_id", rests},
	{"organization", "element_reading", "organization_id", rests},
	{"organization", "assessment", "organization_id", rests},
	{"organization", "answer", "organization_id", rests},
	{"organization", "cell_review", "organization_id", rests},
	{"organization", "addressee_ruling", "organization_id", rests},
	{"organization", "statement", "organization_id", rests},
	{"organization", "crosswalk", "asserter_id", rests},
	{"source", "citation_line", "source_id", part},
	{"source", "adherence", "source_id", rests},
	{"source", "agreement_event", "source_id", rests},
	{"source", "numbering", "source_id", rests},
	{"source", "initiative", "source_id", rests},
	{"source", "fact_source", "source_id", rests},
	{"source", "element_reading", "source_id", rests},
	{"source", "statement", "source_id", rests},
	{"source", "crosswalk", "source_id", rests},
	{"initiative", "initiative", "parent_id", rests},
	{"initiative", "initiative_partner", "initiative_id", part},
	{"initiative", "citation_line", "initiative_id", part},
	{"initiative", "link", "initiative_id", part},
	{"citation_line", "reference", "line_id", part},
	{"reference", "citation", "reference_id", part},
	{"citation", "citation_candidate", "citation_id", part},
	{"link", "citation", "link_id", rests},
	{"link", "assessment", "link_id", part},
	{"assessment", "answer", "assessment_id", part},
	{"element", "element_reading", "element_id", rests},
	{"element", "statement", "element_id", rests},
}

// factsOf finds the facts about the row x of a table, which name it in words:
// they go and come back with it. The word past stands for the condition that
// only rows of one state of the record are meant.
var factsOf = map[string]string{
	"agreement": `%[1]sfact_source f where f.kind = 'agreement' and f.entity = x.slug`,
	"organization": `%[1]sfact_source f where f.kind = 'organization' and f.entity = x.slug
        or f.kind = 'adherence' and starts_with(f.entity, x.slug || '/')`,
	"initiative": `%[1]sfact_source f where f.kind = 'initiative' and f.entity = x.slug`,
	"source":     `%[1]sfact_source f where f.kind = 'source' and f.entity = x.slug`,
	"element":    `%[1]sfact_source f where f.kind = 'element' and f.entity = x.slug`,
	"edition": `address d join %[1]sfact_source f on f.kind = 'edition' and f.entity = d.slug || '/' || x.slug
        where d.kind = 'agreement' and d.id = x.agreement_id`,
	"numbering": `address d join %[1]sfact_source f on f.kind = 'numbering' and f.entity = d.slug || '/' || x.slug
        where d.kind = 'agreement' and d.id = x.agreement_id`,
	"principle": `%[1]sedition e join address d on d.kind = 'agreement' and d.id = e.agreement_id
        join %[1]sfact_source f on f.kind = 'principle'
          and (f.entity = d.slug || '@' || e.slug || '/' || x.label or e.current and f.entity = d.slug || '/' || x.label)
        where e.id = x.edition_id`,
	"agreement_event": `address d join %[1]sfact_source f on f.kind = 'agreement' and f.entity = d.slug and f.field = 'event: ' || x.title
        where d.kind = 'agreement' and d.id = x.agreement_id`,
	"adherence": `address o join address a on a.kind = 'agreement' and a.id = x.agreement_id
        join %[1]sfact_source f on f.kind = 'adherence' and f.entity = o.slug || '/' || a.slug
        where o.kind = 'organization' and o.id = x.organization_id
          and not exists (select from adherence other where other.organization_id = x.organization_id and other.agreement_id = x.agreement_id and other.id <> x.id)`,
}

// following lists the rows that go, or went, with the row g. In the schema
// history only what the changeset @rev ended counts.
func following(schema string) string {
	ended := func(table string) string { return "" }
	if schema != "" {
		ended = func(table string) string { return " and " + table + ".until_rev = @rev" }
	}
	var each []string
	for _, d := range AllDependences {
		if d.part {
			each = append(each, fmt.Sprintf("select '%[2]s' as kind, h.id from %[4]s%[2]s h where g.kind = '%[1]s' and h.%[3]s = g.id%[5]s",
				d.parent, d.Child, d.column, schema, ended("h")))
		}
	}
	for _, kind := range TrackedKinds {
		if facts, ok := factsOf[kind]; ok {
			each = append(each, fmt.Sprintf("select 'fact_source', v.id from %[2]s%[1]s x cross join lateral (select f.* from %[3]s) v where g.kind = '%[1]s' and x.id = g.id%[4]s%[5]s",
				kind, schema, fmt.Sprintf(facts, schema), ended("x"), ended("v")))
		}
	}
	if schema != "" {
		each = append(each, "select 'link', l.id from history.citation h join history.link l on l.id = h.link_id where g.kind = 'citation' and h.id = g.id"+ended("h")+ended("l"))
	}
	return strings.Join(each, "\n    union all ")
}

// Departing is what goes with the row @id of the table @kind, and what keeps it
// from going. A contributor's link goes with the last citation that it rests on.
var Departing = `
with recursive own (kind, id) as (
  select @kind::text, @id::bigint
  union
  select x.kind, x.id from own g cross join lateral (
    ` + following("") + `) x
),
released as (
  select distinct c.link_id as id from own g join citation c on g.kind = 'citation' and c.id = g.id
  where c.link_id is not null and not exists (
    select from citation o where o.link_id = c.link_id and not exists (select from own k where k.kind = 'citation' and k.id = o.id))
),
gone (kind, id) as (
  select kind, id from (select kind, id from own union select 'link', id from released) start
  union
  select x.kind, x.id from gone g cross join lateral (
    ` + following("") + `) x
)
select kind, id, false as rests from gone
union
select r.kind, r.id, true from gone g cross join lateral (
    ` + resting() + `) r
where not exists (select from gone o where o.kind = r.kind and o.id = r.id)
order by rests, kind, id`

// resting lists the rows that rest on the row g.
func resting() string {
	var each []string
	for _, d := range AllDependences {
		if !d.part {
			each = append(each, fmt.Sprintf("select '%[2]s' as kind, h.id from %[2]s h where g.kind = '%[1]s' and h.%[3]s = g.id", d.parent, d.Child, d.column))
		}
	}
	return strings.Join(each, "\n    union all ")
}

// Returning is what went with the row @id of the table @kind in the changeset
// @rev.
var Returning = `
with recursive back (kind, id) as (
  select @kind::text, @id::bigint
  union
  select x.kind, x.id from back g cross join lateral (
    ` + following("history.") + `) x
)
select kind, id, false as rests from back order by kind, id`

// Footing finds what rows that came back rest on and is not recorded. Each
// kind's rows are an argument with its name.
var Footing = func() string {
	each := make([]string, len(AllDependences))
	for i, d := range AllDependences {
		each[i] = fmt.Sprintf("select '%[1]s' as kind, h.%[3]s as id, false as rests from %[2]s h where h.id = any (@%[2]s) and h.%[3]s is not null and not exists (select from %[1]s p where p.id = h.%[3]s)",
			d.parent, d.Child, d.column)
	}
	return strings.Join(each, "\nunion ") + "\norder by 1, 2"
}()

// Dependences lists the dependences as table.column -> table.
func Dependences() []string {
	out := make([]string, len(AllDependences))
	for i, d := range AllDependences {
		out[i] = d.Child + "." + d.column + " -> " + d.parent
	}
	return out
}
