package store_test

import (
	"strings"
	"testing"

	"normmap/internal/norms"
)

// A name that is corrected where a thing is added is the one by which the other
// edits of the proposal name it, whoever corrected it.
func TestACorrectedNameIsCarriedOverToTheOtherEdits(t *testing.T) {
	t.Parallel()
	for _, who := range []string{"reviewer", "proposer"} {
		t.Run(who, func(t *testing.T) {
			t.Parallel()
			part := newInitiative("with-a-source")
			part.Source = "letter-a"
			r := proposed(t, letterSource("letter-a", ""), part)
			better := letterSource("letter-b", "")
			if who == "reviewer" {
				must(t, r.s.DecideEdits(t.Context(), r.reviewer, r.id, norms.EditDecision{Position: 1, Version: 1, Verdict: norms.Corrected, Edit: better}))
			} else {
				must(t, r.s.ReviseEdit(t.Context(), r.proposer, r.id, 1, 1, better))
				must(t, r.decide(1, norms.Accepted))
			}
			e := r.proposal().List[1]
			if e.State != norms.EditReady || e.Edit.(norms.PutInitiative).Source != "letter-b" || len(e.Renamed) != 1 {
				t.Fatalf("edit 2 is %s (%v), says %+v, renamed %v", e.State, e.Problem, e.Edit, e.Renamed)
			}
			part.Source = "letter-a"
			err := r.s.DecideEdits(t.Context(), r.reviewer, r.id, norms.EditDecision{Position: 2, Version: 1, Verdict: norms.Corrected, Edit: part})
			if norms.KindOf(err) != norms.Conflict || !strings.Contains(err.Error(), `called "letter-a" before`) {
				t.Errorf("the old name is written again: %v", err)
			}
			must(t, r.decide(2, norms.Accepted))
			r.apply()
			if got := read[norms.Initiative](t)(r.s.Initiative(t.Context(), "with-a-source")); got.Source != "letter-b" {
				t.Errorf("it is recorded of %q", got.Source)
			}
		})
	}
}

// What rests on an edit that is not applied is not given to a recorded thing
// that has the same name by chance.
func TestWhatRestsOnAnEditWaitsForIt(t *testing.T) {
	t.Parallel()
	link := aLink("paris-call/6")
	link.Initiative = "by-chance"
	r := proposed(t, newInitiative("by-chance"), link)
	by := editor(t, r.pool)
	apply(t, r.s, by, newInitiative("by-chance"))
	must(t, r.decide(2, norms.Accepted))
	if _, err := r.s.ApplyProposal(t.Context(), r.reviewer, r.id); norms.KindOf(err) != norms.Conflict || !strings.Contains(err.Error(), "names the initiative “"+newInitiative("by-chance").Title+"”, which edit 1 adds") {
		t.Errorf("it is applied without the edit on which it rests: %v", err)
	}
	must(t, r.decide(2, norms.Undecided))
	must(t, r.decide(1, norms.Rejected))
	if e := r.proposal().List[1]; e.State != norms.EditBroken || !strings.Contains(e.Problem.Error(), "names the initiative “"+newInitiative("by-chance").Title+"”, which edit 1 was to add") {
		t.Errorf("without edit 1 it is %s: %v", e.State, e.Problem)
	}
	if err := r.decide(2, norms.Accepted); norms.KindOf(err) != norms.Conflict {
		t.Errorf("it is accepted all the same: %v", err)
	}
	e := r.proposal().List[1]
	must(t, r.s.DecideEdits(t.Context(), r.reviewer, r.id, norms.EditDecision{Position: 2, Version: 1, Seen: e.DecisionID, Verdict: norms.Corrected, Edit: link, Note: "the recorded one"}))
	if done := r.apply(); done.Revision == 0 {
		t.Error("what a reviewer says is meant is not recorded")
	}
}
