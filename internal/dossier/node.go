package dossier

import (
	"strings"
)

// node is an initiative of an edited dossier while it is read.
type node struct {
	slug    string // by its marker, "" when it has none
	heading string
	title   string
	summary string
	lines   []*cited
	parts   []*node
	at      int // line or row of the file
	whole   string
}

// cited is a line of citations of an edited dossier.
type cited struct {
	id    int64
	owner string // the initiative that its marker names
	text  string
	at    int
	flat  bool // it is not indented
}

// edited is a file that was read, before it is known what its things were.
type edited struct {
	top      []*node
	problems []Problem
}

// each walks through the initiatives in their order.
func (e *edited) each(do func(n, parent *node)) {
	var walk func(list []*node, parent *node)
	walk = func(list []*node, parent *node) {
		for _, n := range list {
			do(n, parent)
			walk(n.parts, n)
		}
	}
	walk(e.top, nil)
}

func (e *edited) complain(at int, text, what string) {
	e.problems = append(e.problems, Problem{at, shown(text), what})
}

// shown is as much of a text as a message repeats.
func shown(text string) string {
	runes := []rune(fold(text))
	if len(runes) <= 80 {
		return string(runes)
	}
	return string(runes[:80]) + "…"
}

// bare is a printed line without the brackets and the emphasis around it.
func bare(text string) string {
	text = fold(text)
	for {
		inner := strings.Trim(text, "*_ ")
		if wrapped(inner) {
			inner = inner[1 : len(inner)-1]
		}
		if inner == text {
			return text
		}
		text = inner
	}
}

// wrapped tells whether one pair of brackets holds a text.
func wrapped(text string) bool {
	if len(text) < 2 || text[0] != '(' || text[len(text)-1] != ')' {
		return false
	}
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 && i < len(text)-1 {
				return false
			}
		}
	}
	return depth == 0
}
