package edit

import (
	"context"
	"maps"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

func (w *writing) aheadOfLinks(ctx context.Context, edits []norms.PutLink) (int, error) {
	asked := namesAsked{}
	for _, e := range edits {
		asked.add("initiative", e.Initiative)
		asked.add("principle", e.Principle)
		asked.add("organization", e.Asserter)
	}
	if err := w.know(ctx, asked); err != nil {
		return 0, err
	}
	var list []linkData
	var byID, byKey []pgx.StrictNamedArgs
	for _, e := range edits {
		if !w.knows("initiative", e.Initiative) || !w.knows("principle", e.Principle) || !w.knows("organization", e.Asserter) {
			break
		}
		data, err := w.linkData(ctx, e)
		if err != nil {
			return 0, err
		}
		if w.run.again(data.place()) || e.ID != 0 && w.run.again(e.ID) {
			break
		}
		list = append(list, data)
		switch {
		case e.ID != 0:
			byID = append(byID, pgx.StrictNamedArgs{"id": e.ID})
		case e.Version != 0:
			byKey = append(byKey, data.key())
		}
	}
	w.run.assumeNew(linkTable.name, len(list)-len(byID)-len(byKey))
	if err := w.knowLinks(ctx, byID, byKey); err != nil {
		return 0, err
	}
	initiatives := map[int64]bool{}
	for i, data := range list {
		if stays, err := w.staysInPlace(ctx, edits[i], data); err != nil || !stays {
			list = list[:i]
			break
		}
		if data.Origin == "third_party" {
			initiatives[data.InitiativeID] = true
		}
	}
	return len(list), w.knowParties(ctx, numbersOf(initiatives))
}

func (w *writing) knowLinks(ctx context.Context, byID, byKey []pgx.StrictNamedArgs) error {
	if err := findAll(ctx, w, linkTable, idIs, byID); err != nil {
		return err
	}
	return findAll(ctx, w, linkTable, linkKey, byKey)
}

// staysInPlace says whether an edit leaves a recorded link at its initiative
// and principle. One that moves may take the place of another.
func (w *writing) staysInPlace(ctx context.Context, e norms.PutLink, data linkData) (bool, error) {
	if e.ID == 0 {
		return true, nil
	}
	found, err := find(ctx, w, linkTable, idIs, pgx.StrictNamedArgs{"id": e.ID})
	return found != nil && found.Data.place() == data.place(), err
}

func numbersOf(set map[int64]bool) []int64 {
	out := make([]int64, 0, len(set))
	for id := range maps.Keys(set) {
		out = append(out, id)
	}
	return out
}

func (w *writing) aheadOfAssessments(ctx context.Context, edits []norms.PutAssessment) (int, error) {
	asked := namesAsked{}
	var links, keys []pgx.StrictNamedArgs
	for _, e := range edits {
		asked.add("organization", e.Organization)
		links = append(links, pgx.StrictNamedArgs{"id": e.Link})
	}
	if err := w.know(ctx, asked); err != nil {
		return 0, err
	}
	for _, e := range edits {
		if e.ID != 0 || !w.knows("organization", e.Organization) {
			break
		}
		data, err := w.assessmentData(ctx, e)
		if err != nil {
			break // it is told by itself
		}
		if w.run.again(rowKey(assessmentTable.name, assessmentKey, data.key())) {
			break
		}
		keys = append(keys, data.key())
	}
	if err := findAll(ctx, w, linkTable, idIs, links); err != nil {
		return 0, err
	}
	initiatives := map[int64]bool{}
	for i := range keys {
		found, err := find(ctx, w, linkTable, idIs, links[i])
		if err != nil {
			return 0, err
		}
		if found != nil {
			initiatives[found.Data.InitiativeID] = true
		}
	}
	if err := w.knowParties(ctx, numbersOf(initiatives)); err != nil {
		return 0, err
	}
	return len(keys), look(ctx, w, assessmentTable, assessmentKey, edits, keys)
}
