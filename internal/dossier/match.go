package dossier

import (
	"fmt"
	"slices"
	"strings"
)

// recorded is what a dossier held, by name and number.
type recorded struct {
	initiatives map[string]*kept
	lines       map[int64]*Line
	owners      map[int64]string
	order       []string
}

// kept is an initiative of the dossier with its place.
type kept struct {
	Initiative
	parent string
	place  Place
}

func index(d Dossier) *recorded {
	r := &recorded{initiatives: map[string]*kept{}, lines: map[int64]*Line{}, owners: map[int64]string{}}
	var walk func(list []Initiative, parent, heading string)
	walk = func(list []Initiative, parent, heading string) {
		for _, i := range list {
			h := heading
			if parent == "" {
				h = fold(i.Heading)
			}
			r.initiatives[i.Slug] = &kept{Initiative: i, parent: parent, place: Place{Parent: parent, Heading: h}}
			r.order = append(r.order, i.Slug)
			for n := range i.Lines {
				r.lines[i.Lines[n].ID], r.owners[i.Lines[n].ID] = &i.Lines[n], i.Slug
			}
			walk(i.Parts, i.Slug, "")
		}
	}
	walk(d.Initiatives, "", "")
	return r
}

// match says of everything in an edited file what it was: by markers, and where
// those were lost by words that stayed the same. What is left is new.
func (e *edited) match(r *recorded) {
	e.bySlug(r)
	e.byWords(r)
	e.linesByNumber(r)
	e.linesByWords(r)
}

// bySlug settles which bullet an initiative is when its marker was copied: the
// one that reads as before, else the first.
func (e *edited) bySlug(r *recorded) {
	best := map[string]*node{}
	e.each(func(n, _ *node) {
		was := r.initiatives[n.slug]
		switch {
		case n.slug == "":
		case was == nil:
			e.complain(n.at, n.title, fmt.Sprintf("leads to %s, which this dossier does not hold: it is taken for a new initiative", n.slug))
			n.slug = ""
		case best[n.slug] == nil || !best[n.slug].reads(was) && n.reads(was):
			best[n.slug] = n
		}
	})
	e.each(func(n, _ *node) {
		if n.slug != "" && best[n.slug] != n {
			n.slug = ""
		}
	})
}

// reads tells whether a bullet says what an initiative said.
func (n *node) reads(was *kept) bool {
	return n.title == fold(was.Title) && fold(n.summary) == fold(was.Summary)
}

// byWords finds initiatives whose markers were lost: first by all they say,
// then by their titles, then by their summaries.
func (e *edited) byWords(r *recorded) {
	claimed := map[string]bool{}
	e.each(func(n, _ *node) { claimed[n.slug] = true })
	for _, alike := range []func(*node, *kept) bool{
		func(n *node, was *kept) bool {
			return same(n.whole, joint(fold(was.Title), fold(was.Summary))) || n.reads(was)
		},
		func(n *node, was *kept) bool { return same(n.title, fold(was.Title)) },
		func(n *node, was *kept) bool { return len(n.summary) > maxTitle && same(n.summary, fold(was.Summary)) },
	} {
		e.each(func(n, _ *node) {
			if n.slug != "" {
				return
			}
			i := slices.IndexFunc(r.order, func(slug string) bool { return !claimed[slug] && alike(n, r.initiatives[slug]) })
			if i < 0 {
				return
			}
			was := r.initiatives[r.order[i]]
			n.slug, claimed[r.order[i]] = r.order[i], true
			if fold(n.whole) == joint(fold(was.Title), fold(was.Summary)) {
				n.title, n.summary = fold(was.Title), was.Summary
			}
		})
	}
}

// same tells whether texts have the same words in the same order.
func same(a, b string) bool {
	return a != "" && strings.EqualFold(strings.Join(wordForm.FindAllString(a, -1), " "), strings.Join(wordForm.FindAllString(b, -1), " "))
}

// linesByNumber drops numbers that the dossier does not hold, and all but one
// of those that were copied: the one at the initiative that had it counts, and
// the first otherwise.
func (e *edited) linesByNumber(r *recorded) {
	best := map[int64]*cited{}
	own := map[int64]bool{}
	e.each(func(n, _ *node) {
		for _, l := range n.lines {
			switch {
			case l.id == 0:
			case r.lines[l.id] == nil:
				e.complain(l.at, l.text, fmt.Sprintf("has the number of a line (%d) that this dossier does not hold: it is taken for a new one", l.id))
				l.id = 0
			case best[l.id] == nil || !own[l.id] && r.owners[l.id] == n.slug:
				best[l.id], own[l.id] = l, r.owners[l.id] == n.slug
			}
		}
	})
	e.each(func(n, _ *node) {
		for _, l := range n.lines {
			if l.id != 0 && best[l.id] != l {
				l.id = 0
			}
		}
	})
}

// linesByWords finds lines whose numbers were lost among those of the same
// initiative.
func (e *edited) linesByWords(r *recorded) {
	claimed := map[int64]bool{}
	e.each(func(n, _ *node) {
		for _, l := range n.lines {
			claimed[l.id] = true
		}
	})
	e.each(func(n, _ *node) {
		was := r.initiatives[n.slug]
		if was == nil {
			return
		}
		for _, l := range n.lines {
			i := slices.IndexFunc(was.Lines, func(o Line) bool { return !claimed[o.ID] && same(l.text, bare(o.Text)) })
			if l.id == 0 && i >= 0 {
				l.id, claimed[was.Lines[i].ID] = was.Lines[i].ID, true
			}
		}
	})
}
