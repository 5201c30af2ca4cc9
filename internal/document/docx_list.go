package document

import (
	"strconv"
	"strings"
)

// numbering counts the items of a Word document as Word would.
type numbering struct {
	lists  map[string]string          // the pattern of a list
	levels map[string]map[int]pattern // of a pattern
	counts map[string]*[9]int         // of a pattern
}

// pattern is how one level of a list is marked.
type pattern struct {
	format string // bullet, decimal, lowerLetter, …
	text   string // "%1." or "%1.%2"
	start  int
}

func readNumbering(root *element) numbering {
	n := numbering{lists: map[string]string{}, levels: map[string]map[int]pattern{}, counts: map[string]*[9]int{}}
	root.all("abstractNum", func(e *element) {
		levels := map[int]pattern{}
		e.all("lvl", func(l *element) {
			i, _ := strconv.Atoi(l.attr("ilvl"))
			start, err := strconv.Atoi(l.value("start"))
			if err != nil {
				start = 1
			}
			levels[i] = pattern{l.value("numFmt"), l.value("lvlText"), start}
		})
		n.levels[e.attr("abstractNumId")] = levels
	})
	root.all("num", func(e *element) { n.lists[e.attr("numId")] = e.value("abstractNumId") })
	return n
}

// next returns the mark of the next item of a list at a level.
func (n numbering) next(list string, level int) string {
	if level < 0 || level > 8 {
		return "-"
	}
	levels := n.levels[n.lists[list]]
	p, known := levels[level]
	if known && p.format == "bullet" && p.text != "" && strings.TrimSpace(p.text) == "" {
		return "" // indented under an item, without a mark of its own
	}
	if !known || p.format == "bullet" || p.format == "none" || p.text == "" {
		return "-"
	}
	c := n.counts[n.lists[list]]
	if c == nil {
		c = &[9]int{}
		n.counts[n.lists[list]] = c
	}
	if c[level] == 0 {
		c[level] = p.start - 1
	}
	c[level]++
	for i := level + 1; i < 9; i++ {
		c[i] = 0
	}
	mark := p.text
	for i := range 9 {
		mark = strings.ReplaceAll(mark, "%"+strconv.Itoa(i+1), counted(levels[i].format, max(c[i], 1)))
	}
	return mark
}

// counted writes a number in the format of a list.
func counted(format string, n int) string {
	switch format {
	case "lowerLetter", "upperLetter":
		letter := string(rune('a' + (n-1)%26))
		if format == "upperLetter" {
			letter = strings.ToUpper(letter)
		}
		return strings.Repeat(letter, 1+(n-1)/26)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperRoman":
		return roman(n)
	}
	return strconv.Itoa(n)
}

func roman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		text  string
		value int
	}{{"C", 100}, {"XC", 90}, {"L", 50}, {"XL", 40}, {"X", 10}, {"IX", 9}, {"V", 5}, {"IV", 4}, {"I", 1}} {
		for ; n >= d.value && b.Len() < 20; n -= d.value {
			b.WriteString(d.text)
		}
	}
	return b.String()
}
