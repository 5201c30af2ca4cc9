package synth

import (
	"strconv"

	"normmap/internal/norms"
)

// changeOne is of how many things one was changed since it was recorded.
const changeOne = 5

// writeChanges gives a part of everything a second version.
func (w *world) writeChanges() error {
	err := w.writeEach("Organizations looked up again", w.organizations/changeOne,
		func(i int) norms.Edit { return w.changedOrganization(i * changeOne) },
		func(i int, _, rev int64) { w.organizationRevs[i*changeOne] = rev })
	if err != nil {
		return err
	}
	err = w.writeEach("How far the initiatives came since", w.initiatives/changeOne,
		func(i int) norms.Edit { return w.changedInitiative(i * changeOne) },
		func(i int, _, rev int64) { w.initiativeRevs[i*changeOne] = rev })
	if err != nil {
		return err
	}
	return w.writeEach("Links read once more", len(w.asserted)/changeOne,
		func(i int) norms.Edit { return w.changedLink(w.asserted[i*changeOne]) },
		func(i int, _, rev int64) { w.asserted[i*changeOne].rev = rev })
}

func (w *world) changedOrganization(o int) norms.PutOrganization {
	e := w.organization(o)
	l := w.speaks(o)
	e.Version = w.organizationRevs[o]
	e.Summary = l.text(w.rand(kindChange, o), 200)
	return e
}

// changedInitiative ends what was going on, and lets the others go on.
func (w *world) changedInitiative(i int) norms.PutInitiative {
	e := w.initiative(i)
	e.Version = w.initiativeRevs[i]
	e.Status, e.StartedOn, e.EndedOn, e.DueOn = "ongoing", "2024", "", ""
	if i%2 == 0 {
		e.Status, e.StartedOn, e.EndedOn = "completed", "2020", "2024-11"
	}
	e.StatusNote = "As its web page says in February 2025."
	return e
}

func (w *world) changedLink(a assertion) norms.PutLink {
	e := w.link(a.initiative, a.turn)
	l := w.speaks(w.reporter(a.initiative))
	r := w.rand(kindChange, a.initiative<<3+a.turn+1<<40)
	e.ID, e.Version = a.id, a.rev
	e.Rationale += " " + l.fill(r, one(r, l.sentences))
	return e
}

// writeWithdrawals takes back some links, so that as many are left as were
// asked for, and some adherences.
func (w *world) writeWithdrawals() error {
	surplus := min(w.withdrawn(), max(0, w.contributed+len(w.asserted)-w.links))
	err := w.writeEach("Links that did not hold", surplus, func(i int) norms.Edit {
		a := w.asserted[i*(len(w.asserted)/surplus)]
		return norms.WithdrawLink{ID: a.id, Version: a.rev}
	}, nil)
	if err != nil {
		return err
	}
	gone := min(100, len(w.adherences)/50)
	return w.writeEach("Adherences that ended", gone, func(i int) norms.Edit {
		a := w.adherences[i*(len(w.adherences)/gone)]
		return norms.WithdrawAdherence{ID: a.id, Version: a.rev}
	}, nil)
}

// writeRenames gives some things another name in addresses.
func (w *world) writeRenames() error {
	n := min(25, w.organizations/10)
	err := w.writeEach("Organizations under their new names", n, func(i int) norms.Edit {
		o := i * (w.organizations / n)
		return norms.Rename{Kind: "organization", Key: organizationSlug(o), To: "renamed-organization-" + strconv.Itoa(i+1), Version: w.organizationRevs[o]}
	}, nil)
	if err != nil {
		return err
	}
	n = min(25, w.initiatives/10)
	return w.writeEach("Initiatives under their new names", n, func(i int) norms.Edit {
		at := i * (w.initiatives / n)
		return norms.Rename{Kind: "initiative", Key: initiativeSlug(at), To: "renamed-initiative-" + strconv.Itoa(i+1), Version: w.initiativeRevs[at]}
	}, nil)
}
