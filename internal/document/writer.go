package document

import (
	"strings"
)

// writer writes down what a format says, the way people type it. It stops
// taking text when there is more than any contribution has.
type writer struct {
	b     strings.Builder
	last  string // the kind of the block before
	limit int
	full  bool
}

func newWriter(l Limits) *writer { return &writer{limit: l.Text} }

// text returns what was written.
func (w *writer) text(l Limits) (string, error) {
	if w.full {
		return "", tooLong(l)
	}
	return composed(w.b.String()), nil
}

// block writes a block; blocks of a kind that stands close have no empty line
// between them.
func (w *writer) block(kind, first, rest, text string) {
	text = tidy(text)
	if text == "" || w.full {
		return
	}
	if w.b.Len()+len(text) > w.limit {
		w.full = true
		return
	}
	if w.b.Len() > 0 {
		w.b.WriteByte('\n')
		if kind != w.last || kind == "" {
			w.b.WriteByte('\n')
		}
	}
	w.b.WriteString(first)
	w.b.WriteString(strings.ReplaceAll(text, "\n", "\n"+rest))
	w.last = kind
}

func (w *writer) heading(level int, text string) {
	w.block("", strings.Repeat("#", min(max(level, 1), 6))+" ", "", flat(text))
}

// paragraph writes one that continues an item when depth is more than 0.
func (w *writer) paragraph(depth int, text string) {
	indent := strings.Repeat("  ", depth)
	w.block("", indent, indent, text)
}

// item writes one that is nested in depth others.
func (w *writer) item(depth int, mark, text string) {
	indent := strings.Repeat("  ", depth)
	w.block("item", indent+mark+" ", indent+"  ", text)
}

func (w *writer) quote(text string) { w.block("quote", "> ", "> ", text) }

func (w *writer) note(mark, text string) { w.block("note", "[^"+mark+"]: ", "    ", flat(text)) }

// row writes a row of a table; the header is underlined.
func (w *writer) row(cells []string, header bool) {
	clean := make([]string, len(cells))
	empty := true
	for i, c := range cells {
		clean[i] = strings.ReplaceAll(flat(c), "|", `\|`)
		empty = empty && clean[i] == ""
	}
	if empty {
		return
	}
	w.block("row", "", "", "| "+strings.Join(clean, " | ")+" |")
	if header {
		w.block("row", "", "", "|"+strings.Repeat(" --- |", len(cells)))
	}
}

// apart makes the next block stand apart, as the first of a new list or table.
func (w *writer) apart() { w.last = "" }

// tidy takes superfluous space out of text but keeps its lines.
func tidy(s string) string {
	lines := strings.Split(s, "\n")
	out := lines[:0]
	for _, l := range lines {
		if l = flat(l); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

// flat is text on one line.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

// linked writes a link. One without address keeps its words and says so.
func linked(text, target string) string {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return ""
	case target == "":
		target = "#"
	case strings.TrimSuffix(target, "/") == strings.TrimSuffix(text, "/"):
		return text
	case strings.HasPrefix(target, "#") && len(target) > 1:
		return text // a place in the document itself
	}
	return "[" + bracketed.Replace(text) + "](" + addressed.Replace(target) + ")"
}

var (
	bracketed = strings.NewReplacer("[", `\[`, "]", `\]`, "\n", " ")
	addressed = strings.NewReplacer(" ", "%20", "\n", "", "\t", "", "<", "%3C", ">", "%3E", "(", "%28", ")", "%29")
)
