package site

import (
	"context"
	"net/http"
	"strings"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// principle answers both addresses of a principle. A label without an edition
// may be known to several programmes at once, or mean several principles in
// different numberings; then the reader chooses. One that only numberings know
// leads to the principle that they mean.
func (s *browseSite) principle(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	at, err := pageOf(r)
	if err != nil {
		return err
	}
	if at.Limit == 0 && !readsPage(r) {
		at.Limit = norms.MaxLimit
	}
	p, found, err := record(r).SolePrinciple(r.Context(), ref, at)
	switch {
	case err != nil:
		return err
	case found != 1 && ref.Edition == "":
		return s.principleLabelled(w, r, ref)
	case found != 1:
		_, err = record(r).Principle(r.Context(), ref, at)
		return err
	}
	title := words.Text(r.Context(), "principle.window", "Name", p.Name(), "Title", p.Title)
	f := s.browseFrame(r, title, principleCrumbs(r.Context(), p.PrincipleRow)...)
	f.Description = p.Summary
	return s.show(w, r, view{page: page.Principle(f, p), data: p})
}

// principleLabelled answers for a label that not exactly one current edition
// has.
func (s *browseSite) principleLabelled(w http.ResponseWriter, r *http.Request, ref norms.Ref) error {
	rows, err := record(r).PrinciplesLabelled(r.Context(), ref.Agreement, ref.Label)
	if err != nil {
		return err
	}
	var others []norms.PrincipleRow
	if len(rows) == 0 {
		if others, err = record(r).CurrentPrinciples(r.Context(), ref.Agreement); err != nil {
			return err
		}
	}
	byNumbering := len(rows) == 0 || !rows[0].Current || rows[0].Label() != ref.Label
	if byNumbering { // an old label of a renamed or withdrawn one comes first
		if err := record(r).FormerPrinciple(r.Context(), ref, len(rows)+len(others) > 0); err != nil {
			return err
		}
	}
	switch {
	case len(rows) == 0:
		return noPrinciple(ref, others)
	case len(rows) == 1:
		leadOn(w, r, http.StatusSeeOther, href.Principle(rows[0].Ref)) // a numbering may be added that disagrees
		return nil
	}
	return s.choosePrinciple(w, r, page.Choice{Agreement: ref.Agreement, Label: ref.Label, ByNumbering: byNumbering, Principles: rows})
}

// principleCrumbs lead to a principle; through its edition when that is not
// the current one.
func principleCrumbs(ctx context.Context, p norms.PrincipleRow) []ui.Crumb {
	crumbs := []ui.Crumb{agreementsCrumb(ctx), {Label: p.AgreementTitle, Href: href.Agreement(p.Agreement)}}
	if strings.Contains(p.Ref, "@") {
		crumbs = append(crumbs, ui.Crumb{Label: p.EditionTitle, Href: href.Edition(p.Agreement, p.Edition)})
	}
	return append(crumbs, ui.Crumb{Label: words.Text(ctx, "principle.numbered", "Noun", ui.Noun(ctx, p.Noun), "Number", p.Number)})
}

func (s *browseSite) choosePrinciple(w http.ResponseWriter, r *http.Request, c page.Choice) error {
	ctx := r.Context()
	title := words.Text(ctx, "principle.choose.window", "Name", c.Principles[0].Name())
	f := s.browseFrame(r, title, agreementsCrumb(ctx),
		ui.Crumb{Label: c.Principles[0].AgreementTitle, Href: href.Agreement(c.Agreement)}, ui.Crumb{Label: words.Text(ctx, "principle.choose.crumb")})
	return s.show(w, r, view{page: page.Choose(f, c), data: c.Principles})
}

// noPrinciple says which labels the agreement has.
func noPrinciple(ref norms.Ref, list []norms.PrincipleRow) error {
	if len(list) == 0 {
		return norms.NotFoundf("no principles of %s are recorded", ref.Agreement)
	}
	labels := make([]string, 0, len(list))
	for _, p := range list {
		labels = append(labels, p.Number)
	}
	first := list[0]
	return norms.NotFoundf("%s has no %s %q; those recorded are %s", first.AgreementTitle, first.Noun, ref.Label, strings.Join(labels, ", "))
}
