package edit

import (
	"context"
	"maps"
	"slices"

	"normmap/internal/norms"
)

// A table or a letter has an initiative, the lines that cite for it, the next
// initiative and so on: there are never many of one kind in a row. Since a new
// initiative has nothing to do with lines for others, nor a whole with parts of
// others, the new ones are written before the lines, wholes first; when anything
// goes wrong, all is undone and written in the order in which it came.

// writeGrouped writes edits in an order in which more of them go together.
func (w *writing) writeGrouped(ctx context.Context, b Batch, order []int) (effective []norms.Edit, err error) {
	before, known, outer := w.done, maps.Clone(w.known), w.db
	other := b
	other.Edits = make([]norms.Edit, len(order))
	for i, place := range order {
		other.Edits[i] = b.Edits[place]
	}
	err = on(outer).inTx(ctx, func(tx *Store) (err error) {
		w.db = tx.db
		effective, err = w.writeInOrder(ctx, other)
		return err
	})
	w.db = outer
	switch {
	case err == nil:
		ids := make([]int64, len(order))
		for i, place := range order {
			ids[place] = w.done.IDs[i]
		}
		w.done.IDs = ids
		return effective, nil
	case norms.KindOf(err) == norms.Unavailable:
		return nil, err
	}
	w.done, w.known = before, known
	return w.writeInOrder(ctx, b)
}

// grouped gives the places of edits in an order in which new initiatives come
// before the lines that stand between them, and wholes before parts; nil where
// that is no better than their own.
func grouped(edits []norms.Edit) []int {
	order := make([]int, 0, len(edits))
	better := false
	for from := 0; from < len(edits); from = len(order) {
		wholes, parts, lines := dealt(edits, from)
		if len(wholes)+len(parts) >= fewestTogether && len(lines) > 0 {
			better = true
		}
		order = slices.Concat(order, wholes, parts, lines)
		if len(order) == from {
			order = append(order, from)
		}
	}
	if !better {
		return nil
	}
	return order
}

// dealt are the places of new initiatives and lines from a place on, up to an
// edit of another kind, or an initiative that one before it names.
func dealt(edits []norms.Edit, from int) (wholes, parts, lines []int) {
	named := map[string]bool{}
	for i := from; i < len(edits); i++ {
		switch e := edits[i].(type) {
		case norms.PutInitiative:
			switch {
			case e.Version != 0 || named[e.Slug]:
				return wholes, parts, lines
			case e.Parent == "":
				wholes = append(wholes, i)
			default:
				parts, named[e.Parent] = append(parts, i), true
			}
		case norms.PutCitationLine:
			lines, named[e.Initiative] = append(lines, i), true
		default:
			return wholes, parts, lines
		}
	}
	return wholes, parts, lines
}
