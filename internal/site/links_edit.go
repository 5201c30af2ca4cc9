package site

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// linkEnd is one end of the links that a form adds: an initiative or a
// principle. The other ends are found in the form.
type linkEnd struct {
	form  page.LinksForm
	title string
	crumb []ui.Crumb
	name  string // of the field in which the other ends are chosen
	find  func(r *http.Request, typed url.Values) (page.Finder, error)
	put   func(typed url.Values, other string) norms.PutLink
}

// showLinks answers with the form that opens finds from; what the query names
// is filled in.
func (s *editSite) showLinks(open func(*http.Request) (linkEnd, error)) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		end, err := open(r)
		if err != nil {
			return err
		}
		return s.showLinksForm(w, r, end, query(r), nil)
	}
}

// saveLinks adds a link to each thing that was ticked. The step find only
// looks for more and keeps all that was typed.
func (s *editSite) saveLinks(open func(*http.Request) (linkEnd, error)) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		typed, err := s.form(r)
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
			to, err = s.save(r, typed, end.form.Cancel, edits...)
		}
		if err == nil {
			return seeOther(w, r, to)
		}
		return s.showLinksForm(w, r, end, typed, err)
	}
}

// edits are a link for each thing that was ticked.
func (e linkEnd) edits(ctx context.Context, typed url.Values) ([]norms.Edit, error) {
	others := slices.Compact(slices.Sorted(slices.Values(typed[e.name])))
	if len(others) > maxChosen {
		return nil, norms.Field(e.name, "%s", words.Count(ctx, "find_form.too_many", len(others), "Max", maxChosen))
	}
	var edits []norms.Edit
	for _, other := range others {
		edits = append(edits, e.put(typed, other))
	}
	if len(edits) == 0 {
		none := norms.Problem{Field: e.name, Message: words.Text(ctx, "find_form.none_ticked")}
		return nil, unread([]norms.Problem{none}, typed, e.put(typed, ""))
	}
	return edits, nil
}

func (s *editSite) showLinksForm(w http.ResponseWriter, r *http.Request, end linkEnd, typed url.Values, err error) error {
	u, ok := mendable(r.Context(), err)
	if !ok {
		return err
	}
	m := end.form
	if m.Find, err = end.find(r, typed); err != nil {
		return err
	}
	m.Find.Address, m.Find.Problem = m.Action, ui.ProblemOf(u.problems, end.name)
	if s.findOnly(w, r) {
		return s.show(w, r, view{page: page.Found(m.Find)})
	}
	m.Controls = filled(linkControls(r.Context()), typed, u.problems)
	m.Reason, m.Refusal = typed.Get("reason"), page.Refusal{Problems: u.problems}
	return s.show(w, r, view{status: u.status, page: page.EditLinks(s.frame(r, end.title, end.crumb...), m)})
}

// initiativeLinks opens the form from an initiative.
func (s *editSite) initiativeLinks(r *http.Request) (linkEnd, error) {
	ctx := r.Context()
	i, err := s.Store.LinkedInitiative(ctx, chi.URLParam(r, "slug"))
	if err != nil {
		return linkEnd{}, err
	}
	m := page.LinksForm{
		Heading: words.Text(ctx, "link_form.several.of", "Initiative", i.Title), Lead: words.Text(ctx, "link_form.several.of_lead"),
		Action: href.InitiativeLinksEdit(i.Slug), Cancel: href.Initiative(i.Slug), Version: i.Version,
	}
	not := taken{}
	for _, l := range i.Evidence {
		name := words.Text(ctx, "form.named", "Name", l.PrincipleName, "Title", l.PrincipleTitle)
		m.Recorded = append(m.Recorded, page.LinkLine{LinkRow: l, Other: name, OtherHref: href.Principle(l.Principle)})
		noteTaken(ctx, not, l, l.Principle)
	}
	return linkEnd{
		form: m, title: m.Heading, name: "principle",
		crumb: []ui.Crumb{{Label: words.Text(ctx, "common.initiatives"), Href: href.Initiatives()}, {Label: i.Title, Href: href.Initiative(i.Slug)},
			{Label: words.Text(ctx, "common.links")}},
		find: func(r *http.Request, typed url.Values) (page.Finder, error) {
			return s.findLikely(r, typed, i.Slug, not)
		},
		put: func(typed url.Values, other string) norms.PutLink { return putLink(typed, i.Slug, other) },
	}, nil
}

// principleLinks opens the form from a principle.
func (s *editSite) principleLinks(r *http.Request) (linkEnd, error) {
	ref := norms.Ref{Agreement: chi.URLParam(r, "agreement"), Edition: chi.URLParam(r, "edition"), Label: chi.URLParam(r, "label")}
	ctx := r.Context()
	p, err := s.Store.Principle(ctx, ref, norms.Page{Limit: norms.MaxLimit})
	if err != nil {
		return linkEnd{}, err
	}
	m := page.LinksForm{
		Heading: words.Text(ctx, "link_form.several.to", "Principle", p.Name()), Lead: words.Text(ctx, "link_form.several.to_lead"),
		Action: href.PrincipleLinksEdit(p.Ref), Cancel: href.Principle(p.Ref), Version: p.Version,
	}
	not := taken{}
	for _, l := range p.Evidence {
		m.Recorded = append(m.Recorded, page.LinkLine{LinkRow: l, Other: l.InitiativeTitle, OtherHref: href.Initiative(l.Initiative)})
		noteTaken(ctx, not, l, l.Initiative)
	}
	return linkEnd{
		form: m, title: m.Heading, name: "initiative",
		crumb: []ui.Crumb{{Label: words.Text(ctx, "common.agreements"), Href: href.Agreements()}, {Label: p.AgreementTitle, Href: href.Agreement(p.Agreement)},
			{Label: p.Name(), Href: href.Principle(p.Ref)}, {Label: words.Text(ctx, "common.links")}},
		find: func(r *http.Request, typed url.Values) (page.Finder, error) {
			return s.findInitiatives(r.Context(), typed, not)
		},
		put: func(typed url.Values, other string) norms.PutLink { return putLink(typed, other, p.Ref) },
	}, nil
}

// noteTaken notes the other end of a curator's link, which cannot be added again.
func noteTaken(ctx context.Context, not taken, l norms.LinkRow, other string) {
	if l.Origin == "curator" {
		not[other] = words.Text(ctx, "link_form.several.taken")
	}
}
