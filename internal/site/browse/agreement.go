package browse

import (
	"context"
	"net/http"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// AgreementsCrumb leads to the list of agreements.
func AgreementsCrumb(ctx context.Context) ui.Crumb {
	return ui.Crumb{Label: words.Text(ctx, "common.agreements"), Href: href.Agreements()}
}

// Agreements lists agreements.
func (s *Site) Agreements(w http.ResponseWriter, r *http.Request) error {
	p, err := serve.PageOf(r)
	if err != nil {
		return err
	}
	list, err := serve.Record(r).Agreements(r.Context(), p)
	if err != nil {
		return err
	}
	more := func(p norms.Page) (norms.List[norms.AgreementRow], error) {
		return serve.Record(r).Agreements(r.Context(), p)
	}
	f := s.ListFrame(r, words.Text(r.Context(), "common.agreements"), href.Agreements())
	return s.Show(w, r, serve.View{Page: page.Agreements(f, list), Data: list, Table: serve.TableOf("agreements", list, more)})
}

// Agreement shows an agreement with its editions and what belongs to it.
func (s *Site) Agreement(w http.ResponseWriter, r *http.Request) error {
	slug, err := serve.SlugOf(r, "agreement")
	if err != nil {
		return err
	}
	at, err := serve.PartOf(r)
	if err != nil {
		return err
	}
	a, err := serve.Record(r).AgreementAt(r.Context(), slug, at)
	if err != nil {
		return err
	}
	f := s.BrowseFrame(r, a.ShortTitle, AgreementsCrumb(r.Context()), ui.Crumb{Label: a.ShortTitle})
	f.Description = a.Summary
	return s.Show(w, r, serve.View{Page: page.Agreement(f, a), Data: a})
}

// Edition shows one edition of an agreement with its principles.
func (s *Site) Edition(w http.ResponseWriter, r *http.Request) error {
	agreement, err := serve.SlugOf(r, "agreement")
	if err != nil {
		return err
	}
	edition, err := serve.SlugOf(r, "edition")
	if err != nil {
		return err
	}
	e, err := serve.Record(r).Edition(r.Context(), agreement, edition)
	if err != nil {
		return err
	}
	f := s.BrowseFrame(r, words.Text(r.Context(), "edition.window", "Agreement", e.AgreementTitle, "Edition", e.Title), AgreementsCrumb(r.Context()),
		ui.Crumb{Label: e.AgreementTitle, Href: href.Agreement(e.Agreement)}, ui.Crumb{Label: e.Title})
	f.Description = e.Summary
	return s.Show(w, r, serve.View{Page: page.Edition(f, e), Data: e})
}
