package form

import (
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"normmap/internal/norms"
)

// AsTyped tells what is wrong with an edit of the form as it was typed: by the
// lines of a text, of which an edit has only those that hold anything, and
// without the name in addresses while that from which it is made is missing.
func AsTyped(err error, typed url.Values) error {
	e, ok := errors.AsType[*norms.Error](err)
	if !ok || len(e.Problems) == 0 {
		return err
	}
	out := *e
	out.Problems = nil
	for _, p := range e.Problems {
		if unmade := fieldName(p.Field) == "slug" && typed.Get("slug") == "" && unnamed(typed); !unmade {
			p.Field = onLine(p.Field, typed)
			out.Problems = append(out.Problems, p)
		}
	}
	if len(out.Problems) == 0 {
		return err
	}
	return &out
}

// unnamed tells whether a form lacks the text from which a name in addresses
// is made.
func unnamed(typed url.Values) bool {
	return slices.ContainsFunc([]string{"title", "short_title", "name"}, func(name string) bool {
		return typed.Has(name) && strings.TrimSpace(typed.Get(name)) == ""
	})
}

func fieldName(path string) string {
	if m := fieldPath.FindStringSubmatch(path); m != nil {
		return m[1]
	}
	return path
}

// listPath is the path of one of several values: partners[0].name.
var listPath = regexp.MustCompile(`^((?:edits\[\d+\]\.)?([a-z_]+)\[)(\d+)(\].*)$`)

// onLine is the path of a field with the place of its line in place of that of
// its value.
func onLine(path string, typed url.Values) string {
	m := listPath.FindStringSubmatch(path)
	if m == nil || len(typed[m[2]]) != 1 {
		return path
	}
	i, err := strconv.Atoi(m[3])
	lines := NumberedLines(typed.Get(m[2]))
	if err != nil || i >= len(lines) {
		return path
	}
	return m[1] + strconv.Itoa(lines[i].N-1) + m[4]
}
