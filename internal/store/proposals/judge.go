package proposals

import (
	"context"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/edit"
	"normmap/internal/store/history"
	"normmap/internal/store/postgres"
)

// judge holds edits that wait against the record as it is now, each on top of
// those before it, for whoever looks (by) and on behalf of whoever proposed.
// What a stale edit would do now is not looked at: see judgeThese.
func (s *Store) judge(ctx context.Context, by account.Actor, proposer int64, list []norms.ProposedEdit) error {
	found, err := s.edits.PreviewBatch(ctx, edit.Batch{By: by, Proposer: proposer, Edits: live(list)})
	if err != nil {
		return err
	}
	for i := range list {
		list[i].Rebased = list[i].Edit
		if list[i].Waits() && list[i].Decision != norms.Rejected {
			place(&list[i], found[i])
		}
	}
	return nil
}

// judgeThese holds only the edits that are asked for against the record, with
// those on which they rest, however many the proposal has. Stale ones are tried
// on what is recorded now.
func (s *Store) judgeThese(ctx context.Context, by account.Actor, proposer int64, list []norms.ProposedEdit, asked []int) error {
	for _, i := range asked {
		list[i].Rebased = list[i].Edit
	}
	asked = slices.DeleteFunc(slices.Clone(asked), func(i int) bool { return !list[i].Waits() || list[i].Decision == norms.Rejected })
	if len(asked) == 0 {
		return nil
	}
	places := edit.Grounds(list, asked)
	part := make([]norms.ProposedEdit, len(places))
	for i, at := range places {
		part[i] = list[at]
	}
	if err := s.judge(ctx, by, proposer, part); err != nil {
		return err
	}
	var late []*norms.ProposedEdit
	for i, at := range places {
		if !slices.Contains(asked, at) {
			continue
		}
		list[at] = part[i]
		if isStale(part[i].Problem) {
			late = append(late, &list[at])
		}
	}
	return s.rebase(ctx, edit.Batch{By: by, Proposer: proposer}, late)
}

func isStale(p *norms.Error) bool { return p != nil && p.Kind == norms.Stale }

// place says how an edit stands by what it would do now.
func place(e *norms.ProposedEdit, o norms.Outcome) {
	e.Now, e.Problem = o.Changes, o.Problem
	if e.Orphaned != nil {
		e.Problem = e.Orphaned
	}
	e.Clashes = append(norms.Clashes(e.Base, o.Changes), norms.Shortfall(e.Edit, e.Base, o.Changes)...)
	switch {
	case isStale(e.Problem):
		e.State, e.Clashes = norms.EditChanged, []norms.Clash{}
	case e.Problem != nil:
		e.State, e.Clashes = norms.EditBroken, []norms.Clash{}
	case len(o.Changes) == 0:
		e.State, e.Clashes = norms.EditDone, []norms.Clash{}
	case len(e.Clashes) > 0:
		e.State = norms.EditChanged
	default:
		e.State = norms.EditReady
	}
}

// maxVersions is on how many versions a stale edit is tried. It carries one of
// them, and the rows that it writes were written together nearly always.
const maxVersions = 4

// rebase tries stale edits on what is recorded now, so that people see where
// the two differ. However little that is, they were not made for it. All of
// them are tried together, once for each version that they might carry.
func (s *Store) rebase(ctx context.Context, b edit.Batch, late []*norms.ProposedEdit) error {
	versions, err := s.versionsNow(ctx, late)
	if err != nil {
		return err
	}
	for n := range maxVersions {
		b.Edits = nil
		var tried []*norms.ProposedEdit
		for i, e := range late {
			if n < len(versions[i]) && isStale(e.Problem) {
				tried = append(tried, e)
				b.Edits = append(b.Edits, norms.WithVersion(e.Edit, versions[i][n]))
			}
		}
		if len(tried) == 0 {
			break
		}
		found, err := s.edits.PreviewBatch(ctx, b)
		if err != nil {
			return err
		}
		for i, e := range tried {
			onto(e, b.Edits[i], found[i])
		}
	}
	for _, e := range late {
		if isStale(e.Problem) {
			e.State = norms.EditBroken
			e.Problem = norms.Errorf(norms.Conflict, "an edit before it in this proposal changes the same thing, or it is not recorded any more")
		}
	}
	return nil
}

// onto places an edit that was tried on a later version than its own.
func onto(e *norms.ProposedEdit, rebased norms.Edit, o norms.Outcome) {
	if isStale(o.Problem) {
		return
	}
	place(e, o)
	if e.State == norms.EditReady {
		e.State = norms.EditChanged
	}
	e.Rebased = rebased
}

// versionsNow are, for each edit, the present versions of the rows that it was
// to change.
func (s *Store) versionsNow(ctx context.Context, list []*norms.ProposedEdit) ([][]int64, error) {
	out := make([][]int64, len(list))
	var kinds []string
	var ids []int64
	var edits []int
	for i, e := range list {
		for _, c := range e.Base {
			if c.Action != "added" {
				kinds, ids, edits = append(kinds, c.Thing.Kind), append(ids, c.Thing.ID), append(edits, i)
			}
		}
	}
	if len(ids) == 0 {
		return out, nil
	}
	type only struct {
		Edit    int
		Version int64
	}
	found, err := postgres.Collect[only](ctx, s.db, "present versions", presentVersions, pgx.StrictNamedArgs{"kinds": kinds, "ids": ids, "edits": edits})
	for _, v := range found {
		out[v.Edit] = append(out[v.Edit], v.Version)
	}
	return out, err
}

// presentVersions reads the changesets that last wrote the rows of edits, the
// latest first. A part without a version of its own has that of the changeset,
// too; an edit never carries it, which does no harm.
var presentVersions = func() string {
	each := make([]string, len(history.TrackedKinds))
	for i, kind := range history.TrackedKinds {
		each[i] = "select h.since_rev from history." + kind + " h where a.kind = '" + kind + "' and h.id = a.id and h.until_rev = 9223372036854775807"
	}
	return `
select distinct a.edit, v.since_rev as version
from unnest(@kinds::text[], @ids::bigint[], @edits::int[]) a (kind, id, edit)
cross join lateral (` + strings.Join(each, "\n  union all ") + `) v
order by a.edit, version desc`
}()
