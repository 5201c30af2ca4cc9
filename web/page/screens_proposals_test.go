package page_test

import (
	"net/url"
	"time"

	"github.com/a-h/templ"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/page"
	"normmap/web/ui"
)

func proposalRow() norms.ProposalRow {
	return norms.ProposalRow{ID: 12, Reason: "As printed " + nasty, State: "open", MadeFrom: "batch", ProposerID: 3, Proposer: "Grace Hopper",
		MadeAt: time.Date(2026, 11, 22, 15, 4, 0, 0, time.UTC), AdoptOn: "2026-12-01", AdoptionBy: "Ada Lovelace", Edits: 6, Undecided: 4, Ready: 1, Rejected: 1,
		Objections: 1, Version: 4}
}

// proposedEdits are edits in every state.
func proposedEdits() []norms.ProposedEdit {
	at := time.Date(2026, 11, 22, 16, 0, 0, 0, time.UTC)
	changed := []norms.Change{{Thing: norms.Thing{Kind: "initiative", ID: 4, Name: "Disclosure " + nasty, Key: "cvd"}, Action: "changed",
		Fields: []norms.Changed{{Field: "title", Before: "Before", After: "Afterwards"}, {Field: "status", Before: "planned", After: "ongoing"}}}}
	passages := []norms.Passage{{Source: "letter", Title: "The letter", Place: "page 3", Before: "(see ", Text: nasty, After: ")"}, {Source: "letter", Title: "The letter"}}
	var out []norms.ProposedEdit
	for i, s := range norms.EditStates {
		e := norms.ProposedEdit{Position: i + 1, Version: 2, Proposed: norms.WithdrawLink{ID: 1, Version: 2}, Base: changed, Now: changed, State: s, Decision: norms.Undecided}
		e.Edit, e.Rebased = e.Proposed, e.Proposed
		switch s {
		case norms.EditReady:
			e.Passages, e.Decision, e.DecidedBy, e.DecidedAt, e.Note = passages, norms.Corrected, "Ada Lovelace", &at, nasty
			added, left := changed[0], changed[0]
			added.Action, left.Action = "added", "withdrawn"
			e.Corrections = []norms.Change{changed[0], added, left}
		case norms.EditChanged:
			e.Clashes = norms.Clashes([]norms.Change{}, changed)
			e.Proposed = norms.PutCellReview{Principle: "paris-call/4", Organization: "microsoft"} // what somebody says by name
		case norms.EditDone:
			e.Now, e.Base = nil, nil
			e.Decision, e.DecidedBy, e.Code, e.Note = norms.Rejected, "Ada Lovelace", "too_vague", nasty
		case norms.EditBroken:
			e.Problem = norms.Field("principle", "%s", nasty)
		case norms.EditApplied:
			e.Changeset = 42
		}
		out = append(out, e)
	}
	return out
}

func reviewed() norms.Proposal {
	at := time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)
	return norms.Proposal{ProposalRow: proposalRow(), List: proposedEdits(), Comments: []norms.Comment{{By: "Ada Lovelace", Text: nasty, At: at}, {Text: nasty, At: at}},
		Objecting: []norms.Objection{{ID: 1, By: "Olga", Reason: nasty, At: at}, {ID: 2, By: "Olga", Reason: nasty, At: at, RulingBy: "Ada Lovelace", Ruling: nasty, RulingAt: &at}},
		Approved:  []norms.Approval{{Changeset: 42, Reviewer: "Ada Lovelace", Hash: "f9facc05", At: at}, {Changeset: 43, BySilence: true, Hash: "f9facc05", At: at}}}
}

func addProposals(add func(name, path string, empty, full func(ui.Frame) templ.Component)) {
	e, f := of(page.Proposals, page.ProposalList{List: list(proposalRow()), State: "open", Of: "mine"})
	add("proposals", "/proposals", e, f)
	reviewer := account.Actor{ID: 7, Name: "Ada Lovelace", Role: account.Reviewer}
	m := page.Review{Proposal: reviewed(), Actor: reviewer, Typed: url.Values{"code_2": {""}}}
	e, f = of(page.Proposal, m)
	add("proposal for a reviewer", "/proposals/12", e, f)
	m.Typed, m.Undecided, m.Ready, m.Objections = nil, 0, 0, 0
	e, f = of(page.Proposal, m)
	add("proposal of which nothing is left", "/proposals/12", e, f)
	m.Applied, m.List = 1, nil
	e, f = of(page.Proposal, m)
	add("proposal that was applied in part", "/proposals/12", e, f)
	m.Proposal, m.Actor.ID = reviewed(), 3
	e, f = of(page.Proposal, m)
	add("own proposal", "/proposals/12", e, f)
	e, f = of(page.CorrectEdit, page.ProposalEditForm{Heading: "⟦Correct⟧", Lead: "⟦Lead⟧", Save: "⟦Save⟧", Edit: proposedEdits()[1], Action: "/proposals/12/edits/2",
		Cites: "/proposals/12/edits/2/regroup"})
	add("correction", "/proposals/12/edits/2", e, f)
}
