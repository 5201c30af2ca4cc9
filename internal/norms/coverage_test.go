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

// Only looked-at cells are in a denominator, and it may be nought.
func TestSharesHaveADenominator(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ cited, cells, denominator int }{{7, 9, 7}, {0, 9, 0}, {0, 0, 0}} {
		got := norms.ShareOf(tt.cited, tt.cells)
		want := norms.Share{States: map[norms.CellState]int{norms.Cited: tt.cited, norms.NotReviewed: tt.cells - tt.cited}, Denominator: tt.denominator}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
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
