package dossier

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"normmap/internal/citation"
	"normmap/internal/document"
	"normmap/internal/pattern"
)

// Identify tells whether a file is a dossier, of which organization and of which
// revision; "" and 0 where these were taken out of a table.
func Identify(d document.Document) (organization string, revision int64, ok bool) {
	if len(d.Sheets) > 0 {
		return identifyTable(d.Sheets[0])
	}
	m := wholeForm.FindStringSubmatch(d.Text)
	if m == nil {
		return "", 0, false
	}
	revision, err := strconv.ParseInt(m[2], 10, 64)
	return m[1], revision, err == nil
}

// block is a piece of an edited text.
type block struct {
	kind   rune // of the constants below
	level  int  // of a heading
	indent int
	text   string
	at     int
}

const (
	headingBlock = '#'
	itemBlock    = '-'
	plainBlock   = 'p'
)

var (
	headingForm = pattern.New(`^ {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$`)
	itemForm    = pattern.New(`^([ \t]*)(?:[-*+•‣◦▪▫·–]|[0-9]{1,2}[.)]|[a-z][.)])[ \t\x{00a0}]+(\S.*)$`)
	commentForm = pattern.New("^(?:`{3} ?\\{=html\\} )?<!--.*-->(?: `{3})?$") // programs write some between lists
	indentForm  = pattern.New(`^[ \t\x{00a0}]*`)
)

// blocks cuts a text into headings, bullets and paragraphs.
func blocks(text string) []block {
	var all []block
	open := false
	for i, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" {
			open = false
			continue
		}
		if m := headingForm.FindStringSubmatch(line); m != nil {
			all = append(all, block{headingBlock, len(m[1]), 0, m[2], i + 1})
			open = false
			continue
		}
		if m := itemForm.FindStringSubmatch(line); m != nil {
			all = append(all, block{itemBlock, 0, columns(m[1]), m[2], i + 1})
			open = true
			continue
		}
		if open {
			all[len(all)-1].text += " " + strings.TrimSpace(line)
			continue
		}
		all = append(all, block{plainBlock, 0, columns(indentForm.FindString(line)), strings.TrimSpace(line), i + 1})
		open = true
	}
	return all
}

// columns is how far space indents, a tab being four.
func columns(space string) int {
	return utf8.RuneCountInString(space) + 3*strings.Count(space, "\t")
}

// reader puts the blocks of a text together.
type reader struct {
	edited
	grammar  *citation.Grammar
	markdown bool
	heading  string
	started  bool // past what the dossier says of itself
	open     []opened
}

type opened struct {
	*node
	indent int
}

// readText reads an edited text. That of a Word document means itself; in one
// that was written as Markdown signs may be escaped.
func readText(d document.Document, g *citation.Grammar) edited {
	r := &reader{grammar: g, markdown: d.Format == document.Markdown || d.Format == document.Text}
	for i, b := range blocks(d.Text) {
		switch b.kind {
		case headingBlock:
			if b.level == 1 && i == 0 {
				continue
			}
			r.heading, r.open, r.started = r.says(b.text), nil, true
		case itemBlock:
			r.started = true
			r.item(b)
		default:
			r.paragraph(b)
		}
	}
	return r.edited
}

// says is what a piece of the text says.
func (r *reader) says(text string) string {
	if r.markdown {
		text = plain(text)
	}
	return fold(text)
}

func (r *reader) item(b block) {
	if _, m, _, found := marked(b.text); found && m.line > 0 && len(r.open) > 0 {
		r.bulleted(b, m)
		return
	}
	for len(r.open) > 0 && r.open[len(r.open)-1].indent >= b.indent {
		r.open = r.open[:len(r.open)-1]
	}
	if line, ok := r.line(b, false); ok && len(r.open) > 0 {
		r.give(r.open[len(r.open)-1].node, line)
		return
	}
	n := r.initiative(b)
	if len(r.open) == 0 {
		n.heading = r.heading
		r.top = append(r.top, n)
	} else {
		parent := r.open[len(r.open)-1]
		parent.parts = append(parent.parts, n)
	}
	r.open = append(r.open, opened{n, b.indent})
}

// bulleted reads a line of citations of which a program made a bullet beside
// its initiative: it stays where it was if that is near, and else goes to the
// bullet before.
func (r *reader) bulleted(b block, m marker) {
	line, _ := r.line(b, true)
	to := r.open[len(r.open)-1].node
	if own := part(&node{parts: []*node{r.open[0].node}}, m.slug); own != nil {
		to = own
	}
	to.lines = append(to.lines, line)
}

// initiative reads a bullet.
func (r *reader) initiative(b block) *node {
	n := &node{at: b.at}
	before, m, after, found := marked(b.text)
	if found && m.line == 0 {
		n.slug = m.slug
		n.title, n.summary = r.says(before), r.says(undashed(unmarked(after)))
		n.whole = joint(n.title, n.summary)
		return n
	}
	text := unmarked(b.text)
	if before, in, ok := bracketed(text); ok && r.cites(r.says(in)) {
		text = before
		n.lines = append(n.lines, &cited{text: r.says(in), at: b.at})
	}
	n.title, n.summary = r.named(text)
	n.whole = r.says(text)
	return n
}

// joint is a title with its summary as they are written.
func joint(title, summary string) string {
	if summary == "" {
		return title
	}
	return title + " " + dash + " " + summary
}

// undashed is what stands behind a marker without the dash that parts the two.
func undashed(text string) string {
	text = strings.TrimSpace(text)
	for _, sign := range []string{dash, "–", "---", "--", "-", ":"} {
		if rest, ok := strings.CutPrefix(text, sign); ok && (rest == "" || strings.HasPrefix(rest, " ")) {
			return rest
		}
	}
	return text
}

// maxTitle is how long a bullet may be, in code points, to be a title by itself.
const maxTitle = 110

// named parts a bullet without a marker: a title in bold or before a dash, and
// the rest. A long one without either is a summary whose first words name it.
func (r *reader) named(text string) (title, summary string) {
	if m := boldForm.FindStringSubmatch(text); m != nil && r.markdown {
		return r.says(m[1]), r.says(undashed(m[2]))
	}
	for _, sign := range []string{" " + dash + " ", " – "} {
		if before, after, ok := strings.Cut(text, sign); ok && utf8.RuneCountInString(before) <= maxTitle {
			return r.says(before), r.says(after)
		}
	}
	whole := r.says(text)
	if utf8.RuneCountInString(whole) <= maxTitle {
		return whole, ""
	}
	if i := strings.Index(whole, ". "); i > 0 && utf8.RuneCountInString(whole[:i]) <= maxTitle {
		return whole[:i], whole
	}
	cut := string([]rune(whole)[:maxTitle])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return cut + "…", whole
}

var boldForm = pattern.New(`^\s*(?:\*\*|__)(.+?)(?:\*\*|__)\s*(.*)$`)

// bracketed takes off the brackets that end a text.
func bracketed(text string) (before, in string, ok bool) {
	trimmed := strings.TrimRight(text, "*_. ")
	depth := 0
	for i := len(trimmed) - 1; i >= 0 && strings.HasSuffix(trimmed, ")"); i-- {
		switch trimmed[i] {
		case ')':
			depth++
		case '(':
			if depth--; depth == 0 {
				return strings.TrimRight(trimmed[:i], "*_ "), trimmed[i+1 : len(trimmed)-1], strings.Trim(trimmed[:i], "*_ ") != ""
			}
		}
	}
	return text, "", false
}

// paragraph reads what is no bullet: a line of citations, more of a bullet that
// it is indented under, or nothing that belongs here.
func (r *reader) paragraph(b block) {
	if !r.started || commentForm.MatchString(b.text) {
		return
	}
	owner := r.owner(b.indent)
	if line, ok := r.line(b, true); ok && owner != nil {
		r.give(owner, line)
		return
	}
	if owner != nil && b.indent > 0 {
		owner.more(r.says(unmarked(b.text)))
		return
	}
	r.complain(b.at, b.text, "stands outside of any bullet and was left alone: make a bullet of it if it is an initiative, or indent it under one")
}

// more adds a paragraph to what an initiative says.
func (n *node) more(paragraph string) {
	n.summary = parted(append(paragraphs(n.summary), paragraph)...)
	n.whole = fold(n.whole + " " + paragraph)
}

// owner is the bullet that a paragraph belongs to: the one that it is indented
// under, else the widest that is open.
func (r *reader) owner(indent int) *node {
	for i := len(r.open) - 1; i >= 0; i-- {
		if r.open[i].indent < indent || i == 0 {
			return r.open[i].node
		}
	}
	return nil
}

// line reads a block as a line of citations.
func (r *reader) line(b block, apart bool) (*cited, bool) {
	before, m, after, found := marked(b.text)
	if found && m.line > 0 {
		return &cited{id: m.line, owner: m.slug, text: bare(r.says(before + " " + unmarked(after))), at: b.at, flat: b.indent == 0}, true
	}
	text := bare(r.says(unmarked(b.text)))
	if found || !r.cites(text) || !apart && len(r.open) == 0 {
		return nil, false
	}
	return &cited{text: text, at: b.at}, true
}

// give adds a line to an initiative. A known line that merely lost its
// indentation stays with the part that it belongs to.
func (r *reader) give(to *node, line *cited) {
	if own := part(to, line.owner); line.id > 0 && line.flat && own != nil {
		to = own
	}
	to.lines = append(to.lines, line)
}

// part is the one with a slug under an initiative.
func part(n *node, slug string) *node {
	for _, p := range n.parts {
		if p.slug == slug {
			return p
		}
		if found := part(p, slug); found != nil {
			return found
		}
	}
	return nil
}

// aside is how many words a line of citations may have beside what it cites.
const aside = 2

var (
	wordForm = pattern.New(`[\p{L}\p{N}]+`)
	between  = pattern.New(`(?i)^(?:and|et|also|see|voir|cf|the|of|le|la|les|du|de|supports?|principles?|norms?|cites?)$`)
)

// cites tells whether a text does nothing but cite.
func (r *reader) cites(text string) bool {
	refs := r.grammar.Parse(text)
	runes := []rune(text)
	rest, at := "", 0
	for _, ref := range refs {
		rest += " " + string(runes[at:max(at, ref.Start)])
		at = max(at, ref.End)
	}
	n := 0
	for _, w := range wordForm.FindAllString(rest+" "+string(runes[at:]), -1) {
		if !between.MatchString(w) {
			n++
		}
	}
	return len(refs) > 0 && n <= aside
}
