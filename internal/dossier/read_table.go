package dossier

import (
	"slices"
	"strconv"
	"strings"

	"normmap/internal/document"
	"normmap/internal/export"
)

// sheet is an edited dossier in the form of a table.
type sheet struct {
	edited
	columns map[string]int
	nodes   map[string]*node // by slug, else by title
}

// headed finds the columns of a dossier; ok is false when it is another table.
func headed(s document.Sheet) (columns map[string]int, ok bool) {
	columns = map[string]int{}
	if len(s.Rows) == 0 {
		return columns, false
	}
	for i, cell := range s.Rows[0] {
		name := strings.ToLower(cell)
		if _, twice := columns[name]; !twice && slices.Contains(heads, name) {
			columns[name] = i
		}
	}
	for _, name := range []string{colTitle, colSummary, colCitations, colInitiative, colLine} {
		if _, there := columns[name]; !there {
			return columns, false
		}
	}
	return columns, true
}

func identifyTable(s document.Sheet) (organization string, revision int64, ok bool) {
	columns, ok := headed(s)
	if !ok {
		return "", 0, false
	}
	t := sheet{columns: columns}
	for _, row := range s.Rows[1:] {
		if organization == "" {
			organization = t.cell(row, colOf)
		}
		if n, err := strconv.ParseInt(t.cell(row, colRevision), 10, 64); err == nil && revision == 0 {
			revision = n
		}
	}
	return organization, revision, true
}

// readTable reads an edited dossier that was written as CSV, whatever format
// the table came back in.
func readTable(s document.Sheet) edited {
	t := &sheet{nodes: map[string]*node{}}
	var ok bool
	if t.columns, ok = headed(s); !ok {
		t.complain(s.Number(0), "", "the first row does not name the columns of a dossier: keep "+strings.Join(heads, ", "))
		return t.edited
	}
	further := map[string][]*cited{} // lines of rows that say nothing else
	var last *node
	for i, row := range s.Rows[1:] {
		at := s.Number(i + 1)
		line := t.line(row, at)
		slug := t.cell(row, colInitiative)
		if t.cell(row, colTitle) == "" && t.cell(row, colSummary) == "" && t.cell(row, colHeading) == "" && t.cell(row, colPartOf) == "" {
			switch {
			case line == nil:
			case slug != "":
				further[slug] = append(further[slug], line)
			case last != nil:
				last.lines = append(last.lines, line)
			default:
				t.complain(at, line.text, "cites something, but for what? Write the initiative's title in this row, or put the row under the one that it belongs to")
			}
			continue
		}
		if last = t.node(row, at); line != nil {
			last.lines = append(last.lines, line)
		}
	}
	t.each(func(n, _ *node) {
		n.lines = append(n.lines, further[n.slug]...)
		delete(further, n.slug)
	})
	for slug, lines := range further {
		if slug != "" {
			t.complain(lines[0].at, lines[0].text, "belongs to "+slug+", which has no row with a title: bring that row back, or strike this one out, too")
		}
	}
	return t.edited
}

func (t *sheet) cell(row []string, column string) string { return fold(t.raw(row, column)) }

// raw is a cell as it was written, with its paragraphs.
func (t *sheet) raw(row []string, column string) string {
	i, ok := t.columns[column]
	if !ok || i >= len(row) {
		return ""
	}
	return export.Unguarded(row[i])
}

// line is what a row cites, nil for nothing.
func (t *sheet) line(row []string, at int) *cited {
	text := bare(t.cell(row, colCitations))
	if text == "" {
		return nil
	}
	id, err := strconv.ParseInt(t.cell(row, colLine), 10, 64)
	if err != nil {
		id = 0
	}
	return &cited{id: id, owner: t.cell(row, colInitiative), text: text, at: at}
}

// node adds the initiative of a row under the one that it is a part of.
func (t *sheet) node(row []string, at int) *node {
	n := &node{slug: t.cell(row, colInitiative), heading: t.cell(row, colHeading), title: t.cell(row, colTitle), summary: parted(paragraphs(t.raw(row, colSummary))...), at: at}
	n.whole = joint(n.title, fold(n.summary))
	if n.title == "" {
		t.complain(at, n.summary, "has no title: write one, or strike out the whole row")
	}
	parent := t.nodes[t.cell(row, colPartOf)]
	switch name := t.cell(row, colPartOf); {
	case name == "":
		t.top = append(t.top, n)
	case parent == nil:
		t.complain(at, n.title, "is said to be a part of "+name+", which has no row above this one: write the slug or the title of one that has")
		t.top = append(t.top, n)
	default:
		n.heading = ""
		parent.parts = append(parent.parts, n)
	}
	for _, name := range []string{n.slug, n.title} {
		if t.nodes[name] == nil && name != "" {
			t.nodes[name] = n
		}
	}
	return n
}
