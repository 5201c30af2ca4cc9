package norms

// Corrections are the fields in which a reviewer's correction of an edit does
// otherwise than was proposed: Before is as proposed, After as corrected. A row
// that only the one or the other writes is withdrawn or added as a whole.
func Corrections(proposed, corrected []Change) []Change {
	left := proposed
	out := []Change{}
	for _, c := range corrected {
		var p Change
		var both bool
		if p, left, both = takeLike(left, c); !both {
			out = append(out, Change{c.Thing, "added", onlyIn(c.Fields, false)})
		} else if fields := otherwise(p.Fields, c.Fields); len(fields) > 0 || p.Action != c.Action {
			out = append(out, Change{c.Thing, "changed", fields})
		}
	}
	for _, p := range left {
		out = append(out, Change{p.Thing, "withdrawn", onlyIn(p.Fields, true)})
	}
	return out
}

// takeLike takes the first change to the same row out of a list; rows that are
// to be added have no number yet, so one of the same kind is.
func takeLike(list []Change, c Change) (like Change, rest []Change, found bool) {
	for i, p := range list {
		sameRow := p.Thing.ID == c.Thing.ID || p.Action == "added" && c.Action == "added"
		if p.Thing.Kind == c.Thing.Kind && sameRow {
			rest = append(append(rest, list[:i]...), list[i+1:]...)
			return p, rest, true
		}
	}
	return Change{}, list, false
}

// otherwise compares what two changes make of the fields of a row. A field that
// one of them leaves alone stays what it is to that one.
func otherwise(proposed, corrected []Changed) []Changed {
	out := []Changed{}
	after := map[string]string{}
	for _, p := range proposed {
		after[p.Field] = p.After
	}
	told := map[string]bool{}
	for _, c := range corrected {
		told[c.Field] = true
		was, touched := after[c.Field]
		if !touched {
			was = c.Before
		}
		if was != c.After {
			out = append(out, Changed{c.Field, was, c.After})
		}
	}
	for _, p := range proposed {
		if !told[p.Field] && p.After != p.Before {
			out = append(out, Changed{p.Field, p.After, p.Before})
		}
	}
	return out
}

// onlyIn are the fields of a row that only one of the two writes.
func onlyIn(fields []Changed, proposed bool) []Changed {
	out := []Changed{}
	for _, f := range fields {
		only := Changed{Field: f.Field, After: f.After}
		if proposed {
			only = Changed{Field: f.Field, Before: f.After}
		}
		out = append(out, only)
	}
	return out
}
