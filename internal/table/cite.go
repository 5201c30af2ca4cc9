package table

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"normmap/internal/citation"
	"normmap/internal/norms"
)

// passage is a cell under a heading that names a principle or an agreement, or
// one of a column of citations: what it cites, and what it tells.
type passage struct {
	column int
	text   string // what was done, "" where the cell only cites
	line   string // what is cited, as printed
	refs   []norms.Reference
}

// passages are those of the row's cells.
func (r *row) passages() []passage {
	var all []passage
	name, numbers := r.beside()
	for i, c := range r.mapping.Columns {
		cell := r.cells[i]
		if f, known := r.mapping.Kind.field(c.Field); !known || f.holds != cited || blank[strings.ToLower(cell)] || i == name {
			continue
		}
		if i == numbers {
			p, _ := r.citing(r.cells[name], cell) // that it does was seen before
			p.column = i
			all = append(all, p)
			continue
		}
		if p, ok := r.passage(i, cell); ok {
			all = append(all, p)
		}
	}
	return all
}

// beside are the two columns of a row of which one only names an agreement and the
// other has its numbers, -1 where there are not just these two.
func (r *row) beside() (name, numbers int) {
	g := r.known.grammar()
	var names, numbered []int
	for i, c := range r.mapping.Columns {
		cell := r.cells[i]
		if f, known := r.mapping.Kind.field(c.Field); !known || f.holds != cited || len(g.Named(c.heading())) > 0 {
			continue
		}
		switch labels, _ := citation.Numbers(cell); {
		case len(labels) > 0:
			numbered = append(numbered, i)
		case len(g.Named(cell)) == 1 && len(g.Parse(cell)) == 0:
			names = append(names, i)
		}
	}
	if len(names) != 1 || len(numbered) != 1 {
		return -1, -1
	}
	return names[0], numbered[0]
}

// passage reads one cell: its own citations, else numbers of the agreement
// that the heading names, else the principle that the heading cites.
func (r *row) passage(column int, cell string) (passage, bool) {
	heading := r.mapping.Columns[column].heading()
	above := r.known.grammar().Parse(heading)
	if len(above) > 0 {
		if no[strings.ToLower(cell)] {
			return passage{}, false
		}
		p := passage{column: column, line: heading, refs: references(above)}
		if !yes[strings.ToLower(cell)] {
			p.text = cell
		}
		return p, true
	}
	if no[strings.ToLower(cell)] && cell != "0" {
		return passage{}, false
	}
	p, why := r.citing(heading, cell)
	if why != "" {
		r.complainAt(column, citations, why)
		return passage{}, false
	}
	p.column = column
	return p, true
}

// citing reads a cell that names numbers or whole citations.
func (r *row) citing(heading, cell string) (passage, string) {
	g := r.known.grammar()
	named := g.Named(heading)
	if labels, noun := citation.Numbers(cell); len(labels) > 0 {
		if len(named) != 1 {
			return passage{}, fmt.Sprintf("%q are numbers, but of which agreement? Write it before them, or give the column the agreement's name", shown(cell))
		}
		ref := citation.Reference{Text: cell, Agreement: named[0].Agreement, Name: named[0].Text, Noun: noun, Labels: labels}
		return passage{line: heading + ": " + cell, refs: references([]citation.Reference{ref})}, ""
	}
	over := ""
	if len(named) == 1 {
		over = "# " + heading + "\n\n"
	}
	found := g.ReadLine(over + cell)
	for _, p := range found.Passages {
		if p.Start >= utf8.RuneCountInString(over) && p.Reason != citation.NotNamed {
			return passage{}, fmt.Sprintf("%q cites something, but nothing says of which agreement: write its name before the number", shown(p.Text))
		}
	}
	refs := slices.DeleteFunc(found.References, func(ref citation.Reference) bool { return ref.Start < utf8.RuneCountInString(over) })
	if len(refs) == 0 {
		return passage{}, fmt.Sprintf("%q cites nothing: write what it supports as it is printed, such as Paris Call principle 5, or leave the cell empty", shown(cell))
	}
	p := passage{line: cell, refs: references(refs)}
	if utf8.RuneCountInString(cell) > mereCitation(refs) {
		p.text = cell
	}
	if utf8.RuneCountInString(cell) > norms.MaxLine || p.text != "" {
		printed := make([]string, len(refs))
		for i, ref := range refs {
			printed[i] = ref.Text
		}
		p.line = strings.Join(printed, "; ")
	}
	return p, ""
}

// mereCitation is how long a cell may be that does nothing but cite.
func mereCitation(refs []citation.Reference) int {
	n := 30
	for _, ref := range refs {
		n += 2 * utf8.RuneCountInString(ref.Text)
	}
	return n
}

// references are what was read as edits hold it. Tables have no places that
// count in a text: the line says which cell it is from.
func references(read []citation.Reference) []norms.Reference {
	out := make([]norms.Reference, len(read))
	for i, ref := range read {
		out[i] = norms.Reference{Text: ref.Text, Start: -1, End: -1, Name: ref.Name, Agreement: ref.Agreement, Edition: ref.Edition}
		for _, l := range ref.Labels {
			out[i].Labels = append(out[i].Labels, l.Text)
		}
	}
	return out
}

// cite adds the lines of citations of an initiative that are not recorded yet.
// Cells that cite the same words are one line.
func (r *row) cite(initiative string, all []passage) {
	if len(all) == 0 {
		return
	}
	source := r.source()
	if source == "" {
		return
	}
	said := map[string]bool{}
	for _, p := range all {
		e := norms.PutCitationLine{Source: source, Initiative: initiative, Text: p.line, Place: r.place(p.column), References: p.refs}
		_, recorded := first(r.known, r.known.Lines, "line", source, initiative, inCell(p.line))
		if said[p.line] || recorded {
			continue
		}
		said[p.line] = true
		if err := e.Check(); err != nil {
			r.complainAt(p.column, citations, err.Error())
			continue
		}
		r.put(e, Changed)
		r.changes(p.column, citations, "", p.line)
	}
}

// source is the document that the row's citations are from.
func (r *row) source() string {
	if s := r.text("source"); s != "" {
		return s
	}
	if slug := r.mapping.Values["source"]; len(r.known.called("source", slug)) == 1 {
		return r.known.called("source", slug)[0]
	}
	r.complain("source", "source is missing: say which document these citations are from")
	return ""
}

// joined are the texts of passages, each once.
func joined(all []passage) string {
	var texts []string
	for _, p := range all {
		if p.text != "" && !slices.Contains(texts, p.text) {
			texts = append(texts, p.text)
		}
	}
	return strings.Join(texts, "\n")
}

// maxTitle is how long the name is that a passage gives to what it tells of.
const maxTitle = 110

// titleOf is what a passage without a name is called: its first sentence.
func titleOf(passage string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(passage), "\n")
	for i, c := range line {
		if strings.ContainsRune(".!?;:", c) && i > 15 && strings.HasPrefix(line[i+utf8.RuneLen(c):], " ") {
			line = line[:i]
			break
		}
	}
	line = strings.TrimRight(line, ".:;,! ")
	runes := []rune(line)
	if len(runes) <= maxTitle {
		return cmp.Or(line, strings.TrimSpace(passage))
	}
	cut := string(runes[:maxTitle])
	if i := strings.LastIndexByte(cut, ' '); i > maxTitle/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:") + "…"
}
