package dossier

import (
	"cmp"
	"fmt"
	"slices"

	"normmap/internal/citation"
	"normmap/internal/document"
)

// Read compares an edited file with the dossier that it was written from. Where
// the file cannot be told, problems say so, and whoever takes the changes
// decides.
func (d Dossier) Read(file document.Document, g *citation.Grammar) Reading {
	var e edited
	if len(file.Sheets) > 0 {
		e = readTable(file.Sheets[0])
	} else {
		e = readText(file, g)
	}
	c := &comparison{edited: &e, was: index(d.sorted()), grammar: g, changes: []Change{}, keys: map[*node]string{}}
	if len(e.top) == 0 && len(c.was.order) > 0 {
		e.complain(1, "", "holds no initiative at all, so it is no edited dossier: nothing of it was taken")
		return Reading{c.changes, e.problems, nil}
	}
	e.match(c.was)
	c.name()
	c.headings()
	c.initiatives()
	c.withdrawn()
	return Reading{c.changes, e.problems, c.sequence()}
}

// sequence are the initiatives as they stand in the file, those of a heading
// together.
func (c *comparison) sequence() []Placed {
	slices.SortStableFunc(c.top, func(a, b *node) int {
		return cmp.Compare(slices.Index(c.order, a.heading), slices.Index(c.order, b.heading))
	})
	var all []Placed
	c.each(func(n, parent *node) {
		p := Placed{Key: c.keys[n], Heading: n.heading}
		if parent != nil {
			p = Placed{Key: c.keys[n], Parent: c.keys[parent]}
		}
		all = append(all, p)
	})
	return all
}

// comparison finds what is different.
type comparison struct {
	*edited
	was     *recorded
	grammar *citation.Grammar
	keys    map[*node]string
	renamed map[string]string // headings, from before to now
	order   []string          // headings as they are now
	changes []Change
}

// name gives each initiative the key by which changes name it.
func (c *comparison) name() {
	added := 0
	c.each(func(n, _ *node) {
		if c.keys[n] = n.slug; n.slug == "" {
			added++
			c.keys[n] = fmt.Sprintf("new-%d", added)
		}
	})
	for _, n := range c.top {
		if n.heading != "" && !slices.Contains(c.order, n.heading) {
			c.order = append(c.order, n.heading)
		}
	}
}

// headings finds those that were reworded, and those that were moved.
func (c *comparison) headings() {
	c.renamed = map[string]string{}
	var before []string
	for _, slug := range c.was.order {
		if h := c.was.initiatives[slug].place.Heading; h != "" && !slices.Contains(before, h) {
			before = append(before, h)
		}
	}
	for _, h := range before {
		if slices.Contains(c.order, h) {
			c.renamed[h] = h
		} else if to := c.successor(h, before); to != "" {
			c.renamed[h] = to
		}
	}
	inOrder := func() []string {
		var stayed []string
		for _, h := range before {
			if to := c.renamed[h]; to != "" {
				stayed = append(stayed, to)
			}
		}
		return moved(stayed, c.order)
	}
	for _, h := range before {
		if to := c.renamed[h]; to != h && c.followed(h, to) == 1 && slices.Contains(inOrder(), to) {
			delete(c.renamed, h) // not the heading was reworded and moved: its only initiative was
		}
	}
	for _, h := range before {
		if to := c.renamed[h]; to != "" && to != h {
			c.changes = append(c.changes, Change{Action: Changed, Subject: OfHeading, Title: to, Under: c.under(h), Fields: []Field{{"heading", h, to}}})
		}
	}
	for _, h := range inOrder() {
		c.changes = append(c.changes, Change{Action: Moved, Subject: OfHeading, Title: h, To: &Place{Heading: h, Section: slices.Index(c.order, h)}})
	}
}

// successor is the new heading under which all that stood under a heading
// stands now, "" for none.
func (c *comparison) successor(heading string, before []string) string {
	to := ""
	for _, n := range c.top {
		was := c.was.initiatives[n.slug]
		if was == nil || was.parent != "" || was.place.Heading != heading {
			continue
		}
		if n.heading == "" || slices.Contains(before, n.heading) {
			continue // it was moved out
		}
		if to != "" && to != n.heading {
			return ""
		}
		to = n.heading
	}
	for _, other := range c.renamed {
		if other == to {
			return ""
		}
	}
	return to
}

// followed is how many initiatives went from one heading to another.
func (c *comparison) followed(from, to string) int {
	n := 0
	for _, i := range c.top {
		if was := c.was.initiatives[i.slug]; was != nil && was.parent == "" && was.place.Heading == from && i.heading == to {
			n++
		}
	}
	return n
}

// under are the initiatives that stood under a heading.
func (c *comparison) under(heading string) []string {
	var all []string
	for _, slug := range c.was.order {
		if k := c.was.initiatives[slug]; k.parent == "" && k.place.Heading == heading {
			all = append(all, slug)
		}
	}
	return all
}

// group are siblings: initiatives with the same parent and heading.
type group struct{ parent, heading string }

// placed are the initiatives of an edited dossier by group.
func (c *comparison) placed() (groups map[group][]string, of map[*node]group) {
	groups, of = map[group][]string{}, map[*node]group{}
	c.each(func(n, parent *node) {
		g := group{heading: n.heading}
		if parent != nil {
			g = group{parent: c.keys[parent]}
		}
		of[n] = g
		groups[g] = append(groups[g], c.keys[n])
	})
	return groups, of
}

// initiatives finds those that were added, changed or moved.
func (c *comparison) initiatives() {
	groups, of := c.placed()
	before := map[group][]string{}
	for _, slug := range c.was.order {
		g := c.stood(slug)
		before[g] = append(before[g], slug)
	}
	inOrder := map[string]bool{}
	for g, now := range groups {
		was := slices.DeleteFunc(slices.Clone(before[g]), func(s string) bool { return !slices.Contains(now, s) })
		for _, key := range moved(was, now) {
			inOrder[key] = true
		}
	}
	c.each(func(n, _ *node) {
		key, g := c.keys[n], of[n]
		to := &Place{Parent: g.parent, Heading: g.heading, Section: slices.Index(c.order, g.heading), Index: slices.Index(groups[g], key)}
		if n.slug == "" {
			c.add(n, key, to)
			return
		}
		if c.stood(n.slug) != g || inOrder[key] {
			c.changes = append(c.changes, Change{Action: Moved, Subject: OfInitiative, Initiative: n.slug, Title: n.title, At: n.at, To: to})
		}
		c.reworded(n)
		c.lines(n)
	})
}

// stood is the group in which an initiative was, by what its heading is now.
func (c *comparison) stood(slug string) group {
	k := c.was.initiatives[slug]
	if k.parent != "" {
		return group{parent: k.parent}
	}
	if to := c.renamed[k.place.Heading]; to != "" {
		return group{heading: to}
	}
	return group{heading: k.place.Heading}
}

func (c *comparison) add(n *node, key string, to *Place) {
	i := &Initiative{Heading: to.Heading, Title: n.title, Summary: n.summary}
	var cites []Citation
	for _, l := range n.lines {
		if l.id == 0 {
			i.Lines = append(i.Lines, Line{Text: l.text, At: l.at})
			cites = append(cites, c.cited(l.text)...)
		}
	}
	c.changes = append(c.changes, Change{Action: Added, Subject: OfInitiative, Initiative: key, Title: n.title, At: n.at, To: to, Added: i, Cites: cites})
	for _, l := range n.lines {
		if l.id != 0 {
			c.line(l, n, key)
		}
	}
}

func (c *comparison) reworded(n *node) {
	was := c.was.initiatives[n.slug]
	var fields []Field
	for _, f := range []struct{ name, before, after string }{{"title", was.Title, n.title}, {"summary", was.Summary, n.summary}} {
		if straight(fold(f.before)) != straight(fold(f.after)) {
			fields = append(fields, Field{f.name, f.before, f.after})
		}
	}
	if len(fields) > 0 {
		c.changes = append(c.changes, Change{Action: Changed, Subject: OfInitiative, Initiative: n.slug, Title: n.title, At: n.at, Fields: fields})
	}
}

// lines finds what became of the citations of an initiative that stayed.
func (c *comparison) lines(n *node) {
	for _, l := range n.lines {
		if l.id != 0 {
			c.line(l, n, n.slug)
			continue
		}
		c.changes = append(c.changes, Change{Action: Added, Subject: OfLine, Initiative: n.slug, Title: n.title, At: l.at, Fields: []Field{{"text", "", l.text}}, Cites: c.cited(l.text)})
	}
}

// line compares a line that has a number with what it was.
func (c *comparison) line(l *cited, n *node, key string) {
	was := c.was.lines[l.id]
	if from := c.was.owners[l.id]; from != key {
		c.changes = append(c.changes, Change{Action: Moved, Subject: OfLine, Initiative: key, Line: l.id, Title: n.title, At: l.at, From: from})
	}
	if bare(was.Text) == l.text {
		return
	}
	after := l.text
	if wrapped(fold(was.Text)) {
		after = "(" + after + ")"
	}
	before, now := c.cited(was.Text), c.cited(after)
	c.changes = append(c.changes, Change{Action: Changed, Subject: OfLine, Initiative: key, Line: l.id, Title: n.title, At: l.at,
		Fields: []Field{{"text", was.Text, after}}, Cites: without(now, before), Drops: without(before, now)})
}

// cited is what a line cites.
func (c *comparison) cited(text string) []Citation {
	var all []Citation
	for _, ref := range c.grammar.Parse(text) {
		for _, l := range ref.Labels {
			all = append(all, Citation{Agreement: ref.Agreement, Name: ref.Name, Label: l.Text})
		}
	}
	return all
}

// without are the citations of a that b has not.
func without(a, b []Citation) []Citation {
	same := func(x, y Citation) bool {
		return x.Agreement == y.Agreement && (x.Agreement != "" || x.Name == y.Name) && citation.Normalize(x.Label) == citation.Normalize(y.Label)
	}
	return slices.DeleteFunc(slices.Clone(a), func(x Citation) bool { return slices.ContainsFunc(b, func(y Citation) bool { return same(x, y) }) })
}

// withdrawn finds what is there no more. The lines of an initiative that was
// struck out went with it.
func (c *comparison) withdrawn() {
	stays, cites := map[string]bool{}, map[int64]bool{}
	c.each(func(n, _ *node) {
		stays[n.slug] = true
		for _, l := range n.lines {
			cites[l.id] = true
		}
	})
	for _, slug := range c.was.order {
		k := c.was.initiatives[slug]
		if !stays[slug] {
			c.changes = append(c.changes, Change{Action: Withdrawn, Subject: OfInitiative, Initiative: slug, Title: k.Title})
			continue
		}
		for _, l := range k.Lines {
			if !cites[l.ID] {
				c.changes = append(c.changes, Change{Action: Withdrawn, Subject: OfLine, Initiative: slug, Line: l.ID, Title: k.Title,
					Fields: []Field{{"text", l.Text, ""}}, Drops: c.cited(l.Text)})
			}
		}
	}
}
