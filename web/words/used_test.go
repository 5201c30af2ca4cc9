package words_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What sources hold of ids: whole ones, the lists of words.Of, beginnings such as
// "failure."+name, and endings such as id+".label".
var (
	whole     = regexp.MustCompile(`"([a-z0-9_]+(?:\.[a-z0-9_]+)*)"`)
	list      = regexp.MustCompile(`words\.Of\([^",]*, "([^"]+)",`)
	beginning = regexp.MustCompile(`"([a-z0-9_.]+)\." ?\+`)
	ending    = regexp.MustCompile(`\+ ?"\.([a-z]+)"`)
)

func TestEveryMessageIsSaid(t *testing.T) {
	t.Parallel()
	u := usage(t)
	all := messages(t)
	for _, id := range all {
		if !u.says(id) {
			t.Errorf("nothing says %q", id)
		}
	}
	if len(all) < 500 {
		t.Errorf("the check looks at %d messages only", len(all))
	}
	for _, id := range []string{"no.such", "common.no_such", "status.planned.no_such", "coverage.no_such.label", "common.agreements.no_such"} {
		if u.says(id) {
			t.Errorf("the check believes that something says %q", id)
		}
	}
}

// used is what the sources hold of ids.
type used struct{ whole, lists, beginnings, endings map[string]bool }

func usage(t *testing.T) used {
	t.Helper()
	u := used{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
	sources(t, func(_, text string) {
		collect(u.whole, whole, text)
		collect(u.lists, list, text)
		collect(u.beginnings, beginning, text)
		collect(u.endings, ending, text)
	})
	return u
}

func collect(into map[string]bool, what *regexp.Regexp, text string) {
	for _, m := range what.FindAllStringSubmatch(text, -1) {
		into[m[1]] = true
	}
}

// says tells whether an id stands in the sources as it is, in a list, or in
// part.
func (u used) says(id string) bool {
	above, last := cut(id)
	further, _ := cut(above)
	return u.whole[id] || u.lists[above] || u.beginnings[above] || u.beginnings[further] ||
		u.endings[last] && strings.Contains(above, ".") && u.whole[above]
}

// cut takes the last name from an id.
func cut(id string) (above, last string) {
	i := max(strings.LastIndexByte(id, '.'), 0)
	return id[:i], strings.TrimPrefix(id[i:], ".")
}

// messages lists the ids of the catalogue.
func messages(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("en/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("the catalogue has no files: %v", err)
	}
	var ids []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var tree map[string]any
		if err := json.Unmarshal(data, &tree); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		ids = leaves(ids, "", tree)
	}
	slices.Sort(ids)
	return ids
}

func leaves(ids []string, above string, tree map[string]any) []string {
	for _, name := range slices.Sorted(maps.Keys(tree)) {
		id := strings.TrimPrefix(above+"."+name, ".")
		below, group := tree[name].(map[string]any)
		_, counts := below["other"]
		if group && !counts {
			ids = leaves(ids, id, below)
			continue
		}
		ids = append(ids, id)
	}
	return ids
}
