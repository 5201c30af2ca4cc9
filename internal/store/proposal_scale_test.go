package store_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
)

// opener counts the changesets that are opened, for a preview or for good:
// each edit that is looked at opens one.
type opener struct{ n atomic.Int64 }

func (o *opener) TraceQueryStart(ctx context.Context, _ *pgx.Conn, q pgx.TraceQueryStartData) context.Context {
	if strings.HasPrefix(q.SQL, "select open_") {
		o.n.Add(1)
	}
	return ctx
}

func (o *opener) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// opening is a store on the same database that counts these.
func opening(t *testing.T, pool *pgxpool.Pool) (*store.Store, *opener) {
	t.Helper()
	o := &opener{}
	traced, err := postgres.Open(t.Context(), pool.Config().ConnString(), func(cfg *pgxpool.Config) { cfg.ConnConfig.Tracer = o })
	must(t, err)
	t.Cleanup(traced.Close)
	return store.New(traced), o
}

// many are so many initiatives, of which each has a name of its own, with a
// link each.
func many(n int) []norms.Edit {
	edits := imported(n)
	for i := range n {
		e := edits[i].(norms.PutInitiative)
		e.Title = fmt.Sprintf("Work %d", i)
		edits[i] = e
	}
	return edits
}

func TestABigProposalCostsWhatIsLookedAt(t *testing.T) {
	t.Parallel()
	r := proposed(t, many(60)...)
	s, opened := opening(t, r.pool)
	cost := func(what string, most int64, f func() error) {
		t.Helper()
		opened.n.Store(0)
		must(t, f())
		if n := opened.n.Load(); n > most {
			t.Errorf("%s opens %d changesets, want %d at most", what, n, most)
		}
	}
	decision := func(position int, v norms.Verdict) func() error {
		d := norms.EditDecision{Position: position, Version: 1, Verdict: v}
		if v == norms.Rejected {
			d.Code = "too_vague"
		}
		return func() error { return s.DecideEdits(t.Context(), r.reviewer, r.id, d) }
	}
	cost("a rejection", 0, decision(120, norms.Rejected))
	cost("accepting a link", 2, decision(119, norms.Accepted)) // with its initiative
	cost("accepting an initiative", 1, decision(59, norms.Accepted))
	cost("the page of an edit", 2, func() error {
		e, _, err := s.ProposedEdit(t.Context(), r.reviewer, r.id, 118)
		if err == nil && e.State != norms.EditReady {
			t.Errorf("edit 118 is %s: %v", e.State, e.Problem)
		}
		return err
	})
	page := norms.Page{Limit: 10, Cursor: after(t, s, r, 100)}
	cost("a page of ten", 20, func() error {
		p, err := s.Proposal(t.Context(), r.reviewer, r.id, page)
		for _, e := range p.List {
			if e.State != norms.EditReady {
				t.Errorf("edit %d is %s: %v", e.Position, e.State, e.Problem)
			}
		}
		return err
	})
	seen := r.proposal().Version
	cost("accepting what remains", 119, func() error {
		n, err := s.AcceptRemaining(t.Context(), r.reviewer, r.id, seen)
		if n != 117 {
			t.Errorf("accepted %d, want 117", n)
		}
		return err
	})
	cost("applying all", 1, func() error {
		done, err := s.ApplyProposal(t.Context(), r.reviewer, r.id)
		if done.Written != 119 {
			t.Errorf("%d edits were applied, want 119", done.Written)
		}
		return err
	})
	if n := s.Written(); n != 1 {
		t.Errorf("%d changesets are counted, want 1", n)
	}
	if p := r.proposal(); p.State != "accepted" {
		t.Errorf("the proposal is %s", p.State)
	}
	intact(t, r.s)
}

// after is the cursor of the page behind a position.
func after(t *testing.T, s *store.Store, r reviewed, position int) string {
	t.Helper()
	p := read[norms.Proposal](t)(s.Proposal(t.Context(), r.reviewer, r.id, norms.Page{Limit: position}))
	return *p.Next
}

func TestStaleEditsAreTriedTogether(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	ed := editor(t, pool)
	edits := many(30)[:30]
	rev := apply(t, s, ed, edits...).Revision
	changed := func(version int64, summary string) []norms.Edit {
		out := make([]norms.Edit, len(edits))
		for i, e := range edits {
			e := e.(norms.PutInitiative)
			e.Version, e.Summary = version, summary
			out[i] = e
		}
		return out
	}
	r := reviewed{t: t, s: s, pool: pool, proposer: person(t, pool, "Carl", account.Contributor), reviewer: person(t, pool, "Rita", account.Reviewer)}
	r.id = r.propose(changed(rev, "Proposed.")...)
	apply(t, s, ed, changed(rev, "Recorded.")...)
	counting, opened := opening(t, pool)
	p := read[norms.Proposal](t)(counting.Proposal(t.Context(), r.reviewer, r.id, norms.Page{Limit: 10}))
	for _, e := range p.List {
		if e.State != norms.EditChanged || len(e.Clashes) != 1 || norms.VersionOf(e.Rebased) == rev {
			t.Errorf("edit %d is %s, %+v (%v)", e.Position, e.State, e.Clashes, e.Problem)
		}
	}
	if n := opened.n.Load(); n > 20 {
		t.Errorf("ten stale edits open %d changesets, want 20 at most", n)
	}
	opened.n.Store(0)
	if n, err := counting.AcceptRemaining(t.Context(), r.reviewer, r.id, p.Version); n != 0 || norms.KindOf(err) != norms.Conflict {
		t.Errorf("accepted %d stale edits, %v, want Conflict", n, err)
	}
	if n := opened.n.Load(); n > 30 {
		t.Errorf("30 stale edits open %d changesets, want 30: they are not tried anew", n)
	}
}
