package outline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// questionnaire makes headings of what the numbered items of a form ask, where several
// of them ask something and answers stand under them: "2. Date of your answer", and on
// the next line, indented, 27 June 2023.
func (r *reader) questionnaire() {
	var numbered []int
	asked := 0
	for i, p := range r.blocks {
		first, _ := utf8.DecodeRuneInString(p.Mark)
		if p.Kind != Item || p.indent > 0 || !unicode.IsDigit(first) || strings.Contains(strings.TrimRight(p.Mark, "."), ".") {
			continue
		}
		numbered = append(numbered, i)
		if ask, _ := asks(p.Body.Of(r.text)); strings.Contains(p.Body.Of(r.text)[:ask], "?") {
			asked++
		}
	}
	if asked < leastAsked || 3*asked < len(numbered) {
		return
	}
	var out []piece
	for i, p := range r.blocks {
		if len(numbered) == 0 || numbered[0] != i {
			out = append(out, p)
			continue
		}
		numbered = numbered[1:]
		out = append(out, r.parted(p)...)
	}
	r.blocks = out
}

// leastAsked is how many questions make a form.
const leastAsked = 3

// asks is how long the question of an item is, and where its answer begins: after the
// line that ends with a question mark, else after the first. What goes on after the
// mark asks more.
func asks(body string) (end, answer int) {
	mark := strings.Index(body, "?")
	line := strings.IndexByte(body, '\n')
	if mark > 0 {
		if after := strings.IndexByte(body[mark:], '\n'); after >= 0 {
			line = mark + after
		} else {
			line = -1
		}
		if rest := body[mark+1:]; strings.TrimSpace(rest[:max(0, min(len(rest), line-mark-1))]) != "" {
			line = -1
		}
	}
	if line < 0 {
		return len(body), len(body)
	}
	return line, line + 1
}

// parted are the question and the answer of an item.
func (r *reader) parted(p piece) []piece {
	body := p.Body.Of(r.text)
	end, from := asks(body)
	ask, answer := p, p
	ask.Body.End = p.Body.Start + end
	ask.Whole.End, ask.lines = ask.Body.End, 1
	ask.Kind, ask.Level, ask.Question = Heading, questionLevel, true
	if from >= len(body) {
		return []piece{ask}
	}
	answer.Kind, answer.Mark, answer.gap, answer.lines = Paragraph, "", false, p.lines-1
	answer.Whole = trimmed(r.text, Span{p.Body.Start + from, p.Body.End})
	answer.Body = answer.Whole
	return []piece{ask, answer}
}
