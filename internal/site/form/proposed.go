package form

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/ui"
	"normmap/web/words"
)

// proposedThings are the new things of the visitor's own open proposals, which
// a further edit of the same proposal may name. They cost no statement for
// those who have none.
func (s *Site) proposedThings(ctx context.Context) ([]norms.ProposedChoice, error) {
	v, ok := serve.VisitIn(ctx)
	if !ok || len(v.Desk.Own) == 0 {
		return nil, nil
	}
	return s.Store.ProposedChoices(ctx, v.Actor, MaxChoices)
}

// Choices reads what fields may name, by kind: recorded things, and those of
// the visitor's own open proposals.
func (s *Site) Choices(ctx context.Context) (map[string]Choices, error) {
	out, err := s.RecordedChoices(ctx)
	if err != nil {
		return out, err
	}
	proposed, err := s.proposedThings(ctx)
	for _, p := range proposed {
		c := out[p.Kind]
		label := words.Text(ctx, "form.proposed_choice", "Name", p.Title, "N", ui.Number(p.Proposal))
		c.Options = append(c.Options, ui.Option{Value: p.Slug, Label: label})
		out[p.Kind] = c
	}
	return out, err
}

// intoOwn sends edits that name a thing of an own open proposal into that
// proposal, unless the form names another one: nowhere else is there such a
// thing.
func (s *Site) intoOwn(r *http.Request, typed url.Values, edits []norms.Edit) (url.Values, error) {
	if into, err := NumberIn(typed, "into"); into != 0 || err != nil {
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

// PublishedOn is the date of a source: a recorded one, or one of an own open
// proposal.
func (s *Site) PublishedOn(ctx context.Context, slug string) (norms.Date, error) {
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
