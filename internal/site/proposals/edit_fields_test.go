package proposals

import (
	"reflect"
	"strings"
	"testing"

	"normmap/internal/norms"
)

func TestEveryKindOfEditHasAForm(t *testing.T) {
	t.Parallel()
	n := 3
	for _, e := range []norms.Edit{
		norms.PutEvent{Agreement: "tech-accord", Kind: "adherents_counted", On: "2018", Title: "Count", Count: &n},
		norms.PutPrinciple{Agreement: "tech-accord", Edition: "2018", Number: "1", OurNumbering: true, Position: 2, Title: "One", Addressees: []norms.Addressee{"all", "states"}},
		norms.PutNumbering{Agreement: "tech-accord", Slug: "printed", Title: "As printed", Basis: "printed",
			Labels: []norms.NumberingLabel{{Label: "1", Principle: "tech-accord@2018/1"}, {Label: "2", Principle: "tech-accord@2018/2"}}},
		norms.PutInitiative{Version: 4, Slug: "sdl", Title: "T", Kind: "policy", Summary: "Two\nlines.", Partners: []norms.Partner{{Name: "A"}, {Name: "B", Organization: "b-org"}}},
		norms.PutCitationLine{Source: "letter", Initiative: "sdl", Text: "Tech Accord principles 1 and 5",
			References: []norms.Reference{{Text: "Tech Accord principles 1 and 5", Start: -1, End: -1, Name: "Tech Accord", Agreement: "tech-accord", Labels: []string{"1", "5"}}}},
		norms.PutCitationLine{Source: "letter", Initiative: "sdl", Text: "(GCSC norm 5)", Place: "line 3",
			References: []norms.Reference{{Text: "GCSC norm 5", Start: 41, End: 52, Name: "GCSC", Agreement: "gcsc", Labels: []string{"5"}}},
			Decided:    []norms.LabelDecided{{Reference: 1, Label: "5", Decision: "resolve", Principle: "gcsc/5", Note: "by its date"}}},
		norms.WithdrawLink{ID: 3, Version: 4},
	} {
		typed := map[string][]string{}
		for _, c := range editControls(t.Context(), e, false) {
			typed[c.Name] = []string{c.Value}
			if len(c.Options) > 0 {
				typed[c.Name] = c.Values
			}
		}
		got, wrong := typedEdit(t.Context(), e, typed, false)
		want, _ := norms.MarshalEdits([]norms.Edit{e})
		have, _ := norms.MarshalEdits([]norms.Edit{got})
		if len(wrong) != 0 || string(want) != string(have) {
			t.Errorf("%s through its form: %s, want %s (%v)", norms.EditName(e), have, want, wrong)
		}
	}
	_, wrong := typedEdit(t.Context(), norms.PutPrinciple{}, map[string][]string{"position": {"first"}}, false)
	if len(wrong) != 1 || wrong[0].Field != "position" {
		t.Errorf("a position that is no number: %v", wrong)
	}
}

// listsIn are the types of the fields of an edit, and of what is in them,
// that hold one of a closed list.
func listsIn(t reflect.Type) []reflect.Type {
	switch t.Kind() {
	case reflect.Slice, reflect.Pointer:
		return listsIn(t.Elem())
	case reflect.Struct:
		var all []reflect.Type
		for i := range t.NumField() {
			all = append(all, listsIn(t.Field(i).Type)...)
		}
		return all
	case reflect.String:
		if t.PkgPath() != "" && t != reflect.TypeFor[norms.Date]() {
			return []reflect.Type{t}
		}
	}
	return nil
}

func TestEveryClosedListIsChosenFromInWords(t *testing.T) {
	t.Parallel()
	found := map[reflect.Type]bool{}
	for _, name := range norms.EditNames() {
		for _, list := range listsIn(reflect.TypeOf(norms.EmptyEdit(name))) {
			found[list] = true
			if fieldChoices[list] == nil {
				t.Errorf("%s holds %s, which is typed as text into the form that corrects it", name, list)
			}
		}
	}
	if len(found) < 25 {
		t.Errorf("%d closed lists were found", len(found))
	}
	for list, options := range fieldChoices {
		if !found[list] {
			t.Errorf("no edit holds %s", list)
		}
		for _, o := range options(t.Context()) {
			if o.Label == "" || strings.Contains(o.Label, "_") {
				t.Errorf("%s: %q is offered as %q", list, o.Value, o.Label)
			}
		}
	}
}
