package words

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// What a message says does not depend on how it is put together.
func TestMessagesAreAsTheLibraryWritesThem(t *testing.T) {
	t.Parallel()
	n := 0
	for id, f := range english().messages {
		for _, m := range f {
			for _, count := range []any{nil, int64(0), int64(1), int64(2)} {
				n += asLibrary(t, id, m.message, count)
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
	f, ok := english().messages[id].of(english().language, count)
	if !ok {
		return 0
	}
	got, ok := f.with(put)
	if !ok {
		return 0 // names that another form has
	}
	want, err := english().localizer().Localize(&i18n.LocalizeConfig{MessageID: id, PluralCount: count, TemplateData: data})
	if err != nil || got != want {
		t.Errorf("%s for %v: %q, the library: %q %v", id, count, got, want, err)
	}
	return 1
}

// Each message that the library reads is read here, and no other.
func TestMessagesAreThoseThatTheLibraryReads(t *testing.T) {
	t.Parallel()
	var here, library []string
	for id := range english().messages {
		here = append(here, id)
	}
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	err := eachFile("en", func(name string, data []byte) error {
		file, err := bundle.ParseMessageFileBytes(data, name+".en.json")
		for _, m := range file.Messages {
			library = append(library, m.ID)
		}
		return err
	})
	slices.Sort(here)
	slices.Sort(library)
	if diff := cmp.Diff(library, here); err != nil || diff != "" {
		t.Errorf("%v: the library reads -, the program reads +:\n%s", err, diff)
	}
}

func TestFormsOfMessages(t *testing.T) {
	t.Parallel()
	tests := []struct {
		file string
		want map[string]forms
	}{
		{`{"a": "x"}`, map[string]forms{"a": {{message{texts: []string{"x"}}, plural.Other}}}},
		{`{"a": {"b": "x {{.N}} y{{.M}}"}}`, map[string]forms{"a.b": {{message{[]string{"x ", " y", ""}, []string{"N", "M"}}, plural.Other}}}},
		{`{"a": {"one": "x"}}`, map[string]forms{"a": {{message{texts: []string{"x"}}, plural.One}}}},
		{`{"a": "{{if .N}}x{{end}}"}`, map[string]forms{"a": nil}},
		{`{"a": "{{.N | x}}"}`, map[string]forms{"a": nil}},
		{`{"a": "{{.N"}`, map[string]forms{"a": nil}},
	}
	for _, tt := range tests {
		got := map[string]forms{}
		if err := cutFile(got, []byte(tt.file)); err != nil {
			t.Errorf("%s: %v", tt.file, err)
		}
		if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(form{}, message{})); diff != "" {
			t.Errorf("%s:\n%s", tt.file, diff)
		}
	}
	for _, file := range []string{`{"a": 1}`, `{"a": {"b": ["x"]}}`, `["x"]`, `{`} {
		if err := cutFile(map[string]forms{}, []byte(file)); err == nil {
			t.Errorf("%s is read", file)
		}
	}
}

func TestWhatOnlyTheLibraryCanSay(t *testing.T) {
	t.Parallel()
	if text, err := english().find("gaps.shown", nil, []any{"Shown", 1.5, "Total", 2}); err != nil || text != "1.5 of 2 are here." {
		t.Errorf("%q %v", text, err)
	}
	if text, err := english().find("gaps.no_such", nil, nil); err == nil {
		t.Errorf("a message that is not there says %q", text)
	}
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
