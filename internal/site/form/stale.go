package form

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/internal/store/naming"
	"normmap/internal/text"
	"normmap/web/page"
	"normmap/web/ui"
)

// at is the same with the record as it was at a revision.
func (s *Site) at(revision int64) *Site {
	then := *s
	then.Store = s.Store.AsOf(revision)
	return &then
}

// asItWas is what a form held at a version: nil when that cannot be told,
// because there is no such version or the thing was not there.
func (s *Site) asItWas(r *http.Request, of EditorOf, version int64) url.Values {
	if version < 1 {
		return nil
	}
	e := of(s.at(version))
	f, err := e.Form(r)
	if moved, ok := errors.AsType[*naming.MovedError](err); ok {
		f, err = e.Form(called(r, moved))
	}
	if err != nil {
		return nil
	}
	return f.Recorded
}

// called is the request with a thing's name of another time in its address.
func called(r *http.Request, moved *naming.MovedError) *http.Request {
	route := *chi.RouteContext(r.Context())
	route.URLParams.Keys = slices.Clone(route.URLParams.Keys)
	route.URLParams.Values = slices.Clone(route.URLParams.Values)
	for i, name := range route.URLParams.Keys {
		if "{"+name+"}" == serve.PlaceIn(moved) {
			route.URLParams.Values[i] = moved.Slug
		}
	}
	return r.WithContext(context.WithValue(r.Context(), chi.RouteCtxKey, &route))
}

// showStale shows a form that was typed while someone else saved the same
// thing. What only one side changed is taken from that side; where both did,
// the form holds what was typed and offers theirs.
func (s *Site) showStale(w http.ResponseWriter, r *http.Request, of EditorOf, f Plain, typed url.Values) error {
	began := s.asItWas(r, of, Version(typed))
	values := maps.Clone(typed)
	f.Stale, f.Known = true, began != nil
	for _, c := range f.Controls {
		if c.Shape == page.Fixed {
			continue
		}
		clash, take := compare(r.Context(), c, began, f.Recorded, typed)
		if take {
			values[c.Name] = f.Recorded[c.Name]
		}
		if clash.Outcome != page.Same {
			f.Clashes = append(f.Clashes, clash)
		}
	}
	f.Controls = Filled(f.Controls, values, nil)
	f.Reason = typed.Get("reason")
	set, err := s.Store.Changeset(r.Context(), f.Version, norms.Page{Limit: 1})
	if err != nil {
		return err
	}
	f.Theirs, f.Own = set.ChangesetRow, set.ByID == serve.Actor(r).ID
	return s.showFilled(w, r, f, http.StatusConflict)
}

// compare tells how the sides differ in one field, and whether the form takes
// what is recorded now. A field that was not sent was not changed.
func compare(ctx context.Context, c page.Control, began, recorded, typed url.Values) (clash page.Clash, take bool) {
	was, now, mine := asCompared(c, began[c.Name]), asCompared(c, recorded[c.Name]), asCompared(c, typed[c.Name])
	if !typed.Has(c.Name) && c.Shape != page.Ticks {
		mine = was
	}
	clash = page.Clash{Name: c.Name, Field: c.Label, Before: InWords(ctx, c, was), Recorded: InWords(ctx, c, now), Typed: InWords(ctx, c, mine)}
	switch {
	case slices.Equal(now, mine):
		return clash, false
	case began == nil:
		clash.Outcome = page.Both
	case slices.Equal(was, mine):
		clash.Outcome, take = page.TheirsOnly, true
	case slices.Equal(was, now):
		clash.Outcome = page.YoursOnly
	default:
		clash.Outcome = page.Both
	}
	return clash, take
}

// asCompared is a field's values in a form in which they can be compared: a text as
// it would be stored, a date as it is read, ticks in the order of the form.
func asCompared(c page.Control, values []string) []string {
	if c.Shape != page.Ticks {
		one := strings.TrimSpace(text.Normalize(strings.Join(values, "\n")))
		if c.Dated {
			one = string(norms.ReadDate(one))
		}
		return []string{one}
	}
	var out []string
	for _, o := range c.Options {
		if slices.Contains(values, o.Value) {
			out = append(out, o.Value)
		}
	}
	return out
}

// InWords are a field's values as a reader knows them.
func InWords(ctx context.Context, c page.Control, values []string) string {
	if d := norms.Date(strings.Join(values, "")); c.Dated && d.Valid() {
		return ui.DateWords(ctx, d)
	}
	known := Choices{Options: slices.Concat(c.Options, c.List)}
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = known.Word(v)
	}
	return strings.Join(out, ", ")
}

// taken puts what someone else saved in place of what was typed, in the fields
// for which the writer chose so: as it was at the version that was shown.
func (s *Site) taken(r *http.Request, of EditorOf, typed url.Values) (url.Values, error) {
	var fields []string
	for name := range typed {
		if field, ok := strings.CutPrefix(name, page.TakePrefix); ok && typed.Get(name) == page.Theirs {
			fields = append(fields, field)
		}
	}
	if len(fields) == 0 {
		return typed, nil
	}
	theirs := s.asItWas(r, of, Version(typed))
	if theirs == nil {
		return nil, norms.Errorf(norms.Conflict, "what someone else saved cannot be read any more; open the form again")
	}
	out := maps.Clone(typed)
	for _, name := range fields {
		out[name] = theirs[name]
		delete(out, page.TakePrefix+name)
	}
	return out, nil
}
