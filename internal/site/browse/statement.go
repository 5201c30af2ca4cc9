package browse

import (
	"context"
	"net/http"
	"net/url"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// StatementsCrumb leads to the list of statements.
func StatementsCrumb(ctx context.Context) ui.Crumb {
	return ui.Crumb{Label: words.Text(ctx, "statements.title"), Href: href.Statements()}
}

// Statements lists statements.
func (s *Site) Statements(w http.ResponseWriter, r *http.Request) error {
	filter := StatementsWhere(serve.Query(r))
	list, table, err := serve.ListFor(r, "statements", filter, serve.Record(r).Statements)
	if err != nil {
		return err
	}
	shown := page.StatementList{List: list, Filter: filter}
	if serve.ReadsPage(r) {
		if shown.Choices, err = choicesByKind(r, "element", "agreement", "organization", "source"); err != nil {
			return err
		}
	}
	f := s.ListFrame(r, words.Text(r.Context(), "statements.title"), shown.Address())
	return s.Show(w, r, serve.View{Page: page.Statements(f, shown), Data: list, Table: table})
}

// StatementsWhere reads the filter of that list from a query.
func StatementsWhere(q url.Values) norms.StatementFilter {
	return norms.StatementFilter{
		Kind: q.Get("kind"), Stance: q.Get("stance"), Element: q.Get("element"), Agreement: q.Get("agreement"), Principle: q.Get("principle"),
		Organization: q.Get("organization"), Source: q.Get("source"), Question: q.Get("question"),
	}
}

// choicesByKind reads what a filter offers.
func choicesByKind(r *http.Request, kinds ...string) (map[string][]norms.Choice, error) {
	list, err := serve.Record(r).Choices(r.Context(), norms.MaxLimit, kinds...)
	out := map[string][]norms.Choice{}
	for _, c := range list {
		out[c.Kind] = append(out[c.Kind], c)
	}
	return out, err
}

// Statement shows a statement.
func (s *Site) Statement(w http.ResponseWriter, r *http.Request) error {
	id, err := serve.IDOf(r)
	if err != nil {
		return err
	}
	t, err := serve.Record(r).Statement(r.Context(), id)
	if err != nil {
		return err
	}
	f := s.BrowseFrame(r, t.Title, StatementsCrumb(r.Context()), ui.Crumb{Label: t.Title})
	f.Description = t.Summary
	return s.Show(w, r, serve.View{Page: page.Statement(f, t), Data: t})
}
