package imports

import (
	"strings"

	"normmap/internal/contribution"
	"normmap/internal/dossier"
	"normmap/internal/norms"
	"normmap/web/page"
)

// shownDossier is what was changed in a dossier, as the page shows it.
func shownDossier(e *contribution.Edited) *page.ReadDossier {
	out := &page.ReadDossier{Revision: e.Revision}
	for _, c := range first(e.Changes) {
		out.Changes = append(out.Changes, shownChange(c))
	}
	out.More = len(e.Changes) - len(out.Changes)
	return out
}

func shownChange(c dossier.Change) page.DossierChange {
	out := page.DossierChange{Did: string(c.Action) + "_" + string(c.Subject), Title: c.Title, Line: c.At, Initiative: c.Initiative,
		Cites: labels(c.Cites), Drops: labels(c.Drops)}
	if strings.HasPrefix(c.Initiative, "new-") {
		out.Initiative = "" // it has no page yet
	}
	for _, f := range c.Fields {
		out.Fields = append(out.Fields, norms.Changed{Field: f.Name, Before: f.Before, After: f.After})
	}
	if c.Added != nil && c.Added.Summary != "" {
		out.Fields = append(out.Fields, norms.Changed{Field: "summary", After: c.Added.Summary})
	}
	if c.To != nil && c.To.Heading != "" {
		out.Fields = append(out.Fields, norms.Changed{Field: "heading", After: c.To.Heading})
	}
	return out
}

func labels(list []dossier.Citation) []string {
	var out []string
	for _, c := range list {
		out = append(out, c.Name+" "+c.Label)
	}
	return out
}
