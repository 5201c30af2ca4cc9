package site

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// numberingEditor changes numberings with their labels. A new one's address
// names the agreement, a recorded one's its number.
func (s *editSite) numberingEditor() editor {
	return editor{form: s.numberingForm, edit: s.numberingEdit}
}

// numberingOf is the numbering of the address: a recorded one, or a new one of
// which only the agreement is known.
func (s *editSite) numberingOf(r *http.Request) (norms.Numbering, error) {
	if slug := chi.URLParam(r, "agreement"); slug != "" {
		a, err := s.Store.Agreement(r.Context(), slug)
		n := norms.Numbering{Agreement: a.Slug, AgreementTitle: a.ShortTitle, Position: len(a.Numberings) + 1}
		for _, p := range a.Principles {
			n.Labels = append(n.Labels, norms.NumberingLabel{Label: p.Number, Principle: editionRef(p)})
		}
		return n, err
	}
	id, err := idOf(r)
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

func (s *editSite) numberingForm(r *http.Request) (plainForm, error) {
	n, err := s.numberingOf(r)
	if err != nil {
		return plainForm{}, err
	}
	ctx := r.Context()
	all, err := s.choices(ctx)
	f := plainForm{EditForm: page.EditForm{
		Heading: words.Text(ctx, "numbering_form.new", "Agreement", n.AgreementTitle), Lead: words.Text(ctx, "numbering_form.lead"),
		Action: href.NumberingNew(n.Agreement), Cancel: href.Agreement(n.Agreement), Save: words.Text(ctx, "numbering_form.save"), Version: n.Version,
		Controls: numberingControls(ctx, n, all["source"]),
	}, recorded: numberingValues(n)}
	if n.ID != 0 {
		f.Heading, f.Action = words.Text(ctx, "form.change_thing", "Name", n.Title), href.NumberingEdit(n.ID)
	}
	f.crumbs = []ui.Crumb{agreementsCrumb(ctx), {Label: n.AgreementTitle, Href: f.Cancel}, {Label: words.Text(ctx, "numbering_form.crumb")}}
	return f, err
}

func numberingControls(ctx context.Context, n norms.Numbering, sources choices) []page.Control {
	controls := []page.Control{
		fixed(ctx, "numbering_form.agreement", n.Agreement, n.AgreementTitle),
		required(line(ctx, "numbering_form.title")),
		menu(ctx, "numbering_form.basis", "", norms.NumberingBases, ui.Basis),
		required(lines(ctx, "numbering_form.labels", 12)),
		date(ctx, "numbering_form.from"), date(ctx, "numbering_form.to"),
		sources.control(ctx, field(ctx, "numbering_form.source"), words.Text(ctx, "common.none")),
		lines(ctx, "numbering_form.note", 3),
		line(ctx, "numbering_form.position"),
	}
	if n.ID == 0 {
		controls = append(controls, slugLine(ctx, words.Text(ctx, "form.slug.from_title")))
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
func (s *editSite) numberingEdit(r *http.Request, v url.Values) (asked, error) {
	n, err := s.numberingOf(r)
	if err != nil {
		return asked{}, err
	}
	ctx := r.Context()
	order, wrong := position(ctx, v)
	e := norms.PutNumbering{
		Version: version(v), Agreement: n.Agreement, Slug: n.Slug, Title: v.Get("title"), Basis: norms.NumberingBasis(v.Get("basis")),
		From: norms.ReadDate(v.Get("from")), To: norms.ReadDate(v.Get("to")), Position: order, Source: v.Get("source"), Note: v.Get("note"),
		Labels: numberingLabels(n.Agreement, v.Get("labels")),
	}
	if n.ID == 0 {
		e.Slug = slugOr(v.Get("slug"), v.Get("title"))
	}
	understood := datesUnderstood(ctx, v, "numbering_form.from", "numbering_form.to")
	return asked{edit: e, wrong: wrong, understood: understood, to: href.Agreement(n.Agreement) + "#numberings"}, nil
}

// numberingLabels reads one label a line: the label as cited and, after a bar,
// the principle: its ref, or its number in the current edition.
func numberingLabels(agreement, text string) []norms.NumberingLabel {
	out := []norms.NumberingLabel{}
	for _, l := range eachLine(text) {
		label, principle, _ := cutCell(l)
		if principle != "" && !strings.Contains(principle, "/") {
			principle = agreement + "/" + norms.LabelSlug(principle)
		}
		out = append(out, norms.NumberingLabel{Label: label, Principle: principle})
	}
	return out
}
