package norms

import "slices"

// ApplyingOrder puts the edits of a proposal in the order in which they are
// applied: by position, but what adds a thing before what names it. So a line
// of citations can be given to an initiative that stands after it.
func ApplyingOrder(list []ProposedEdit) []ProposedEdit {
	adds := map[Called][]int{}
	for i, e := range list {
		if e.Waits() && e.Decision != Rejected {
			for _, c := range addedBy(e.Edit) {
				adds[c] = append(adds[c], i)
			}
		}
	}
	out := make([]ProposedEdit, 0, len(list))
	placed := make([]bool, len(list))
	var put func(i int)
	put = func(i int) {
		if placed[i] {
			return
		}
		placed[i] = true
		for _, c := range restsOnNames(list[i].Edit) {
			for _, before := range adds[c] {
				put(before)
			}
		}
		out = append(out, list[i])
	}
	for i := range list {
		put(i)
	}
	return out
}

// addedBy are the things that an edit adds or adds to: what a number of a new
// agreement means is known when all of that agreement is there.
func addedBy(e Edit) []Called {
	switch e := e.(type) {
	case PutInitiative:
		return ofNew(e.Version, "initiative", e.Slug)
	case PutSource:
		return ofNew(e.Version, "source", e.Slug)
	case PutOrganization:
		return ofNew(e.Version, "organization", e.Slug)
	case PutAgreement:
		return ofNew(e.Version, "agreement", e.Slug)
	case PutEdition:
		return ofNew(e.Version, "agreement", e.Agreement)
	case PutPrinciple:
		return ofNew(e.Version, "agreement", e.Agreement)
	case PutNumbering:
		return []Called{{"agreement", e.Agreement}}
	}
	return nil
}

func ofNew(version int64, kind, slug string) []Called {
	if version != 0 {
		return nil
	}
	return []Called{{kind, slug}}
}

// restsOnNames are the things of which an edit needs that they are there.
func restsOnNames(e Edit) []Called {
	switch e := e.(type) {
	case PutInitiative:
		return []Called{{"initiative", e.Parent}, {"organization", e.Organization}, {"organization", e.ReportedBy}, {"source", e.Source}}
	case PutSource:
		return []Called{{"organization", e.Organization}}
	case PutSourceText:
		return []Called{{"source", e.Source}}
	case PutLink:
		return []Called{{"initiative", e.Initiative}}
	case PutCitationLine:
		out := []Called{{"source", e.Source}, {"initiative", e.Initiative}}
		for _, r := range e.References {
			out = append(out, Called{"agreement", r.Agreement})
		}
		return out
	}
	return nil
}

// CitedSource is the source whose words the edits of a proposal cite, with the
// file that they attach to it, if any.
func CitedSource(list []ProposedEdit) PutSourceText {
	var cited PutSourceText
	for _, e := range list {
		switch e := e.Edit.(type) {
		case PutSourceText:
			return e
		case PutCitationLine:
			if cited.Source == "" {
				cited.Source = e.Source
			}
		}
	}
	return cited
}

// ReplacedText is the SHA-256 of the file whose text a proposal is to replace by a
// new version of it, "" for none.
func ReplacedText(list []ProposedEdit) string {
	for _, e := range list {
		if put, ok := e.Edit.(PutSourceText); ok && e.Waits() && e.Decision != Rejected {
			return put.Replaces
		}
	}
	return ""
}

// BringsVersion tells whether a proposal is, or was, to put a new version of a
// document in the place of a text.
func BringsVersion(list []ProposedEdit) bool {
	return slices.ContainsFunc(list, func(e ProposedEdit) bool {
		put, ok := e.Edit.(PutSourceText)
		return ok && put.Replaces != ""
	})
}
