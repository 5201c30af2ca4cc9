package outline

import (
	"slices"
	"strings"
	"unicode"
)

// level is an item that is still open: others may be nested in it.
type level struct {
	indent, content int
	style           string
}

// nest finds how deep each item stands and what continues it.
func (r *reader) nest() {
	var open []level
	for i := range r.blocks {
		p := &r.blocks[i]
		switch {
		case p.Kind == Item:
			open = above(open, p)
			p.Level = len(open)
			open = append(open, level{p.indent, p.content, series(p.Mark)})
		case p.Kind == Heading || p.Kind == Note:
			open = nil
		default:
			for len(open) > 0 && !continues(open[len(open)-1], p) && !r.rightUnder(i) {
				open = open[:len(open)-1]
			}
			p.Level = len(open)
		}
	}
}

// rightUnder tells of a paragraph that follows an item without an empty line,
// in a text whose paragraphs are lines: the item was only its name.
func (r *reader) rightUnder(i int) bool {
	p := r.blocks[i]
	if !r.unwrapped || p.Kind != Paragraph || p.gap || i == 0 {
		return false
	}
	before := r.blocks[i-1]
	return (p.indent > before.indent || p.indent == 0 && before.indent == 0) && (before.Kind == Item || before.Kind == Paragraph && before.Level > 0)
}

// continues tells whether a block that is no item belongs to an open one: it
// is indented further than its mark.
func continues(l level, p *piece) bool {
	return p.indent > l.indent && p.indent >= min(l.content, l.indent+2)
}

// above returns the open items that the item p is nested in.
func above(open []level, p *piece) []level {
	style := series(p.Mark)
	for len(open) > 0 && open[len(open)-1].indent > p.indent+1 {
		open = open[:len(open)-1]
	}
	if len(open) == 0 || p.indent > open[len(open)-1].indent+1 {
		return open
	}
	first := len(open)
	for first > 0 && open[first-1].indent >= p.indent-1 {
		first--
	}
	beside := open[first:]
	if i := slices.IndexFunc(beside, func(l level) bool { return l.style == style }); i >= 0 {
		return open[:first+i]
	}
	for len(beside) > 0 && !inner(beside[len(beside)-1].style, style) {
		beside = beside[:len(beside)-1]
	}
	return open[:first+len(beside)]
}

// inner tells whether marks of one style, not indented, stand for parts of an
// item with a mark of another.
func inner(outer, style string) bool {
	switch outer {
	case "digits":
		return style != "dots"
	case "letters", "roman":
		return !strings.HasSuffix(style, "s") && style != "roman"
	case "•", "●", "■", "►", "\uf0b7":
		return strings.Contains("o – — - ▪ ‣ → \uf0a7", style)
	}
	return style == "o"
}

// series is the kind of a mark: which others continue its list.
func series(mark string) string {
	core := strings.Trim(mark, "()./")
	switch {
	case strings.Contains("o◦○", mark):
		return "o"
	case core == "" || !isAlnum([]rune(core)[0]):
		return mark
	case strings.Contains(core, "."):
		return "dots"
	case unicode.IsDigit([]rune(core)[0]) && core == mark:
		return "dashed"
	case unicode.IsDigit([]rune(core)[0]):
		return "digits"
	case len(core) > 1 || strings.Contains("IVX", core) && strings.ToUpper(core) == core:
		return "roman"
	}
	return "letters"
}
