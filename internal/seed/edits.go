package seed

import (
	"fmt"
	"slices"

	"normmap/internal/norms"
)

// item is an edit and where it comes from: path is that of its fields.
type item struct {
	edit norms.Edit
	doc  *document
	path string
}

// report names a problem with one of the edit's fields.
func (it item) report(field, format string, args ...any) {
	it.doc.report(join(it.path, field), format, args...)
}

// rank orders the kinds of edit so that each names only what stands before it.
// Adding a kind here without a rank puts it last.
func rank(e norms.Edit) int {
	switch e := e.(type) {
	case norms.PutAgreement:
		return 0
	case norms.PutOrganization:
		return 1
	case norms.PutSource:
		return 2
	case norms.PutEdition:
		return 3
	case norms.PutPrinciple:
		return 4
	case norms.PutNumbering:
		return 5
	case norms.PutEvent:
		return 6
	case norms.PutAdherence:
		return 7
	case norms.PutInitiative:
		if e.Parent == "" {
			return 8
		}
		return 9
	case norms.PutCitationLine:
		return 10
	case norms.PutElement:
		return 11
	case norms.PutElementReading:
		return 12
	case norms.PutStatement:
		return 13
	case norms.PutCrosswalk:
		return 14
	}
	return 15
}

func inOrder(items []item) []item {
	slices.SortStableFunc(items, func(a, b item) int { return rank(a.edit) - rank(b.edit) })
	return items
}

func (d *document) item(e norms.Edit, path string) item { return item{e, d, path} }

// factItems makes the edits of the facts listed under path about one entity.
func (d *document) factItems(facts []fact, kind norms.EntityKind, entity, path string) []item {
	var items []item
	for i, f := range facts {
		f.Kind, f.Entity = kind, entity
		items = append(items, d.item(f.PutFact, fmt.Sprintf("%s[%d]", join(path, "facts"), i)))
	}
	return items
}

func (f agreementFile) items(d *document) []item {
	items := []item{d.item(f.PutAgreement, "")}
	items = append(items, d.factItems(f.Facts, "agreement", f.Slug, "")...)
	for i, e := range f.Editions {
		e.Agreement, e.Position = f.Slug, i+1
		items = append(items, e.items(d, fmt.Sprintf("editions[%d]", i))...)
	}
	for i, n := range f.Numberings {
		n.Agreement, n.Position = f.Slug, i+1
		items = append(items, n.items(d, fmt.Sprintf("numberings[%d]", i))...)
	}
	for i, e := range f.Events {
		e.Agreement = f.Slug
		items = append(items, e.items(d, fmt.Sprintf("events[%d]", i))...)
	}
	return items
}

func (e edition) items(d *document, path string) []item {
	items := []item{d.item(e.PutEdition, path)}
	items = append(items, d.factItems(e.Facts, "edition", e.Agreement+"/"+e.Slug, path)...)
	for i, p := range e.Principles {
		at := fmt.Sprintf("%s.principles[%d]", path, i)
		p.Agreement, p.Edition, p.OurNumbering, p.Position = e.Agreement, e.Slug, e.OurNumbering, i+1
		items = append(items, d.item(p.PutPrinciple, at))
		items = append(items, d.factItems(p.Facts, "principle", principleRef(p.PutPrinciple), at)...)
	}
	return items
}

func principleRef(p norms.PutPrinciple) string {
	return norms.Ref{Agreement: p.Agreement, Edition: p.Edition, Label: norms.LabelSlug(p.Number)}.String()
}

func (n numbering) items(d *document, path string) []item {
	put := n.PutNumbering
	for _, l := range n.Labels {
		put.Labels = append(put.Labels, norms.NumberingLabel{Label: l.label, Principle: n.Agreement + "@" + l.principle})
	}
	facts := d.factItems(n.Facts, "numbering", n.Agreement+"/"+n.Slug, path)
	return append([]item{d.item(put, path)}, facts...)
}

// items gives the event and, because events have no facts of their own, a fact
// about the agreement that says how sure the event is.
func (e event) items(d *document, path string) []item {
	sure := norms.PutFact{Kind: "agreement", Entity: e.Agreement, Field: norms.EventField + e.Title,
		Source: e.Source, Place: e.Place, Confidence: e.Confidence}
	return []item{d.item(e.PutEvent, path), d.item(sure, path)}
}

func (f organizationFile) items(d *document) []item {
	items := []item{d.item(f.PutOrganization, "")}
	for i, a := range f.Adherences {
		a.Organization = f.Slug
		items = append(items, d.item(a.PutAdherence, fmt.Sprintf("adherences[%d]", i)))
	}
	return append(items, d.factItems(f.Facts, "organization", f.Slug, "")...)
}

func (f elementFile) items(d *document) []item {
	items := []item{d.item(f.PutElement, "")}
	for i, r := range f.Readings {
		r.Element, r.Assessor = f.Slug, norms.Curator
		if r.Organization != "" {
			r.Assessor = "organization"
		}
		items = append(items, d.item(r.PutElementReading, fmt.Sprintf("readings[%d]", i)))
	}
	return append(items, d.factItems(f.Facts, "element", f.Slug, "")...)
}

func (f sourceFile) items(d *document) []item {
	items := []item{d.item(f.PutSource, "")}
	for i, l := range f.Lines {
		l.Source = f.Slug
		items = append(items, d.item(l.PutCitationLine, fmt.Sprintf("citation_lines[%d]", i)))
	}
	return append(items, d.factItems(f.Facts, "source", f.Slug, "")...)
}

func (f initiativesFile) items(d *document) []item {
	var items []item
	for i, in := range f.Initiatives {
		path := fmt.Sprintf("initiatives[%d]", i)
		in.Source, in.ReportedBy, in.Position = f.Source, f.ReportedBy, i+1
		if in.Organization == "" {
			in.Organization = f.Organization
		}
		items = append(items, d.item(in.PutInitiative, path))
		items = append(items, d.factItems(in.Facts, "initiative", in.Slug, path)...)
	}
	return items
}

func (f statementsFile) items(d *document) []item {
	var items []item
	for i, s := range f.Statements {
		s.Source = f.Source
		if s.Organization == "" {
			s.Organization = f.Organization
		}
		items = append(items, d.item(s.PutStatement, fmt.Sprintf("statements[%d]", i)))
	}
	return items
}

func (f crosswalkFile) items(d *document) []item {
	var items []item
	for i, r := range f.Rows {
		r.Origin, r.Asserter = "curator", f.Asserter
		if f.Asserter != "" {
			r.Origin = "third_party"
		}
		items = append(items, d.item(r.PutCrosswalk, fmt.Sprintf("rows[%d]", i)))
	}
	return items
}
