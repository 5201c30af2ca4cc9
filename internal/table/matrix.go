package table

import (
	"slices"
	"strings"
)

// matrix reads a row of a matrix. Where the row is an initiative its cells are
// what it cites; where it is an organization each thing that is told of is an
// initiative of its own.
func (r *row) matrix() {
	if _, ok := r.at["title"]; ok {
		r.matrixInitiative()
		return
	}
	who := r.adherent()
	if who == "" {
		return
	}
	for _, told := range byText(r.passages()) {
		if told[0].text == "" {
			r.complainAt(told[0].column, citations, "says that something was done, but not what: write it, or leave the cell empty")
			continue
		}
		r.told(who, titleOf(told[0].text), told)
	}
}

// byText groups the passages that tell the same in several columns.
func byText(all []passage) [][]passage {
	var groups [][]passage
	for _, p := range all {
		i := slices.IndexFunc(groups, func(g []passage) bool { return g[0].text == p.text })
		if i < 0 {
			groups = append(groups, []passage{p})
			continue
		}
		groups[i] = append(groups[i], p)
	}
	return groups
}

func (r *row) matrixInitiative() {
	r.Name = r.cell("title")
	all := r.passages()
	if r.Name == "" {
		r.complain("title", "is missing: nothing says what this row is about")
		return
	}
	found := r.known.called("initiative", r.Name)
	switch len(found) {
	case 0:
		slug, ok := r.meant("initiative", "title", r.Name)
		if !ok {
			return
		}
		if slug != "" {
			r.cite(slug, all)
			return
		}
		who := r.text("organization")
		if who == "" {
			who = r.ofAllRows()
		}
		r.told(who, r.Name, all)
	case 1:
		r.cite(found[0], all)
	default:
		r.complain("title", "may be %s: write which", strings.Join(found, " or "))
	}
}

// ofAllRows is the organization whose table it is.
func (r *row) ofAllRows() string {
	slug, _ := r.nameOf("organization", r.mapping.Values["organization"])
	who, _ := slug.(string)
	return who
}

// told is an initiative of an organization with what the table tells of it. One
// that is recorded for the organization under the same name is the same.
func (r *row) told(who, title string, all []passage) {
	recorded, known := first(r.known, r.known.Initiatives, "told", who, key(title))
	if known {
		r.cite(recorded.Slug, all)
		return
	}
	e := r.freshInitiative(r.known.slugFor("initiative", title), title)
	e.Title, e.Organization, e.ReportedBy, e.Summary = title, who, who, joined(all)
	e.Kind, e.Status = chosenIn(r, "kind", e.Kind), chosenIn(r, "status", e.Status)
	if r.check(e, nil) {
		r.put(e, New)
		r.cite(e.Slug, all)
	}
}

// chosenIn is the word of a closed list that a row says, or all rows say, or what is
// taken where nothing does.
func chosenIn[T ~string](r *row, name string, otherwise T) T {
	if w := r.text(name); w != "" {
		return T(w)
	}
	f, known := r.mapping.Kind.field(name)
	value := r.mapping.Values[name]
	if !known || value == "" {
		return otherwise
	}
	v, why := r.value(f, value)
	w, ok := v.(string)
	if why != "" || !ok {
		r.complain("", "the value for all rows of %s: %s", name, why)
		return otherwise
	}
	return T(w)
}
