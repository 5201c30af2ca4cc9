package page

import (
	"context"
	"slices"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/ui"
	"normmap/web/words"
)

// dossierFigures count what a dossier holds and lead there, or to the lists.
func dossierFigures(ctx context.Context, d norms.Dossier) []ui.Figure {
	return []ui.Figure{
		{Value: d.WaitingTotal, Label: words.Text(ctx, "dossier.figures.waiting"), Href: "#waiting"},
		{Value: d.CitationTotal, Label: words.Text(ctx, "dossier.figures.citations"), Href: "#citations"},
		{Value: len(d.Contested), Label: words.Text(ctx, "dossier.figures.contested"), Href: "#contested"},
		{Value: d.InitiativeCount, Label: words.Text(ctx, "dossier.figures.initiatives"), Href: href.With(href.Initiatives(), "organization", d.Slug)},
		{Value: d.Links, Label: words.Text(ctx, "dossier.figures.links"), Href: href.With(href.Links(), "organization", d.Slug, "origin", "contributor")},
		{Value: d.AdherenceCount, Label: words.Text(ctx, "dossier.figures.adherences"), Href: "#adherences"},
	}
}

// answersFor tells whether the reader may answer for an organization.
func answersFor(f ui.Frame, organization string) bool {
	return f.Answerer() && f.Actor.Organization == organization
}

// answersClaim tells whether the reader may answer, for an organization, what
// others make of a link.
func answersClaim(f ui.Frame, organization string, l norms.DossierLink) bool {
	return answersFor(f, organization) && slices.Contains(l.Answerers(), organization)
}

func partShown(ctx context.Context, shown, total int) string {
	return words.Text(ctx, "dossier.part", "Shown", ui.Number(shown), "Total", ui.Number(total))
}

func unansweredLinks(organization string) string {
	return href.With(href.Links(), "organization", organization, "assessment", "unanswered")
}

func contestedLinks(organization, principle string) string {
	return href.With(href.Links(), "organization", organization, "principle", principle, "assessment", "disagreed")
}
