package page_test

import (
	"context"
	"time"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
)

// nasty is text as an attacker, or a careless source, may write it.
const nasty = `<script>alert("x")</script> & <b onmouseover=x>"it's"</b>`

func frame(actor account.Actor, path string) ui.Frame {
	return ui.Frame{
		Title: "A page", Path: path, Actor: actor, Revision: 1234,
		Crumbs: []ui.Crumb{{Label: "Agreements", Href: href.Agreements()}, {Label: "Paris Call"}},
		Data:   href.JSON(path), CSV: href.CSV(path), Permalink: "https://norms.example.org" + path,
	}
}

func editor() account.Actor { return account.Actor{ID: 7, Name: "Ada Lovelace", Role: account.Editor} }

func principleRow(number, title string, links int) norms.PrincipleRow {
	return norms.PrincipleRow{
		Ref: "paris-call/" + number, Agreement: "paris-call", AgreementTitle: "Paris Call", Edition: "2018",
		EditionTitle: "Paris Call for Trust and Security in Cyberspace", Current: true, Noun: "principle", Number: number,
		OurNumbering: true, Title: title, Links: links, Addressees: []norms.Addressee{"all", "developers"}, Obligation: "recommended",
		Summary: "Prevent and recover from malicious activities that threaten people and critical infrastructure. " + nasty,
	}
}

func principleRows() []norms.PrincipleRow {
	other := principleRow("6", "Lifecycle security", 0)
	other.Edition, other.EditionTitle, other.Ref, other.PossiblyCited = "ixps", "IXP programme", "paris-call@ixps/6", 2
	other.CuratorLinks, other.ThirdPartyLinks = 2, 1
	other.RepealedOn, other.Unverified = "2024", []string{"number", "title", "summary", "addressees", "obligation"}
	return []norms.PrincipleRow{principleRow("1", "Protect individuals and infrastructure", 10),
		principleRow("4", "Defend intellectual property "+nasty, 0), other}
}

func changesetRow() norms.ChangesetRow {
	return norms.ChangesetRow{ID: 42, By: "Ada Lovelace", Reason: "Put in the letter " + nasty,
		At: time.Date(2026, 11, 22, 15, 4, 0, 0, time.UTC), Rows: 1312, Reverts: 40, RevertedBy: 44,
		Proposal: 9, ProposedBy: "Grace Hopper", Approved: "f9facc05"}
}

func agreementRow() norms.AgreementRow {
	return norms.AgreementRow{Slug: "paris-call", Title: "Paris Call for Trust and Security in Cyberspace", ShortTitle: "Paris Call",
		LegalNature: "voluntary_commitment", Space: "between_stakeholder_groups", Convener: "France", PublishedOn: "2018-11-12",
		EditionCount: 1, PrincipleCount: 9, WithEvidence: 7, Links: 22, AdherenceCount: 2, Unresolved: 4, RepealedOn: "2024-10-18"}
}

func citations() []norms.CitationRow {
	open := norms.CitationRow{ID: 9, Label: "5", Resolution: norms.Ambiguous, Reference: "GCSC norm 5", Name: "GCSC", Agreement: "gcsc",
		Candidates: []norms.Candidate{{Principle: "gcsc/5", Title: "States to create a VEP", Reason: "Site order"}, {Principle: "gcsc@singapore-2018/5", Reason: "Text order"}},
		Initiative: "cvd", InitiativeTitle: "Coordinated vulnerability disclosure", Source: "microsoft-bpf-2019", SourceTitle: "Microsoft's letter"}
	done := open
	done.ID, done.Resolution, done.Principle, done.PrincipleTitle = 10, norms.Resolved, "gcsc/6", "Reduce vulnerabilities"
	done.DecidedBy, done.Note, done.Candidates, done.Link = "Ada Lovelace", nasty, nil, 3
	return []norms.CitationRow{open, done}
}

func lines() []norms.CitationLine {
	return []norms.CitationLine{{ID: 1, Source: "microsoft-bpf-2019", SourceTitle: "Microsoft's letter", Initiative: "cvd",
		InitiativeTitle: "Coordinated vulnerability disclosure", Text: "(Cybersecurity Tech Accord principle 1, GCSC norm 5) " + nasty, Place: "line 32",
		References: []norms.ReferenceRow{{Text: "GCSC norm 5", Name: "GCSC", Agreement: "gcsc", Citations: citations()}}}}
}

func linkRows() []norms.LinkRow {
	own := norms.LinkRow{ID: 3, Initiative: "cvd", InitiativeTitle: "Coordinated vulnerability disclosure", Organization: "microsoft",
		OrganizationName: "Microsoft", Principle: "paris-call/1", PrincipleTitle: "Protect individuals and infrastructure",
		PrincipleName: "Paris Call principle 1", Agreement: "paris-call", Current: true, Relation: "supports", Origin: "contributor",
		Citation: 9, Reference: "Paris Call principles 1 and 5", Source: "microsoft-bpf-2019", SourceTitle: "Microsoft's letter"}
	curated := own
	curated.ID, curated.Origin, curated.Relation, curated.Property, curated.Strength = 4, "curator", "supports", "example_of", "partial"
	curated.Rationale, curated.Current = "Covers a part of it. "+nasty, false
	third := curated
	third.ID, third.Origin, third.Asserter, third.AsserterName, third.Relation, third.Property = 5, "third_party", "watch", "Watchdog", "contrary", ""
	return []norms.LinkRow{own, curated, third}
}

func adherenceRows() []norms.AdherenceRow {
	direct := norms.AdherenceRow{ID: 1, Organization: "microsoft", OrganizationName: "Microsoft", Agreement: "paris-call", AgreementTitle: "Paris Call",
		Relation: "endorsed", Founding: true, Since: "2018", Source: "microsoft-bpf-2019", SourceTitle: "Microsoft's letter", Place: "Q1", Links: 22, Edition: "2018"}
	via := direct
	via.ID, via.Via, via.ViaName, via.Links, via.Since, via.Note, via.Source = 2, "cybersecurity-tech-accord", "Cybersecurity Tech Accord", 0, "", nasty, ""
	return []norms.AdherenceRow{direct, via}
}

func initiativeRows() []norms.InitiativeRow {
	whole := norms.InitiativeRow{Slug: "cvd", Title: "Coordinated vulnerability disclosure " + nasty, Summary: "How flaws are reported and fixed.",
		Kind: "policy", Status: "ongoing", Organization: "microsoft", OrganizationName: "Microsoft", Heading: "Own products",
		StartedOn: "2010-07", Principles: []string{"tech-accord/1", "paris-call/1", "paris-call/5", "gcsc@final-2019/6"}, Links: 3, Unresolved: 1}
	part := whole
	part.Slug, part.Title, part.Parent, part.ParentTitle, part.Principles, part.Links = "bounty", "Bug bounty", "cvd", "Disclosure", nil, 0
	return []norms.InitiativeRow{whole, part}
}

func facts() []norms.FactRow {
	return []norms.FactRow{
		{Kind: "agreement", Entity: "paris-call", Field: "title", Source: "paris-call-repository", SourceTitle: "Paris Call repository",
			Place: "README", Confidence: "seen", RetrievedOn: "2026-11-22", Note: nasty},
		{Kind: "edition", Entity: "paris-call/2018", Field: "published_on", Confidence: "unverified"},
	}
}

func sourceRow() norms.SourceRow {
	return norms.SourceRow{Slug: "microsoft-bpf-2019", Title: "Contribution to the forum of 2019 " + nasty, Kind: "contribution", Publisher: "Microsoft",
		Organization: "microsoft", PublishedOn: "2019-09-20", URL: "https://example.org/letter", Call: "BPF Cybersecurity 2019",
		Exhaustiveness: "examples_only", InitiativeCount: 17, ReferenceCount: 29, CitationCount: 38, FactCount: 12}
}

func changes() []norms.Change {
	return []norms.Change{
		{Thing: norms.Thing{Kind: "initiative", ID: 1, Name: "Disclosure", Key: "cvd"}, Action: "changed",
			Fields: []norms.Changed{{Field: "title", Before: "Old", After: nasty}, {Field: "due_on", After: "2020"}, {Field: "url", Before: "https://a.example"}}},
		{Thing: norms.Thing{Kind: "link", ID: 3, Name: "Disclosure supports Paris Call principle 1"}, Action: "withdrawn"},
	}
}

func initiative() norms.Initiative {
	return norms.Initiative{InitiativeRow: initiativeRows()[1], ReportedBy: "microsoft", ReportedByName: "Microsoft", StatusNote: nasty,
		EndedOn: "2020-01", DueOn: "2020", URL: "https://example.org/cvd", Source: "microsoft-bpf-2019", SourceTitle: "Microsoft's letter",
		Place: "I.1", Partners: []norms.Partner{{Name: "SAFECode"}, {Name: "Tech Accord", Organization: "cybersecurity-tech-accord"}},
		Parts: initiativeRows(), Evidence: linkRows(), Lines: lines(), Facts: facts()}
}

func list[T any](items ...T) norms.List[T] {
	return norms.List[T]{Items: items, Total: 1234, Next: new("abc=")}
}

func failure() page.Failure {
	f := page.NewFailure(context.Background(), 500, nasty)
	f.Reference, f.Problems = "b3f1", []norms.Problem{{Field: "started_on", Message: "is wrong"}, {Message: nasty}}
	return f
}
