package page

import "normmap/internal/norms"

// stretch is a stretch of a text: plain, or what cites something.
type stretch struct {
	Text string
	Mark *norms.TextMark
}

// stretches cuts a piece of a text at its marks. Of marks that overlap the first
// is shown in the text; all are listed.
func stretches(t norms.SourceText) []stretch {
	var out []stretch
	runes, at := []rune(t.Text), 0
	for _, m := range t.Marks {
		from, to := m.Start-t.Start, min(m.End-t.Start, len(runes))
		if from < at {
			continue
		}
		if from > at {
			out = append(out, stretch{Text: string(runes[at:from])})
		}
		out = append(out, stretch{string(runes[from:to]), &m})
		at = to
	}
	return append(out, stretch{Text: string(runes[at:])})
}
