package contribution_test

import (
	"strings"
	"testing"

	"normmap/internal/norms"
)

// Two letters that wait at the same time are two sources.
func TestLettersThatWaitHaveNamesOfTheirOwn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	one := d.sends("one.md", "# One\n\n- **Drills.** We test our staff. (Paris Call principle 5)\n")
	two := d.sends("two.md", "# Two\n\n- **Drills.** We test our partners. (Paris Call principle 1)\n")
	if one.Source == two.Source {
		t.Fatalf("both are %q", one.Source)
	}
	d.accepts(one.Proposal)
	d.accepts(two.Proposal) // fails where an edit of it is not ready
}

// How to reach people is no part of an address.
func TestAddressesTellNobodysNumber(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	done := d.sends("hotline.md", "# Hotline\n\n- Our hotline is +33 6 98 76 54 32 day and night (Paris Call principle 5)\n")
	p, err := d.store.Proposal(t.Context(), d.reviewer, done.Proposal, norms.Page{Limit: norms.MaxLimit})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range p.List {
		if i, ok := e.Proposed.(norms.PutInitiative); ok && strings.Contains(i.Slug, "98") {
			t.Errorf("the initiative would stand at %q", i.Slug)
		}
	}
}
