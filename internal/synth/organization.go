package synth

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"

	"normmap/internal/norms"
)

// organizationSlug is the name of an organization in addresses.
func organizationSlug(o int) string { return "organization-" + fmt.Sprintf("%05d", o+1) }

// speaks is the language in which an organization describes what it does.
func (w *world) speaks(o int) *language {
	at := w.rand(kindOrganization, o).IntN(100)
	for _, l := range languages {
		if at -= l.percent; at < 0 {
			return l
		}
	}
	return english
}

func (w *world) organization(o int) norms.PutOrganization {
	r := w.rand(kindOrganization, o+1<<32)
	l := w.speaks(o)
	return norms.PutOrganization{
		Slug: organizationSlug(o), Name: l.fill(r, one(r, l.organizations)) + " " + strconv.Itoa(o+1), Kind: organizationKind(r),
		StakeholderGroup: w.group(o), URL: "https://example.org/" + organizationSlug(o), Summary: l.text(r, 160),
	}
}

func organizationKind(r *rand.Rand) norms.OrganizationKind {
	switch n := r.IntN(100); {
	case n < 90:
		return "body"
	case n < 95:
		return "event"
	}
	return "person"
}

// group is an organization's stakeholder group; a few belong to none.
func (w *world) group(o int) norms.StakeholderGroup {
	r := w.rand(kindOrganization, o+2<<32)
	if percent(r, 3) {
		return ""
	}
	return one(r, norms.StakeholderGroups)
}

func (w *world) writeOrganizations() error {
	w.organizationRevs = make([]int64, w.organizations)
	return w.writeEach("Organizations that answered the call", w.organizations,
		func(o int) norms.Edit { return w.organization(o) },
		func(o int, _, rev int64) { w.organizationRevs[o] = rev })
}

// Each organization has one contribution, of which its initiatives are taken.
func contributionSlug(o int) string { return "contribution-" + fmt.Sprintf("%05d", o+1) }

// contributedIn is the year of an organization's contribution; 0 for the few
// that bear no date.
func (w *world) contributedIn(o int) int {
	r := w.rand(kindSource, o)
	if percent(r, 3) {
		return 0
	}
	return 2016 + r.IntN(9)
}

func (w *world) contribution(o int) norms.PutSource {
	r := w.rand(kindSource, o+1<<32)
	s := norms.PutSource{
		Slug: contributionSlug(o), Title: "Contribution " + strconv.Itoa(o+1), Kind: "contribution", Publisher: w.organization(o).Name,
		Organization: organizationSlug(o), RetrievedOn: "2025-02-01", URL: "https://example.org/" + contributionSlug(o),
		Language: w.speaks(o).tag, Exhaustiveness: one(r, norms.ExhaustivenessWords),
	}
	if year := w.contributedIn(o); year != 0 {
		s.PublishedOn = norms.Date(fmt.Sprintf("%d-%02d", year, 1+r.IntN(12)))
		s.Call = fmt.Sprintf("Call of %d", year)
	}
	return s
}

func (w *world) writeSources() error {
	return w.writeEach("Contributions as they came in", w.organizations, func(o int) norms.Edit { return w.contribution(o) }, nil)
}

// perOrganization is how many agreements an organization stands by.
const perOrganization = 3

// adherence is how an organization stands to one of its agreements, the first
// ones being the more popular.
func (w *world) adherence(i int) norms.PutAdherence {
	o, at := i/perOrganization, i%perOrganization
	r := w.rand(kindAdherence, o)
	var chosen []int
	for len(chosen) <= at {
		if a := int(float64(w.agreements) * r.Float64() * r.Float64()); !slices.Contains(chosen, a) {
			chosen = append(chosen, a)
		}
	}
	a := chosen[at]
	r = w.rand(kindAdherence, i+1<<32)
	return norms.PutAdherence{
		Organization: organizationSlug(o), Agreement: agreementSlug(a), Relation: one(r, norms.AdherenceRelations[:6]), Founding: percent(r, 10),
		Since: norms.Date(fmt.Sprintf("%d-%02d", 2015+r.IntN(10), 1+r.IntN(12))), Source: officialSlug(a), Place: fmt.Sprintf("list of adherents, no. %d", o+1),
	}
}

func (w *world) writeAdherences() error {
	w.adherences = make([]numbered, w.organizations*perOrganization)
	return w.writeEach("Who stands by which agreement", len(w.adherences),
		func(i int) norms.Edit { return w.adherence(i) },
		func(i int, id, rev int64) { w.adherences[i] = numbered{id, rev} })
}
