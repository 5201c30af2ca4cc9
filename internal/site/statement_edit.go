package site

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// statementEditor adds, changes and withdraws statements. The query of a new
// one's address may say what it is about.
func (s *editSite) statementEditor() editor {
	return editor{form: s.statementForm, edit: s.statementEdit}
}

func (s *editSite) statementForm(r *http.Request) (plainForm, error) {
	t, err := byNumber(r, s.Store.Statement)
	if err != nil {
		return plainForm{}, err
	}
	ctx := r.Context()
	all, err := s.choices(ctx)
	if err != nil {
		return plainForm{}, err
	}
	f := plainForm{EditForm: page.EditForm{
		Heading: words.Text(ctx, "statement_form.new"), Lead: words.Text(ctx, "statement_form.lead"), Action: href.StatementNew(),
		Save: words.Text(ctx, "statement_form.save"), Version: t.Version, Controls: statementControls(ctx, all),
	}, recorded: statementValues(t)}
	f.Cancel = statementPlace(query(r))
	if t.ID != 0 {
		f.Heading, f.Action, f.Cancel = words.Text(ctx, "statement_form.change"), href.StatementEdit(t.ID), href.Statement(t.ID)
		f.Withdraw = words.Text(ctx, "statement_form.withdraw")
	}
	f.crumbs = []ui.Crumb{statementsCrumb(ctx), {Label: f.Heading}}
	return f, nil
}

func statementControls(ctx context.Context, all map[string]choices) []page.Control {
	none := words.Text(ctx, "statement_form.none")
	questions := choices{}
	for _, q := range norms.Questions[:norms.MaxQuestion] {
		questions.options = append(questions.options, ui.Option{Value: q, Label: ui.Question(ctx, q)})
	}
	return []page.Control{
		menu(ctx, "statement_form.kind", "", norms.StatementKinds, ui.StatementKind),
		required(line(ctx, "statement_form.title")),
		all["element"].control(ctx, field(ctx, "statement_form.element"), none),
		all["agreement"].control(ctx, field(ctx, "statement_form.agreement"), none),
		line(ctx, "statement_form.principle"),
		all["organization"].control(ctx, field(ctx, "statement_form.organization"), ""),
		questions.control(ctx, field(ctx, "statement_form.question"), ui.Question(ctx, "none")),
		menu(ctx, "statement_form.stance", "", norms.Stances, ui.Stance),
		required(lines(ctx, "statement_form.summary", 4)),
		all["source"].control(ctx, field(ctx, "statement_form.source"), ""),
		lines(ctx, "statement_form.quote", 2),
		line(ctx, "form.place"),
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

func (s *editSite) statementEdit(r *http.Request, v url.Values) (asked, error) {
	t, err := byNumber(r, s.Store.Statement)
	if err != nil {
		return asked{}, err
	}
	if v.Get("do") == "withdraw" && t.ID != 0 {
		return asked{edit: withdraw("statement", t.ID, version(v)), to: statementPlace(statementValues(t))}, nil
	}
	question, wrong := questionOf(v.Get("question"))
	return asked{to: statementPlace(v) + "#statements", wrong: wrong, edit: norms.PutStatement{
		ID: t.ID, Version: version(v), Kind: norms.StatementKind(v.Get("kind")), Title: v.Get("title"),
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
