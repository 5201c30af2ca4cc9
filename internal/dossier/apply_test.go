package dossier_test

import (
	"fmt"
	"slices"
	"strings"

	"normmap/internal/dossier"
)

// applied is a dossier after changes, independent of how they were found.
func applied(d dossier.Dossier, changes []dossier.Change) dossier.Dossier {
	d.Initiatives = clone(d.Initiatives)
	for _, c := range changes {
		if c.Subject == dossier.OfHeading && c.Action == dossier.Changed {
			for n := range d.Initiatives {
				if d.Initiatives[n].Heading == c.Fields[0].Before {
					d.Initiatives[n].Heading = c.Fields[0].After
				}
			}
		}
	}
	lines := map[int64]dossier.Line{}
	loose := map[string]dossier.Initiative{}
	for _, i := range all(d.Initiatives) {
		for _, l := range i.Lines {
			lines[l.ID] = l
		}
	}
	for _, c := range changes {
		if c.Subject == dossier.OfInitiative && c.Action == dossier.Moved {
			loose[c.Initiative] = takeAnywhere(&d, loose, c.Initiative)
		}
	}
	for _, c := range changes {
		if c.Subject == dossier.OfInitiative && c.Action == dossier.Withdrawn {
			takeAnywhere(&d, loose, c.Initiative)
		}
	}
	sections := sectionsOf(d.Initiatives, changes)
	for _, c := range changes {
		switch {
		case c.Subject != dossier.OfInitiative || c.To == nil:
		case c.Action == dossier.Added:
			i := *c.Added
			i.Slug = c.Initiative
			d.Initiatives = insert(d.Initiatives, i, *c.To)
		default:
			d.Initiatives = insert(d.Initiatives, loose[c.Initiative], *c.To)
		}
	}
	applyLines(&d, changes, lines)
	slices.SortStableFunc(d.Initiatives, func(a, b dossier.Initiative) int {
		return slices.Index(sections, a.Heading) - slices.Index(sections, b.Heading)
	})
	return d
}

// takeAnywhere takes an initiative out of a dossier, or of what was taken out.
func takeAnywhere(d *dossier.Dossier, loose map[string]dossier.Initiative, slug string) dossier.Initiative {
	rest, found, ok := take(d.Initiatives, slug)
	if d.Initiatives = rest; ok {
		return found
	}
	for other, i := range loose {
		if parts, found, ok := take(i.Parts, slug); ok {
			i.Parts = parts
			loose[other] = i
			return found
		}
	}
	return found
}

// sectionsOf is the order of the headings after changes.
func sectionsOf(list []dossier.Initiative, changes []dossier.Change) []string {
	var order []string
	for _, i := range list {
		if i.Heading != "" && !slices.Contains(order, i.Heading) {
			order = append(order, i.Heading)
		}
	}
	for _, c := range changes {
		if c.To == nil || c.To.Section < 0 || c.Subject == dossier.OfInitiative && slices.Contains(order, c.To.Heading) {
			continue
		}
		order = slices.DeleteFunc(order, func(h string) bool { return h == c.To.Heading })
		order = slices.Insert(order, min(c.To.Section, len(order)), c.To.Heading)
	}
	return append([]string{""}, order...)
}

func insert(list []dossier.Initiative, i dossier.Initiative, to dossier.Place) []dossier.Initiative {
	i.Heading = to.Heading
	if to.Parent != "" {
		for _, p := range all(list) {
			if p.Slug == to.Parent {
				p.Parts = slices.Insert(p.Parts, min(to.Index, len(p.Parts)), i)
			}
		}
		return list
	}
	before := 0
	for n := range list {
		if list[n].Heading == to.Heading {
			if before == to.Index {
				return slices.Insert(list, n, i)
			}
			before++
		}
	}
	return append(list, i)
}

func applyLines(d *dossier.Dossier, changes []dossier.Change, lines map[int64]dossier.Line) {
	for _, c := range changes {
		for _, i := range all(d.Initiatives) {
			own := i.Slug == c.Initiative
			switch {
			case c.Subject == dossier.OfInitiative && c.Action == dossier.Changed && own:
				for _, f := range c.Fields {
					*map[string]*string{"title": &i.Title, "summary": &i.Summary}[f.Name] = f.After
				}
			case c.Subject != dossier.OfLine:
			case c.Action == dossier.Added && own:
				i.Lines = append(i.Lines, dossier.Line{Text: c.Fields[0].After})
			case c.Action == dossier.Changed && own:
				for n := range i.Lines {
					if i.Lines[n].ID == c.Line {
						i.Lines[n].Text = c.Fields[0].After
					}
				}
			case c.Action == dossier.Withdrawn && own || c.Action == dossier.Moved && i.Slug == c.From:
				i.Lines = slices.DeleteFunc(i.Lines, func(l dossier.Line) bool { return l.ID == c.Line })
			case c.Action == dossier.Moved && own:
				i.Lines = append(i.Lines, lines[c.Line])
			}
		}
	}
}

// dump writes what counts of a dossier. Lines have no order.
func dump(d dossier.Dossier) string {
	var b strings.Builder
	heading := ""
	var walk func(list []dossier.Initiative, indent string)
	walk = func(list []dossier.Initiative, indent string) {
		for _, i := range list {
			if indent == "" && i.Heading != heading {
				heading = i.Heading
				fmt.Fprintf(&b, "# %s\n", heading)
			}
			slug := i.Slug
			if strings.HasPrefix(slug, "new-") {
				slug = ""
			}
			fmt.Fprintf(&b, "%s%s: %s | %s\n", indent, slug, i.Title, i.Summary)
			var lines []string
			for _, l := range i.Lines {
				lines = append(lines, fmt.Sprintf("%s  %d %s\n", indent, l.ID, strings.Trim(l.Text, "()")))
			}
			slices.Sort(lines)
			b.WriteString(strings.Join(lines, ""))
			walk(i.Parts, indent+"    ")
		}
	}
	walk(d.Initiatives, "")
	return b.String()
}

// sequence are the titles of a dossier's initiatives in their order, under
// their headings and parents.
func sequence(d dossier.Dossier) []string {
	var out []string
	var walk func(list []dossier.Initiative, parent string)
	walk = func(list []dossier.Initiative, parent string) {
		for _, i := range list {
			h := i.Heading
			if parent != "" {
				h = ""
			}
			out = append(out, fmt.Sprintf("%q %q %q", h, parent, known(i.Slug)))
			walk(i.Parts, known(i.Slug))
		}
	}
	walk(d.Initiatives, "")
	return out
}

func placed(list []dossier.Placed) []string {
	var out []string
	for _, p := range list {
		parent := p.Parent
		if parent != "" {
			parent = known(parent)
		}
		out = append(out, fmt.Sprintf("%q %q %q", p.Heading, parent, known(p.Key)))
	}
	return out
}

// known is the key of an initiative that was there before, the same for all
// others.
func known(key string) string {
	if key == "" || strings.HasPrefix(key, "new-") {
		return "new"
	}
	return key
}
