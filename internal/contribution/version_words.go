package contribution

import (
	"fmt"
	"slices"
	"strings"

	"normmap/internal/anchor"
	"normmap/internal/norms"
)

// titled is a source by its title, for people, and its slug: documents of one title
// are many.
func titled(title, slug string) string { return fmt.Sprintf("“%s” (%s)", title, slug) }

// Sum is what became of the references of a version, in one sentence.
func (v Version) Sum() string {
	sum := fmt.Sprintf("%s, %d beside words that were changed, %d elsewhere, and %s whose words are no longer in the document",
		counted(v.Count(anchor.Kept), "reference stands as it did", "references stand as they did"),
		v.Count(anchor.Reworded), v.Count(anchor.Moved), counted(v.Count(anchor.Gone), "reference", "references"))
	if n := len(v.Again); n > 0 {
		sum += fmt.Sprintf("; %s there again that an earlier version had", counted(n, "reference is", "references are"))
	}
	return sum
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// Says is what became of a reference, for people; "" when it stands as it did.
func (f Followed) Says() string {
	switch f.Found.How {
	case anchor.Moved:
		return fmt.Sprintf("moved from line %d to line %d", f.Line, f.Now)
	case anchor.Reworded:
		return fmt.Sprintf("on line %d, beside words that were changed", f.Now)
	case anchor.Gone:
		return fmt.Sprintf("no longer there; on line %d of the earlier text", f.Line)
	case anchor.Kept:
	}
	return ""
}

// toldAtMost is how many references, and how many initiatives, a note names.
const toldAtMost = 20

// note tells those who review a new version what it does to what is recorded.
func (v Version) note() string {
	var b strings.Builder
	fmt.Fprintf(&b, "This is taken as a new version of %s, of whose words %d %% stand in it: %s.", titled(v.Title, v.Of), v.Share, v.Sum())
	told := 0
	for _, f := range v.References {
		if says := f.Says(); says != "" && told < toldAtMost {
			told++
			fmt.Fprintf(&b, " “%s” of “%s”: %s.", f.Text, f.InitiativeTitle, says)
		}
	}
	if n := len(v.References) - v.Count(anchor.Kept) - told; n > 0 {
		fmt.Fprintf(&b, " And %d more.", n)
	}
	for _, t := range v.Missing[:min(len(v.Missing), toldAtMost)] {
		fmt.Fprintf(&b, " It tells no more of “%s”.", t.Title)
	}
	if v.Left > 0 {
		fmt.Fprintf(&b, " What both texts say and nobody recorded is left as it is (%d).", v.Left)
	}
	return b.String()
}

// alikeNote tells those who review a document that it could be taken otherwise.
func (c Contribution) alikeNote() string {
	switch {
	case c.Unlooked && len(c.Alike) == 0:
		return "Whether the document is a new version of a recorded source could not be looked up when it was sent."
	case len(c.Alike) == 0:
		return ""
	case len(c.MayReplace()) == 0:
		return "About the document: " + c.Alike[0].Others() + "."
	}
	return "About the document: " + c.LooksLike() + ownDocumentSaid
}

// ownDocumentSaid is why it is proposed all the same, and what to do otherwise.
const ownDocumentSaid = ". It is proposed as a document of its own, because whoever sent it said that it is one. " +
	"If it is a new version after all, reject it and have it sent again as that: else what both say is recorded twice."

// Others says that words of another organization's source stand in the document.
func (a Alike) Others() string {
	return fmt.Sprintf("%d %% of the words of %s, a source of %s, stand in it", a.Share, titled(a.Title, a.Slug), a.Organization)
}

// noLonger is what the document does not say any more, as it is kept with its
// proposal: once it is published the texts are not compared again.
func (v Version) noLonger() []norms.TextProblem {
	var out []norms.TextProblem
	for _, f := range v.References {
		if f.Found.How == anchor.Gone && len(out) < toldOfProposal {
			out = append(out, norms.TextProblem{Kind: norms.NoLongerThere, Line: f.Line, Start: f.Start, End: f.End, Text: f.Text,
				Message: fmt.Sprintf("of “%s”: %s", f.InitiativeTitle, f.Says())})
		}
	}
	for _, t := range v.Missing[:min(len(v.Missing), toldOfProposal)] {
		out = append(out, norms.TextProblem{Kind: norms.NoLongerTold, Line: 1, Text: t.Slug, Message: fmt.Sprintf("it tells no more of “%s”", t.Title)})
	}
	if more := max(0, v.Count(anchor.Gone)-toldOfProposal) + max(0, len(v.Missing)-toldOfProposal); more > 0 {
		out = append(out, norms.TextProblem{Kind: norms.NoLongerThere, Line: 1, Text: "…", Message: fmt.Sprintf("and %d more, which are not listed here", more)})
	}
	return out
}

// Told is the version for people, with so many references at most that do not stand
// as they did. Those that are gone come first: somebody has to look for them.
func (v Version) Told(most int) *norms.NewVersion {
	out := &norms.NewVersion{Source: v.Of, SourceTitle: v.Title, Share: v.Share, Kept: v.Count(anchor.Kept), Missing: []norms.Choice{}, Found: []norms.TextProblem{}}
	for _, how := range []anchor.How{anchor.Gone, anchor.Reworded, anchor.Moved} {
		for _, f := range v.References {
			if f.Found.How == how {
				out.Others = append(out.Others, f.told(string(how)))
			}
		}
	}
	for _, f := range v.Again {
		out.Others = append(out.Others, f.told("again"))
	}
	out.More = max(0, len(out.Others)-most)
	out.Others = slices.Clip(out.Others[:len(out.Others)-out.More])
	for _, t := range v.Missing[:min(len(v.Missing), most)] {
		out.Missing = append(out.Missing, norms.Choice{Kind: "initiative", Slug: t.Slug, Title: t.Title})
	}
	return out
}

func (f Followed) told(how string) norms.FollowedWords {
	return norms.FollowedWords{Text: f.Text, Initiative: f.Initiative, InitiativeTitle: f.InitiativeTitle, How: how, Was: f.Line, Now: f.Now}
}
