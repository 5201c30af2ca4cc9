package form

import (
	"cmp"
	"context"
	"net/url"
	"regexp"
	"slices"

	"normmap/internal/norms"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// labels is what a form calls its fields.
func labels(controls []page.Control) map[string]string {
	out := make(map[string]string, len(controls))
	for _, c := range controls {
		out[c.Name] = c.Label
	}
	return out
}

// onForm tells problems as their writer sees the form: in its order, with its
// words. What is about no field of it comes first if it is about the whole, and
// else last, as the reason is.
func onForm(ctx context.Context, problems []norms.Problem, controls []page.Control, typed url.Values) []norms.Problem {
	at := func(p norms.Problem) int {
		i := slices.IndexFunc(controls, func(c page.Control) bool { return c.Name == p.Field })
		if i < 0 && p.Field != "" {
			return len(controls)
		}
		return i
	}
	out := slices.Clone(problems)
	for i, p := range out {
		if n := at(p); n >= 0 && n < len(controls) {
			out[i].Message = cmp.Or(notChosen(ctx, controls[n], typed.Get(p.Field)), p.Message)
		}
		out[i].Message = calledByLabel(ctx, out[i].Message, controls)
	}
	slices.SortStableFunc(out, func(a, b norms.Problem) int { return at(a) - at(b) })
	return out
}

// notChosen says that nothing on offer was chosen in a menu, whose words are
// not those of the record. It is empty for what is wrong otherwise.
func notChosen(ctx context.Context, c page.Control, typed string) string {
	offered := slices.ContainsFunc(c.Options, func(o ui.Option) bool { return o.Value == typed })
	switch {
	case c.Shape != page.Menu:
		return ""
	case typed == "" && c.Required:
		return words.Text(ctx, "form.choose")
	case typed != "" && !offered:
		return words.Text(ctx, "form.not_offered", "Typed", typed)
	}
	return ""
}

// fieldInText is the name of a field in a sentence, when it is not a word too.
var fieldInText = regexp.MustCompile(`\b[a-z]+(?:_[a-z]+)+\b`)

// calledByLabel names the fields in a message as the form does.
func calledByLabel(ctx context.Context, message string, controls []page.Control) string {
	return fieldInText.ReplaceAllStringFunc(message, func(name string) string {
		i := slices.IndexFunc(controls, func(c page.Control) bool { return c.Name == name })
		if i < 0 {
			return name
		}
		return words.Text(ctx, "form.quoted", "Label", controls[i].Label)
	})
}
