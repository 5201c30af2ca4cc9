package page

import (
	"context"
	"slices"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/ui"
	"normmap/web/words"
)

// GapList is what the page of gaps shows: all kinds, or the one in Show.
type GapList struct {
	norms.Gaps
	Show norms.GapSection
}

// Address is that of the page as filtered.
func (l GapList) Address() string { return gapsAt(l.Show) }

func gapsAt(show norms.GapSection) string { return href.With(href.Gaps(), "show", string(show)) }

// has tells whether a kind of gap is shown.
func (l GapList) has(s norms.GapSection) bool { return l.Show == "" || l.Show == s }

// none tells whether there is nothing of a kind to show, gap or not.
func (l GapList) none(s norms.GapSection) bool {
	return l.Totals[s] == 0 && (s != norms.GapAdherences || l.Standings[norms.SignedAndEvidenced] == 0)
}

// rows counts those of a kind that are here.
func (l GapList) rows(s norms.GapSection) int {
	switch s {
	case norms.GapPrinciples:
		return len(l.Principles)
	case norms.GapAdherences:
		return len(l.Adherences)
	case norms.GapAddressees:
		return len(l.Addressees)
	case norms.GapUnresolved:
		return len(l.Unresolved)
	case norms.GapContested:
		return len(l.Contested)
	case norms.GapReviewed:
		return len(l.Reviewed)
	case norms.GapPromises:
		return len(l.Promises)
	case norms.GapAddresses:
		return len(l.Addresses)
	}
	return 0
}

// listed counts the rows of a kind in all; a pair that is no gap has a row, too.
func (l GapList) listed(s norms.GapSection) int {
	if s == norms.GapAdherences {
		return l.Totals[s] + l.Standings[norms.SignedAndEvidenced]
	}
	return l.Totals[s]
}

// rest is where the rows of a kind are that are not here: on its own page, or
// on the next one of that.
func (l GapList) rest(s norms.GapSection) string {
	switch {
	case l.Show == s:
		return next(l.Address(), l.Next)
	case l.rows(s) < l.listed(s):
		return gapsAt(s) + "#" + string(s)
	}
	return ""
}

func (l GapList) figures(ctx context.Context) []ui.Figure {
	var out []ui.Figure
	for _, s := range norms.GapSections {
		if l.has(s) {
			out = append(out, ui.Figure{Value: l.Totals[s], Label: words.Of(ctx, "gaps.figures", s), Href: "#" + string(s)})
		}
	}
	return out
}

// standingWord says how a pair stands, in the relation's own word.
func standingWord(ctx context.Context, r norms.StandingRow) string {
	relation := ""
	if i := slices.IndexFunc(r.Relations, norms.AdherenceRelation.Commits); i >= 0 {
		relation = ui.AdherenceRelation(ctx, r.Relations[i])
	}
	switch r.Standing {
	case norms.SignedAndEvidenced:
		return words.Text(ctx, "gaps.standing.signed_and_evidenced", "Relation", relation)
	case norms.SignedNoneRecorded:
		return words.Text(ctx, "gaps.standing.signed_none_recorded", "Relation", relation)
	case norms.EvidencedNotSigned:
		return words.Text(ctx, "gaps.standing.evidenced_not_signed")
	}
	return string(r.Standing)
}

// otherRelations are those that are no word for standing by the agreement, or
// stand beside the first one that is.
func otherRelations(r norms.StandingRow) []norms.AdherenceRelation {
	i := slices.IndexFunc(r.Relations, norms.AdherenceRelation.Commits)
	if i < 0 {
		return r.Relations
	}
	return slices.Delete(slices.Clone(r.Relations), i, i+1)
}

// noAddress is the page of what has no address on the web.
func noAddress(n norms.NoAddress) string {
	if n.Kind == "source" {
		return href.Source(n.Slug)
	}
	return href.Initiative(n.Slug)
}
