package edit

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

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

// NumberingEditor changes numberings with their labels. A new one's address
// names the agreement, a recorded one's its number.
func (s *Site) NumberingEditor() form.Editor {
	return form.Editor{Form: s.numberingForm, Edit: s.numberingEdit}
}

// numberingOf is the numbering of the address: a recorded one, or a new one of
// which only the agreement is known.
func (s *Site) numberingOf(r *http.Request) (norms.Numbering, error) {
	if slug := chi.URLParam(r, "agreement"); slug != "" {
		a, err := s.Store.Agreement(r.Context(), slug)
		n := norms.Numbering{Agreement: a.Slug, AgreementTitle: a.ShortTitle, Position: len(a.Numberings) + 1}
		for _, p := range a.Principles {
			n.Labels = append(n.Labels, norms.NumberingLabel{Label: p.Number, Principle: editionRef(p)})
		}
		return n, err
	}
	id, err := serve.IDOf(r)
	if err != nil {
		return norms.Numbering{}, err
	}
	return s.Store.Numbering(r.Context(), id)
}

// editionRef names a principle with its edition, so that a later edition does
// not take its place.
func editionRef(p norms.PrincipleRow) string {
	return norms.Ref{Agreement: p.Agreement, Edition: p.Edition, Label: p.Label()}.String()
}

func (s *Site) numberingForm(r *http.Request) (form.Plain, error) {
	n, err := s.numberingOf(r)
	if err != nil {
		return form.Plain{}, err
	}
	ctx := r.Context()
	all, err := s.Choices(ctx)
	f := form.Plain{EditForm: page.EditForm{
		Heading: words.Text(ctx, "numbering_form.new", "Agreement", n.AgreementTitle), Lead: words.Text(ctx, "numbering_form.lead"),
		Action: href.NumberingNew(n.Agreement), Cancel: href.Agreement(n.Agreement), Save: words.Text(ctx, "numbering_form.save"), Version: n.Version,
		Controls: numberingControls(ctx, n, all["source"]),
	}, Recorded: numberingValues(n)}
	if n.ID != 0 {
		f.Heading, f.Action = words.Text(ctx, "form.change_thing", "Name", n.Title), href.NumberingEdit(n.ID)
	}
	f.Crumbs = []ui.Crumb{browse.AgreementsCrumb(ctx), {Label: n.AgreementTitle, Href: f.Cancel}, {Label: words.Text(ctx, "numbering_form.crumb")}}
	return f, err
}

func numberingControls(ctx context.Context, n norms.Numbering, sources form.Choices) []page.Control {
	controls := []page.Control{
		form.Fixed(ctx, "numbering_form.agreement", n.Agreement, n.AgreementTitle),
		form.Required(form.Line(ctx, "numbering_form.title")),
		form.Menu(ctx, "numbering_form.basis", "", norms.NumberingBases, ui.Basis),
		form.Required(form.Lines(ctx, "numbering_form.labels", 12)),
		form.Date(ctx, "numbering_form.from"), form.Date(ctx, "numbering_form.to"),
		sources.Control(ctx, form.Field(ctx, "numbering_form.source"), words.Text(ctx, "common.none")),
		form.Lines(ctx, "numbering_form.note", 3),
		form.Line(ctx, "numbering_form.position"),
	}
	if n.ID == 0 {
		controls = append(controls, form.SlugLine(ctx, words.Text(ctx, "form.slug.from_title")))
	}
	return controls
}

// numberingValues is a recorded numbering as its form shows it.
func numberingValues(n norms.Numbering) url.Values {
	labels := make([]string, len(n.Labels))
	for i, l := range n.Labels {
		labels[i] = l.Label + " | " + l.Principle
	}
	return url.Values{
		"title": {n.Title}, "basis": {string(n.Basis)}, "labels": {strings.Join(labels, "\n")}, "from": {string(n.From)}, "to": {string(n.To)},
		"source": {n.Source}, "note": {n.Note}, "position": {strconv.Itoa(n.Position)},
	}
}

// numberingEdit is what a form asks for. Whose numbering it is says the
// address or the record.
func (s *Site) numberingEdit(r *http.Request, v url.Values) (form.Asked, error) {
	n, err := s.numberingOf(r)
	if err != nil {
		return form.Asked{}, err
	}
	ctx := r.Context()
	order, wrong := form.Position(ctx, v)
	e := norms.PutNumbering{
		Version: form.Version(v), Agreement: n.Agreement, Slug: n.Slug, Title: v.Get("title"), Basis: norms.NumberingBasis(v.Get("basis")),
		From: norms.ReadDate(v.Get("from")), To: norms.ReadDate(v.Get("to")), Position: order, Source: v.Get("source"), Note: v.Get("note"),
		Labels: numberingLabels(n.Agreement, v.Get("labels")),
	}
	if n.ID == 0 {
		e.Slug = slugOr(v.Get("slug"), v.Get("title"))
	}
	understood := form.DatesUnderstood(ctx, v, "numbering_form.from", "numbering_form.to")
	return form.Asked{Edit: e, Wrong: wrong, Understood: understood, To: href.Agreement(n.Agreement) + "#numberings"}, nil
}

// numberingLabels reads one label a line: the label as cited and, after a bar,
// the principle: its ref, or its number in the current edition.
func numberingLabels(agreement, text string) []norms.NumberingLabel {
	out := []norms.NumberingLabel{}
	for _, l := range form.EachLine(text) {
		label, principle, _ := form.CutCell(l)
		if principle != "" && !strings.Contains(principle, "/") {
			principle = agreement + "/" + norms.LabelSlug(principle)
		}
		out = append(out, norms.NumberingLabel{Label: label, Principle: principle})
	}
	return out
}
