package norms_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
)

// one of every kind of edit, each valid.
func everyEdit() []norms.Edit {
	n := 34
	return []norms.Edit{
		norms.PutAgreement{Slug: "tech-accord", Title: "Cybersecurity Tech Accord", ShortTitle: "Tech Accord", LegalNature: "voluntary_commitment",
			Space: "within_stakeholder_group", Aliases: []string{"CTA"}},
		norms.PutEvent{Agreement: "tech-accord", Kind: "adherents_counted", On: "2018-04-17", Title: "Founding signatories", Count: &n},
		norms.PutEdition{Agreement: "tech-accord", Slug: "2018", Title: "Text of 2018", Noun: "principle", PublishedOn: "2018-04-17", Current: true},
		norms.PutPrinciple{Agreement: "tech-accord", Edition: "2018", Number: "1", Title: "Stronger defense", Addressees: []norms.Addressee{"private_sector"}},
		norms.PutNumbering{Agreement: "tech-accord", Slug: "printed", Title: "As printed", Basis: "printed", From: "2018-04-17",
			Labels: []norms.NumberingLabel{{Label: "1", Principle: "tech-accord@2018/1"}}},
		norms.PutOrganization{Slug: "microsoft", Name: "Microsoft", Kind: "body", StakeholderGroup: "private_sector"},
		norms.PutAdherence{Organization: "microsoft", Agreement: "tech-accord", Relation: "signed", Founding: true, Source: "letter"},
		norms.WithdrawAdherence{ID: 1, Version: 2},
		norms.PutInitiative{Slug: "sdl", Title: "Secure development", Kind: "policy", Organization: "microsoft", ReportedBy: "microsoft", Status: "ongoing",
			Partners: []norms.Partner{{Name: "SAFECode"}}},
		norms.PutElement{Slug: "human-rights", Number: 9, Title: "Reference to Human Rights"},
		norms.PutElementReading{Element: "human-rights", Agreement: "tech-accord", Edition: "2018", Reading: norms.ReadNo, Assessor: norms.Curator,
			Confidence: "known"},
		norms.PutSource{Slug: "letter", Title: "A letter", Kind: "contribution", Exhaustiveness: "examples_only"},
		norms.PutCitationLine{Source: "letter", Initiative: "sdl", Text: "Tech Accord principle 1",
			References: []norms.Reference{{Text: "Tech Accord principle 1", Start: 0, End: 23, Name: "Tech Accord", Agreement: "tech-accord", Labels: []string{"1"}}}},
		norms.ResolveCitation{ID: 1, Version: 1, Decision: "resolve", Principle: "gcsc/6", Note: "Best fit."},
		norms.PutLink{Initiative: "sdl", Principle: "paris-call/6", Relation: "supports", Origin: "curator", Rationale: "Life cycle."},
		norms.WithdrawLink{ID: 1, Version: 1},
		norms.PutStatement{Kind: "position", Title: "It belongs everywhere", Element: "human-rights", Agreement: "tech-accord", Principle: "paris-call/6",
			Organization: "microsoft", Question: 3, Stance: "for", Summary: "Every agreement should have it.", Quote: "any agreement", Source: "letter", Place: "page 1"},
		norms.PutCrosswalk{Subject: "paris-call/6", Relation: "intersects_with", Object: "gcsc/6", RationaleKind: "semantic", Rationale: "Both ask for it.",
			Origin: "curator", Confidence: "known"},
		norms.PutFact{Kind: "agreement", Entity: "tech-accord", Field: "title", Source: "letter", Confidence: "seen"},
		norms.PutAssessment{Link: 1, Assessor: norms.ByThirdParty, Organization: "watch", View: norms.Partly, Relation: "supports", Strength: "indirect",
			Rationale: "A part of it."},
		norms.WithdrawAssessment{ID: 1, Version: 2},
		norms.PutAnswer{Assessment: 1, Version: 2, Text: "We see it so."},
		norms.PutCellReview{Principle: "paris-call/4", Organization: "microsoft", ReviewedOn: "2026-11", Note: "Its site, by its search."},
		norms.WithdrawCellReview{ID: 1, Version: 2},
		norms.PutAddresseeRuling{Principle: "paris-call/4", Organization: "microsoft", Outside: true, Rationale: "It speaks to states."},
		norms.WithdrawAddresseeRuling{ID: 1, Version: 2},
		norms.Withdraw{Kind: "statement", Key: "1", Version: 2},
		norms.Restore{Kind: "edition", Key: "gcsc/final-2019"},
		norms.Rename{Kind: "initiative", Key: "sdl", To: "secure-development", Version: 2},
		norms.Revert{Changeset: 3},
	}
}

func TestEditsKeepTheirFormThroughJSON(t *testing.T) {
	t.Parallel()
	want := everyEdit()
	for _, e := range want {
		if err := e.Check(); err != nil {
			t.Errorf("%s: %v", norms.EditName(e), err)
		}
	}
	data, err := norms.MarshalEdits(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := norms.UnmarshalEdits(data)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestUnknownEditIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := norms.UnmarshalEdits([]byte(`[{"edit":"drop_everything","with":{}}]`)); err == nil {
		t.Error("an unknown edit was read")
	}
}

func TestChecksNameTheField(t *testing.T) {
	t.Parallel()
	for field, e := range map[string]norms.Edit{
		"slug":         norms.PutOrganization{Slug: "Not A Slug", Name: "x", Kind: "body"},
		"Slug":         norms.PutInitiative{Slug: "new", Title: "x", Kind: "policy", Organization: "o", ReportedBy: "o", Status: "ongoing"},
		"name":         norms.PutOrganization{Slug: "x", Name: "  ", Kind: "body"},
		"summary":      norms.PutOrganization{Slug: "x", Name: "x", Kind: "body", Summary: "Write to ada@example.org."},
		"status_note":  norms.PutInitiative{Slug: "x", Title: "x", Kind: "policy", Organization: "o", ReportedBy: "o", Status: "ongoing", StatusNote: "call +33 1 23 45 67 89"},
		"kind":         norms.PutOrganization{Slug: "x", Name: "x", Kind: "thing"},
		"agreement":    norms.PutOrganization{Slug: "x", Name: "x", Kind: "body", Agreement: "tech-accord"},
		"url":          norms.PutOrganization{Slug: "x", Name: "x", Kind: "body", URL: "javascript:alert(1)"},
		"via":          norms.PutAdherence{Organization: "x", Agreement: "y", Relation: "signed", Via: "x", Source: "s"},
		"source":       norms.PutAdherence{Organization: "x", Agreement: "y", Relation: "signed"},
		"since":        norms.PutAdherence{Organization: "x", Agreement: "y", Relation: "signed", Source: "s", Since: "2018-13"},
		"ended_on":     norms.PutInitiative{Slug: "x", Title: "x", Kind: "policy", Organization: "o", ReportedBy: "o", Status: "ended", StartedOn: "2019", EndedOn: "2018-05"},
		"parent":       norms.PutInitiative{Slug: "x", Title: "x", Kind: "policy", Organization: "o", ReportedBy: "o", Status: "ended", Parent: "x"},
		"origin":       norms.PutLink{Initiative: "x", Principle: "a/1", Relation: "supports", Origin: "contributor", Rationale: "x"},
		"rationale":    norms.PutLink{Initiative: "x", Principle: "a/1", Relation: "supports", Origin: "curator"},
		"property":     norms.PutLink{Initiative: "x", Principle: "a/1", Relation: "contrary", Property: "example_of", Origin: "curator", Rationale: "x"},
		"asserter":     norms.PutLink{Initiative: "x", Principle: "a/1", Relation: "supports", Origin: "third_party", Rationale: "x"},
		"principle":    norms.PutLink{Initiative: "x", Principle: "five", Relation: "supports", Origin: "curator", Rationale: "x"},
		"version":      norms.WithdrawLink{ID: 1},
		"note":         norms.ResolveCitation{ID: 1, Version: 1, Decision: "set_aside"},
		"text":         norms.PutCitationLine{Source: "s", Initiative: "i", Text: "nothing cited here"},
		"title":        norms.PutSource{Slug: "s", Title: "\xff", Kind: "report", Exhaustiveness: "unknown"},
		"sha256":       norms.PutSource{Slug: "s", Title: "x", Kind: "report", Exhaustiveness: "unknown", SHA256: "abc"},
		"confidence":   norms.PutFact{Kind: "agreement", Entity: "a", Field: "title", Confidence: "sure"},
		"changeset":    norms.Revert{},
		"legal_nature": norms.PutAgreement{Slug: "a", Title: "x", ShortTitle: "x", Space: "within_un"},
		"number":       norms.PutPrinciple{Agreement: "a", Edition: "e", Number: "…", Title: "x"},
		"Number":       norms.PutElement{Slug: "x", Title: "x"},
		"reading":      norms.PutElementReading{Element: "x", Agreement: "a", Reading: "maybe", Assessor: norms.Curator, Confidence: "known"},
		"assessor":     norms.PutElementReading{Element: "x", Agreement: "a", Reading: norms.ReadYes, Confidence: "known"},
		"organization": norms.PutElementReading{Element: "x", Agreement: "a", Reading: norms.ReadYes, Assessor: "organization", Confidence: "known"},
		"Organization": norms.PutElementReading{Element: "x", Agreement: "a", Reading: norms.ReadYes, Assessor: norms.Curator, Organization: "o",
			Confidence: "known"},
		"Source":       norms.PutElementReading{Element: "x", Agreement: "a", Reading: norms.ReadYes, Assessor: norms.Curator, Confidence: "seen"},
		"link":         norms.PutAssessment{Assessor: norms.ByCurator, View: norms.Agrees, Rationale: "x"},
		"view":         norms.PutAssessment{Link: 1, Assessor: norms.ByCurator, View: "likes", Rationale: "x"},
		"relation":     norms.PutAssessment{Link: 1, Assessor: norms.ByCurator, View: norms.Agrees, Relation: "loves", Rationale: "x"},
		"Rationale":    norms.PutAssessment{Link: 1, Assessor: norms.ByCurator, View: norms.Agrees},
		"Assessor":     norms.PutAssessment{Link: 1, Assessor: "contributor", View: norms.Agrees, Rationale: "x"},
		"assessment":   norms.PutAnswer{Version: 1, Text: "x"},
		"Version":      norms.PutAnswer{Assessment: 1, Text: "x"},
		"Text":         norms.PutAnswer{Assessment: 1, Version: 1},
		"reviewed_on":  norms.PutCellReview{Principle: "a/1", Organization: "o", Note: "x"},
		"Note":         norms.PutCellReview{Principle: "a/1", Organization: "o", ReviewedOn: "2026"},
		"RATIONALE":    norms.PutAddresseeRuling{Principle: "a/1", Organization: "o"},
		"ORGANIZATION": norms.PutAssessment{Link: 1, Assessor: norms.ByThirdParty, View: norms.Agrees, Rationale: "x"},

		"to": norms.PutNumbering{Agreement: "a", Slug: "n", Title: "x", Basis: "printed", From: "2019", To: "2018"},
	} {
		problem, ok := e.Check().(*norms.Error)
		if !ok {
			t.Errorf("%s: no problem found in %+v", field, e)
			continue
		}
		found := false
		for _, p := range problem.Problems {
			found = found || p.Field == strings.ToLower(field) // with a capital: the same field in another way
		}
		if !found {
			t.Errorf("%s: problems are %+v", field, problem.Problems)
		}
	}
}
