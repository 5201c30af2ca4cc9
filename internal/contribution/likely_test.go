package contribution_test

import (
	"testing"

	"normmap/internal/norms"
)

const (
	deskOnce  = "# What we do\n\n- We run a help desk for schools in the north (Paris Call principle 1).\n"
	deskAgain = "# A year later\n\n- We run a help desk for the schools of the north (Paris Call principle 1).\n\n- We teach judges to read logs (Paris Call principle 8).\n"
)

// An initiative that comes under nearly the same title says on its card which
// recorded one it may be; others say nothing.
func TestAnInitiativeThatMayBeRecordedSaysSo(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.accepts(d.sends("one.md", deskOnce).Proposal)
	said := map[string][]norms.DeskInitiative{}
	for _, p := range d.look(d.sends("two.md", deskAgain).Proposal, 0).Passages {
		for _, c := range p.Cards {
			if put, ok := c.Edit.(norms.PutInitiative); ok {
				said[put.Title] = c.Likely
			}
		}
	}
	likely := said["We run a help desk for the schools of the north"]
	if len(likely) != 1 || likely[0].Title != "We run a help desk for schools in the north" || len(said["We teach judges to read logs"]) != 0 || len(said) != 2 {
		t.Errorf("the cards say %+v", said)
	}
}
