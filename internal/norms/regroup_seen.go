package norms

import (
	"fmt"
	"slices"
)

// EditSeen is an edit of a proposal as somebody saw it: in a version, and with
// the decision Seen, 0 for none.
type EditSeen struct {
	Position int   `json:"position"`
	Version  int   `json:"version"`
	Seen     int64 `json:"seen"`
}

// CheckSeen refuses a regrouping that changes edits otherwise than whoever asked
// for it saw them, so that nobody's decision is undone or made unseen.
func (g Regrouping) CheckSeen(list []ProposedEdit, done Regrouped) error {
	wrong := &Error{Kind: Conflict}
	for _, r := range done.Revised {
		i := slices.IndexFunc(list, func(e ProposedEdit) bool { return e.Position == r.Position })
		j := slices.IndexFunc(g.With, func(s EditSeen) bool { return s.Position == r.Position })
		switch {
		case r.Position == g.Position:
		case j < 0:
			wrong.Problems = append(wrong.Problems, Problem{Message: fmt.Sprintf("edit %d would go along, which this page did not show; look at it first", r.Position)})
		default:
			if changed := g.With[j].changed(list[i]); changed != "" {
				wrong.Problems = append(wrong.Problems, Problem{Message: changed})
			}
		}
	}
	if len(wrong.Problems) > 0 {
		return wrong
	}
	return nil
}

// changed says what became of an edit since it was seen, "" for nothing.
func (s EditSeen) changed(e ProposedEdit) string {
	switch {
	case e.Version != s.Version:
		return fmt.Sprintf("the proposer changed edit %d since you read it; look at it again", e.Position)
	case e.DecisionID != s.Seen:
		return fmt.Sprintf("%s decided about edit %d since you read it; look at it again", e.DecidedBy, e.Position)
	}
	return ""
}

// GoAlong are the edits that go along with the one at a position: all that name
// an initiative when it is merged, and when one is split at a line those of it
// that stand after that, and its parts, which may.
func GoAlong(list []ProposedEdit, position int) []ProposedEdit {
	i := slices.IndexFunc(list, func(e ProposedEdit) bool { return e.Position == position })
	if i < 0 {
		return nil
	}
	switch at := list[i].Edit.(type) {
	case PutInitiative:
		return slices.DeleteFunc(waiting(list), func(e ProposedEdit) bool {
			return e.Position == position || !slices.Contains(InitiativesNamed(e.Edit), at.Slug)
		})
	case PutCitationLine:
		return slices.DeleteFunc(waiting(list), func(e ProposedEdit) bool {
			switch e := e.Edit.(type) {
			case PutCitationLine:
				return !at.before(e)
			case PutInitiative:
				return e.Parent != at.Initiative || LineOf(e.Place) == 0
			}
			return true
		})
	}
	return nil
}

// before tells whether another line of the same initiative stands after l.
func (l PutCitationLine) before(o PutCitationLine) bool {
	return o.Initiative == l.Initiative && o.Source == l.Source && placeOf(o) > placeOf(l)
}

// InitiativesNamed are the initiatives that an edit names, besides one that it
// puts itself.
func InitiativesNamed(e Edit) []string {
	switch e := e.(type) {
	case PutCitationLine:
		return []string{e.Initiative}
	case PutInitiative:
		if e.Version == 0 {
			return []string{e.Parent}
		}
	case PutSource, PutSourceText:
		return nil
	}
	var out []string
	_, err := Renamed(e, func(c Called) string {
		if c.Kind == "initiative" {
			out = append(out, c.Key)
		}
		return c.Key
	}, func(string) {})
	if err != nil {
		return nil // what cannot be read names nothing
	}
	return out
}
