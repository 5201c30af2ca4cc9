package outline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"normmap/internal/pattern"
)

// What is no longer than this, in code points, may be a heading.
const (
	shortHeading = 80
	longHeading  = 120
	boldHeading  = 250
	boldQuestion = 900
)

// headings finds those that bear no mark of one.
func (r *reader) headings() {
	r.questionnaire()
	r.runIn()
	for i := range r.blocks {
		p := &r.blocks[i]
		p.Alone, p.Gap = p.lines == 1, p.gap
		switch p.Kind {
		case Paragraph:
			r.paragraphHeading(i)
		case Item:
			r.itemHeading(i)
		case Row:
			r.loneRow(i)
		case Quote:
			r.quotedQuestion(i)
		}
	}
}

// runIn parts a question in bold from the answer that runs on after it.
func (r *reader) runIn() {
	var out []piece
	for _, p := range r.blocks {
		if ask, answer, ok := r.answered(p); ok {
			out = append(out, ask, answer)
			continue
		}
		m := asking.FindStringSubmatchIndex(p.Body.Of(r.text))
		if p.Kind != Paragraph || p.indent > 0 || m == nil {
			out = append(out, p)
			continue
		}
		ask, answer := p, p
		ask.Whole.End = p.Body.Start + m[1]
		ask.Body = Span{p.Body.Start + m[2], p.Body.Start + m[3]}
		ask.lines, ask.Question = 1, true
		r.into(&ask, questionLevel)
		answer.Whole.Start = p.Body.Start + m[1]
		answer.Whole = trimmed(r.text, answer.Whole)
		answer.Body, answer.gap = answer.Whole, false
		out = append(out, ask, answer)
	}
	r.blocks = out
}

// answered parts "Question 2." from an answer of several sentences that goes on
// in the same line.
func (r *reader) answered(p piece) (ask, answer piece, ok bool) {
	body := p.Body.Of(r.text)
	if p.Kind != Heading || !p.Question || p.Body.Start == p.Whole.Start || strings.Contains(body, "?") || !sentences.MatchString(body) {
		return ask, answer, false
	}
	ask, answer = p, p
	ask.Whole.End = p.Whole.Start + len(p.Mark)
	ask.Body, ask.lines = ask.Whole, 1
	answer.Kind, answer.Level, answer.Mark, answer.Question = Paragraph, 0, "", false
	answer.Whole, answer.gap = p.Body, false
	return ask, answer, true
}

// sentences are words that are more than one of them.
var sentences = pattern.New(`\p{Ll}{2}[.;!]\s+\p{Lu}[^.]*[.;!]`)

// paragraphHeading makes a heading of a line in bold, in capitals or short and
// by itself.
func (r *reader) paragraphHeading(i int) {
	p := &r.blocks[i]
	if p.lines != 1 || p.indent >= tab {
		return
	}
	body := p.Body.Of(r.text)
	n := utf8.RuneCountInString(body)
	if m := bold.FindStringSubmatchIndex(body); m != nil && (n <= boldHeading || n <= boldQuestion && strings.Contains(body, "?")) {
		p.Body = Span{p.Body.Start + m[2], p.Body.Start + m[3]}
		r.into(p, boldLevel)
		return
	}
	switch {
	case asked.MatchString(body):
		r.into(p, questionLevel)
		p.Question, p.Mark = true, body
	case n <= longHeading && capitals(body) && !strings.HasSuffix(body, "."):
		r.into(p, capsLevel)
	case n <= shortHeading && p.gap && p.indent == 0 && r.standsOver(i) && titled(body):
		r.into(p, shortLevel)
	}
}

// into makes a heading of a piece and reads the number that stands in front.
func (r *reader) into(p *piece, level int) {
	p.Kind, p.Level = Heading, level
	body := p.Body.Of(r.text)
	if m := question.FindStringSubmatch(body); m != nil {
		p.Mark, p.Question = m[1], true
	} else if m := numbered.FindStringSubmatch(body); m != nil {
		p.Mark, p.Question = m[1], strings.Contains(body, "?")
	}
	if p.Question {
		p.Level = questionLevel
	}
}

// quotedQuestion makes a heading of a numbered question that an answer quotes, as
// replies by e-mail do.
func (r *reader) quotedQuestion(i int) {
	p := &r.blocks[i]
	body := p.Body.Of(r.text)
	m := numbered.FindStringSubmatch(firstLine(body))
	if m == nil {
		m = question.FindStringSubmatch(firstLine(body))
	}
	if m != nil && strings.Contains(body, "?") && utf8.RuneCountInString(body) <= boldQuestion {
		p.Kind, p.Level, p.Question, p.Mark = Heading, questionLevel, true, m[1]
	}
}

func firstLine(s string) string {
	first, _, _ := strings.Cut(s, "\n")
	return first
}

// standsOver tells whether an empty line and then something else follows, or a
// list at once.
func (r *reader) standsOver(i int) bool {
	if i+1 == len(r.blocks) {
		return false
	}
	next := r.blocks[i+1]
	if next.Kind == Item && !next.gap {
		return true
	}
	return next.gap && (next.Kind == Item || next.Kind == Row || next.Kind == Paragraph && (next.lines > 1 || next.Body.End-next.Body.Start > shortHeading))
}

// itemHeading makes a heading of a number in front of a question, or of a
// short line that no other number stands beside.
func (r *reader) itemHeading(i int) {
	p := &r.blocks[i]
	body := p.Body.Of(r.text)
	first, _ := utf8.DecodeRuneInString(p.Mark)
	if p.indent >= tab || !isAlnum(first) && first != '(' || p.Mark == "o" {
		return
	}
	switch {
	case strings.HasSuffix(strings.TrimRight(body, "*_ "), "?") && unicode.IsDigit(first):
		p.Kind, p.Level, p.Question = Heading, questionLevel, true
	case p.lines == 1 && p.gap && utf8.RuneCountInString(body) <= longHeading && untermed(body) && (r.apart(i) || r.overCapitals(i)):
		p.Kind, p.Level = Heading, numberLevel
		if n := strings.Count(strings.TrimRight(p.Mark, "."), "."); n > 0 {
			p.Level += n
		}
	}
}

// overCapitals tells whether a numbered line of capitals stands over something else.
func (r *reader) overCapitals(i int) bool {
	return i+1 < len(r.blocks) && r.blocks[i+1].Kind != Item && capitals(r.blocks[i].Body.Of(r.text))
}

// apart tells whether the blocks around a numbered line are not numbered, or only
// a whole sentence before it.
func (r *reader) apart(i int) bool {
	if i+1 == len(r.blocks) || !r.blocks[i+1].gap {
		return false
	}
	if r.alike(i, i+1) {
		return false
	}
	return i == 0 || !r.alike(i-1, i) || r.blocks[i-1].gap && !untermed(r.blocks[i-1].Body.Of(r.text)) && r.blocks[i+1].Kind == Paragraph
}

// alike tells whether two blocks are items with marks of one kind.
func (r *reader) alike(i, j int) bool {
	a, b := r.blocks[i], r.blocks[j]
	return a.Kind == Item && b.Kind == Item && series(a.Mark) == series(b.Mark)
}

// loneRow makes a paragraph of a line with tabs that has no row beside it.
func (r *reader) loneRow(i int) {
	p := &r.blocks[i]
	if p.tabs == 0 {
		return
	}
	for _, j := range []int{i - 1, i + 1} {
		if j >= 0 && j < len(r.blocks) && r.blocks[j].tabs > 0 && !r.blocks[max(i, j)].gap {
			return
		}
	}
	p.Kind, p.Cells, p.content = Paragraph, nil, p.indent
}

func isAlnum(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// capitals tells whether a line has letters, all of them capitals.
func capitals(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n >= 5 && !strings.HasPrefix(s, "(") && !strings.HasPrefix(s, "[")
}

// untermed tells whether a line does not end as a sentence does: a name in quotes
// may end it, not what somebody said.
func untermed(s string) bool {
	s = noteMark.ReplaceAllString(shortAside.ReplaceAllString(s, ""), "")
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(strings.TrimRight(s, "*_ "), "»”\" \u00a0\u202f"))
	return !strings.ContainsRune(".;,!)…", last)
}

// shortAside is a year or a short name in brackets at the end of a title.
var shortAside = pattern.New(`\s\((?:(?:19|20)\d\d|[A-Z]{2,6})\)$`)

// noteMark is the mark of a footnote at the end of a line.
var noteMark = pattern.New(`(?:\s?\[\^?[0-9]{1,3}\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)+$`)

// twoSentences is a line that is more than one: no title.
var twoSentences = pattern.New(`\p{Ll}{3}[.!?]\s+\p{Lu}`)

// titled tells whether a line reads like a title: it begins with a capital or
// a number and does not end as a sentence does.
func titled(s string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "*_“\"«’' "))
	return (unicode.IsUpper(first) || unicode.IsDigit(first)) && untermed(s) && !twoSentences.MatchString(s) && !strings.HasSuffix(s, ":") && !dayEnds.MatchString(s)
}

// dayEnds are lines that end with a day: of a letter, not over a section.
var dayEnds = pattern.New(`(?:\b\d{1,2}(?:st|nd|rd|th|er)? \p{L}{3,10}|\p{L}{3,10} \d{1,2}),? 20\d\d$`)
