package edit

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"normmap/internal/norms"
)

// ground finds on which edits of a proposal others rest: those before them that
// write the same rows or ones of the same name, such as a link in the place of
// one that is withdrawn, or things that they name. Held against the record
// together with these, an edit stands as it does with all before it, so that a
// page costs what is on it and not what the proposal holds. To take one too
// many does no harm.
type ground struct {
	rows  map[string][]int // edits that write a row, by its kind and number and by its kind and name
	names map[string][]int // edits that write a thing with a name, by that name
}

// Grounds picks the edits at places with all on which they rest, in order.
func Grounds(list []norms.ProposedEdit, asked []int) []int {
	g := ground{map[string][]int{}, map[string][]int{}}
	for i, e := range list {
		if e.Waits() && e.Decision != norms.Rejected {
			g.add(i, e)
		}
	}
	taken := map[int]bool{}
	for next := slices.Clone(asked); len(next) > 0; {
		i := next[len(next)-1]
		next = next[:len(next)-1]
		if !taken[i] {
			taken[i] = true
			next = append(next, g.under(i, list[i])...)
		}
	}
	out := make([]int, 0, len(taken))
	for i := range list {
		if taken[i] {
			out = append(out, i)
		}
	}
	return out
}

func (g ground) add(i int, e norms.ProposedEdit) {
	for _, c := range e.Base {
		for _, row := range rowNames(c) {
			g.rows[row] = append(g.rows[row], i)
		}
		if named := nameWithin(c.Thing); named != "" && !slices.Contains(g.names[named], i) {
			g.names[named] = append(g.names[named], i)
		}
	}
	if r, renames := e.Edit.(norms.Rename); renames {
		g.names[lastPart(r.Key)] = append(g.names[lastPart(r.Key)], i)
		g.names[norms.LabelSlug(r.To)] = append(g.names[norms.LabelSlug(r.To)], i)
	}
}

// under are the edits on which one rests by itself.
func (g ground) under(i int, e norms.ProposedEdit) (out []int) {
	before := func(places []int) {
		for _, p := range places {
			if p < i {
				out = append(out, p)
			}
		}
	}
	for _, c := range e.Base {
		for _, row := range rowNames(c) {
			before(g.rows[row])
		}
	}
	for _, name := range namesIn(e.Edit) {
		before(g.names[name])
	}
	return out
}

// rowNames are a row's own number, which a new one does not have yet, and its
// name.
func rowNames(c norms.Change) []string {
	out := []string{c.Thing.Kind + " " + c.Thing.Name}
	if c.Action != "added" {
		out = append(out, c.Thing.Kind+":"+strconv.FormatInt(c.Thing.ID, 10))
	}
	return out
}

// nameWithin is the part of a thing's name in addresses that whoever names it
// has to say, "" for what has a number only. Of a thing within an agreement,
// such as a principle or what makes an edition the current one, that is its own.
func nameWithin(t norms.Thing) string {
	switch t.Kind {
	case "agreement", "organization", "initiative", "source", "element", "numbering":
		return t.Key
	case "edition":
		agreement, _, _ := strings.Cut(t.Key, "/")
		return agreement // which of its editions is current decides what a number means
	case "principle":
		return lastPart(t.Key)
	}
	return ""
}

func lastPart(key string) string { return key[strings.LastIndexByte(key, '/')+1:] }

// maxName is longer than any name in addresses with all its parts.
const maxName = 3 * norms.MaxSlug

// namesIn are the words of an edit that may name something, with their parts.
func namesIn(e norms.Edit) []string {
	raw, err := json.Marshal(e)
	if err != nil {
		return nil
	}
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return nil
	}
	said := map[string]bool{}
	gatherNames(v, said)
	out := make([]string, 0, len(said))
	for name := range said {
		out = append(out, name)
	}
	return out
}

func gatherNames(v any, said map[string]bool) {
	switch v := v.(type) {
	case string:
		if len(v) <= maxName {
			for _, part := range strings.FieldsFunc(v, func(r rune) bool { return r == '/' || r == '@' }) {
				said[part] = true
			}
		}
	case []any:
		for _, each := range v {
			gatherNames(each, said)
		}
	case map[string]any:
		for _, each := range v {
			gatherNames(each, said)
		}
	}
}
