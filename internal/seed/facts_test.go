package seed_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"normmap/internal/citation"
	"normmap/internal/norms"
	"normmap/internal/seed"
	"normmap/seeds"

	gocmp "github.com/google/go-cmp/cmp"
)

func load(t *testing.T) []norms.Edit {
	t.Helper()
	edits, err := seed.Load(seeds.FS)
	if err != nil {
		t.Fatalf("the seeds do not load:\n%v", err)
	}
	return edits
}

func all[E norms.Edit](edits []norms.Edit) []E {
	var list []E
	for _, e := range edits {
		if e, ok := e.(E); ok {
			list = append(list, e)
		}
	}
	return list
}

// cited is what the rule makes of one label of the founding letter.
type cited struct {
	name, label, initiative string
	resolution              norms.Resolution
	candidates              []string
}

func citations(t *testing.T, edits []norms.Edit) []cited {
	t.Helper()
	numberings := all[norms.PutNumbering](edits)
	var list []cited
	for _, line := range all[norms.PutCitationLine](edits) {
		for _, r := range line.References {
			for _, l := range r.Labels {
				resolution, candidates := norms.ResolveLabel("2019-09-20", readings(numberings, r.Agreement, l))
				c := cited{name: r.Agreement, label: l, initiative: line.Initiative, resolution: resolution}
				for _, k := range candidates {
					c.candidates = append(c.candidates, k.Principle)
				}
				list = append(list, c)
			}
		}
	}
	return list
}

func readings(numberings []norms.PutNumbering, agreement, label string) []norms.LabelReading {
	var list []norms.LabelReading
	for _, n := range numberings {
		if n.Agreement != agreement {
			continue
		}
		r := norms.LabelReading{Numbering: n.Title, From: n.From, To: n.To}
		for _, l := range n.Labels {
			if citation.Normalize(l.Label) == citation.Normalize(label) {
				r.Principle = l.Principle
			}
		}
		list = append(list, r)
	}
	return list
}

func TestLetterHoldsItsThirtyEightCitations(t *testing.T) {
	t.Parallel()
	edits := load(t)
	got := map[string]int{"lines": len(all[norms.PutCitationLine](edits)), "initiatives": len(all[norms.PutInitiative](edits))}
	for _, l := range all[norms.PutCitationLine](edits) {
		got["references"] += len(l.References)
	}
	for _, in := range all[norms.PutInitiative](edits) {
		if in.Parent != "" {
			got["parts"]++
		}
	}
	for _, c := range citations(t, edits) {
		got[string(c.resolution)]++
	}
	want := map[string]int{"lines": 13, "initiatives": 17, "parts": 4, "references": 29, "resolved": 34, "ambiguous": 4}
	if d := gocmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestEachPrincipleHasItsCitations(t *testing.T) {
	t.Parallel()
	got := map[string]int{}
	for _, c := range citations(t, load(t)) {
		if c.resolution == norms.Resolved {
			got[c.candidates[0]]++
		}
	}
	want := map[string]int{
		"tech-accord@2018/1": 4, "tech-accord@2018/2": 3, "tech-accord@2018/3": 3, "tech-accord@2018/4": 2,
		"paris-call@2018/1": 10, "paris-call@2018/2": 2, "paris-call@2018/3": 1, "paris-call@2018/5": 2,
		"paris-call@2018/6": 1, "paris-call@2018/7": 4, "paris-call@2018/9": 2,
	}
	if d := gocmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestNormFiveAndSevenStayAmbiguous(t *testing.T) {
	t.Parallel()
	five := []string{"gcsc@final-2019/5", "gcsc@final-2019/6", "gcsc@singapore-2018/5"}
	seven := []string{"gcsc@final-2019/7", "gcsc@final-2019/8", "gcsc@final-2019/1"}
	want := []cited{
		{"gcsc", "5", "microsoft-cvd-policy", norms.Ambiguous, five},
		{"gcsc", "5", "microsoft-secure-development", norms.Ambiguous, five},
		{"gcsc", "7", "microsoft-deliberative-bodies", norms.Ambiguous, seven},
		{"gcsc", "7", "microsoft-digital-geneva-convention", norms.Ambiguous, seven},
	}
	got := slices.DeleteFunc(citations(t, load(t)), func(c cited) bool { return c.name != "gcsc" })
	if d := gocmp.Diff(want, got, gocmp.AllowUnexported(cited{})); d != "" {
		t.Error(d)
	}
}

func TestSameLabelOfManrsIsAmbiguousAcrossProgrammes(t *testing.T) {
	t.Parallel()
	edits := load(t)
	resolution, candidates := norms.ResolveLabel("2022", readings(all[norms.PutNumbering](edits), "manrs", "1"))
	if resolution != norms.Ambiguous || len(candidates) != 4 {
		t.Errorf("MANRS 1 in 2022 is %s with %d candidates; want ambiguous with 4", resolution, len(candidates))
	}
}

func TestParisCallSevenIsAmbiguousOnlyWhileTheSiteSwappedIt(t *testing.T) {
	t.Parallel()
	edits := load(t)
	for on, want := range map[norms.Date]norms.Resolution{
		"2019-10-23": norms.Resolved, "2019-10-24": norms.Ambiguous, "2019-11-08": norms.Ambiguous, "2019-11-09": norms.Resolved,
	} {
		if got, _ := norms.ResolveLabel(on, readings(all[norms.PutNumbering](edits), "paris-call", "7")); got != want {
			t.Errorf("Paris Call 7 on %s is %s, want %s", on, got, want)
		}
	}
}

func TestMicrosoftStandsToItsAgreements(t *testing.T) {
	t.Parallel()
	var got []string
	for _, a := range all[norms.PutAdherence](load(t)) {
		got = append(got, fmt.Sprintf("%s %s %s %s", a.Organization, a.Relation, a.Agreement, cmp.Or(a.Via, "direct")))
	}
	want := []string{
		"cybersecurity-tech-accord endorsed paris-call direct",
		"microsoft signed tech-accord direct",
		"microsoft endorsed paris-call direct",
		"microsoft endorsed paris-call cybersecurity-tech-accord",
		"microsoft endorsed manrs direct",
		"microsoft participant manrs direct",
		"microsoft supported gcsc direct",
		"microsoft mentioned nis-directive direct",
		"microsoft mentioned eu-cybersecurity-act direct",
		"microsoft mentioned un-norms direct",
		"microsoft contributed digital-cooperation-panel direct",
		"microsoft contributed contract-for-the-web direct",
		"microsoft supported contract-for-the-web direct",
		"microsoft proposed digital-geneva-convention direct",
		"microsoft proposed microsoft-norms-2014 direct",
		"microsoft proposed microsoft-norms-2016 direct",
		"microsoft proposed microsoft-norms-paper direct",
	}
	if d := gocmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// What a person would get by pasting a line is what the seed records.
func TestGrammarReadsTheLinesAsRecorded(t *testing.T) {
	t.Parallel()
	edits := load(t)
	grammar := grammarOf(edits)
	for _, line := range all[norms.PutCitationLine](edits) {
		var got []norms.Reference
		read := grammar.Parse(line.Text)
		for _, r := range read {
			shift := line.References[0].Start - read[0].Start
			n := norms.Reference{Text: r.Text, Start: r.Start + shift, End: r.End + shift, Name: r.Name, Agreement: r.Agreement}
			for _, l := range r.Labels {
				n.Labels = append(n.Labels, l.Text)
			}
			got = append(got, n)
		}
		if d := gocmp.Diff(line.References, got); d != "" {
			t.Errorf("%s: %s", line.Initiative, d)
		}
	}
}

// Each edit may name only what stands before it, or the first loading fails.
func TestEditsNameOnlyWhatStandsBefore(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, e := range load(t) {
		for _, key := range seed.KeysNamedIn(e) {
			if !seen[key] {
				t.Errorf("%s names %s before it is put", norms.EditName(e), key)
			}
		}
		seen[seed.NaturalKey(e)] = true
	}
}
