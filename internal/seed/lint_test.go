package seed_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"normmap/internal/seed"
	"normmap/seeds"

	gocmp "github.com/google/go-cmp/cmp"
)

func TestSeedsHaveNoProblem(t *testing.T) {
	t.Parallel()
	for _, p := range seed.Lint(seeds.FS) {
		t.Error(p)
	}
}

func TestGoodFilesHaveNoProblem(t *testing.T) {
	t.Parallel()
	for _, p := range seed.Lint(goodFiles(t)) {
		t.Error(p)
	}
}

// Each file of testdata/bad says in its first comments which good file it
// replaces, or where it is added, and every problem it must give.
func TestEachMistakeIsNamedWithItsPlace(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no file in testdata/bad: %v", err)
	}
	for _, p := range paths {
		t.Run(filepath.Base(p), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(p)
			if err != nil {
				t.Fatal(err)
			}
			files := goodFiles(t)
			files[comments(data, "# file: ")[0]] = &fstest.MapFile{Data: data}
			var got []string
			for _, problem := range seed.Lint(files) {
				got = append(got, problem.String())
			}
			if d := gocmp.Diff(comments(data, "# want: "), got); d != "" {
				t.Error(d)
			}
			if edits, err := seed.Load(files); err == nil || edits != nil {
				t.Errorf("Load accepted the file and gave %d edits", len(edits))
			}
		})
	}
}

func goodFiles(t *testing.T) fstest.MapFS {
	t.Helper()
	root := os.DirFS("testdata/good")
	files := fstest.MapFS{}
	err := fs.WalkDir(root, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, path)
		files[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func comments(data []byte, prefix string) []string {
	var found []string
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, prefix); ok {
			found = append(found, strings.TrimSpace(rest))
		}
	}
	return found
}

func TestFormatDescribesEveryField(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../seeds/FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range seed.FieldNames() {
		if !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("FORMAT.md does not describe the field %s", name)
		}
	}
}
