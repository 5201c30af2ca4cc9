package seed_test

import (
	"fmt"
	"slices"
	"testing"

	"normmap/internal/citation"
	"normmap/internal/norms"

	gocmp "github.com/google/go-cmp/cmp"
)

// field are the agreements of the founding facts that others made; what
// Microsoft proposed itself has tests of its own.
var field = []string{"tech-accord", "paris-call", "gcsc", "manrs", "nis-directive", "nis2-directive", "eu-cybersecurity-act",
	"un-norms", "contract-for-the-web", "digital-cooperation-panel"}

func TestEachEditionHasItsPrinciples(t *testing.T) {
	t.Parallel()
	edits := load(t)
	counts := map[string]int{}
	for _, p := range all[norms.PutPrinciple](edits) {
		counts[p.Agreement+"@"+p.Edition]++
	}
	got := map[string]string{}
	for _, e := range all[norms.PutEdition](edits) {
		if !slices.Contains(field, e.Agreement) {
			continue
		}
		name := e.Agreement + "@" + e.Slug
		got[name] = fmt.Sprintf("%d %ss", counts[name], e.Noun)
		if e.Current {
			got[name] += ", current"
		}
	}
	want := map[string]string{
		"tech-accord@2018":               "4 principles, current",
		"paris-call@2018":                "9 principles, current",
		"gcsc@public-core-2017":          "1 norms",
		"gcsc@electoral-2018":            "1 norms",
		"gcsc@singapore-2018":            "6 norms",
		"gcsc@final-2019":                "8 norms, current",
		"manrs@network-operators":        "4 actions, current",
		"manrs@ixps":                     "8 actions, current",
		"manrs@cdn-cloud":                "6 actions, current",
		"manrs@vendors":                  "2 actions, current",
		"nis-directive@2016":             "18 articles, current",
		"nis2-directive@2022":            "32 articles, current",
		"eu-cybersecurity-act@2019":      "30 articles, current",
		"un-norms@2015":                  "11 norms, current",
		"contract-for-the-web@2018":      "9 principles",
		"contract-for-the-web@2019":      "9 principles, current",
		"digital-cooperation-panel@2019": "11 recommendations, current",
	}
	if d := gocmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// What people paste leads to the principle that they mean.
func TestPastedCitationsFindTheirPrinciples(t *testing.T) {
	t.Parallel()
	edits := load(t)
	grammar, numberings := grammarOf(edits), all[norms.PutNumbering](edits)
	for _, c := range []struct {
		on   norms.Date
		text string
		want []string
	}{
		{"2023", "UN GGE norm 13(f)", []string{"resolved un-norms@2015/13-f"}},
		{"2023", "UN norm 13f", []string{"resolved un-norms@2015/13-f"}},
		{"2023", "UNGGE norm (f)", []string{"resolved un-norms@2015/13-f"}},
		{"2023", "UN GGE 2015 norm 6", []string{"resolved un-norms@2015/13-f"}},
		{"2023", "UN norms #6, #9 and 11", []string{"resolved un-norms@2015/13-f", "resolved un-norms@2015/13-i", "resolved un-norms@2015/13-k"}},
		{"2023", "UNGGE 2015 norm 6", []string{"resolved un-norms@2015/13-f"}},
		{"2023", "UN GGE report 2015, norm 13(f)", []string{"resolved un-norms@2015/13-f"}},
		{"2023", "UN norm 12", []string{"out_of_range"}},
		{"2023", "MANRS action 2-1", []string{"ambiguous manrs@ixps/2-1"}},
		{"2024", "NIS2 article 21", []string{"resolved nis2-directive@2022/21"}},
		{"2024", "NIS 2 Directive, Art. 23", []string{"resolved nis2-directive@2022/23"}},
		{"2019", "NIS Directive article 14", []string{"resolved nis-directive@2016/14"}},
		{"2019", "EU Cybersecurity Act articles 54 and 55", []string{"resolved eu-cybersecurity-act@2019/54", "resolved eu-cybersecurity-act@2019/55"}},
		{"2020", "UN High Level Panel on Digital Cooperation recommendation 5A", []string{"resolved digital-cooperation-panel@2019/5a"}},
		{"2020", "High-level Panel on Digital Cooperation recommendations 1A, 4 and 5B", []string{"resolved digital-cooperation-panel@2019/1a",
			"resolved digital-cooperation-panel@2019/4", "resolved digital-cooperation-panel@2019/5b"}},
		{"2018-12", "Contract for the Web principle 3", []string{"resolved contract-for-the-web@2018/3"}},
		{"2020", "Contract for the Web principle 3", []string{"resolved contract-for-the-web@2019/3"}},
		{"2019", "Contract for the Web principle 3", []string{"ambiguous contract-for-the-web@2018/3 contract-for-the-web@2019/3"}},
	} {
		var got []string
		for _, r := range grammar.Parse(c.text) {
			for _, l := range r.Labels {
				resolution, candidates := norms.ResolveLabel(c.on, readings(numberings, r.Agreement, l.Text))
				line := string(resolution)
				for _, k := range candidates {
					line += " " + k.Principle
				}
				got = append(got, line)
			}
		}
		if d := gocmp.Diff(c.want, got); d != "" {
			t.Errorf("%q in %s: %s", c.text, c.on, d)
		}
	}
}

func grammarOf(edits []norms.Edit) *citation.Grammar {
	var names []citation.Name
	for _, a := range all[norms.PutAgreement](edits) {
		for _, n := range append([]string{a.Title, a.ShortTitle}, a.Aliases...) {
			names = append(names, citation.Name{Agreement: a.Slug, Text: n})
		}
	}
	return citation.NewGrammar(names)
}

func TestNumbersAreOursOnlyWhereNoneArePrinted(t *testing.T) {
	t.Parallel()
	ours := map[string]bool{}
	for _, p := range all[norms.PutPrinciple](load(t)) {
		if slices.Contains(field, p.Agreement) && p.OurNumbering {
			ours[p.Agreement+"@"+p.Edition] = true
		}
	}
	want := map[string]bool{"paris-call@2018": true, "gcsc@public-core-2017": true, "gcsc@electoral-2018": true,
		"gcsc@singapore-2018": true, "contract-for-the-web@2018": true}
	if d := gocmp.Diff(want, ours); d != "" {
		t.Error(d)
	}
}

// A law is made public by the Official Journal, after its adoption.
func TestLawsAreDatedByTheOfficialJournal(t *testing.T) {
	t.Parallel()
	got := map[string]norms.Date{}
	for _, e := range all[norms.PutEdition](load(t)) {
		if e.Noun == "article" {
			got[e.Agreement] = e.PublishedOn
		}
	}
	want := map[string]norms.Date{"nis-directive": "2016-07-19", "nis2-directive": "2022-12-27", "eu-cybersecurity-act": "2019-06-07"}
	if d := gocmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestWhatHappenedSince2019(t *testing.T) {
	t.Parallel()
	got := map[string][]string{}
	for _, e := range all[norms.PutEvent](load(t)) {
		if slices.Contains(field, e.Agreement) && e.On >= "2019" {
			got[e.Agreement] = append(got[e.Agreement], fmt.Sprintf("%s %s", e.On, e.Kind))
		}
	}
	want := map[string][]string{
		"tech-accord":    {"2019 follow_up", "2020 adherents_counted", "2021 adherents_counted"},
		"paris-call":     {"2021-11 endorsed", "2024-01 adherents_counted"},
		"gcsc":           {"2019-11-12 adopted"},
		"manrs":          {"2020 programme_added", "2021 programme_added", "2021-03-01 amended", "2023 convener_changed"},
		"nis-directive":  {"2024-10-18 repealed"},
		"nis2-directive": {"2022-12-14 adopted", "2023-01-16 in_force", "2026-01-20 amendment_proposed"},
		"eu-cybersecurity-act": {"2019-04-17 adopted", "2019-06-27 in_force", "2025-01 amended",
			"2026-01-20 amendment_proposed"},
		"un-norms": {"2021-03 reaffirmed", "2021-05 reaffirmed", "2025-07-11 reaffirmed",
			"2025-07-11 follow_up"},
		"contract-for-the-web":      {"2019-07 amendment_proposed", "2019-11-25 adopted", "2024-09 convener_changed"},
		"digital-cooperation-panel": {"2019-06-10 adopted", "2020 follow_up"},
	}
	if d := gocmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// seenUnread lists the facts that claim to be seen in a source that was not
// read.
func seenUnread(edits []norms.Edit) []string {
	read := map[string]bool{}
	for _, s := range all[norms.PutSource](edits) {
		read[s.Slug] = s.RetrievedOn != "" || s.SHA256 != ""
	}
	var list []string
	for _, f := range all[norms.PutFact](edits) {
		if f.Confidence == "seen" && !read[f.Source] {
			list = append(list, fmt.Sprintf("%s of %s in %s", f.Field, f.Entity, f.Source))
		}
	}
	return list
}

func TestNothingIsSeenInWhatWasNotRead(t *testing.T) {
	t.Parallel()
	edits := load(t)
	if wrong := seenUnread(edits); len(wrong) > 0 {
		t.Errorf("seen in a source that was not read: %q", wrong)
	}
	claim := norms.PutFact{Kind: "edition", Entity: "un-norms/2015", Field: "url", Source: "un-gge-report-2015", Confidence: "seen"}
	if len(seenUnread(append(edits, claim))) != 1 {
		t.Error("the check finds nothing wrong with a claim to have seen what was not read")
	}
}
