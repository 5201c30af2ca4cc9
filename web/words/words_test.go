package words_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"normmap/web/words"
)

func TestMessagesTakeNumbersAndNames(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	tests := []struct{ got, want string }{
		{words.Text(ctx, "past.now"), "This page now"},
		{words.Text(ctx, "past.revision", "Revision", "1,204"), "The record as of revision 1,204"},
		{words.Count(ctx, "past.since", 1), "1 changeset has been recorded since."},
		{words.Count(ctx, "past.since", int64(12345)), "12,345 changesets have been recorded since."},
		{words.Text(ctx, "no.such"), "no.such"},
		{words.Of(ctx, "no_list", "in_no_list"), "in no list"},
		{words.Text(words.In(ctx, words.Marked(strings.ToUpper)), "past.now"), "THIS PAGE NOW"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%q, want %q", tt.got, tt.want)
		}
	}
}

// said finds what sources say: words.Text(ctx, "a.b"), words.Count(ctx, "a.b".
var said = regexp.MustCompile(`words\.(?:Text|Count)\((?:ctx|r\.Context\(\)), "([^"]+)"`)

func TestWhatIsSaidIsInTheCatalogue(t *testing.T) {
	t.Parallel()
	ids := 0
	sources(t, func(path, text string) {
		for _, m := range said.FindAllStringSubmatch(text, -1) {
			ids++
			if !known(t.Context(), m[1]) {
				t.Errorf("%s says %q, which is not in the catalogue", path, m[1])
			}
		}
	})
	if ids == 0 {
		t.Error("the check finds nothing that is said")
	}
	if known(t.Context(), "no.such") {
		t.Error("the check knows a message that is not there")
	}
}

// known tries a message as one that counts, too.
func known(ctx context.Context, id string) bool {
	return words.Text(ctx, id) != id || words.Count(ctx, id, 2) != id
}

// sources reads everything that may say something.
func sources(t *testing.T, look func(path, text string)) {
	t.Helper()
	for _, dir := range []string{"..", "../../internal"} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(path, "_templ.go") || strings.HasSuffix(path, "_test.go") ||
				!strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".templ") {
				return err
			}
			text, err := os.ReadFile(path)
			if err == nil {
				look(path, string(text))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
