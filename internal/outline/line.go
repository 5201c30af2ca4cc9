package outline

import (
	"strings"
	"unicode/utf8"

	"normmap/internal/pattern"
)

// line is one line of the text without the space around it.
type line struct {
	Span
	text   string
	indent int // columns before it, a tab being four
	tabs   int // tabs within
}

// tab is how many columns a tab at the beginning of a line stands for.
const tab = 4

func lines(text string) []line {
	var all []line
	for at := 0; at <= len(text); {
		end := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i
		}
		all = append(all, lineAt(text, at, end))
		at = end + 1
	}
	return all
}

func lineAt(text string, start, end int) line {
	l := line{Span: Span{start, end}}
	for l.Start < l.End && l.indent >= 0 {
		r, size := utf8.DecodeRuneInString(text[l.Start:l.End])
		width := columns(r)
		if width == 0 {
			break
		}
		l.indent += width
		l.Start += size
	}
	l.text = strings.TrimRight(text[l.Start:l.End], " \t\r\u00a0\f\v")
	l.End = l.Start + len(l.text)
	l.tabs = strings.Count(l.text, "\t")
	return l
}

// columns is how far a kind of space indents, 0 for what is none.
func columns(r rune) int {
	switch r {
	case '\t':
		return tab
	case ' ', '\u00a0', '\u2002', '\u2003', '\u3000':
		return 1
	}
	return 0
}

// longLine is how many bytes no line has that somebody wrapped by hand.
const longLine = 130

// unwrapped tells of a text whose lines are whole paragraphs.
func unwrapped(text string) bool {
	for rest := text; rest != ""; {
		l, after, _ := strings.Cut(rest, "\n")
		if len(l) > longLine && !strings.Contains(l, "|") {
			return true
		}
		rest = after
	}
	return false
}

var (
	hashes   = pattern.New(`^(#{1,6})[ \t]+(\S.*)$`)
	rule     = pattern.New(`^(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,})$`)
	divider  = pattern.New(`^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$`)
	bullet   = pattern.New(`^([-*+•‣◦▪▫■□·●○∙–—→►▶✓✔\x{f0b7}\x{f0a7}]|o(?:\t|[ \t]{2})|§\t)[ \t\x{00a0}]*\s(\S.*)$`)
	bulletO  = pattern.New(`^(o|§)(?:\t|[ \t]{2,})(\S.*)$`)
	bulletOf = pattern.New(`^(o)[ \t](\p{Lu}.*)$`)
	numbered = pattern.New(`^([0-9]{1,2}[°º]|\(?(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}|[a-zA-Z]|[ivx]{2,5}|[IVX]{2,5})[.)]|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\.?|[A-Z](?:\.[0-9]{1,2}){1,2}[.)]?|[A-Z][0-9]{1,2}[.)]|(?:[0-9]{1,2}|[A-Ha-h]|[IVX]{1,4})/|[0-9]{1,2}(?:\.[-–]|°\)))[ \t\x{00a0}]+(\S.*)$`)
	dashed   = pattern.New(`^([0-9]{1,2})[ \t\x{00a0}]*[–—-][ \t\x{00a0}]+(\p{Lu}.*)$`)
	question = pattern.New(`^((?i:question|q|réponse à la question|answer(?: to)?(?: question)?)\.?[ \t]?(?:no\.?|n°)?[ \t]?[0-9]{1,2})[ \t]*[.):–—-]?[ \t]+(\S.*)$`)
	asked    = pattern.New(`^(?i:question|q)[ \t]?(?:n°[ \t]?)?[0-9]{1,2}[.:]?$`)
	note     = pattern.New(`^(\[\^[^\]\s]{1,12}\]:|\[(?:[A-Z]{1,4}[ .-]?)?[0-9]{1,3}\]:?|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}|\(\^?[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}\))[ \t\x{00a0}]*([^\s(].*|\(.*)$`)
	bold     = pattern.New(`^(?:\*\*|__)([^*]*[^*\s])(?:\*\*|__)(:?)$`)
	asking   = pattern.New(`^(?:\*\*|__)((?:(?i:question|q)[ \t]?)?[0-9]{1,2}[.):][ \t][^*]*|(?i:question|q)[ \t]?[0-9]{1,2}[^*]*)(?:\*\*|__)[ \t\n]+`)
	drawn    = pattern.New(`^(={1,6}|[-*~_+#]{2,})\s+([^-=*~_+#\s].*?\pL.*?)\s+(?:=+|[-*~_+#]{2,})$`)
	border   = pattern.New(`^\+(?:[-=]{2,}\+)+$`)
	speaker  = pattern.New(`^(?:[QAR]|Question|Answer|Réponse)\s?:\s`) // of an interview
	fence    = pattern.New("^(?:```|~~~)")
)
