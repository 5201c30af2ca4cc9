package page

import (
	"strconv"
	"strings"
	"time"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/ui"
)

// Downloads is what the page of the downloads shows.
type Downloads struct {
	Citation string
	Written  time.Time // when the revision was, zero when nothing is recorded
	Sets     []norms.Dataset
}

func (d Downloads) rows() (n int64) {
	for _, s := range d.Sets {
		n += s.Rows
	}
	return n
}

// example is an address of a file as of the revision that the page shows.
func example(f ui.Frame) string {
	return href.With(href.CSV(href.Dataset("links")), "as_of", strconv.FormatInt(max(f.Revision, 1), 10))
}

// datasetOf is the dataset of a column that a column names.
func datasetOf(refers string) string {
	name, _, _ := strings.Cut(refers, ".")
	return name
}
