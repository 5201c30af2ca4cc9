package document

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// layout puts the lines of pages together into what they were typed as.
type layout struct {
	*writer
	body    float64   // the size of most letters
	margin  float64   // where most lines begin
	indents []float64 // where the marks of open items stand
	printed bool      // those marks are printed
	text    string    // of the open block
	kind    string    // item, heading, row or paragraph
	mark    string
	depth   int
	level   int
	last    pdfLine
	widest  float64         // the right end of the group that the line stands in
	seen    map[string]bool // words of the document, in lower case
}

var pdfMark = regexp.MustCompile(`^([-*+•‣◦▪▫■□·●○–—→►✓\x{f0b7}\x{f0a7}]|o|\(?(?:[0-9]{1,2}|[a-zA-Z]|[ivxIVX]{1,5})[.)])[ \x{00a0}]+(\S.*)$`)

// laidOut returns the text of a PDF.
func laidOut(lines []pdfLine, l Limits) (string, error) {
	lines = tabled(withoutMargins(lines))
	p := layout{writer: newWriter(l), seen: map[string]bool{}}
	p.body = most(lines, func(l pdfLine) float64 { return math.Round(2*l.size) / 2 })
	p.margin = most(lines, func(l pdfLine) float64 { return math.Round(l.x) })
	for _, line := range lines {
		for _, w := range strings.Fields(line.text) {
			p.seen[strings.ToLower(strings.TrimFunc(w, unicode.IsPunct))] = true
		}
	}
	ends := groupEnds(lines, p.body)
	for i, line := range lines {
		if line.text = flat(line.text); line.text != "" || line.cells != nil {
			p.widest = ends[i]
			p.line(line)
		}
	}
	p.end()
	return p.writer.text(l)
}

// narrow is how wide a group of lines is at most, as a part of what stands
// elsewhere at its margin, if its lines were broken by hand: the head of a letter.
const narrow = 0.75

// groupEnds returns for each line how far the longest line reaches of those
// that stand close together with it, or could reach if all of them are short.
func groupEnds(lines []pdfLine, body float64) []float64 {
	ends := make([]float64, len(lines))
	full := columnEnds(lines, body)
	for from := 0; from < len(lines); {
		to, end := from+1, lines[from].right
		for to < len(lines) && near(lines[to-1], lines[to], body) {
			end = max(end, lines[to].right)
			to++
		}
		left := lines[from].x
		if reach := full[column(left, body)]; end-left < narrow*(reach-left) {
			end = reach
		}
		for i := from; i < to; i++ {
			ends[i] = end
		}
		from = to
	}
	return ends
}

// column tells the margins at which lines begin apart.
func column(x, body float64) int { return int(math.Round(x / max(body, 1))) }

// How many lines must begin at a margin to tell how far lines reach there, and
// which of them does: most lines of prose are full.
const (
	enoughLines = 5
	fullLine    = 0.7
)

// columnEnds returns how far a full line reaches, by the margin at which it begins.
func columnEnds(lines []pdfLine, body float64) map[int]float64 {
	rights := map[int][]float64{}
	for _, l := range lines {
		if l.text != "" && l.cells == nil {
			c := column(l.x, body)
			rights[c] = append(rights[c], l.right)
		}
	}
	ends := map[int]float64{}
	for c, all := range rights {
		if slices.Sort(all); len(all) >= enoughLines {
			ends[c] = all[int(fullLine*float64(len(all)))]
		}
	}
	return ends
}

// near tells whether one line stands right under another.
func near(a, b pdfLine, body float64) bool {
	gap := b.y - a.y
	return a.page == b.page && gap > -body/2 && gap < 1.75*max(a.size, b.size) && abs(a.x-b.x) < 4*body
}

// tabled makes a row of the pieces of a page that begin at one height beside
// each other.
func tabled(lines []pdfLine) []pdfLine {
	var out []pdfLine
	for i := 0; i < len(lines); {
		row, next := lines[i], blockEnd(lines, i)
		cells := []string{joined(lines[i:next])}
		for next < len(lines) && beside(row, lines[next]) {
			end := blockEnd(lines, next)
			cells = append(cells, joined(lines[next:end]))
			row.right = lines[next].right
			next = end
		}
		if len(cells) > 1 {
			row.cells = cells
			out = append(out, row)
		} else {
			out = append(out, lines[i:next]...)
		}
		i = next
	}
	return out
}

// blockEnd returns the end of the piece of a page that line i begins.
func blockEnd(lines []pdfLine, i int) int {
	j := i + 1
	for j < len(lines) && lines[j].block == lines[i].block && lines[j].page == lines[i].page && lines[i].block > 0 {
		j++
	}
	return j
}

func beside(a, b pdfLine) bool {
	return a.text != "" && b.text != "" && a.page == b.page && abs(a.y-b.y) < max(a.size, b.size)/2 && b.x > a.right+a.size/2
}

func joined(lines []pdfLine) string {
	var words []string
	for _, l := range lines {
		words = append(words, l.text)
	}
	return strings.Join(words, " ")
}

// most returns the value that most letters have.
func most(lines []pdfLine, of func(pdfLine) float64) float64 {
	count := map[float64]int{}
	best := 0.0
	for _, l := range lines {
		v := of(l)
		count[v] += len(l.text)
		if count[v] > count[best] {
			best = v
		}
	}
	return best
}

var digitRun = regexp.MustCompile(`[0-9]+`)

// withoutMargins takes out what stands at the head or foot of many pages and
// the numbers of pages.
func withoutMargins(lines []pdfLine) []pdfLine {
	times := map[string]int{}
	margin := func(l pdfLine) bool { return l.y < 0.09*l.height || l.y > 0.9*l.height }
	form := func(l pdfLine) string { return digitRun.ReplaceAllString(l.text, "0") }
	pages := 0
	for _, l := range lines {
		pages = max(pages, l.page)
		if margin(l) {
			times[form(l)]++
		}
	}
	return slices.DeleteFunc(slices.Clone(lines), func(l pdfLine) bool {
		if !margin(l) {
			return false
		}
		number := strings.Trim(digitRun.ReplaceAllString(l.text, ""), " -–/|") == "" || pageOf.MatchString(l.text)
		return number || pages > 2 && times[form(l)] > pages/2
	})
}

var pageOf = regexp.MustCompile(`^(?i:page|seite) [0-9]+(?:\s*(?:of|sur|/|von|de)\s*[0-9]+)?$`)

// line adds a line to the open block or opens another.
func (p *layout) line(l pdfLine) {
	defer func() { p.last = l }()
	if l.cells != nil {
		first := p.kind != "row"
		p.end()
		p.kind = "row"
		p.row(l.cells, first)
		return
	}
	m := pdfMark.FindStringSubmatch(l.text)
	if m != nil && !(p.continues(l) && p.kind == "paragraph" && isLetter(m[1])) {
		p.open("item", m[2], p.nested(l.x, true))
		p.mark = m[1]
		return
	}
	if level := p.headed(l); level > 0 {
		if p.kind == "heading" && p.level == level && p.close(l) {
			p.join(l)
			return
		}
		p.open("heading", l.text, 0)
		p.level = level
		return
	}
	if p.text != "" && p.continues(l) {
		p.join(l)
		return
	}
	p.apart(l)
}

func (p *layout) open(kind, text string, depth int) {
	p.end()
	p.kind, p.text, p.depth = kind, text, depth
}

// apart opens a block without a mark: what continues an item, what is indented
// as an item whose mark was drawn and not printed, or a paragraph.
func (p *layout) apart(l pdfLine) {
	indent := l.x - p.margin
	for len(p.indents) > 0 && p.printed && l.x <= p.indents[len(p.indents)-1]+p.body/4 {
		p.indents = p.indents[:len(p.indents)-1]
	}
	switch {
	case len(p.indents) > 0 && p.printed:
		p.open("paragraph", l.text, len(p.indents))
	case indent > 1.2*p.body && indent < 12*p.body && !strings.HasPrefix(l.text, "[^"):
		p.open("item", l.text, p.nested(l.x, false))
		p.mark = "-"
	default:
		p.open("paragraph", l.text, 0)
		p.indents = nil
	}
}

func isLetter(mark string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(mark, "("))
	return unicode.IsLetter(r)
}

// nested returns how deep an item stands whose mark is at x.
func (p *layout) nested(x float64, printed bool) int {
	if printed != p.printed {
		p.indents, p.printed = nil, printed
	}
	for len(p.indents) > 0 && p.indents[len(p.indents)-1] > x-p.body/4 {
		p.indents = p.indents[:len(p.indents)-1]
	}
	p.indents = append(p.indents, x)
	return len(p.indents) - 1
}

// headed returns the level of a heading that is set in larger letters.
func (p *layout) headed(l pdfLine) int {
	switch r := l.size / p.body; {
	case p.body == 0 || r < 1.12 || utf8.RuneCountInString(l.text) < 3:
		return 0
	case r > 1.7:
		return 1
	case r > 1.3:
		return 2
	}
	return 3
}

// close tells whether a line stands right under the last.
func (p *layout) close(l pdfLine) bool { return near(p.last, l, max(p.body, 1)) }

// broken tells whether the last line ended before it was full: the first word
// of this one would have had room on it.
func (p *layout) broken(l pdfLine) bool {
	return l.first > 0 && p.last.right+l.first+p.body < p.widest
}

// continues tells whether a line goes on with the open block: right under its
// last line, or on top of the next page in the midst of a sentence.
func (p *layout) continues(l pdfLine) bool {
	if p.kind == "heading" || p.text == "" {
		return false
	}
	if p.close(l) {
		begins := strings.HasPrefix(l.text, "(") && sentenceEnd(p.text) || p.kind == "item" && l.x < p.last.x-2*p.body && sentenceEnd(p.text)
		return !begins && !p.broken(l)
	}
	first, _ := utf8.DecodeRuneInString(l.text)
	return l.page == p.last.page+1 && !sentenceEnd(p.text) && (unicode.IsLower(first) || unicode.IsDigit(first))
}

func sentenceEnd(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, ")”\"»]"))
	return strings.ContainsRune(".!?:;", r)
}

// join adds a line to the open block; a word that was parted at the end of a
// line is put together unless the document prints it with its hyphen.
func (p *layout) join(l pdfLine) {
	before := strings.TrimSuffix(p.text, "-")
	first, _ := utf8.DecodeRuneInString(l.text)
	if before == p.text || !unicode.IsLower(first) {
		p.text += " " + l.text
		return
	}
	left := before[strings.LastIndexAny(before, " (")+1:]
	right, _, _ := strings.Cut(l.text, " ")
	right = strings.TrimRightFunc(right, unicode.IsPunct)
	if p.seen[strings.ToLower(left+"-"+right)] {
		p.text += l.text
		return
	}
	p.text = before + l.text
}

// end writes the open block.
func (p *layout) end() {
	switch p.kind {
	case "item":
		p.item(p.depth, p.mark, p.text)
	case "heading":
		p.heading(p.level, p.text)
		p.indents = nil
	case "paragraph":
		p.paragraph(p.depth, p.text)
	}
	p.text, p.kind = "", ""
}
