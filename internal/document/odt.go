package document

import (
	"fmt"
	"strconv"
	"strings"
)

// odt reads an OpenDocument text.
type odt struct {
	*writer
	numbered map[string]map[int]bool // levels of a list style that count
	quoting  map[string]bool         // styles of quotations
	notes    []string
}

func readODT(data []byte, l Limits) (string, error) {
	a, err := openArchive(ODT, data, l)
	if err != nil {
		return "", err
	}
	content, err := a.tree("content.xml", l)
	if err != nil {
		if manifest, _ := a.read("META-INF/manifest.xml", l); strings.Contains(string(manifest), "encryption-data") {
			return "", refuse(Encrypted, "the file is protected by a password: save it without one and send that")
		}
		return "", err
	}
	styles, err := a.tree("styles.xml", l)
	if err != nil {
		return "", err
	}
	o := &odt{writer: newWriter(l), numbered: map[string]map[int]bool{}, quoting: map[string]bool{}}
	for _, root := range []*element{content, styles} {
		root.all("list-style", o.listStyle)
		root.all("style", func(e *element) {
			name := strings.ToLower(e.attr("name") + e.attr("parent-style-name"))
			o.quoting[e.attr("name")] = strings.Contains(name, "quot")
		})
	}
	content.all("text", func(e *element) { o.blocks(e, nil) })
	for i, text := range o.notes {
		o.note(strconv.Itoa(i+1), text)
	}
	return o.text(l)
}

func (o *odt) listStyle(e *element) {
	levels := map[int]bool{}
	e.all("list-level-style-number", func(l *element) {
		if n, err := strconv.Atoi(l.attr("level")); err == nil && l.attr("num-format") != "" {
			levels[n] = true
		}
	})
	o.numbered[e.attr("name")] = levels
}

// odtList is a list that is open: its style and the number of its next item.
type odtList struct {
	style string
	next  int
}

func (o *odt) blocks(e *element, lists []odtList) {
	for _, c := range e.children {
		switch c.name {
		case "h":
			level, _ := strconv.Atoi(c.attr("outline-level"))
			o.heading(max(level, 1), o.run(c))
		case "p":
			o.odtParagraph(c, lists)
		case "list":
			o.list(c, lists)
		case "table":
			o.table(c)
		case "section", "index-body":
			o.blocks(c, lists)
		}
	}
}

func (o *odt) odtParagraph(e *element, lists []odtList) {
	if o.quoting[e.attr("style-name")] && len(lists) == 0 {
		o.quote(o.run(e))
		return
	}
	o.paragraph(len(lists), o.run(e))
}

func (o *odt) list(e *element, lists []odtList) {
	if len(lists) == 0 {
		o.apart()
	}
	style := e.attr("style-name")
	if style == "" && len(lists) > 0 {
		style = lists[len(lists)-1].style
	}
	l := odtList{style: style, next: 1}
	if e.attr("continue-numbering") == "true" {
		l.next = 2
	}
	for _, item := range e.children {
		if item.name != "list-item" && item.name != "list-header" {
			continue
		}
		mark := "-"
		if o.numbered[style][len(lists)+1] {
			mark = fmt.Sprintf("%d.", l.next)
		}
		l.next++
		o.listItem(item, mark, append(lists[:len(lists):len(lists)], l))
	}
}

// listItem writes the first paragraph with the mark and the rest under it.
func (o *odt) listItem(item *element, mark string, lists []odtList) {
	rest := item.children
	for i, c := range item.children {
		if c.name == "p" || c.name == "h" {
			if text := o.run(c); text != "" {
				o.item(len(lists)-1, mark, text)
			}
			rest = item.children[i+1:]
			break
		}
		if c.name == "list" {
			break
		}
	}
	o.blocks(&element{children: rest}, lists)
}

func (o *odt) table(t *element) {
	o.apart()
	first := true
	var rows func(e *element)
	rows = func(e *element) {
		for _, c := range e.children {
			switch c.name {
			case "table-header-rows", "table-rows", "table-row-group":
				rows(c)
			case "table-row":
				o.tableRow(c, &first)
			}
		}
	}
	rows(t)
	o.apart()
}

func (o *odt) tableRow(e *element, first *bool) {
	var cells []string
	for _, c := range e.children {
		if c.name != "table-cell" {
			continue
		}
		var text []string
		c.all("p", func(p *element) { text = append(text, o.run(p)) })
		cells = append(cells, strings.Join(text, " "))
	}
	if len(cells) == 1 {
		o.paragraph(0, cells[0])
		return
	}
	o.row(cells, *first)
	*first = false
}

// run returns the words of a paragraph or of what is in it.
func (o *odt) run(e *element) string {
	var b strings.Builder
	for _, c := range e.children {
		switch c.name {
		case "":
			b.WriteString(strings.NewReplacer("\n", " ", "\t", " ").Replace(c.text))
		case "s", "tab":
			b.WriteByte(' ')
		case "line-break":
			b.WriteByte('\n')
		case "a":
			b.WriteString(linked(o.run(c), c.attr("href")))
		case "note":
			b.WriteString(o.noted(c))
		case "tracked-changes", "annotation", "bookmark", "soft-page-break":
		default:
			b.WriteString(o.run(c))
		}
	}
	return b.String()
}

func (o *odt) noted(e *element) string {
	body := e.child("note-body")
	if body == nil {
		return ""
	}
	var text []string
	body.all("p", func(p *element) { text = append(text, o.run(p)) })
	o.notes = append(o.notes, strings.Join(text, " "))
	return fmt.Sprintf("[^%d]", len(o.notes))
}
