package norms

import (
	"fmt"
	"slices"
	"strings"
)

// Resting is a name in an edit that another edit of the same proposal gives to a
// thing, which is not recorded yet.
type Resting struct {
	Called
	Position int
	Title    string // that it gets there, "" where it has none
}

// inWords names a thing for people: by its title, where it has one.
func (n Called) inWords(title string) string {
	if title == "" {
		return fmt.Sprintf("the %s %q", n.Kind, n.Key)
	}
	return fmt.Sprintf("the %s “%s”", n.Kind, title)
}

// titleIn is what an edit calls the thing that it adds, "" for nothing.
func titleIn(e Edit) string {
	switch put := e.(type) {
	case PutAgreement:
		return put.ShortTitle
	case PutElement:
		return put.Title
	case PutInitiative:
		return put.Title
	case PutOrganization:
		return put.Name
	case PutSource:
		return put.Title
	}
	return ""
}

// CarryNames gives the edits of a proposal the names that what it adds has by
// now: a name that is corrected in one edit is what the others mean. Then it
// says on which edits each rests, and which rest on one that is gone: a recorded
// thing that happens to have that name is not what they mean.
func CarryNames(list []ProposedEdit) error {
	now := CarriedNames(list)
	for i := range list {
		e := &list[i]
		if !e.Waits() || e.Edit == nil {
			continue
		}
		if len(now) > 0 {
			if err := e.rename(now); err != nil {
				return err
			}
		}
	}
	adds := map[Called][]*ProposedEdit{}
	for i := range list {
		for _, n := range list[i].adds() {
			adds[n] = append(adds[n], &list[i])
		}
	}
	for i := range list {
		if e := &list[i]; e.Waits() && e.Edit != nil && len(adds) > 0 {
			if err := e.findRests(adds); err != nil {
				return err
			}
		}
	}
	return nil
}

// CarriedNames are the names that things which a proposal adds do not have any
// more, with those that they have.
func CarriedNames(list []ProposedEdit) map[Called]string {
	out := map[Called]string{}
	for _, e := range list {
		if e.Edit == nil || len(e.NamesGiven) == 0 {
			continue
		}
		now, ok := New(e.Edit)
		for _, n := range e.NamesGiven {
			if ok && n.Kind == now.Kind && n.Key != now.Key {
				out[n] = now.Key
			}
		}
	}
	return out
}

// rename gives what e names the names of now, and notes which these are.
func (e *ProposedEdit) rename(now map[Called]string) error {
	renamed, err := Renamed(e.Edit, func(n Called) string {
		to, ok := now[n]
		if !ok {
			return n.Key
		}
		if r := (Renaming{Kind: n.Kind, From: n.Key, To: to}); !slices.Contains(e.Renamed, r) {
			e.Renamed = append(e.Renamed, r)
		}
		return to
	}, func(string) {})
	if err != nil {
		return fmt.Errorf("renaming what edit %d names: %w", e.Position, err)
	}
	e.Edit = renamed
	return nil
}

// adds are the things that an edit adds; of one that was taken out, those that
// it would have added.
func (e ProposedEdit) adds() []Called {
	if e.Edit == nil {
		return e.NamesGiven
	}
	if n, ok := New(e.Edit); ok {
		return []Called{n}
	}
	if put, ok := e.Edit.(PutSourceText); ok && put.Replaces != "" {
		return []Called{newTextOf(put.Source)}
	}
	return nil
}

// newTextOf stands for the new version of a source's text.
func newTextOf(source string) Called { return Called{"new version of", source} }

// readIn is the source in whose text an edit of a proposal found what it adds, ""
// for none.
func readIn(e Edit) string {
	switch e := e.(type) {
	case PutInitiative:
		if e.Version == 0 && LineOf(e.Place) > 0 {
			return e.Source
		}
	case PutCitationLine:
		if slices.ContainsFunc(e.References, func(r Reference) bool { return r.Start < r.End }) {
			return e.Source
		}
	}
	return ""
}

// findRests looks for the edits that add what e names, or the text in which it
// was read.
func (e *ProposedEdit) findRests(adds map[Called][]*ProposedEdit) error {
	e.RestsOn, e.Orphaned = nil, nil
	_, err := Renamed(e.Edit, func(n Called) string {
		for _, of := range n.withOwner() {
			if by := adds[of]; len(by) > 0 {
				e.restOn(of, by)
			}
		}
		return n.Key
	}, func(string) {})
	if text := newTextOf(readIn(e.Edit)); len(adds[text]) > 0 {
		e.restOn(text, adds[text])
	}
	return err
}

// withOwner is a name with that of the agreement in which it stands.
func (n Called) withOwner() []Called {
	if n.Kind != "principle" && n.Kind != "edition" {
		return []Called{n}
	}
	agreement, _, _ := strings.Cut(n.Key, "/")
	agreement, _, _ = strings.Cut(agreement, "@")
	return []Called{n, {"agreement", agreement}}
}

// restOn notes what a name that edits of the proposal give means for e: a thing
// that one of them is about to add, or nothing any more.
func (e *ProposedEdit) restOn(n Called, by []*ProposedEdit) {
	gone := (*ProposedEdit)(nil)
	for _, o := range by {
		switch {
		case o.Position == e.Position || o.State == EditApplied:
			return
		case o.Waits() && o.Decision != Rejected:
			e.RestsOn = append(e.RestsOn, Resting{n, o.Position, titleIn(o.Edit)})
			return
		case e.Decision != Corrected || e.DecisionID < o.DecisionID:
			gone = o // what was corrected since names something else
		}
	}
	if gone != nil && e.Orphaned == nil {
		was := "was rejected"
		if gone.State == EditOut {
			was = "was taken out"
		}
		e.Orphaned = Errorf(Conflict, "it names %s, which edit %d was to add, and that %s: correct this edit, or take that decision back", n.inWords(titleIn(gone.Edit)), gone.Position, was)
	}
}

// CheckNames refuses an edit that names something by a name which another edit
// of the proposal gave to a thing of its own before it was corrected: nobody
// could tell which of the two is meant.
func CheckNames(list []ProposedEdit, e Edit) error {
	now := CarriedNames(list)
	if len(now) == 0 {
		return nil
	}
	var wrong error
	_, err := Renamed(e, func(n Called) string {
		if to, ok := now[n]; ok && wrong == nil {
			wrong = Errorf(Conflict, "the %s that this proposal adds was called %q before and is called %q now; apply the proposal first if another one is meant", n.Kind, n.Key, to)
		}
		return n.Key
	}, func(string) {})
	if err != nil {
		return err
	}
	return wrong
}

// CheckRests refuses to apply edits without those on which they rest.
func CheckRests(chosen []ProposedEdit) error {
	wrong := &Error{Kind: Conflict}
	for _, e := range chosen {
		for _, r := range e.RestsOn {
			if !slices.ContainsFunc(chosen, func(o ProposedEdit) bool { return o.Position == r.Position }) {
				wrong.Problems = append(wrong.Problems, Problem{Message: fmt.Sprintf("edit %d names %s, which edit %d adds: accept that one, too, or correct edit %d",
					e.Position, r.inWords(r.Title), r.Position, e.Position)})
			}
		}
	}
	if len(wrong.Problems) > 0 {
		return wrong
	}
	return nil
}

// Complete leaves out of edits those that rest on one that is not among them.
func Complete(chosen []ProposedEdit) []ProposedEdit {
	for {
		there := map[int]bool{}
		for _, e := range chosen {
			there[e.Position] = true
		}
		left := slices.DeleteFunc(slices.Clone(chosen), func(e ProposedEdit) bool {
			return slices.ContainsFunc(e.RestsOn, func(r Resting) bool { return !there[r.Position] })
		})
		if len(left) == len(chosen) {
			return chosen
		}
		chosen = left
	}
}
