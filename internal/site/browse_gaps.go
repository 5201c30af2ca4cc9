package site

import (
	"net/http"
	"time"

	"normmap/internal/norms"
	"normmap/web/page"
	"normmap/web/words"
)

func (s *site) gaps(w http.ResponseWriter, r *http.Request) error {
	show := norms.GapSection(query(r).Get("show"))
	if err := show.Check(); err != nil {
		return err
	}
	g, err := record(r).Gaps(r.Context(), s.day(r))
	if err != nil {
		return err
	}
	shown := page.GapList{Gaps: g.Only(show), Show: show, Reviews: g.Reviewed}
	f := s.listFrame(r, words.Text(r.Context(), "gaps.title"), shown.Address())
	return s.show(w, r, view{page: page.Gaps(f, shown), data: shown.Gaps, table: gapTable(g, show)})
}

// day is the one with which a page compares dates, so that the page changes
// once a day: today, the day that was asked for, or the one on which the
// revision that was asked for was new.
func (s *site) day(r *http.Request) time.Time {
	if past := visitOf(r).past; past != nil {
		return past.Day()
	}
	return s.Now()
}

// gapTable is one kind of gap as a table; principles unless another is asked
// for.
func gapTable(g norms.Gaps, show norms.GapSection) *table {
	switch show {
	case norms.GapAdherences:
		return tableOfItems("gaps-adherences", g.Adherences)
	case norms.GapAddressees:
		return tableOfItems("gaps-addressees", g.Addressees)
	case norms.GapUnresolved:
		return tableOfItems("gaps-unresolved", g.Unresolved)
	case norms.GapContested:
		return tableOfItems("gaps-contested", g.Contested)
	case norms.GapReviewed:
		return tableOfItems("gaps-reviewed", g.Reviewed)
	case norms.GapPromises:
		return tableOfItems("gaps-promises", g.Promises)
	case norms.GapAddresses:
		return tableOfItems("gaps-addresses", g.Addresses)
	}
	return tableOfItems("gaps", g.Principles)
}
