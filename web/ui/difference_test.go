package ui_test

import (
	"strings"
	"testing"

	"normmap/web/ui"
)

// written shows marks as text: [-gone-] and {+new+}.
func written(marks []ui.Mark) string {
	var b strings.Builder
	for _, m := range marks {
		switch {
		case m.Gone:
			b.WriteString("[-" + m.Text + "-]")
		case m.New:
			b.WriteString("{+" + m.Text + "+}")
		default:
			b.WriteString(m.Text)
		}
	}
	return b.String()
}

func TestWordMarks(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("word ", 2000)
	for _, c := range []struct{ before, after, want string }{
		{"", "", ""},
		{"the same", "the same", "the same"},
		{"", "new words", "{+new words+}"},
		{"old words", "", "[-old words-]"},
		{"A programme of 2018.", "A programme of 2019.", "A programme of [-2018.-]{+2019.+}"},
		{"one two three", "one three", "one [-two -]three"},
		{"all is other", "nothing here stays", "[-all is other-]{+nothing here stays+}"},
		{"líne\none", "líne\ntwo", "líne\n[-one-]{+two+}"},
		{long, long + "end", "[-" + long + "-]{+" + long + "end+}"},
	} {
		if got := written(ui.WordMarks(c.before, c.after)); got != c.want {
			t.Errorf("%.40q to %.40q: %.200q, want %.200q", c.before, c.after, got, c.want)
		}
	}
}

func FuzzWordMarksKeepBothTexts(f *testing.F) {
	f.Add("a b c", "a c d")
	f.Add(" x  y", "x y ")
	f.Fuzz(func(t *testing.T, before, after string) {
		var a, b strings.Builder
		for _, m := range ui.WordMarks(before, after) {
			if !m.New {
				a.WriteString(m.Text)
			}
			if !m.Gone {
				b.WriteString(m.Text)
			}
		}
		if a.String() != before || b.String() != after {
			t.Errorf("%q to %q reads as %q to %q", before, after, a.String(), b.String())
		}
	})
}
