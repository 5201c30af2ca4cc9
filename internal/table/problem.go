package table

import (
	"strconv"
	"strings"

	"normmap/internal/norms"
)

// Problem is a mistake in one cell, in words that say what to do. Column is the
// letter under which spreadsheets show it; it is "" where no column says what
// the row needs.
type Problem struct {
	Sheet   string `json:"sheet"`
	Row     int    `json:"row"`
	Column  string `json:"column"`
	Heading string `json:"heading"`
	Field   string `json:"field"`
	Text    string `json:"text"` // what stands in the cell
	What    string `json:"what"`
	// Likely are the recorded things that the cell may mean, when that is what
	// has to be said; see [Mapping.Names].
	Likely []norms.Choice `json:"likely,omitempty"`
}

// CellChange is what a row changes of one field of what is recorded. Column is
// "" where several columns say it.
type CellChange struct {
	Column  string `json:"column"`
	Heading string `json:"heading"`
	Field   string `json:"field"`
	Before  string `json:"before"`
	After   string `json:"after"`
}

// Where is the cell as people look for it: "Sheet1, cell C7 (website)".
func (p Problem) Where() string {
	where := "row " + strconv.Itoa(p.Row)
	if p.Column != "" {
		where = "cell " + p.Cell()
	}
	if p.Sheet != "" {
		where = p.Sheet + ", " + where
	}
	if p.Heading != "" {
		where += " (" + p.Heading + ")"
	}
	return where
}

func (p Problem) String() string { return p.Where() + ": " + p.What }

// Cell is the address of the cell in its sheet, such as C7, or the row where no
// column is wrong.
func (p Problem) Cell() string { return p.Column + strconv.Itoa(p.Row) }

// letters is the name of a column, counted from 0.
func letters(column int) string {
	name := ""
	for column++; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name
}

// shown is as much of a cell as a message repeats.
func shown(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= 60 {
		return string(runes)
	}
	return string(runes[:60]) + "…"
}
