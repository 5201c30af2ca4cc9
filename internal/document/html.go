package document

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// maxDepth is how deep elements may be nested.
const maxDepth = 400

// page reads the elements of a web page in order.
type page struct {
	*writer
	line  *strings.Builder // words of the block that is open
	lists []list           // that the block stands in
	mark  string           // of the item that has begun, "" once it was written
	quote int
	depth int
	plain bool              // the open block has words that are not bold
	notes map[string]string // marks of footnotes by the place they are at
	deep  bool              // nested beyond maxDepth
}

// list is an open list; next is the number of its next item, 0 for bullets.
type list struct{ next int }

func readHTML(data []byte, l Limits) (string, error) {
	r, err := charset.NewReader(bytes.NewReader(data), "")
	if err != nil {
		return "", damaged(HTML, err)
	}
	root, err := html.Parse(r)
	if err != nil {
		return "", damaged(HTML, err)
	}
	p := page{writer: newWriter(l), line: &strings.Builder{}, notes: map[string]string{}}
	p.children(root)
	p.end()
	if p.deep {
		return "", refuse(Damaged, "the page nests its parts more than %d deep: paste its text instead", maxDepth)
	}
	return p.text(l)
}

func (p *page) children(n *html.Node) {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxDepth {
		p.deep = true
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.node(c)
	}
}

func (p *page) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		p.words(n.Data)
	case html.ElementNode:
		if !hidden(n) {
			p.element(n)
		}
	case html.DocumentNode:
		p.children(n)
	}
}

// words adds text to the open block.
func (p *page) words(text string) {
	if strings.TrimSpace(text) != "" {
		p.plain = true
	}
	text = strings.NewReplacer("\n", " ", "\t", " ", "\r", " ").Replace(text)
	p.line.WriteString(text)
}

// hidden elements have no text for readers.
func hidden(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Nav, atom.Button, atom.Select, atom.Head, atom.Iframe, atom.Object:
		return true
	}
	for _, a := range n.Attr {
		if a.Key == "hidden" || a.Key == "style" && strings.Contains(strings.ReplaceAll(a.Val, " ", ""), "display:none") {
			return true
		}
	}
	return false
}

func (p *page) element(n *html.Node) {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		p.end()
		text := p.inner(n)
		p.heading(int(n.Data[1]-'0'), text)
	case atom.Ul, atom.Menu, atom.Dl, atom.Ol:
		p.list(n)
	case atom.Li:
		p.listItem(n)
	case atom.Dt, atom.Dd:
		p.described(n)
	case atom.Blockquote:
		p.end()
		p.quote++
		p.children(n)
		p.end()
		p.quote--
	case atom.Table:
		p.end()
		p.table(n)
	case atom.A:
		p.anchor(n)
	case atom.Br:
		p.line.WriteString("\n")
	case atom.B, atom.Strong:
		p.strong(n)
	case atom.Pre:
		p.end()
		p.line.WriteString(raw(n))
		p.end()
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Body, atom.Html, atom.Form, atom.Figure, atom.Figcaption, atom.Address, atom.Hr, atom.Fieldset, atom.Details, atom.Summary, atom.Center:
		p.block(n)
	default:
		p.children(n)
	}
}

// block reads an element that stands by itself; one that a mark points at is a
// footnote, which may print its mark again.
func (p *page) block(n *html.Node) {
	p.end()
	if mark := p.notes[attribute(n, "id")]; mark != "" {
		p.note(mark, markAgain.ReplaceAllStringFunc(p.inner(n), func(again string) string {
			if strings.Trim(again, "[]()^*:. ") == mark {
				return ""
			}
			return again
		}))
		return
	}
	p.children(n)
	p.end()
}

// markAgain is what a footnote may begin with.
var markAgain = regexp.MustCompile(`^[\[(^*]*[0-9a-z]{1,6}[\])^*]*[.:]?\s+`)

// anchor reads a link; one to a footnote is the mark of it.
func (p *page) anchor(n *html.Node) {
	text, target := p.inner(n), attribute(n, "href")
	mark := strings.Trim(text, "[]()^* ")
	switch {
	case strings.Contains(attribute(n, "role"), "backlink") || strings.HasPrefix(text, "↩"):
	case len(target) > 1 && target[0] == '#' && noteMark.MatchString(mark) && p.notes[target[1:]] == "" && !p.atStart():
		p.notes[target[1:]] = mark
		p.line.WriteString("[^" + mark + "]")
	default:
		p.line.WriteString(linked(text, target))
	}
}

var noteMark = regexp.MustCompile(`^(?:[0-9]{1,3}|[ivxl]{1,6}|[a-z])$`)

// atStart tells whether nothing of the open block was read yet.
func (p *page) atStart() bool { return strings.TrimSpace(p.line.String()) == "" }

// strong reads bold words, after which the block is bold if nothing else is in it.
func (p *page) strong(n *html.Node) {
	before := p.plain
	p.children(n)
	p.plain = before
}

// inner reads an element's words as one line, apart from the open block.
func (p *page) inner(n *html.Node) string {
	in := page{writer: newWriter(Limits{Text: p.limit}), line: &strings.Builder{}, depth: p.depth, notes: p.notes}
	in.children(n)
	in.end()
	p.deep = p.deep || in.deep
	p.full = p.full || in.full
	text := flat(in.b.String())
	p.plain = p.plain || text != ""
	return text
}

func (p *page) list(n *html.Node) {
	p.end()
	if len(p.lists) == 0 {
		p.apart()
	}
	next := 0
	if n.DataAtom == atom.Ol {
		next = 1
		fmt.Sscan(attribute(n, "start"), &next)
	}
	p.lists = append(p.lists, list{next})
	p.children(n)
	p.end()
	p.lists = p.lists[:len(p.lists)-1]
}

func (p *page) listItem(n *html.Node) {
	p.end()
	if len(p.lists) == 0 {
		p.lists = append(p.lists, list{})
		defer func() { p.lists = nil }()
	}
	if mark := p.notes[attribute(n, "id")]; mark != "" {
		p.note(mark, p.inner(n))
		return
	}
	l := &p.lists[len(p.lists)-1]
	p.mark = "-"
	if l.next > 0 {
		p.mark = fmt.Sprintf("%d.", l.next)
		l.next++
	}
	p.children(n)
	p.end()
	p.mark = ""
}

// described reads a term of a list of descriptions as an item, and what describes
// it as more of that item.
func (p *page) described(n *html.Node) {
	before := n.PrevSibling
	for before != nil && before.Type != html.ElementNode {
		before = before.PrevSibling
	}
	if n.DataAtom == atom.Dd && before != nil && len(p.lists) > 0 {
		p.end()
		p.children(n)
		p.end()
		return
	}
	p.listItem(n)
}

// end closes the open block.
func (p *page) end() {
	text := p.line.String()
	p.line.Reset()
	bold := !p.plain
	p.plain = false
	if strings.TrimSpace(text) == "" {
		return
	}
	switch {
	case p.mark != "":
		p.item(len(p.lists)-1, p.mark, text)
		p.mark = ""
	case p.quote > 0:
		p.writer.quote(text)
	case bold && len(p.lists) == 0 && !strings.Contains(tidy(text), "\n"):
		p.paragraph(0, "**"+flat(text)+"**")
	default:
		p.paragraph(len(p.lists), text)
	}
}

// table reads rows; a table with one column only places its text.
func (p *page) table(n *html.Node) {
	p.apart()
	var rows [][]string
	header := false
	p.rows(n, func(cells []string, heads bool) {
		header = header || heads && len(rows) == 0
		rows = append(rows, cells)
	})
	for i, cells := range rows {
		if len(cells) == 1 {
			p.paragraph(0, cells[0])
			continue
		}
		p.row(cells, header && i == 0)
	}
	p.apart()
}

func (p *page) rows(n *html.Node, add func([]string, bool)) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Tr {
			cells, heads := p.cells(c)
			if len(cells) > 0 {
				add(cells, heads)
			}
		} else if c.DataAtom == atom.Thead || c.DataAtom == atom.Tbody || c.DataAtom == atom.Tfoot {
			p.rows(c, add)
		}
	}
}

func (p *page) cells(tr *html.Node) ([]string, bool) {
	var cells []string
	heads := true
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			heads = heads && c.DataAtom == atom.Th
			cells = append(cells, p.inner(c))
		}
	}
	return cells, heads
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// raw is all text in an element, with its line breaks.
func raw(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
