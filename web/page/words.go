package page

import (
	"context"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/ui"
	"normmap/web/words"
)

// side says from which end a link is looked at.
type side int

const (
	forPrinciple  side = iota // on a principle's page: the initiative is shown
	forInitiative             // on an initiative's page: the principle is shown
)

func (s side) heading(ctx context.Context) string {
	if s == forPrinciple {
		return words.Text(ctx, "common.initiative")
	}
	return words.Text(ctx, "column.principle")
}

func (s side) name(l *norms.LinkRow) string {
	if s == forPrinciple {
		return l.InitiativeTitle
	}
	return l.PrincipleName
}

func (s side) address(l *norms.LinkRow) string {
	if s == forPrinciple {
		return href.Initiative(l.Initiative)
	}
	return href.Principle(l.Principle)
}

// linksWord says how many contributor's links are on record; nought is none
// recorded, which is not the same as not done.
func linksWord(ctx context.Context, n int) string {
	if n == 0 {
		return words.Text(ctx, "record.none_recorded")
	}
	return words.Count(ctx, "links.n", n)
}

// recordedWord is linksWord as a sentence of its own.
func recordedWord(ctx context.Context, n int) string {
	if n == 0 {
		return words.Text(ctx, "record.none_recorded")
	}
	return words.Count(ctx, "links.recorded", n)
}

func possiblyWord(ctx context.Context, p norms.PrincipleRow) string {
	if p.PossiblyCited == 0 {
		return ""
	}
	return words.Text(ctx, "record.possibly_too")
}

func validity(ctx context.Context, n norms.NumberingRow) string {
	switch {
	case n.From == "" && n.To == "":
		return words.Text(ctx, "record.valid.undated")
	case n.To == "":
		return words.Text(ctx, "record.valid.from", "From", ui.DateWords(ctx, n.From))
	case n.From == "":
		return words.Text(ctx, "record.valid.until", "To", ui.DateWords(ctx, n.To))
	}
	return words.Text(ctx, "record.valid.from_until", "From", ui.DateWords(ctx, n.From), "To", ui.DateWords(ctx, n.To))
}

func sectionTitle(ctx context.Context, n norms.Noun) string { return words.Capital(ui.Nouns(ctx, n)) }

func titleOr(title, slug string) string {
	if title == "" {
		return slug
	}
	return title
}

// linePlace says where in its source a line of citations stands, "" where that is
// not recorded. A line number is one of the text to which the source's link leads.
func linePlace(ctx context.Context, l norms.CitationLine) string {
	if l.Left() {
		return words.Text(ctx, "citations.line_left")
	}
	if l.Reworded && l.Place != "" {
		return words.Text(ctx, "citations.line_reworded", "Place", l.Place)
	}
	return l.Place
}

// decisionWord says who decided about a citation and why, or by which
// numbering the rule did.
func decisionWord(ctx context.Context, c norms.CitationRow) string {
	switch {
	case c.DecidedBy == "" && c.Resolution == norms.Resolved:
		return ruleWord(ctx, c)
	case c.DecidedBy == "":
		return c.Note
	case c.Note == "":
		return words.Text(ctx, "citations.decided", "Name", c.DecidedBy)
	}
	return words.Text(ctx, "citations.decided_note", "Name", c.DecidedBy, "Note", c.Note)
}

func ruleWord(ctx context.Context, c norms.CitationRow) string {
	for _, k := range c.Candidates {
		if k.Principle == c.Principle && k.Reason != "" {
			return words.Text(ctx, "citations.by_rule", "Reason", k.Reason)
		}
	}
	return c.Note
}

// candidateWord gives the reason of a candidate, after its ref where a title
// stands in front.
func candidateWord(c norms.Candidate) string {
	if c.Title == "" {
		return c.Reason
	}
	return c.Principle + " · " + c.Reason
}

func agreementFigures(ctx context.Context, a norms.Agreement) []ui.Figure {
	return []ui.Figure{
		{Value: a.PrincipleCount, Label: words.Text(ctx, "figures.principles"), Href: "#principles"},
		{Value: a.WithEvidence, Label: words.Text(ctx, "figures.with_links_recorded"), Href: "#principles"},
		{Value: a.Links, Label: words.Text(ctx, "figures.links"), Href: href.With(href.Initiatives(), "agreement", a.Slug)},
		{Value: a.Unresolved, Label: words.Text(ctx, "figures.unresolved_citations"), Href: href.Gaps() + "#unresolved"},
		{Value: a.AdherenceCount, Label: words.Text(ctx, "figures.adherences"), Href: "#adherences"},
	}
}

func principleFigures(ctx context.Context, p norms.PrincipleRow) []ui.Figure {
	return []ui.Figure{
		{Value: p.Links, Label: words.Text(ctx, "figures.contributors_links"), Href: "#evidence"},
		{Value: p.CuratorLinks, Label: words.Text(ctx, "figures.by_curators"), Href: "#beside"},
		{Value: p.ThirdPartyLinks, Label: words.Text(ctx, "figures.by_third_parties"), Href: "#beside"},
	}
}

func organizationFigures(ctx context.Context, o norms.Organization) []ui.Figure {
	return []ui.Figure{
		{Value: o.AdherenceCount, Label: words.Text(ctx, "figures.adherences"), Href: "#adherences"},
		{Value: o.InitiativeCount, Label: words.Text(ctx, "figures.initiatives"), Href: "#initiatives"},
		{Value: o.Links, Label: words.Text(ctx, "figures.links"), Href: href.With(href.Initiatives(), "organization", o.Slug)},
	}
}

func initiativeFigures(ctx context.Context, i norms.Initiative) []ui.Figure {
	return []ui.Figure{
		{Value: i.Links, Label: words.Text(ctx, "figures.contributor_links"), Href: "#evidence"},
		{Value: len(beside(i.Evidence)), Label: words.Text(ctx, "figures.by_others"), Href: "#beside"},
		{Value: i.Unresolved, Label: words.Text(ctx, "figures.unresolved_citations"), Href: "#printed"},
	}
}

func sourceFigures(ctx context.Context, s norms.Source) []ui.Figure {
	return []ui.Figure{
		{Value: s.InitiativeCount, Label: words.Text(ctx, "figures.initiatives"), Href: "#initiatives"},
		{Value: s.ReferenceCount, Label: words.Text(ctx, "figures.references"), Href: "#lines"},
		{Value: s.CitationCount, Label: words.Text(ctx, "figures.citations"), Href: "#lines"},
		{Value: s.FactCount, Label: words.Text(ctx, "figures.facts_rest_on_it"), Href: factsAnchor(s.Facts)},
	}
}

// factsAnchor leads to the facts of a page; without any it has no such part.
func factsAnchor(facts []norms.FactRow) string {
	if len(facts) == 0 {
		return ""
	}
	return "#facts"
}

func actionTone(action string) string {
	if action == "withdrawn" {
		return "warn"
	}
	return ""
}

// factsWord counts facts and, of these, the unverified ones.
func factsWord(ctx context.Context, rows []norms.FactRow) string {
	n := 0
	for _, r := range rows {
		if r.Confidence == "unverified" {
			n++
		}
	}
	if n == 0 {
		return words.Count(ctx, "record.facts", len(rows))
	}
	return words.Count(ctx, "record.facts_unverified", len(rows), "Unverified", words.Number(n))
}
