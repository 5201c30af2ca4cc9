package href

// InitiativeNew is the form for a new initiative.
func InitiativeNew() string { return Initiatives() + "/new" }

// InitiativeEdit is the form that changes an initiative.
func InitiativeEdit(slug string) string { return Initiative(slug) + "/edit" }

// InitiativeCite is the form that reads a printed line of citations and saves
// what was understood.
func InitiativeCite(slug string) string { return Initiative(slug) + "/cite" }

// InitiativeLinksEdit is the form for an initiative's curator's links.
func InitiativeLinksEdit(slug string) string { return Initiative(slug) + "/links/edit" }

// PrincipleLinksEdit is the same from a principle's side; ref as for Principle.
func PrincipleLinksEdit(ref string) string { return Principle(ref) + "/links/edit" }

// LinkEdit is the form that changes or withdraws a link.
func LinkEdit(id int64) string { return "/links/" + number(id) + "/edit" }

// CitationEdit is the form that resolves a citation, sets it aside or opens it
// again.
func CitationEdit(id int64) string { return "/citations/" + number(id) + "/edit" }

// OrganizationNew is the form for a new organization.
func OrganizationNew() string { return Organizations() + "/new" }

// OrganizationEdit is the form that changes an organization.
func OrganizationEdit(slug string) string { return Organization(slug) + "/edit" }

// AdherenceNew is the form for a new adherence of an organization.
func AdherenceNew(organization string) string {
	return Organization(organization) + "/adherences/new"
}

// AdherenceEdit is the form that changes or withdraws an adherence.
func AdherenceEdit(id int64) string { return "/adherences/" + number(id) + "/edit" }

// ChangesetRevert shows what taking a changeset back would do, and does it.
func ChangesetRevert(id int64) string { return Changeset(id) + "/revert" }

// Grid is the work page on which an agreement's principles and initiatives are
// linked.
func Grid(agreement string) string { return Agreement(agreement) + "/grid" }

// Batch takes what was ticked in a list, shows what will happen and does it.
func Batch() string { return "/batch" }
