package contribution_test

import (
	"strings"
	"testing"

	"normmap/internal/norms"
)

// Of two new versions that wait, the second cannot replace the text any more once
// the first has; what was read in it is not accepted without it.
func TestWhatWasReadInAVersionRestsOnItsText(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.accepts(d.sends("letter.md", firstEdition).Proposal)
	other := strings.Replace(firstEdition, "12 March 2024", "5 June 2025\n\nA preface.\n\n- We print posters for libraries of all towns (Paris Call principle 8).", 1)
	r, two := d.looksAt("two.md", secondEdition, "microsoft-contribution-2024")
	_, three := d.looksAt("three.md", other, "microsoft-contribution-2024")
	first, err := r.Propose(t.Context(), d.proposer, two, "It came by mail", today)
	if err != nil {
		t.Fatal(err)
	}
	second, err := r.Propose(t.Context(), d.proposer, three, "It came by mail", today)
	if err != nil {
		t.Fatal(err)
	}
	d.accepts(first.Proposal)
	p, err := d.store.Proposal(t.Context(), d.reviewer, second.Proposal, norms.Page{})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := d.store.AcceptRemaining(t.Context(), d.reviewer, second.Proposal, p.Version); n != 0 || norms.KindOf(err) != norms.Conflict {
		t.Errorf("%d edits are accepted, %v", n, err)
	}
}
