package document

import (
	"regexp"
	"strings"
)

// hyperlink reads a link. Word keeps the part of an address behind # by itself,
// as it does a place in the document.
func (w *word) hyperlink(e *element) string {
	text, target, anchor := w.run(e), w.links[e.attr("id")], e.attr("anchor")
	if anchor != "" && e.attr("id") == "" {
		return text // a place in the document itself
	}
	return linked(text, withAnchor(target, anchor))
}

func withAnchor(target, anchor string) string {
	if anchor == "" || target == "" || strings.Contains(target, "#") {
		return target
	}
	return target + "#" + anchor
}

// linkField is what a field says that is a link: LibreOffice writes these for
// addresses with #.
var linkField = regexp.MustCompile(`^\s*HYPERLINK\s+"([^"]*)"(?:.*?\\l\s+"([^"]*)")?`)

// field reads what a field shows, as a link where it is one.
func field(says, text string) string {
	m := linkField.FindStringSubmatch(says)
	if m == nil || m[1] == "" {
		return text
	}
	return linked(text, withAnchor(m[1], m[2]))
}

// longestField bounds in how many runs the end of a field is looked for.
const longestField = 200

// complexField reads a field whose parts stand in runs beside each other, from
// the one that begins it on. Used is how many of them that takes: none when it
// does not end among them.
func (w *word) complexField(runs []*element) (text string, used int) {
	var says, shown strings.Builder
	depth, separate := 0, false
	for i, r := range runs[:min(len(runs), longestField)] {
		switch kind := fieldMark(r); {
		case kind == "begin":
			depth++
		case kind == "separate" && depth == 1:
			separate = true
		case kind == "end" && depth == 1:
			return field(says.String(), shown.String()), i + 1
		case kind == "end":
			depth--
		case separate && depth == 1:
			shown.WriteString(w.run(&element{children: []*element{r}}))
		case depth == 1:
			r.all("instrText", func(t *element) { says.WriteString(t.words()) })
		}
	}
	return "", 0
}

// fieldMark is which part of a field a run marks, "" for none.
func fieldMark(e *element) string {
	if e.name != "r" {
		return ""
	}
	if mark := e.child("fldChar"); mark != nil {
		return mark.attr("fldCharType")
	}
	return ""
}
