package dossier

import (
	"cmp"
	"slices"
	"strings"

	"normmap/internal/document"
)

// Dossier is what an organization carries out and reports, as recorded at one
// revision.
type Dossier struct {
	Organization string // slug
	Name         string
	Revision     int64
	Base         string // where the service is reached, such as https://norms.example
	Initiatives  []Initiative
}

// Initiative is one with what its contributor cites for it. An added one has no
// slug. Parts have no headings of their own.
type Initiative struct {
	Slug    string       `json:"slug,omitempty"`
	Heading string       `json:"heading,omitempty"`
	Title   string       `json:"title"`
	Summary string       `json:"summary"`
	Lines   []Line       `json:"lines,omitempty"`
	Parts   []Initiative `json:"-"`
}

// Line is a printed line of citations, with the links that came of it. An added
// one has no number.
type Line struct {
	ID    int64   `json:"id,omitempty"`
	Text  string  `json:"text"`
	Links []int64 `json:"links,omitempty"`
	At    int     `json:"at,omitempty"` // of an added one, as Change.At
}

// sorted is the dossier in the order in which it is written: first what stands
// under no heading, then heading by heading as they are met.
func (d Dossier) sorted() Dossier {
	var headings []string
	for _, i := range d.Initiatives {
		if h := fold(i.Heading); h != "" && !slices.Contains(headings, h) {
			headings = append(headings, h)
		}
	}
	d.Initiatives = slices.Clone(d.Initiatives)
	slices.SortStableFunc(d.Initiatives, func(a, b Initiative) int {
		return cmp.Compare(slices.Index(headings, fold(a.Heading)), slices.Index(headings, fold(b.Heading)))
	})
	return d
}

// fold is a text as it is compared: files keep neither line breaks nor signs
// that nobody sees.
func fold(text string) string { return strings.Join(strings.Fields(document.Cell(text)), " ") }

// straight is a text with plain quotation marks: programs curl them by themselves.
func straight(text string) string { return quotes.Replace(text) }

var quotes = strings.NewReplacer("‘", "'", "’", "'", "“", `"`, "”", `"`)

// explains is what a dossier says of itself.
const explains = "This is what is recorded here in the name of %s, as of revision %d. " +
	"Change it, add to it, move or strike out what is no longer right, and send the file back: only what you changed is proposed. " +
	"The small signs and numbers lead to the record and tell what was changed from what is new, so leave them where they are."

// dash stands between the title of an initiative and its summary.
const dash = "—"
