package edit

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"normmap/internal/norms"
	"normmap/internal/site/browse"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// StatementEditor adds, changes and withdraws statements. The query of a new
// one's address may say what it is about.
func (s *Site) StatementEditor() form.Editor {
	return form.Editor{Form: s.statementForm, Edit: s.statementEdit}
}

func (s *Site) statementForm(r *http.Request) (form.Plain, error) {
	t, err := serve.ByNumber(r, s.Store.Statement)
	if err != nil {
		return form.Plain{}, err
	}
	ctx := r.Context()
	all, err := s.Choices(ctx)
	if err != nil {
		return form.Plain{}, err
	}
	f := form.Plain{EditForm: page.EditForm{
		Heading: words.Text(ctx, "statement_form.new"), Lead: words.Text(ctx, "statement_form.lead"), Action: href.StatementNew(),
		Save: words.Text(ctx, "statement_form.save"), Version: t.Version, Controls: statementControls(ctx, all),
	}, Recorded: statementValues(t)}
	f.Cancel = statementPlace(serve.Query(r))
	if t.ID != 0 {
		f.Heading, f.Action, f.Cancel = words.Text(ctx, "statement_form.change"), href.StatementEdit(t.ID), href.Statement(t.ID)
		f.Withdraw = words.Text(ctx, "statement_form.withdraw")
	}
	f.Crumbs = []ui.Crumb{browse.StatementsCrumb(ctx), {Label: f.Heading}}
	return f, nil
}

func statementControls(ctx context.Context, all map[string]form.Choices) []page.Control {
	none := words.Text(ctx, "statement_form.none")
	questions := form.Choices{}
	for _, q := range norms.Questions[:norms.MaxQuestion] {
		questions.Options = append(questions.Options, ui.Option{Value: q, Label: ui.Question(ctx, q)})
	}
	return []page.Control{
		form.Menu(ctx, "statement_form.kind", "", norms.StatementKinds, ui.StatementKind),
		form.Required(form.Line(ctx, "statement_form.title")),
		all["element"].Control(ctx, form.Field(ctx, "statement_form.element"), none),
		all["agreement"].Control(ctx, form.Field(ctx, "statement_form.agreement"), none),
		form.Line(ctx, "statement_form.principle"),
		all["organization"].Control(ctx, form.Field(ctx, "statement_form.organization"), ""),
		questions.Control(ctx, form.Field(ctx, "statement_form.question"), ui.Question(ctx, "none")),
		form.Menu(ctx, "statement_form.stance", "", norms.Stances, ui.Stance),
		form.Required(form.Lines(ctx, "statement_form.summary", 4)),
		all["source"].Control(ctx, form.Field(ctx, "statement_form.source"), ""),
		form.Lines(ctx, "statement_form.quote", 2),
		form.Line(ctx, "form.place"),
	}
}

// statementValues is a recorded statement as its form shows it.
func statementValues(t norms.StatementRow) url.Values {
	v := url.Values{
		"kind": {string(t.Kind)}, "title": {t.Title}, "element": {t.Element}, "agreement": {t.Agreement}, "principle": {t.Principle},
		"organization": {t.Organization}, "stance": {string(t.Stance)}, "summary": {t.Summary}, "source": {t.Source},
		"quote": {t.Quote}, "place": {t.Place},
	}
	if t.Question != 0 {
		v.Set("question", strconv.Itoa(t.Question))
	}
	return v
}

// statementPlace is the page of what a statement is about, where it is shown.
func statementPlace(v url.Values) string {
	switch {
	case v.Get("principle") != "":
		return href.Principle(v.Get("principle"))
	case v.Get("agreement") != "":
		return href.Agreement(v.Get("agreement"))
	case v.Get("element") != "":
		return href.Element(v.Get("element"))
	}
	return href.Statements()
}

func (s *Site) statementEdit(r *http.Request, v url.Values) (form.Asked, error) {
	t, err := serve.ByNumber(r, s.Store.Statement)
	if err != nil {
		return form.Asked{}, err
	}
	if v.Get("do") == "withdraw" && t.ID != 0 {
		return form.Asked{Edit: withdraw("statement", t.ID, form.Version(v)), To: statementPlace(statementValues(t))}, nil
	}
	question, wrong := questionOf(v.Get("question"))
	return form.Asked{To: statementPlace(v) + "#statements", Wrong: wrong, Edit: norms.PutStatement{
		ID: t.ID, Version: form.Version(v), Kind: norms.StatementKind(v.Get("kind")), Title: v.Get("title"),
		Element: v.Get("element"), Agreement: v.Get("agreement"), Principle: v.Get("principle"), Organization: v.Get("organization"),
		Question: question, Stance: norms.Stance(v.Get("stance")), Summary: v.Get("summary"),
		Quote: v.Get("quote"), Source: v.Get("source"), Place: v.Get("place"),
	}}, nil
}

// questionOf reads the number of a question; none is 0.
func questionOf(text string) (int, []norms.Problem) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, []norms.Problem{{Field: "question", Message: "must be the number of a question, or left out"}}
	}
	return n, nil
}
