package href

import "strings"

// AgreementNew is the form for a new agreement.
func AgreementNew() string { return Agreements() + "/new" }

// AgreementEdit is the form that changes an agreement.
func AgreementEdit(slug string) string { return Agreement(slug) + "/edit" }

// EditionNew is the form for a new edition of an agreement.
func EditionNew(agreement string) string { return Agreement(agreement) + "/editions/new" }

// EditionEdit is the form that changes an edition.
func EditionEdit(agreement, edition string) string { return Edition(agreement, edition) + "/edit" }

// PrincipleNew is the form for a new principle of an edition.
func PrincipleNew(agreement, edition string) string {
	return Edition(agreement, edition) + "/principles/new"
}

// PrincipleList is the form for many principles at once.
func PrincipleList(agreement, edition string) string {
	return PrincipleNew(agreement, edition) + "/list"
}

// PrincipleEdit is the form that changes a principle; ref as for Principle.
func PrincipleEdit(ref string) string { return Principle(ref) + "/edit" }

// NumberingNew is the form for a new numbering of an agreement.
func NumberingNew(agreement string) string { return Agreement(agreement) + "/numberings/new" }

// NumberingEdit is the form that changes a numbering.
func NumberingEdit(id int64) string { return "/numberings/" + number(id) + "/edit" }

// EventNew is the form for something that happened to an agreement.
func EventNew(agreement string) string { return Agreement(agreement) + "/events/new" }

// EventEdit is the form that changes an event.
func EventEdit(id int64) string { return "/events/" + number(id) + "/edit" }

// SourceNew is the form for a new source.
func SourceNew() string { return Sources() + "/new" }

// SourceEdit is the form that changes a source.
func SourceEdit(slug string) string { return Source(slug) + "/edit" }

// ElementNew is the form for a new element.
func ElementNew() string { return Elements() + "/new" }

// ElementEdit is the form that changes an element.
func ElementEdit(slug string) string { return Element(slug) + "/edit" }

// ReadingNew is the form for a reading of an element.
func ReadingNew(element string) string { return Element(element) + "/readings/new" }

// ReadingEdit is the form that changes a reading of an element.
func ReadingEdit(id int64) string { return "/element-readings/" + number(id) + "/edit" }

// FactNew is the form that says where a fact comes from.
func FactNew() string { return "/facts/new" }

// FactEdit is the form that changes where a fact comes from.
func FactEdit(id int64) string { return "/facts/" + number(id) + "/edit" }

// PartNew is the form for a new part of an initiative, with what it shares
// with the whole.
func PartNew(parent, organization, reporter, source string) string {
	return With(InitiativeNew(), "parent", parent, "organization", organization, "reported_by", reporter, "source", source)
}

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
func LinkEdit(id int64) string { return Link(id) + "/edit" }

// AssessmentNew is the form for an assessment of a link.
func AssessmentNew(link int64) string { return Link(link) + "/assessments/new" }

// AssessmentEdit is the form that changes or withdraws an assessment.
func AssessmentEdit(id int64) string { return "/assessments/" + number(id) + "/edit" }

// AssessmentAnswer is the form for the organization's answer to an assessment.
func AssessmentAnswer(id int64) string { return "/assessments/" + number(id) + "/answer" }

// CellsEdit is the address of CellEdit before anything is chosen.
func CellsEdit() string { return "/cells/edit" }

// CellEdit shows what is recorded about a principle and an organization, and
// leads to the forms for that; ref as for Principle.
func CellEdit(ref, organization string) string { return cell(CellsEdit(), ref, organization) }

// CellReview is the form that records a review which found nothing.
func CellReview(ref, organization string) string { return cell("/cells/review", ref, organization) }

// CellRuling is the form that decides whether a principle speaks to an
// organization.
func CellRuling(ref, organization string) string { return cell("/cells/ruling", ref, organization) }

func cell(address, ref, organization string) string {
	return With(address, "principle", ref, "organization", organization)
}

// CitationEdit is the form that resolves a citation, sets it aside or opens it
// again.
func CitationEdit(id int64) string { return Citation(id) + "/edit" }

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

// Rename gives what a kind and a key name another address. Without them it is
// where the form for that is sent, as for the two below.
func Rename(kind, key string) string { return With("/rename", "kind", kind, "key", key) }

// Withdraw takes it out of the record.
func Withdraw(kind, key string) string { return With("/withdraw", "kind", kind, "key", key) }

// Restore brings it back.
func Restore(kind, key string) string { return With("/restore", "kind", kind, "key", key) }

// Sent is where the form of an address is sent: the same page under another
// name. A form that is sent to its own address is taken out of the browser's
// cache; going back to it would then ask for it anew (RFC 9111, section 4.4).
func Sent(address string) string {
	if strings.Contains(address, "?") {
		return address + "&sent"
	}
	return address + "?sent"
}
