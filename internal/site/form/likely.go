package form

import (
	"net/http"
	"net/url"
	"slices"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/words"
)

// FindLikely finds principles as FindPrinciples does, and offers before them
// those that the initiative is likely to be about. A script that asks for the
// found part says what stands in the form above it.
func (s *Site) FindLikely(r *http.Request, typed url.Values, initiative string, not Taken) (page.Finder, error) {
	f, err := s.FindPrinciples(r.Context(), typed, not)
	if err != nil {
		return f, err
	}
	above := typed["likely"]
	if r.Method != http.MethodGet || !serve.InForm(r) {
		likely, err := s.Store.Suggestions(r.Context(), norms.SuggestionsAsked{Initiative: initiative})
		if err != nil {
			return f, err
		}
		above = nil
		for _, l := range likely.Items {
			above = append(above, l.Principle)
			f.Likely = append(f.Likely, page.Pick{Value: l.Principle, Label: words.Text(r.Context(), "form.named", "Name", l.Name, "Title", l.Title),
				Href: href.Principle(l.Principle), Why: l.Reasons, Ticked: slices.Contains(typed["principle"], l.Principle)})
		}
	}
	f.Above = len(above)
	listed := func(p page.Pick) bool { return slices.Contains(above, p.Value) }
	f.Chosen, f.Found = slices.DeleteFunc(f.Chosen, listed), slices.DeleteFunc(f.Found, listed)
	return f, nil
}
