package edit

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// LinkEnd is one end of the links that a form adds: an initiative or a
// principle. The other ends are found in the form.
type LinkEnd struct {
	form  page.LinksForm
	title string
	crumb []ui.Crumb
	name  string // of the field in which the other ends are chosen
	find  func(r *http.Request, typed url.Values) (page.Finder, error)
	put   func(typed url.Values, other string) norms.PutLink
}

// ShowLinks answers with the form that opens finds from; what the query names
// is filled in.
func (s *Site) ShowLinks(open func(*http.Request) (LinkEnd, error)) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		end, err := open(r)
		if err != nil {
			return err
		}
		return s.showLinksForm(w, r, end, serve.Query(r), nil)
	}
}

// SaveLinks adds a link to each thing that was ticked. The step find only
// looks for more and keeps all that was typed.
func (s *Site) SaveLinks(open func(*http.Request) (LinkEnd, error)) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		typed, err := s.Form(r)
		if err != nil {
			return err
		}
		end, err := open(r)
		if err != nil {
			return err
		}
		if typed.Get("step") == "find" {
			return s.showLinksForm(w, r, end, typed, nil)
		}
		to := ""
		edits, err := end.edits(r.Context(), typed)
		if err == nil {
			to, err = s.Save(r, typed, end.form.Cancel, edits...)
		}
		if err == nil {
			return serve.SeeOther(w, r, to)
		}
		return s.showLinksForm(w, r, end, typed, err)
	}
}

// edits are a link for each thing that was ticked.
func (e LinkEnd) edits(ctx context.Context, typed url.Values) ([]norms.Edit, error) {
	others := slices.Compact(slices.Sorted(slices.Values(typed[e.name])))
	if len(others) > serve.MaxChosen {
		return nil, norms.Field(e.name, "%s", words.Count(ctx, "find_form.too_many", len(others), "Max", serve.MaxChosen))
	}
	var edits []norms.Edit
	for _, other := range others {
		edits = append(edits, e.put(typed, other))
	}
	if len(edits) == 0 {
		none := norms.Problem{Field: e.name, Message: words.Text(ctx, "find_form.none_ticked")}
		return nil, form.Unread([]norms.Problem{none}, typed, e.put(typed, ""))
	}
	return edits, nil
}

func (s *Site) showLinksForm(w http.ResponseWriter, r *http.Request, end LinkEnd, typed url.Values, err error) error {
	u, ok := form.Mendable(r.Context(), err)
	if !ok {
		return err
	}
	m := end.form
	if m.Find, err = end.find(r, typed); err != nil {
		return err
	}
	m.Find.Address, m.Find.Problem = m.Action, ui.ProblemOf(u.Problems, end.name)
	if s.FindOnly(w, r) {
		return s.Show(w, r, serve.View{Page: page.Found(m.Find)})
	}
	m.Controls = form.Filled(linkControls(r.Context()), typed, u.Problems)
	m.Reason, m.Refusal = typed.Get("reason"), page.Refusal{Problems: u.Problems}
	return s.Show(w, r, serve.View{Status: u.Status, Page: page.EditLinks(s.Frame(r, end.title, end.crumb...), m)})
}

// InitiativeLinks opens the form from an initiative.
func (s *Site) InitiativeLinks(r *http.Request) (LinkEnd, error) {
	ctx := r.Context()
	i, err := s.Store.LinkedInitiative(ctx, chi.URLParam(r, "slug"))
	if err != nil {
		return LinkEnd{}, err
	}
	m := page.LinksForm{
		Heading: words.Text(ctx, "link_form.several.of", "Initiative", i.Title), Lead: words.Text(ctx, "link_form.several.of_lead"),
		Action: href.InitiativeLinksEdit(i.Slug), Cancel: href.Initiative(i.Slug), Version: i.Version,
	}
	not := form.Taken{}
	for _, l := range i.Evidence {
		name := words.Text(ctx, "form.named", "Name", l.PrincipleName, "Title", l.PrincipleTitle)
		m.Recorded = append(m.Recorded, page.LinkLine{LinkRow: l, Other: name, OtherHref: href.Principle(l.Principle)})
		noteTaken(ctx, not, l, l.Principle)
	}
	return LinkEnd{
		form: m, title: m.Heading, name: "principle",
		crumb: []ui.Crumb{{Label: words.Text(ctx, "common.initiatives"), Href: href.Initiatives()}, {Label: i.Title, Href: href.Initiative(i.Slug)},
			{Label: words.Text(ctx, "common.links")}},
		find: func(r *http.Request, typed url.Values) (page.Finder, error) {
			return s.FindLikely(r, typed, i.Slug, not)
		},
		put: func(typed url.Values, other string) norms.PutLink { return putLink(typed, i.Slug, other) },
	}, nil
}

// PrincipleLinks opens the form from a principle.
func (s *Site) PrincipleLinks(r *http.Request) (LinkEnd, error) {
	ref := norms.Ref{Agreement: chi.URLParam(r, "agreement"), Edition: chi.URLParam(r, "edition"), Label: chi.URLParam(r, "label")}
	ctx := r.Context()
	p, err := s.Store.Principle(ctx, ref, norms.Page{Limit: norms.MaxLimit})
	if err != nil {
		return LinkEnd{}, err
	}
	m := page.LinksForm{
		Heading: words.Text(ctx, "link_form.several.to", "Principle", p.Name()), Lead: words.Text(ctx, "link_form.several.to_lead"),
		Action: href.PrincipleLinksEdit(p.Ref), Cancel: href.Principle(p.Ref), Version: p.Version,
	}
	not := form.Taken{}
	for _, l := range p.Evidence {
		m.Recorded = append(m.Recorded, page.LinkLine{LinkRow: l, Other: l.InitiativeTitle, OtherHref: href.Initiative(l.Initiative)})
		noteTaken(ctx, not, l, l.Initiative)
	}
	return LinkEnd{
		form: m, title: m.Heading, name: "initiative",
		crumb: []ui.Crumb{{Label: words.Text(ctx, "common.agreements"), Href: href.Agreements()}, {Label: p.AgreementTitle, Href: href.Agreement(p.Agreement)},
			{Label: p.Name(), Href: href.Principle(p.Ref)}, {Label: words.Text(ctx, "common.links")}},
		find: func(r *http.Request, typed url.Values) (page.Finder, error) {
			return s.FindInitiatives(r.Context(), typed, not)
		},
		put: func(typed url.Values, other string) norms.PutLink { return putLink(typed, other, p.Ref) },
	}, nil
}

// noteTaken notes the other end of a curator's link, which cannot be added again.
func noteTaken(ctx context.Context, not form.Taken, l norms.LinkRow, other string) {
	if l.Origin == "curator" {
		not[other] = words.Text(ctx, "link_form.several.taken")
	}
}
