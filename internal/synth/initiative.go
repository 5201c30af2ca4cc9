package synth

import (
	"fmt"
	"math/rand/v2"

	"normmap/internal/norms"
)

func initiativeSlug(i int) string { return "initiative-" + fmt.Sprintf("%06d", i+1) }

// parent is the initiative of which one is a part; -1 for most.
func (w *world) parent(i int) int {
	if i < w.tops {
		return -1
	}
	return w.rand(kindInitiative, i).IntN(w.tops)
}

// carrier is the organization that carries an initiative out. Some carry out
// many, most a few.
func (w *world) carrier(i int) int {
	if p := w.parent(i); p >= 0 {
		i = p
	}
	r := w.rand(kindInitiative, i+1<<32)
	return int(float64(w.organizations) * r.Float64() * (0.2 + 0.8*r.Float64()))
}

// reporter is the organization in whose contribution an initiative stands:
// mostly the one that carries it out.
func (w *world) reporter(i int) int {
	r := w.rand(kindInitiative, i+2<<32)
	if percent(r, 85) {
		return w.carrier(i)
	}
	return r.IntN(w.organizations)
}

// length is how long a description is at least, in characters of a script that
// has letters.
const length = 560

func (w *world) initiative(i int) norms.PutInitiative {
	r := w.rand(kindInitiative, i+3<<32)
	reporter := w.reporter(i)
	l := w.speaks(reporter)
	e := norms.PutInitiative{
		Slug: initiativeSlug(i), Title: l.fill(r, one(r, l.titles)), Summary: l.text(r, length), Kind: one(r, norms.InitiativeKinds),
		Organization: organizationSlug(w.carrier(i)), ReportedBy: organizationSlug(reporter), Heading: l.fill(r, one(r, l.headings)), Position: i % 40,
		URL: "https://example.org/" + initiativeSlug(i), Source: contributionSlug(reporter), Place: fmt.Sprintf("page %d", 1+r.IntN(30)),
	}
	if p := w.parent(i); p >= 0 {
		e.Parent = initiativeSlug(p)
	}
	e.Status, e.StartedOn, e.EndedOn, e.DueOn = progress(r)
	e.StatusNote = "As the contribution says."
	e.Partners = w.partners(r)
	return e
}

// progress is how far an initiative is, with dates that fit.
func progress(r *rand.Rand) (status norms.Status, started, ended, due norms.Date) {
	status = one(r, norms.Statuses)
	begin := 2006 + r.IntN(16)
	started = norms.Date(fmt.Sprint(begin))
	if percent(r, 50) {
		started = norms.Date(fmt.Sprintf("%d-%02d", begin, 1+r.IntN(12)))
	}
	switch status {
	case "planned":
		started, due = "", "2027"
	case "completed", "ended":
		ended = norms.Date(fmt.Sprint(begin + 1 + r.IntN(4)))
	}
	return status, started, ended, due
}

// partners are none for most; half of the others are organizations on record.
func (w *world) partners(r *rand.Rand) []norms.Partner {
	switch n := r.IntN(8); n {
	case 0:
		return []norms.Partner{{Name: one(r, places) + " Partners"}}
	case 1:
		o := r.IntN(w.organizations)
		return []norms.Partner{{Name: w.organization(o).Name, Organization: organizationSlug(o)}}
	}
	return nil
}

func (w *world) writeInitiatives() error {
	w.initiativeRevs = make([]int64, w.initiatives)
	return w.writeEach("Initiatives from the contributions", w.initiatives,
		func(i int) norms.Edit { return w.initiative(i) },
		func(i int, _, rev int64) { w.initiativeRevs[i] = rev })
}
