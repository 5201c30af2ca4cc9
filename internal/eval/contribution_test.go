package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestContributionsAreReadAsExpected(t *testing.T) {
	t.Parallel()
	s, _ := founding(t)
	all, err := contributions(os.DirFS("../intake/testdata"))
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 15 {
		t.Errorf("%d documents, want at least 15", len(all))
	}
	var out strings.Builder
	if err := reportIntake(context.WithoutCancel(t.Context()), all, s, true, &out); err != nil {
		t.Error(err)
	}
	t.Log("\n" + out.String())
}

// What is found too much or missed is told with its line and its first words.
func TestDifferencesAreTold(t *testing.T) {
	t.Parallel()
	s, _ := founding(t)
	text := "# Work\n\n- A course (Paris Call 5).\n- A prize (Paris Call 4).\n"
	want, err := expectations("initiative - A course\n  cites paris-call | 6 | paris-call/6\ninitiative - A prize\n  cites paris-call | 4 | paris-call/4", text)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := reportIntake(t.Context(), []sent{{"work.md", text, want}}, s, true, &out); err == nil {
		t.Error("a wrong number is good enough")
	}
	for _, told := range []string{"work.md: + meaning line 3, 8: - A course (Paris Call 5). paris-call 5 paris-call/5", "work.md: - meaning line 3, 8: - A course (Paris Call 5). paris-call 6 paris-call/6"} {
		if !strings.Contains(out.String(), told) {
			t.Errorf("%q is not told:\n%s", told, &out)
		}
	}
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
	if err := reportIntake(t.Context(), nil, nil, false, &strings.Builder{}); err == nil {
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
	s, _ := founding(t)
	r, err := read(t.Context(), s, string(text))
	if err != nil {
		t.Fatal(err)
	}
	f := found(r)
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
