package page_test

import (
	"github.com/a-h/templ"

	"normmap/internal/norms"
	"normmap/web/page"
	"normmap/web/ui"
)

// addImport adds the form by which contributions are sent in.
func addImport(add func(name, path string, empty, full func(ui.Frame) templ.Component)) {
	known, held := sourceRow(), sourceRow()
	held.TextHeld = true
	read := page.ReadDocument{Title: nasty, Organization: "microsoft", OrganizationName: nasty, Dated: "2019-09-20", Language: "en", Known: &known,
		Initiatives: []page.ReadInitiative{{Title: nasty, Line: 1300, Status: "planned", DueOn: "2030",
			Cites: []page.ReadCited{{Text: nasty, Line: 1301, Numbers: []page.ReadNumber{{Label: "1", Resolution: norms.Resolved, Candidates: []string{"paris-call/1"}},
				{Label: "5", Resolution: norms.Ambiguous, Candidates: []string{"gcsc/5", "gcsc/6"}}}}},
			Parts: []page.ReadInitiative{{Title: nasty, Line: 1302, Status: "ongoing"}}}},
		Problems: []page.ReadPlace{{Line: 7, Text: nasty, What: nasty}}, Left: []page.ReadPlace{{Line: 8, Text: nasty, What: nasty}},
		MoreInitiatives: 3, MoreProblems: 1}
	form := page.Import{Organization: page.Control{Shape: page.Menu, Field: ui.Field{Name: "organization", Label: nasty, Options: []ui.Option{{Value: "microsoft", Label: nasty}}}},
		Text: ui.Field{Name: "text", Label: nasty, Value: nasty}, File: page.Control{Field: ui.Field{Name: "file", Label: nasty, Hint: nasty}}}
	full := form
	full.Read, full.Problems = &read, []norms.Problem{{Field: "file", Message: nasty}}
	e := func(f ui.Frame) templ.Component { return modelled{page.ImportForm(f, form), form} }
	_, f := of(page.ImportForm, full)
	add("import", "/import", e, f)
	version := form
	version.Replaces = &page.Control{Shape: page.Menu, Field: ui.Field{Name: "replaces", Label: nasty, Options: []ui.Option{{Value: "letter", Label: nasty}}}}
	version.Read = &page.ReadDocument{Title: nasty, Organization: "microsoft", OrganizationName: nasty, Version: newVersion(nasty)}
	_, f = of(page.ImportForm, version)
	add("import of a new version", "/import", e, f)
	alike := form
	alike.Read = &page.ReadDocument{Title: nasty, Organization: "microsoft", OrganizationName: nasty, Alike: []page.AlikeSource{{Slug: "letter", Title: nasty, Share: 93}, {Slug: "report", Title: nasty, Share: 61, Others: true}}}
	_, f = of(page.ImportForm, alike)
	add("import of what looks like a new version", "/import", e, f)
	asked := form
	asked.Sent, asked.SentName, asked.Problems = 7, nasty, []norms.Problem{{Field: "replaces", Message: nasty}}
	asked.Asked = &ui.Field{Name: "replaces", Label: nasty, Hint: nasty, Problem: nasty, Required: true, Options: []ui.Option{{Value: "letter", Label: nasty, Hint: nasty}, {Value: "of_its_own", Label: nasty}}}
	_, f = of(page.ImportForm, asked)
	add("import of what may be a new version", "/import", e, f)
	old := form
	old.Settled = &page.SettledImport{Source: "letter", Earlier: true}
	old.Read = &page.ReadDocument{Title: nasty, Organization: "microsoft", OrganizationName: nasty, Earlier: &page.AlikeSource{Slug: "letter", Title: nasty}}
	_, f = of(page.ImportForm, old)
	add("import of an earlier version", "/import", e, f)
	edited := form
	edited.Read = &page.ReadDocument{Title: nasty, Organization: "microsoft", OrganizationName: nasty, Dossier: &page.ReadDossier{Revision: 12, More: 3, Changes: []page.DossierChange{
		{Did: "changed_initiative", Title: nasty, Line: 12, Initiative: "watch", Fields: []norms.Changed{{Field: "title", Before: nasty, After: nasty}}},
		{Did: "withdrawn_citation_line", Title: nasty, Cites: []string{nasty}, Drops: []string{nasty}}}}}
	_, f = of(page.ImportForm, edited)
	add("import of an edited dossier", "/import", e, f)
	same := form
	same.Settled = &page.SettledImport{Dossier: 12}
	_, f = of(page.ImportForm, same)
	add("import of a dossier as it is", "/import", e, f)
	settled, other := form, form
	settled.Settled, other.Settled = &page.SettledImport{Source: "microsoft-bpf-2019"}, &page.SettledImport{Proposal: 7, Left: read.Left}
	_, f = of(page.ImportForm, settled)
	add("import of what is recorded", "/import", e, f)
	readHeld := form
	readHeld.Read = &page.ReadDocument{Known: &held}
	other.Read = readHeld.Read
	_, f = of(page.ImportForm, other)
	add("import of what waits", "/import", e, f)
}

// goneVersion is what was found to be gone when a document was sent in.
func goneVersion(nasty string) *norms.NewVersion {
	return &norms.NewVersion{Source: "letter", SourceTitle: nasty, Over: true, Missing: newVersion(nasty).Missing, Found: []norms.TextProblem{{Kind: norms.NoLongerThere, Text: nasty, Message: nasty}}}
}

// newVersion is what becomes of what is recorded, in every way.
func newVersion(nasty string) *norms.NewVersion {
	out := &norms.NewVersion{Source: "letter", SourceTitle: nasty, Share: 93, Kept: 12, More: 2, Missing: []norms.Choice{{Kind: "initiative", Slug: "watch", Title: nasty}}}
	for _, how := range []string{"gone", "reworded", "moved", "again"} {
		out.Others = append(out.Others, norms.FollowedWords{Text: nasty, Initiative: "watch", InitiativeTitle: nasty, How: how, Was: 3, Now: 7})
	}
	return out
}
