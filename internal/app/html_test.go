package app_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// htmlFile is a page to be checked by others.
type htmlFile struct {
	address string
	body    []byte
}

// complaint is what the Nu HTML checker has to say about a place in a file.
type complaint struct {
	URL      string
	Type     string // error or info
	LastLine int
	Message  string
	Extract  string
}

// A page that is wrong in ways that only the checker knows, and what it says.
const (
	planted = `<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><p id="a">x</p><p id="a">y</p><dl><p>z</p></dl></body></html>`
	found   = "Duplicate ID"
)

// checkHTML has the Nu HTML checker read all pages in one go. Its errors fail
// the test, its advice is logged. Without the checker nothing is checked, and
// the last lines of make test say so.
func checkHTML(t *testing.T, files []htmlFile) {
	t.Helper()
	jar := os.Getenv("NORMMAP_VNU")
	if jar == "" {
		if os.Getenv("CI") != "" {
			t.Error("HTML NOT checked: NORMMAP_VNU names no vnu.jar; make judges fetches it")
		}
		return
	}
	all := checker(t, jar, append(files, htmlFile{"/planted", []byte(planted)}))
	control := slices.ContainsFunc(all["/planted"], func(c complaint) bool { return strings.Contains(c.Message, found) })
	if !control {
		t.Errorf("the checker does not find %q in a page that has it: %v", found, all["/planted"])
	}
	delete(all, "/planted")
	said := map[string]int{} // once for all pages that have it
	for _, address := range slices.Sorted(maps.Keys(all)) {
		for _, c := range all[address] {
			if said[c.Message]++; said[c.Message] > 1 {
				continue
			}
			if c.Type == "error" {
				t.Errorf("%s, line %d: %s: %s", address, c.LastLine, c.Message, c.Extract)
			} else {
				t.Logf("%s, line %d: %s: %s", address, c.LastLine, c.Message, c.Extract)
			}
		}
	}
}

// checker returns the checker's complaints, by address.
func checker(t *testing.T, jar string, files []htmlFile) map[string][]complaint {
	t.Helper()
	dir := t.TempDir()
	addresses := map[string]string{}
	for i, f := range files {
		name := filepath.Join(dir, fmt.Sprintf("%05d.html", i))
		if err := os.WriteFile(name, f.body, 0o600); err != nil {
			t.Fatal(err)
		}
		addresses["file:"+name] = f.address
	}
	var said struct{ Messages []complaint }
	out, err := exec.CommandContext(t.Context(), "java", "-jar", jar, "--exit-zero-always", "--stdout", "--format", "json", dir).Output()
	if err != nil {
		t.Fatalf("running the HTML checker: %v: %s", err, out)
	}
	if err := json.Unmarshal(out, &said); err != nil {
		t.Fatalf("the HTML checker says %.300s: %v", out, err)
	}
	complaints := map[string][]complaint{}
	for _, m := range said.Messages {
		address, ok := addresses[m.URL]
		if !ok {
			t.Fatalf("the HTML checker speaks of %s: %+v", m.URL, m)
		}
		complaints[address] = append(complaints[address], m)
	}
	return complaints
}
