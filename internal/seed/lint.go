package seed

import (
	"errors"
	"fmt"

	"normmap/internal/norms"
)

// lint holds the edits against the domain's checks, then against each other,
// then against the rules of FORMAT.md.
func lint(items []item) {
	known := map[string]item{}
	for _, it := range items {
		checkEdit(it)
		if key := naturalKey(it.edit); key != "" {
			if first, taken := known[key]; taken {
				at := first.doc.position(first.path)
				it.report("", "the same is recorded already in %s, line %d; keep one", first.doc.path, at.line)
				continue
			}
			known[key] = it
		}
	}
	for _, it := range items {
		for _, n := range namesIn(it.edit) {
			if _, ok := known[n.key]; !ok && n.slug != "" {
				it.report(n.field, "there is no %s %q; add it or mend the name", n.kind, n.slug)
			}
		}
	}
	checkRules(items, known)
}

// checkEdit reports the problems that the domain itself finds.
func checkEdit(it item) {
	err := it.edit.Check()
	if err == nil {
		return
	}
	var e *norms.Error
	if !errors.As(err, &e) {
		it.report("", "%s", err)
		return
	}
	for _, p := range e.Problems {
		it.report(p.Field, "%s", p.Message)
	}
}

// naturalKey is what makes a thing the same at the next loading.
func naturalKey(e norms.Edit) string {
	switch e := e.(type) {
	case norms.PutAgreement:
		return "agreement " + e.Slug
	case norms.PutOrganization:
		return "organization " + e.Slug
	case norms.PutSource:
		return "source " + e.Slug
	case norms.PutEdition:
		return "edition " + e.Agreement + "/" + e.Slug
	case norms.PutPrinciple:
		return "principle " + principleRef(e)
	case norms.PutNumbering:
		return "numbering " + e.Agreement + "/" + e.Slug
	case norms.PutInitiative:
		return "initiative " + e.Slug
	case norms.PutEvent:
		return fmt.Sprintf("event %s %s %s %q", e.Agreement, e.Kind, e.On, e.Title)
	case norms.PutAdherence:
		return fmt.Sprintf("adherence %s %s %q %s %q %s", e.Organization, e.Agreement, e.Edition, e.Relation, e.Via, e.Since)
	case norms.PutCitationLine:
		return fmt.Sprintf("line %s %s %q", e.Source, e.Initiative, e.Text)
	case norms.PutElement:
		return "element " + e.Slug
	case norms.PutElementReading:
		return fmt.Sprintf("reading %s %s %s", e.Element, e.Agreement, e.Organization)
	case norms.PutStatement:
		return fmt.Sprintf("statement %s %s %q %s %s %s", e.Source, e.Organization, e.Title, e.Element, e.Agreement, e.Principle)
	case norms.PutCrosswalk:
		return fmt.Sprintf("crosswalk %s %s %s", min(e.Subject, e.Object), max(e.Subject, e.Object), e.Asserter)
	case norms.PutFact:
		return fmt.Sprintf("fact %s %s %q", e.Kind, e.Entity, e.Field)
	}
	return ""
}

// name is a thing that an edit refers to; an empty slug refers to nothing.
type name struct{ field, kind, slug, key string }

func named(field, kind, slug string) name { return name{field, kind, slug, kind + " " + slug} }

// namesIn lists what an edit refers to outside its own file's group.
func namesIn(e norms.Edit) []name {
	switch e := e.(type) {
	case norms.PutOrganization:
		return []name{named("agreement", "agreement", e.Agreement)}
	case norms.PutSource:
		return []name{named("organization", "organization", e.Organization)}
	case norms.PutNumbering:
		return numberingNames(e)
	case norms.PutEvent:
		return []name{named("source", "source", e.Source)}
	case norms.PutAdherence:
		return adherenceNames(e)
	case norms.PutInitiative:
		return initiativeNames(e)
	case norms.PutCitationLine:
		return lineNames(e)
	case norms.PutElementReading:
		return readingNames(e)
	case norms.PutStatement:
		return statementNames(e)
	case norms.PutCrosswalk:
		return crosswalkNames(e)
	case norms.PutFact:
		return []name{named("source", "source", e.Source)}
	}
	return nil
}

func numberingNames(e norms.PutNumbering) []name {
	list := []name{named("source", "source", e.Source)}
	for i, l := range e.Labels {
		list = append(list, named(fmt.Sprintf("labels[%d].principle", i), "principle", l.Principle))
	}
	return list
}

func adherenceNames(e norms.PutAdherence) []name {
	list := []name{
		named("agreement", "agreement", e.Agreement),
		named("via", "organization", e.Via),
		named("source", "source", e.Source),
	}
	if e.Edition != "" {
		list = append(list, named("edition", "edition", e.Agreement+"/"+e.Edition))
	}
	return list
}

func initiativeNames(e norms.PutInitiative) []name {
	list := []name{
		named("parent", "initiative", e.Parent),
		named("organization", "organization", e.Organization),
		named("reported_by", "organization", e.ReportedBy),
		named("source", "source", e.Source),
	}
	for i, p := range e.Partners {
		list = append(list, named(fmt.Sprintf("partners[%d].organization", i), "organization", p.Organization))
	}
	return list
}

func readingNames(e norms.PutElementReading) []name {
	list := []name{
		named("agreement", "agreement", e.Agreement),
		named("organization", "organization", e.Organization),
		named("source", "source", e.Source),
	}
	if e.Edition != "" {
		list = append(list, named("edition", "edition", e.Agreement+"/"+e.Edition))
	}
	return list
}

func lineNames(e norms.PutCitationLine) []name {
	list := []name{named("initiative", "initiative", e.Initiative)}
	for i, r := range e.References {
		list = append(list, named(fmt.Sprintf("references[%d].agreement", i), "agreement", r.Agreement))
	}
	return list
}

func statementNames(e norms.PutStatement) []name {
	return []name{
		named("element", "element", e.Element),
		named("agreement", "agreement", e.Agreement),
		named("principle", "principle", e.Principle),
		named("organization", "organization", e.Organization),
		named("source", "source", e.Source),
	}
}

func crosswalkNames(e norms.PutCrosswalk) []name {
	return []name{
		named("subject", "principle", e.Subject),
		named("object", "principle", e.Object),
		named("asserter", "organization", e.Asserter),
		named("source", "source", e.Source),
	}
}
