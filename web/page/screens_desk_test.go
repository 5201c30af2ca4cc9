package page_test

import (
	"net/url"

	"github.com/a-h/templ"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/page"
	"normmap/web/ui"
)

func deskPlace(n, place int) norms.DeskPlace {
	return norms.DeskPlace{EditSeen: norms.EditSeen{Position: n, Version: 1}, Place: place}
}

func deskInitiative(n int, parent norms.DeskInitiative) norms.DeskCard {
	put := norms.PutInitiative{Slug: "desk", Title: "A help desk " + nasty, Kind: "programme", Status: "planned", DueOn: "2030", StatusNote: "The document says “will”, line 3."}
	return norms.DeskCard{ProposedEdit: norms.ProposedEdit{Position: n, Version: 1, Edit: put, Proposed: put, State: norms.EditReady, Decision: norms.Undecided},
		Place: 0, Parent: parent, Before: norms.DeskInitiative{Slug: "before", Title: "Before", Position: 1},
		Lines: []norms.DeskPlace{deskPlace(n+1, 20)}, Along: []norms.DeskPlace{deskPlace(n+1, 20)}}
}

// deskLine cites a number of each resolution, some of them decided.
func deskLine(n int, decision norms.Verdict, state norms.EditState) norms.DeskCard {
	line := norms.PutCitationLine{Source: "letter", Initiative: "desk", Text: "(GCSC norm 5) " + nasty, References: []norms.Reference{{Text: "GCSC norm 5", Start: 20, End: 31}}}
	c := norms.DeskCard{ProposedEdit: norms.ProposedEdit{Position: n, Version: 2, Edit: line, Proposed: line, State: state, Decision: decision, DecidedBy: "Ada Lovelace"},
		Place: 20, Initiative: norms.DeskInitiative{Slug: "desk", Title: "A help desk", Position: 3}}
	candidates := []norms.Candidate{{Principle: "gcsc/5", Title: "States to create a VEP " + nasty, Reason: "Site order"}, {Principle: "gcsc/6", Title: "Lifecycle", Reason: "Text order"}}
	r := norms.DeskReference{Reference: line.References[0], Stands: true}
	for i, of := range norms.Resolutions {
		m := norms.DeskMeaning{Label: string(rune('1' + i)), Resolution: of, Candidates: candidates}
		r.Citations = append(r.Citations, m)
	}
	r.Citations = append(r.Citations,
		norms.DeskMeaning{Label: "8", Resolution: norms.Ambiguous, Decided: norms.LabelDecided{Reference: 1, Label: "8", Decision: "resolve", Principle: "gcsc/5", Note: nasty}},
		norms.DeskMeaning{Label: "9", Resolution: norms.Ambiguous, Decided: norms.LabelDecided{Reference: 1, Label: "9", Decision: "set_aside", Note: nasty}})
	r.Hint = &norms.QuoteHint{Principle: "gcsc/6", Title: "Lifecycle " + nasty, Kind: "paraphrased", Words: []norms.QuotedWord{{Text: "desk", Start: 2, End: 6}}}
	c.References = []norms.DeskReference{r}
	return c
}

func fullDesk() norms.Desk {
	row := proposalRow()
	row.MadeFrom = "import"
	d := norms.Desk{ProposalRow: row, Source: "letter", SourceTitle: "A letter " + nasty, Held: true, Start: 0, End: 60, Length: 120_000,
		Initiatives: []norms.DeskInitiative{{Slug: "desk", Title: "A help desk", Position: 3}}}
	source := norms.PutSource{Slug: "letter", Title: "A letter", Kind: "contribution", Publisher: nasty, PublishedOn: "2024-03-12", RetrievedOn: "2026-11-23", Language: "en", Exhaustiveness: "unknown"}
	d.Besides = []norms.DeskCard{{ProposedEdit: norms.ProposedEdit{Position: 1, Version: 1, Edit: source, Proposed: source, State: norms.EditReady, Decision: norms.Undecided}, Place: -1},
		{ProposedEdit: norms.ProposedEdit{Position: 2, Version: 1, Edit: norms.PutSourceText{Source: "letter"}, State: norms.EditApplied, Decision: norms.Accepted, DecidedBy: "Ada", Changeset: 42}, Place: -1}}
	first := norms.DeskPassage{Start: 0, End: 40, Text: "0123456789012345678901234567890123456789 " + nasty, Of: 3, Cards: []norms.DeskCard{deskInitiative(3, norms.DeskInitiative{})}}
	for i, v := range norms.Verdicts {
		first.Cards = append(first.Cards, deskLine(4+i, v, norms.EditReady))
		first.Marks = append(first.Marks, norms.DeskMark{Start: 20 + 3*i, End: 22 + 3*i, Edit: 4 + i, Decision: v, Unresolved: i == 3})
	}
	first.Cards = append(first.Cards, deskLine(8, norms.Accepted, norms.EditApplied))
	last := norms.DeskPassage{Start: 40, End: 60, Text: "More of it", Of: 3, Heading: true, Cards: []norms.DeskCard{deskInitiative(9, norms.DeskInitiative{Slug: "desk", Title: "A help desk", Position: 3})}}
	last.Cards = append(last.Cards, deskLine(10, norms.Undecided, norms.EditOut))
	last.Cards[1].Place = -1
	d.Passages = []norms.DeskPassage{first, last, {Start: 60, End: 80, Text: "Still more", Of: 3}}
	d.Waiting = []norms.DeskPlace{deskPlace(1, -1), deskPlace(3, 0), deskPlace(4, 20), deskPlace(9, 60_000)}
	return d
}

func addDesk(add func(name, path string, empty, full func(ui.Frame) templ.Component)) {
	reviewer := account.Actor{ID: 7, Name: "Ada Lovelace", Role: account.Reviewer}
	refused := page.Refusal{Problems: []norms.Problem{{Field: "code_4", Message: "choose one"}, {Field: "why_7_2", Message: "say why"}}}
	m := page.Desk{Desk: fullDesk(), Actor: reviewer, Refusal: refused, Typed: url.Values{"code_4": {""}, "why_7_2": {""}}}
	e, f := of(page.ReadingDesk, m)
	add("desk of a reviewer", "/proposals/12/text", e, f)
	m = page.Desk{Desk: fullDesk(), Actor: reviewer}
	m.Actor.ID, m.NewVersion = 3, newVersion(nasty)
	e, f = of(page.ReadingDesk, m)
	add("own desk", "/proposals/12/text", e, f)
	m.Actor.Role, m.NewVersion = account.Contributor, goneVersion(nasty)
	e, f = of(page.ReadingDesk, m)
	add("own desk of a contributor", "/proposals/12/text", e, f)
	into := page.Control{Shape: page.Menu, Field: ui.Field{Name: "into", Label: "⟦Into⟧", Options: []ui.Option{{Value: "desk", Label: "A help desk"}}}}
	line := func(name string) page.Control {
		return page.Control{Shape: page.Line, Field: ui.Field{Name: name, Label: "⟦" + name + "⟧"}}
	}
	e, f = of(page.Regroup, page.RegroupForm{Proposal: 12, Along: []norms.DeskCard{deskLine(5, norms.Accepted, norms.EditReady), deskInitiative(9, norms.DeskInitiative{})}, Edit: deskLine(4, norms.Undecided, norms.EditReady).ProposedEdit, Title: "A help desk " + nasty, Action: "/proposals/12/edits/4/regroup",
		Cancel: "/proposals/12/text", Into: into, Cites: []page.Control{line("labels_1")}, Split: []page.Control{line("new_title")}, Own: true})
	add("line of citations that is grouped otherwise", "/proposals/12/edits/4/regroup", e, f)
	e, f = of(page.Regroup, page.RegroupForm{Proposal: 12, Along: []norms.DeskCard{deskLine(5, norms.Accepted, norms.EditReady), deskInitiative(9, norms.DeskInitiative{})}, Edit: deskInitiative(3, norms.DeskInitiative{}).ProposedEdit, Title: "A help desk", Action: "/proposals/12/edits/3/regroup", Into: into})
	add("initiative that is merged", "/proposals/12/edits/3/regroup", e, f)
}
