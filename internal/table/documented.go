package table

import (
	"cmp"
	"fmt"

	"normmap/internal/norms"
)

func (r *row) document() {
	slug, known, ok := r.slugged("source", "slug", "title")
	if !ok || !r.once(slug) {
		return
	}
	base, recorded := first(r.known, r.known.Documents, "source", slug)
	if known && !recorded {
		return // a row before adds it
	}
	said := r.own()
	if !recorded {
		base = norms.PutSource{Slug: slug, Title: r.Name, Exhaustiveness: "unknown"}
		r.known.learn("source", slug, r.Name)
	}
	settle(r, base, recorded, said, func(e *norms.PutSource) { e.Version = r.version(base.Version) * truly(recorded) })
}

// citation reads what a row decides about a recorded citation. What its source
// prints stays as it is.
func (r *row) citation() {
	r.Name = cmp.Or(r.text("label"), r.cell("id"))
	base, recorded, ok := numbered(r, "citation", r.known.Citations)
	if !ok || !r.once("citation "+r.cell("id")) {
		return
	}
	if !recorded {
		r.complain("id", "is missing: only a source brings new citations; a row decides about a recorded one, by its number")
		return
	}
	if label, said := r.said["label"]; said && inCell(label) != inCell(base.Label) {
		r.complain("label", "the source prints %q, which no table changes", shown(base.Label))
		return
	}
	changed := r.decided(base)
	if len(changed) == 0 {
		return
	}
	e, ok := r.decision(base)
	if !ok || !r.check(e, nil) {
		return
	}
	r.put(e, Changed)
	for _, c := range changed {
		r.changes(r.column(c.Field), c.Field, c.Before, c.After)
	}
}

// decided is what a row says otherwise than it is recorded about a citation.
func (r *row) decided(base norms.CitationRow) []norms.Changed {
	var out []norms.Changed
	for _, is := range []norms.Changed{{Field: "note", Before: base.Note}, {Field: "principle", Before: base.Principle}, {Field: "resolution", Before: string(base.Resolution)}} {
		v, said := r.said[is.Field]
		if is.After = inCell(v); said && is.After != inCell(is.Before) {
			out = append(out, is)
		}
	}
	return out
}

// decision is what a person decides by a row that changes something. A new one
// has a reason of its own.
func (r *row) decision(base norms.CitationRow) (norms.ResolveCitation, bool) {
	to := func(field, recorded string) string {
		if v, said := r.said[field]; said {
			return fmt.Sprint(v)
		}
		return recorded
	}
	e := norms.ResolveCitation{ID: base.ID, Version: r.version(base.Version), Principle: to("principle", base.Principle), Note: to("note", base.Note)}
	is := norms.Resolution(to("resolution", string(base.Resolution)))
	switch {
	case is == norms.Resolved && e.Principle == "":
		r.complain("principle", "is missing: say which principle is meant, or say another resolution")
	case is == norms.Resolved:
		e.Decision = "resolve"
	case e.Principle != "":
		r.complain("resolution", "is %s, and a principle is given: say %s, or leave the principle empty", is, norms.Resolved)
	case is == norms.SetAside:
		e.Decision = "set_aside"
	case is == base.Resolution || base.DecidedBy == "":
		r.complain("resolution", "people decide that a citation is %s or %s; the others are by rule", norms.Resolved, norms.SetAside)
	default:
		e.Decision = "reopen"
	}
	if e.Decision != "" && base.Note != "" && inCell(e.Note) == inCell(base.Note) {
		r.complain("note", "is why it was decided as it is recorded: write why it is decided otherwise")
		return e, false
	}
	return e, e.Decision != ""
}
