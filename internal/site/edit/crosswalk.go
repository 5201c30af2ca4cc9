package edit

import (
	"context"
	"net/http"
	"net/url"

	"normmap/internal/norms"
	"normmap/internal/site/browse"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// CrosswalkEditor adds, changes and withdraws rows of the crosswalk. The query
// of a new one's address may name its principles.
func (s *Site) CrosswalkEditor() form.Editor {
	return form.Editor{Form: s.crosswalkForm, Edit: s.crosswalkEdit}
}

func (s *Site) crosswalkForm(r *http.Request) (form.Plain, error) {
	c, err := serve.ByNumber(r, s.Store.CrosswalkRow)
	if err != nil {
		return form.Plain{}, err
	}
	ctx := r.Context()
	f := form.Plain{EditForm: page.EditForm{
		Heading: words.Text(ctx, "crosswalk_form.new"), Lead: words.Text(ctx, "crosswalk_form.lead"), Action: href.CrosswalkNew(),
		Save: words.Text(ctx, "crosswalk_form.save"), Version: c.Version, Cancel: comparisonPlace(serve.Query(r).Get("subject")),
	}, Recorded: crosswalkValues(c)}
	if c.ID != 0 {
		f.Heading, f.Action = words.Text(ctx, "crosswalk_form.change"), href.CrosswalkEdit(c.ID)
		f.Withdraw, f.Cancel = words.Text(ctx, "crosswalk_form.withdraw"), comparisonPlace(c.Subject)
	}
	f.Crumbs = []ui.Crumb{browse.CrosswalkCrumb(ctx), {Label: f.Heading}}
	f.Controls, err = s.crosswalkControls(ctx, c)
	return f, err
}

func (s *Site) crosswalkControls(ctx context.Context, c norms.CrosswalkRow) ([]page.Control, error) {
	all, err := s.Choices(ctx)
	if err != nil {
		return nil, err
	}
	subject, object, err := s.crosswalkEnds(ctx, c)
	return []page.Control{
		subject,
		form.Menu(ctx, "crosswalk_form.relation", "", norms.CrosswalkRelations, ui.CrosswalkRelation),
		object,
		form.Menu(ctx, "crosswalk_form.rationale_kind", "", norms.RationaleKinds, ui.RationaleKind),
		form.Required(form.Lines(ctx, "crosswalk_form.rationale", 4)),
		form.Menu(ctx, "crosswalk_form.origin", "", norms.CrosswalkOrigins, ui.Origin),
		all["organization"].Control(ctx, form.Field(ctx, "crosswalk_form.asserter"), words.Text(ctx, "crosswalk_form.asserter.none")),
		form.Menu(ctx, "crosswalk_form.confidence", "", norms.Confidences, ui.Confidence),
		all["source"].Control(ctx, form.Field(ctx, "crosswalk_form.source"), words.Text(ctx, "crosswalk_form.source.none")),
		form.Line(ctx, "form.place"),
	}, err
}

// crosswalkEnds are the two principles. They say which row it is: of a
// recorded one they are fixed, for a new one the current principles are
// suggested, and any ref can be written.
func (s *Site) crosswalkEnds(ctx context.Context, c norms.CrosswalkRow) (subject, object page.Control, err error) {
	if c.ID != 0 {
		named := func(name, title string) string { return words.Text(ctx, "form.named", "Name", name, "Title", title) }
		return form.Fixed(ctx, "crosswalk_form.subject", c.Subject, named(c.SubjectName, c.SubjectTitle)),
			form.Fixed(ctx, "crosswalk_form.object", c.Object, named(c.ObjectName, c.ObjectTitle)), nil
	}
	subject, object = form.Required(form.Line(ctx, "crosswalk_form.subject")), form.Required(form.Line(ctx, "crosswalk_form.object"))
	list, err := s.Store.Principles(ctx, norms.PrincipleFilter{}, norms.Page{Limit: norms.MaxLimit})
	for _, p := range list.Items {
		o := ui.Option{Value: p.Ref, Label: words.Text(ctx, "form.named", "Name", p.Name(), "Title", p.Title)}
		subject.List, object.List = append(subject.List, o), append(object.List, o)
	}
	return subject, object, err
}

// crosswalkValues is a recorded row as its form shows it.
func crosswalkValues(c norms.CrosswalkRow) url.Values {
	return url.Values{
		"subject": {c.Subject}, "relation": {string(c.Relation)}, "object": {c.Object}, "rationale_kind": {string(c.RationaleKind)},
		"rationale": {c.Rationale}, "origin": {string(c.Origin)}, "asserter": {c.Asserter}, "source": {c.Source}, "place": {c.Place},
		"confidence": {string(c.Confidence)},
	}
}

// comparisonPlace is where a principle's comparisons are shown.
func comparisonPlace(ref string) string {
	if _, err := norms.ParseRef(ref); err != nil {
		return href.Crosswalk()
	}
	return href.Principle(ref)
}

// crosswalkEdit is what a form asks for. Which principles a recorded row
// compares says the record.
func (s *Site) crosswalkEdit(r *http.Request, v url.Values) (form.Asked, error) {
	c, err := serve.ByNumber(r, s.Store.CrosswalkRow)
	if err != nil {
		return form.Asked{}, err
	}
	if v.Get("do") == "withdraw" && c.ID != 0 {
		return form.Asked{Edit: withdraw("crosswalk", c.ID, form.Version(v)), To: comparisonPlace(c.Subject)}, nil
	}
	e := norms.PutCrosswalk{
		ID: c.ID, Version: form.Version(v), Subject: v.Get("subject"), Relation: norms.CrosswalkRelation(v.Get("relation")), Object: v.Get("object"),
		RationaleKind: norms.RationaleKind(v.Get("rationale_kind")), Rationale: v.Get("rationale"), Origin: norms.Origin(v.Get("origin")),
		Asserter: v.Get("asserter"), Source: v.Get("source"), Place: v.Get("place"), Confidence: norms.Confidence(v.Get("confidence")),
	}
	if c.ID != 0 {
		e.Subject, e.Object = c.Subject, c.Object
	}
	return form.Asked{Edit: e, To: comparisonPlace(e.Subject)}, nil
}
