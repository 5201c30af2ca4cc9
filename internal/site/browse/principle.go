package browse

import (
	"context"
	"net/http"
	"strings"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// Principle answers both addresses of a principle. A label without an edition
// may be known to several programmes at once, or mean several principles in
// different numberings; then the reader chooses. One that only numberings know
// leads to the principle that they mean.
func (s *Site) Principle(w http.ResponseWriter, r *http.Request) error {
	ref, err := serve.RefOf(r)
	if err != nil {
		return err
	}
	at, err := serve.PartOf(r)
	if err != nil {
		return err
	}
	p, found, err := serve.Record(r).SolePrinciple(r.Context(), ref, at)
	switch {
	case err != nil:
		return err
	case found != 1 && ref.Edition == "":
		return s.principleLabelled(w, r, ref)
	case found != 1:
		_, err = serve.Record(r).Principle(r.Context(), ref, norms.Page{})
		return err
	}
	title := words.Text(r.Context(), "principle.window", "Name", p.Name(), "Title", p.Title)
	f := s.BrowseFrame(r, title, PrincipleCrumbs(r.Context(), p.PrincipleRow)...)
	f.Description = p.Summary
	return s.Show(w, r, serve.View{Page: page.Principle(f, p), Data: p})
}

// principleLabelled answers for a label that not exactly one current edition
// has.
func (s *Site) principleLabelled(w http.ResponseWriter, r *http.Request, ref norms.Ref) error {
	rows, err := serve.Record(r).PrinciplesLabelled(r.Context(), ref.Agreement, ref.Label)
	if err != nil {
		return err
	}
	var others []norms.PrincipleRow
	if len(rows) == 0 {
		if others, err = serve.Record(r).CurrentPrinciples(r.Context(), ref.Agreement); err != nil {
			return err
		}
	}
	byNumbering := len(rows) == 0 || !rows[0].Current || rows[0].Label() != ref.Label
	if byNumbering { // an old label of a renamed or withdrawn one comes first
		if err := serve.Record(r).FormerPrinciple(r.Context(), ref, len(rows)+len(others) > 0); err != nil {
			return err
		}
	}
	switch {
	case len(rows) == 0:
		return noPrinciple(ref, others)
	case len(rows) == 1:
		serve.LeadOn(w, r, http.StatusSeeOther, href.Principle(rows[0].Ref)) // a numbering may be added that disagrees
		return nil
	}
	return s.choosePrinciple(w, r, page.Choice{Agreement: ref.Agreement, Label: ref.Label, ByNumbering: byNumbering, Principles: rows})
}

// PrincipleCrumbs lead to a principle; through its edition when that is not
// the current one.
func PrincipleCrumbs(ctx context.Context, p norms.PrincipleRow) []ui.Crumb {
	crumbs := []ui.Crumb{AgreementsCrumb(ctx), {Label: p.AgreementTitle, Href: href.Agreement(p.Agreement)}}
	if strings.Contains(p.Ref, "@") {
		crumbs = append(crumbs, ui.Crumb{Label: p.EditionTitle, Href: href.Edition(p.Agreement, p.Edition)})
	}
	return append(crumbs, ui.Crumb{Label: words.Text(ctx, "principle.numbered", "Noun", ui.Noun(ctx, p.Noun), "Number", p.Number)})
}

func (s *Site) choosePrinciple(w http.ResponseWriter, r *http.Request, c page.Choice) error {
	ctx := r.Context()
	title := words.Text(ctx, "principle.choose.window", "Name", c.Principles[0].Name())
	f := s.BrowseFrame(r, title, AgreementsCrumb(ctx),
		ui.Crumb{Label: c.Principles[0].AgreementTitle, Href: href.Agreement(c.Agreement)}, ui.Crumb{Label: words.Text(ctx, "principle.choose.crumb")})
	return s.Show(w, r, serve.View{Page: page.Choose(f, c), Data: c.Principles})
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
