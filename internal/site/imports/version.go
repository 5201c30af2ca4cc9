package imports

import (
	"normmap/internal/anchor"
	"normmap/internal/contribution"
	"normmap/web/page"
)

// shownVersion is what becomes of what is recorded, as the page shows it.
func shownVersion(v *contribution.Version) *page.ReadVersion {
	if v == nil {
		return nil
	}
	out := &page.ReadVersion{Of: page.AlikeSource{Slug: v.Of, Title: v.Title, Share: v.Share}, Kept: v.Count(anchor.Kept)}
	for _, f := range v.References {
		if f.Found.How != anchor.Kept {
			out.Changed = append(out.Changed, page.FollowedPlace{Text: f.Text, Initiative: f.Initiative, InitiativeTitle: f.InitiativeTitle, How: string(f.Found.How), Was: f.Line, Now: f.Now})
		}
	}
	all := len(out.Changed)
	out.Changed = first(out.Changed)
	out.MoreChanged = all - len(out.Changed)
	for _, t := range first(v.Missing) {
		out.Missing = append(out.Missing, page.InitiativeName{Slug: t.Slug, Title: t.Title})
	}
	return out
}
