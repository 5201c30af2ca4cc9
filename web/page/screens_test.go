package page_test

import (
	"github.com/a-h/templ"

	"normmap/internal/norms"
	"normmap/web/page"
	"normmap/web/ui"
)

// screen is a browse page with nothing and with everything to show.
type screen struct {
	path        string
	empty, full func(ui.Frame) templ.Component
}

func of[T any](show func(ui.Frame, T) templ.Component, full T) (func(ui.Frame) templ.Component, func(ui.Frame) templ.Component) {
	var zero T
	return func(f ui.Frame) templ.Component { return modelled{show(f, zero), zero} },
		func(f ui.Frame) templ.Component { return modelled{show(f, full), full} }
}

func screens() map[string]screen {
	all := map[string]screen{}
	add := func(name, path string, empty, full func(ui.Frame) templ.Component) {
		all[name] = screen{path, empty, full}
	}
	e, f := of(page.Start, norms.Start{Stats: norms.Stats{Agreements: 5, Principles: 61, Initiatives: 17, Links: 34, Unresolved: 4},
		Agreements: []norms.AgreementRow{agreementRow(), agreementRow()}, Recent: []norms.ChangesetRow{changesetRow()}})
	add("start", "/", e, f)
	e, f = of(page.Agreements, list(agreementRow(), agreementRow()))
	add("agreements", "/agreements", e, f)
	e, f = of(page.Agreement, norms.Agreement{AgreementRow: agreementRow(), URL: "https://pariscall.international", Summary: nasty,
		Aliases: []string{"Appel de Paris", nasty}, Events: events(), Editions: editionRows(), Principles: principleRows(),
		Numberings: numberings(), Adherences: adherenceRows(), Collective: "cybersecurity-tech-accord", Facts: facts(), Elements: readingRows(), Statements: statementRows()})
	add("agreement", "/agreements/paris-call", e, f)
	e, f = of(page.Edition, norms.Edition{EditionRow: editionRows()[0], AgreementTitle: "Paris Call", Principles: principleRows(),
		Numberings: numberings(), Facts: facts()})
	add("edition", "/agreements/paris-call/editions/2018", e, f)
	e, f = of(page.Principle, norms.Principle{PrincipleRow: principleRows()[2], Applicability: nasty, Evidence: linkRows(), Possibly: citations(),
		Labels:   []norms.NumberingLabel{{Numbering: "text order", Label: "6"}, {Numbering: "site order", Label: "7", Unverified: true}},
		Previous: &norms.PrincipleNeighbor{Ref: "paris-call/5", Number: "5", Title: "Non-proliferation"},
		Next:     &norms.PrincipleNeighbor{Ref: "paris-call/7", Number: "7", Title: nasty}, Elsewhere: principleRows(), Facts: facts(),
		Alike: crosswalkRows(), CitedWith: cocitationRows(), Statements: statementRows(), Cells: cellNotes()})
	add("principle", "/agreements/paris-call/principles/6", e, f)
	e, f = of(page.Choose, page.Choice{Agreement: "manrs", Label: "1", Principles: principleRows()})
	add("choose", "/agreements/manrs/principles/1", e, f)
	e, f = of(page.Choose, page.Choice{Agreement: "un-norms", Label: "6", ByNumbering: true, Principles: principleRows()})
	add("choose by numbering", "/agreements/un-norms/principles/6", e, f)
	addElements(add)
	addSaid(add)
	addSearch(add)
	addLists(add)
	addRecord(add)
	addLinks(add)
	addProposals(add)
	addDesk(add)
	addWork(add)
	addImport(add)
	addTable(add)
	return all
}

func addLists(add func(name, path string, empty, full func(ui.Frame) templ.Component)) {
	organizations := []norms.OrganizationRow{{Slug: "microsoft", Name: "Microsoft " + nasty, Kind: "body", StakeholderGroup: "private_sector",
		AdherenceCount: 7, InitiativeCount: 17, Links: 34}}
	e, f := of(page.Organizations, page.OrganizationList{List: list(organizations...), Agreements: []norms.Choice{{Kind: "agreement", Slug: "paris-call", Title: nasty}},
		Filter: norms.OrganizationFilter{Q: nasty, StakeholderGroup: "private_sector", Agreement: "paris-call"}})
	add("organizations", "/organizations", e, f)
	e, f = of(page.Organization, norms.Organization{OrganizationRow: organizations[0], Agreement: "tech-accord", URL: "https://example.org",
		Summary: nasty, Adherences: adherenceRows(), Initiatives: initiativeRows(), Sources: []norms.SourceRow{sourceRow()}, Facts: facts(), Statements: statementRows(), Cells: cellNotes()})
	add("organization", "/organizations/microsoft", e, f)
	e, f = of(page.Initiatives, page.InitiativeList{List: list(initiativeRows()...), Agreements: []norms.Choice{{Kind: "agreement", Slug: "paris-call", Title: nasty}},
		Organizations: []norms.Choice{{Kind: "organization", Slug: "microsoft", Title: nasty}}, Filter: norms.InitiativeFilter{Q: nasty, Status: "ongoing", Principle: "paris-call/1"}})
	add("initiatives", "/initiatives", e, f)
	e, f = of(page.Initiative, initiative())
	add("initiative", "/initiatives/cvd", e, f)
	e, f = of(page.Sources, page.SourceList{List: list(sourceRow()), Filter: norms.SourceFilter{Kind: "contribution", Q: nasty}})
	add("sources", "/sources", e, f)
	e, f = of(page.Source, norms.Source{SourceRow: sourceRow(), RetrievedOn: "2026", ArchiveURL: "https://archive.example/x", Language: "en-GB", Note: nasty,
		SHA256: "f9facc0529999f02f9facc0529999f02f9facc0529999f02f9facc0529999f02", Lines: lines(), Adherences: adherenceRows(),
		Facts: facts(), Initiatives: initiativeRows(), Statements: statementRows()})
	add("source", "/sources/microsoft-bpf-2019", e, f)
}

func addRecord(add func(name, path string, empty, full func(ui.Frame) templ.Component)) {
	e, f := of(page.Gaps, page.GapList{Gaps: gaps()})
	add("gaps", "/gaps", e, f)
	e, f = of(page.Gaps, page.GapList{Gaps: gaps(), Show: "promises"})
	add("one kind of gap", "/gaps", e, f)
	e, f = of(page.Coverage, coverage("organization"))
	add("coverage", "/coverage", e, f)
	e, f = of(page.Coverage, coverage("stakeholder_group"))
	add("coverage by group", "/coverage", e, f)
	e, f = of(page.Coverage, foldedCoverage("organization"))
	add("coverage of very many principles", "/coverage", e, f)
	e, f = of(page.Coverage, foldedCoverage("stakeholder_group"))
	add("coverage of very many principles by group", "/coverage", e, f)
	addChanges(add)
	e, f = of(changesetPage, leaving{norms.Changeset{ChangesetRow: changesetRow(), Changes: changes(), More: 3}, []norms.Thing{changes()[0].Thing}})
	add("changeset", "/changesets/42", e, f)
	e, f = of(page.History, page.ThingHistory{Address: "/initiatives/cvd/history", History: norms.History{Thing: norms.Thing{Kind: "initiative", Name: "Disclosure " + nasty, Key: "cvd"},
		Total: 2, Entries: []norms.HistoryEntry{{Changeset: changesetRow(), Rows: 99, Changes: changes()}}, Next: new("abc=")}})
	add("history", "/initiatives/cvd/history", e, f)
	e, f = of(page.Error, failure())
	add("error", "/nowhere", e, f)
	add("method", "/method", page.Method, page.Method)
	e, f = of(page.Data, page.Downloads{Citation: "Norms, revision 12 " + nasty, Written: changesetRow().At, Sets: []norms.Dataset{dataset()}})
	add("data", "/data", e, f)
	e, f = of(page.Dataset, dataset())
	add("dataset", "/data/links", e, f)
}

// leaving is a changeset with what it left alone.
type leaving struct {
	set  norms.Changeset
	left []norms.Thing
}

func changesetPage(f ui.Frame, m leaving) templ.Component { return page.Changeset(f, m.set, m.left, 2) }

func dataset() norms.Dataset {
	return norms.Dataset{Name: "links", Title: "Links " + nasty, Description: "Who claims what.", Rows: 12345, Key: []string{"source", "name"}, Columns: []norms.Column{
		{Name: "initiative", Kind: norms.TextColumn, Description: "The initiative. " + nasty, Refers: "initiatives2.initiative", From: "link.initiative_id"},
		{Name: "relation", Kind: norms.TextColumn, Description: "supports, contrary …", Values: []string{"supports", "contrary"}},
	}}
}

func addChanges(add func(name, path string, empty, full func(ui.Frame) templ.Component)) {
	about := &norms.Thing{Kind: "agreement", ID: 1, Name: "Paris Call " + nasty, Key: "paris-call"}
	span := norms.Span{Since: 12, Until: 1234}
	different := norms.Difference{List: list(changes()...), Span: span,
		Kinds: []norms.KindDifference{{Kind: "initiative", Changed: 1}, {Kind: "link", Added: 1200, Withdrawn: 1}}}
	choices := []norms.Choice{{Kind: "agreement", Slug: "paris-call", Title: nasty}, {Kind: "organization", Slug: "microsoft", Title: nasty}}
	filter := norms.ChangeFilter{Thing: "initiative/cvd", Kind: "link", By: nasty, Since: "12", Until: "2026-11-22"}
	e, f := of(page.Changes, page.ChangeList{ChangeList: norms.ChangeList{List: list(changesetRow(), changesetRow()), Span: &span, Thing: about},
		Filter: filter, Difference: &different, Kinds: []string{"link", "agreement_event"}, Things: choices})
	add("changes", "/changes", e, f)
	e, f = of(page.Differences, page.Difference{Difference: different, Filter: filter, Thing: about})
	add("difference", "/changes", e, f)
	e, f = of(page.Happened, page.Happenings{Filter: norms.HappeningFilter{Since: "2019", Agreement: "paris-call"}, Agreements: choices,
		Items: []norms.Happening{{Agreement: "paris-call", AgreementTitle: "Paris Call " + nasty, EventRow: events()[0]}}})
	add("happened", "/changes", e, f)
}

func events() []norms.EventRow {
	return []norms.EventRow{{Kind: "adherents_counted", On: "2018-11", Title: "Supporters counted " + nasty, Count: new(1200), Source: "french-ministry-paris-call", Confidence: "unverified"},
		{Kind: "launched", On: "2018-11-12", Title: "Opened in Paris", Note: nasty}}
}

func editionRows() []norms.EditionRow {
	return []norms.EditionRow{{Agreement: "paris-call", Slug: "2018", Title: "Paris Call " + nasty, Programme: "IXPs", Noun: "principle",
		PublishedOn: "2018-11-12", Current: true, URL: "https://pariscall.international", Summary: nasty, PrincipleCount: 9, WithEvidence: 7},
		{Agreement: "paris-call", Slug: "2017", Title: "Draft", Noun: "principle"}}
}

func numberings() []norms.NumberingRow {
	return []norms.NumberingRow{
		{Slug: "site", Title: "Site order", Basis: "printed", From: "2019-10-24", To: "2019-11-08", Note: nasty,
			Labels: []norms.NumberingLabel{{Label: "1", Principle: "paris-call/3"}}},
		{Slug: "text", Title: "Text order", Basis: "by_order"},
	}
}
