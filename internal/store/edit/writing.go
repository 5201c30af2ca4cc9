package edit

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// writing is one changeset while it is written.
type writing struct {
	db  postgres.DB // the transaction
	by  account.Actor
	rev int64

	proposer int64 // the account that proposed what is written; 0 when nobody else did

	preview bool // it is rolled back, whatever comes of it

	done  norms.Applied
	known map[string]int64   // ids looked up so far, by kind and name
	run   *run               // the edits that are written together; nil for one by itself
	spare map[string][]int64 // numbers that rows of a table may have, taken beforehand
	seeds map[int64]bool     // revisions written by the seeds; read when needed
	sole  bool               // it is a single edit of a person
	shown *linkNames         // of the new link that is the sole edit
}

// author is the account behind what is written: whoever proposed it, else the
// actor; nil for the seeds.
func (w *writing) author() *int64 {
	switch {
	case w.by.Seeds:
		return nil
	case w.proposer != 0:
		return &w.proposer
	}
	return &w.by.ID
}

func (w *writing) open(ctx context.Context, reason string, edits []norms.Edit) error {
	args, err := w.changeset(reason, edits)
	if err != nil {
		return err
	}
	q := openChangeset
	if w.preview {
		q = "select open_preview(@actor, @account, @reason, @edits, @reverts)"
	}
	b := &pgx.Batch{}
	b.Queue(q, args).QueryRow(func(row pgx.Row) error { return row.Scan(&w.rev) })
	if link, ok := edits[0].(norms.PutLink); ok && w.sole && link.ID == 0 {
		b.Queue(samePlan)
		w.nameAhead(b, link)
	}
	return postgres.Failure(w.db.SendBatch(ctx, b).Close())
}

const openChangeset = "select open_changeset(@actor, @account, @reason, @edits, @reverts)"

// changeset is with what a changeset is opened.
func (w *writing) changeset(reason string, edits []norms.Edit) (pgx.StrictNamedArgs, error) {
	body, err := norms.MarshalEdits(edits)
	if err != nil {
		return nil, err
	}
	args := pgx.StrictNamedArgs{"actor": "account", "account": &w.by.ID, "reason": reason, "edits": body, "reverts": (*int64)(nil)}
	if w.by.Seeds {
		args["actor"], args["account"] = "seed", (*int64)(nil)
	}
	if r, ok := soleRevert(edits); ok {
		args["reverts"] = &r.Changeset
	}
	return args, nil
}

// takeTime gives the statements of a long changeset more time.
func (w *writing) takeTime(ctx context.Context, edits int) error {
	if edits <= mostEdits {
		return nil
	}
	_, err := w.db.Exec(ctx, moreTime)
	return postgres.Failure(err)
}

// settleNow checks everything that was put off, but for the changeset of a
// preview, which is refused only where it would be committed, and the figures
// of any other one, which are counted then.
const settleNow = `
do $$ begin
  execute (select 'set constraints ' || string_agg(format('public.%I', conname), ', ') || ' immediate'
    from pg_constraint where condeferrable and connamespace = 'public'::regnamespace and conname not in ('changeset_is_real', 'changeset_is_counted'));
end $$`

func soleRevert(edits []norms.Edit) (norms.Revert, bool) {
	if len(edits) != 1 {
		return norms.Revert{}, false
	}
	r, ok := edits[0].(norms.Revert)
	return r, ok
}

// attempt writes one edit. A seed that no longer fits what people recorded
// since is left out and reported, because the service loads the seeds at every
// start and must not be kept from starting by anybody's edit.
func (w *writing) attempt(ctx context.Context, e norms.Edit) (bool, error) {
	if !w.by.Seeds {
		return w.edit(ctx, e)
	}
	var changed bool
	outer := w.db
	err := on(outer).inTx(ctx, func(tx *Store) (err error) {
		w.db = tx.db
		changed, err = w.edit(ctx, e)
		return err
	})
	w.db = outer
	kind := norms.KindOf(err)
	if kind != norms.Invalid && kind != norms.Conflict {
		return changed, err
	}
	edited, asked := w.peopleEdited(ctx)
	if asked != nil || !edited {
		return false, errors.Join(err, asked)
	}
	w.done.Kept = append(w.done.Kept, norms.Thing{Kind: norms.EditName(e), Name: err.Error()})
	return false, nil
}

// peopleEdited says whether the record holds anything but seeds.
func (w *writing) peopleEdited(ctx context.Context) (edited bool, err error) {
	err = w.db.QueryRow(ctx, "select exists (select from changeset where actor = 'account')").Scan(&edited)
	return edited, postgres.Failure(err)
}

// edit writes one edit and says whether it changed anything.
func (w *writing) edit(ctx context.Context, e norms.Edit) (bool, error) {
	switch e := e.(type) {
	case norms.PutAgreement:
		return w.putAgreement(ctx, e)
	case norms.PutEvent:
		return w.putEvent(ctx, e)
	case norms.PutEdition:
		return w.putEdition(ctx, e)
	case norms.PutPrinciple:
		return w.putPrinciple(ctx, e)
	case norms.PutNumbering:
		return w.putNumbering(ctx, e)
	case norms.PutOrganization:
		return w.putOrganization(ctx, e)
	case norms.PutSource:
		return w.putSource(ctx, e)
	case norms.PutSourceText:
		return w.putSourceText(ctx, e)
	case norms.PutAdherence:
		return w.putAdherence(ctx, e)
	case norms.WithdrawAdherence:
		return w.withdrawAdherence(ctx, e)
	case norms.PutInitiative:
		return w.putInitiative(ctx, e)
	case norms.PutCitationLine:
		return w.putCitationLine(ctx, e)
	case norms.ResolveCitation:
		return w.resolveCitation(ctx, e)
	case norms.PutLink:
		return w.putLink(ctx, e)
	case norms.WithdrawLink:
		return w.withdrawLink(ctx, e)
	case norms.PutElement:
		return w.putElement(ctx, e)
	case norms.PutElementReading:
		return w.putElementReading(ctx, e)
	case norms.PutStatement:
		return w.putStatement(ctx, e)
	case norms.PutCrosswalk:
		return w.putCrosswalk(ctx, e)
	case norms.PutFact:
		return w.putFact(ctx, e)
	case norms.Withdraw:
		return w.withdraw(ctx, e)
	case norms.Restore:
		return w.restore(ctx, e)
	case norms.Rename:
		return w.rename(ctx, e)
	case norms.PutAssessment:
		return w.putAssessment(ctx, e)
	case norms.WithdrawAssessment:
		return w.withdrawAssessment(ctx, e)
	case norms.PutAnswer:
		return w.putAnswer(ctx, e)
	case norms.PutCellReview:
		return w.putCellReview(ctx, e)
	case norms.WithdrawCellReview:
		return w.withdrawCellReview(ctx, e)
	case norms.PutAddresseeRuling:
		return w.putAddresseeRuling(ctx, e)
	case norms.WithdrawAddresseeRuling:
		return w.withdrawAddresseeRuling(ctx, e)
	case norms.Revert:
		return w.revert(ctx, e)
	}
	return false, fmt.Errorf("edit %s cannot be applied", norms.EditName(e))
}

// wish is a row as an edit wants it.
type wish[R any] struct {
	thing   norms.Thing
	where   string // its key, a constant condition, also true of its history
	key     pgx.StrictNamedArgs
	data    R
	seen    int64  // version that the writer saw; 0 = a new one
	keyed   bool   // the edit names it by natural key: put it, new or not
	force   bool   // its children changed: write a new version even if data is the same
	refused string // field that says so when a new one exists already
	last    bool   // nothing needs its number while the changeset is written, and a constraint keeps its key
}

// put makes a row what an edit wishes: adds it, changes it, or leaves it alone
// when it is so already or, for the seeds, when a person changed it last.
func put[R any](ctx context.Context, w *writing, t table[R], want wish[R]) (id int64, changed bool, err error) {
	if want.last && want.seen == 0 && w.sole {
		if p, ok := w.db.(*postgres.PipelinedTx); ok {
			addLater(w, p, t, want.data)
			return 0, true, nil
		}
	}
	found, err := find(ctx, w, t, want.where, want.key)
	if err != nil {
		return 0, false, err
	}
	if found == nil {
		return add(ctx, w, t, want)
	}
	same := reflect.DeepEqual(found.Data, want.data) && !want.force
	if w.by.Seeds {
		if kept, err := w.lastByPerson(ctx, found.Version); err != nil || kept && !same {
			want.thing.ID = found.ID
			w.done.Kept = append(w.done.Kept, want.thing)
			return found.ID, false, err
		}
	} else if want.seen == 0 && !want.keyed {
		return 0, false, &norms.Error{Kind: norms.Conflict, Problems: []norms.Problem{{Field: want.refused, Message: "is already recorded; change the recorded one instead"}}}
	} else if want.seen != 0 && want.seen != found.Version {
		return 0, false, stale(want.thing, found.Data)
	}
	if same {
		return found.ID, false, nil
	}
	return found.ID, true, update(ctx, w, t, found.ID, want.data)
}

func add[R any](ctx context.Context, w *writing, t table[R], want wish[R]) (int64, bool, error) {
	if want.seen != 0 {
		return 0, false, norms.Errorf(norms.Gone, "%s was withdrawn since you read it", want.thing.Name)
	}
	if w.by.Seeds {
		gone, err := w.withdrawnByPerson(ctx, t.name, want.where, want.key)
		if err != nil || gone {
			w.done.Kept = append(w.done.Kept, want.thing)
			return 0, false, err
		}
	}
	id, err := insert(ctx, w, t, want.data)
	return id, err == nil, err
}

// addLater adds a row along with the end of the changeset, and its number to
// what was done.
func addLater[R any](w *writing, p *postgres.PipelinedTx, t table[R], r R) {
	at := len(w.done.IDs)
	args := t.args(r)
	args["version"] = w.rev
	p.ReadLater(func(rows pgx.Rows) error {
		id, err := pgx.CollectExactlyOneRow(rows, pgx.RowTo[int64])
		if err != nil {
			return fmt.Errorf("adding to %s: %w", t.name, postgres.Failure(err))
		}
		w.done.IDs[at] = id
		return nil
	}, t.insertSQL, args)
}

func stale(t norms.Thing, theirs any) error {
	return &norms.Error{Kind: norms.Stale, Message: t.Name + " was changed since you read it; nothing was saved", Theirs: theirs}
}

// lastByPerson says whether the revision was written by a person.
func (w *writing) lastByPerson(ctx context.Context, rev int64) (bool, error) {
	if w.seeds == nil {
		rows, err := w.db.Query(ctx, "select id from changeset where actor = 'seed'")
		if err != nil {
			return false, postgres.Failure(err)
		}
		ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
		if err != nil {
			return false, postgres.Failure(err)
		}
		w.seeds = map[int64]bool{}
		for _, id := range ids {
			w.seeds[id] = true
		}
	}
	return !w.seeds[rev], nil
}

// withdrawnByPerson says whether a row with this key was recorded once and
// taken back by a person, which the seeds respect.
func (w *writing) withdrawnByPerson(ctx context.Context, name, where string, key pgx.StrictNamedArgs) (bool, error) {
	q := "select exists (select from history." + name + " where (" + where + ") and exists (select from changeset c where c.id = until_rev and c.actor = 'account'))"
	var gone bool
	err := w.db.QueryRow(ctx, q, key).Scan(&gone)
	return gone, postgres.Failure(err)
}

// wrote records that edit wrote the row id.
func (w *writing) wrote(id int64, changed bool, err error) (bool, error) {
	w.done.IDs = append(w.done.IDs, id)
	return changed, err
}
