package words

import (
	"fmt"
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// What a message says does not depend on how it is put together.
func TestMessagesAreAsTheLibraryWritesThem(t *testing.T) {
	t.Parallel()
	n := 0
	for id, f := range english.messages {
		for _, m := range f {
			for _, count := range []any{nil, int64(0), int64(1), int64(2)} {
				n += asLibrary(t, id, m, count)
			}
		}
	}
	if n < 2000 {
		t.Errorf("the check looks at %d messages only", n)
	}
}

// asLibrary compares a message with the library's, if it is put together here.
func asLibrary(t *testing.T, id string, m message, count any) int {
	t.Helper()
	put, data := []any{}, map[string]any{}
	for i, name := range m.names {
		put, data[name] = append(put, name, fmt.Sprint("<", i, ">")), fmt.Sprint("<", i, ">")
	}
	form, ok := english.messages[id].of(english.language, count)
	if !ok {
		return 0
	}
	got, ok := form.with(put)
	if !ok {
		return 0 // names that another form has
	}
	want, err := english.localizer.Localize(&i18n.LocalizeConfig{MessageID: id, PluralCount: count, TemplateData: data})
	if err != nil || got != want {
		t.Errorf("%s for %v: %q, the library: %q %v", id, count, got, want, err)
	}
	return 1
}

func TestValuesThatATemplateMustLookAt(t *testing.T) {
	t.Parallel()
	m := message{texts: []string{"a ", " b"}, names: []string{"X"}}
	for _, put := range [][]any{nil, {"Y", "y"}, {"X"}, {"X", 1.5}, {"X", []string{"x"}}} {
		if text, ok := m.with(put); ok {
			t.Errorf("%v makes %q", put, text)
		}
	}
	if text, ok := m.with([]any{"X", "old", "X", 12}); !ok || text != "a 12 b" {
		t.Errorf("%q", text)
	}
}
