package edit

import (
	"context"
	"reflect"
	"slices"

	"normmap/internal/norms"
	"normmap/internal/store/browse"
)

// Many edits of one kind in a row, as an import has them, are written together:
// what they name and what is recorded of them is looked up beforehand in a few
// statements, each edit then goes through the same code as one by itself, and
// the rows that come of it are copied in at the end.
//
// That is the same only while no edit of the run has to do with another. So a
// run ends before an edit that puts or names what another one of it puts; and
// when anything at all goes wrong the run is undone and its edits are written
// one at a time, which finds the same error that there would have been.
const (
	fewestTogether = 8 // below this the looking up costs more than it spares
	mostTogether   = 2000
)

// writeAll writes edits and returns those that changed something.
func (w *writing) writeAll(ctx context.Context, b Batch) (effective []norms.Edit, err error) {
	if order := grouped(b.Edits); order != nil && !b.singly && !b.By.Seeds {
		return w.writeGrouped(ctx, b, order)
	}
	return w.writeInOrder(ctx, b)
}

// writeInOrder writes edits in their order.
func (w *writing) writeInOrder(ctx context.Context, b Batch) (effective []norms.Edit, err error) {
	singly := 0 // until here edits are written one at a time
	if b.singly || b.By.Seeds {
		singly = len(b.Edits) // each seed that does not fit is left out by itself
	}
	for i := 0; i < len(b.Edits); {
		if same := alike(b.Edits[i:]); i >= singly && same >= fewestTogether {
			n, changed, err := w.together(ctx, b.Edits[i:i+same])
			if err != nil {
				return nil, err
			}
			effective = append(effective, changed...)
			i += n
			singly = i + fewestTogether
			if n == 0 {
				singly = i + same
			}
			continue
		}
		changed, err := w.attempt(ctx, b.Edits[i])
		if err != nil {
			return nil, inEdit(err, i, len(b.Edits))
		}
		if changed {
			effective = append(effective, b.Edits[i])
		}
		i++
	}
	return effective, nil
}

// alike is how many edits at the beginning are of one kind.
func alike(edits []norms.Edit) int {
	kind := reflect.TypeOf(edits[0])
	n := slices.IndexFunc(edits, func(e norms.Edit) bool { return reflect.TypeOf(e) != kind })
	if n < 0 {
		n = len(edits)
	}
	return min(n, mostTogether)
}

// together writes as many edits from the beginning as it can, all of one kind,
// and returns how many; none when they have to be written one at a time. An
// error is that of a database that is away.
func (w *writing) together(ctx context.Context, edits []norms.Edit) (n int, effective []norms.Edit, err error) {
	before, outer := w.done, w.db
	err = on(outer).inTx(ctx, func(tx *Store) (err error) {
		w.db, w.run = tx.db, newRun()
		if n, err = w.lookAhead(ctx, edits); err != nil || n == 0 {
			return err
		}
		for _, e := range edits[:n] {
			changed, err := w.edit(ctx, e)
			if err != nil {
				return err
			}
			if changed {
				effective = append(effective, e)
			}
		}
		return w.flush(ctx)
	})
	w.db, w.run = outer, nil
	if err == nil {
		return n, effective, nil
	}
	w.done = before
	if norms.KindOf(err) != norms.Unavailable {
		err = nil
	}
	return 0, nil, err
}

// run is a stretch of edits of one kind while they are written together. What
// was looked up beforehand is as it was before the first of them.
type run struct {
	rows      map[string]any // *row of a table by its key; nil where there is none
	parties   map[int64]parties
	published map[int64]norms.Date
	readings  map[browse.CitedLabel][]norms.LabelReading
	family    *family

	seen    map[any]bool    // names and keys that an edit of the run puts
	allNew  map[string]bool // tables in which nothing is recorded but what is in rows
	fresh   map[string]map[int64]bool
	pending map[string]pending // by table
	changed []int64            // initiatives of which others may claim something

	expected int // about how many rows it adds
}

// family is what is known of the initiatives that a run puts.
type family struct {
	parts    map[int64]bool  // by number: it is a part
	wholes   map[string]bool // by slug: it has parts
	partners map[string][]norms.Partner
}

func newRun() *run {
	return &run{
		rows: map[string]any{}, parties: map[int64]parties{}, published: map[int64]norms.Date{}, readings: map[browse.CitedLabel][]norms.LabelReading{},
		seen: map[any]bool{}, allNew: map[string]bool{}, fresh: map[string]map[int64]bool{}, pending: map[string]pending{},
	}
}

// isNew says whether a row of a table is one that the run adds.
func (r *run) isNew(table string, id int64) bool { return r != nil && r.fresh[table][id] }

// again says whether an edit of the run has put this before, and notes it.
func (r *run) again(key any) bool {
	was := r.seen[key]
	r.seen[key] = true
	return was
}
