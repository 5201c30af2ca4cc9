package browse

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// citedAtOnce is how many pairs that are cited together the page of the
// crosswalk shows below its own rows.
const citedAtOnce = 20

// CrosswalkCrumb leads to the crosswalk.
func CrosswalkCrumb(ctx context.Context) ui.Crumb {
	return ui.Crumb{Label: words.Text(ctx, "crosswalk.title"), Href: href.Crosswalk()}
}

// Crosswalk lists which principles correspond.
func (s *Site) Crosswalk(w http.ResponseWriter, r *http.Request) error {
	filter := CrosswalkWhere(serve.Query(r))
	list, table, err := serve.ListFor(r, "crosswalk", filter, serve.Record(r).Crosswalk)
	if err != nil {
		return err
	}
	shown := page.CrosswalkList{List: list, Filter: filter}
	if serve.ReadsPage(r) {
		if shown.Cited, err = serve.Record(r).Cocitations(r.Context(), filter.PairFilter, norms.Page{Limit: citedAtOnce}); err != nil {
			return err
		}
		if shown.Agreements, err = agreementChoices(r); err != nil {
			return err
		}
	}
	f := s.ListFrame(r, words.Text(r.Context(), "crosswalk.title"), shown.Address())
	return s.Show(w, r, serve.View{Page: page.Crosswalk(f, shown), Data: list, Table: table})
}

// pairsWhere reads which pairs of principles are asked for. The order of the
// agreements is that in which pairs are read.
func pairsWhere(q url.Values) norms.PairFilter {
	agreements := slices.DeleteFunc(slices.Clone(q["agreement"]), func(s string) bool { return s == "" })
	return norms.PairFilter{Agreements: agreements, Principle: q.Get("principle")}
}

// CrosswalkWhere reads the filter of the crosswalk from a query.
func CrosswalkWhere(q url.Values) norms.CrosswalkFilter {
	return norms.CrosswalkFilter{PairFilter: pairsWhere(q), Relation: q.Get("relation"), Origin: q.Get("origin")}
}

func agreementChoices(r *http.Request) ([]norms.Choice, error) {
	all, err := choicesByKind(r, "agreement")
	return all["agreement"], err
}

// CitedTogether lists principles that the same initiatives cite.
func (s *Site) CitedTogether(w http.ResponseWriter, r *http.Request) error {
	filter := pairsWhere(serve.Query(r))
	list, table, err := serve.ListFor(r, "cited-together", filter, serve.Record(r).Cocitations)
	if err != nil {
		return err
	}
	shown := page.CocitationList{List: list, Filter: filter}
	if serve.ReadsPage(r) {
		if shown.Agreements, err = agreementChoices(r); err != nil {
			return err
		}
	}
	title := words.Text(r.Context(), "crosswalk.cited.title")
	f := s.ListFrame(r, title, shown.Address())
	f.Crumbs = []ui.Crumb{CrosswalkCrumb(r.Context()), {Label: title}}
	return s.Show(w, r, serve.View{Page: page.CitedTogether(f, shown), Data: list, Table: table})
}
