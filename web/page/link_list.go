package page

import (
	"context"
	"strings"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/ui"
	"normmap/web/words"
)

// LinkList is what the list of links shows. Agreements and Organizations are
// the choices of its filter.
type LinkList struct {
	norms.List[norms.LinkRow]
	Filter        norms.LinkFilter
	Agreements    []norms.Choice
	Organizations []norms.Choice
}

// Address is that of the list as filtered, from its beginning.
func (l LinkList) Address() string {
	f := l.Filter
	return href.With(href.Links(), "assessment", string(f.Assessment), "agreement", f.Agreement, "principle", f.Principle, "initiative", f.Initiative,
		"organization", f.Organization, "origin", f.Origin, "relation", f.Relation)
}

// linksFor is the list of the links to a principle.
func linksFor(ref string) string { return href.With(href.Links(), "principle", ref) }

// disagreedLinks are those of a cell of the coverage with which somebody
// disagrees.
func (m CoverageMatrix) disagreedLinks(r norms.CoverageRow, c norms.CoverageColumn) string {
	return href.With(m.linksOf(r, c), "assessment", "disagrees")
}

// supporting lists those of some links that count of an origin.
func supporting(links string, o norms.Origin) string {
	return href.With(links, "origin", string(o), "relation", "supports")
}

// assessedWord says in short what others make of a link: "disagreed 1 ·
// answered".
func assessedWord(ctx context.Context, l *norms.LinkRow) string {
	if l.Assessments() == 0 {
		return words.Text(ctx, "links.unassessed")
	}
	var out []string
	for _, part := range []struct {
		message string
		n       int
	}{{"links.disagreed", l.Disagreed}, {"links.partly", l.PartlyAgreed}, {"links.agreed", l.Agreed}, {"links.answered", l.Answered}} {
		if part.n > 0 {
			out = append(out, words.Count(ctx, part.message, part.n))
		}
	}
	return strings.Join(out, " · ")
}

// AssessorName is who makes an assessment: a person or an organization.
func AssessorName(ctx context.Context, a norms.AssessmentRow) string {
	if a.Assessor == norms.ByCurator {
		return titleOr(a.Person, ui.Origin(ctx, "curator"))
	}
	return titleOr(a.OrganizationName, a.Organization)
}

// answers tells whether the reader may answer assessments of the link.
func answers(f ui.Frame, l norms.AssessedLink, a norms.AssessmentRow) bool {
	if a.Answer != nil || !f.Answerer() {
		return false
	}
	for _, slug := range l.Answerers() {
		if slug == f.Actor.Organization {
			return true
		}
	}
	return false
}

// answererNames are those whose claim the link is, in words.
func answererNames(l norms.AssessedLink) string {
	if len(l.Answerers()) == 1 {
		return l.OrganizationName
	}
	return l.AsserterName + ", " + l.OrganizationName
}
