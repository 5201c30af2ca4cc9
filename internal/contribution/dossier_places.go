package contribution

import (
	"fmt"
	"strings"

	"normmap/internal/intake"
)

// miss says what is left out.
func (b *returned) miss(at int, text, why string) {
	b.Left = append(b.Left, b.problem(at, text, why))
}

// problem is one in a line of the text or a row of the table.
func (m *making) problem(at int, text, why string) intake.Problem {
	var span intake.Span
	if line := m.textLine(at); line > 0 && line <= len(m.lines.starts) {
		span.Start, span.End = m.lines.around(m.lines.starts[line-1], m.lines.starts[line-1]+1)
	}
	return intake.Problem{Span: span, Kind: NotRecorded, Text: text, What: why}
}

// where names a line of the file, or a row of its table.
func (m *making) where(at int) string {
	if m.Edited.sheet != nil {
		return fmt.Sprintf("row %d", at)
	}
	return fmt.Sprintf("line %d", at)
}

// textLine is the line of the text in which a line of the file, or a row of its
// table, is written.
func (m *making) textLine(at int) int {
	if m.Edited.sheet == nil {
		return at
	}
	before := 0 // rows that are written
	for i, row := range m.Edited.sheet.Rows {
		if m.Edited.sheet.Number(i) == at {
			break
		}
		if strings.Join(row, "") != "" {
			before++
		}
	}
	for n, start := range m.lines.starts {
		_, end := m.lines.around(start, start+1)
		line := string(m.lines.runes[start:end])
		if !strings.HasPrefix(line, "| ") || strings.Trim(line, "|- ") == "" {
			continue
		}
		if before--; before < 0 {
			return n + 1
		}
	}
	return 0
}
