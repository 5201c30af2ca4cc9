package site

import (
	"net/http"
	"net/url"
	"slices"

	"normmap/web/page"
)

// changedFields are the fields of a plain form in which a writer changed
// something.
func (s *formSite) changedFields(of editorOf) tellsTyped {
	return func(r *http.Request, typed url.Values) ([]page.KeptField, []string, error) {
		return s.tellChanged(r, of, typed)
	}
}

func (s *formSite) tellChanged(r *http.Request, of editorOf, typed url.Values) (told []page.KeptField, names []string, err error) {
	f, err := of(s).form(r)
	if err != nil {
		return nil, nil, err
	}
	began := s.asItWas(r, of, version(typed))
	if began == nil {
		began = f.recorded
	}
	for _, c := range f.Controls {
		names = append(names, c.Name)
		mine := asCompared(c, typed[c.Name])
		if c.Shape != page.Fixed && typed.Has(c.Name) && !slices.Equal(mine, asCompared(c, began[c.Name])) {
			told = append(told, page.KeptField{Label: c.Label, Values: []string{inWords(r.Context(), c, mine)}})
		}
	}
	return told, names, nil
}
