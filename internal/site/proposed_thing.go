package site

import (
	"context"
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// proposedInitiative reads the new initiative of an own open proposal that an
// address names, with the place of its edit.
func (s *editSite) proposedInitiative(r *http.Request) (norms.Initiative, correcting, error) {
	c, err := s.proposals.correctingOf(r)
	if err != nil {
		return norms.Initiative{}, c, err
	}
	e, ok := page.NewInitiative(c.edit)
	if !c.own || !ok {
		return norms.Initiative{}, c, norms.NotFoundf("this is no new initiative of a proposal of your own")
	}
	i := norms.Initiative{}
	i.Slug, i.Title, i.Source, i.Organization = e.Slug, e.Title, e.Source, e.Organization
	return i, c, nil
}

// proposedLinks opens the form for links from an initiative that is only
// proposed: what it adds goes into the same proposal.
func (s *editSite) proposedLinks(r *http.Request) (linkEnd, error) {
	i, c, err := s.proposedInitiative(r)
	if err != nil {
		return linkEnd{}, err
	}
	ctx := r.Context()
	form := page.LinksForm{
		Heading: words.Text(ctx, "link_form.several.of", "Initiative", i.Title),
		Lead:    words.Text(ctx, "link_form.several.proposed_lead", "N", ui.Number(c.ID)),
		Action:  href.ProposalLinks(c.ID, c.edit.Position), Cancel: href.ProposalEdit(c.ID, c.edit.Position), Proposed: true,
	}
	return linkEnd{
		form: form, title: form.Heading, name: "principle", crumb: proposedCrumbs(ctx, c, i, words.Text(ctx, "common.links")),
		find: func(r *http.Request, typed url.Values) (page.Finder, error) {
			return s.findPrinciples(r.Context(), typed, nil)
		},
		put: func(typed url.Values, other string) norms.PutLink { return putLink(typed, i.Slug, other) },
	}, nil
}

// proposedCrumbs lead to a form about a thing that is only proposed.
func proposedCrumbs(ctx context.Context, c correcting, i norms.Initiative, last string) []ui.Crumb {
	return []ui.Crumb{{Label: words.Text(ctx, "proposals.title"), Href: href.Proposals()},
		{Label: words.Text(ctx, "proposal.name", "N", ui.Number(c.ID)), Href: href.Proposal(c.ID)},
		{Label: i.Title, Href: href.ProposalEdit(c.ID, c.edit.Position)}, {Label: last}}
}

// citedInitiative is what a line of citations is written for: a recorded
// initiative, or a new one of an own open proposal.
func (s *editSite) citedInitiative(r *http.Request, c *citing) error {
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
	c.initiative, c.action, c.cancel = i, href.ProposalCite(of.ID, of.edit.Position), href.ProposalEdit(of.ID, of.edit.Position)
	c.about, c.crumbs = c.cancel, proposedCrumbs(ctx, of, i, words.Text(ctx, "cite_form.crumb"))
	return nil
}
