package store_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/proposals"
)

// firstDay is when the tests of silence begin; days later is when it ends.
var firstDay = time.Date(2030, 3, 1, 12, 0, 0, 0, time.UTC)

const inAWeek = norms.Date("2030-03-08")

func (r reviewed) adopt(now time.Time) []proposals.Adopted {
	r.t.Helper()
	return read[[]proposals.Adopted](r.t)(r.s.AdoptDue(r.t.Context(), now))
}

func TestSilenceAdoptsOnTheDayOnce(t *testing.T) {
	t.Parallel()
	r := proposed(t, newInitiative("one-a"))
	must(t, r.s.SetAdoption(t.Context(), r.reviewer, r.id, inAWeek, firstDay))
	if done := r.adopt(firstDay.AddDate(0, 0, 6)); len(done) != 0 {
		t.Errorf("adopted %+v a day early", done)
	}
	var wg sync.WaitGroup
	var done [3][]proposals.Adopted
	for i := range done {
		wg.Go(func() { done[i], _ = r.s.AdoptDue(t.Context(), firstDay.AddDate(0, 0, 7)) })
	}
	wg.Wait()
	if n := len(done[0]) + len(done[1]) + len(done[2]); n != 1 {
		t.Fatalf("three instances adopted it %d times, want once", n)
	}
	p := r.proposal()
	if p.State != "accepted" || len(p.Approved) != 1 || !p.Approved[0].BySilence || p.Approved[0].Reviewer != "" {
		t.Errorf("proposal %s with approvals %+v, want it accepted by silence", p.State, p.Approved)
	}
	c := read[norms.Changeset](t)(r.s.Changeset(t.Context(), p.Approved[0].Changeset, norms.Page{}))
	if !c.BySilence || c.ProposedBy != "Carl Contributor" || len(p.Comments) != 1 || !strings.Contains(p.Comments[0].Text, "silence") {
		t.Errorf("changeset %+v, comments %+v", c.ChangesetRow, p.Comments)
	}
}

func TestAnObjectionStopsSilenceUntilItIsSetAside(t *testing.T) {
	t.Parallel()
	r := proposed(t, newInitiative("one-a"))
	critic := person(t, r.pool, "Olga Objector", account.Contributor)
	if err := r.s.Object(t.Context(), critic, r.id, "Too early."); norms.KindOf(err) != norms.Conflict {
		t.Errorf("objecting where silence adopts nothing gave %v, want Conflict", err)
	}
	must(t, r.s.SetAdoption(t.Context(), r.reviewer, r.id, inAWeek, firstDay))
	must(t, r.s.Object(t.Context(), critic, r.id, "This is not what the letter says."))
	later := firstDay.AddDate(0, 1, 0)
	if done := r.adopt(later); len(done) != 0 {
		t.Fatalf("adopted %+v in spite of an objection", done)
	}
	o := r.proposal().Objecting[0]
	for who, by := range map[string]account.Actor{"the proposer": r.proposer, "the objector": critic, "an editor": editor(t, r.pool)} {
		if err := r.s.SetObjectionAside(t.Context(), by, r.id, o.ID, "no"); norms.KindOf(err) != norms.Forbidden {
			t.Errorf("set aside by %s: %v, want Forbidden", who, err)
		}
	}
	must(t, r.s.SetObjectionAside(t.Context(), r.reviewer, r.id, o.ID, "The letter says so on page 3."))
	if done := r.adopt(later); len(done) != 1 || done[0].Revision == 0 {
		t.Errorf("adopted %+v after the objection was set aside, want one", done)
	}
	if o := r.proposal().Objecting; len(o) != 1 || o[0].Reason != "This is not what the letter says." || o[0].RulingBy != "Rita Reviewer" {
		t.Errorf("objections %+v, want the one kept with its ruling", o)
	}
}

func TestSilenceLeavesWhatChangedMeanwhile(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	ed := editor(t, pool)
	first := newInitiative("shared-one")
	first.Version = apply(t, s, ed, first).Revision
	r := reviewed{t: t, s: s, pool: pool, proposer: person(t, pool, "Carl", account.Contributor), reviewer: person(t, pool, "Rita", account.Reviewer)}
	ours, theirs := first, first
	ours.Title, theirs.Title = "Proposed", "Theirs"
	r.id = r.propose(ours, newInitiative("one-b"))
	must(t, s.SetAdoption(t.Context(), r.reviewer, r.id, inAWeek, firstDay))
	apply(t, s, ed, theirs)
	done := r.adopt(firstDay.AddDate(0, 0, 8))
	if len(done) != 1 || len(done[0].Left) != 1 || done[0].Left[0] != 1 {
		t.Fatalf("adopted %+v, want edit 1 left", done)
	}
	p := r.proposal()
	if p.State != "open" || p.Undecided != 1 || p.Applied != 1 || p.AdoptOn != "" || !strings.Contains(p.Comments[0].Text, "edit 1") {
		t.Errorf("proposal %+v, comments %+v", p.ProposalRow, p.Comments)
	}
	if n := count(t, pool, "select count(*) from initiative where title = 'Theirs'"); n != 1 {
		t.Error("the editor's title was overwritten")
	}
}

func TestWhoMayLetSilenceAdopt(t *testing.T) {
	t.Parallel()
	r := proposed(t, newInitiative("one-a"))
	ed := editor(t, r.pool)
	own, err := r.s.Propose(t.Context(), ed, norms.Staging{Reason: "r", Edits: []norms.Edit{newInitiative("one-b")}})
	must(t, err)
	for _, c := range []struct {
		who  string
		by   account.Actor
		id   int64
		on   norms.Date
		want norms.Kind
	}{
		{"a contributor's own", r.proposer, r.id, inAWeek, norms.Forbidden},
		{"an editor another's", ed, r.id, inAWeek, norms.Forbidden},
		{"an editor's own", ed, own, inAWeek, 0},
		{"a reviewer", r.reviewer, r.id, inAWeek, 0},
		{"too early", r.reviewer, r.id, "2030-03-07", norms.Invalid},
		{"no day", r.reviewer, r.id, "2030-04", norms.Invalid},
		{"taken back", r.reviewer, r.id, "", 0},
	} {
		if err := r.s.SetAdoption(t.Context(), c.by, c.id, c.on, firstDay); norms.KindOf(err) != c.want || err != nil && c.want == 0 {
			t.Errorf("%s: %v, want kind %d", c.who, err, c.want)
		}
	}
}

func TestSilenceNeedsSomeoneWhoMayPublish(t *testing.T) {
	t.Parallel()
	r := proposed(t, newInitiative("one-a"))
	must(t, r.s.SetAdoption(t.Context(), r.reviewer, r.id, inAWeek, firstDay))
	_, err := r.pool.Exec(t.Context(), "update account set disabled_at = now() where id = $1", r.reviewer.ID)
	must(t, err)
	if done := r.adopt(firstDay.AddDate(0, 0, 9)); len(done) != 1 || done[0].Revision != 0 {
		t.Errorf("adopted %+v for an account that was disabled", done)
	}
	if n := count(t, r.pool, "select count(*) from initiative where slug = 'one-a'"); n != 0 {
		t.Error("the edit was applied")
	}
}

func TestSilenceIsNotAnnouncedForNothing(t *testing.T) {
	t.Parallel()
	r := proposed(t, newInitiative("one-a"))
	must(t, r.decide(1, norms.Rejected))
	err := r.s.SetAdoption(t.Context(), r.reviewer, r.id, inAWeek, firstDay)
	if norms.KindOf(err) != norms.Conflict || !strings.Contains(err.Error(), "nothing of proposal") {
		t.Errorf("a day for what is rejected whole gave %v, want Conflict", err)
	}
	must(t, r.decide(1, norms.Undecided))
	must(t, r.s.SetAdoption(t.Context(), r.reviewer, r.id, inAWeek, firstDay))
}
