package norms

import "slices"

// Named is a recorded thing that a filter names. Kind is the name of the
// filter's field, too: agreement, organization, initiative, source, edition or
// principle. Name is a slug, or the ref of a principle.
type Named struct {
	Kind, Name string
	Of         string // of an edition: its agreement, or "" for any
}

// named leaves out the fields that do not choose.
func named(all ...Named) []Named {
	return slices.DeleteFunc(all, func(n Named) bool { return n.Name == "" })
}

// Names lists the recorded things that f names.
func (f PrincipleFilter) Names() []Named {
	return named(Named{"agreement", f.Agreement, ""}, Named{"edition", f.Edition, f.Agreement})
}

// Names is as for principles.
func (f InitiativeFilter) Names() []Named {
	return named(Named{"organization", f.Organization, ""}, Named{"agreement", f.Agreement, ""}, Named{"principle", f.Principle, ""})
}

// Names is as for principles.
func (f OrganizationFilter) Names() []Named { return named(Named{"agreement", f.Agreement, ""}) }

// Names is as for principles.
func (f LinkFilter) Names() []Named {
	return named(Named{"principle", f.Principle, ""}, Named{"initiative", f.Initiative, ""},
		Named{"organization", f.Organization, ""}, Named{"agreement", f.Agreement, ""})
}

// Names is as for principles.
func (f CitationFilter) Names() []Named {
	return named(Named{"agreement", f.Agreement, ""}, Named{"source", f.Source, ""}, Named{"initiative", f.Initiative, ""})
}

// Names is as for principles.
func (f AdherenceFilter) Names() []Named {
	return named(Named{"organization", f.Organization, ""}, Named{"agreement", f.Agreement, ""})
}

// Names is as for principles. An edition is one of the only agreement.
func (f CoverageFilter) Names() []Named {
	var all []Named
	of := ""
	for _, a := range f.Agreements {
		all, of = append(all, Named{"agreement", a, ""}), a
	}
	return named(append(all, Named{"edition", f.Edition, of}, Named{"organization", f.Organization, ""})...)
}

// Names is as for principles.
func (f SearchFilter) Names() []Named {
	return named(Named{"agreement", f.Agreement, ""}, Named{"organization", f.Organization, ""})
}

// Names is as for principles.
func (f HappeningFilter) Names() []Named { return named(Named{"agreement", f.Agreement, ""}) }
