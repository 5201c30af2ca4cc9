package document

import (
	"path"
	"regexp"
	"strconv"
	"strings"
)

// word reads the parts of a Word document.
type word struct {
	*writer
	styles    map[string]wordStyle
	numbering numbering
	links     map[string]string
	notes     map[string]string // text of a footnote by its id
	order     []string          // ids of the notes as they are met
}

// wordStyle is what a style of paragraphs says about their place.
type wordStyle struct {
	name    string
	outline int // 1 for the widest heading, 0 for none
	list    string
	level   string
	quote   bool
}

func readDOCX(data []byte, l Limits) (string, error) {
	a, err := openArchive(DOCX, data, l)
	if err != nil {
		return "", err
	}
	parts := map[string]*element{}
	for _, name := range []string{"document.xml", "styles.xml", "numbering.xml", "footnotes.xml", "endnotes.xml", "_rels/document.xml.rels"} {
		if parts[name], err = a.tree(path.Join("word", name), l); err != nil {
			return "", err
		}
	}
	w := &word{writer: newWriter(l), notes: map[string]string{}, numbering: readNumbering(parts["numbering.xml"])}
	w.styles = readStyles(parts["styles.xml"])
	w.links = map[string]string{}
	parts["_rels/document.xml.rels"].all("Relationship", func(e *element) { w.links[e.attr("Id")] = e.attr("Target") })
	w.readNotes(parts["footnotes.xml"], "footnote", "")
	w.readNotes(parts["endnotes.xml"], "endnote", "e")
	parts["document.xml"].all("body", func(e *element) { w.blocks(e) })
	for i, id := range w.order {
		w.note(strconv.Itoa(i+1), w.notes[id])
	}
	return w.text(l)
}

// readNotes keeps the text of notes for where they are met.
func (w *word) readNotes(root *element, name, prefix string) {
	root.all(name, func(e *element) {
		if e.attr("type") != "" {
			return // lines that part notes from text
		}
		var text []string
		e.all("p", func(p *element) { text = append(text, w.run(p)) })
		w.notes[prefix+e.attr("id")] = strings.Join(text, " ")
	})
}

func (w *word) blocks(e *element) {
	for _, c := range e.children {
		switch c.name {
		case "p":
			w.wordParagraph(c)
		case "tbl":
			w.wordTable(c)
		case "sdt", "sdtContent", "ins", "customXml", "smartTag", "moveTo":
			w.blocks(c)
		}
	}
}

func (w *word) wordParagraph(p *element) {
	text := strings.TrimSpace(w.run(p))
	props := p.child("pPr")
	if props == nil {
		props = &element{}
	}
	style := w.styles[props.value("pStyle")]
	outline := style.outline
	if n, err := strconv.Atoi(props.value("outlineLvl")); err == nil && n < 9 {
		outline = n + 1
	}
	list, level := props.value("numPr", "numId"), props.value("numPr", "ilvl")
	if list == "" {
		list = style.list
	}
	if level == "" {
		level = style.level
	}
	mark, depth := "", 0
	if list != "" && list != "0" && text != "" {
		depth, _ = strconv.Atoi(level)
		mark = w.numbering.next(list, depth)
	}
	switch {
	case outline > 0:
		w.heading(outline, strings.TrimPrefix(mark+" "+text, "- "))
	case mark != "":
		w.item(min(max(depth, 0), 8), mark, text)
	case list != "" && list != "0":
		w.paragraph(min(max(depth, 0), 8)+1, text)
	case style.quote:
		w.quote(text)
	case bolded(p) && !strings.Contains(text, "\n"):
		w.paragraph(0, wrapped("**", text))
	default:
		w.paragraph(0, text)
	}
}

func wrapped(sign, text string) string {
	if text == "" {
		return ""
	}
	return sign + text + sign
}

// bolded tells whether all words of a paragraph are bold.
func bolded(p *element) bool {
	bold, any := true, false
	p.all("r", func(r *element) {
		if strings.TrimSpace(r.words()) == "" {
			return
		}
		any = true
		b := r.child("rPr", "b")
		bold = bold && b != nil && b.attr("val") != "0" && b.attr("val") != "false"
	})
	return any && bold
}

// run returns the words of a paragraph or of what is in it.
func (w *word) run(e *element) string {
	var b strings.Builder
	for i := 0; i < len(e.children); i++ {
		c := e.children[i]
		if fieldMark(c) == "begin" {
			if text, used := w.complexField(e.children[i:]); used > 0 {
				b.WriteString(text)
				i += used - 1
				continue
			}
		}
		switch c.name {
		case "t":
			b.WriteString(c.words())
		case "fldSimple":
			b.WriteString(field(c.attr("instr"), w.run(c)))
		case "tab":
			b.WriteByte(' ')
		case "br", "cr":
			b.WriteByte('\n')
		case "noBreakHyphen":
			b.WriteByte('-')
		case "hyperlink":
			b.WriteString(w.hyperlink(c))
		case "footnoteReference":
			b.WriteString(w.noted(c.attr("id")))
		case "endnoteReference":
			b.WriteString(w.noted("e" + c.attr("id")))
		case "del", "moveFrom", "Fallback", "instrText", "pPr", "rPr", "delText", "":
		default:
			b.WriteString(w.run(c))
		}
	}
	return b.String()
}

// noted returns the mark of a note, which counts from one in order of place.
func (w *word) noted(id string) string {
	if w.notes[id] == "" {
		return ""
	}
	w.order = append(w.order, id)
	return "[^" + strconv.Itoa(len(w.order)) + "]"
}

func (w *word) wordTable(t *element) {
	w.apart()
	first := true
	for _, tr := range t.children {
		if tr.name != "tr" {
			continue
		}
		var cells []string
		for _, tc := range tr.children {
			if tc.name == "tc" {
				var text []string
				tc.all("p", func(p *element) { text = append(text, w.run(p)) })
				cells = append(cells, strings.Join(text, " "))
			}
		}
		if len(cells) == 1 {
			w.paragraph(0, cells[0])
			continue
		}
		w.row(cells, first)
		first = false
	}
	w.apart()
}

var headingName = regexp.MustCompile(`(?i)^(?:heading|titre|überschrift) ?([1-9])$`)

// readStyles reads the styles of paragraphs with what they inherit.
func readStyles(root *element) map[string]wordStyle {
	styles, based := map[string]wordStyle{}, map[string]string{}
	root.all("style", func(e *element) {
		s := wordStyle{name: e.value("name"), list: e.value("pPr", "numPr", "numId"), level: e.value("pPr", "numPr", "ilvl")}
		if n, err := strconv.Atoi(e.value("pPr", "outlineLvl")); err == nil && n < 9 {
			s.outline = n + 1
		}
		lower := strings.ToLower(s.name)
		if m := headingName.FindStringSubmatch(s.name); m != nil {
			s.outline, _ = strconv.Atoi(m[1])
		}
		if lower == "title" {
			s.outline = 1
		}
		s.quote = strings.Contains(lower, "quote") || lower == "block text"
		styles[e.attr("styleId")] = s
		based[e.attr("styleId")] = e.value("basedOn")
	})
	for id := range styles {
		styles[id] = inherit(styles, based, id)
	}
	return styles
}

// inherit fills what a style leaves to the ones that it is based on.
func inherit(styles map[string]wordStyle, based map[string]string, id string) wordStyle {
	s := styles[id]
	for range 10 {
		if id = based[id]; id == "" {
			break
		}
		base := styles[id]
		if s.outline == 0 {
			s.outline = base.outline
		}
		if s.list == "" {
			s.list, s.level = base.list, base.level
		}
		s.quote = s.quote || base.quote
	}
	return s
}
