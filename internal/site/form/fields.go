package form

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"normmap/internal/norms"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// Tick is a box of its own: yes or no.
func Tick(ctx context.Context, id string) page.Control {
	c := page.Control{Shape: page.Ticks, Field: Field(ctx, id)}
	c.Options = []ui.Option{{Value: "true", Label: words.Text(ctx, id+".yes")}}
	return c
}

// maxPosition is far beyond any list that a document holds.
const maxPosition = 1_000_000

// Position is a thing's place in a list; left empty it is the first.
func Position(ctx context.Context, v url.Values) (int, []norms.Problem) {
	return WholeNumber(ctx, v, "position", maxPosition)
}

// WholeNumber reads a field of digits; an empty one is 0.
func WholeNumber(ctx context.Context, v url.Values, name string, most int) (int, []norms.Problem) {
	text := v.Get(name)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(strings.ReplaceAll(text, ",", ""))
	if err != nil || n < 0 || n > most {
		return 0, []norms.Problem{{Field: name, Message: words.Text(ctx, "form.not_whole", "Typed", text, "Max", most)}}
	}
	return n, nil
}

// DatesUnderstood says of dates that were typed in another form than they are
// recorded or shown in how they were read. The fields are named by their ids
// in the catalogue.
func DatesUnderstood(ctx context.Context, v url.Values, ids ...string) []string {
	var out []string
	for _, id := range ids {
		f := Field(ctx, id)
		out = append(out, DateUnderstood(ctx, v.Get(f.Name), f.Label)...)
	}
	return out
}

// DateUnderstood says how a date was read, unless it was typed as it is recorded
// or shown.
func DateUnderstood(ctx context.Context, typed, label string) []string {
	typed = strings.TrimSpace(typed)
	d, err := norms.ParseDate(typed)
	if err != nil || string(d) == typed || strings.EqualFold(ui.DateWords(ctx, d), typed) {
		return nil
	}
	return []string{understoodDate(ctx, typed, label, d)}
}

func understoodDate(ctx context.Context, typed, label string, d norms.Date) string {
	return words.Text(ctx, "form.understood_date", "Typed", typed, "Field", label, "Date", ui.DateWords(ctx, d))
}

// EditionChoices are the recorded editions of an agreement, or all where none
// is named. Their values name the agreement too: agreement/edition.
func (s *Site) EditionChoices(ctx context.Context, agreement string) (Choices, error) {
	list, err := s.Store.Choices(ctx, MaxChoices+1, "edition")
	out := Choices{More: len(list) > MaxChoices}
	for _, i := range list {
		if of, _, _ := CutSlug(i.Slug); agreement == "" || of == agreement {
			out.Options = append(out.Options, ui.Option{Value: i.Slug, Label: i.Title})
		}
	}
	if agreement != "" {
		out.More = false
	}
	return out, err
}

// EditionIn reads the field edition, which names an edition of the agreement
// with or without the agreement's own name before it.
func EditionIn(ctx context.Context, agreement string, v url.Values) (string, []norms.Problem) {
	of, edition, both := CutSlug(v.Get("edition"))
	switch {
	case !both:
		return of, nil
	case of != agreement:
		return "", []norms.Problem{{Field: "edition", Message: words.Text(ctx, "form.edition_of_other", "Agreement", of)}}
	}
	return edition, nil
}

// CutSlug takes agreement/edition apart.
func CutSlug(name string) (before, after string, both bool) { return strings.Cut(name, "/") }

// TextLine is a line of a text with its number, from 1, as an editor counts.
type TextLine struct {
	N    int
	Text string
}

// NumberedLines is the lines of a text that hold anything.
func NumberedLines(text string) []TextLine {
	out, n := []TextLine{}, 0
	for l := range strings.SplitSeq(text, "\n") {
		n++
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, TextLine{n, l})
		}
	}
	return out
}

// EachLine is the lines of a text that hold anything.
func EachLine(text string) []string {
	out := []string{}
	for _, l := range NumberedLines(text) {
		out = append(out, l.Text)
	}
	return out
}

// CutCell cuts a line at its first bar or tabulator, as it comes from a
// spreadsheet.
func CutCell(l string) (before, after string, found bool) {
	i := strings.IndexAny(l, "|\t")
	if i < 0 {
		return strings.TrimSpace(l), "", false
	}
	return strings.TrimSpace(l[:i]), strings.TrimSpace(l[i+1:]), true
}
