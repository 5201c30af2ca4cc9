package table

import (
	"cmp"
	"strconv"
	"strings"

	"normmap/internal/norms"
)

// slugged finds the recorded thing that a row is about, by its slug or else by
// what it calls itself. Known is false when there is none yet, and then the
// slug is the one that it gets; ok is false when the row does not say.
func (r *row) slugged(kind, slugField string, nameFields ...string) (slug string, known, ok bool) {
	if s := r.text(slugField); s != "" {
		r.Name = cmp.Or(r.text(nameFields[0]), s)
		return s, len(r.known.called(kind, s)) == 1, true
	}
	for _, f := range nameFields {
		name := r.text(f)
		if name == "" {
			continue
		}
		r.Name = cmp.Or(r.Name, name)
		switch found := r.known.called(kind, name); {
		case len(found) == 1:
			delete(r.said, f) // it names the thing; what it is called stays
			return found[0], true, true
		case len(found) > 1:
			r.said[slugField] = nil
			r.complain(f, "%d are recorded under %q: add a column slug that says which", len(found), shown(name))
			return "", false, false
		}
	}
	if r.Name == "" {
		r.complain(nameFields[0], "is missing: nothing says what this row is about")
		return "", false, false
	}
	if kind == "source" {
		return r.known.slugFor(kind, r.Name), false, true // documents of one title are many
	}
	for _, f := range nameFields {
		if r.text(f) == "" {
			continue
		}
		switch slug, ok := r.meant(kind, f, r.text(f)); {
		case !ok:
			return "", false, false
		case slug != "":
			delete(r.said, f) // what it is called stays
			return slug, true, true
		}
	}
	return r.known.slugFor(kind, r.Name), false, true
}

// settle compares what a row says with what is recorded and keeps the edit, if
// it changes anything. Something new begins as base; seen gives the edit the
// version that its writer saw.
func settle[T norms.Edit](r *row, base T, recorded bool, said map[string]any, seen func(*T)) {
	state := Changed
	if !recorded {
		state, said = New, r.filled(said)
	}
	delete(said, "slug")
	e, changed, err := overlaid(base, said)
	if err != nil {
		r.complain("", "%v", err)
		return
	}
	if recorded && len(changed) == 0 {
		return
	}
	if seen(&e); !r.check(e, nil) {
		return
	}
	r.put(e, state)
	for _, c := range changed {
		if recorded {
			r.changes(r.column(c.Field), c.Field, c.Before, c.After)
		}
	}
}

func (r *row) organization() {
	slug, known, ok := r.slugged("organization", "slug", "name")
	if !ok || !r.once(slug) {
		return
	}
	base, recorded := first(r.known, r.known.Organizations, "organization", slug)
	if !recorded {
		base = norms.PutOrganization{Slug: slug, Kind: "body"}
		r.known.add("organization", slug, r.Name)
	}
	if known && !recorded {
		return // a row before adds it
	}
	said := r.own()
	if r.text("slug") == "" && !recorded {
		said["name"] = r.Name
	}
	settle(r, base, recorded, said, func(e *norms.PutOrganization) { e.Version = r.version(base.Version) * truly(recorded) })
}

// truly is 1 for what is recorded: a new thing has no version.
func truly(recorded bool) int64 {
	if recorded {
		return 1
	}
	return 0
}

func (r *row) agreement() {
	slug, known, ok := r.slugged("agreement", "slug", "short_title", "title")
	if !ok || !r.once(slug) {
		return
	}
	base, recorded := first(r.known, r.known.Agreements, "agreement", slug)
	if known && !recorded {
		return
	}
	said := r.own()
	if !recorded {
		base = norms.PutAgreement{Slug: slug, Title: r.Name, ShortTitle: r.Name}
		r.known.add("agreement", slug, r.Name, r.text("title"))
	}
	settle(r, base, recorded, said, func(e *norms.PutAgreement) { e.Version = r.version(base.Version) * truly(recorded) })
}

func (r *row) initiative() {
	slug, known, ok := r.slugged("initiative", "slug", "title")
	if !ok || !r.once(slug) {
		return
	}
	base, recorded := first(r.known, r.known.Initiatives, "initiative", slug)
	if known && !recorded {
		return
	}
	said := r.own()
	if !recorded {
		base = r.freshInitiative(slug, r.Name)
		said["title"] = r.Name
	}
	if cell := r.cell("parent"); r.text("parent") == "" && !blank[strings.ToLower(cell)] {
		said["parent"] = r.parentOf(cell)
	}
	passages := r.passages()
	if base.Summary == "" && r.text("summary") == "" {
		said["summary"] = joined(passages)
	}
	settle(r, base, recorded, said, func(e *norms.PutInitiative) {
		e.Version = r.version(base.Version) * truly(recorded)
		e.ReportedBy = cmp.Or(e.ReportedBy, e.Organization)
	})
	r.cite(slug, passages)
}

// freshInitiative is what is taken of a new one where the table does not say it:
// tables of what was done hold what is under way, as a rule.
func (r *row) freshInitiative(slug, title string) norms.PutInitiative {
	r.known.add("initiative", slug, title)
	e := norms.PutInitiative{Slug: slug, Kind: norms.UnsaidKind, Status: "ongoing", Place: r.place(-1)}
	if r.text("status") == "" && r.mapping.Values["status"] == "" {
		e.StatusNote = "The table does not say; taken as ongoing."
	}
	return e
}

// parentOf is an initiative that a row before adds, or a recorded one.
func (r *row) parentOf(cell string) string {
	slug, why := r.nameOf("initiative", cell)
	if why != "" {
		r.complain("parent", "%s", why)
		return ""
	}
	return slug.(string)
}

// numbered finds what is recorded under the row's number. Ok is false when the
// number is nobody's.
func numbered[T any](r *row, kind string, all []T) (found T, recorded, ok bool) {
	n, _ := r.said["id"].(int64)
	if n == 0 {
		return found, false, true
	}
	if found, recorded = first(r.known, all, kind, strconv.FormatInt(n, 10)); !recorded {
		r.complain("id", "nothing is recorded under the number %d by now: leave the cell empty to record it anew", n)
	}
	return found, recorded, recorded
}

func (r *row) adherence() {
	who := r.adherent()
	r.Name = cmp.Or(r.Name, who)
	base, recorded, ok := numbered(r, "adherence", r.known.Adherences)
	if !ok || who == "" {
		return
	}
	said := r.own(organizationGroup, organizationURL)
	said["organization"] = who
	r.remark(said)
	said = r.filled(said)
	delete(said, organizationGroup)
	delete(said, organizationURL)
	fresh, _, err := overlaid(norms.PutAdherence{Place: r.place(-1)}, said)
	if err != nil {
		r.complain("", "%v", err)
		return
	}
	if !recorded {
		base, recorded = r.alike(fresh)
		if recorded && base.Source != fresh.Source {
			return // another document says so already
		}
	}
	if recorded && spoiledDate(r.text("edition"), base.Edition) {
		said["edition"], fresh.Edition = base.Edition, base.Edition
	}
	about := "adherence " + fresh.Organization + " " + fresh.Agreement + " " + fresh.Edition + " " + string(fresh.Relation) + " " + fresh.Via + " " + string(fresh.Since)
	if base.ID > 0 {
		about = "adherence " + strconv.FormatInt(base.ID, 10)
	}
	if !r.once(about) {
		return
	}
	if !recorded {
		if r.check(fresh, map[string]string{}) {
			r.put(fresh, New)
		}
		return
	}
	settle(r, base, true, said, func(e *norms.PutAdherence) { e.Version = r.version(base.Version) })
}

// alike is the recorded adherence that a row without a number is about: the one
// with the same natural key, or the only one that the same source gives for the
// same pair with another date or none.
func (r *row) alike(fresh norms.PutAdherence) (norms.PutAdherence, bool) {
	var all []norms.PutAdherence
	for _, i := range r.known.places(pairOf(fresh)...) {
		a := r.known.Adherences[i]
		if a.Since == fresh.Since {
			return a, true
		}
		if a.Source == fresh.Source {
			all = append(all, a)
		}
	}
	if len(all) != 1 {
		return norms.PutAdherence{}, false
	}
	return all[0], true
}

func (r *row) link() {
	r.Name = r.text("initiative")
	base, recorded, ok := numbered(r, "link", r.known.Links)
	if !ok || !r.once("link "+cmp.Or(r.cell("id"), r.cell("initiative")+" "+r.cell("principle")+" "+r.cell("origin")+" "+r.cell("asserter"))) {
		return
	}
	said := r.own("source", "place")
	if !recorded {
		fresh := norms.PutLink{Relation: "supports", Origin: "curator"}
		said = r.filled(said)
		delete(said, "source")
		delete(said, "place")
		e, _, err := overlaid(fresh, said)
		if err != nil {
			r.complain("", "%v", err)
			return
		}
		base, recorded = first(r.known, r.known.Links, joinOf(e)...)
		if !recorded {
			base = fresh
		}
		if !recorded && e.Origin == "contributor" {
			r.contributed()
			return
		}
	}
	if _, changed, err := overlaid(base, said); recorded && len(changed) > 0 && err == nil && base.Origin == "contributor" {
		r.complain("", "%s", norms.OnlyByCitation().Error())
		return
	}
	settle(r, base, recorded, said, func(e *norms.PutLink) { e.Version = r.version(base.Version) * truly(recorded) })
}

// contributed reads a link that a contributor gives: what its document cites,
// of which the link comes.
func (r *row) contributed() {
	column := r.at["principle"]
	p, why := r.citing(r.mapping.Columns[column].heading(), r.cells[column])
	if why != "" {
		r.complain("principle", "%s", why)
		return
	}
	p.column = column
	r.cite(r.text("initiative"), []passage{p})
}

// column is the one that says a field, -1 where none does by itself.
func (r *row) column(field string) int {
	if i, ok := r.at[field]; ok {
		return i
	}
	return -1
}

// cell is what stands in the cell of a field.
func (r *row) cell(field string) string {
	if i, ok := r.at[field]; ok {
		return r.cells[i]
	}
	return ""
}
