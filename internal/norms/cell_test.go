package norms_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
)

// spokenTo is the published table once more, by hand: the groups in which each
// addressee can be found. G government, I intergovernmental, P private sector,
// C civil society, T technical community, A academia.
var spokenTo = map[norms.Addressee]string{
	"states": "GI", "eu_institutions": "I",
	"private_sector": "P", "signatory_companies": "P", "digital_service_providers": "P", "manufacturers": "P",
	"cdn_and_cloud_providers": "PT", "equipment_vendors": "PT",
	"internet_exchange_points": "PCTA", "developers": "PCTA", "non_state_actors": "PCTA",
	"network_operators": "GPTA", "essential_service_operators": "GPTA", "essential_and_important_entities": "GPTA",
	"conformity_assessment_bodies": "GPTA", "citizens": "CTA", "all": "GIPCTA",
}

var letters = map[norms.StakeholderGroup]rune{"government": 'G', "intergovernmental": 'I', "private_sector": 'P', "civil_society": 'C',
	"technical_community": 'T', "academia": 'A'}

// The derived state, for every addressee and every group.
func TestWhoIsOutsideTheAddressees(t *testing.T) {
	t.Parallel()
	if len(spokenTo) != len(norms.Addressees) || len(letters) != len(norms.StakeholderGroups) {
		t.Fatalf("the table has %d addressees of %d and %d groups of %d", len(spokenTo), len(norms.Addressees), len(letters), len(norms.StakeholderGroups))
	}
	for _, a := range norms.Addressees {
		for _, g := range norms.StakeholderGroups {
			want := norms.OutsideAddressee
			for _, found := range spokenTo[a] {
				if found == letters[g] {
					want = norms.NotReviewed
				}
			}
			if got := norms.CellState("").Or([]norms.Addressee{a}, g); got != want {
				t.Errorf("a principle for %s and %s: %s, want %s", a, g, got, want)
			}
		}
	}
}

func TestWhereNothingIsDerived(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		list  []norms.Addressee
		group norms.StakeholderGroup
		want  bool
	}{
		"no addressees recorded":        {nil, "private_sector", false},
		"no group recorded":             {[]norms.Addressee{"states"}, "", false},
		"a word without a rule":         {[]norms.Addressee{"states", "robots"}, "private_sector", false},
		"one of several speaks to them": {[]norms.Addressee{"states", "developers"}, "private_sector", false},
		"none of several does":          {[]norms.Addressee{"states", "citizens"}, "private_sector", true},
	} {
		if got := norms.OutsideAddressees(tt.list, tt.group); got != tt.want {
			t.Errorf("%s: outside %t, want %t", name, got, tt.want)
		}
	}
}

// The first state that applies holds, and a ruling stands before what is
// derived either way.
func TestOrderOfTheCellStates(t *testing.T) {
	t.Parallel()
	company := norms.OrganizationRow{StakeholderGroup: "private_sector"}
	forStates, forAll := norms.PrincipleRow{Addressees: []norms.Addressee{"states"}}, norms.PrincipleRow{Addressees: []norms.Addressee{"all"}}
	review := &norms.CellReviewRow{}
	for name, tt := range map[string]struct {
		cell norms.Cell
		want norms.CellState
	}{
		"everything":              {norms.Cell{Principle: forStates, Links: 2, Contested: 1, Review: review}, norms.Contested},
		"nothing contested":       {norms.Cell{Principle: forStates, Links: 2, Review: review}, norms.Cited},
		"no links":                {norms.Cell{Principle: forStates, Review: review}, norms.ReviewedNoneFound},
		"only addressees":         {norms.Cell{Principle: forStates}, norms.OutsideAddressee},
		"nothing":                 {norms.Cell{Principle: forAll}, norms.NotReviewed},
		"ruled inside":            {norms.Cell{Principle: forStates, Ruling: &norms.RulingRow{}}, norms.NotReviewed},
		"ruled outside":           {norms.Cell{Principle: forAll, Ruling: &norms.RulingRow{Outside: true}}, norms.OutsideAddressee},
		"reviewed, ruled outside": {norms.Cell{Principle: forAll, Review: review, Ruling: &norms.RulingRow{Outside: true}}, norms.ReviewedNoneFound},
	} {
		tt.cell.Organization = company
		if got := tt.cell.State(); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

// aClaim is a claim with every part.
func aClaim() norms.Claim {
	return norms.Claim{Initiative: "secure-development", Principle: "paris-call@2018/1", Relation: "supports", Property: "example_of",
		Origin: "contributor", Asserter: "microsoft", Rationale: "Line one\nrationale 3:two", Strength: "direct",
		References: []norms.ClaimReference{{Label: "1", Text: "Paris Call principles 1 and 5", SourceKey: "letter", Place: "page 3", Start: 10, End: 39, Prefix: "(", Suffix: ")"}}}
}

func TestTheCanonicalFormOfAClaim(t *testing.T) {
	t.Parallel()
	c := aClaim()
	want := `initiative 18:secure-development
principle 17:paris-call@2018/1
relation 8:supports
property 10:example_of
origin 11:contributor
asserter 9:microsoft
rationale 24:Line one
rationale 3:two
strength 6:direct
source 6:letter
place 6:page 3
start 2:10
end 2:39
prefix 1:(
reference 29:Paris Call principles 1 and 5
suffix 1:)
label 1:1
`
	if d := cmp.Diff(want, c.Canonical()); d != "" {
		t.Error(d)
	}
	const digest = "bbd461affe58ef2921808ba911a09fc83df2c0004cb807ae72b932e28b0249a2" // by another program
	if got := c.Digest(); got != digest {
		t.Errorf("digest %s, want %s", got, digest)
	}
}

// Whatever changes of a claim changes its digest; the number of a row and the
// title of a document are no part of the claim.
func TestWhatChangesTheDigestOfAClaim(t *testing.T) {
	t.Parallel()
	seen := map[string]string{aClaim().Digest(): "the claim itself"}
	for name, change := range map[string]func(*norms.Claim){
		"initiative": func(c *norms.Claim) { c.Initiative = "x" }, "principle": func(c *norms.Claim) { c.Principle = "x" },
		"relation": func(c *norms.Claim) { c.Relation = "contrary" }, "property": func(c *norms.Claim) { c.Property = "" },
		"origin": func(c *norms.Claim) { c.Origin = "curator" }, "asserter": func(c *norms.Claim) { c.Asserter = "" },
		"rationale": func(c *norms.Claim) { c.Rationale += " " }, "strength": func(c *norms.Claim) { c.Strength = "" },
		"source": func(c *norms.Claim) { c.References[0].SourceKey = "x" }, "place": func(c *norms.Claim) { c.References[0].Place = "x" },
		"start": func(c *norms.Claim) { c.References[0].Start++ }, "end": func(c *norms.Claim) { c.References[0].End++ },
		"prefix": func(c *norms.Claim) { c.References[0].Prefix = "x" }, "reference": func(c *norms.Claim) { c.References[0].Text = "x" },
		"suffix": func(c *norms.Claim) { c.References[0].Suffix = "x" }, "label": func(c *norms.Claim) { c.References[0].Label = "5" },
		"no reference": func(c *norms.Claim) { c.References = nil },
		"two of them":  func(c *norms.Claim) { c.References = append(c.References, c.References[0]) },
		"moved text":   func(c *norms.Claim) { c.References[0].Prefix, c.References[0].Suffix = "()", "" },
	} {
		c := aClaim()
		change(&c)
		if other, known := seen[c.Digest()]; known {
			t.Errorf("a claim with another %s has the digest of %s", name, other)
		}
		seen[c.Digest()] = name
	}
	c := aClaim()
	c.References[0].Citation, c.References[0].Source, c.References[0].SourceTitle = 7, "another-name", "Another title"
	if c.Digest() != aClaim().Digest() {
		t.Error("a number, a newer name or a title changed the digest")
	}
	if lines := strings.Count(aClaim().Canonical(), "\n"); lines != len(norms.ClaimFields)+1 { // the rationale has two
		t.Errorf("%d lines for the fields %v", lines, norms.ClaimFields)
	}
}
