package store_test

import (
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// Once it is answered, an assessment stays as it was answered: whoever made it
// cannot take the answer away, by whichever way.
func TestAnAnsweredAssessmentStays(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	chief := addAccount(t, s, account.Reviewer).Actor()
	link, _ := someLink(t, pool)
	e := anAssessment(link)
	first := apply(t, s, by, e)
	e.ID, e.Version, e.View = first.IDs[0], first.Revision, norms.Partly
	second := apply(t, s, by, e)
	answered := apply(t, s, speaker(t, s, pool, "microsoft"), norms.PutAnswer{Assessment: e.ID, Version: second.Revision, Text: "No."})

	e.Version, e.View = second.Revision, norms.Disagrees
	refused(t, s, by, "changed", norms.Conflict, "answered", e)
	refused(t, s, by, "withdrawn", norms.Conflict, "reviewer", norms.WithdrawAssessment{ID: e.ID, Version: second.Revision})
	refused(t, s, by, "the answer taken back", norms.Conflict, "somebody else said", norms.Revert{Changeset: answered.Revision})
	refused(t, s, by, "the change taken back", norms.Conflict, "answered", norms.Revert{Changeset: second.Revision})
	refused(t, s, chief, "the change taken back by a reviewer", norms.Conflict, "somebody else said", norms.Revert{Changeset: second.Revision})

	gone := apply(t, s, chief, norms.WithdrawAssessment{ID: e.ID, Version: second.Revision})
	if a, n := count(t, pool, allAssessments), count(t, pool, allAnswers); a != 0 || n != 0 {
		t.Errorf("withdrawn by a reviewer: %d assessments, %d answers", a, n)
	}
	apply(t, s, by, norms.Revert{Changeset: gone.Revision}) // brings both back
	if now := assessedLink(t, s, link).Assessments; len(now) != 1 || now[0].Answer == nil || now[0].View != norms.Partly {
		t.Errorf("brought back: %+v", now)
	}
}

func TestTakingBackAnAnsweredAssessmentIsTheReviewers(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	link, _ := someLink(t, pool)
	made := apply(t, s, by, anAssessment(link))
	apply(t, s, speaker(t, s, pool, "microsoft"), norms.PutAnswer{Assessment: made.IDs[0], Version: made.Revision, Text: "No."})
	refused(t, s, by, "its changeset taken back", norms.Conflict, "reviewer", norms.Revert{Changeset: made.Revision})
	apply(t, s, addAccount(t, s, account.Reviewer).Actor(), norms.Revert{Changeset: made.Revision})
	if n := count(t, pool, allAnswers); n != 0 {
		t.Errorf("%d answers without their assessment", n)
	}
}

// Whoever agrees with a link takes its relation to be what it says.
func TestAnAssessmentDoesNotContradictItself(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	link, _ := someLink(t, pool)
	for i, tt := range []struct {
		view     norms.View
		relation norms.LinkRelation
		refused  bool
	}{
		{norms.Agrees, "contrary", true}, {norms.Agrees, "no_relationship", true}, {norms.Agrees, "supports", false}, {norms.Agrees, "", false},
		{norms.Disagrees, "contrary", false}, {norms.Disagrees, "supports", false}, {norms.Partly, "contrary", false},
	} {
		e := anAssessment(link + int64(i))
		e.View, e.Relation, e.Strength = tt.view, tt.relation, ""
		if tt.refused {
			refused(t, s, by, string(tt.view+" "+norms.View(tt.relation)), norms.Invalid, "relation: ", e)
		} else {
			apply(t, s, by, e)
		}
	}
}
