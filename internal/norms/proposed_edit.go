package norms

import (
	"encoding/json"
	"time"
)

// EditState says how a proposed edit stands to the record as it is now.
type EditState string

// The states of an edit.
const (
	EditReady   EditState = "ready"             // it can be applied as it was proposed
	EditChanged EditState = "changed_meanwhile" // what it changes is not what it was when it was proposed
	EditDone    EditState = "already_so"        // it has nothing to change any more
	EditBroken  EditState = "cannot_be_applied"
	EditApplied EditState = "applied"
	EditOut     EditState = "taken_out" // by its proposer
)

// EditStates is the closed list.
var EditStates = []EditState{EditReady, EditChanged, EditDone, EditBroken, EditApplied, EditOut}

// ProposedEdit is one edit of a proposal with its decision, and how it stands
// to the record.
type ProposedEdit struct {
	Position    int           `json:"position"`
	Version     int           `json:"version"`
	Proposed    Edit          `json:"-"` // nil when it was taken out
	Edit        Edit          `json:"-"` // as it would be applied: corrected, or as proposed
	Base        []Change      `json:"changes_when_proposed"`
	Corrections []Change      `json:"corrections,omitempty"` // where a correction does otherwise: as proposed, and as corrected
	Decision    Verdict       `json:"decision"`
	DecisionID  int64         `json:"-"` // of that decision, 0 when there is none
	Code        RejectionCode `json:"code"`
	Note        string        `json:"note"`
	DecidedBy   string        `json:"decided_by"`
	DecidedAt   *time.Time    `json:"decided_at"`
	Changeset   int64         `json:"changeset"` // that applied it, 0 when none did

	State    EditState `json:"state"`
	Now      []Change  `json:"changes_now"`
	Clashes  []Clash   `json:"changed_meanwhile"`
	Problem  *Error    `json:"-"` // why it cannot be applied
	Rebased  Edit      `json:"-"` // the edit on what is recorded now, for correcting it
	Passages []Passage `json:"passages"`

	NamesGiven []Called  `json:"-"` // to a new thing, in all its versions and corrections
	RestsOn    []Resting `json:"-"` // what it names that other edits of the proposal are to add
	Orphaned   *Error    `json:"-"` // it names what an edit was to add that is gone

	Names   []NameInEdit `json:"names"`                       // of other things, that it says
	Renamed []Renaming   `json:"renamed_meanwhile,omitempty"` // names in it that were changed since, in Edit as they are now
}

// MarshalJSON adds the edits in their stable form, and the problem in words.
func (e ProposedEdit) MarshalJSON() ([]byte, error) {
	type plain ProposedEdit
	out := struct {
		plain
		Proposed  any    `json:"proposed"`
		Corrected any    `json:"corrected"`
		Why       string `json:"problem"`
	}{plain: plain(e)}
	if e.Proposed != nil {
		out.Proposed = editOut{EditName(e.Proposed), e.Proposed}
	}
	if e.Decision == Corrected {
		out.Corrected = editOut{EditName(e.Edit), e.Edit}
	}
	if e.Problem != nil {
		out.Why = e.Problem.Error()
	}
	return json.Marshal(out)
}

type editOut struct {
	Name string `json:"edit"`
	With Edit   `json:"with"`
}

// Waits tells whether the edit can still be decided about.
func (e ProposedEdit) Waits() bool {
	return e.State != EditApplied && e.State != EditOut
}

// Shown is the edit as whoever looks at it now sees it.
func (e ProposedEdit) Shown() EditSeen { return EditSeen{e.Position, e.Version, e.DecisionID} }

// NameInEdit is a thing that an edit names: a recorded one or, with a position,
// one that the edit at that position of the same proposal adds.
type NameInEdit struct {
	Kind     string `json:"kind"`
	Key      string `json:"key"` // slug or ref
	Name     string `json:"name"`
	Summary  string `json:"summary"` // what an initiative or a principle says
	Position int    `json:"position,omitempty" db:"-"`
}

// Passage is what an edit rests on in a source.
type Passage struct {
	Source   string `json:"source"` // slug
	Title    string `json:"source_title"`
	Position int    `json:"position"` // of the edit that adds the source, 0 for a recorded one
	Place    string `json:"place"`
	Before   string `json:"before"` // what stands in front of the printed text, in its line
	Text     string `json:"text"`   // as printed, "" where only the place is known
	After    string `json:"after"`
}

// Clash is one field that was changed in the record since an edit was
// proposed: as it was then, as it is now, and as the edit would make it.
type Clash struct {
	Thing     Thing  `json:"thing"`
	Field     string `json:"field"` // "" for the whole row
	Then      string `json:"then"`
	Now       string `json:"now"`
	Proposed  string `json:"proposed"`
	Untouched bool   `json:"untouched"` // the edit was not about this field
}

// known is what the preview of an edit knew when it was proposed.
type known struct {
	fields map[place]string // values before, of rows that were there
	rows   map[place]string // what was done to them
	added  map[string]int   // rows to add, by kind
}

// place is a field of a row, by its number or by its name: what an edit of the
// same proposal adds has another number whenever it is looked at.
type place struct {
	kind  string
	id    int64
	key   string
	field string
}

func byNumber(t Thing, field string) place { return place{kind: t.Kind, id: t.ID, field: field} }
func byName(t Thing, field string) place   { return place{kind: t.Kind, key: t.Key, field: field} }

// at finds what is known of a field, by the number of its row or else its name.
func at(known map[place]string, t Thing, field string) (string, bool) {
	v, ok := known[byNumber(t, field)]
	if !ok && t.Key != "" {
		v, ok = known[byName(t, field)]
	}
	return v, ok
}

func remember(then []Change) known {
	k := known{map[place]string{}, map[place]string{}, map[string]int{}}
	for _, c := range then {
		if c.Action == "added" {
			k.added[c.Thing.Kind]++
			continue
		}
		k.rows[byNumber(c.Thing, "")], k.rows[byName(c.Thing, "")] = c.Action, c.Action
		for _, f := range c.Fields {
			k.fields[byNumber(c.Thing, f.Field)], k.fields[byName(c.Thing, f.Field)] = f.Before, f.Before
		}
	}
	return k
}

// Clashes compares what an edit would have changed when it was proposed with
// what it would change now. Whatever it would overwrite now that it did not
// know of then is a clash.
func Clashes(then, now []Change) []Clash {
	out := []Clash{}
	k := remember(then)
	for _, c := range now {
		if c.Action != "added" {
			out = append(out, k.clashes(c)...)
		} else if k.added[c.Thing.Kind]--; k.added[c.Thing.Kind] < 0 {
			out = append(out, Clash{Thing: c.Thing, Untouched: true})
		}
	}
	return out
}

// clashes are those of one row that is there.
func (k known) clashes(c Change) (out []Clash) {
	if action, _ := at(k.rows, c.Thing, ""); len(c.Fields) == 0 && action != c.Action {
		return []Clash{{Thing: c.Thing, Untouched: true}}
	}
	for _, f := range c.Fields {
		before, touched := at(k.fields, c.Thing, f.Field)
		if touched && before == f.Before {
			continue
		}
		if !touched {
			before = f.After // what it was then, or the edit would have been about it
		}
		out = append(out, Clash{c.Thing, f.Field, before, f.Before, f.After, !touched})
	}
	return out
}
