package store_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
)

// A contributor's link on which two sources rest is there as long as one of
// them is, in whatever order they go and come back.
func TestWithdrawnAndRestoredSourcesShareALink(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ late bool }{"both withdrawn": {false}, "the other one recorded meanwhile": {true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, pool := seeded(t)
			keys, by := things(t, s, pool), editor(t, pool)
			text := "Again: The Accord of Tests, principle 1"
			second := []norms.Edit{
				norms.PutSource{Slug: "test-report", Title: "A report", Kind: "contribution", Exhaustiveness: "unknown"},
				norms.PutCitationLine{Source: "test-report", Initiative: "suite", Text: text,
					References: []norms.Reference{{Text: "The Accord of Tests, principle 1", Start: -1, End: -1, Name: "The Accord of Tests", Agreement: "tests", Labels: []string{"1"}}}},
			}
			away := func(slug string) {
				apply(t, s, by, norms.Withdraw{Kind: "source", Key: slug, Version: versionOf(t, s, pool, "source", slug)})
			}
			if c.late {
				away(keys["source"])
				apply(t, s, by, second...)
			} else {
				apply(t, s, by, second...)
				away(keys["source"])
				away("test-report")
				apply(t, s, by, norms.Restore{Kind: "source", Key: keys["source"]})
			}
			before := keys["source"]
			if !c.late {
				before = "test-report"
			}
			apply(t, s, by, norms.Restore{Kind: "source", Key: before})
			const shared = "select count(distinct c.link_id) * 10 + count(*) from citation c join reference r on r.id = c.reference_id where r.agreement_name = 'The Accord of Tests' and c.link_id is not null"
			if n := count(t, pool, shared); n != 12 {
				t.Errorf("links and citations: %d, want one link with two", n)
			}
			if n := count(t, pool, orphans); n != 0 {
				t.Errorf("%d links without a citation", n)
			}
			intact(t, s)
		})
	}
}

func TestFactsComeBackUnderThePresentName(t *testing.T) {
	t.Parallel()
	for _, back := range []string{"restored", "reverted"} {
		t.Run(back, func(t *testing.T) {
			t.Parallel()
			s, pool := seeded(t)
			by := editor(t, pool)
			things(t, s, pool)
			gone := apply(t, s, by, norms.Withdraw{Kind: "principle", Key: "tests/2", Version: versionOf(t, s, pool, "principle", "tests/2")})
			apply(t, s, by, norms.Rename{Kind: "agreement", Key: "tests", To: "exams", Version: versionOf(t, s, pool, "agreement", "tests")})
			if back == "restored" {
				apply(t, s, by, norms.Restore{Kind: "principle", Key: "exams/2"})
			} else {
				apply(t, s, by, norms.Revert{Changeset: gone.Revision})
			}
			conn := connect(t, pool.Config().ConnString())
			got := lines(t, conn, "select kind || ' ' || entity from fact_source where entity like 'tests%' or entity like 'exams%' order by 1")
			if diff := cmp.Diff([]string{"edition exams/first", "principle exams/2"}, got); diff != "" {
				t.Errorf("facts (-want +got):\n%s", diff)
			}
			intact(t, s)
		})
	}
}

func TestWithdrawingTakesWhatItsWriterSaw(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	things(t, s, pool)
	seen := read[norms.Departure](t)(s.Departure(t.Context(), "initiative", "suite"))
	e := norms.Withdraw{Kind: "initiative", Key: "suite", Version: versionOf(t, s, pool, "initiative", "suite"), Takes: seen.Digest}
	apply(t, s, by, norms.PutLink{Initiative: "suite", Principle: "paris-call/6", Relation: "supports", Origin: "curator", Rationale: "A colleague's."})
	if e.Version != versionOf(t, s, pool, "initiative", "suite") {
		t.Fatal("the initiative has a new version: this shows nothing")
	}
	_, err := s.Apply(t.Context(), by, "away", []norms.Edit{e})
	now, ok := asError(t, err, norms.Stale).Theirs.(norms.Departure)
	if !ok || now.Digest == seen.Digest || cmp.Equal(now.Parts, seen.Parts) {
		t.Fatalf("withdrawn with a colleague's link: %v, which tells %+v", err, now)
	}
	e.Takes = now.Digest
	apply(t, s, by, e)
}

func TestAcceptedWithdrawalsTakeWhatWasApproved(t *testing.T) {
	t.Parallel()
	r := proposed(t, newInitiative("unrelated"))
	by := editor(t, r.pool)
	things(t, r.s, r.pool)
	seen := read[norms.Departure](t)(r.s.Departure(t.Context(), "initiative", "suite"))
	r.id = r.propose(norms.Withdraw{Kind: "initiative", Key: "suite", Version: versionOf(t, r.s, r.pool, "initiative", "suite"), Takes: seen.Digest})
	must(t, r.decide(1, norms.Accepted))
	apply(t, r.s, by, norms.PutLink{Initiative: "suite", Principle: "paris-call/6", Relation: "supports", Origin: "curator", Rationale: "A colleague's."})
	if e := r.proposal().List[0]; e.State != norms.EditChanged || len(e.Clashes) == 0 {
		t.Errorf("the edit is %s with %+v (%v), want the new link as a clash", e.State, e.Clashes, e.Problem)
	}
	if _, err := r.s.ApplyProposal(t.Context(), r.reviewer, r.id); norms.KindOf(err) != norms.Conflict {
		t.Errorf("applied: %v, want Conflict", err)
	}
}

func TestRenamedKeysAreToldWhole(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	things(t, s, pool)
	apply(t, s, by, norms.Rename{Kind: "edition", Key: "tests/first", To: "second", Version: versionOf(t, s, pool, "edition", "tests/first")})
	apply(t, s, by, norms.Rename{Kind: "agreement", Key: "tests", To: "exams", Version: versionOf(t, s, pool, "agreement", "tests")})
	for _, tt := range []struct {
		e    norms.Edit
		says string
	}{
		{norms.Restore{Kind: "principle", Key: "tests@first/2"}, `now called "exams@second/2"`},
		{norms.Withdraw{Kind: "principle", Key: "tests@first/2", Version: 1}, `now called "exams@second/2"`},
		{norms.Withdraw{Kind: "principle", Key: "tests/2", Version: 1}, `now called "exams/2"`},
		{norms.Withdraw{Kind: "edition", Key: "tests/first", Version: 1}, `now called "exams/second"`},
	} {
		_, err := s.Apply(t.Context(), by, "r", []norms.Edit{tt.e})
		if norms.KindOf(err) != norms.Conflict || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%+v: %v, want %q", tt.e, err, tt.says)
		}
	}
}

func TestAnAcceptedRevertThatWouldDoLessIsChangedMeanwhile(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	ed := editor(t, pool)
	done := apply(t, s, ed, imported(4)...)
	r := reviewed{t: t, s: s, pool: pool, proposer: person(t, pool, "Carl", "contributor"), reviewer: person(t, pool, "Rita", "reviewer")}
	r.id = r.propose(norms.Revert{Changeset: done.Revision})
	must(t, r.decide(1, norms.Accepted))
	editedByHand(t, s, ed, done.Revision)
	if e := r.proposal().List[0]; e.State != norms.EditChanged || len(e.Clashes) == 0 {
		t.Errorf("the revert is %s, %+v", e.State, e.Clashes)
	}
	if _, err := s.ApplyProposal(t.Context(), r.reviewer, r.id); norms.KindOf(err) != norms.Conflict {
		t.Errorf("applied: %v, want Conflict", err)
	}
}

// The statement that takes a changeset back may run longer than others.
func TestTakingBackMayTakeItsTime(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	done := apply(t, s, by, imported(2)...)
	owner := connect(t, pool.Config().ConnString())
	const watch = `
create function in_time() returns trigger language plpgsql as $$
begin
  if current_setting('statement_timeout')::interval < interval '10s' then raise 'there is only % for this', current_setting('statement_timeout'); end if;
  return old;
end $$;
create trigger in_time before delete on initiative for each row execute function in_time()`
	if _, err := owner.Exec(t.Context(), watch); err != nil {
		t.Fatal(err)
	}
	apply(t, s, by, norms.Revert{Changeset: done.Revision})
}
