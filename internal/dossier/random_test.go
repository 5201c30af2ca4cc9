package dossier_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"normmap/internal/dossier"
)

// maker makes dossiers and edits them, the same ones for the same seed.
type maker struct {
	*rand.Rand
	made int64
}

func newMaker(seed uint64) *maker { return &maker{Rand: rand.New(rand.NewPCG(seed, 7)), made: 100} }

func (m *maker) next() int64 {
	m.made++
	return m.made
}

// tame are words as people write them, wild ones what formats might trip over.
var (
	tame = strings.Fields("keys for all watch night été Größe policy of 2019 open (see below) “quoted” it's 50% R&D end. more: never, again 数据")
	wild = strings.Fields("— – - * ** _a_ snake_case [x] [a](b) # ## 5. 1) a) > | a|b \\ \\* ` <b> &amp; = =1+1 @x +1 ~ (open close) http://a.example/b_c Paris Call principle 5 '=x ' -- === ••")
)

func (m *maker) words(n int, from []string) string {
	parts := []string{"W"}
	for range n {
		parts = append(parts, from[m.IntN(len(from))])
	}
	return strings.Join(parts, " ")
}

// title is one that no other initiative has.
func (m *maker) title(from []string) string {
	return fmt.Sprintf("%s n%d", m.words(m.IntN(5), from), m.next())
}

var citations = []string{"Paris Call principles 1 and 5", "Tech Accord principle 2", "Paris Call principle 1, Tech Accord principles 3 and 4", "Rome Statement principle 7, Paris Call principle 8",
	"Appel de Paris principes 1 à 3"}

func (m *maker) line() dossier.Line {
	id := m.next()
	text := citations[m.IntN(len(citations))]
	if m.IntN(2) == 0 {
		text = "(" + text + ")"
	}
	return dossier.Line{ID: id, Text: text, Links: []int64{id + 1000, id + 1001}[:m.IntN(3)]}
}

func (m *maker) initiative(depth int) dossier.Initiative {
	words := slices.Concat(tame, wild)
	i := dossier.Initiative{Slug: fmt.Sprintf("i-%d", m.next()), Title: m.title(words)}
	if m.IntN(4) > 0 {
		i.Summary = m.words(m.IntN(30), words)
		for range m.IntN(3) {
			i.Summary += "\n\n" + m.words(m.IntN(20), words)
		}
	}
	for range m.IntN(3) {
		i.Lines = append(i.Lines, m.line())
	}
	if depth < 2 && m.IntN(3) == 0 {
		for range 1 + m.IntN(3) {
			i.Parts = append(i.Parts, m.initiative(depth+1))
		}
	}
	return i
}

func (m *maker) dossier() dossier.Dossier {
	d := dossier.Dossier{Organization: "acme", Name: "Acme [& Sons]_", Revision: 12, Base: "https://norms.example"}
	headings := []string{"", "I. Making things safer", "Our *work* – 2019", "III) Others_", "Quatrième partie"}[m.IntN(2):]
	for _, h := range headings {
		for range m.IntN(4) {
			i := m.initiative(0)
			i.Heading = h
			d.Initiatives = append(d.Initiatives, i)
		}
	}
	if len(d.Initiatives) == 0 {
		d.Initiatives = append(d.Initiatives, m.initiative(1))
	}
	return d
}

// clone is a copy that shares nothing.
func clone(list []dossier.Initiative) []dossier.Initiative {
	list = slices.Clone(list)
	for i := range list {
		list[i].Lines, list[i].Parts = slices.Clone(list[i].Lines), clone(list[i].Parts)
	}
	return list
}

// all are the initiatives of a dossier, with their parts.
func all(list []dossier.Initiative) []*dossier.Initiative {
	var out []*dossier.Initiative
	for i := range list {
		out = append(out, &list[i])
		out = append(out, all(list[i].Parts)...)
	}
	return out
}

// take removes an initiative and returns it.
func take(list []dossier.Initiative, slug string) ([]dossier.Initiative, dossier.Initiative, bool) {
	for n, i := range list {
		if i.Slug == slug {
			return slices.Delete(slices.Clone(list), n, n+1), i, true
		}
		if parts, found, ok := take(i.Parts, slug); ok {
			list[n].Parts = parts
			return list, found, true
		}
	}
	return list, dossier.Initiative{}, false
}

// put adds an initiative among those with a heading.
func (m *maker) put(list []dossier.Initiative, heading string, i dossier.Initiative) []dossier.Initiative {
	var places []int
	for n := range list {
		if list[n].Heading == heading {
			places = append(places, n, n+1)
		}
	}
	at := len(list)
	if len(places) > 0 {
		at = places[m.IntN(len(places))]
	} else if heading == "" {
		at = 0
	}
	i.Heading = heading
	return slices.Insert(list, at, i)
}

// edit changes one thing of a dossier that no edit before has touched, and says
// what it did; "" when there was nothing to do.
func (m *maker) edit(d *dossier.Dossier, touched map[string]bool) string {
	var free []*dossier.Initiative
	for _, i := range all(d.Initiatives) {
		if !touched[i.Slug] && i.Slug != "" {
			free = append(free, i)
		}
	}
	if len(free) == 0 {
		return ""
	}
	i := free[m.IntN(len(free))]
	did := m.change(d, i)
	touched[i.Slug] = true
	if did != "" {
		did += " " + i.Slug
	}
	return did
}

func (m *maker) change(d *dossier.Dossier, i *dossier.Initiative) string {
	slug := i.Slug
	headings := []string{"II. Something new"}
	for _, o := range d.Initiatives {
		headings = append(headings, o.Heading)
	}
	to := headings[m.IntN(len(headings))]
	switch m.IntN(10) {
	case 0:
		i.Title = m.title(slices.Concat(tame, wild))
		return "retitle"
	case 1:
		i.Summary = m.words(3, tame) + fmt.Sprint(m.next())
		return "tell otherwise"
	case 2:
		i.Lines = append(i.Lines, dossier.Line{Text: fmt.Sprintf("Paris Call principle %d", 10+m.next())})
		return "cite more"
	case 3, 4:
		if len(i.Lines) == 0 {
			return ""
		}
		n := m.IntN(len(i.Lines))
		if m.IntN(2) == 0 {
			i.Lines = slices.Delete(i.Lines, n, n+1)
			return "cite less"
		}
		i.Lines[n].Text = fmt.Sprintf("Tech Accord principle %d", 10+m.next())
		return "cite otherwise"
	case 5:
		if len(i.Parts) > 0 || len(all(d.Initiatives)) == 1 {
			return ""
		}
		d.Initiatives, _, _ = take(d.Initiatives, slug)
		return "strike out"
	case 6:
		return m.addTo(d, i, to)
	case 7:
		rest, taken, _ := take(d.Initiatives, slug)
		d.Initiatives = m.put(rest, to, taken)
		return "move under " + to
	case 8:
		return m.moveInto(d, slug)
	default:
		return m.moveLine(d, i)
	}
}

// addTo adds an initiative under a heading, or as a part of another.
func (m *maker) addTo(d *dossier.Dossier, i *dossier.Initiative, heading string) string {
	added := dossier.Initiative{Title: m.title(tame), Summary: m.words(4, tame), Lines: []dossier.Line{{Text: "Paris Call principles 1 and 5"}}}
	if m.IntN(2) == 0 {
		i.Parts = slices.Insert(i.Parts, m.IntN(len(i.Parts)+1), added)
		return "add a part"
	}
	d.Initiatives = m.put(d.Initiatives, heading, added)
	return "add under " + heading
}

// moveInto makes an initiative a part of another that is no part of it.
func (m *maker) moveInto(d *dossier.Dossier, slug string) string {
	rest, taken, _ := take(d.Initiatives, slug)
	d.Initiatives = rest
	others := all(d.Initiatives)
	if len(others) == 0 {
		d.Initiatives = append(d.Initiatives, taken)
		return ""
	}
	to := others[m.IntN(len(others))]
	taken.Heading = ""
	to.Parts = slices.Insert(to.Parts, m.IntN(len(to.Parts)+1), taken)
	return "move into " + to.Slug
}

func (m *maker) moveLine(d *dossier.Dossier, i *dossier.Initiative) string {
	others := all(d.Initiatives)
	to := others[m.IntN(len(others))]
	if len(i.Lines) == 0 || to == i || to.Slug == "" {
		return ""
	}
	to.Lines = append(to.Lines, i.Lines[0])
	i.Lines = slices.Delete(i.Lines, 0, 1)
	return "cite that for " + to.Slug
}
