package edit

import (
	"context"
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/internal/site/proposals"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// proposedInitiative reads the new initiative of an own open proposal that an
// address names, with the place of its edit.
func (s *Site) proposedInitiative(r *http.Request) (norms.Initiative, proposals.Correcting, error) {
	c, err := s.proposals.CorrectingOf(r)
	if err != nil {
		return norms.Initiative{}, c, err
	}
	e, ok := page.NewInitiative(c.Edit)
	if !c.Own || !ok {
		return norms.Initiative{}, c, norms.NotFoundf("this is no new initiative of a proposal of your own")
	}
	i := norms.Initiative{}
	i.Slug, i.Title, i.Source, i.Organization = e.Slug, e.Title, e.Source, e.Organization
	return i, c, nil
}

// ProposedLinks opens the form for links from an initiative that is only
// proposed: what it adds goes into the same proposal.
func (s *Site) ProposedLinks(r *http.Request) (LinkEnd, error) {
	i, c, err := s.proposedInitiative(r)
	if err != nil {
		return LinkEnd{}, err
	}
	ctx := r.Context()
	form := page.LinksForm{
		Heading: words.Text(ctx, "link_form.several.of", "Initiative", i.Title),
		Lead:    words.Text(ctx, "link_form.several.proposed_lead", "N", ui.Number(c.ID)),
		Action:  href.ProposalLinks(c.ID, c.Edit.Position), Cancel: href.ProposalEdit(c.ID, c.Edit.Position), Proposed: true,
	}
	return LinkEnd{
		form: form, title: form.Heading, name: "principle", crumb: proposedCrumbs(ctx, c, i, words.Text(ctx, "common.links")),
		find: func(r *http.Request, typed url.Values) (page.Finder, error) {
			return s.FindPrinciples(r.Context(), typed, nil)
		},
		put: func(typed url.Values, other string) norms.PutLink { return putLink(typed, i.Slug, other) },
	}, nil
}

// proposedCrumbs lead to a form about a thing that is only proposed.
func proposedCrumbs(ctx context.Context, c proposals.Correcting, i norms.Initiative, last string) []ui.Crumb {
	return []ui.Crumb{{Label: words.Text(ctx, "proposals.title"), Href: href.Proposals()},
		{Label: words.Text(ctx, "proposal.name", "N", ui.Number(c.ID)), Href: href.Proposal(c.ID)},
		{Label: i.Title, Href: href.ProposalEdit(c.ID, c.Edit.Position)}, {Label: last}}
}

// citedInitiative is what a line of citations is written for: a recorded
// initiative, or a new one of an own open proposal.
func (s *Site) citedInitiative(r *http.Request, c *citing) error {
	ctx, err := r.Context(), error(nil)
	if chi.URLParam(r, "position") == "" {
		slug := chi.URLParam(r, "slug")
		c.initiative, err = s.Store.Initiative(ctx, slug)
		c.action, c.cancel, c.about = href.InitiativeCite(slug), href.Initiative(slug), href.Initiative(slug)
		c.crumbs = []ui.Crumb{{Label: words.Text(ctx, "common.initiatives"), Href: href.Initiatives()}, {Label: c.initiative.Title, Href: c.cancel},
			{Label: words.Text(ctx, "cite_form.crumb")}}
		return err
	}
	i, of, err := s.proposedInitiative(r)
	if err != nil {
		return err
	}
	c.initiative, c.action, c.cancel = i, href.ProposalCite(of.ID, of.Edit.Position), href.ProposalEdit(of.ID, of.Edit.Position)
	c.about, c.crumbs = c.cancel, proposedCrumbs(ctx, of, i, words.Text(ctx, "cite_form.crumb"))
	return nil
}
