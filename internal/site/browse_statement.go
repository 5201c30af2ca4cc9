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

func statementsCrumb(ctx context.Context) ui.Crumb {
	return ui.Crumb{Label: words.Text(ctx, "statements.title"), Href: href.Statements()}
}

func (s *browseSite) statements(w http.ResponseWriter, r *http.Request) error {
	filter := statementsWhere(query(r))
	list, table, err := listFor(r, "statements", filter, record(r).Statements)
	if err != nil {
		return err
	}
	shown := page.StatementList{List: list, Filter: filter}
	if readsPage(r) {
		if shown.Choices, err = choicesByKind(r, "element", "agreement", "organization", "source"); err != nil {
			return err
		}
	}
	f := s.listFrame(r, words.Text(r.Context(), "statements.title"), shown.Address())
	return s.show(w, r, view{page: page.Statements(f, shown), data: list, table: table})
}

func statementsWhere(q url.Values) norms.StatementFilter {
	return norms.StatementFilter{
		Kind: q.Get("kind"), Stance: q.Get("stance"), Element: q.Get("element"), Agreement: q.Get("agreement"), Principle: q.Get("principle"),
		Organization: q.Get("organization"), Source: q.Get("source"), Question: q.Get("question"),
	}
}

// choicesByKind reads what a filter offers.
func choicesByKind(r *http.Request, kinds ...string) (map[string][]norms.Choice, error) {
	list, err := record(r).Choices(r.Context(), norms.MaxLimit, kinds...)
	out := map[string][]norms.Choice{}
	for _, c := range list {
		out[c.Kind] = append(out[c.Kind], c)
	}
	return out, err
}

func (s *browseSite) statement(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r)
	if err != nil {
		return err
	}
	t, err := record(r).Statement(r.Context(), id)
	if err != nil {
		return err
	}
	f := s.browseFrame(r, t.Title, statementsCrumb(r.Context()), ui.Crumb{Label: t.Title})
	f.Description = t.Summary
	return s.show(w, r, view{page: page.Statement(f, t), data: t})
}
