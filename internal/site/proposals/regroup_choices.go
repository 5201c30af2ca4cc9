package proposals

import (
	"context"
	"slices"
	"strconv"

	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// recorded are the recorded things that the form offers, by kind: initiatives, those
// of whoever the edit is about first, of others with whose they are, and agreements.
// What the proposal adds itself is known from its edits.
func (s *Site) recorded(ctx context.Context, c regrouping) (map[string]form.Choices, error) {
	of, own := c.initiative()
	list, err := s.Store.RegroupChoices(ctx, form.MaxChoices+1, own, of)
	out := map[string]form.Choices{}
	for _, i := range list {
		o := ui.Option{Value: i.Slug, Label: i.Title}
		if i.Kind == "initiative" && !i.Own {
			o.Label = words.Text(ctx, "regroup_form.into.others", "Title", i.Title, "Organization", i.OrganizationName)
		}
		kind := out[i.Kind]
		if kind.More = len(kind.Options) == form.MaxChoices; !kind.More {
			kind.Options = append(kind.Options, o)
		}
		out[i.Kind] = kind
	}
	return out, err
}

// initiative is the one that the edit adds or to which its line belongs, and who
// carries out those of its name that the proposal adds.
func (c regrouping) initiative() (slug string, organizations []string) {
	switch put := c.edit.Edit.(type) {
	case norms.PutInitiative:
		slug = put.Slug
	case norms.PutCitationLine:
		slug = put.Initiative
	}
	organizations = []string{}
	for _, e := range c.List {
		if put, ok := e.Edit.(norms.PutInitiative); ok && put.Slug == slug {
			organizations = append(organizations, put.Organization)
		}
	}
	return slug, organizations
}

// othersTook says whose the initiative is that takes an edit, where it is another
// organization's; nothing where it is not, or the proposal adds it.
func (s *Site) othersTook(ctx context.Context, c regrouping, into string) ([]string, error) {
	of, own := c.initiative()
	took, err := s.Store.Initiative(ctx, into)
	if norms.KindOf(err) == norms.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if len(own) == 0 {
		recorded, err := s.Store.Initiative(ctx, of)
		if err != nil {
			return nil, err
		}
		own = append(own, recorded.Organization)
	}
	if slices.Contains(own, took.Organization) {
		return nil, nil
	}
	return []string{words.Text(ctx, "desk.said.others_took", "Title", took.Title, "Organization", took.OrganizationName)}, nil
}

// into offers the other initiatives of the proposal, and recorded ones; first those
// that it may well be.
func (c regrouping) into(ctx context.Context, recorded form.Choices, own string, likely ...norms.DeskInitiative) page.Control {
	out := form.Choices{More: recorded.More}
	seen := map[string]bool{own: true}
	for _, i := range likely {
		seen[i.Slug] = true
		out.Options = append(out.Options, ui.Option{Value: i.Slug, Label: i.Title})
	}
	for _, e := range c.List {
		put, ok := e.Edit.(norms.PutInitiative)
		if ok && !seen[put.Slug] && e.State != norms.EditOut && e.Decision != norms.Rejected {
			seen[put.Slug] = true
			out.Options = append(out.Options, ui.Option{Value: put.Slug, Label: strconv.Itoa(e.Position) + " " + put.Title})
		}
	}
	for _, o := range recorded.Options {
		if !seen[o.Value] {
			out.Options = append(out.Options, o)
		}
	}
	return out.Control(ctx, form.Field(ctx, "regroup_form.into"), "")
}
