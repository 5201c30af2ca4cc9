package href

import "strconv"

// Proposals is the list of proposals.
func Proposals() string { return "/proposals" }

// Proposal is the page of a proposal, where it is decided on.
func Proposal(id int64) string { return Proposals() + "/" + number(id) }

// ProposalEdit is one edit on the page of a proposal.
func ProposalEdit(id int64, position int) string {
	return Proposal(id) + "#edit-" + number(int64(position))
}

// ProposalLinks is the form for links of the initiative that an edit adds.
func ProposalLinks(id int64, position int) string { return ProposalEditForm(id, position) + "/links" }

// ProposalCite is the form for citations of the initiative that an edit adds.
func ProposalCite(id int64, position int) string { return ProposalEditForm(id, position) + "/cite" }

// Into is a form whose edits are added to a proposal.
func Into(form string, id int64) string { return With(form, "into", number(id)) }

// ProposalEditForm is the form that corrects one edit of a proposal.
func ProposalEditForm(id int64, position int) string {
	return Proposal(id) + "/edits/" + number(int64(position))
}

// ProposalEditFormBeside is that form for who comes from beside the text, where the
// words of the edit begin at a place, and goes back there.
func ProposalEditFormBeside(id int64, position, place int) string {
	return With(ProposalEditForm(id, position), "place", number(int64(max(0, place))))
}

// ProposalText is a proposal beside the text that it was made of.
func ProposalText(id int64) string { return Proposal(id) + "/text" }

// ProposalTextAt is an edit beside the text, the words of which begin at a
// place.
func ProposalTextAt(id int64, place, position int) string {
	return With(ProposalText(id), "place", number(int64(max(0, place)))) + "#edit-" + number(int64(position))
}

// ProposalLook is a place of the text that a person should look at, by its number
// and where it begins.
func ProposalLook(id int64, place, number int) string {
	return With(ProposalText(id), "place", strconv.Itoa(place)) + "#" + LookAt(number)
}

// LookAt is the anchor of such a place in the text.
func LookAt(number int) string { return "look-at-" + strconv.Itoa(number) }

// ProposalRegroup is the form that gives what an edit says to another
// initiative.
func ProposalRegroup(id int64, position int) string {
	return ProposalEditForm(id, position) + "/regroup"
}
