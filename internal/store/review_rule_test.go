package store_test

import (
	"testing"
	"time"

	"normmap/internal/norms"
)

// Nobody has found nothing tomorrow, or where something is on record.
func TestReviewsThatCannotBeTrue(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	now := time.Now().UTC()
	for on, fits := range map[string]bool{
		now.Format("2006-01-02"): true, now.Format("2006-01"): true, now.Format("2006"): true,
		now.AddDate(0, 0, 3).Format("2006-01-02"): false, now.AddDate(0, 2, 0).Format("2006-01"): false, now.AddDate(1, 0, 0).Format("2006"): false,
	} {
		e := aReview("paris-call/8")
		e.ReviewedOn = norms.Date(on)
		if !fits {
			refused(t, s, by, "reviewed on "+on, norms.Invalid, "reviewed_on: ", e)
			continue
		}
		made := apply(t, s, by, e)
		apply(t, s, by, norms.WithdrawCellReview{ID: made.IDs[0], Version: made.Revision})
	}
	refused(t, s, by, "a review of a cited cell", norms.Conflict, "10. ", aReview("paris-call/1"))
}

// A review stays when evidence comes to light; it is not renewed, and says
// since only what came since.
func TestAReviewBeforeTheEvidence(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	e := aReview("paris-call/4")
	review := func() norms.CellReviewRow {
		t.Helper()
		ref, err := norms.ParseRef(e.Principle)
		must(t, err)
		return *read[norms.Cell](t)(s.Cell(t.Context(), ref, "microsoft")).Review
	}
	var citation int64
	const q = "select min(c.id) from citation c join link l on l.id = c.link_id join principle_name n on n.id = l.principle_id where n.agreement = 'paris-call'"
	must(t, pool.QueryRow(t.Context(), q).Scan(&citation))
	was := decide(t, s, by, citation, 1, "set_aside", "")
	made := apply(t, s, by, e)
	decide(t, s, by, citation, was, "resolve", e.Principle)
	if got := review(); got.Links != 1 || got.Since != 1 {
		t.Errorf("resolved after the review: %d links, %d of them since", got.Links, got.Since)
	}
	e.ID, e.Version, e.ReviewedOn = made.IDs[0], made.Revision, "2026-11-21"
	refused(t, s, by, "looked again", norms.Conflict, " 1. ", e)
	e.ReviewedOn, e.Note = "2026-11-20", "Its site, by its search."
	apply(t, s, by, e)
	if got := review(); got.Links != 1 || got.Since != 0 {
		t.Errorf("the note was changed: %d links, %d of them since", got.Links, got.Since)
	}
}
