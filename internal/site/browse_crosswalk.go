package site

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// citedAtOnce is how many pairs that are cited together the page of the
// crosswalk shows below its own rows.
const citedAtOnce = 20

func crosswalkCrumb(ctx context.Context) ui.Crumb {
	return ui.Crumb{Label: words.Text(ctx, "crosswalk.title"), Href: href.Crosswalk()}
}

func (s *browseSite) crosswalk(w http.ResponseWriter, r *http.Request) error {
	filter := crosswalkWhere(query(r))
	list, table, err := listFor(r, "crosswalk", filter, record(r).Crosswalk)
	if err != nil {
		return err
	}
	shown := page.CrosswalkList{List: list, Filter: filter}
	if readsPage(r) {
		if shown.Cited, err = record(r).Cocitations(r.Context(), filter.PairFilter, norms.Page{Limit: citedAtOnce}); err != nil {
			return err
		}
		if shown.Agreements, err = agreementChoices(r); err != nil {
			return err
		}
	}
	f := s.listFrame(r, words.Text(r.Context(), "crosswalk.title"), shown.Address())
	return s.show(w, r, view{page: page.Crosswalk(f, shown), data: list, table: table})
}

// pairsWhere reads which pairs of principles are asked for. The order of the
// agreements is that in which pairs are read.
func pairsWhere(q url.Values) norms.PairFilter {
	agreements := slices.DeleteFunc(slices.Clone(q["agreement"]), func(s string) bool { return s == "" })
	return norms.PairFilter{Agreements: agreements, Principle: q.Get("principle")}
}

func crosswalkWhere(q url.Values) norms.CrosswalkFilter {
	return norms.CrosswalkFilter{PairFilter: pairsWhere(q), Relation: q.Get("relation"), Origin: q.Get("origin")}
}

func agreementChoices(r *http.Request) ([]norms.Choice, error) {
	all, err := choicesByKind(r, "agreement")
	return all["agreement"], err
}

func (s *browseSite) citedTogether(w http.ResponseWriter, r *http.Request) error {
	filter := pairsWhere(query(r))
	list, table, err := listFor(r, "cited-together", filter, record(r).Cocitations)
	if err != nil {
		return err
	}
	shown := page.CocitationList{List: list, Filter: filter}
	if readsPage(r) {
		if shown.Agreements, err = agreementChoices(r); err != nil {
			return err
		}
	}
	title := words.Text(r.Context(), "crosswalk.cited.title")
	f := s.listFrame(r, title, shown.Address())
	f.Crumbs = []ui.Crumb{crosswalkCrumb(r.Context()), {Label: title}}
	return s.show(w, r, view{page: page.CitedTogether(f, shown), data: list, table: table})
}
