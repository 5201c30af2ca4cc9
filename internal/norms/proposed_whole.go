package norms

// Shortfall lists what a taking back, a withdrawal or a restoring would have
// written when it was proposed and would leave alone now. Whoever accepted it
// wanted all of that; other edits say what they want to be so, and do less
// where that is so already.
func Shortfall(e Edit, then, now []Change) []Clash {
	switch e.(type) {
	case Revert, Withdraw, Restore:
	default:
		return nil
	}
	still := map[place]string{}
	for _, c := range now {
		still[rowOf(c)] = c.Action
	}
	var out []Clash
	for _, c := range then {
		if still[rowOf(c)] != c.Action {
			out = append(out, Clash{Thing: c.Thing, Untouched: true})
		}
	}
	return out
}

func rowOf(c Change) place { return place{kind: c.Thing.Kind, id: c.Thing.ID} }

// SameChanges tells whether edits that were written together did exactly what
// each was to do when it was proposed: to the same rows, from the same values,
// and with as many new ones of each kind. Where several write the same field,
// the first says what it was. It is strict: a no asks for a closer look.
func SameChanges(then, now []Change) bool {
	k := known{map[place]string{}, map[place]string{}, map[string]int{}}
	for _, c := range then {
		k.expect(c)
	}
	for _, c := range now {
		if !k.met(c) {
			return false
		}
	}
	for _, n := range k.added {
		if n != 0 {
			return false
		}
	}
	return len(k.rows) == 0 && len(k.fields) == 0
}

// expect adds a change to what is to come.
func (k known) expect(c Change) {
	if c.Action == "added" {
		k.added[c.Thing.Kind]++
		return
	}
	at := rowOf(c)
	k.rows[at] = c.Action
	for _, f := range c.Fields {
		at.field = f.Field
		if _, again := k.fields[at]; !again {
			k.fields[at] = f.Before
		}
	}
}

// met takes a change that came from what is to come; false when it was not.
func (k known) met(c Change) bool {
	if c.Action == "added" {
		k.added[c.Thing.Kind]--
		return true
	}
	at := rowOf(c)
	if k.rows[at] != c.Action {
		return false
	}
	delete(k.rows, at)
	for _, f := range c.Fields {
		at.field = f.Field
		if before, expected := k.fields[at]; !expected || before != f.Before {
			return false
		}
		delete(k.fields, at)
	}
	return true
}
