package main

import (
	"os"
	"strings"
	"testing"

	"normmap/internal/pgtest"
	"normmap/internal/store"
)

// The promise: no false alarm in any case, and most wrong numbers found.
func TestHintsAreRightAndRarelyMissing(t *testing.T) {
	t.Parallel()
	s, _ := founding(t)
	cases, err := readQuoted(os.DirFS("../quote/testdata"))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := reportQuoted(t.Context(), cases, s, &out); err != nil || len(cases) < 40 {
		t.Errorf("%d cases: %v\n%s", len(cases), err, out.String())
	}
	deaf, end, err := store.Connect(t.Context(), pgtest.URL(t), 2, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	if err := reportQuoted(t.Context(), cases, deaf, &out); err == nil {
		t.Error("the report is content with a check that says nothing")
	}
	cases[0].want, cases[1].want = cases[1].want, cases[0].want
	if err := reportQuoted(t.Context(), cases, s, &out); err == nil {
		t.Error("the report is content with a hint where there should be none")
	}
}

// The documents of the contributions cite what they do, not what principles
// say: of a number that means one thing nothing is said.
func TestContributionsGiveNoFalseAlarm(t *testing.T) {
	t.Parallel()
	s, _ := founding(t)
	all, err := contributions(os.DirFS("../intake/testdata"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		hints, err := check(t.Context(), s, c.text)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range hints {
			if !h.Open {
				t.Errorf("%s: %+v", c.name, h)
			}
		}
	}
}
