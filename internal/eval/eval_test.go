package main

import (
	"context"
	"strings"
	"testing"

	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/store"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func founding(t *testing.T) (*store.Store, truth) {
	t.Helper()
	s, end, err := store.Connect(t.Context(), pgtest.Founding(t), 2, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	all, err := readTruth(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return s, all
}

// The promise: of the hidden links, the suggestions name clearly more than
// "most cited first" does.
func TestSuggestionsAreBetterThanTheMostCited(t *testing.T) {
	t.Parallel()
	s, all := founding(t)
	if all.links != 34 || len(all.initiatives) != 13 {
		t.Fatalf("%d links of %d initiatives, want the letter's 34 of 13", all.links, len(all.initiatives))
	}
	var found []hits
	for _, m := range compared(s, all) {
		h, err := measure(t.Context(), all.each(nil), m.method)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, h)
	}
	ours := found[2]
	for _, baseline := range found[:2] {
		if !ours.better(baseline) {
			t.Errorf("of %d links the suggestions name %v among 3 and %v among 5, the most cited %v and %v; want %d of a hundred more",
				ours.links, ours.of3, ours.of5, baseline.of3, baseline.of5, margin)
		}
		if baseline.better(ours) || ours.better(ours) {
			t.Error("the check takes anything for better")
		}
	}
}

// Nothing is left of a hidden link: what is asked without it is answered as if
// it had never been recorded.
func TestHiddenLinksLeaveNoTrace(t *testing.T) {
	t.Parallel()
	s, all := founding(t)
	for _, q := range all.whole(nil) {
		got, err := s.SuggestionsBy(t.Context(), norms.SuggestionsAsked{Initiative: q.initiative, Without: q.hidden}, only("together"))
		if err != nil || len(got.Items) > 0 {
			t.Errorf("%s: citing nothing it is offered %v for what it cites, %v", q.initiative, got.Items, err)
		}
	}
}

func only(s norms.Signal) norms.Weighing {
	w := norms.DefaultWeighing()
	w.Only = s
	return w
}

func TestMostCitedCountsWithoutTheHidden(t *testing.T) {
	t.Parallel()
	all := truth{
		initiatives: []string{"a", "b", "c"},
		cites:       map[string][]string{"a": {"x/1", "x/2"}, "b": {"x/2"}, "c": {"x/3"}},
		principles:  []principle{{"x/1", "x"}, {"x/2", "x"}, {"x/3", "x"}, {"y/1", "y"}},
	}
	refs, lot := all.mostCited(question{initiative: "a", hidden: []string{"x/1"}})
	if got := strings.Join(refs, " "); got != "x/3 x/1 y/1" {
		t.Errorf("guessed %s: x/2 is cited already, and x/1 by nobody else", got)
	}
	if s := lot["x/1"]; s != (standing{above: 1, equal: 2}) || s.among(1) != 0 || s.among(2) != 0.5 || s.among(3) != 1 {
		t.Errorf("x/1 stands at %+v", s)
	}
	if refs, _ := all.mostCited(question{initiative: "a", hidden: []string{"x/1"}, among: []string{"y"}}); len(refs) != 1 {
		t.Errorf("of y alone it guesses %v", refs)
	}
}

func TestReportFailsWhenOursIsNotBetter(t *testing.T) {
	t.Parallel()
	s, end, err := store.Connect(t.Context(), pgtest.URL(t), 2, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	var out strings.Builder
	if err := report(context.WithoutCancel(t.Context()), s, &out); err == nil || !strings.Contains(err.Error(), "not better") {
		t.Errorf("an empty record: %v\n%s", err, &out)
	}
}
