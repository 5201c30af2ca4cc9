package norms

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// RegroupKind says how initiatives and what they cite are grouped otherwise.
type RegroupKind string

// The ways to regroup what waits in a proposal.
const (
	MergeInitiative RegroupKind = "merge" // an initiative is the same as another one
	SplitInitiative RegroupKind = "split" // from a line on, it is another one
	MoveLine        RegroupKind = "move"  // a line belongs to another one
)

// RegroupKinds is the closed list.
var RegroupKinds = []RegroupKind{MergeInitiative, SplitInitiative, MoveLine}

// Regrouping groups initiatives and lines of citations of a proposal otherwise.
// It is about an edit as it was seen: an initiative to merge, or a line to move
// or to split at. With are the others that were seen to go along. Into is the
// initiative that takes them, of the proposal or a recorded one; for a split,
// New begins with that line.
type Regrouping struct {
	EditSeen
	Do   RegroupKind
	With []EditSeen
	Into string
	New  PutInitiative

	IntoTitle string // of a recorded one, for people
}

// EditRevision is an edit of a proposal as it is to be from now on; nil takes it
// out, and Why says so.
type EditRevision struct {
	Position int
	Edit     Edit
	Why      string
}

// Regrouped is what a regrouping does to a proposal.
type Regrouped struct {
	Revised []EditRevision
	Added   []Edit
}

// Regroup works out what a regrouping does. Text is that of the source, in
// which places are counted, "" when it is not held. Printed words, places and
// what was decided about labels stay with their lines.
func (g Regrouping) Regroup(list []ProposedEdit, text string) (Regrouped, error) {
	i := slices.IndexFunc(list, func(e ProposedEdit) bool { return e.Position == g.Position })
	if i < 0 {
		return Regrouped{}, NotFoundf("the proposal has no edit %d", g.Position)
	}
	switch e := list[i].Edit.(type) {
	case PutInitiative:
		if g.Do == MergeInitiative && e.Version == 0 {
			return g.merge(list, e, text)
		}
	case PutCitationLine:
		switch g.Do {
		case MoveLine:
			return g.move(list, e, text)
		case SplitInitiative:
			return g.split(list, e)
		case MergeInitiative: // lines are moved
		}
	}
	return Regrouped{}, Errorf(Conflict, "edit %d is nothing that can be regrouped like this", g.Position)
}

// merge gives everything that names an initiative to another one.
func (g Regrouping) merge(list []ProposedEdit, from PutInitiative, text string) (Regrouped, error) {
	if g.Into == "" || g.Into == from.Slug {
		return Regrouped{}, Field("into", "is missing: choose the initiative with which this one is merged")
	}
	out := Regrouped{Revised: []EditRevision{{Position: g.Position, Why: "the same as “" + g.intoTitle(list) + "”"}}}
	for _, e := range waiting(list) {
		if e.Position == g.Position {
			continue
		}
		var err error
		out.Revised, err = g.renamed(out.Revised, list, e, from.Slug, text)
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

// intoTitle is what people call the initiative that takes the others.
func (g Regrouping) intoTitle(list []ProposedEdit) string {
	for _, e := range waiting(list) {
		if put, ok := e.Edit.(PutInitiative); ok && put.Slug == g.Into {
			return put.Title
		}
	}
	return cmp.Or(g.IntoTitle, g.Into)
}

// renamed adds the edit with the name of the initiative that takes it, if it
// names the other one.
func (g Regrouping) renamed(revised []EditRevision, list []ProposedEdit, e ProposedEdit, from, text string) ([]EditRevision, error) {
	if line, ok := e.Edit.(PutCitationLine); ok {
		if line.Initiative != from {
			return revised, nil
		}
		r, err := g.taken(list, e.Position, line, text)
		return append(revised, r), err
	}
	named := false
	edit, err := Renamed(e.Edit, func(c Called) string {
		if c == (Called{"initiative", from}) {
			named = true
			return g.Into
		}
		return c.Key
	}, func(string) {})
	if err != nil || !named {
		return revised, err
	}
	return append(revised, EditRevision{Position: e.Position, Edit: edit}), nil
}

func (g Regrouping) move(list []ProposedEdit, line PutCitationLine, text string) (Regrouped, error) {
	switch g.Into {
	case "":
		return Regrouped{}, Field("into", "is missing: choose the initiative to which this belongs")
	case line.Initiative:
		return Regrouped{}, Field("into", "is the initiative to which this belongs already")
	}
	r, err := g.taken(list, g.Position, line, text)
	return Regrouped{Revised: []EditRevision{r}}, err
}

// taken is a line as one of the initiative that takes it. Where that has the
// same printed words already, at the same place it is the same line; at another
// one the two are told apart by the line before.
func (g Regrouping) taken(list []ProposedEdit, position int, line PutCitationLine, text string) (EditRevision, error) {
	line.Initiative = g.Into
	for {
		i := slices.IndexFunc(list, func(e ProposedEdit) bool {
			other, ok := e.Edit.(PutCitationLine)
			return ok && e.Waits() && e.Decision != Rejected && other.Initiative == g.Into && other.Source == line.Source && other.Text == line.Text
		})
		switch {
		case i < 0:
			return EditRevision{Position: position, Edit: line}, nil
		case samePlaces(list[i].Edit.(PutCitationLine), line):
			return EditRevision{Position: position, Why: "the same as edit " + strconv.Itoa(list[i].Position)}, nil
		}
		wider := widened(line, text)
		if wider.Text == line.Text || wider.Check() != nil {
			return EditRevision{}, Errorf(Conflict, "edit %d has the same words at another place of the same initiative; correct one of the two first", list[i].Position)
		}
		line = wider
	}
}

func samePlaces(a, b PutCitationLine) bool {
	return slices.EqualFunc(a.References, b.References, func(a, b Reference) bool { return a.Start == b.Start && a.End == b.End })
}

// widened is a line with the printed line before it; itself where it does not
// stand in the text.
func widened(line PutCitationLine, text string) PutCitationLine {
	first := slices.IndexFunc(line.References, func(r Reference) bool { return r.Start >= 0 })
	if first < 0 || text == "" {
		return line
	}
	cited, place := strings.Index(line.Text, line.References[first].Text), byteAt(text, line.References[first].Start)
	start := place - cited
	if cited < 0 || place < 0 || start <= 0 || !strings.HasPrefix(text[start:], line.Text) {
		return line
	}
	end := len(strings.TrimRight(text[:start], " \t\r\n"))
	from := strings.LastIndexByte(text[:end], '\n') + 1
	line.Text = strings.TrimSpace(text[from:start] + line.Text)
	return line
}

// byteAt is where a code point begins, -1 when the text has no such place.
func byteAt(text string, place int) int {
	n := 0
	for i := range text {
		if n == place {
			return i
		}
		n++
	}
	return -1
}

// split gives a line, and those of the same initiative after it, to a new one.
func (g Regrouping) split(list []ProposedEdit, at PutCitationLine) (Regrouped, error) {
	if g.New.Slug == "" || g.New.Slug == at.Initiative {
		return Regrouped{}, Field("slug", "is missing: give the new initiative a name in addresses of its own")
	}
	out := Regrouped{Added: []Edit{g.New}}
	for _, e := range waiting(list) {
		switch edit := e.Edit.(type) {
		case PutCitationLine:
			if e.Position == g.Position || at.before(edit) {
				edit.Initiative = g.New.Slug
				out.Revised = append(out.Revised, EditRevision{Position: e.Position, Edit: edit})
			}
		case PutInitiative:
			if edit.Parent == at.Initiative && LineOf(edit.Place) > 0 && LineOf(g.New.Place) > 0 && LineOf(edit.Place) >= LineOf(g.New.Place) {
				edit.Parent = g.New.Slug
				out.Revised = append(out.Revised, EditRevision{Position: e.Position, Edit: edit})
			}
		}
	}
	return out, nil
}

func placeOf(l PutCitationLine) int {
	for _, r := range l.References {
		if r.Start >= 0 {
			return r.Start
		}
	}
	return -1
}

// linePlace is how an import names the place of an initiative.
const linePlace = "line "

// LineOf is the number of the line that a place names, 0 when it names none.
func LineOf(place string) int {
	n, err := strconv.Atoi(strings.TrimPrefix(place, linePlace))
	if err != nil || n < 1 || !strings.HasPrefix(place, linePlace) {
		return 0
	}
	return n
}

// PlaceOfLine is how an import names a line of a text, counted from 1.
func PlaceOfLine(n int) string { return linePlace + strconv.Itoa(n) }

func waiting(list []ProposedEdit) []ProposedEdit {
	return slices.DeleteFunc(slices.Clone(list), func(e ProposedEdit) bool { return !e.Waits() || e.Decision == Rejected })
}
