package edit

import (
	"context"
	"net/http"
	"net/url"

	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// linkEditor changes and withdraws one curator's or third party's link.
func (s *Site) linkEditor() form.Editor {
	return form.Editor{Form: s.linkForm, Edit: s.linkEdit}
}

// linkOf is the link of the address.
func (s *Site) linkOf(r *http.Request) (norms.LinkRow, error) {
	id, err := serve.IDOf(r)
	if err != nil {
		return norms.LinkRow{}, err
	}
	return s.Store.Link(r.Context(), id)
}

// ShowLink answers with the link's form or, for a contributor's, with where it
// changes.
func (s *Site) ShowLink(w http.ResponseWriter, r *http.Request) error {
	l, err := s.linkOf(r)
	if err == nil && l.Origin == "contributor" {
		return s.showClaimed(w, r, l, http.StatusOK)
	}
	return s.ShowEditor(s.Plain((*Site).linkEditor))(w, r)
}

// SaveLink refuses a contributor's link with the same page.
func (s *Site) SaveLink(w http.ResponseWriter, r *http.Request) error {
	l, err := s.linkOf(r)
	if err == nil && l.Origin == "contributor" {
		return s.showClaimed(w, r, l, http.StatusConflict)
	}
	return s.SaveEditor(s.Plain((*Site).linkEditor))(w, r)
}

func (s *Site) showClaimed(w http.ResponseWriter, r *http.Request, l norms.LinkRow, status int) error {
	m := page.ClaimedLink{Link: l, Refused: status != http.StatusOK}
	if l.Citation != 0 {
		m.Citation = href.CitationEdit(l.Citation)
	}
	f := s.Frame(r, words.Text(r.Context(), "link_form.claimed.title"), linkCrumbs(r.Context(), l)...)
	return s.Show(w, r, serve.View{Status: status, Page: page.Claimed(f, m)})
}

func linkCrumbs(ctx context.Context, l norms.LinkRow) []ui.Crumb {
	return []ui.Crumb{{Label: words.Text(ctx, "common.initiatives"), Href: href.Initiatives()},
		{Label: l.InitiativeTitle, Href: href.Initiative(l.Initiative)}, {Label: words.Text(ctx, "link_form.crumb")}}
}

func (s *Site) linkForm(r *http.Request) (form.Plain, error) {
	l, err := s.linkOf(r)
	if err != nil {
		return form.Plain{}, err
	}
	ctx := r.Context()
	f := form.Plain{
		EditForm: page.EditForm{Heading: words.Text(ctx, "link_form.title"), Action: href.LinkEdit(l.ID), Cancel: href.Initiative(l.Initiative), Version: l.Version,
			Lead: words.Text(ctx, "link_form.lead", "Initiative", l.InitiativeTitle, "Principle", l.PrincipleName),
			Save: words.Text(ctx, "link_form.save"), Withdraw: words.Text(ctx, "link_form.withdraw")},
		Crumbs:   linkCrumbs(ctx, l),
		Recorded: linkValues(l),
	}
	f.Controls = append(linkEnds(ctx, l), linkControls(ctx)...)
	if l.Origin == "third_party" {
		all, err := s.Choices(ctx)
		if err != nil {
			return form.Plain{}, err
		}
		f.Controls = append(f.Controls, all["organization"].Control(ctx, form.Field(ctx, "link_form.asserter"), ""))
	}
	return f, nil
}

// linkEnds are what a link joins and who asserts it. They say which link it
// is; another one is added, and this one withdrawn.
func linkEnds(ctx context.Context, l norms.LinkRow) []page.Control {
	return []page.Control{
		form.Fixed(ctx, "link_form.initiative", l.Initiative, l.InitiativeTitle),
		form.Fixed(ctx, "link_form.principle", l.Principle, words.Text(ctx, "form.named", "Name", l.PrincipleName, "Title", l.PrincipleTitle)),
		form.Fixed(ctx, "link_form.origin", string(l.Origin), ui.Origin(ctx, l.Origin)),
	}
}

// linkControls are what is said of a link.
func linkControls(ctx context.Context) []page.Control {
	return []page.Control{
		form.Menu(ctx, "link_form.relation", "", norms.LinkRelations, ui.LinkRelation),
		form.Menu(ctx, "link_form.property", words.Text(ctx, "link_form.property.none"), norms.LinkProperties, ui.LinkProperty),
		form.Menu(ctx, "link_form.strength", words.Text(ctx, "link_form.strength.none"), norms.Strengths, ui.Strength),
		form.Required(form.Lines(ctx, "link_form.rationale", 4)),
	}
}

// linkValues is a recorded link as its form shows it.
func linkValues(l norms.LinkRow) url.Values {
	return url.Values{
		"initiative": {l.Initiative}, "principle": {l.Principle}, "origin": {string(l.Origin)}, "asserter": {l.Asserter},
		"relation": {string(l.Relation)}, "property": {string(l.Property)}, "strength": {string(l.Strength)}, "rationale": {l.Rationale},
	}
}

// linkEdit is what a form asks for. What the link joins and who asserts it is
// as recorded; of a third party's link the asserter can be chosen.
func (s *Site) linkEdit(r *http.Request, v url.Values) (form.Asked, error) {
	l, err := s.linkOf(r)
	if err != nil {
		return form.Asked{}, err
	}
	to := href.Initiative(l.Initiative)
	if v.Get("do") == "withdraw" {
		return form.Asked{Edit: norms.WithdrawLink{ID: l.ID, Version: form.Version(v)}, To: to}, nil
	}
	e := putLink(v, l.Initiative, l.Principle)
	e.ID, e.Version, e.Origin, e.Asserter = l.ID, form.Version(v), l.Origin, l.Asserter
	if l.Origin == "third_party" {
		e.Asserter = v.Get("asserter")
	}
	return form.Asked{Edit: e, To: to}, nil
}

// putLink is a curator's link with what a form says of it.
func putLink(v url.Values, initiative, principle string) norms.PutLink {
	return norms.PutLink{
		Initiative: initiative, Principle: principle, Origin: "curator", Relation: norms.LinkRelation(v.Get("relation")),
		Property: norms.LinkProperty(v.Get("property")), Strength: norms.Strength(v.Get("strength")), Rationale: v.Get("rationale"),
	}
}
