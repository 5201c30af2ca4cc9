package dossier

import (
	"fmt"
	"io"
	"strings"
)

// Markdown writes the dossier as Markdown.
func (d Dossier) Markdown(w io.Writer) error {
	d = d.sorted()
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", escaped(d.Name))
	fmt.Fprintf(&b, explains, escaped(d.Name), d.Revision)
	fmt.Fprintf(&b, " [%s](%s)\n", sign, d.own())
	heading := ""
	for _, i := range d.Initiatives {
		if h := fold(i.Heading); h != heading {
			heading = h
			fmt.Fprintf(&b, "\n## %s\n", escaped(h))
		}
		d.item(&b, i, 0)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// item writes an initiative, its parts and, after them, what it cites.
func (d Dossier) item(b *strings.Builder, i Initiative, depth int) {
	indent := strings.Repeat("  ", depth)
	fmt.Fprintf(b, "\n%s- **%s**", indent, escaped(fold(i.Title)))
	if i.Slug != "" {
		fmt.Fprintf(b, " [%s](%s)", sign, d.address(i.Slug, 0))
	}
	for n, s := range paragraphs(i.Summary) {
		if n == 0 {
			b.WriteString(" " + dash + " " + escaped(s))
			continue
		}
		fmt.Fprintf(b, "\n\n%s  %s", indent, escaped(s))
	}
	b.WriteByte('\n')
	for _, p := range i.Parts {
		d.item(b, p, depth+1)
	}
	for _, l := range i.Lines {
		fmt.Fprintf(b, "\n%s  *(%s)*", indent, escaped(bare(l.Text)))
		if l.ID > 0 {
			fmt.Fprintf(b, " [%s](%s)", l.label(), d.address(i.Slug, l.ID))
		}
		b.WriteByte('\n')
	}
}

// escapes are the signs that mean something in Markdown.
var escapes = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "<", `\<`, "~", `\~`)

// escaped is a text that means itself. What begins a line of a kind of its own
// is escaped, too, wherever an editor breaks the line.
func escaped(text string) string {
	words := strings.Split(escapes.Replace(text), " ")
	for i, w := range words {
		if w != "" && strings.Trim(w, "#-+>=|.)0123456789") == "" {
			if j := strings.IndexAny(w, "#-+>=|.)"); j >= 0 {
				words[i] = w[:j] + `\` + w[j:]
			}
		}
	}
	return strings.Join(words, " ")
}

// markable are the signs that a backslash takes the meaning from.
const markable = "\\`*_{}[]<>()#+-.!|~=\"'&:;,/?@^$%"

// plain is what a text in Markdown says: without emphasis, and with the signs
// that were escaped.
func plain(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '\\' && i+1 < len(text) && strings.IndexByte(markable, text[i+1]) >= 0:
			i++
			b.WriteByte(text[i])
		case (c == '*' || c == '_') && emphasizes(text, i):
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// emphasizes tells whether the sign at i stands at the edge of a word.
func emphasizes(text string, i int) bool {
	before, after := byte(' '), byte(' ')
	if i > 0 {
		before = text[i-1]
	}
	if i+1 < len(text) {
		after = text[i+1]
	}
	space := func(c byte) bool { return c == ' ' || c == '\n' || c == '\t' }
	if space(before) && space(after) {
		return false
	}
	return text[i] == '*' || !isWord(before) || !isWord(after)
}

func isWord(c byte) bool {
	return c >= 0x80 || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
