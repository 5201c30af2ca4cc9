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

	Reviews []norms.CellReviewRow // that found nothing, whatever is shown
}

// Address is that of the page as filtered.
func (l GapList) Address() string { return gapsAt(l.Show) }

func gapsAt(show norms.GapSection) string { return href.With(href.Gaps(), "show", string(show)) }

// has tells whether a kind of gap is shown.
func (l GapList) has(s norms.GapSection) bool { return l.Show == "" || l.Show == s }

// reviewsOf counts the reviews that found nothing, by principle.
func (l GapList) reviewsOf() map[string]int {
	n := map[string]int{}
	for _, r := range l.Reviews {
		n[r.Principle]++
	}
	return n
}

// addressedToOthers counts links and citations. One that may mean several
// principles is one citation.
func (l GapList) addressedToOthers() int {
	n, citations := 0, map[int64]bool{}
	for _, g := range l.Addressees {
		if g.Citation == 0 {
			n++
			continue
		}
		citations[g.Citation] = true
	}
	return n + len(citations)
}

// count is how many gaps of a kind there are.
func (l GapList) count(s norms.GapSection) int {
	switch s {
	case norms.GapPrinciples:
		return len(l.Principles)
	case norms.GapAdherences:
		return l.standing(norms.SignedNoneRecorded) + l.standing(norms.EvidencedNotSigned)
	case norms.GapAddressees:
		return l.addressedToOthers()
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

// standing counts the pairs of one standing.
func (l GapList) standing(s norms.Standing) int {
	n := 0
	for _, r := range l.Adherences {
		if r.Standing == s {
			n++
		}
	}
	return n
}

func (l GapList) figures(ctx context.Context) []ui.Figure {
	var out []ui.Figure
	for _, s := range norms.GapSections {
		if l.has(s) {
			out = append(out, ui.Figure{Value: l.count(s), Label: words.Of(ctx, "gaps.figures", s), Href: "#" + string(s)})
		}
	}
	return out
}

// withoutDate counts promises for which no date is recorded.
func (l GapList) withoutDate() int {
	n := 0
	for _, p := range l.Promises {
		if p.DueOn == "" {
			n++
		}
	}
	return n
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
