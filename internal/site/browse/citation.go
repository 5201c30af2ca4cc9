package browse

import (
	"net/http"
	"strconv"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/href"
)

// Citation leads to the words in which something is cited: in the text of its
// source, in an earlier one when that does not print them any more, or among the
// printed lines where no text is held.
func (s *Site) Citation(w http.ResponseWriter, r *http.Request) error {
	id, err := serve.IDOf(r)
	if err != nil {
		return err
	}
	c, err := serve.Record(r).Citation(r.Context(), id)
	if err != nil {
		return err
	}
	return serve.SeeOther(w, r, passageOf(c, serve.Query(r).Get("as_of")))
}

func passageOf(c norms.CitationRow, asOf string) string {
	if c.PlaceAsOf != 0 {
		asOf = strconv.FormatInt(c.PlaceAsOf, 10)
	}
	if !c.TextHeld || c.Start < 0 {
		return href.With(href.Source(c.Source), "as_of", asOf) + "#lines"
	}
	return href.With(href.Source(c.Source), "as_of", asOf, "place", strconv.Itoa(c.Start)) + "#" + href.TextPlace(c.Start)
}
