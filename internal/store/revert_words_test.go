package store_test

import (
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// What a curator or an organization says is theirs: an undo by somebody else
// leaves it as it is and says so.
func TestAnUndoLeavesTheWordsOfOthers(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	ada, ben, rita := editor(t, pool), addAccount(t, s, account.Editor).Actor(), addAccount(t, s, account.Reviewer).Actor()
	own, other := speaker(t, s, pool, "microsoft"), speaker(t, s, pool, "cybersecurity-tech-accord")
	own.Role, other.Role = account.Editor, account.Editor
	link, _ := someLink(t, pool)
	made := apply(t, s, ada, anAssessment(link))
	changed := anAssessment(link)
	changed.ID, changed.Version, changed.Rationale = made.IDs[0], made.Revision, "Said better."
	better := apply(t, s, ada, changed)
	refuses := func(what string, by account.Actor, changeset int64) {
		t.Helper()
		_, err := s.Apply(t.Context(), by, "undo", []norms.Edit{norms.Revert{Changeset: changeset}})
		wantKind(t, what, err, norms.Conflict)
		seen := read[[]norms.Outcome](t)(s.Preview(t.Context(), by, []norms.Edit{norms.Revert{Changeset: changeset}}))
		if kindOf(seen[0].Problem) != norms.Conflict {
			t.Errorf("%s, previewed: %v", what, seen[0].Problem)
		}
	}
	refuses("another editor puts back what was said before", ben, better.Revision)
	refuses("a reviewer puts back what was said before", rita, better.Revision)
	back := apply(t, s, ada, norms.Revert{Changeset: better.Revision}) // one's own words
	refuses("another editor takes that back", ben, back.Revision)

	answered := apply(t, s, own, norms.PutAnswer{Assessment: made.IDs[0], Version: back.Revision, Text: "No."})
	refuses("an editor takes an answer back", ben, answered.Revision)
	refuses("another organization takes an answer back", other, answered.Revision)
	apply(t, s, own, norms.Revert{Changeset: answered.Revision})
	_, err := s.Apply(t.Context(), own, "again", []norms.Edit{norms.PutAnswer{Assessment: made.IDs[0], Version: back.Revision, Text: "Yes."}})
	wantKind(t, "answering again after taking the answer back", err, norms.Invalid)
}

func TestAReviewerTakesAWholeAssessmentBack(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	ada, ben, rita := editor(t, pool), addAccount(t, s, account.Editor).Actor(), addAccount(t, s, account.Reviewer).Actor()
	link, _ := someLink(t, pool)
	made := apply(t, s, ada, anAssessment(link))
	_, err := s.Apply(t.Context(), ben, "undo", []norms.Edit{norms.Revert{Changeset: made.Revision}})
	wantKind(t, "another editor takes it back", err, norms.Conflict)
	gone := apply(t, s, rita, norms.Revert{Changeset: made.Revision})
	if n := count(t, pool, allAssessments); n != 0 {
		t.Errorf("%d assessments after a reviewer took it back", n)
	}
	apply(t, s, ben, norms.Revert{Changeset: gone.Revision}) // its author did not take it back
	now := assessedLink(t, s, link).Assessments
	withdrawn := apply(t, s, ada, norms.WithdrawAssessment{ID: now[0].ID, Version: now[0].Version})
	_, err = s.Apply(t.Context(), rita, "undo", []norms.Edit{norms.Revert{Changeset: withdrawn.Revision}})
	wantKind(t, "saying again what its author withdrew", err, norms.Conflict)
}

// What is left alone holds that on which it rests, and is listed.
func TestTheWordsOfOthersHoldTheirLink(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	ada, ben := editor(t, pool), addAccount(t, s, account.Editor).Actor()
	link, _ := someLink(t, pool)
	made := apply(t, s, ada, anAssessment(link), newInitiative("one-a"))
	done := apply(t, s, ben, norms.Revert{Changeset: made.Revision})
	if len(done.Conflicts) != 1 || done.Conflicts[0].Kind != "assessment" || done.Conflicts[0].ID != made.IDs[0] {
		t.Errorf("left alone %+v, want the assessment", done.Conflicts)
	}
	if n := count(t, pool, "select count(*) from initiative where slug = 'one-a'"); n != 0 {
		t.Error("the initiative stayed")
	}
	if n := count(t, pool, allAssessments); n != 1 {
		t.Errorf("%d assessments, want the one that was left alone", n)
	}
}
