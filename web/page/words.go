package page

import (
	"context"
	"strings"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/ui"
)

// side says from which end a link is looked at.
type side int

const (
	forPrinciple  side = iota // on a principle's page: the initiative is shown
	forInitiative             // on an initiative's page: the principle is shown
)

func (s side) heading() string {
	if s == forPrinciple {
		return "Initiative"
	}
	return "Principle"
}

func (s side) name(l norms.LinkRow) string {
	if s == forPrinciple {
		return l.InitiativeTitle
	}
	return l.PrincipleName
}

func (s side) address(l norms.LinkRow) string {
	if s == forPrinciple {
		return href.Initiative(l.Initiative)
	}
	return href.Principle(l.Principle)
}

// linksWord says how many contributor's links are on record; nought is none
// recorded, which is not the same as not done.
func linksWord(n int) string {
	if n == 0 {
		return "none recorded"
	}
	return ui.Count(n, "link", "links")
}

// recordedWord is linksWord as a sentence of its own.
func recordedWord(n int) string {
	if n == 0 {
		return "none recorded"
	}
	return ui.Count(n, "link", "links") + " recorded"
}

func possiblyWord(p norms.PrincipleRow) string {
	if p.PossiblyCited == 0 {
		return ""
	}
	return ", possibly cited"
}

func validity(n norms.NumberingRow) string {
	switch {
	case n.From == "" && n.To == "":
		return "undated, so it counts at every date"
	case n.To == "":
		return "from " + ui.DateWords(n.From)
	case n.From == "":
		return "until " + ui.DateWords(n.To)
	}
	return ui.DateWords(n.From) + " to " + ui.DateWords(n.To)
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func sectionTitle(ctx context.Context, n norms.Noun) string { return capital(ui.Nouns(ctx, n)) }

func titleOr(title, slug string) string {
	if title == "" {
		return slug
	}
	return title
}

// actionWord says what a changeset did to one row.
func actionWord(action string) string { return capital(action) }

// decisionWord says who decided about a citation and why, or by which
// numbering the rule did.
func decisionWord(c norms.CitationRow) string {
	switch {
	case c.DecidedBy == "" && c.Resolution == norms.Resolved:
		return ruleWord(c)
	case c.DecidedBy == "":
		return c.Note
	case c.Note == "":
		return "decided by " + c.DecidedBy
	}
	return "decided by " + c.DecidedBy + ": " + c.Note
}

func ruleWord(c norms.CitationRow) string {
	for _, k := range c.Candidates {
		if k.Principle == c.Principle && k.Reason != "" {
			return "by rule: " + k.Reason
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

func agreementFigures(a norms.Agreement) []ui.Figure {
	return []ui.Figure{
		{Value: a.PrincipleCount, Label: "principles", Href: "#principles"},
		{Value: a.WithEvidence, Label: "with links recorded", Href: "#principles"},
		{Value: a.Links, Label: "links", Href: href.With(href.Initiatives(), "agreement", a.Slug)},
		{Value: a.Unresolved, Label: "unresolved citations", Href: href.Gaps() + "#unresolved"},
		{Value: a.AdherenceCount, Label: "adherences", Href: "#adherences"},
	}
}

func principleFigures(p norms.PrincipleRow) []ui.Figure {
	return []ui.Figure{
		{Value: p.Links, Label: "contributors' links", Href: "#evidence"},
		{Value: p.CuratorLinks, Label: "by curators", Href: "#beside"},
		{Value: p.ThirdPartyLinks, Label: "by third parties", Href: "#beside"},
	}
}

func organizationFigures(o norms.Organization) []ui.Figure {
	return []ui.Figure{
		{Value: o.AdherenceCount, Label: "adherences", Href: "#adherences"},
		{Value: o.InitiativeCount, Label: "initiatives", Href: "#initiatives"},
		{Value: o.Links, Label: "links", Href: href.With(href.Initiatives(), "organization", o.Slug)},
	}
}

func initiativeFigures(i norms.Initiative) []ui.Figure {
	return []ui.Figure{
		{Value: i.Links, Label: "contributor's links", Href: "#evidence"},
		{Value: len(beside(i.Evidence)), Label: "by others", Href: "#beside"},
		{Value: i.Unresolved, Label: "unresolved citations", Href: "#printed"},
	}
}

func sourceFigures(s norms.Source) []ui.Figure {
	return []ui.Figure{
		{Value: s.InitiativeCount, Label: "initiatives", Href: "#initiatives"},
		{Value: s.ReferenceCount, Label: "references", Href: "#lines"},
		{Value: s.CitationCount, Label: "citations", Href: "#lines"},
		{Value: s.FactCount, Label: "facts rest on it", Href: factsAnchor(s.Facts)},
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
func factsWord(rows []norms.FactRow) string {
	n := 0
	for _, r := range rows {
		if r.Confidence == "unverified" {
			n++
		}
	}
	word := ui.Count(len(rows), "fact", "facts")
	if n == 0 {
		return word
	}
	return word + ", " + ui.Number(n) + " of them unverified"
}
