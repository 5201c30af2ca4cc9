package page

import "normmap/internal/norms"

// resolutionMeaning explains a resolution on the method page.
func resolutionMeaning(r norms.Resolution) string {
	switch r {
	case norms.Resolved:
		return "It points to one principle, by rule or by a named person’s decision."
	case norms.Ambiguous:
		return "The number fits more than one principle, or one numbering knows it and another does not."
	case norms.OutOfRange:
		return "No numbering of the agreement that may have been in use knows the number."
	case norms.UnknownAgreement:
		return "The name that was printed is not that of an agreement on record."
	case norms.SetAside:
		return "A named person decided that it is not to be read as a citation, and said why."
	}
	return ""
}

// adherenceMeaning explains a relation on the method page.
func adherenceMeaning(r norms.AdherenceRelation) string {
	switch r {
	case "signed":
		return "put its name under the text."
	case "endorsed":
		return "declared its approval of the text."
	case "supported":
		return "backs the aim or the body behind it, without having joined."
	case "participant":
		return "was admitted to a programme after a check."
	case "party":
		return "is bound by a treaty that it joined."
	case "subject_to":
		return "falls under a law, whether it wants to or not."
	case "contributed":
		return "took part in the making of the text."
	case "proposed":
		return "put the text forward."
	case "mentioned":
		return "speaks of the text without saying that it stands by it."
	}
	return ""
}
