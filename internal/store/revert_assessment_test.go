package store_test

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
)

func number(id int64) string { return strconv.FormatInt(id, 10) }

// assessAndAnswer has a link assessed by a curator and a third party, and the
// curator answered.
func assessAndAnswer(t *testing.T, s *store.Store, pool *pgxpool.Pool, by account.Actor, link int64) []norms.AssessmentRow {
	t.Helper()
	made := apply(t, s, by, anAssessment(link))
	third := anAssessment(link)
	third.Assessor, third.Organization = norms.ByThirdParty, "cybersecurity-tech-accord"
	apply(t, s, by, third)
	apply(t, s, speaker(t, s, pool, "microsoft"), norms.PutAnswer{Assessment: made.IDs[0], Version: made.Revision, Text: "No."})
	return assessedLink(t, s, link).Assessments
}

const (
	allAssessments = "select count(*) from assessment"
	allAnswers     = "select count(*) from answer"
)

// Versions and times are those of the revert, everything else is as before.
var asBefore = cmp.Options{cmpopts.IgnoreFields(norms.AssessmentRow{}, "Version", "At"), cmpopts.IgnoreFields(norms.AnswerRow{}, "Version", "At")}

// Whichever way a link goes, what was made of it goes along in the same
// changeset, and comes back with it.
func TestAssessmentsGoAndComeWithTheirLink(t *testing.T) {
	t.Parallel()
	for name, goes := range map[string]func(t *testing.T, s *store.Store, pool *pgxpool.Pool, by account.Actor) (link int64, away func() int64){
		"its citation is set aside": func(t *testing.T, s *store.Store, pool *pgxpool.Pool, by account.Actor) (int64, func() int64) {
			link, citation := someLink(t, pool)
			return link, func() int64 { return decide(t, s, by, citation, 1, "set_aside", "") }
		},
		"its citation is resolved otherwise": func(t *testing.T, s *store.Store, pool *pgxpool.Pool, by account.Actor) (int64, func() int64) {
			link, citation := someLink(t, pool)
			return link, func() int64 { return decide(t, s, by, citation, 1, "resolve", "tech-accord/4") }
		},
		"it is withdrawn": func(t *testing.T, s *store.Store, pool *pgxpool.Pool, by account.Actor) (int64, func() int64) {
			l := aLink("paris-call/6")
			l.Initiative = firstInitiative(t, pool)
			made := apply(t, s, by, l)
			return made.IDs[0], func() int64 {
				return apply(t, s, by, norms.WithdrawLink{ID: made.IDs[0], Version: made.Revision}).Revision
			}
		},
		"what made it is taken back": func(t *testing.T, s *store.Store, pool *pgxpool.Pool, by account.Actor) (int64, func() int64) {
			l := aLink("paris-call/6")
			l.Initiative = firstInitiative(t, pool)
			made := apply(t, s, by, l)
			return made.IDs[0], func() int64 { return apply(t, s, by, norms.Revert{Changeset: made.Revision}).Revision }
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, pool := seeded(t)
			by := editor(t, pool)
			link, away := goes(t, s, pool, by)
			before := assessAndAnswer(t, s, pool, by, link)
			rev := away()
			if a, n := count(t, pool, allAssessments), count(t, pool, allAnswers); a != 0 || n != 0 {
				t.Errorf("%d assessments and %d answers without their link", a, n)
			}
			if n := count(t, pool, "select count(*) from history.assessment where until_rev = "+number(rev)); n != 2 {
				t.Errorf("the changeset ended %d assessments, want 2", n)
			}
			_, err := s.AssessedLink(t.Context(), link)
			wantKind(t, "the link", err, norms.Gone)
			_, err = s.LinkAssessed(t.Context(), before[0].ID)
			wantKind(t, "the assessment", err, norms.Gone)
			apply(t, s, by, norms.Revert{Changeset: rev})
			if d := cmp.Diff(before, assessedLink(t, s, link).Assessments, asBefore); d != "" {
				t.Errorf("after the revert: %s", d)
			}
		})
	}
}

// A link that comes back beside what is reverted brings what was made of it.
func TestAssessmentsComeBackWithASharedLink(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	first, second, rev := secondLine(t, s, pool, by)
	link, _ := someLink(t, pool)
	before := assessAndAnswer(t, s, pool, by, link)
	one := decide(t, s, by, first, 1, "set_aside", "")
	if n := count(t, pool, allAssessments); n != 2 {
		t.Errorf("%d assessments while the other citation holds the link, want 2", n)
	}
	decide(t, s, by, second, rev, "set_aside", "")
	apply(t, s, by, norms.Revert{Changeset: one}) // does not undo what dropped the link
	if d := cmp.Diff(before, assessedLink(t, s, link).Assessments, asBefore); d != "" {
		t.Error(d)
	}
}

// A link that was made anew meanwhile, under another number, gets them; what
// the same assessor said of it anew stands.
func TestAssessmentsComeBackToALinkMadeAnew(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	link, citation := someLink(t, pool)
	assessAndAnswer(t, s, pool, by, link)
	aside := decide(t, s, by, citation, 1, "set_aside", "")
	var ref string
	must(t, pool.QueryRow(t.Context(), "select n.ref from history.link l join principle_name n on n.id = l.principle_id where l.id = $1 limit 1", link).Scan(&ref))
	decide(t, s, by, citation, aside, "resolve", ref)
	var anew int64
	must(t, pool.QueryRow(t.Context(), "select link_id from citation where id = $1", citation).Scan(&anew))
	if anew == link {
		t.Fatal("the link has its old number; the test is about another one")
	}
	e := anAssessment(anew)
	e.Rationale = "Said anew."
	apply(t, s, by, e)
	_, err := s.Apply(t.Context(), by, "undo", []norms.Edit{norms.Revert{Changeset: aside}})
	if err != nil && norms.KindOf(err) != norms.Conflict {
		t.Fatal(err)
	}
	if n := count(t, pool, "select count(*) from assessment s where not exists (select from link l where l.id = s.link_id)"); n != 0 {
		t.Errorf("%d assessments without a link", n)
	}
	if n := count(t, pool, "select count(*) from assessment where rationale = 'Said anew.'"); n != 1 {
		t.Errorf("what was said anew is there %d times", n)
	}
}

func TestAnAssessmentDoesNotComeBackWithoutItsLink(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	l := aLink("paris-call/6")
	l.Initiative = firstInitiative(t, pool)
	made := apply(t, s, by, l)
	view := apply(t, s, by, anAssessment(made.IDs[0]))
	away := apply(t, s, by, norms.WithdrawAssessment{ID: view.IDs[0], Version: view.Revision})
	apply(t, s, by, norms.WithdrawLink{ID: made.IDs[0], Version: made.Revision})
	_, err := s.Apply(t.Context(), by, "undo", []norms.Edit{norms.Revert{Changeset: away.Revision}})
	wantKind(t, "an assessment of a withdrawn link", err, norms.Conflict)
}
