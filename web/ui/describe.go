package ui

import (
	"context"
	"strings"
	"unicode/utf8"

	"normmap/web/words"
)

// describedMost is about as much of a description as lists of pages show.
const describedMost = 160

// described is what the head of the page says of it: its description, cut to
// what others show. A page without one is described by its title and by what
// the site is.
func (f Frame) described(ctx context.Context) string {
	text := strings.Join(strings.Fields(f.Description), " ")
	switch {
	case text == "" && f.unnamed():
		return words.Text(ctx, "head.site")
	case text == "":
		return f.Title + ". " + words.Text(ctx, "head.site")
	case utf8.RuneCountInString(text) <= describedMost:
		return text
	}
	short := string([]rune(text)[:describedMost])
	if i := strings.LastIndex(short, " "); i > 0 {
		short = short[:i]
	}
	return strings.TrimRight(short, " ,;:–") + " …"
}
