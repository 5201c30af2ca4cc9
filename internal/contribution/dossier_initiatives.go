package contribution

import (
	"fmt"
	"slices"

	"normmap/internal/norms"
)

// putInitiatives makes edits of drafts that are not as it is recorded.
func (b *returned) putInitiatives() {
	for _, d := range b.order {
		switch {
		case d.dropped || d.edit.Slug == "":
		case d.withdrawn:
			e := norms.Withdraw{Kind: "initiative", Key: d.edit.Slug, Version: d.edit.Version}
			rank := withdrawnWhole
			if d.edit.Parent != "" {
				rank = withdrawnPart
			}
			b.step(step{Edit: e, rank: rank, place: d.place, at: d.at, title: d.edit.Title, seen: d.seen(nil)})
		case d.now == nil || len(d.differs()) > 0:
			if !b.step(step{Edit: d.edit, rank: d.rank(), place: d.place, at: d.at, title: d.edit.Title, seen: d.seen(d.differs())}) && d.now == nil {
				d.dropped = true
			}
		}
	}
}

func (d *draft) rank() int {
	part := d.edit.Parent != ""
	switch {
	case d.now == nil && part:
		return newPart
	case d.now == nil:
		return newWhole
	case d.edit.Parent == d.now.Parent:
		return anyOther
	case !part:
		return toWhole
	case d.now.Parent != "":
		return toOtherWhole
	}
	return toPart
}

// written are the fields of an initiative that a dossier says something about.
func written(i norms.PutInitiative) map[string]string {
	return map[string]string{"title": i.Title, "summary": i.Summary, "heading": i.Heading, "parent": i.Parent, "position": fmt.Sprint(i.Position)}
}

// differs are the fields in which a draft is not as it is recorded.
func (d *draft) differs() []string {
	if d.now == nil {
		return nil
	}
	var out []string
	now := written(d.now.PutInitiative)
	for name, value := range written(d.edit) {
		if now[name] != value {
			out = append(out, name)
		}
	}
	return out
}

// seen are fields, all where none are named, as they were in the dossier where
// others changed them since.
func (d *draft) seen(fields []string) []norms.Seen {
	if d.now == nil {
		return nil
	}
	was, now := written(d.was.PutInitiative), written(d.now.PutInitiative)
	was["parent"], now["parent"] = d.was.ParentTitle, d.now.ParentTitle
	var out []norms.Seen
	for name := range was {
		if was[name] != now[name] && (fields == nil || slices.Contains(fields, name)) {
			out = append(out, norms.Seen{Kind: "initiative", Field: name, Before: was[name]})
		}
	}
	return out
}
