package site

import (
	"context"
	"net/http"
	"net/url"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// factEditor changes where facts come from. A new one's address names what the
// fact is about in its query, a recorded one's its number.
func (s *editSite) factEditor() editor { return editor{form: s.factForm, edit: s.factEdit} }

func (s *editSite) factForm(r *http.Request) (plainForm, error) {
	e, err := byNumber(r, s.Store.Fact)
	if err != nil {
		return plainForm{}, err
	}
	ctx := r.Context()
	all, err := s.choices(ctx)
	f := plainForm{EditForm: page.EditForm{
		Heading: words.Text(ctx, "fact_form.new"), Lead: words.Text(ctx, "fact_form.lead"), Action: href.FactNew(), Cancel: factPage(e.Kind, e.Entity),
		Save: words.Text(ctx, "fact_form.save"), Version: e.Version, Controls: factControls(ctx, e, all["source"]),
	}, recorded: url.Values{
		"kind": {string(e.Kind)}, "entity": {e.Entity}, "field": {e.Field}, "source": {e.Source}, "place": {e.Place},
		"confidence": {string(e.Confidence)}, "retrieved_on": {string(e.RetrievedOn)}, "note": {e.Note},
	}}
	if e.ID != 0 {
		f.Heading = words.Text(ctx, "fact_form.change", "Field", ui.FieldWord(ctx, e.Field), "Entity", e.Entity)
		f.Action = href.FactEdit(e.ID)
	}
	f.crumbs = []ui.Crumb{{Label: words.Text(ctx, "fact_form.crumb")}}
	return f, err
}

func factControls(ctx context.Context, e norms.FactRow, sources choices) []page.Control {
	about := []page.Control{
		menu(ctx, "fact_form.kind", "", norms.EntityKinds, ui.EntityKind), required(line(ctx, "fact_form.entity")), required(line(ctx, "fact_form.field")),
	}
	if e.ID != 0 {
		about = []page.Control{fixed(ctx, "fact_form.kind", string(e.Kind), ui.EntityKind(ctx, e.Kind)), fixed(ctx, "fact_form.entity", e.Entity, e.Entity),
			fixed(ctx, "fact_form.field", e.Field, ui.FieldWord(ctx, e.Field))}
	}
	return append(about,
		sources.control(ctx, field(ctx, "fact_form.source"), words.Text(ctx, "facts.own_knowledge")),
		line(ctx, "form.place"),
		menu(ctx, "fact_form.confidence", "", norms.Confidences, ui.Confidence),
		date(ctx, "fact_form.retrieved_on"),
		lines(ctx, "fact_form.note", 3),
	)
}

// factEdit is what a form asks for. What a recorded fact is about stays.
func (s *editSite) factEdit(r *http.Request, v url.Values) (asked, error) {
	e, err := byNumber(r, s.Store.Fact)
	if err != nil {
		return asked{}, err
	}
	if e.ID == 0 {
		e.Kind, e.Entity, e.Field = norms.EntityKind(v.Get("kind")), v.Get("entity"), v.Get("field")
	}
	put := norms.PutFact{
		Version: version(v), Kind: e.Kind, Entity: e.Entity, Field: e.Field, Source: v.Get("source"), Place: v.Get("place"),
		Confidence: norms.Confidence(v.Get("confidence")), RetrievedOn: norms.ReadDate(v.Get("retrieved_on")), Note: v.Get("note"),
	}
	return asked{edit: put, to: factPage(put.Kind, put.Entity), understood: datesUnderstood(r.Context(), v, "fact_form.retrieved_on")}, nil
}

// factPage is the page that shows the facts of a thing.
func factPage(kind norms.EntityKind, entity string) string {
	t := norms.Thing{Kind: string(kind), Key: entity}
	agreement, rest, _ := cutSlug(entity)
	switch kind {
	case "edition":
		return href.Edition(agreement, rest)
	case "numbering":
		t = norms.Thing{Kind: "agreement", Key: agreement}
	case "adherence":
		t = norms.Thing{Kind: "organization", Key: agreement}
	}
	if to := href.Thing(t); to != "" {
		return to
	}
	return href.Home()
}
