package edit

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/history"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

// restore gives a withdrawn thing back with the parts that the same changeset
// took, as they were.
func (w *writing) restore(ctx context.Context, e norms.Restore) (bool, error) {
	k, _ := norms.RecordKindOf(e.Kind)
	err := on(w.db).names.WhatHappened(ctx, k, e.Key)
	gone, ok := errors.AsType[*naming.WithdrawnError](err)
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
	all, err := postgres.Collect[related](ctx, w.db, "what comes back", history.Returning, pgx.StrictNamedArgs{"kind": k.Table, "id": gone.ID, "rev": gone.Changeset})
	if err != nil {
		return false, err
	}
	clear(w.known)
	return w.wrote(gone.ID, true, w.bringBack(ctx, byKind(all), gone.Changeset))
}

// notClaimed refuses to restore a contributor's link by itself: nothing would
// hold it.
func (w *writing) notClaimed(ctx context.Context, gone *naming.WithdrawnError) error {
	claimed, err := on(w.db).WasClaimed(ctx, gone.ID)
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
	return claimed, postgres.Failure(err)
}

// bringBack inserts rows that a changeset took, and refuses when what they
// rest on is not recorded any more.
func (w *writing) bringBack(ctx context.Context, ids map[string][]int64, taken int64) error {
	if _, err := w.db.Exec(ctx, "set constraints all deferred"); err != nil {
		return postgres.Failure(err)
	}
	for _, kind := range history.TrackedKinds {
		if err := w.leaveOut(ctx, kind, ids, taken); err != nil {
			return err
		}
		if len(ids[kind]) == 0 {
			continue
		}
		if _, err := w.db.Exec(ctx, "select history.bring_back($1, $2, $3)", kind, ids[kind], taken); err != nil {
			return fmt.Errorf("restoring %s: %w", kind, postgres.Failure(err))
		}
	}
	if err := w.settle(ctx, ids); err != nil {
		return err
	}
	if err := w.footed(ctx, ids); err != nil {
		return err
	}
	if err := w.claimsHold(ctx); err != nil {
		return err
	}
	// A contributor's link and its citation are compared once all edits are done.
	_, err := w.db.Exec(ctx, settleNow+"; set constraints link_is_cited deferred")
	return postgres.Failure(err)
}

// presentAlready finds rows that were withdrawn and of which the like is
// recorded: a contributor's link, because another citation rests on it too or
// made it anew, and what was said about that link. The citations that come back
// are led to it by settle.
var presentAlready = map[string]string{
	"link": `
select h.id from history.link h
where h.id = any (@ids) and h.until_rev = @taken and h.origin = 'contributor'
  and exists (select from link l where l.id = h.id or ` + sameLink + `)`,
	"assessment": `
select h.id from history.assessment h
where h.id = any (@ids) and h.until_rev = @taken and exists (select from assessment o where o.id = h.id or o.link_id = h.link_id and o.assessor = h.assessor
  and o.account_id is not distinct from h.account_id and o.organization_id is not distinct from h.organization_id)`,
	"answer": `
select h.id from history.answer h
where h.id = any (@ids) and h.until_rev = @taken
  and (exists (select from answer o where o.id = h.id or o.assessment_id = h.assessment_id) or not exists (select from assessment s where s.id = h.assessment_id))`,
}

// leaveOut takes rows of a kind out of those that are to come back.
func (w *writing) leaveOut(ctx context.Context, kind string, ids map[string][]int64, taken int64) error {
	q, may := presentAlready[kind]
	if !may || len(ids[kind]) == 0 {
		return nil
	}
	rows, err := w.db.Query(ctx, q, pgx.StrictNamedArgs{"ids": ids[kind], "taken": taken})
	if err != nil {
		return postgres.Failure(err)
	}
	out, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	ids[kind] = slices.DeleteFunc(ids[kind], func(id int64) bool { return slices.Contains(out, id) })
	return postgres.Failure(err)
}

// footed refuses rows that rest on something that is not recorded.
func (w *writing) footed(ctx context.Context, ids map[string][]int64) error {
	args := pgx.StrictNamedArgs{}
	for _, d := range history.AllDependences {
		args[d.Child] = append([]int64{}, ids[d.Child]...)
	}
	lost, err := postgres.Collect[related](ctx, w.db, "what restored rows rest on", history.Footing, args)
	if err != nil || len(lost) == 0 {
		return err
	}
	what, err := w.inWords(ctx, lost)
	if err != nil {
		return err
	}
	return norms.Errorf(norms.Conflict, "this rests on what is not recorded any more: %s; restore that first", what)
}
