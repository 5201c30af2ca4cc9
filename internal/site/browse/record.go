package browse

import (
	"net/http"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// Start is the first page.
func (s *Site) Start(w http.ResponseWriter, r *http.Request) error {
	m, err := serve.Record(r).Start(r.Context())
	if err != nil {
		return err
	}
	f := s.BrowseFrame(r, ui.SiteName)
	f.Feed = href.ChangesFeed()
	return s.Show(w, r, serve.View{Page: page.Start(f, m), Data: m})
}

// Changeset shows what one changeset wrote.
func (s *Site) Changeset(w http.ResponseWriter, r *http.Request) error {
	id, err := serve.IDOf(r)
	if err != nil {
		return err
	}
	p, err := serve.PageOf(r)
	if err != nil {
		return err
	}
	c, err := s.Store.Changeset(r.Context(), id, p)
	if err != nil {
		return err
	}
	ctx := r.Context()
	left, err := s.Store.LeftAlone(ctx, c.ChangesetRow)
	if err != nil {
		return err
	}
	corrected := 0
	if c.Proposal != 0 && serve.Actor(r).SignedIn() {
		if corrected, err = s.Store.CorrectedIn(ctx, id); err != nil {
			return err
		}
	}
	title := words.Text(ctx, "common.changeset", "N", id)
	f := s.BrowseFrame(r, title, ui.Crumb{Label: words.Text(ctx, "common.changes"), Href: href.Changes()}, ui.Crumb{Label: title})
	return s.Show(w, r, serve.View{Page: page.Changeset(f, c, left, corrected), Data: changesetData{c, left}})
}

// changesetData is the page as data: the changeset, and what it left alone of
// the one that it takes back.
type changesetData struct {
	norms.Changeset
	LeftAlone []norms.Thing `json:"left_alone,omitempty"`
}

// Method explains how the record is made and read.
func (s *Site) Method(w http.ResponseWriter, r *http.Request) error {
	title := words.Text(r.Context(), "method.title")
	f := s.BrowseFrame(r, title, ui.Crumb{Label: title})
	return s.Show(w, r, serve.View{Page: page.Method(f), Data: closedLists()})
}

// closedLists is the method page as data: the words that fields may hold.
func closedLists() map[string]any {
	return map[string]any{
		"legal_nature":       norms.LegalNatures,
		"space":              norms.Spaces,
		"event_kind":         norms.EventKinds,
		"noun":               norms.Nouns,
		"numbering_basis":    norms.NumberingBases,
		"addressee":          norms.Addressees,
		"obligation":         norms.Obligations,
		"organization_kind":  norms.OrganizationKinds,
		"stakeholder_group":  norms.StakeholderGroups,
		"adherence_relation": norms.AdherenceRelations,
		"initiative_kind":    norms.InitiativeKinds,
		"status":             norms.Statuses,
		"source_kind":        norms.SourceKinds,
		"exhaustiveness":     norms.ExhaustivenessWords,
		"resolution":         norms.Resolutions,
		"link_relation":      norms.LinkRelations,
		"link_property":      norms.LinkProperties,
		"origin":             norms.Origins,
		"strength":           norms.Strengths,
		"confidence":         norms.Confidences,
		"reading":            norms.Readings,
		"assessor":           norms.Assessors,
		"statement_kind":     norms.StatementKinds,
		"stance":             norms.Stances,
		"crosswalk_relation": norms.CrosswalkRelations,
		"rationale_kind":     norms.RationaleKinds,
		"view":               norms.Views,
		"link_assessor":      norms.AssessorKinds,
		"cell_state":         norms.CellStates,
		"claim":              norms.ClaimFields,
	}
}
