package site

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// inTheirWords is what was typed into a form as its writer knows it: only what
// differs from what the form held, under the labels of the form, cells and
// ticked things by their names. It is nil where that cannot be told; then what
// was sent is shown as it is.
func (s *site) inTheirWords(r *http.Request, typed url.Values) []page.KeptField {
	pattern := patternOf(r)
	var told []page.KeptField
	var names []string // of fields that are told
	var err error
	of, plain := s.editors[pattern]
	switch {
	case plain:
		told, names, err = s.changedFields(r, of, typed)
	case pattern == gridPattern:
		told, names, err = s.stagedCells(r, typed)
	case pattern == batchPattern:
		told, names, err = s.tickedThings(r, typed)
	default:
		return nil
	}
	if err != nil {
		return nil
	}
	for _, name := range page.SortedNames(typed) {
		if page.Telling(name, typed) && !slices.Contains(names, name) {
			told = append(told, page.KeptField{Label: ui.FieldWord(r.Context(), name), Values: typed[name]})
		}
	}
	return told
}

// changedFields are the fields of a plain form in which a writer changed
// something.
func (s *site) changedFields(r *http.Request, of editorOf, typed url.Values) (told []page.KeptField, names []string, err error) {
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

// stagedCells are the cells of a grid that a writer changed.
func (s *site) stagedCells(r *http.Request, typed url.Values) (told []page.KeptField, names []string, err error) {
	asked, err := readGridForm(typed)
	if err != nil {
		return nil, nil, err
	}
	st, err := s.compare(r, asked)
	if err != nil {
		return nil, nil, err
	}
	ctx := r.Context()
	cells := page.KeptField{Label: words.Text(ctx, "grid.staged.title")}
	for _, step := range st.steps {
		id := "grid.staged.withdrawn"
		if step.Added {
			id = "grid.staged.added"
		}
		cells.Values = append(cells.Values, words.Text(ctx, id, "Initiative", step.Initiative, "Principle", step.Principle))
	}
	return []page.KeptField{cells}, []string{"on"}, nil
}

// tickedThings are the things of a batch, and what is to be done with them.
func (s *site) tickedThings(r *http.Request, typed url.Values) (told []page.KeptField, names []string, err error) {
	kind, err := s.batchOf(typed)
	if err != nil {
		return nil, nil, err
	}
	ctx := r.Context()
	b, err := s.readBatch(ctx, kind, typed)
	if err != nil {
		return nil, nil, err
	}
	fields, err := kind.fields(ctx)
	if err != nil {
		return nil, nil, err
	}
	ticked, names := page.KeptField{Label: words.Text(ctx, "batch.ticked")}, []string{"item", "action"}
	for _, i := range b.items {
		ticked.Values = append(ticked.Values, i.name)
	}
	told = append(told, ticked)
	action := typed.Get("action")
	if slices.Contains(kind.actions, action) {
		told = append(told, page.KeptField{Label: words.Text(ctx, "batch.action_field.action.label"), Values: []string{words.Of(ctx, "batch.action", action)}})
	}
	for _, c := range fields {
		names = append(names, c.Name)
		if chosen := action != "" && strings.HasPrefix(c.Name, "set_"+action); chosen && typed.Get(c.Name) != "" {
			told = append(told, page.KeptField{Label: c.Label, Values: []string{inWords(ctx, c, typed[c.Name])}})
		}
	}
	return told, names, nil
}
