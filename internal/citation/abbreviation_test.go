package citation_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/citation"
)

// A text may say itself what it calls an agreement for short, before or after it
// does so.
func TestShortNamesOfAText(t *testing.T) {
	forms{
		"the Cybersecurity Tech Accord (TA) and more. Our course (TA 3).":         "tech-accord: 3",
		"the Cybersecurity Tech Accord (hereafter the “CSTA”). CSTA principle 3.": "tech-accord principle: 3",
		"Courses (TA 3, PCTS 7)\n\nTA = Tech Accord; PCTS = Paris Call":           "tech-accord: 3; paris-call: 7",
		"TA: Tech Accord\nXY: Paris Call\n\nTA3, TA principle 4 and XY 5":         "tech-accord: 3; tech-accord principle: 4; <XY>: 5",
		"Prizes (TA1, TA2)\n\n**TA** – Tech Accord":                               "tech-accord: 1; tech-accord: 2",
		"the Paris Call (ISOC). See ISOC principle 3":                             "<ISOC> principle: 3",
		"the Tech Accord (TA), the Paris Call (TA = Paris Call). See TA 5.":       "<TA>: 5",
		"TA stands for the Tech Accord. TA 3":                                     "tech-accord: 3",
		"The EU stands for the principles of the Paris Call. EU principle 3":      "<EU> principle: 3",
		"Our CSIRT stands for the Paris Call. CSIRT principle 5":                  "<CSIRT> principle: 5",
		"the Paris Call (“PC”), PC 5":                                             "paris-call: 5",
	}.check(t)
}

func TestShortNamesAreTold(t *testing.T) {
	t.Parallel()
	g := citation.NewGrammar(names)
	found := g.ReadLine("the Cybersecurity Tech Accord (TA)")
	if diff := cmp.Diff([]citation.Name{{Agreement: "tech-accord", Text: "TA"}}, found.Short); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if named := g.With(found.Short).Named("TA"); len(named) != 1 || named[0].Agreement != "tech-accord" {
		t.Errorf("a column called TA names %v", named)
	}
	if named := g.Named("TA"); len(named) > 0 {
		t.Errorf("what a text calls for short is known elsewhere: %v", named)
	}
}

// The year of an only edition, or the day, behind a name is no other agreement.
func TestYearsBehindNames(t *testing.T) {
	t.Parallel()
	names := append(names, citation.Name{Agreement: "paris-call", Text: "2018", Edition: "2018"})
	for text, want := range map[string]string{
		"Paris Call 2018 principle 5":                        "paris-call principle: 5",
		"Paris Call (2018), principles 5 and 6":              "paris-call principles: 5 6",
		"Paris Call of 2018: principle 5":                    "paris-call principle: 5",
		"Paris Call of 12 November 2018, principle 5":        "paris-call principle: 5",
		"Paris Call du 12 novembre 2018 (principe 5)":        "paris-call principe: 5",
		"Paris Call 2018 gathered many. Principle 5 is hard": "paris-call Principle: 5",
		"Paris Call 2031 principle 5":                        "<Paris Call 2031> principle: 5",
		"The hardest part of the Paris Call is principle 3":  "paris-call principle: 3",
		"The Paris Call asks for much in principle 3":        "paris-call principle: 3",
	} {
		if got := readWith(names, text); got != want {
			t.Errorf("%q is read as\n\t%s\nwant\n\t%s", text, got, want)
		}
	}
}

// Under an agreement's name and nothing else, numbers that head lines are its.
func TestNumbersThatHeadLines(t *testing.T) {
	forms{
		"## Paris Call\n\n1 – We guard towns.\n5 – We sell no tools.":                             "paris-call: 1; paris-call: 5",
		"Paris Call:\n\n- 1: We guard towns.\n- 5: We sell no tools.":                             "paris-call: 1; paris-call: 5",
		"## Paris Call\n\n1. We guard towns.\n5. We teach.":                                       "paris-call: 1; paris-call: 5",
		"## Paris Call\n\n### 3. Elections\n\nWe watch.\n\n### 7. Hygiene\n\nWe teach.":           "paris-call: 3; paris-call: 7",
		"3. Paris Call\n\n1 – We guard towns.\n\n5 – We sell no tools.\n\nBye.":                   "paris-call: 1; paris-call: 5",
		"## Paris Call\n\n1. One.\n2. Two.\n\n## GCSC\n\n3. We guard.\n4. We teach.":              "",
		"## Paris Call\n\n1 – We watch.\n2 – We help.\n\n## GCSC\n\n3 – We guard.\n4 – We teach.": "",
		"## Paris Call\n\n1. We guard towns.\n2. We teach.":                                       "",
		"## Paris Call principles\n\n1. We guard towns.\n2. We teach.":                            "",
		"## Paris Call\n\n1 – Awareness campaign.\n2 – Help desk.\n3 – Bug bounty.":               "",
		"## Paris Call principles\n\n5. We sell no tools.":                                        "paris-call: 5",
		"## Paris Call\n\n1 – We guard towns (principle 4).\n2 – We teach (principle 7).":         "paris-call principle: 4; paris-call principle: 7",
		"## Our projects under the Paris Call\n\n1 – We guard towns.\n3 – We sell nothing.":       "",
		"## UN GGE 2015 norms\n\n(f) We mark hospitals.\n(h) We answer calls.":                    "un-norms: (f); un-norms: (h)",
	}.check(t)
}

// Such numbers are shown to somebody where they may be no more than a list's.
func TestNumbersThatMayOnlyCountAreTold(t *testing.T) {
	t.Parallel()
	r := citation.NewGrammar(names).ReadLine("## Paris Call\n\n1 – Awareness campaign.\n2 – Help desk.")
	if len(r.Passages) != 2 || r.Passages[0].Reason != citation.OnlyCounts || r.Passages[1].Text != "2" {
		t.Errorf("told: %+v", r.Passages)
	}
}
