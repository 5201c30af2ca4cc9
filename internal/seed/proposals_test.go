package seed_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"normmap/internal/citation"
	"normmap/internal/norms"

	gocmp "github.com/google/go-cmp/cmp"
)

// proposals are the agreements that one company proposed and nobody can join.
var proposals = []string{"digital-geneva-convention", "microsoft-norms-2014", "microsoft-norms-2016", "microsoft-norms-paper"}

func TestProposalsHaveTheirTexts(t *testing.T) {
	t.Parallel()
	edits := load(t)
	numbers := map[string][]string{}
	for _, p := range all[norms.PutPrinciple](edits) {
		key := p.Agreement + "@" + p.Edition
		numbers[key] = append(numbers[key], p.Number)
	}
	var got []string
	for _, e := range all[norms.PutEdition](edits) {
		if slices.Contains(proposals, e.Agreement) {
			key := e.Agreement + "@" + e.Slug
			got = append(got, fmt.Sprintf("%s %s current=%t %s: %s", key, e.PublishedOn, e.Current, e.Noun, strings.Join(numbers[key], " ")))
		}
	}
	want := []string{
		"digital-geneva-convention@feb-2017 2017-02-14 current=false clause: 1 2 3 4 5 6",
		"digital-geneva-convention@apr-2017 2017-04 current=true clause: 1 2 3 4 5 6 7 8 9 10",
		"microsoft-norms-2014@2014 2014-12-03 current=true norm: 1 2 3 4 5 6",
		"microsoft-norms-2016@2016 2016-06-23 current=true norm: 1S 2S 3S 4S 5S 6S 1C 2C 3C 4C 5C 6C",
		"microsoft-norms-paper@undated  current=true recommendation: 1G 2G 3G 1C 2C 3C 4C",
	}
	if d := gocmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestProposalsSayWhoseNumbersTheyShow(t *testing.T) {
	t.Parallel()
	got := map[string]bool{}
	for _, p := range all[norms.PutPrinciple](load(t)) {
		if slices.Contains(proposals, p.Agreement) {
			got[p.Agreement+"@"+p.Edition] = p.OurNumbering
		}
	}
	want := map[string]bool{
		"digital-geneva-convention@feb-2017": true, "digital-geneva-convention@apr-2017": true,
		"microsoft-norms-2014@2014": false, "microsoft-norms-2016@2016": true, "microsoft-norms-paper@undated": true,
	}
	if d := gocmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// The six points and the ten clauses count differently, so a number means one
// thing only while the clauses were not yet written.
func TestCitedProposalsResolve(t *testing.T) {
	t.Parallel()
	numberings := all[norms.PutNumbering](load(t))
	dgc := []string{"digital-geneva-convention@feb-2017/5", "digital-geneva-convention@apr-2017/5"}
	for _, tt := range []struct {
		agreement, label string
		on               norms.Date
		resolution       norms.Resolution
		principles       []string
	}{
		{"digital-geneva-convention", "5", "2017-03-01", norms.Resolved, dgc[:1]},
		{"digital-geneva-convention", "5", "2019-09-20", norms.Ambiguous, dgc},
		{"digital-geneva-convention", "7", "2019-09-20", norms.Ambiguous, []string{"digital-geneva-convention@apr-2017/7"}},
		{"microsoft-norms-2014", "3", "2015", norms.Resolved, []string{"microsoft-norms-2014@2014/3"}},
		{"microsoft-norms-2016", "3S", "2017", norms.Resolved, []string{"microsoft-norms-2016@2016/3s"}},
		{"microsoft-norms-2016", "3C", "2017", norms.Resolved, []string{"microsoft-norms-2016@2016/3c"}},
		{"microsoft-norms-2016", "3", "2017", norms.OutOfRange, nil},
		{"microsoft-norms-paper", "3G", "2019", norms.Resolved, []string{"microsoft-norms-paper@undated/3g"}},
	} {
		resolution, candidates := norms.ResolveLabel(tt.on, readings(numberings, tt.agreement, tt.label))
		var got []string
		for _, c := range candidates {
			got = append(got, c.Principle)
		}
		if resolution != tt.resolution {
			t.Errorf("%s %s on %s is %s, want %s", tt.agreement, tt.label, tt.on, resolution, tt.resolution)
		}
		if d := gocmp.Diff(tt.principles, got); d != "" {
			t.Errorf("%s %s on %s: %s", tt.agreement, tt.label, tt.on, d)
		}
	}
}

func TestProposalsAreReadAsPeopleCiteThem(t *testing.T) {
	t.Parallel()
	grammar := citation.NewGrammar(namesOf(all[norms.PutAgreement](load(t))))
	for text, want := range map[string]string{
		"Digital Geneva Convention clauses 4 and 5":                                                          "digital-geneva-convention 4 5",
		"Microsoft norms 2014 norm 3":                                                                        "microsoft-norms-2014 3",
		"From Articulation to Implementation, norms 3S and 3C":                                               "microsoft-norms-2016 3S 3C",
		"Microsoft norms paper recommendation 3G":                                                            "microsoft-norms-paper 3G",
		"International cybersecurity norms, reducing conflict in an Internet-dependent world, norms 1 and 4": "microsoft-norms-2014 1 4",
	} {
		var got []string
		for _, r := range grammar.Parse(text) {
			got = append(got, r.Agreement)
			for _, l := range r.Labels {
				got = append(got, l.Text)
			}
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%q is read as %q, want %q", text, g, want)
		}
	}
}

func namesOf(agreements []norms.PutAgreement) []citation.Name {
	var names []citation.Name
	for _, a := range agreements {
		for _, n := range append([]string{a.Title, a.ShortTitle}, a.Aliases...) {
			names = append(names, citation.Name{Agreement: a.Slug, Text: n})
		}
	}
	return names
}

func TestIndustryNormsSayWhomTheyAreFor(t *testing.T) {
	t.Parallel()
	industry := 0
	for _, p := range all[norms.PutPrinciple](load(t)) {
		if !slices.Contains(proposals, p.Agreement) {
			continue
		}
		want := norms.Addressee("states")
		if strings.HasSuffix(p.Number, "C") {
			want = "private_sector"
			industry++
		}
		if d := gocmp.Diff([]norms.Addressee{want}, p.Addressees); d != "" {
			t.Errorf("%s %s: %s", p.Agreement, p.Number, d)
		}
		if (want == "private_sector") != (p.Applicability != "") {
			t.Errorf("%s %s applies %q; only norms for industry are limited", p.Agreement, p.Number, p.Applicability)
		}
		if p.Agreement == "microsoft-norms-paper" && want == "private_sector" && !strings.Contains(p.Applicability, "one government") {
			t.Errorf("%s applies %q; it must name companies of one government", p.Number, p.Applicability)
		}
	}
	if industry != 10 {
		t.Errorf("%d norms for industry, want 6 of 2016 and 4 of the policy paper", industry)
	}
}

// Nobody but the proposer stands to a proposal, and it never "signed" one.
func TestProposalsAreOnlyProposed(t *testing.T) {
	t.Parallel()
	var got []string
	for _, a := range all[norms.PutAdherence](load(t)) {
		if slices.Contains(proposals, a.Agreement) {
			got = append(got, fmt.Sprintf("%s %s %s", a.Organization, a.Relation, a.Agreement))
		}
	}
	var want []string
	for _, p := range proposals {
		want = append(want, "microsoft proposed "+p)
	}
	if d := gocmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
