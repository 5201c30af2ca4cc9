package page

import (
	"normmap/internal/norms"
	"normmap/web/href"
)

// editionGroup is the principles of one edition, in order.
type editionGroup struct {
	Edition, Title, Agreement string
	Principles                []norms.PrincipleRow
}

// byEdition splits rows where the edition changes.
func byEdition(rows []norms.PrincipleRow) []editionGroup {
	var out []editionGroup
	for _, p := range rows {
		if n := len(out); n == 0 || out[n-1].Edition != p.Edition || out[n-1].Agreement != p.Agreement {
			out = append(out, editionGroup{p.Edition, p.EditionTitle, p.Agreement, nil})
		}
		g := &out[len(out)-1]
		g.Principles = append(g.Principles, p)
	}
	return out
}

// refGroup is the labels that an initiative serves in one agreement.
type refGroup struct {
	Agreement string // slug, with @edition where one is named
	Labels    []refLabel
}

type refLabel struct{ Label, Href string }

// byAgreement gathers refs under their agreement, in the order given.
func byAgreement(refs []string) []refGroup {
	var out []refGroup
	at := map[string]int{}
	for _, s := range refs {
		r, err := norms.ParseRef(s)
		if err != nil {
			continue
		}
		key := r.Agreement
		if r.Edition != "" {
			key += "@" + r.Edition
		}
		i, known := at[key]
		if !known {
			i = len(out)
			at[key] = i
			out = append(out, refGroup{Agreement: key})
		}
		out[i].Labels = append(out[i].Labels, refLabel{r.Label, href.Principle(s)})
	}
	return out
}

// headingGroup is the initiatives that a source lists under one heading.
type headingGroup struct {
	Heading     string
	Initiatives []norms.InitiativeRow
}

// ungrouped is rows without headings.
func ungrouped(rows []norms.InitiativeRow) []headingGroup {
	return []headingGroup{{Initiatives: rows}}
}

// columns is how many columns the table of initiatives has.
func columns(withOrganization bool) string {
	if withOrganization {
		return "7"
	}
	return "6"
}

// byHeading splits rows where the heading changes; parts stay with the
// initiative before them.
func byHeading(rows []norms.InitiativeRow) []headingGroup {
	var out []headingGroup
	for _, r := range rows {
		n := len(out)
		isNew := n == 0 || r.Parent == "" && out[n-1].Heading != r.Heading
		if isNew {
			out = append(out, headingGroup{Heading: r.Heading})
		}
		g := &out[len(out)-1]
		g.Initiatives = append(g.Initiatives, r)
	}
	return out
}
