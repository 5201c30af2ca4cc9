package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/citation"
	"normmap/internal/intake"
	"normmap/internal/seed"
	"normmap/seeds"
)

func recorded(t *testing.T) numberings {
	t.Helper()
	edits, err := seed.Load(seeds.FS)
	if err != nil {
		t.Fatal(err)
	}
	return readNumberings(edits)
}

// read reads a text, which nothing ends.
func read(t *testing.T, g *citation.Grammar, text string) intake.Reading {
	t.Helper()
	r, err := intake.Read(t.Context(), g, text, intake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestContributionsAreReadAsExpected(t *testing.T) {
	t.Parallel()
	all, err := contributions(os.DirFS("../intake/testdata"))
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 15 {
		t.Errorf("%d documents, want at least 15", len(all))
	}
	n := recorded(t)
	g := citation.NewGrammar(n.names)
	for _, c := range all {
		got := found(read(t, g, c.text), n)
		if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(facts{})); diff != "" {
			t.Logf("%s (-want +got)\n%s\n%s", c.name, diff, c.text)
		}
	}
	var out strings.Builder
	if err := reportIntake(t.Context(), all, n, &out); err != nil {
		t.Error(err)
	}
	t.Log("\n" + out.String())
}

// The control: a reader that finds nothing, or too much, fails.
func TestBadReadersFailTheGoals(t *testing.T) {
	t.Parallel()
	want := []fact{"1", "2", "3"}
	for name, found := range map[string][]fact{"nothing": nil, "too much": {"1", "2", "3", "4"}, "twice": {"1", "1", "2", "3"}, "another": {"1", "2", "5"}} {
		if s := compare(found, want); s.good() {
			t.Errorf("%s is good enough: %s", name, s)
		}
	}
	if s := compare(want, want); !s.good() {
		t.Errorf("all of it is not good enough: %s", s)
	}
	if err := reportIntake(t.Context(), nil, numberings{}, &strings.Builder{}); err == nil {
		t.Error("no documents at all meet the goals")
	}
}

func TestExpectationsThatAreWrongAreRefused(t *testing.T) {
	t.Parallel()
	for _, wanted := range []string{"initiative not there", "cites x | y", "nonsense"} {
		if _, err := expectations(wanted, "a text"); err == nil {
			t.Errorf("%q is taken", wanted)
		}
	}
}

// TestFoundingLetter reads the letter that the project began with, which is no
// part of the repository: NORMMAP_FIXTURES names the folder that holds it.
func TestFoundingLetter(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("NORMMAP_FIXTURES")
	if folder == "" {
		t.Log("NORMMAP_FIXTURES is not set: only our own documents were read")
		return
	}
	text, err := os.ReadFile(filepath.Join(folder, "seeds", "000_f9facc0529999f02.txt"))
	if err != nil {
		t.Fatal(err)
	}
	n := recorded(t)
	f := found(read(t, citation.NewGrammar(n.names), string(text)), n)
	ambiguous := 0
	for _, r := range f.resolutions {
		if strings.HasSuffix(string(r), " ambiguous") {
			ambiguous++
		}
	}
	if len(f.initiatives) != 17 || len(f.citations) != 38 || ambiguous != 4 {
		t.Errorf("%d initiatives with parts, %d citations, %d ambiguous; want 17, 38, 4", len(f.initiatives), len(f.citations), ambiguous)
	}
}
