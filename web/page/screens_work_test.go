package page_test

import (
	"github.com/a-h/templ"

	"normmap/internal/norms"
	"normmap/web/page"
	"normmap/web/ui"
)

// addWork adds the pages for work on many things at once.
func addWork(add func(name, path string, empty, full func(ui.Frame) templ.Component)) {
	e, f := of(page.GridPage, grid())
	add("grid", "/agreements/paris-call/grid", e, f)
	add("batch", "/batch", func(f ui.Frame) templ.Component { return page.BatchPage(f, page.Batch{Kind: "link"}) },
		func(f ui.Frame) templ.Component { return modelled{page.BatchPage(f, batch()), batch()} })
	e, f = of(page.Revert, page.RevertForm{Changeset: norms.Changeset{ChangesetRow: changesetRow()}, Action: "/changesets/42/revert", Cancel: "/changesets/42",
		Outcome: norms.Outcome{Changes: changes(), LeftAlone: []norms.Thing{changes()[0].Thing, {Kind: "link", ID: 7, Name: nasty, Key: "7"}}}})
	add("revert", "/changesets/42/revert", e, f)
}

func grid() page.Grid {
	cell := func(p int64) page.GridCell { return page.GridCell{Initiative: 1, Principle: p} }
	return page.Grid{
		Grid: norms.Grid{
			Principles: []norms.GridPrinciple{{ID: 1, Ref: "paris-call/1", Name: "Paris Call principle 1", Number: "1", Title: nasty, AgreementTitle: "Paris Call"},
				{ID: 2, Ref: "paris-call/2", Name: "Paris Call principle 2", Number: "2", Title: "Elections"},
				{ID: 3, Ref: "paris-call/3", Name: "Paris Call principle 3", Number: "3", Title: "Public core"},
				{ID: 4, Ref: "paris-call/4", Name: "Paris Call principle 4", Number: "4", Title: "Property"}},
			Initiatives: []norms.GridInitiative{{ID: 1, Slug: "cvd", Title: nasty, OrganizationName: nasty}},
			Marks:       []norms.GridMark{{InitiativeID: 1, PrincipleID: 1, Origin: "curator", Relation: "supports", ID: 3, Version: 4}},
			Total:       1300, Next: new("next"), Choices: []norms.Choice{{Kind: "heading", Slug: nasty, Title: nasty}},
		},
		Filter: norms.GridFilter{Agreement: "paris-call", Heading: nasty},
		Cells: map[page.GridCell]page.GridState{
			cell(1): {Link: norms.GridMark{ID: 3, Version: 4}, Staged: true, Changed: true},
			cell(2): {Own: norms.GridMark{ID: 4, Citation: 5}, Possibly: 6},
			cell(3): {Other: norms.GridMark{ID: 8}, Wrong: true},
			cell(4): {Third: true, Possibly: 6},
		},
		Done: []page.GridStep{{Cell: cell(1), Initiative: nasty, Principle: "Paris Call principle 1", Added: true, By: nasty},
			{Cell: cell(2), Initiative: nasty, Principle: "Paris Call principle 2", Added: true}, {Cell: cell(3), Initiative: nasty, Principle: "Paris Call principle 3"}},
		Steps: []page.GridStep{{Cell: cell(1), Initiative: nasty, Principle: "Paris Call principle 1", Changed: true},
			{Cell: cell(4), Initiative: nasty, Principle: "Paris Call principle 4", Added: true, Problem: nasty}},
		Rationale: nasty, Reason: nasty, Action: "/agreements/paris-call/grid", Cancel: "/agreements/paris-call", Answer: true,
	}
}

func batch() page.Batch {
	return page.Batch{Kind: "initiative", From: "/initiatives", Missing: 2, Previewed: true, Reason: nasty,
		Items: []page.BatchItem{{Value: "cvd@4", Name: nasty, Href: "/initiatives/cvd", Changed: true, Outcome: norms.Outcome{Changes: changes()}},
			{Value: "x@4", Name: "X", Href: "/initiatives/x", Outcome: norms.Outcome{Problem: &norms.Error{Message: nasty}}},
			{Value: "y@4", Name: "Y", Href: "/initiatives/y"}},
		Controls: []page.Control{{Shape: page.Menu, Field: ui.Field{Name: "action", Label: "What to do", Options: []ui.Option{{Value: "status", Label: nasty}}}}}}
}
