package browse

import (
	"cmp"
	"net/http"
	"strings"
	"time"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/page"
	"normmap/web/words"
)

// Gaps lists of what no evidence is recorded.
func (s *Site) Gaps(w http.ResponseWriter, r *http.Request) error {
	show := norms.GapSection(serve.Query(r).Get("show"))
	if err := show.Check(); err != nil {
		return err
	}
	at, err := serve.PageOf(r)
	if err != nil {
		return err
	}
	if serve.Wanted(r, serve.AsHTML, serve.AsJSON, serve.AsCSV) == serve.AsCSV {
		show = cmp.Or(show, norms.GapPrinciples)
	}
	if show == "" && at.Limit == 0 && !serve.ReadsPage(r) {
		at.Limit = norms.MaxLimit
	}
	read := func(p norms.Page) (norms.Gaps, error) { return serve.Record(r).Gaps(r.Context(), s.day(r), show, p) }
	g, err := read(at)
	if err != nil {
		return err
	}
	shown := page.GapList{Gaps: g, Show: show}
	f := s.ListFrame(r, words.Text(r.Context(), "gaps.title"), shown.Address())
	return s.Show(w, r, serve.View{Page: page.Gaps(f, shown), Data: g, Table: gapTable(show, g, read)})
}

// day is the one with which a page compares dates, so that the page changes
// once a day: today, the day that was asked for, or the one on which the
// revision that was asked for was new.
func (s *Site) day(r *http.Request) time.Time {
	if past := serve.VisitOf(r).Past; past != nil {
		return past.Day()
	}
	return s.Now()
}

// gapTable is one kind of gap as a table; principles unless another is asked
// for.
func gapTable(show norms.GapSection, g norms.Gaps, read gapReader) *serve.Table {
	switch show {
	case norms.GapAdherences:
		return tableOfGaps(show, g, read, func(g norms.Gaps) []norms.StandingRow { return g.Adherences })
	case norms.GapAddressees:
		return tableOfGaps(show, g, read, func(g norms.Gaps) []norms.AddresseeGap { return g.Addressees })
	case norms.GapUnresolved:
		return tableOfGaps(show, g, read, func(g norms.Gaps) []norms.CitationRow { return g.Unresolved })
	case norms.GapContested:
		return tableOfGaps(show, g, read, func(g norms.Gaps) []norms.LinkRow { return g.Contested })
	case norms.GapReviewed:
		return tableOfGaps(show, g, read, func(g norms.Gaps) []norms.CellReviewRow { return g.Reviewed })
	case norms.GapPromises:
		return tableOfGaps(show, g, read, func(g norms.Gaps) []norms.Promise { return g.Promises })
	case norms.GapAddresses:
		return tableOfGaps(show, g, read, func(g norms.Gaps) []norms.NoAddress { return g.Addresses })
	}
	return tableOfGaps("", g, read, func(g norms.Gaps) []norms.PrincipleRow { return g.Principles })
}

// gapReader reads a page of one kind of gap.
type gapReader func(norms.Page) (norms.Gaps, error)

// tableOfGaps goes on from the first page through all others.
func tableOfGaps[T any](show norms.GapSection, first norms.Gaps, read gapReader, rows func(norms.Gaps) []T) *serve.Table {
	name := strings.TrimSuffix("gaps-"+string(show), "-")
	return serve.TableOf(name, norms.List[T]{Items: rows(first), Next: first.Next}, func(p norms.Page) (norms.List[T], error) {
		g, err := read(p)
		return norms.List[T]{Items: rows(g), Next: g.Next}, err
	})
}
