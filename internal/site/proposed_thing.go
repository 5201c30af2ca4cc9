package site

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// proposedThings are the new things of the visitor's own open proposals, which
// a further edit of the same proposal may name. They cost no statement for
// those who have none.
func (s *site) proposedThings(ctx context.Context) ([]norms.ProposedChoice, error) {
	v, ok := ctx.Value(visitKey{}).(*visit)
	if !ok || len(v.desk.Own) == 0 {
		return nil, nil
	}
	return s.Store.ProposedChoices(ctx, v.actor, maxChoices)
}

// choices reads what fields may name, by kind: recorded things, and those of
// the visitor's own open proposals.
func (s *site) choices(ctx context.Context) (map[string]choices, error) {
	out, err := s.recordedChoices(ctx)
	if err != nil {
		return out, err
	}
	proposed, err := s.proposedThings(ctx)
	for _, p := range proposed {
		c := out[p.Kind]
		label := words.Text(ctx, "form.proposed_choice", "Name", p.Title, "N", ui.Number(p.Proposal))
		c.options = append(c.options, ui.Option{Value: p.Slug, Label: label})
		out[p.Kind] = c
	}
	return out, err
}

// intoOwn sends edits that name a thing of an own open proposal into that
// proposal, unless the form names another one: nowhere else is there such a
// thing.
func (s *site) intoOwn(r *http.Request, typed url.Values, edits []norms.Edit) (url.Values, error) {
	if into, err := numberIn(typed, "into"); into != 0 || err != nil {
		return typed, nil
	}
	things, err := s.proposedThings(r.Context())
	if err != nil || len(things) == 0 {
		return typed, err
	}
	proposed := map[norms.Called]int64{}
	for _, t := range things {
		proposed[t.Called()] = t.Proposal
	}
	into := int64(0)
	for _, e := range edits {
		name := func(n norms.Called) string { into = max(into, proposed[n]); return n.Key }
		if _, err := norms.Renamed(e, name, func(string) {}); err != nil {
			return typed, err
		}
	}
	if into == 0 {
		return typed, nil
	}
	typed = maps.Clone(typed)
	typed.Set("into", strconv.FormatInt(into, 10))
	return typed, nil
}

// publishedOn is the date of a source: a recorded one, or one of an own open
// proposal.
func (s *site) publishedOn(ctx context.Context, slug string) (norms.Date, error) {
	source, err := s.Store.Source(ctx, slug)
	if norms.KindOf(err) != norms.NotFound {
		return source.PublishedOn, err
	}
	things, wrong := s.proposedThings(ctx)
	i := slices.IndexFunc(things, func(t norms.ProposedChoice) bool { return t.Called() == (norms.Called{Kind: "source", Key: slug}) })
	if i < 0 || wrong != nil {
		return "", err
	}
	return things[i].PublishedOn, nil
}

// proposedInitiative reads the new initiative of an own open proposal that an
// address names, with the place of its edit.
func (s *site) proposedInitiative(r *http.Request) (norms.Initiative, correcting, error) {
	c, err := s.correctingOf(r)
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
func (s *site) proposedLinks(r *http.Request) (linkEnd, error) {
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
			return s.findPrinciples(r.Context(), typed, taken{})
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
func (s *site) citedInitiative(r *http.Request, c *citing) error {
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
