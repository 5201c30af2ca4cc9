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

// FactEditor changes where facts come from. A new one's address names what the
// fact is about in its query, a recorded one's its number.
func (s *Site) FactEditor() form.Editor { return form.Editor{Form: s.factForm, Edit: s.factEdit} }

func (s *Site) factForm(r *http.Request) (form.Plain, error) {
	e, err := serve.ByNumber(r, s.Store.Fact)
	if err != nil {
		return form.Plain{}, err
	}
	ctx := r.Context()
	all, err := s.Choices(ctx)
	f := form.Plain{EditForm: page.EditForm{
		Heading: words.Text(ctx, "fact_form.new"), Lead: words.Text(ctx, "fact_form.lead"), Action: href.FactNew(), Cancel: factPage(e.Kind, e.Entity),
		Save: words.Text(ctx, "fact_form.save"), Version: e.Version, Controls: factControls(ctx, e, all["source"]),
	}, Recorded: url.Values{
		"kind": {string(e.Kind)}, "entity": {e.Entity}, "field": {e.Field}, "source": {e.Source}, "place": {e.Place},
		"confidence": {string(e.Confidence)}, "retrieved_on": {string(e.RetrievedOn)}, "note": {e.Note},
	}}
	if e.ID != 0 {
		f.Heading = words.Text(ctx, "fact_form.change", "Field", ui.FieldWord(ctx, e.Field), "Entity", e.Entity)
		f.Action = href.FactEdit(e.ID)
	}
	f.Crumbs = []ui.Crumb{{Label: words.Text(ctx, "fact_form.crumb")}}
	return f, err
}

func factControls(ctx context.Context, e norms.FactRow, sources form.Choices) []page.Control {
	about := []page.Control{
		form.Menu(ctx, "fact_form.kind", "", norms.EntityKinds, ui.EntityKind), form.Required(form.Line(ctx, "fact_form.entity")), form.Required(form.Line(ctx, "fact_form.field")),
	}
	if e.ID != 0 {
		about = []page.Control{form.Fixed(ctx, "fact_form.kind", string(e.Kind), ui.EntityKind(ctx, e.Kind)), form.Fixed(ctx, "fact_form.entity", e.Entity, e.Entity),
			form.Fixed(ctx, "fact_form.field", e.Field, ui.FieldWord(ctx, e.Field))}
	}
	return append(about,
		sources.Control(ctx, form.Field(ctx, "fact_form.source"), words.Text(ctx, "facts.own_knowledge")),
		form.Line(ctx, "form.place"),
		form.Menu(ctx, "fact_form.confidence", "", norms.Confidences, ui.Confidence),
		form.Date(ctx, "fact_form.retrieved_on"),
		form.Lines(ctx, "fact_form.note", 3),
	)
}

// factEdit is what a form asks for. What a recorded fact is about stays.
func (s *Site) factEdit(r *http.Request, v url.Values) (form.Asked, error) {
	e, err := serve.ByNumber(r, s.Store.Fact)
	if err != nil {
		return form.Asked{}, err
	}
	if e.ID == 0 {
		e.Kind, e.Entity, e.Field = norms.EntityKind(v.Get("kind")), v.Get("entity"), v.Get("field")
	}
	put := norms.PutFact{
		Version: form.Version(v), Kind: e.Kind, Entity: e.Entity, Field: e.Field, Source: v.Get("source"), Place: v.Get("place"),
		Confidence: norms.Confidence(v.Get("confidence")), RetrievedOn: norms.ReadDate(v.Get("retrieved_on")), Note: v.Get("note"),
	}
	return form.Asked{Edit: put, To: factPage(put.Kind, put.Entity), Understood: form.DatesUnderstood(r.Context(), v, "fact_form.retrieved_on")}, nil
}

// factPage is the page that shows the facts of a thing.
func factPage(kind norms.EntityKind, entity string) string {
	t := norms.Thing{Kind: string(kind), Key: entity}
	agreement, rest, _ := form.CutSlug(entity)
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
