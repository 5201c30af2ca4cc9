package table

import (
	"slices"
	"strings"
)

// profile is a table whose headings are known.
type profile struct {
	name     string
	kind     Kind
	headings string            // in any order
	as       map[string]string // headings that are not the field's name; "" is not read
	values   map[string]string
	ours     bool // an empty cell means that nothing is known
}

// profiles are the known tables: the register of supporters of the Paris Call
// as its site publishes it, our downloads, and our lists. What they count or
// derive is not read back.
var profiles = []profile{
	{name: "Paris Call supporters", kind: Adherences, headings: "name category nationality nature website twitter date_signed",
		as: map[string]string{"name": "organization", "category": organizationGroup, "nationality": kept, "nature": kept, "website": organizationURL, "twitter": "",
			"date_signed": "since"},
		values: map[string]string{"agreement": "paris-call", "relation": "supported"}},

	{name: "our download of organizations", kind: Organizations, ours: true,
		headings: "organization name kind stakeholder_group agreement url summary revision", as: map[string]string{"organization": "slug", "revision": version}},
	{name: "our download of adherences", kind: Adherences, ours: true,
		headings: "id organization agreement edition relation via founding since source place note revision", as: map[string]string{"revision": version}},
	{name: "our download of initiatives", kind: Initiatives, ours: true,
		headings: "initiative title summary kind parent organization reported_by heading position status status_note started_on ended_on due_on url source place revision",
		as:       map[string]string{"initiative": "slug", "revision": version}},
	{name: "our download of agreements", kind: Agreements, ours: true,
		headings: "agreement title short_title aliases legal_nature space convener url summary revision", as: map[string]string{"agreement": "slug", "revision": version}},
	{name: "our download of links", kind: Links, ours: true,
		headings: "id initiative principle relation property origin asserter rationale strength counted revision", as: map[string]string{"counted": "", "revision": version}},
	{name: "our download of sources", kind: Sources, ours: true,
		headings: "source title kind publisher organization published_on retrieved_on url archive_url sha256 language call exhaustiveness note text_held revision",
		as:       map[string]string{"source": "slug", "text_held": "", "revision": version}},
	{name: "our download of citations", kind: Citations, ours: true,
		headings: "id reference position label resolution principle link decided_by note revision", as: map[string]string{"revision": version}},

	{name: "our list of organizations", kind: Organizations, ours: true,
		headings: "slug name kind stakeholder_group adherence_count initiative_count links"},
	{name: "our list of adherences", kind: Adherences, ours: true,
		headings: "id organization organization_name agreement agreement_title edition relation via via_name founding since source source_title place note links unresolved version"},
	{name: "our list of initiatives", kind: Initiatives, ours: true,
		headings: "slug title summary kind status parent parent_title organization organization_name heading started_on principles links unresolved"},
	{name: "our list of agreements", kind: Agreements, ours: true,
		headings: "slug title short_title legal_nature space convener published_on edition_count principle_count with_evidence links adherence_count unresolved repealed_on"},
	{name: "our list of links", kind: Links, ours: true,
		headings: "id initiative initiative_title organization organization_name principle principle_title principle_name agreement current relation property origin asserter asserter_name strength rationale citation reference source source_title agreed partly_agreed disagreed answered version",
		as:       map[string]string{"source": ""}},
	{name: "our list of sources", kind: Sources, ours: true,
		headings: "slug title kind publisher organization published_on url call exhaustiveness text_held initiative_count reference_count citation_count fact_count"},
	{name: "our list of citations", kind: Citations, ours: true,
		headings: "id label resolution principle principle_title candidates decided_by note reference name agreement initiative initiative_title source source_title start place_as_of text_held link version"},
}

// recognized is the profile that has just these headings.
func recognized(columns []Column) (profile, bool) {
	var found []string
	for _, c := range columns {
		found = append(found, strings.ToLower(strings.TrimSpace(c.Heading)))
	}
	slices.Sort(found)
	for _, p := range profiles {
		want := strings.Fields(p.headings)
		slices.Sort(want)
		if slices.Equal(found, want) {
			return p, true
		}
	}
	return profile{}, false
}

// mapping is what the profile says of the columns.
func (p profile) mapping(columns []Column) Mapping {
	m := Mapping{Kind: p.kind, Columns: columns, Values: p.values, Clears: p.ours, Profile: p.name}
	for i, c := range columns {
		heading := strings.ToLower(strings.TrimSpace(c.Heading))
		field, other := p.as[heading]
		if _, known := p.kind.field(heading); known && !other {
			field = heading
		}
		columns[i].Field = field
	}
	return m
}
