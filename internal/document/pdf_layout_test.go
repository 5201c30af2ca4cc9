package document

import (
	"strings"
	"testing"
)

// Short lines at the head of a letter stay lines, its day among them; lines of
// prose are put together.
func TestHeadOfALetterKeepsItsLines(t *testing.T) {
	t.Parallel()
	var lines []pdfLine
	y := 60.0
	add := func(text string, gap float64) {
		y += gap
		word, _, _ := strings.Cut(text, " ")
		lines = append(lines, pdfLine{page: 1, x: 72, y: y, right: 72 + 5*float64(len(text)), size: 11, first: 5 * float64(len(word)), text: text, wide: 595, height: 842, block: 1 + int(y)/40})
	}
	add("Kestrel Cloud Ltd", 30)
	add("14 Dock Street, Porthaven", 13)
	add("20 September 2019", 13)
	add("Dear colleagues,", 40)
	for range 4 {
		add("We keep a copy of everything that customers give us for five weeks where nobody", 30)
		add("can delete it, our own staff included, and test each month whether it can be read", 13)
		add("again within a day.", 13)
	}
	text, err := laidOut(lines, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"Kestrel Cloud Ltd", "14 Dock Street, Porthaven", "20 September 2019"} {
		if !strings.Contains("\n"+text, "\n"+line+"\n") {
			t.Errorf("%q is no line of its own:\n%s", line, text)
		}
	}
	if !strings.Contains(text, "where nobody can delete it, our own staff included, and test each month whether it can be read again within a day.") {
		t.Errorf("prose is not put together:\n%s", text)
	}
}
