package page_test

import (
	"time"

	"github.com/a-h/templ"

	"normmap/internal/norms"
	"normmap/web/page"
	"normmap/web/ui"
)

func cellNotes() norms.CellNotes {
	review := norms.CellReviewRow{ID: 1, Principle: "paris-call/4", PrincipleName: "Paris Call principle 4", PrincipleTitle: nasty, Organization: "microsoft",
		OrganizationName: "Microsoft " + nasty, ReviewedOn: "2026-11", Reviewer: "Ada Lovelace", Note: nasty, Version: 3}
	found := review
	found.ID, found.Links = 2, 4
	ruling := norms.RulingRow{ID: 1, Principle: "paris-call/4", PrincipleName: "Paris Call principle 4", PrincipleTitle: nasty, Organization: "microsoft",
		OrganizationName: "Microsoft", Outside: true, Rationale: nasty, Version: 3}
	inside := ruling
	inside.ID, inside.Outside = 2, false
	return norms.CellNotes{Reviews: []norms.CellReviewRow{review, found}, Rulings: []norms.RulingRow{ruling, inside}}
}

// assessedLink is a link with every sort of assessment.
func assessedLink() norms.AssessedLink {
	at := time.Date(2026, 11, 22, 15, 4, 0, 0, time.UTC)
	l := norms.AssessedLink{LinkRow: linkRows()[2], At: at, ClaimDigest: "bbd461affe58ef2921808ba911a09fc83df2c0004cb807ae72b932e28b0249a2"}
	l.Disagreed, l.Agreed, l.PartlyAgreed, l.Answered, l.Strength, l.Property = 1, 1, 1, 1, "direct", "example_of"
	l.References = []norms.ClaimReference{
		{Label: "5", Text: "GCSC norm 5", Source: "microsoft-bpf-2019", SourceTitle: "Microsoft's letter", Place: "page 3", Start: 12, End: 23, Prefix: "(", Suffix: ") " + nasty},
		{Label: "1", Text: nasty, Start: -1, End: -1}}
	disagrees := norms.AssessmentRow{ID: 1, Link: 3, Assessor: norms.ByCurator, Person: "Ada Lovelace", View: norms.Disagrees, Relation: "contrary", Strength: "partial",
		Rationale: nasty, At: at, Version: 9, Answer: &norms.AnswerRow{Organization: "microsoft", OrganizationName: "Microsoft", Text: nasty, At: at, Version: 8}}
	partly := disagrees
	partly.ID, partly.Assessor, partly.Person, partly.Organization, partly.OrganizationName, partly.View, partly.Answer = 2, norms.ByThirdParty, "", "watch", nasty, norms.Partly, nil
	agrees := partly
	agrees.ID, agrees.View, agrees.Relation, agrees.Strength = 3, norms.Agrees, "", ""
	l.Assessments = []norms.AssessmentRow{disagrees, partly, agrees}
	return l
}

// ownLink is a contributor's link of which the words are known.
func ownLink() norms.AssessedLink {
	l := assessedLink()
	l.LinkRow = linkRows()[0]
	return l
}

func dossier() norms.Dossier {
	l := assessedLink()
	own := norms.DossierLink{LinkRow: ownLink().LinkRow, DecidedBy: "Ada Lovelace", Note: nasty, Assessments: l.Assessments}
	bare := norms.DossierLink{LinkRow: l.LinkRow}
	row := norms.InitiativeRow{Slug: "cvd", Title: nasty, Organization: "watch", OrganizationName: nasty}
	return norms.Dossier{
		OrganizationRow: norms.OrganizationRow{Slug: "microsoft", Name: nasty, InitiativeCount: 2, Links: 3},
		Waiting: []norms.WaitingAssessment{{AssessmentRow: l.Assessments[1], Initiative: "cvd", InitiativeTitle: nasty, Principle: "paris-call/1",
			PrincipleName: "Paris Call principle 1", PrincipleTitle: nasty}},
		WaitingTotal: 31, Citations: []norms.CitationRow{{ID: 1, Label: "5", Resolution: "ambiguous", Reference: nasty, Name: nasty, Initiative: "cvd",
			InitiativeTitle: nasty, Candidates: []norms.Candidate{{Principle: "paris-call/1", Title: nasty, Reason: nasty}}}}, CitationTotal: 40,
		Contested: []norms.ContestedCell{{Principle: "paris-call/1", PrincipleName: "Paris Call principle 1", PrincipleTitle: nasty, Links: 3, Contested: 1}},
		Initiatives: norms.List[norms.DossierInitiative]{Total: 30, Next: new("next"), Items: []norms.DossierInitiative{
			{InitiativeRow: row, ReportedBy: "forum", ReportedByName: nasty, Claims: []norms.DossierLink{own, bare}},
			{InitiativeRow: norms.InitiativeRow{Slug: "x", Title: "X", Organization: "microsoft"}, ReportedBy: "microsoft"}}},
	}
}

func addLinks(add func(name, path string, empty, full func(ui.Frame) templ.Component)) {
	e, f := of(page.Link, assessedLink())
	add("link", "/links/5", e, f)
	e, f = of(page.Link, ownLink())
	add("own link", "/links/3", e, f)
	rows := append(linkRows(), assessedLink().LinkRow)
	e, f = of(page.Links, page.LinkList{List: list(rows...), Agreements: []norms.Choice{{Kind: "agreement", Slug: "paris-call", Title: nasty}},
		Organizations: []norms.Choice{{Kind: "organization", Slug: "microsoft", Title: nasty}},
		Filter:        norms.LinkFilter{Assessment: "disagrees", Principle: "paris-call/1", Initiative: "cvd", Origin: "contributor", Relation: "supports"}})
	add("links", "/links", e, f)
	e, f = of(page.Dossier, dossier())
	add("dossier", "/organizations/microsoft/dossier", e, f)
	notes := cellNotes()
	e, f = of(page.Cell, norms.Cell{Principle: principleRows()[0], Organization: norms.OrganizationRow{Slug: "microsoft", Name: nasty, StakeholderGroup: "private_sector"},
		Links: 3, Contested: 1, Review: &notes.Reviews[0], Ruling: &notes.Rulings[0]})
	add("cell", "/cells/edit", e, f)
}
