package page

import (
	"context"
	"slices"
	"strings"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/ui"
	"normmap/web/words"
)

func startFigures(ctx context.Context, s norms.Stats) []ui.Figure {
	return []ui.Figure{
		{Value: s.Agreements, Label: words.Text(ctx, "figures.agreements"), Href: href.Agreements()},
		{Value: s.Principles, Label: words.Text(ctx, "figures.principles"), Href: href.Agreements()},
		{Value: s.Organizations, Label: words.Text(ctx, "figures.organizations"), Href: href.Organizations()},
		{Value: s.Initiatives, Label: words.Text(ctx, "figures.initiatives"), Href: href.Initiatives()},
		{Value: s.Citations, Label: words.Text(ctx, "figures.citations"), Href: href.Sources()},
		{Value: s.Links, Label: words.Text(ctx, "figures.links"), Href: href.Initiatives()},
		{Value: s.Unresolved, Label: words.Text(ctx, "figures.unresolved"), Href: href.Gaps() + "#unresolved"},
	}
}

// unverified tells whether any of the fields rests on an unverified fact. A
// field's name in facts may be singular or plural.
func unverified(facts []norms.FactRow, fields ...string) bool {
	return slices.ContainsFunc(facts, func(f norms.FactRow) bool {
		return f.Confidence == "unverified" && slices.Contains(fields, f.Field)
	})
}

func addressees(ctx context.Context, list []norms.Addressee) string {
	out := make([]string, len(list))
	for i, a := range list {
		out[i] = ui.Addressee(ctx, a)
	}
	return strings.Join(out, ", ")
}

// claimed are the contributor's links, which come before all others.
func claimed(links []norms.LinkRow) []norms.LinkRow { return links[:claims(links)] }

// beside are the links that stand beside the contributor's.
func beside(links []norms.LinkRow) []norms.LinkRow { return links[claims(links):] }

func claims(links []norms.LinkRow) int {
	n := 0
	for n < len(links) && links[n].Origin == "contributor" {
		n++
	}
	return n
}

// asserter names the organization that makes a third party's claim.
func asserter(l *norms.LinkRow) string { return titleOr(l.AsserterName, l.Asserter) }
