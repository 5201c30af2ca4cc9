package dossier

import (
	"encoding/csv"
	"io"
	"strconv"

	"normmap/internal/export"
)

// The columns of a dossier as CSV: a row for each initiative, and one more for
// each further line that it cites, of which the other cells are empty.
const (
	colInitiative = "initiative"
	colPartOf     = "part_of"
	colHeading    = "heading"
	colTitle      = "title"
	colSummary    = "summary"
	colCitations  = "citations"
	colLine       = "citation_line"
	colLinks      = "links"
	colAddress    = "address"
	colOf         = "dossier_of"
	colRevision   = "dossier_revision"
)

var heads = []string{colHeading, colPartOf, colTitle, colSummary, colCitations, colInitiative, colLine, colLinks, colAddress, colOf, colRevision}

// CSV writes the dossier as CSV.
func (d Dossier) CSV(w io.Writer) error {
	d = d.sorted()
	out := csv.NewWriter(w)
	out.UseCRLF = true
	rows := [][]string{heads}
	for _, i := range d.Initiatives {
		rows = d.rows(rows, i, "")
	}
	for _, row := range rows {
		for c := range row {
			row[c] = export.Harmless(row[c])
		}
	}
	return out.WriteAll(rows)
}

func (d Dossier) rows(rows [][]string, i Initiative, parent string) [][]string {
	heading := fold(i.Heading)
	if parent != "" {
		heading = ""
	}
	known := map[string]string{colInitiative: i.Slug, colOf: d.Organization, colRevision: strconv.FormatInt(d.Revision, 10)}
	rows = append(rows, row(known))
	fill(rows[len(rows)-1], map[string]string{colHeading: heading, colPartOf: parent, colTitle: fold(i.Title), colSummary: parted(paragraphs(i.Summary)...)})
	if i.Slug != "" {
		fill(rows[len(rows)-1], map[string]string{colAddress: d.address(i.Slug, 0)})
	}
	for n, l := range i.Lines {
		if n > 0 {
			rows = append(rows, row(known))
		}
		at := rows[len(rows)-1]
		fill(at, map[string]string{colCitations: fold(l.Text), colLinks: numbers(l.Links)})
		if l.ID > 0 {
			fill(at, map[string]string{colLine: strconv.FormatInt(l.ID, 10)})
		}
	}
	for _, p := range i.Parts {
		name := i.Slug
		if name == "" {
			name = fold(i.Title)
		}
		rows = d.rows(rows, p, name)
	}
	return rows
}

func row(cells map[string]string) []string {
	r := make([]string, len(heads))
	fill(r, cells)
	return r
}

func fill(r []string, cells map[string]string) {
	for i, h := range heads {
		if v, ok := cells[h]; ok {
			r[i] = v
		}
	}
}
