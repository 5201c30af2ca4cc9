package form

import (
	"net/http"
	"net/url"
	"slices"

	"normmap/internal/site/serve"
	"normmap/web/page"
)

// ChangedFields are the fields of a plain form in which a writer changed
// something.
func (s *Site) ChangedFields(of EditorOf) serve.TellsTyped {
	return func(r *http.Request, typed url.Values) ([]page.KeptField, []string, error) {
		return s.tellChanged(r, of, typed)
	}
}

func (s *Site) tellChanged(r *http.Request, of EditorOf, typed url.Values) (told []page.KeptField, names []string, err error) {
	f, err := of(s).Form(r)
	if err != nil {
		return nil, nil, err
	}
	began := s.asItWas(r, of, Version(typed))
	if began == nil {
		began = f.Recorded
	}
	for _, c := range f.Controls {
		names = append(names, c.Name)
		mine := asCompared(c, typed[c.Name])
		if c.Shape != page.Fixed && typed.Has(c.Name) && !slices.Equal(mine, asCompared(c, began[c.Name])) {
			told = append(told, page.KeptField{Label: c.Label, Values: []string{InWords(r.Context(), c, mine)}})
		}
	}
	return told, names, nil
}
