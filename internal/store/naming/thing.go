package naming

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// pointsTo tells of which kind the row is whose number a column holds.
var pointsTo = map[string]string{
	"account_id": "account", "agreement_id": "agreement", "asserter_id": "organization", "assessment_id": "assessment", "citation_id": "citation",
	"decided_by_id": "account", "element_id": "element", "edition_id": "edition", "initiative_id": "initiative", "line_id": "citation_line",
	"link_id": "link", "numbering_id": "numbering", "object_id": "principle", "organization_id": "organization", "parent_id": "initiative",
	"principle_id": "principle", "reference_id": "reference", "reported_by_id": "organization", "source_id": "source", "subject_id": "principle",
	"via_id": "organization",
}

// NamedKinds are the kinds that thingNames names, each by a list of numbers.
var NamedKinds = []string{"account", "agreement", "assessment", "citation", "citation_line", "edition", "element", "initiative", "link", "numbering",
	"organization", "principle", "reference", "source"}

// thingNames names rows in words, from their latest version in the history up
// to the revision that is looked at, so that withdrawn ones have names, too.
const thingNames = `
with
citation_was as (
  select x.id, h.label, h.reference_id from unnest(@citation::bigint[]) x (id)
  cross join lateral (select v.label, v.reference_id from history.citation v where v.id = x.id and v.since_rev <= @upto order by v.until_rev desc limit 1) h
),
reference_was as (
  select x.id, h.text, h.agreement_name, h.line_id
  from (select unnest(@reference::bigint[]) as id union select reference_id from citation_was) x
  cross join lateral (select v.text, v.agreement_name, v.line_id from history.reference v where v.id = x.id and v.since_rev <= @upto order by v.until_rev desc limit 1) h
),
line_was as (
  select x.id, h.text, h.initiative_id
  from (select unnest(@citation_line::bigint[]) as id union select line_id from reference_was) x
  cross join lateral (select v.text, v.initiative_id from history.citation_line v where v.id = x.id and v.since_rev <= @upto order by v.until_rev desc limit 1) h
),
assessment_was as (
  select x.id, h.link_id, h.view from unnest(@assessment::bigint[]) x (id)
  cross join lateral (select v.link_id, v.view from history.assessment v where v.id = x.id and v.since_rev <= @upto order by v.until_rev desc limit 1) h
),
link_was as (
  select x.id, h.initiative_id, h.principle_id
  from (select unnest(@link::bigint[]) as id union select link_id from assessment_was) x
  cross join lateral (select v.initiative_id, v.principle_id from history.link v where v.id = x.id and v.since_rev <= @upto order by v.until_rev desc limit 1) h
),
initiative_was as (
  select x.id, h.slug, h.title
  from (select unnest(@initiative::bigint[]) as id union select initiative_id from line_was union select initiative_id from link_was) x
  cross join lateral (select v.slug, v.title from history.initiative v where v.id = x.id and v.since_rev <= @upto order by v.until_rev desc limit 1) h
),
numbering_was as (
  select x.id, h.title, h.agreement_id from unnest(@numbering::bigint[]) x (id)
  cross join lateral (select v.title, v.agreement_id from history.numbering v where v.id = x.id and v.since_rev <= @upto order by v.until_rev desc limit 1) h
),
principle_was as (
  select x.id, h.edition_id, h.label, h.number
  from (select unnest(@principle::bigint[]) as id union select principle_id from link_was) x
  cross join lateral (select v.edition_id, v.label, v.number from history.principle v where v.id = x.id and v.since_rev <= @upto order by v.until_rev desc limit 1) h
),
edition_was as (
  select x.id, h.agreement_id, h.slug, h.title, h.noun
  from (select unnest(@edition::bigint[]) as id union select edition_id from principle_was) x
  cross join lateral (select v.agreement_id, v.slug, v.title, v.noun from history.edition v where v.id = x.id and v.since_rev <= @upto order by v.until_rev desc limit 1) h
),
agreement_was as (
  select x.id, h.slug, h.short_title
  from (select unnest(@agreement::bigint[]) as id union select agreement_id from edition_was union select agreement_id from numbering_was) x
  cross join lateral (select v.slug, v.short_title from history.agreement v where v.id = x.id and v.since_rev <= @upto order by v.until_rev desc limit 1) h
),
named_principle as (
  select p.id, coalesce(n.name, concat_ws(' ', a.short_title, e.noun, p.number) || ' (' || e.title || ')') as name,
    coalesce(n.ref, a.slug || '@' || e.slug || '/' || p.label) as key
  from principle_was p join edition_was e on e.id = p.edition_id join agreement_was a on a.id = e.agreement_id
  left join principle_name n on n.id = p.id
)
select 'agreement' as kind, id, short_title as name, slug as key from agreement_was
union all select 'edition', e.id, a.short_title || ': ' || e.title, a.slug || '/' || e.slug
  from edition_was e join agreement_was a on a.id = e.agreement_id
union all select 'principle', id, name, key from named_principle
union all select 'numbering', m.id, m.title, a.slug from numbering_was m join agreement_was a on a.id = m.agreement_id
union all select 'initiative', id, title, slug from initiative_was
union all select 'organization', x.id, h.name, h.slug from unnest(@organization::bigint[]) x (id)
  cross join lateral (select v.name, v.slug from history.organization v where v.id = x.id and v.since_rev <= @upto order by v.until_rev desc limit 1) h
union all select 'source', x.id, h.title, h.slug from unnest(@source::bigint[]) x (id)
  cross join lateral (select v.title, v.slug from history.source v where v.id = x.id and v.since_rev <= @upto order by v.until_rev desc limit 1) h
union all select 'element', x.id, h.title, h.slug from unnest(@element::bigint[]) x (id)
  cross join lateral (select v.title, v.slug from history.element v where v.id = x.id and v.since_rev <= @upto order by v.until_rev desc limit 1) h
union all select 'link', l.id, i.title || ' → ' || p.name, l.id::text
  from link_was l join initiative_was i on i.id = l.initiative_id join named_principle p on p.id = l.principle_id
union all select 'assessment', s.id, i.title || ' → ' || p.name || ': ' || s.view, l.id::text
  from assessment_was s join link_was l on l.id = s.link_id
  join initiative_was i on i.id = l.initiative_id join named_principle p on p.id = l.principle_id
union all select 'citation_line', t.id, t.text, i.slug from line_was t join initiative_was i on i.id = t.initiative_id
union all select 'reference', r.id, r.text, i.slug
  from reference_was r join line_was t on t.id = r.line_id join initiative_was i on i.id = t.initiative_id
union all select 'citation', c.id, r.agreement_name || ' ' || c.label, c.id::text
  from citation_was c join reference_was r on r.id = c.reference_id
union all select 'account', a.id, a.name, '' from account a where a.id = any (@account::bigint[])`

// Names are the rows of which one page speaks, in words.
type Names map[ThingKey]norms.Thing

// ThingKey is what tells rows apart.
type ThingKey struct {
	Kind string
	ID   int64
}

// NamesOf finds the names of all rows that changes write or point to.
func (s *Store) NamesOf(ctx context.Context, changes []RowChange) (Names, error) {
	wanted := map[string][]int64{}
	for _, c := range changes {
		wanted[c.Kind] = append(wanted[c.Kind], c.ID)
		for _, row := range []map[string]any{c.Before, c.After} {
			for column, kind := range pointsTo {
				if id, ok := row[column].(float64); ok {
					wanted[kind] = append(wanted[kind], int64(id))
				}
			}
		}
	}
	args := pgx.StrictNamedArgs{"upto": postgres.Upto(s.db)}
	for _, kind := range NamedKinds {
		slices.Sort(wanted[kind])
		args[kind] = append([]int64{}, slices.Compact(wanted[kind])...)
	}
	found, err := postgres.Collect[norms.Thing](ctx, s.db, "names", thingNames, args)
	if err != nil {
		return nil, err
	}
	n := make(Names, len(found))
	for _, t := range found {
		n[ThingKey{t.Kind, t.ID}] = t
	}
	return n, nil
}

// Of is a row in words; one without a name goes by its number.
func (n Names) Of(kind string, id int64) norms.Thing {
	if t, ok := n[ThingKey{kind, id}]; ok {
		return t
	}
	return norms.Thing{Kind: kind, ID: id, Name: fmt.Sprintf("%s %d", kind, id), Key: strconv.FormatInt(id, 10)}
}

// Thing names the row of a change. Rows that only exist as a part of another
// go by their own values and are found on the other's page.
func (n Names) Thing(c RowChange) norms.Thing {
	t, row := n.Of(c.Kind, c.ID), c.now()
	to := func(column string) norms.Thing {
		id, _ := row[column].(float64)
		return n.Of(pointsTo[column], int64(id))
	}
	text := func(column string) string { return n.value(column, row[column]) }
	switch c.Kind {
	case "agreement_alias":
		t.Name, t.Key = text("alias"), to("agreement_id").Key
	case "agreement_event":
		t.Name, t.Key = text("title"), to("agreement_id").Key
	case "numbering_label":
		t.Name, t.Key = to("numbering_id").Name+": "+text("label"), to("numbering_id").Key
	case "initiative_partner":
		t.Name, t.Key = text("name"), to("initiative_id").Key
	case "adherence":
		t.Name = to("organization_id").Name + ": " + to("agreement_id").Name + ", " + text("relation")
	case "element_reading":
		t.Name = to("agreement_id").Name + ": " + to("element_id").Name + ", " + strings.ReplaceAll(text("reading"), "_", " ")
		t.Key = to("element_id").Key
	case "statement":
		t.Name = to("organization_id").Name + ": " + text("title")
	case "crosswalk":
		t.Key = to("subject_id").Key
		t.Name = to("subject_id").Name + " " + strings.ReplaceAll(text("relation"), "_", " ") + " " + to("object_id").Name
	case "answer":
		t.Name, t.Key = to("assessment_id").Name, to("assessment_id").Key
	case "cell_review", "addressee_ruling":
		t.Name, t.Key = to("organization_id").Name+": "+to("principle_id").Name, to("principle_id").Key
	case "citation_candidate":
		t.Name, t.Key = to("citation_id").Name+": perhaps "+to("principle_id").Name, to("citation_id").Key
	case "fact_source":
		t.Name, t.Key = text("entity")+": "+text("field"), text("entity")
	}
	return t
}
