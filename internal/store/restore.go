package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

// restore gives a withdrawn thing back with the parts that the same changeset
// took, as they were.
func (w *writing) restore(ctx context.Context, e norms.Restore) (bool, error) {
	k, _ := norms.RecordKindOf(e.Kind)
	err := New(w.db).whatHappened(ctx, k, e.Key)
	gone, ok := errors.AsType[*WithdrawnError](err)
	switch {
	case ok:
	case err == nil:
		return false, norms.Errorf(norms.Conflict, "the %s %q is recorded: there is nothing to restore", spoken(e.Kind), e.Key)
	case norms.KindOf(err) == norms.NotFound:
		return false, norms.Field("key", "no %s %q was ever recorded", spoken(e.Kind), e.Key)
	default:
		return false, w.missing(ctx, k, e.Key)
	}
	if k.Table == "link" {
		if err := w.notClaimed(ctx, gone); err != nil {
			return false, err
		}
	}
	all, err := collect[related](ctx, w.db, "what comes back", returning, pgx.StrictNamedArgs{"kind": k.Table, "id": gone.ID, "rev": gone.Changeset})
	if err != nil {
		return false, err
	}
	clear(w.known)
	return w.wrote(gone.ID, true, w.bringBack(ctx, byKind(all), gone.Changeset))
}

// notClaimed refuses to restore a contributor's link by itself: nothing would
// hold it.
func (w *writing) notClaimed(ctx context.Context, gone *WithdrawnError) error {
	claimed, err := New(w.db).WasClaimed(ctx, gone.ID)
	if err == nil && claimed {
		err = norms.Errorf(norms.Conflict, "this was the contributor's own link: it exists exactly while its citation is resolved. To bring it back, resolve the citation to its principle again, or take the changeset back that changed it")
	}
	return err
}

// WasClaimed tells whether a link was a contributor's own, which goes and comes
// with its citation and is not restored by itself.
func (s *Store) WasClaimed(ctx context.Context, link int64) (claimed bool, err error) {
	const q = "select exists (select from history.link where id = $1 and origin = 'contributor')"
	err = s.db.QueryRow(ctx, q, link).Scan(&claimed)
	return claimed, failure(err)
}

// bringBack inserts rows that a changeset took, and refuses when what they
// rest on is not recorded any more.
func (w *writing) bringBack(ctx context.Context, ids map[string][]int64, taken int64) error {
	if _, err := w.db.Exec(ctx, "set constraints all deferred"); err != nil {
		return failure(err)
	}
	for _, kind := range trackedKinds {
		if len(ids[kind]) == 0 {
			continue
		}
		if _, err := w.db.Exec(ctx, "select history.bring_back($1, $2, $3)", kind, ids[kind], taken); err != nil {
			return fmt.Errorf("restoring %s: %w", kind, failure(err))
		}
	}
	if err := w.settle(ctx, ids); err != nil {
		return err
	}
	if err := w.footed(ctx, ids); err != nil {
		return err
	}
	if err := w.claimsHold(ctx, 0); err != nil {
		return err
	}
	// A contributor's link and its citation are compared once all edits are done.
	_, err := w.db.Exec(ctx, settleNow+"; set constraints link_is_cited deferred")
	return failure(err)
}

// footed refuses rows that rest on something that is not recorded.
func (w *writing) footed(ctx context.Context, ids map[string][]int64) error {
	args := pgx.StrictNamedArgs{}
	for _, d := range dependences {
		args[d.child] = append([]int64{}, ids[d.child]...)
	}
	lost, err := collect[related](ctx, w.db, "what restored rows rest on", footing, args)
	if err != nil || len(lost) == 0 {
		return err
	}
	what, err := w.inWords(ctx, lost)
	if err != nil {
		return err
	}
	return norms.Errorf(norms.Conflict, "this rests on what is not recorded any more: %s; restore that first", what)
}
