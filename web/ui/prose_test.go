package ui

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAMessageIsTakenApartAtItsMarks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		message string
		links   []string
		want    []span
	}{
		{"plain", nil, []span{{text: "plain"}}},
		{"see [here] and [there].", []string{"/a", "/b"}, []span{{text: "see "}, {'[', "here", "/a"}, {text: " and "}, {'[', "there", "/b"}, {text: "."}}},
		{"*Not* `done`", nil, []span{{'*', "Not", ""}, {text: " "}, {'`', "done", ""}}},
		{"5 * 3", nil, []span{{text: "5 * 3"}}},
		{"", nil, nil},
	}
	for _, tt := range tests {
		got := spans(tt.message, tt.links)
		if d := cmp.Diff(tt.want, got, cmp.AllowUnexported(span{})); d != "" {
			t.Errorf("%q: %s", tt.message, d)
		}
	}
}
