package ui

import (
	"strings"
	"unicode"
)

// Mark is a piece of two texts: in both, only in the first (Gone) or only in
// the second (New).
type Mark struct {
	Text      string
	Gone, New bool
}

// maxCompared bounds how many words of each text are compared one by one: the
// work grows with their product. Longer texts are marked as a whole.
const maxCompared = 1500

// WordMarks compares two texts word by word.
func WordMarks(before, after string) []Mark {
	if before == after {
		return joined([]Mark{{Text: before}})
	}
	a, b := splitWords(before), splitWords(after)
	if len(a) > maxCompared || len(b) > maxCompared {
		return joined([]Mark{{Text: before, Gone: true}, {Text: after, New: true}})
	}
	return joined(compared(a, b, common(a, b)))
}

// splitWords cuts a text before and after each run of space.
func splitWords(s string) []string {
	var out []string
	start := 0
	var space bool
	for i, r := range s {
		if i > start && unicode.IsSpace(r) != space {
			out = append(out, s[start:i])
			start = i
		}
		space = unicode.IsSpace(r)
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

// common tells for each pair of places how long the longest common row of
// words from there on is.
func common(a, b []string) [][]int {
	n := make([][]int, len(a)+1)
	for i := range n {
		n[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				n[i][j] = n[i+1][j+1] + 1
			} else {
				n[i][j] = max(n[i+1][j], n[i][j+1])
			}
		}
	}
	return n
}

func compared(a, b []string, n [][]int) (out []Mark) {
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			out = append(out, Mark{Text: a[i]})
			i, j = i+1, j+1
		case n[i+1][j] >= n[i][j+1]:
			out = append(out, Mark{Text: a[i], Gone: true})
			i++
		default:
			out = append(out, Mark{Text: b[j], New: true})
			j++
		}
	}
	out = append(out, Mark{Text: strings.Join(a[i:], ""), Gone: true})
	return append(out, Mark{Text: strings.Join(b[j:], ""), New: true})
}

// joined puts neighbours of the same sort together, and what is gone before
// what came in its place: single words that stayed by chance between changed
// ones are told only when they are more than space.
func joined(marks []Mark) []Mark {
	var out []Mark
	var gone, came strings.Builder
	flush := func() {
		for _, m := range []Mark{{Text: gone.String(), Gone: true}, {Text: came.String(), New: true}} {
			if m.Text != "" {
				out = append(out, m)
			}
		}
		gone.Reset()
		came.Reset()
	}
	for i, m := range marks {
		between := strings.TrimSpace(m.Text) == "" && gone.Len()+came.Len() > 0 && i+1 < len(marks) && (marks[i+1].Gone || marks[i+1].New) && marks[i+1].Text != ""
		switch {
		case m.Gone:
			gone.WriteString(m.Text)
		case m.New:
			came.WriteString(m.Text)
		case between:
			gone.WriteString(m.Text)
			came.WriteString(m.Text)
		case m.Text != "":
			flush()
			if n := len(out); n > 0 && !out[n-1].Gone && !out[n-1].New {
				out[n-1].Text += m.Text
			} else {
				out = append(out, m)
			}
		}
	}
	flush()
	return out
}
