package norms_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"normmap/internal/norms"
)

// row is a change of one row with fields as name, before, after.
func row(action string, id int64, fields ...string) norms.Change {
	c := norms.Change{Thing: norms.Thing{Kind: "initiative", ID: id, Name: "One"}, Action: action}
	for i := 0; i+2 < len(fields); i += 3 {
		c.Fields = append(c.Fields, norms.Changed{Field: fields[i], Before: fields[i+1], After: fields[i+2]})
	}
	return c
}

func TestClashes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		then, now norms.Change
		want      []string // field, then, now, proposed, and * where the edit was not about it
	}{
		"the same":                   {row("changed", 1, "title", "A", "B"), row("changed", 1, "title", "A", "B"), nil},
		"so already in one field":    {row("changed", 1, "title", "A", "B", "note", "x", "y"), row("changed", 1, "note", "x", "y"), nil},
		"changed by someone else":    {row("changed", 1, "title", "A", "B"), row("changed", 1, "title", "C", "B"), []string{"title A C B"}},
		"another field":              {row("changed", 1, "title", "A", "B"), row("changed", 1, "title", "A", "B", "note", "new", "old"), []string{"note old new old*"}},
		"another row":                {row("changed", 1, "title", "A", "B"), row("changed", 2, "title", "A", "B"), []string{"title B A B*"}},
		"new, as it was":             {row("added", 7, "title", "", "B"), row("added", 9, "title", "", "B"), nil},
		"withdrawn, to be new again": {row("changed", 1, "title", "A", "B"), row("added", 9, "title", "", "B"), []string{"   *"}},
		"recorded meanwhile":         {row("added", 7, "title", "", "B"), row("changed", 9, "title", "A", "B"), []string{"title B A B*"}},
		"other value to withdraw":    {row("withdrawn", 1, "title", "A", ""), row("withdrawn", 1, "title", "C", ""), []string{"title A C "}},
		"no field, same row":         {row("changed", 1), row("changed", 1), nil},
		"no field, other action":     {row("changed", 1), row("withdrawn", 1), []string{"   *"}},
	} {
		var got []string
		for _, k := range norms.Clashes([]norms.Change{c.then}, []norms.Change{c.now}) {
			line := strings.Join([]string{k.Field, k.Then, k.Now, k.Proposed}, " ")
			if k.Untouched {
				line += "*"
			}
			got = append(got, line)
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

func TestAdoptionIsAWeekAhead(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 23, 59, 0, 0, time.UTC)
	for on, fine := range map[norms.Date]bool{"2026-11-29": true, "2026-11-28": false, "2026-12": false, "soon": false, "": false, "2027-01-01": true} {
		if err := norms.CheckAdoption(on, now); (err == nil) != fine {
			t.Errorf("%q: %v", on, err)
		}
	}
}

func TestDecisionsAreWhole(t *testing.T) {
	t.Parallel()
	e := norms.WithdrawLink{ID: 1, Version: 1}
	for name, c := range map[string]struct {
		d     norms.EditDecision
		field string
	}{
		"accepted":              {norms.EditDecision{Verdict: norms.Accepted}, ""},
		"accepted with a code":  {norms.EditDecision{Verdict: norms.Accepted, Code: "duplicate"}, "code"},
		"rejected":              {norms.EditDecision{Verdict: norms.Rejected, Code: "duplicate"}, ""},
		"rejected without":      {norms.EditDecision{Verdict: norms.Rejected}, "code"},
		"rejected for another":  {norms.EditDecision{Verdict: norms.Rejected, Code: norms.AnotherReason, Note: "It is an advertisement"}, ""},
		"rejected unsaid":       {norms.EditDecision{Verdict: norms.Rejected, Code: norms.AnotherReason, Note: " "}, "note"},
		"corrected":             {norms.EditDecision{Verdict: norms.Corrected, Edit: e}, ""},
		"corrected without":     {norms.EditDecision{Verdict: norms.Corrected}, "decision"},
		"accepted with an edit": {norms.EditDecision{Verdict: norms.Accepted, Edit: e}, "decision"},
		"none":                  {norms.EditDecision{Verdict: "maybe"}, "decision"},
	} {
		err := c.d.Check()
		if (err == nil) != (c.field == "") || err != nil && !strings.Contains(err.Error(), c.field) {
			t.Errorf("%s: %v, want a problem of %q", name, err, c.field)
		}
	}
}

func TestEveryEditGetsAnotherVersion(t *testing.T) {
	t.Parallel()
	for _, e := range everyEdit() {
		changed := norms.WithVersion(e, 77)
		if v := norms.VersionOf(changed); v != 77 && v != 0 {
			t.Errorf("%s has version %d, want 77", norms.EditName(e), v)
		}
		if norms.VersionOf(e) == 77 {
			t.Errorf("%s was changed in place", norms.EditName(e))
		}
	}
}

func TestATakingBackThatWouldDoLessFallsShort(t *testing.T) {
	t.Parallel()
	then := []norms.Change{row("changed", 1, "title", "A", "B"), row("added", 2), row("withdrawn", 3)}
	for name, c := range map[string]struct {
		edit norms.Edit
		now  []norms.Change
		want int
	}{
		"all of it":           {norms.Revert{Changeset: 5}, then, 0},
		"a row less":          {norms.Revert{Changeset: 5}, then[1:], 1},
		"other rows":          {norms.Withdraw{}, []norms.Change{row("withdrawn", 4)}, 3},
		"changed, not gone":   {norms.Restore{}, []norms.Change{then[0], then[1], row("changed", 3)}, 1},
		"so already, in part": {norms.PutLink{}, then[1:], 0},
	} {
		if got := norms.Shortfall(c.edit, then, c.now); len(got) != c.want {
			t.Errorf("%s: %+v, want %d", name, got, c.want)
		}
	}
}

func TestSameChanges(t *testing.T) {
	t.Parallel()
	list := func(changes ...norms.Change) []norms.Change { return changes }
	title := row("changed", 1, "title", "A", "B")
	for name, c := range map[string]struct {
		then, now []norms.Change
		want      bool
	}{
		"the same":                       {list(title, row("added", 7)), list(row("added", 9), title), true},
		"from another value":             {list(title), list(row("changed", 1, "title", "C", "B")), false},
		"another row":                    {list(title), list(row("changed", 2, "title", "A", "B")), false},
		"another field":                  {list(title), list(row("changed", 1, "title", "A", "B", "note", "x", "y")), false},
		"a field less":                   {list(row("changed", 1, "title", "A", "B", "note", "x", "y")), list(title), false},
		"a row less":                     {list(title, row("withdrawn", 2)), list(title), false},
		"a new row less":                 {list(title, row("added", 7)), list(title), false},
		"a new row more":                 {list(title), list(title, row("added", 7)), false},
		"another action":                 {list(row("changed", 1)), list(row("withdrawn", 1)), false},
		"two edits of the same field":    {list(title, row("changed", 1, "title", "B", "C")), list(row("changed", 1, "title", "A", "C")), true},
		"one edit undoes the one before": {list(title, row("changed", 1, "title", "B", "A")), nil, false},
		"nothing":                        {nil, nil, true},
	} {
		if got := norms.SameChanges(c.then, c.now); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestCorrectionsAreToldFieldByField(t *testing.T) {
	t.Parallel()
	row := func(kind string, id int64, action string, fields ...norms.Changed) norms.Change {
		return norms.Change{Thing: norms.Thing{Kind: kind, ID: id}, Action: action, Fields: fields}
	}
	field := func(name, before, after string) norms.Changed {
		return norms.Changed{Field: name, Before: before, After: after}
	}
	for name, c := range map[string]struct{ proposed, corrected, want []norms.Change }{
		"another text": {
			[]norms.Change{row("link", 0, "added", field("rationale", "", "Mine"), field("origin", "", "curator"))},
			[]norms.Change{row("link", 0, "added", field("rationale", "", "Better"), field("origin", "", "curator"))},
			[]norms.Change{row("link", 0, "changed", field("rationale", "Mine", "Better"))},
		},
		"one field is left alone, another is changed too": {
			[]norms.Change{row("initiative", 3, "changed", field("title", "Old", "New"))},
			[]norms.Change{row("initiative", 3, "changed", field("status", "planned", "ongoing"))},
			[]norms.Change{row("initiative", 3, "changed", field("status", "planned", "ongoing"), field("title", "New", "Old"))},
		},
		"what was changed meanwhile is no correction": {
			[]norms.Change{row("initiative", 3, "changed", field("title", "Old", "New"))},
			[]norms.Change{row("initiative", 3, "changed", field("title", "Theirs", "New"))},
			[]norms.Change{},
		},
		"a part is left out, another one added": {
			[]norms.Change{row("initiative", 3, "changed"), row("initiative_partner", 0, "added", field("name", "", "One")), row("initiative_partner", 0, "added", field("name", "", "Two"))},
			[]norms.Change{row("initiative", 3, "changed"), row("initiative_partner", 0, "added", field("name", "", "One")), row("fact_source", 0, "added", field("note", "", "seen"))},
			[]norms.Change{row("fact_source", 0, "added", field("note", "", "seen")), row("initiative_partner", 0, "withdrawn", field("name", "Two", ""))},
		},
	} {
		if diff := cmp.Diff(c.want, norms.Corrections(c.proposed, c.corrected), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// What an edit of the same proposal adds has another number each time that it
// is looked at.
func TestWhatTheSameProposalAddsIsKnownByItsName(t *testing.T) {
	t.Parallel()
	change := func(id int64, key string) []norms.Change {
		return []norms.Change{{Thing: norms.Thing{Kind: "source", ID: id, Key: key}, Action: "changed", Fields: []norms.Changed{{Field: "body", After: "a text"}}}}
	}
	if got := norms.Clashes(change(70, "letter"), change(71, "letter")); len(got) != 0 {
		t.Errorf("the same source: %+v", got)
	}
	if got := norms.Clashes(change(70, "letter"), change(71, "another")); len(got) != 1 {
		t.Errorf("another source: %+v", got)
	}
}
