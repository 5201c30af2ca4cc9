package site

import (
	"context"
	"net/http"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

func agreementsCrumb(ctx context.Context) ui.Crumb {
	return ui.Crumb{Label: words.Text(ctx, "common.agreements"), Href: href.Agreements()}
}

func (s *browseSite) agreements(w http.ResponseWriter, r *http.Request) error {
	p, err := pageOf(r)
	if err != nil {
		return err
	}
	list, err := record(r).Agreements(r.Context(), p)
	if err != nil {
		return err
	}
	more := func(p norms.Page) (norms.List[norms.AgreementRow], error) {
		return record(r).Agreements(r.Context(), p)
	}
	f := s.listFrame(r, words.Text(r.Context(), "common.agreements"), href.Agreements())
	return s.show(w, r, view{page: page.Agreements(f, list), data: list, table: tableOf("agreements", list, more)})
}

func (s *browseSite) agreement(w http.ResponseWriter, r *http.Request) error {
	slug, err := slugOf(r, "agreement")
	if err != nil {
		return err
	}
	at, err := partOf(r)
	if err != nil {
		return err
	}
	a, err := record(r).AgreementAt(r.Context(), slug, at)
	if err != nil {
		return err
	}
	f := s.browseFrame(r, a.ShortTitle, agreementsCrumb(r.Context()), ui.Crumb{Label: a.ShortTitle})
	f.Description = a.Summary
	return s.show(w, r, view{page: page.Agreement(f, a), data: a})
}

func (s *browseSite) edition(w http.ResponseWriter, r *http.Request) error {
	agreement, err := slugOf(r, "agreement")
	if err != nil {
		return err
	}
	edition, err := slugOf(r, "edition")
	if err != nil {
		return err
	}
	e, err := record(r).Edition(r.Context(), agreement, edition)
	if err != nil {
		return err
	}
	f := s.browseFrame(r, words.Text(r.Context(), "edition.window", "Agreement", e.AgreementTitle, "Edition", e.Title), agreementsCrumb(r.Context()),
		ui.Crumb{Label: e.AgreementTitle, Href: href.Agreement(e.Agreement)}, ui.Crumb{Label: e.Title})
	f.Description = e.Summary
	return s.show(w, r, view{page: page.Edition(f, e), data: e})
}
