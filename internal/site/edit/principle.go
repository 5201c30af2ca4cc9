package edit

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/internal/site/browse"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// PrincipleEditor changes principles, new and recorded ones, of the edition in
// the address.
func (s *Site) PrincipleEditor() form.Editor {
	return form.Editor{Form: s.principleForm, Edit: s.principleEdit}
}

// principleOf is the principle of the address: a recorded one, or a new one
// that stands last in its edition.
func (s *Site) principleOf(r *http.Request) (norms.Principle, error) {
	if chi.URLParam(r, "label") != "" {
		ref, err := serve.RefOf(r)
		if err != nil {
			return norms.Principle{}, err
		}
		return s.Store.Principle(r.Context(), ref, norms.Page{})
	}
	e, err := s.Store.Edition(r.Context(), chi.URLParam(r, "agreement"), chi.URLParam(r, "edition"))
	row := norms.PrincipleRow{Agreement: e.Agreement, AgreementTitle: e.AgreementTitle, Edition: e.Slug, EditionTitle: e.Title, Noun: e.Noun}
	if n := len(e.Principles); n > 0 {
		row.OurNumbering = e.Principles[n-1].OurNumbering
	}
	return norms.Principle{PrincipleRow: row, Position: len(e.Principles) + 1}, err
}

func (s *Site) principleForm(r *http.Request) (form.Plain, error) {
	p, err := s.principleOf(r)
	if err != nil {
		return form.Plain{}, err
	}
	ctx := r.Context()
	f := form.Plain{EditForm: page.EditForm{
		Heading: words.Text(ctx, "principle_form.new", "Edition", p.EditionTitle), Lead: words.Text(ctx, "principle_form.lead"),
		Action: href.PrincipleNew(p.Agreement, p.Edition), Cancel: href.Edition(p.Agreement, p.Edition), Save: words.Text(ctx, "principle_form.save"),
		Version: p.Version, Controls: principleControls(ctx, p),
	}, Recorded: principleValues(p)}
	f.Crumbs = []ui.Crumb{browse.AgreementsCrumb(ctx), {Label: p.AgreementTitle, Href: href.Agreement(p.Agreement)}, {Label: p.EditionTitle, Href: f.Cancel},
		{Label: words.Text(ctx, "principle_form.crumb")}}
	if p.Ref != "" {
		f.Heading, f.Lead = words.Text(ctx, "form.change_thing", "Name", p.Name()), ""
		f.Action, f.Cancel = href.PrincipleEdit(p.Ref), href.Principle(p.Ref)
		crumbs := browse.PrincipleCrumbs(ctx, p.PrincipleRow)
		crumbs[len(crumbs)-1].Href = f.Cancel
		f.Crumbs = append(crumbs, ui.Crumb{Label: words.Text(ctx, "form.change")})
	}
	return f, nil
}

func principleControls(ctx context.Context, p norms.Principle) []page.Control {
	number := form.Required(form.Line(ctx, "principle_form.number"))
	if p.Ref != "" {
		number = form.Fixed(ctx, "principle_form.number", p.Number, p.Number)
	}
	addressees := page.Control{Shape: page.Ticks, Field: form.Field(ctx, "principle_form.addressees")}
	addressees.Options = ui.Options(ctx, norms.Addressees, ui.Addressee)
	return []page.Control{
		form.Fixed(ctx, "principle_form.edition", p.Edition, p.EditionTitle),
		number,
		form.Tick(ctx, "principle_form.our_numbering"),
		form.Required(form.Line(ctx, "principle_form.title")),
		form.Lines(ctx, "form.summary", 6),
		addressees,
		form.Menu(ctx, "principle_form.obligation", words.Text(ctx, "principle_form.obligation.none"), norms.Obligations, ui.Obligation),
		form.Lines(ctx, "principle_form.applicability", 3),
		form.Line(ctx, "principle_form.position"),
	}
}

// principleValues is a recorded principle as its form shows it.
func principleValues(p norms.Principle) url.Values {
	v := url.Values{
		"number": {p.Number}, "title": {p.Title}, "summary": {p.Summary}, "obligation": {string(p.Obligation)}, "applicability": {p.Applicability},
		"position": {strconv.Itoa(p.Position)},
	}
	for _, a := range p.Addressees {
		v.Add("addressees", string(a))
	}
	if p.OurNumbering {
		v.Set("our_numbering", "true")
	}
	return v
}

// principleEdit is what a form asks for. Which principle it is says the
// address; its number cannot be changed here.
func (s *Site) principleEdit(r *http.Request, v url.Values) (form.Asked, error) {
	p, err := s.principleOf(r)
	if err != nil {
		return form.Asked{}, err
	}
	order, wrong := form.Position(r.Context(), v)
	e := norms.PutPrinciple{
		Version: form.Version(v), Agreement: p.Agreement, Edition: p.Edition, Number: p.Number, OurNumbering: v.Get("our_numbering") == "true", Position: order,
		Title: v.Get("title"), Summary: v.Get("summary"), Obligation: norms.Obligation(v.Get("obligation")), Applicability: v.Get("applicability"),
	}
	if p.Ref == "" {
		e.Number = v.Get("number")
	}
	for _, a := range v["addressees"] {
		e.Addressees = append(e.Addressees, norms.Addressee(a))
	}
	ref := norms.Ref{Agreement: e.Agreement, Edition: e.Edition, Label: norms.LabelSlug(e.Number)}
	return form.Asked{Edit: e, Wrong: wrong, To: href.Principle(ref.String())}, nil
}
