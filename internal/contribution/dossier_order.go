package contribution

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// fold is a heading as it is compared.
func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// A dossier lists initiatives by position and, where that is the same, by number.
// What was moved or added gets a position between those of its new neighbours;
// only where there is none, they make room.

// rung is where a draft comes in a list.
type rung struct {
	position int
	id       int64
}

func (r rung) compare(o rung) int {
	return cmp.Or(cmp.Compare(r.position, o.position), cmp.Compare(r.id, o.id))
}

func (d *draft) rung() rung {
	if d.now == nil {
		return rung{d.edit.Position, math.MaxInt64/2 + int64(d.place)} // it will get a higher number than all there are
	}
	return rung{d.edit.Position, d.now.ID}
}

// position gives positions to what was moved or added.
func (b *returned) position() {
	siblings := map[string][]*draft{}
	var parents []string
	for n, p := range b.Order {
		d := b.order[n]
		if d.dropped || d.edit.Slug == "" {
			continue
		}
		if siblings[p.Parent] == nil {
			parents = append(parents, p.Parent)
		}
		siblings[p.Parent] = append(siblings[p.Parent], d)
	}
	for _, parent := range parents {
		b.positionAll(siblings[parent], parent == "")
	}
}

func (b *returned) positionAll(list []*draft, headed bool) {
	if !slices.ContainsFunc(list, func(d *draft) bool { return d.free }) {
		return
	}
	before := make([]int, len(list))
	for i, d := range list {
		before[i] = d.edit.Position
	}
	for from, to := 0, 0; headed && from < len(list); from = to {
		for to = from; to < len(list) && fold(list[to].edit.Heading) == fold(list[from].edit.Heading); {
			to++
		}
		rise(list[from:to])
	}
	if headed && slices.Equal(asListed(list), list) {
		return
	}
	for i, d := range list {
		d.edit.Position = before[i]
	}
	rise(list)
}

// asListed is the order in which a dossier lists initiatives: those under a
// heading together, and headings as they are met.
func asListed(list []*draft) []*draft {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b *draft) int { return a.rung().compare(b.rung()) })
	var met []string
	for _, d := range list {
		if h := fold(d.edit.Heading); h != "" && !slices.Contains(met, h) {
			met = append(met, h)
		}
	}
	slices.SortStableFunc(list, func(a, b *draft) int {
		return cmp.Compare(slices.Index(met, fold(a.edit.Heading)), slices.Index(met, fold(b.edit.Heading)))
	})
	return list
}

// rise lets the positions of a list rise. Those that are free fit in between
// the others, which go up only where they must.
func rise(list []*draft) {
	last := rung{}
	for i, d := range list {
		if d.free {
			d.edit.Position = between(last, d, list[i+1:])
		} else if d.rung().compare(last) < 0 {
			d.edit.Position = above(last, d)
		}
		last = d.rung()
	}
}

// between is a position after the last one and, if there is one, before that of
// the next that is not free: its own, where it fits.
func between(last rung, d *draft, rest []*draft) int {
	lowest := above(last, d)
	i := slices.IndexFunc(rest, func(o *draft) bool { return !o.free && o.rung().compare(last) > 0 })
	if d.now != nil && d.rung().compare(last) > 0 && (i < 0 || d.rung().compare(rest[i].rung()) < 0) {
		return d.edit.Position
	}
	if last.position+1 > lowest && (i < 0 || rest[i].edit.Position > last.position+1) {
		return last.position + 1
	}
	return lowest
}

// above is the lowest position with which a draft comes after the last one.
func above(last rung, d *draft) int {
	same := d.rung()
	if same.position = last.position; same.compare(last) > 0 {
		return last.position
	}
	return last.position + 1
}
