package browse

import (
	"cmp"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// bareLink is a link with numbers in place of the names that are kept.
type bareLink struct {
	ID              int64
	Initiative      string
	InitiativeTitle string
	Position        int // of the initiative
	OrganizationID  int64
	PrincipleID     int64
	Relation        norms.LinkRelation
	Property        norms.LinkProperty
	Origin          norms.Origin
	AsserterID      int64 // 0 when nobody's
	Strength        norms.Strength
	Rationale       string
	Citation        int64
	Reference       string
	SourceID        int64 // 0 when there is no citation
	Agreed          int
	PartlyAgreed    int
	Disagreed       int
	Answered        int
	Version         int64
}

// bareLinks reads the links l that another statement chooses. It looks for the
// same as linkOwnJoins, but gives a link once for each citation that rests on
// it, mostly one: to find the first of them for each link is more work than to
// leave the others out, see firstCited.
func bareLinks(chosen string) string {
	return `
select l.id, i.slug as initiative, i.title as initiative_title, i.position, i.organization_id, l.principle_id, l.relation, l.property, l.origin,
  coalesce(l.asserter_id, 0) as asserter_id, l.strength, l.rationale, coalesce(k.id, 0) as citation, coalesce(r.text, '') as reference,
  coalesce(t.source_id, 0) as source_id, b.agreed, b.partly_agreed, b.disagreed, b.answered, l.version
from (` + chosen + `) l
join initiative i on i.id = l.initiative_id
left join citation k on k.link_id = l.id
left join reference r on r.id = k.reference_id
left join citation_line t on t.id = r.line_id` + linkAssessed
}

// firstCited are the links of bareLinks by their numbers, each once: with the
// first citation that rests on it.
func firstCited(links []bareLink) []bareLink {
	slices.SortFunc(links, func(a, b bareLink) int { return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Citation, b.Citation)) })
	return slices.CompactFunc(links, func(a, b bareLink) bool { return a.ID == b.ID })
}

// bareOf are the columns of a link that bareLinks needs.
const bareOf = `id, initiative_id, principle_id, relation, property, origin, asserter_id, strength, rationale, version`

var bareToPrinciple = bareLinks(`
  select ` + bareOf + `
  from link
  where principle_id = @principle and (origin, id) > (@after_key::text, @after_id::bigint)
  order by origin, id
  limit @limit`)

// nameRow is how an organization, a source or a principle is named.
type nameRow struct {
	Kind                             string
	ID                               int64
	Slug, Name                       string
	Title, Agreement, AgreementTitle string // of a principle
	Rank                             int    // of that in the order of the texts
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

// askingMissing adds a question for the names that are not kept: those of links,
// and where they are needed those of principles. into gets them when they come
// back.
func (t *texts) askingMissing(b *pgx.Batch, into *[]nameRow, links []bareLink, principles bool) {
	organizations, sources := t.missing(links)
	principles = principles && t.ranks() == nil
	if len(organizations)+len(sources) > 0 || principles {
		postgres.Asking(b, into, "names", askNames, map[string]any{"organizations": organizations, "sources": sources, "principles": principles})
	}
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
		row.ID, row.Initiative, row.InitiativeTitle = l.ID, l.Initiative, l.InitiativeTitle
		row.Organization, row.OrganizationName = by.slug, by.name
		row.Relation, row.Property, row.Origin = l.Relation, l.Property, l.Origin
		row.Asserter, row.AsserterName = who.slug, who.name
		row.Strength, row.Rationale = l.Strength, l.Rationale
		row.Citation, row.Reference, row.Source, row.SourceTitle = l.Citation, l.Reference, from.slug, from.name
		row.Agreed, row.PartlyAgreed, row.Disagreed, row.Answered, row.Version = l.Agreed, l.PartlyAgreed, l.Disagreed, l.Answered, l.Version
		out[i].Place = l.Position
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
