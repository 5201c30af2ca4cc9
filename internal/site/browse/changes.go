package browse

import (
	"net/http"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/internal/store/history"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
)

// Changes answers what was written into the record: the changesets; with show,
// the net difference alone. Asked since when something happened, it answers
// what happened in the world instead.
func (s *Site) Changes(w http.ResponseWriter, r *http.Request) error {
	q := serve.Query(r)
	switch {
	case q.Get("happened_since") != "":
		return s.happened(w, r)
	case q.Get("show") == "difference":
		return s.difference(w, r)
	case q.Get("show") != "":
		return norms.Field("show", "%q is none of the ways to show changes; write difference or leave it out", q.Get("show"))
	}
	p, err := serve.PageOf(r)
	if err != nil {
		return err
	}
	filter := changeFilter(r)
	list, err := serve.Record(r).ChangesWhere(r.Context(), filter, p)
	if err != nil {
		return err
	}
	shown := page.ChangeList{ChangeList: list, Filter: filter, Kinds: history.Kinds()}
	if err := s.besideChanges(r, &shown); err != nil {
		return err
	}
	more := func(p norms.Page) (norms.List[norms.ChangesetRow], error) {
		l, err := serve.Record(r).ChangesWhere(r.Context(), filter, p)
		return l.List, err
	}
	f := s.ListFrame(r, page.ChangesTitle(r.Context(), list.Thing), shown.Address())
	f.Feed = shown.Feed()
	data := changesData{list, shown.Difference}
	return s.Show(w, r, serve.View{Page: page.Changes(f, shown), Data: data, Table: serve.TableOf("changes", list.List, more)})
}

// changesData is the page as data: the list, and the beginning of the
// difference where there is one.
type changesData struct {
	norms.ChangeList
	Difference *norms.Difference `json:"difference,omitempty"`
}

func changeFilter(r *http.Request) norms.ChangeFilter {
	q := serve.Query(r)
	return norms.ChangeFilter{Thing: q.Get("thing"), Kind: q.Get("kind"), By: q.Get("by"), Since: q.Get("since"), Until: q.Get("until")}
}

// besideChanges reads what stands beside the list: the difference, which does
// not know persons, and the choices of the filter.
func (s *Site) besideChanges(r *http.Request, l *page.ChangeList) error {
	if l.Filter.Since != "" && l.Filter.By == "" && serve.Wanted(r, serve.AsHTML, serve.AsJSON, serve.AsCSV) != serve.AsCSV {
		d, err := serve.Record(r).Difference(r.Context(), l.Filter, norms.Page{})
		if err != nil {
			return err
		}
		l.Difference = &d
	}
	if !serve.ReadsPage(r) {
		return nil
	}
	var err error
	l.Things, err = serve.Record(r).Choices(r.Context(), norms.MaxLimit, "agreement", "organization")
	return err
}

// difference answers the net difference, page by page.
func (s *Site) difference(w http.ResponseWriter, r *http.Request) error {
	p, err := serve.PageOf(r)
	if err != nil {
		return err
	}
	filter := changeFilter(r)
	filter.By = ""
	list, err := serve.Record(r).ChangesWhere(r.Context(), filter, norms.Page{Limit: 1}) // says whose changes, too
	if err != nil {
		return err
	}
	d, err := serve.Record(r).Difference(r.Context(), filter, p)
	if err != nil {
		return err
	}
	more := func(p norms.Page) (norms.List[differenceRow], error) {
		d, err := serve.Record(r).Difference(r.Context(), filter, p)
		return differenceRows(d), err
	}
	shown := page.Difference{Difference: d, Filter: filter, Thing: list.Thing}
	f := s.ListFrame(r, page.DifferenceTitle(r.Context(), list.Thing), shown.Address())
	f.Crumbs = []ui.Crumb{changesCrumb(r), {Label: f.Title}}
	return s.Show(w, r, serve.View{Page: page.Differences(f, shown), Data: d, Table: serve.TableOf("difference", differenceRows(d), more)})
}

func changesCrumb(r *http.Request) ui.Crumb {
	return ui.Crumb{Label: page.ChangesTitle(r.Context(), nil), Href: href.Changes()}
}

// differenceRow is one field of a difference in a table.
type differenceRow struct {
	Kind   string `json:"kind"`
	Name   string `json:"name"`
	Key    string `json:"key"`
	Action string `json:"action"`
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// differenceRows is a page of a difference, field by field. What differs in
// nothing that is shown has one row without a field.
func differenceRows(d norms.Difference) norms.List[differenceRow] {
	out := norms.List[differenceRow]{Next: d.Next}
	for _, c := range d.Items {
		fields := c.Fields
		if len(fields) == 0 {
			fields = []norms.Changed{{}}
		}
		for _, f := range fields {
			out.Items = append(out.Items, differenceRow{c.Thing.Kind, c.Thing.Name, c.Thing.Key, c.Action, f.Field, f.Before, f.After})
		}
	}
	return out
}

// happened answers which events in the world are recorded since a date.
func (s *Site) happened(w http.ResponseWriter, r *http.Request) error {
	q := serve.Query(r)
	filter := norms.HappeningFilter{Since: norms.ReadDate(q.Get("happened_since")), Agreement: q.Get("agreement")}
	if err := filter.Check(); err != nil {
		return err
	}
	list, err := serve.Record(r).Happenings(r.Context(), filter)
	if err != nil {
		return err
	}
	shown := page.Happenings{Items: list, Filter: filter}
	if serve.ReadsPage(r) {
		if shown.Agreements, err = serve.Record(r).Choices(r.Context(), norms.MaxLimit, "agreement"); err != nil {
			return err
		}
	}
	f := s.ListFrame(r, page.HappeningsTitle(r.Context(), filter), shown.Address())
	f.Crumbs = []ui.Crumb{changesCrumb(r), {Label: f.Title}}
	data := norms.List[norms.Happening]{Items: list, Total: len(list)}
	return s.Show(w, r, serve.View{Page: page.Happened(f, shown), Data: data, Table: serve.TableOfItems("events", list)})
}
