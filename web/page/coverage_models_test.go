package page_test

import (
	"normmap/internal/norms"
	"normmap/web/page"
)

func gaps() norms.Gaps {
	standing := norms.StandingRow{Organization: "microsoft", OrganizationName: "Microsoft " + nasty, Agreement: "manrs", AgreementTitle: "MANRS",
		Standing: norms.SignedNoneRecorded, Relations: []norms.AdherenceRelation{"endorsed", "participant", "mentioned"}}
	both, unsigned := standing, standing
	both.Standing, both.Links, both.Initiatives, both.Agreement = norms.SignedAndEvidenced, 22, 13, "paris-call"
	unsigned.Standing, unsigned.Relations, unsigned.Links, unsigned.Agreement = norms.EvidencedNotSigned, []norms.AdherenceRelation{"contributed"}, 1, "gcsc"
	link := norms.AddresseeGap{Initiative: "cvd", InitiativeTitle: "Disclosure " + nasty, Organization: "microsoft", OrganizationName: "Microsoft",
		StakeholderGroup: "private_sector", Principle: "gcsc/5", PrincipleName: "GCSC norm 5", PrincipleTitle: nasty, Addressees: []norms.Addressee{"states"}, Link: 3}
	candidate := link
	candidate.Link, candidate.Citation, candidate.Reference, candidate.Reason = 0, 9, "GCSC norm 5", nasty
	promise := norms.Promise{Initiative: "cvd", Title: nasty, Organization: "microsoft", OrganizationName: "Microsoft", Status: "planned",
		StatusNote: nasty, DueOn: "2019", DatePassed: true, Source: "microsoft-bpf-2019", SourceTitle: "Microsoft's letter"}
	undated := promise
	undated.DueOn, undated.DatePassed, undated.Source = "", false, ""
	return norms.Gaps{Day: "2026-11-22", Principles: principleRows(), Adherences: []norms.StandingRow{standing, unsigned, both},
		Contested: linkRows(), Reviewed: cellNotes().Reviews,
		Addressees: []norms.AddresseeGap{link, candidate}, Unresolved: citations(), Promises: []norms.Promise{promise, undated},
		Addresses: []norms.NoAddress{{Kind: "initiative", Slug: "cvd", Title: nasty, By: "Microsoft", Source: "microsoft-bpf-2019"},
			{Kind: "source", Slug: "microsoft-bpf-2019", Title: "Microsoft's letter", By: ""}},
		Totals:    map[norms.GapSection]int{"principles": 40, "adherences": 2, "addressees": 2, "unresolved": 2, "contested": 1, "reviewed": 1, "promises": 2, "addresses": 2},
		Standings: map[norms.Standing]int{norms.SignedNoneRecorded: 1, norms.EvidencedNotSigned: 1, norms.SignedAndEvidenced: 1}, Undated: 1, Next: new("abc=")}
}

func coverage(by norms.CoverageBy) page.CoverageMatrix {
	cited, possibly := norms.Tally{Links: 10, Initiatives: 10}, norms.Tally{CuratorLinks: 2, ThirdPartyLinks: 1, PossiblyCited: 1}
	total := func(t norms.Tally, cited int) norms.CoverageTotal {
		all := norms.CoverageTotal{Tally: t}
		all.Count(norms.Cited, cited)
		for _, state := range norms.CellStates {
			all.Count(state, 1)
		}
		return all
	}
	row := norms.CoverageRow{Ref: "paris-call/1", Agreement: "paris-call", AgreementTitle: "Paris Call", Edition: "2018", EditionTitle: nasty, Current: true,
		Noun: "principle", Number: "1", Title: "Protect individuals " + nasty, CoverageTotal: total(cited, 1),
		Cells: []norms.CoverageCell{{State: norms.Cited, Tally: cited}, {State: norms.NotReviewed}}}
	open := row
	open.Ref, open.Number, open.CoverageTotal = "paris-call/4", "4", total(possibly, 0)
	open.Cells = []norms.CoverageCell{{State: norms.NotReviewed, Tally: possibly}, {State: norms.NotReviewed}}
	disputed, known := cited, open
	disputed.Contested = 2
	known.Ref, known.Number = "paris-call/6", "6"
	known.Cells = []norms.CoverageCell{{State: norms.Contested, Tally: disputed}, {State: norms.ReviewedNoneFound}}
	outside := known
	outside.Ref, outside.Cells = "paris-call/7", []norms.CoverageCell{{State: norms.OutsideAddressee}, {State: norms.NotReviewed}}
	earlier := open
	earlier.Ref, earlier.Agreement, earlier.Edition, earlier.Current = "gcsc@singapore-2018/4", "gcsc", "singapore-2018", false
	columns := []norms.CoverageColumn{{Key: "microsoft", Name: "Microsoft " + nasty, StakeholderGroup: "private_sector", CoverageTotal: total(cited, 1)},
		{Key: "jpcert", Name: "JPCERT/CC", CoverageTotal: total(norms.Tally{}, 0)}}
	if by == norms.ByStakeholderGroup {
		columns[0].Key, columns[1].Key = "private_sector", ""
	}
	return page.CoverageMatrix{
		Coverage:   norms.Coverage{By: by, Columns: columns, Rows: []norms.CoverageRow{row, open, known, outside, earlier}, All: total(cited, 1), Total: 40, Next: new("abc="), LeftOut: 3, Evidence: 1},
		Editing:    by == norms.ByOrganization,
		Filter:     norms.CoverageFilter{By: by, Agreements: []string{"gcsc", "paris-call"}, Edition: "2018", Organization: "microsoft", StakeholderGroup: "private_sector"},
		Agreements: []norms.Choice{{Kind: "agreement", Slug: "paris-call", Title: nasty}}, Organizations: []norms.Choice{{Kind: "organization", Slug: "microsoft", Title: nasty}},
	}
}

// foldedCoverage has agreements in place of their principles.
func foldedCoverage(by norms.CoverageBy) page.CoverageMatrix {
	m := coverage(by)
	m.Rows = nil
	many := norms.AgreementCell{Cited: 12, Contested: 1, Links: 1200, CuratorLinks: 2, ThirdPartyLinks: 1}
	m.Folded = []norms.AgreementCoverage{
		{Agreement: "paris-call", Title: "Paris Call " + nasty, RepealedOn: "2020", Principles: 15, AgreementCell: many, Cells: []norms.AgreementCell{many, {}}},
		{Agreement: "gcsc", Title: "GCSC", Principles: 8, Cells: []norms.AgreementCell{{}, {Cited: 1, Links: 1}}},
	}
	return m
}
