package browse

import (
	"cmp"
	"slices"
	"strings"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// bareLink is a link with numbers in place of the names that are kept.
type bareLink struct {
	LinkID          int64
	Initiative      string
	InitiativeTitle string
	Place           int // of the initiative
	OrganizationID  int64
	Relation        norms.LinkRelation
	Property        norms.LinkProperty
	Origin          norms.Origin
	AsserterID      int64 // 0 when nobody's
	Strength        norms.Strength
	Rationale       string
	CitationID      int64
	Reference       string
	SourceID        int64 // 0 when there is no citation
	Agreed          int
	PartlyAgreed    int
	Disagreed       int
	Answered        int
	Version         int64
}

const bareColumns = `link_id, initiative, initiative_title, place, organization_id, relation, property, origin, asserter_id, strength, rationale,
  citation_id, reference, source_id, agreed, partly_agreed, disagreed, answered, version`

const bareToPrinciple = `
select ` + bareColumns + `
from listed_link
where principle_id = @principle and (origin, link_id) > (@after_key::text, @after_id::bigint)
order by origin, link_id
limit @limit`

// nameRow is how an organization, a source or a principle is named.
type nameRow struct {
	Kind             string
	ID               int64
	Slug, Name       string
	Title, Agreement string // of a principle
	AgreementTitle   string `json:"agreement_title"`
	Rank             int    // of that in the order of the texts
}

// Kinds of names; all others are of organizations.
const (
	source    = "source"
	principle = "principle"
)

// namesByID are names of organizations and sources, and with @principles those
// of all principles: citations may mean one of an earlier edition.
const namesByID = `
select 'organization' as kind, id, slug, name, '' as title, '' as agreement, '' as agreement_title, 0 as rank
from organization where id = any (@organizations)
union all
select 'source', id, slug, title, '', '', '', 0 from source where id = any (@sources)
union all
select 'principle', id, ref, name, title, agreement, agreement_title, row_number() over (order by lower(agreement_title), position, id)
from principle_name where @principles`

var askNames = postgres.Counting(namesByID, "organizations", "sources", "principles")

// missing are the organizations and sources of links whose names are not kept.
func (t *texts) missing(links []bareLink) (organizations, sources []int64) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for i := range links {
		l := &links[i]
		for _, id := range [...]int64{l.OrganizationID, l.AsserterID} {
			if _, ok := t.organizations[id]; !ok && id != 0 {
				organizations = append(organizations, id)
			}
		}
		if _, ok := t.sources[l.SourceID]; !ok && l.SourceID != 0 {
			sources = append(sources, l.SourceID)
		}
	}
	return organizations, sources
}

// needsNames tells whether names are not kept: those of links, and where they are
// needed those of principles. The arguments get which.
func (t *texts) needsNames(args map[string]any, links []bareLink, principles bool) bool {
	organizations, sources := t.missing(links)
	principles = principles && t.ranks() == nil
	args["organizations"], args["sources"], args["principles"] = organizations, sources, principles
	return len(organizations)+len(sources) > 0 || principles
}

// named gives links their names, which are kept or among more.
func (t *texts) named(links []bareLink, more []nameRow) []placedLink {
	organizations, sources := map[int64]called{}, map[int64]called{}
	for _, r := range more {
		switch r.Kind {
		case principle:
		case source:
			sources[r.ID] = called{r.Slug, r.Name}
		default:
			organizations[r.ID] = called{r.Slug, r.Name}
		}
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	out := make([]placedLink, len(links))
	for i := range links {
		l, row := &links[i], &out[i].LinkRow
		by, who, from := calledIn(t.organizations, organizations, l.OrganizationID), calledIn(t.organizations, organizations, l.AsserterID), calledIn(t.sources, sources, l.SourceID)
		row.ID, row.Initiative, row.InitiativeTitle = l.LinkID, l.Initiative, l.InitiativeTitle
		row.Organization, row.OrganizationName = by.slug, by.name
		row.Relation, row.Property, row.Origin = l.Relation, l.Property, l.Origin
		row.Asserter, row.AsserterName = who.slug, who.name
		row.Strength, row.Rationale = l.Strength, l.Rationale
		row.Citation, row.Reference, row.Source, row.SourceTitle = l.CitationID, l.Reference, from.slug, from.name
		row.Agreed, row.PartlyAgreed, row.Disagreed, row.Answered, row.Version = l.Agreed, l.PartlyAgreed, l.Disagreed, l.Answered, l.Version
		out[i].Place = l.Place
	}
	return out
}

func calledIn(kept, more map[int64]called, id int64) called {
	if c, ok := kept[id]; ok {
		return c
	}
	return more[id]
}

// placedLink is a link with the place of its initiative among those of the
// organization.
type placedLink struct {
	norms.LinkRow
	Place int
}

// byOrganization puts links in the order in which the page of a principle shows
// them. The origins sort as words in theirs: contributor, curator, third_party.
func byOrganization(links []placedLink) []norms.LinkRow {
	type key struct {
		organization, title string
		at                  int
	}
	keys := make([]key, len(links))
	for i := range links {
		keys[i] = key{strings.ToLower(links[i].OrganizationName), strings.ToLower(links[i].InitiativeTitle), i}
	}
	slices.SortFunc(keys, func(a, b key) int {
		l, m := &links[a.at], &links[b.at]
		return cmp.Or(cmp.Compare(l.Origin, m.Origin), cmp.Compare(a.organization, b.organization), cmp.Compare(l.Place, m.Place),
			cmp.Compare(a.title, b.title), cmp.Compare(l.ID, m.ID))
	})
	out := make([]norms.LinkRow, len(links))
	for i, k := range keys {
		out[i] = links[k.at].LinkRow
	}
	return out
}
