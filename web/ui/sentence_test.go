package ui_test

import (
	"strings"
	"testing"

	"normmap/web/ui"
)

func TestPartsStandWhereTheSentenceWantsThem(t *testing.T) {
	t.Parallel()
	tests := []struct{ message, want string }{
		{"{1} meets {2}.", `<a href="/a" dir="auto">Ada {2}</a> meets <q dir="auto">Bob</q>.`},
		{"von {2} an {1}", `von <q dir="auto">Bob</q> an <a href="/a" dir="auto">Ada {2}</a>`},
		{"{3} and {0} and {x} are <no> parts", "{3} and {0} and {x} are &lt;no&gt; parts"},
		{"", ""},
	}
	for _, tt := range tests {
		var b strings.Builder
		if err := ui.Sentence(tt.message, ui.Name("Ada {2}", "/a"), ui.Quoted("Bob")).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		if b.String() != tt.want {
			t.Errorf("%q is shown as %q, want %q", tt.message, b.String(), tt.want)
		}
	}
}
