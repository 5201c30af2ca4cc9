package norms_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
)

// A new word without a rule would quietly drop out of the gaps.
func TestEveryAddresseeIsFoundSomewhere(t *testing.T) {
	t.Parallel()
	for _, a := range norms.Addressees {
		if len(a.Groups()) == 0 {
			t.Errorf("no rule says in which stakeholder groups %s are found", a)
		}
	}
	if norms.Addressee("nobody").Groups() != nil {
		t.Error("a word that is no addressee is found somewhere")
	}
}

// Only cells of which something is known are in a denominator, and it may be
// nought.
func TestSharesHaveADenominator(t *testing.T) {
	t.Parallel()
	var none, s norms.Share
	none.Count(norms.OutsideAddressee, 4)
	none.Count(norms.NotReviewed, 5)
	for i, state := range norms.CellStates {
		s.Count(state, i+1)
	}
	if none.Denominator != 0 || none.Cited() != 0 || s.Denominator != 1+2+3 || s.Cited() != 1+2 {
		t.Errorf("nothing known: %+v; one to five cells in each state: %+v", none, s)
	}
	if d := cmp.Diff(map[norms.CellState]int{norms.Contested: 0, norms.Cited: 0, norms.ReviewedNoneFound: 0, norms.OutsideAddressee: 4, norms.NotReviewed: 5}, none.States); d != "" {
		t.Error(d)
	}
}

func TestStandings(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		relations []norms.AdherenceRelation
		links     int
		want      norms.Standing
	}{
		{[]norms.AdherenceRelation{"signed"}, 3, norms.SignedAndEvidenced},
		{[]norms.AdherenceRelation{"mentioned", "party"}, 0, norms.SignedNoneRecorded},
		{[]norms.AdherenceRelation{"mentioned", "contributed"}, 1, norms.EvidencedNotSigned},
		{nil, 1, norms.EvidencedNotSigned},
	} {
		r := norms.StandingRow{Relations: tt.relations, Links: tt.links}
		r.Place()
		if r.Standing != tt.want {
			t.Errorf("%v with %d links: %s, want %s", tt.relations, tt.links, r.Standing, tt.want)
		}
	}
}
