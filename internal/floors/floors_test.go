package floors

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// listed is a package as go list tells it.
type listed struct {
	ImportPath string
	Dir        string
	Imports    []string // outside tests
	GoFiles    []string
	Standard   bool
}

// source is a file outside tests.
type source struct {
	pkg, name string
	text      []byte // nil reads the file
}

func TestImportsOnlyGoDown(t *testing.T) {
	t.Parallel()
	for _, v := range importFaults(list(t)) {
		t.Error(v)
	}
}

func TestCallsStayWhereTheyBelong(t *testing.T) {
	t.Parallel()
	for _, p := range list(t) {
		for _, name := range p.GoFiles {
			for _, v := range callFaults(t, source{pkg: p.ImportPath, name: filepath.Join(p.Dir, name)}) {
				t.Error(v)
			}
		}
	}
}

// The control: what the rules forbid is found.
func TestMadeUpFaultsAreFound(t *testing.T) {
	t.Parallel()
	got := importFaults([]listed{
		{ImportPath: "normmap/internal/norms", Imports: []string{"fmt", "golang.org/x/text/unicode/norm"}},
		{ImportPath: "normmap/internal/store", Imports: []string{"normmap/internal/norms", "normmap/internal/site", "normmap/internal/seed"}},
		{ImportPath: "normmap/web/page", Imports: []string{"normmap/web/ui", "github.com/jackc/pgx/v5/pgxpool"}},
		{ImportPath: "normmap/internal/app", Imports: []string{"normmap/internal/config", "normmap/internal/pgtest", "example.org/new"}},
		{ImportPath: "normmap/internal/util"},
	})
	want := []string{
		"normmap/internal/norms must not import golang.org/x/text/unicode/norm",
		"normmap/internal/store (floor 2) must not import normmap/internal/site (floor 3)",
		"normmap/internal/store (floor 2) must not import normmap/internal/seed (floor 2)",
		"normmap/web/page must not import github.com/jackc/pgx/v5/pgxpool",
		"normmap/internal/app must not import normmap/internal/pgtest, which is for tests",
		"normmap/internal/app imports example.org/new, which has no line in the table of libraries",
		"normmap/internal/util has no line in the table of floors",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestMadeUpCallsAreFound(t *testing.T) {
	t.Parallel()
	text := `package store
import ("os"; clock "time"; "github.com/a-h/templ")
var now = clock.Now
func init() { os.Exit(len(os.Getenv("X"))) }
func raw() { _ = templ.Raw("<b>"); _ = clock.Second }
`
	got := callFaults(t, source{"normmap/internal/store", "a.go", []byte(text)})
	want := []string{
		"a.go:3: time.Now is not used in normmap/internal/store",
		"a.go:4: no function is called init",
		"a.go:4: os.Exit is not used in normmap/internal/store",
		"a.go:4: os.Getenv is not used in normmap/internal/store",
		"a.go:5: templ.Raw is not used in normmap/internal/store",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// list asks the Go tool for the packages of the module.
func list(t *testing.T) []listed {
	t.Helper()
	c := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Dir,Imports,GoFiles,Standard", "normmap/...")
	var errs bytes.Buffer
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, &errs)
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func importFaults(packages []listed) []string {
	var faults []string
	for _, p := range packages {
		if _, known := floorOf[p.ImportPath]; !known && !forTests[p.ImportPath] {
			faults = append(faults, p.ImportPath+" has no line in the table of floors")
			continue
		}
		for _, imported := range p.Imports {
			if fault := importFault(p.ImportPath, imported); fault != "" && !forTests[p.ImportPath] {
				faults = append(faults, fault)
			}
		}
	}
	return faults
}

// importFault says what is wrong with one import, "" when nothing is.
func importFault(from, to string) string {
	first, _, _ := strings.Cut(to, "/")
	switch {
	case first == "normmap":
		return floorFault(from, to)
	case !strings.Contains(first, "."):
		return "" // the standard library
	}
	users, known := libraryUsers(to)
	if !known {
		return fmt.Sprintf("%s imports %s, which has no line in the table of libraries", from, to)
	}
	if !slices.Contains(users, from) {
		return fmt.Sprintf("%s must not import %s", from, to)
	}
	return ""
}

func floorFault(from, to string) string {
	if forTests[to] {
		return fmt.Sprintf("%s must not import %s, which is for tests", from, to)
	}
	high, low := floorOf[from], floorOf[to]
	if low < high || high == 4 || slices.Contains(beside[from], to) {
		return ""
	}
	return fmt.Sprintf("%s (floor %d) must not import %s (floor %d)", from, high, to, low)
}

func libraryUsers(path string) (users []string, known bool) {
	longest := -1
	for prefix, u := range libraries {
		if (path == prefix || strings.HasPrefix(path, prefix+"/")) && len(prefix) > longest {
			users, known, longest = u, true, len(prefix)
		}
	}
	return users, known
}

// callFaults finds functions that are used outside their places. A package
// that only tests use may do what it likes.
func callFaults(t *testing.T, s source) []string {
	t.Helper()
	if forTests[s.pkg] {
		return nil
	}
	var text any
	if s.text != nil {
		text = s.text
	}
	files := token.NewFileSet()
	f, err := parser.ParseFile(files, s.name, text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	names := importNames(f)
	var faults []string
	report := func(at token.Pos, format string, args ...any) {
		faults = append(faults, fmt.Sprintf("%s:%d: ", s.name, files.Position(at).Line)+fmt.Sprintf(format, args...))
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Recv == nil && n.Name.Name == "init" {
				report(n.Pos(), "no function is called init")
			}
		case *ast.SelectorExpr:
			if name := selected(n, names); !allowed(name, s.pkg) {
				report(n.Pos(), "%s is not used in %s", name, s.pkg)
			}
		}
		return true
	})
	return faults
}

// importNames is what the packages that a file imports are called there.
func importNames(f *ast.File) map[string]string {
	names := map[string]string{}
	for _, i := range f.Imports {
		real := filepath.Base(strings.Trim(i.Path.Value, `"`))
		local := real
		if i.Name != nil {
			local = i.Name.Name
		}
		names[local] = real
	}
	return names
}

func selected(s *ast.SelectorExpr, names map[string]string) string {
	if x, ok := s.X.(*ast.Ident); ok && names[x.Name] != "" {
		return names[x.Name] + "." + s.Sel.Name
	}
	return ""
}

func allowed(name, pkg string) bool {
	places, ruled := calls[name]
	return !ruled || slices.Contains(places, pkg)
}
