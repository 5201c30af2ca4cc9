package page

import (
	"context"
	"strconv"
	"strings"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/ui"
	"normmap/web/words"
)

// methodSections are the parts of the method page in their order; each is the
// anchor to which other pages lead, too.
var methodSections = []string{
	"three", "origins", "counts", "states", "assessments", "claim", "numberings", "adherence", "addressees", "strength", "confidence", "elements",
	"statements", "crosswalk", "suggestions", "time", "cite", "correct", "who", "people", "licence", "limits",
}

func methodTitle(ctx context.Context, section string) string {
	return words.Of(ctx, "method.titles", section)
}

// claimFields are the names of the lines of a claim's canonical form.
func claimFields() string { return strings.Join(norms.ClaimFields, " ") }

// groupsOf are the stakeholder groups in which an addressee is looked for.
func groupsOf(ctx context.Context, a norms.Addressee) string {
	out := make([]string, 0, len(norms.StakeholderGroups))
	for _, g := range a.Groups() {
		out = append(out, ui.StakeholderGroup(ctx, g))
	}
	return strings.Join(out, ", ")
}

// pastExample is an address of a page about the past.
func pastExample() string { return href.With(href.Gaps(), "as_of", "2026-11-30") }

// citeExample is a citation of a page as it stands.
func citeExample(ctx context.Context, f ui.Frame) string {
	address := href.With(addressOf(f, href.Agreement("paris-call")), "as_of", "12")
	return words.Text(ctx, "method.cite.example", "Title", ui.SiteName, "Address", address)
}

// addressOf is another page's address, as complete as this page's own is.
func addressOf(f ui.Frame, path string) string {
	if n := len(f.Permalink) - len(f.Path); n > 0 && f.Permalink[n:] == f.Path {
		return f.Permalink[:n] + path
	}
	return path
}

// weighingWords are the numbers of the arithmetic of suggestions.
func weighingWords() []any {
	w := norms.DefaultWeighing()
	number := func(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
	return []any{"Against", number(w.Against), "Nearest", ui.Number(w.Nearest), "Alike", number(w.Alike), "Words", number(w.Words)}
}
