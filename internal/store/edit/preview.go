package edit

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/history"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

// errPreviewed rolls a preview back.
var errPreviewed = errors.New("only looked at")

// Preview tells what each edit would do if it were applied now, by sending
// all of them through the door and taking everything back. Each stands on top
// of the edits before it; one that cannot be applied is left out and says why.
// An edit that may be proposed may be looked at.
//
// Errors: Forbidden when the actor may not even propose; Unavailable when the
// database is away.
func (s *Store) Preview(ctx context.Context, by account.Actor, edits []norms.Edit) ([]norms.Outcome, error) {
	if !by.Can(account.ProposeEdits) {
		return nil, norms.Errorf(norms.Forbidden, "your role does not allow you to %s", account.ProposeEdits)
	}
	return s.PreviewBatch(ctx, Batch{By: by, Edits: edits})
}

// previewAttempts is how often a preview begins again that met somebody who
// writes the same rows.
const previewAttempts = 3

// PreviewBatch is Preview of a batch, which may be someone else's proposal. It takes
// no lock that all writers wait for, only those of the rows that it writes, and
// gives way to whoever else wants them.
func (s *Store) PreviewBatch(ctx context.Context, b Batch) (out []norms.Outcome, err error) {
	for range previewAttempts {
		if out, err = s.lookAhead(ctx, b); !gaveWay(err) {
			break
		}
	}
	return out, err
}

// gaveWay says whether err is that somebody else writes the same rows.
func gaveWay(err error) bool {
	pg, said := errors.AsType[*pgconn.PgError](err)
	return said && (pg.Code == "55P03" || pg.Code == "40P01")
}

func (s *Store) lookAhead(ctx context.Context, b Batch) ([]norms.Outcome, error) {
	edits := b.Edits
	out := make([]norms.Outcome, len(edits))
	err := s.inTx(ctx, func(tx *Store) error {
		revs := map[int64]int{} // edits by the revision that each would make
		for i, e := range edits {
			rev, err := tx.tryOut(ctx, b, e, &out[i])
			if err != nil {
				return err
			}
			if out[i].Problem == nil {
				revs[rev] = i
			}
			if b.Told != nil {
				b.Told(i+1, len(edits))
			}
		}
		if err := tx.Previewed(ctx, revs, out); err != nil {
			return err
		}
		return errPreviewed
	})
	if !errors.Is(err, errPreviewed) {
		return nil, err
	}
	return out, nil
}

// tryOut writes one edit as a changeset of its own, so that its rows can be
// told from those of the others, and returns its revision.
func (s *Store) tryOut(ctx context.Context, b Batch, e norms.Edit, out *norms.Outcome) (rev int64, err error) {
	out.Changes = []norms.Change{}
	err = e.Check()
	if err == nil {
		err = s.inTx(ctx, func(tx *Store) error {
			w := &writing{db: tx.db, by: b.By, proposer: b.Proposer, preview: true, known: map[string]int64{}}
			if err := w.open(ctx, "preview", []norms.Edit{e}); err != nil {
				return err
			}
			rev = w.rev
			_, err := w.edit(ctx, e)
			if err != nil {
				return err
			}
			out.LeftAlone = w.done.Conflicts
			return tx.Settled(ctx)
		})
	}
	problem, mendable := errors.AsType[*norms.Error](err)
	if mendable && problem.Kind != norms.Unavailable {
		out.Problem, err = problem, nil
	}
	return rev, err
}

// Settled checks what is otherwise checked by a commit, which a preview never
// comes to.
func (s *Store) Settled(ctx context.Context) error {
	_, err := s.db.Exec(ctx, "set constraints link_is_cited immediate; set constraints link_is_cited deferred")
	return postgres.Failure(err)
}

// Previewed reads what the changesets of a preview wrote into the outcomes.
func (s *Store) Previewed(ctx context.Context, revs map[int64]int, out []norms.Outcome) error {
	ids := make([]int64, 0, len(revs))
	for rev := range revs {
		ids = append(ids, rev)
	}
	versions, err := postgres.Collect[history.Version](ctx, s.db, "what a preview wrote", versionsBy, pgx.StrictNamedArgs{"ids": ids})
	if err != nil {
		return err
	}
	changes, by := history.Differences(versions)
	var wrote []naming.RowChange
	var edits []int
	for i, c := range changes {
		if edit, ours := revs[by[i]]; ours {
			wrote, edits = append(wrote, c), append(edits, edit)
		}
	}
	described, err := s.names.Describe(ctx, wrote)
	if err != nil {
		return err
	}
	for i, d := range described {
		o := &out[edits[i]]
		o.Changes = append(o.Changes, d)
	}
	return nil
}

// versionsBy reads the versions of rows that began or ended with the
// changesets @ids.
var versionsBy = func() string {
	each := make([]string, len(history.TrackedKinds))
	for i, kind := range history.TrackedKinds {
		each[i] = "select '" + kind + "' as kind, h.id, h.since_rev, h.until_rev, to_jsonb(h) - '{since_rev,until_rev,version}'::text[] as body from history." +
			kind + " h where " + history.ByThese
	}
	return strings.Join(each, "\nunion all ")
}()
