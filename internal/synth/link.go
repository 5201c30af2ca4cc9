package synth

import (
	"math/rand/v2"

	"normmap/internal/norms"
)

// assertion is a link that a curator or a third party put on record.
type assertion struct {
	numbered
	initiative, turn int
}

// mostTurns bounds how many links beside the contributor's own an initiative
// has.
const mostTurns = 6

// link is one of the links that others than the reporter assert for an
// initiative.
func (w *world) link(i, turn int) norms.PutLink {
	rank := w.popularity.several(w.rand(kindLink, i), mostTurns)[turn]
	r := w.rand(kindLink, i<<3+turn+1<<40)
	l := w.speaks(w.reporter(i))
	e := norms.PutLink{
		Initiative: initiativeSlug(i), Principle: ref(w.slotOf(rank), 0), Relation: relation(r), Origin: "curator",
		Rationale: l.fill(r, one(r, l.sentences)), Strength: one(r, norms.Strengths),
	}
	if e.Relation == "supports" && percent(r, 50) {
		e.Property = one(r, norms.LinkProperties)
	}
	if percent(r, 35) {
		e.Origin, e.Asserter = "third_party", organizationSlug(w.stranger(r, i))
	}
	return e
}

func relation(r *rand.Rand) norms.LinkRelation {
	switch n := r.IntN(100); {
	case n < 90:
		return "supports"
	case n < 95:
		return "contrary"
	}
	return "no_relationship"
}

// stranger is an organization that has no part in an initiative.
func (w *world) stranger(r *rand.Rand, i int) int {
	for {
		if o := r.IntN(w.organizations); o != w.carrier(i) && o != w.reporter(i) {
			return o
		}
	}
}

// withdrawn is how many of the asserted links are taken back in the end.
func (w *world) withdrawn() int { return min(500, w.links/200) }

// writeLinks asserts as many links as are missing: one for each initiative in
// turn, but for those that chance leaves out, and again.
func (w *world) writeLinks() error {
	missing := w.links - w.contributed + w.withdrawn()
	for turn := 0; turn < mostTurns && len(w.asserted) < missing; turn++ {
		for i := 0; i < w.initiatives && len(w.asserted) < missing; i++ {
			if percent(w.rand(kindLink, i<<3+turn+2<<40), 80) {
				w.asserted = append(w.asserted, assertion{initiative: i, turn: turn})
			}
		}
	}
	return w.writeEach("What curators and others see in the initiatives", len(w.asserted),
		func(i int) norms.Edit { return w.link(w.asserted[i].initiative, w.asserted[i].turn) },
		func(i int, id, rev int64) { w.asserted[i].numbered = numbered{id, rev} })
}
