package store_test

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
)

// reviewed is a proposal of a contributor, and who may decide on it.
type reviewed struct {
	t                  *testing.T
	s                  *store.Store
	pool               *pgxpool.Pool
	proposer, reviewer account.Actor
	id                 int64
}

func proposed(t *testing.T, edits ...norms.Edit) reviewed {
	t.Helper()
	s, pool := seeded(t)
	r := reviewed{t: t, s: s, pool: pool, proposer: person(t, pool, "Carl Contributor", account.Contributor), reviewer: person(t, pool, "Rita Reviewer", account.Reviewer)}
	r.id = r.propose(edits...)
	return r
}

func (r reviewed) propose(edits ...norms.Edit) int64 {
	r.t.Helper()
	id, err := r.s.Propose(r.t.Context(), r.proposer, norms.Staging{Reason: "found in the letter", Edits: edits})
	must(r.t, err)
	return id
}

func (r reviewed) proposal() norms.Proposal {
	r.t.Helper()
	return read[norms.Proposal](r.t)(r.s.Proposal(r.t.Context(), r.reviewer, r.id, norms.Page{}))
}

func (r reviewed) decide(position int, v norms.Verdict) error {
	e := r.proposal().List[position-1]
	d := norms.EditDecision{Position: position, Version: e.Version, Seen: e.DecisionID, Verdict: v}
	if v == norms.Rejected {
		d.Code, d.Note = "too_vague", "Which programme?"
	}
	return r.s.DecideEdits(r.t.Context(), r.reviewer, r.id, d)
}

func (r reviewed) apply() norms.Applied {
	r.t.Helper()
	return read[norms.Applied](r.t)(r.s.ApplyProposal(r.t.Context(), r.reviewer, r.id))
}

func TestWhatIsAcceptedBecomesOneChangesetWithItsApproval(t *testing.T) {
	t.Parallel()
	r := proposed(t, newInitiative("one-a"), newInitiative("one-b"), newInitiative("one-c"))
	must(t, r.decide(1, norms.Accepted))
	must(t, r.decide(2, norms.Rejected))
	done := r.apply()
	var edits, reason string
	must(t, r.pool.QueryRow(t.Context(), "select edits::text, reason from changeset where id = $1", done.Revision).Scan(&edits, &reason))
	if !strings.Contains(edits, "one-a") || strings.Contains(edits, "one-b") || reason != "found in the letter" {
		t.Errorf("changeset %q with %s", reason, edits)
	}
	sum := sha256.Sum256([]byte(edits))
	c := read[norms.Changeset](t)(r.s.Changeset(t.Context(), done.Revision, norms.Page{}))
	want := norms.ChangesetRow{By: "Rita Reviewer", ProposedBy: "Carl Contributor", Proposal: r.id, Approved: hex.EncodeToString(sum[:])}
	if c.By != want.By || c.ProposedBy != want.ProposedBy || c.Proposal != want.Proposal || c.Approved != want.Approved || c.BySilence {
		t.Errorf("changeset says %+v, want %+v", c.ChangesetRow, want)
	}
	p := r.proposal()
	if p.State != "open" || p.Applied != 1 || p.Rejected != 1 || p.Undecided != 1 || len(p.Approved) != 1 {
		t.Errorf("proposal %+v: want it open, one edit each applied, rejected, undecided", p.ProposalRow)
	}
	must(t, r.decide(3, norms.Accepted))
	if second := r.apply(); second.Revision <= done.Revision || r.proposal().State != "accepted" {
		t.Errorf("the rest gave changeset %d, and the proposal is %s", second.Revision, r.proposal().State)
	}
}

func TestNobodyDecidesOnTheirOwn(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	own := person(t, pool, "Rita Reviewer", account.Reviewer)
	id, err := s.Propose(t.Context(), own, norms.Staging{Reason: "r", Edits: []norms.Edit{newInitiative("own-one")}})
	must(t, err)
	d := norms.EditDecision{Position: 1, Version: 1, Verdict: norms.Accepted}
	for who, by := range map[string]account.Actor{"its proposer": own, "an editor": editor(t, pool), "a visitor": {}} {
		if err := s.DecideEdits(t.Context(), by, id, d); norms.KindOf(err) != norms.Forbidden {
			t.Errorf("a decision of %s gave %v, want Forbidden", who, err)
		}
		if _, err := s.ApplyProposal(t.Context(), by, id); norms.KindOf(err) != norms.Forbidden {
			t.Errorf("applying as %s gave %v, want Forbidden", who, err)
		}
		if _, err := s.AcceptRemaining(t.Context(), by, id, 1); norms.KindOf(err) != norms.Forbidden {
			t.Errorf("accepting all as %s gave %v, want Forbidden", who, err)
		}
	}
}

// The database refuses what the code would not ask for.
func TestDatabaseKeepsFourEyes(t *testing.T) {
	t.Parallel()
	r := proposed(t, newInitiative("one-a"))
	must(t, r.decide(1, norms.Accepted))
	done := r.apply()
	ed := editor(t, r.pool)
	args := func(who int64) pgx.StrictNamedArgs {
		return pgx.StrictNamedArgs{"who": who, "id": r.propose(newInitiative("x-" + string(rune('a'+who%26))))}
	}
	const decision = `insert into proposal_decision (proposal_id, position, edit_version, decision, by_id) values (@id, 1, 1, 'accepted', @who)`
	const approval = `insert into approval (changeset_id, proposal_id, proposer_id, reviewer_id, by_silence, hash, at)
select max(c.id), @id, @who, @who, false, edits_hash('[]'), now() from changeset c`
	for name, q := range map[string]string{"decision": decision, "approval": approval} {
		if _, err := r.pool.Exec(t.Context(), q, args(r.proposer.ID)); err == nil {
			t.Errorf("the database took a %s of the proposer", name)
		}
	}
	if _, err := r.pool.Exec(t.Context(), decision, args(ed.ID)); err == nil {
		t.Error("the database took a decision of an editor")
	}
	if _, err := r.pool.Exec(t.Context(), decision, args(r.reviewer.ID)); err != nil {
		t.Errorf("the control, a reviewer's decision, was refused: %v", err)
	}
	for _, q := range []string{
		"update approval set hash = 'x'", "delete from approval", "delete from proposal_decision", "update proposal_comment set text = 'x'", "delete from objection",
		"update proposal set reason = 'x'", "update proposal_edit set edit = null", "update proposal set proposer_id = 1",
	} {
		if _, err := r.pool.Exec(t.Context(), q); err == nil {
			t.Errorf("the service's role may %s", q)
		}
	}
	if n := count(t, r.pool, "select count(*) from approval"); n != 1 || done.Revision == 0 {
		t.Errorf("%d approvals, want the one", n)
	}
}

func TestApprovalIsOfExactlyTheEdits(t *testing.T) {
	t.Parallel()
	r := proposed(t, newInitiative("one-a"))
	const q = `
with c as (select open_changeset('account', @reviewer, 'found in the letter', '[{"edit":"other"}]', null) as id)
insert into approval (changeset_id, proposal_id, proposer_id, reviewer_id, by_silence, hash, at)
select id, @id, @proposer, @reviewer, false, edits_hash(@edits), now() from c`
	for edits, fits := range map[string]bool{`[{"edit":"approved"}]`: false, `[{"edit":"other"}]`: true} {
		err := pgx.BeginFunc(t.Context(), r.pool, func(tx pgx.Tx) error {
			_, err := tx.Exec(t.Context(), q, pgx.StrictNamedArgs{"id": r.id, "proposer": r.proposer.ID, "reviewer": r.reviewer.ID, "edits": edits})
			return err
		})
		if (err == nil) != fits {
			t.Errorf("an approval of %s for a changeset of another: %v", edits, err)
		}
	}
}

func TestChangedMeanwhileIsNeverOverwritten(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	ed := editor(t, pool)
	first := newInitiative("shared-one")
	first.Version = apply(t, s, ed, first).Revision
	r := reviewed{t: t, s: s, pool: pool, proposer: person(t, pool, "Carl", account.Contributor), reviewer: person(t, pool, "Rita", account.Reviewer)}
	theirs, ours := first, first
	ours.Title, ours.Status = "Proposed title", "ongoing"
	theirs.Title, theirs.Summary = "Title of an editor", "Another summary."
	r.id = r.propose(ours)
	now := apply(t, s, ed, theirs).Revision
	e := r.proposal().List[0]
	if e.State != norms.EditChanged {
		t.Fatalf("the edit is %s (%v), want changed meanwhile", e.State, e.Problem)
	}
	want := map[string]norms.Clash{
		"title":   {Then: first.Title, Now: "Title of an editor", Proposed: "Proposed title"},
		"summary": {Then: first.Summary, Now: "Another summary.", Proposed: first.Summary, Untouched: true},
	}
	for _, c := range e.Clashes {
		w := want[c.Field]
		w.Thing, w.Field = c.Thing, c.Field
		if c != w {
			t.Errorf("clash %+v, want %+v", c, w)
		}
	}
	if len(e.Clashes) != 2 {
		t.Errorf("clashes %+v, want title and summary", e.Clashes)
	}
	if err := r.decide(1, norms.Accepted); norms.KindOf(err) != norms.Conflict {
		t.Errorf("accepting it gave %v, want Conflict", err)
	}
	fixed := theirs
	fixed.Title, fixed.Status, fixed.Version = "Proposed title", "ongoing", now
	must(t, s.DecideEdits(t.Context(), r.reviewer, r.id, norms.EditDecision{Position: 1, Version: 1, Verdict: norms.Corrected, Edit: fixed}))
	apply(t, s, ed, norms.PutInitiative{Version: now, Slug: first.Slug, Title: "Once more", Summary: "Another summary.", Kind: first.Kind, Organization: first.Organization,
		ReportedBy: first.ReportedBy, Status: first.Status, Source: first.Source, Partners: first.Partners})
	if _, err := s.ApplyProposal(t.Context(), r.reviewer, r.id); norms.KindOf(err) != norms.Conflict {
		t.Errorf("applying what was changed since it was corrected gave %v, want Conflict", err)
	}
	if n := count(t, pool, "select count(*) from initiative where title = 'Once more'"); n != 1 {
		t.Error("the editor's title was overwritten")
	}
}

func TestTwoReviewersAtOnceApplyOnce(t *testing.T) {
	t.Parallel()
	r := proposed(t, newInitiative("one-a"))
	other := person(t, r.pool, "Rob Reviewer", account.Reviewer)
	must(t, r.decide(1, norms.Accepted))
	err := r.s.DecideEdits(t.Context(), other, r.id, norms.EditDecision{Position: 1, Version: 1, Verdict: norms.Rejected, Code: "too_vague"})
	if norms.KindOf(err) != norms.Conflict {
		t.Errorf("deciding about what someone else decided meanwhile gave %v, want Conflict", err)
	}
	var wg sync.WaitGroup
	var done [2]error
	for i, by := range []account.Actor{r.reviewer, other} {
		wg.Go(func() { _, done[i] = r.s.ApplyProposal(t.Context(), by, r.id) })
	}
	wg.Wait()
	if (done[0] == nil) == (done[1] == nil) {
		t.Errorf("two reviewers applied with %v and %v, want one of them to be refused", done[0], done[1])
	}
	if n := count(t, r.pool, "select count(*) from approval"); n != 1 {
		t.Errorf("%d approvals, want 1", n)
	}
}

func TestProposerChangesAndWithdraws(t *testing.T) {
	t.Parallel()
	r := proposed(t, newInitiative("one-a"), newInitiative("one-b"))
	must(t, r.decide(1, norms.Accepted))
	better := newInitiative("one-a")
	better.Title = "A better title"
	must(t, r.s.ReviseEdit(t.Context(), r.proposer, r.id, 1, 1, better))
	if e := r.proposal().List[0]; e.Version != 2 || e.Decision != norms.Undecided {
		t.Errorf("edit %d is %s, want version 2 without a decision", e.Version, e.Decision)
	}
	if err := r.s.ReviseEdit(t.Context(), r.proposer, r.id, 1, 1, better); norms.KindOf(err) != norms.Conflict {
		t.Errorf("changing an old version gave %v, want Conflict", err)
	}
	if err := r.s.ReviseEdit(t.Context(), r.reviewer, r.id, 1, 2, better); norms.KindOf(err) != norms.Forbidden {
		t.Errorf("another's change gave %v, want Forbidden", err)
	}
	must(t, r.s.ReviseEdit(t.Context(), r.proposer, r.id, 2, 1, nil))
	if p := r.proposal(); p.Edits != 1 || p.List[1].State != norms.EditOut {
		t.Errorf("%d edits, the second is %s; want it taken out", p.Edits, p.List[1].State)
	}
	must(t, r.s.Comment(t.Context(), r.reviewer, r.id, "Why?"))
	if err := r.s.WithdrawProposal(t.Context(), r.reviewer, r.id); norms.KindOf(err) != norms.Forbidden {
		t.Errorf("another's withdrawal gave %v, want Forbidden", err)
	}
	must(t, r.s.WithdrawProposal(t.Context(), r.proposer, r.id))
	if err := r.decide(1, norms.Accepted); norms.KindOf(err) != norms.Conflict {
		t.Errorf("deciding on a withdrawn proposal gave %v, want Conflict", err)
	}
	if p := r.proposal(); p.State != "withdrawn" || len(p.Comments) != 1 {
		t.Errorf("proposal %+v", p)
	}
}

func TestOnlyRejectionsCloseAProposalAsRejected(t *testing.T) {
	t.Parallel()
	r := proposed(t, newInitiative("one-a"))
	if _, err := r.s.ApplyProposal(t.Context(), r.reviewer, r.id); norms.KindOf(err) != norms.Conflict {
		t.Errorf("applying nothing gave %v, want Conflict", err)
	}
	must(t, r.decide(1, norms.Rejected))
	must(t, r.decide(1, norms.Undecided)) // taken back
	must(t, r.decide(1, norms.Rejected))
	if done := r.apply(); done.Revision != 0 || r.proposal().State != "rejected" {
		t.Errorf("changeset %d, the proposal is %s", done.Revision, r.proposal().State)
	}
}

func TestEditsRestOnTheirPassages(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	var id, version int64
	must(t, pool.QueryRow(t.Context(), "select id, version from citation where resolution = 'ambiguous' order by id limit 1").Scan(&id, &version))
	r := reviewed{t: t, s: s, pool: pool, proposer: person(t, pool, "Carl", account.Contributor), reviewer: person(t, pool, "Rita", account.Reviewer)}
	r.id = r.propose(norms.ResolveCitation{ID: id, Version: version, Decision: "set_aside", Note: "not a norm"}, aLink("paris-call/6"), newInitiative("one-a"),
		norms.Withdraw{Kind: "initiative", Key: "microsoft-newsguard", Version: 1})
	list := r.proposal().List
	if p := list[0].Passages; len(p) != 1 || p[0].Text == "" || p[0].Source != "microsoft-bpf-2019" || p[0].Before+p[0].After == "" {
		t.Errorf("the citation's passage is %+v, want its printed reference with its surroundings", p)
	}
	for i, e := range list {
		if len(e.Passages) == 0 || e.Passages[0].Title == "" {
			t.Errorf("edit %d rests on %+v", i+1, e.Passages)
		}
	}
}

func TestDoctorSeesApprovalsThatDoNotHold(t *testing.T) {
	t.Parallel()
	url := pgtest.Founding(t)
	pool, err := postgres.Open(t.Context(), url)
	must(t, err)
	t.Cleanup(pool.Close)
	r := reviewed{t: t, s: store.New(pool), pool: pool, proposer: person(t, pool, "Carl", account.Contributor), reviewer: person(t, pool, "Rita", account.Reviewer)}
	r.id = r.propose(newInitiative("one-a"))
	must(t, r.decide(1, norms.Accepted))
	r.apply()
	wrong, n, err := r.s.WrongApprovals(t.Context())
	if err != nil || len(wrong) != 0 || n != 1 {
		t.Fatalf("%d approvals, wrong: %v, %v", n, wrong, err)
	}
	owner := connect(t, url)
	for _, change := range []string{"update approval set hash = 'x'", "update approval set proposer_id = (select id from account where name = 'Rita'), reviewer_id = null, by_silence = true"} {
		if _, err := owner.Exec(t.Context(), change); err != nil {
			t.Fatal(err)
		}
		if wrong, _, err := r.s.WrongApprovals(t.Context()); err != nil || len(wrong) != 1 {
			t.Errorf("after %q: %v, %v", change, wrong, err)
		}
	}
}
