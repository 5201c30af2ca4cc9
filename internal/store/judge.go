package store

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// judge holds edits that wait against the record as it is now, each on top of
// those before it, for whoever looks (by) and on behalf of whoever proposed.
func (s *Store) judge(ctx context.Context, by account.Actor, proposer int64, list []norms.ProposedEdit) error {
	found, err := s.preview(ctx, batch{by: by, proposer: proposer, edits: live(list)})
	if err != nil {
		return err
	}
	for i := range list {
		e := &list[i]
		e.Rebased = e.Edit
		if !e.Waits() || e.Decision == norms.Rejected {
			continue
		}
		if p := found[i].Problem; p != nil && p.Kind == norms.Stale {
			err = s.rebase(ctx, batch{by: by, proposer: proposer}, e)
		} else {
			place(e, found[i])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// place says how an edit stands by what it would do now.
func place(e *norms.ProposedEdit, o norms.Outcome) {
	e.Now, e.Problem, e.Clashes = o.Changes, o.Problem, norms.Clashes(e.Base, o.Changes)
	switch {
	case o.Problem != nil:
		e.State = norms.EditBroken
	case len(o.Changes) == 0:
		e.State = norms.EditDone
	case len(e.Clashes) > 0:
		e.State = norms.EditChanged
	default:
		e.State = norms.EditReady
	}
}

// rebase tries a stale edit on what is recorded now, so that people see where
// the two differ. However little that is, the edit was not made for it.
func (s *Store) rebase(ctx context.Context, b batch, e *norms.ProposedEdit) error {
	versions, err := s.versionsNow(ctx, e.Base)
	if err != nil {
		return err
	}
	for _, v := range versions {
		rebased := norms.WithVersion(e.Edit, v)
		b.edits = []norms.Edit{rebased}
		found, err := s.preview(ctx, b)
		if err != nil {
			return err
		}
		if p := found[0].Problem; p != nil && p.Kind == norms.Stale {
			continue
		}
		place(e, found[0])
		if e.State == norms.EditReady {
			e.State = norms.EditChanged
		}
		e.Rebased = rebased
		return nil
	}
	e.State = norms.EditBroken
	e.Problem = norms.Errorf(norms.Conflict, "an edit before it in this proposal changes the same thing, or it is not recorded any more")
	return nil
}

// versionsNow are the present versions of the rows that an edit was to change.
func (s *Store) versionsNow(ctx context.Context, base []norms.Change) ([]int64, error) {
	var kinds []string
	var ids []int64
	for _, c := range base {
		if c.Action != "added" {
			kinds, ids = append(kinds, c.Thing.Kind), append(ids, c.Thing.ID)
		}
	}
	type only struct{ Version int64 }
	found, err := collect[only](ctx, s.db, "present versions", presentVersions, pgx.StrictNamedArgs{"kinds": kinds, "ids": ids})
	out := make([]int64, len(found))
	for i, v := range found {
		out[i] = v.Version
	}
	return out, err
}

// presentVersions reads the changesets that last wrote rows, in the order in
// which the rows are asked for. A part without a version of its own has that of
// the changeset, too; an edit never carries it, which does no harm.
var presentVersions = func() string {
	each := make([]string, len(trackedKinds))
	for i, kind := range trackedKinds {
		each[i] = "select h.since_rev from history." + kind + " h where a.kind = '" + kind + "' and h.id = a.id and h.until_rev = 9223372036854775807"
	}
	return `
select distinct on (v.since_rev) v.since_rev as version
from unnest(@kinds::text[], @ids::bigint[]) with ordinality a (kind, id, place)
cross join lateral (` + strings.Join(each, "\n  union all ") + `) v
order by v.since_rev desc, a.place`
}()
