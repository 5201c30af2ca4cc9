package table

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"normmap/internal/document"
	"normmap/internal/norms"
)

// overlaid is an edit with what the cells say of it, and what of that it does
// not say yet, in the order of the fields' names. Texts that only differ in what
// no cell keeps are alike.
func overlaid[T norms.Edit](base T, said map[string]any) (out T, changed []norms.Changed, err error) {
	was, err := asMap(base)
	if err != nil {
		return base, nil, err
	}
	news := map[string]any{}
	for _, field := range slices.Sorted(maps.Keys(said)) {
		v := said[field]
		if before, after := inCell(was[field]), inCell(v); field != version && field != "id" && before != after {
			news[field] = v
			changed = append(changed, norms.Changed{Field: field, Before: before, After: after})
		}
	}
	if len(news) == 0 {
		return base, nil, nil
	}
	list, err := json.Marshal(news)
	if err != nil {
		return base, nil, fmt.Errorf("writing what a row says: %w", err)
	}
	full, err := json.Marshal(base)
	if err == nil {
		err = errors.Join(json.Unmarshal(full, &out), json.Unmarshal(list, &out))
	}
	if err != nil {
		return base, nil, fmt.Errorf("putting what a row says into an edit: %w", err)
	}
	return out, changed, nil
}

func asMap(e norms.Edit) (map[string]any, error) {
	list, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("writing an edit: %w", err)
	}
	var fields map[string]any
	if err := json.Unmarshal(list, &fields); err != nil {
		return nil, fmt.Errorf("reading an edit: %w", err)
	}
	return fields, nil
}

// inCell is a value as a cell holds it.
func inCell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return document.Cell(v)
	case bool:
		if !v {
			return ""
		}
		return "true"
	case float64:
		return fmt.Sprint(int64(v))
	case []string:
		return document.Cell(strings.Join(v, "; "))
	case []any:
		parts := make([]string, len(v))
		for i, p := range v {
			parts[i] = fmt.Sprint(p)
		}
		return document.Cell(strings.Join(parts, "; "))
	}
	return document.Cell(fmt.Sprint(v))
}

// own are the row's values that belong to an edit of its own kind.
func (r *row) own(not ...string) map[string]any {
	said := map[string]any{}
	for name, v := range r.said {
		said[name] = v
	}
	for _, name := range not {
		delete(said, name)
	}
	return said
}

// filled are the row's values with those for all rows where cells say nothing.
func (r *row) filled(said map[string]any) map[string]any {
	for name, value := range r.mapping.Values {
		f, known := r.mapping.Kind.field(name)
		if v, there := said[name]; !known || there && inCell(v) != "" || f.late() {
			continue
		}
		if v, why := r.value(f, value); why != "" {
			r.complain("", "the value for all rows of %s: %s", name, why)
		} else {
			said[name] = v
		}
	}
	return said
}

// version is the one that the row was written down from, or the recorded one.
func (r *row) version(recorded int64) int64 {
	if v, ok := r.said[version].(int64); ok && v > 0 {
		return v
	}
	return recorded
}

// text is what a row says of a field, as a text.
func (r *row) text(name string) string {
	s, _ := r.said[name].(string)
	return s
}

// check puts what an edit's own check says to the cells that it speaks of. As
// gives the row's names of fields that the edit calls otherwise.
func (r *row) check(e norms.Edit, as map[string]string) bool {
	err := e.Check()
	if err == nil {
		return true
	}
	found, ok := errors.AsType[*norms.Error](err)
	if !ok {
		r.complain("", "%v", err)
		return false
	}
	for _, p := range found.Problems {
		field, _, _ := strings.Cut(p.Field, "[")
		if renamed := as[field]; renamed != "" {
			field = renamed
		}
		if _, said := r.at[field]; field == "reported_by" && !said {
			field = "organization" // which reports it, unless another does
		}
		what := p.Message
		if _, said := r.at[field]; !said {
			what = fmt.Sprintf("%s %s: choose the column that says it, or give one value for all rows", field, p.Message)
		}
		r.complain(field, "%s", what)
	}
	return false
}

// once tells whether no row before was about the same thing; a second one must
// say the same.
func (r *row) once(about string) bool {
	first, twice := r.before[about]
	if !twice {
		r.before[about] = r
		return true
	}
	if !reflect.DeepEqual(first.cells, r.cells) {
		r.complain("", "row %d is about the same thing and says something else: keep one of them", first.Number)
	}
	return false
}
