package site

import (
	"net/http"

	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
)

// changes answers what was written into the record: the changesets; with show,
// the net difference alone. Asked since when something happened, it answers
// what happened in the world instead.
func (s *browseSite) changes(w http.ResponseWriter, r *http.Request) error {
	q := query(r)
	switch {
	case q.Get("happened_since") != "":
		return s.happened(w, r)
	case q.Get("show") == "difference":
		return s.difference(w, r)
	case q.Get("show") != "":
		return norms.Field("show", "%q is none of the ways to show changes; write difference or leave it out", q.Get("show"))
	}
	p, err := pageOf(r)
	if err != nil {
		return err
	}
	filter := changeFilter(r)
	list, err := record(r).ChangesWhere(r.Context(), filter, p)
	if err != nil {
		return err
	}
	shown := page.ChangeList{ChangeList: list, Filter: filter, Kinds: store.Kinds()}
	if err := s.besideChanges(r, &shown); err != nil {
		return err
	}
	more := func(p norms.Page) (norms.List[norms.ChangesetRow], error) {
		l, err := record(r).ChangesWhere(r.Context(), filter, p)
		return l.List, err
	}
	f := s.listFrame(r, page.ChangesTitle(r.Context(), list.Thing), shown.Address())
	f.Feed = shown.Feed()
	data := changesData{list, shown.Difference}
	return s.show(w, r, view{page: page.Changes(f, shown), data: data, table: tableOf("changes", list.List, more)})
}

// changesData is the page as data: the list, and the beginning of the
// difference where there is one.
type changesData struct {
	norms.ChangeList
	Difference *norms.Difference `json:"difference,omitempty"`
}

func changeFilter(r *http.Request) norms.ChangeFilter {
	q := query(r)
	return norms.ChangeFilter{Thing: q.Get("thing"), Kind: q.Get("kind"), By: q.Get("by"), Since: q.Get("since"), Until: q.Get("until")}
}

// besideChanges reads what stands beside the list: the difference, which does
// not know persons, and the choices of the filter.
func (s *browseSite) besideChanges(r *http.Request, l *page.ChangeList) error {
	if l.Filter.Since != "" && l.Filter.By == "" && wanted(r, asHTML, asJSON, asCSV) != asCSV {
		d, err := record(r).Difference(r.Context(), l.Filter, norms.Page{})
		if err != nil {
			return err
		}
		l.Difference = &d
	}
	if !readsPage(r) {
		return nil
	}
	var err error
	l.Things, err = record(r).Choices(r.Context(), norms.MaxLimit, "agreement", "organization")
	return err
}

// difference answers the net difference, page by page.
func (s *browseSite) difference(w http.ResponseWriter, r *http.Request) error {
	p, err := pageOf(r)
	if err != nil {
		return err
	}
	filter := changeFilter(r)
	filter.By = ""
	list, err := record(r).ChangesWhere(r.Context(), filter, norms.Page{Limit: 1}) // says whose changes, too
	if err != nil {
		return err
	}
	d, err := record(r).Difference(r.Context(), filter, p)
	if err != nil {
		return err
	}
	more := func(p norms.Page) (norms.List[differenceRow], error) {
		d, err := record(r).Difference(r.Context(), filter, p)
		return differenceRows(d), err
	}
	shown := page.Difference{Difference: d, Filter: filter, Thing: list.Thing}
	f := s.listFrame(r, page.DifferenceTitle(r.Context(), list.Thing), shown.Address())
	f.Crumbs = []ui.Crumb{changesCrumb(r), {Label: f.Title}}
	return s.show(w, r, view{page: page.Differences(f, shown), data: d, table: tableOf("difference", differenceRows(d), more)})
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
func (s *browseSite) happened(w http.ResponseWriter, r *http.Request) error {
	q := query(r)
	filter := norms.HappeningFilter{Since: norms.ReadDate(q.Get("happened_since")), Agreement: q.Get("agreement")}
	if err := filter.Check(); err != nil {
		return err
	}
	list, err := record(r).Happenings(r.Context(), filter)
	if err != nil {
		return err
	}
	shown := page.Happenings{Items: list, Filter: filter}
	if readsPage(r) {
		if shown.Agreements, err = record(r).Choices(r.Context(), norms.MaxLimit, "agreement"); err != nil {
			return err
		}
	}
	f := s.listFrame(r, page.HappeningsTitle(r.Context(), filter), shown.Address())
	f.Crumbs = []ui.Crumb{changesCrumb(r), {Label: f.Title}}
	data := norms.List[norms.Happening]{Items: list, Total: len(list)}
	return s.show(w, r, view{page: page.Happened(f, shown), data: data, table: tableOfItems("events", list)})
}
