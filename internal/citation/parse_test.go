package citation_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/citation"
)

var names = []citation.Name{
	{Agreement: "tech-accord", Text: "Cybersecurity Tech Accord"},
	{Agreement: "tech-accord", Text: "Tech Accord"},
	{Agreement: "paris-call", Text: "Paris Call"},
	{Agreement: "paris-call", Text: "Paris Call for Trust and Security in Cyberspace"},
	{Agreement: "gcsc", Text: "GCSC"},
	{Agreement: "gcsc", Text: "Global Commission on the Stability of Cyberspace"},
	{Agreement: "manrs", Text: "MANRS"},
	{Agreement: "nis-directive", Text: "NIS Directive"},
	{Agreement: "nis-directive", Text: "Directive (EU) 2016/1148"},
	{Agreement: "un-norms", Text: "UN GGE 2015"},
	{Agreement: "digital-cooperation-panel", Text: "HLPDC"},
	{Agreement: "contract-for-the-web", Text: "Contract for the Web – Principles"},
	{Agreement: "one", Text: "Common Code"},
	{Agreement: "another", Text: "common  code"},
	{Agreement: "nothing", Text: " "},
}

// read prints what is read from a text: agreement (or the unknown name in
// angle brackets), noun and labels of each reference.
func read(text string) string { return readWith(names, text) }

func readWith(names []citation.Name, text string) string {
	var refs []string
	for _, r := range citation.NewGrammar(names).Parse(text) {
		who := r.Agreement
		if who == "" {
			who = "<" + r.Name + ">"
		}
		var labels []string
		for _, l := range r.Labels {
			labels = append(labels, l.Text)
		}
		refs = append(refs, strings.TrimSpace(who+" "+r.Noun)+": "+strings.Join(labels, " "))
	}
	return strings.Join(refs, "; ")
}

// forms is a table from printed text to what is read from it.
type forms map[string]string

func (f forms) check(t *testing.T) {
	t.Helper()
	t.Parallel()
	for text, want := range f {
		if got := read(text); got != want {
			t.Errorf("%q is read as\n\t%s\nwant\n\t%s", text, got, want)
		}
	}
}

func TestListsOfNumbers(t *testing.T) {
	forms{
		"Paris Call principle 3":                          "paris-call principle: 3",
		"Paris Call principles 1 and 5":                   "paris-call principles: 1 5",
		"Paris Call principle 1 and 9":                    "paris-call principle: 1 9",
		"Paris Call principles 1, 2, 6, 7":                "paris-call principles: 1 2 6 7",
		"Paris Call principles 1,2,and 6":                 "paris-call principles: 1 2 6",
		"Paris Call principles 1, 2, and 6":               "paris-call principles: 1 2 6",
		"Paris Call principles 1 & 5":                     "paris-call principles: 1 5",
		"Paris Call principles 1; 5":                      "paris-call principles: 1 5",
		"Paris Call principles 1,\n5":                     "paris-call principles: 1 5",
		"Paris Call principles 1,\n\n5":                   "paris-call principles: 1",
		"*(Paris Call principle 1, GCSC norm 5)*":         "paris-call principle: 1; gcsc norm: 5",
		"(Paris Call principles 1, 2, 9, GCSC norm 7)":    "paris-call principles: 1 2 9; gcsc norm: 7",
		"Paris Call principle 1 and GCSC norm 5":          "paris-call principle: 1; gcsc norm: 5",
		"Tech Accord principle 4; Paris Call 1":           "tech-accord principle: 4; paris-call: 1",
		"UN GGE 2015 norms #6/7, #9 and #10":              "un-norms norms: 6 7 9 10",
		"Paris Call principle 3 (elections), 7 (hygiene)": "paris-call principle: 3 7",
		"Paris Call principle 3 (as in GCSC 2), 7":        "paris-call principle: 3; gcsc: 2",
		"Paris Call principle 1 and principle 5":          "paris-call principle: 1 5",
		"NIS Directive Art. 14 and recital 4":             "nis-directive Art.: 14; nis-directive recital: 4",
	}.check(t)
}

func TestNounsAndNumberSigns(t *testing.T) {
	forms{
		"MANRS Action 1":                 "manrs Action: 1",
		"MANRS actions 1, 3":             "manrs actions: 1 3",
		"NIS Directive articles 14, 16":  "nis-directive articles: 14 16",
		"NIS Directive art 14":           "nis-directive art: 14",
		"NIS Directive Paras. 2 and 3":   "nis-directive Paras.: 2 3",
		"NIS Directive recitals 4":       "nis-directive recitals: 4",
		"HLPDC recommendation 4":         "digital-cooperation-panel recommendation: 4",
		"HLPDC MEASURES 4":               "digital-cooperation-panel MEASURES: 4",
		"HLPDC commitments 4":            "digital-cooperation-panel commitments: 4",
		"Paris Call principle no. 5":     "paris-call principle: 5",
		"Paris Call principles nos. 5,6": "paris-call principles: 5 6",
		"Paris Call principle n° 5":      "paris-call principle: 5",
		"Paris Call principle nº5":       "paris-call principle: 5",
		"Paris Call principle #5":        "paris-call principle: 5",
		"GCSC #5":                        "gcsc: 5",
		"GCSC No 5 and no. 6":            "gcsc: 5 6",
	}.check(t)
}

func TestRanges(t *testing.T) {
	forms{
		"Paris Call principles 1-3":             "paris-call principles: 1 2 3",
		"Paris Call principles 1–3, 7":          "paris-call principles: 1 2 3 7",
		"Paris Call principles 1 – 3":           "paris-call principles: 1 2 3",
		"Paris Call principles 1 - 3":           "paris-call principles: 1 2 3",
		"Paris Call principles 1 to 3 and 9":    "paris-call principles: 1 2 3 9",
		"Paris Call principles 7 through 9":     "paris-call principles: 7 8 9",
		"UN GGE 2015 norms 13(a)–(c)":           "un-norms norms: 13(a) 13(b) 13(c)",
		"UN GGE 2015 norms 13(a) to 13(c)":      "un-norms norms: 13(a) 13(b) 13(c)",
		"UN GGE 2015 norms a–c":                 "un-norms norms: a b c",
		"HLPDC recommendations 1A–1C, 3A-C":     "digital-cooperation-panel recommendations: 1A 1B 1C 3A 3B 3C",
		"NIS Directive article 14(1)-(3)":       "nis-directive article: 14(1) 14(2) 14(3)",
		"Paris Call principles 1-101":           "paris-call principles: 1-101",
		"Paris Call principles 9 to 5":          "paris-call principles: 9 to 5",
		"Paris Call principles 3-3":             "paris-call principles: 3-3",
		"Paris Call principle 2-1":              "paris-call principle: 2-1",
		"Paris Call principles 01-03":           "paris-call principles: 01-03",
		"NIS Directive article 5(i)–(v)":        "nis-directive article: 5(i)–(v)",
		"NIS Directive articles 1a–3c":          "nis-directive articles: 1a–3c",
		"MANRS action 2-1":                      "manrs action: 2-1",
		"MANRS Actions 2-1, 2-2 and 2-3":        "manrs Actions: 2-1 2-2 2-3",
		"MANRS actions 1–3":                     "manrs actions: 1 2 3",
		"MANRS actions 2-1 to 2-3":              "manrs actions: 2-1 2-2 2-3",
		"Paris Call principles 1-2-3":           "paris-call principles: 1-2-3",
		"Paris Call principle 1 – 2018 began":   "paris-call principle: 1",
		"Paris Call principle 1 – GCSC norm 10": "paris-call principle: 1; gcsc norm: 10",
	}.check(t)
}

func TestLabelsAreText(t *testing.T) {
	forms{
		"UN GGE 2015 norm 13(f)":               "un-norms norm: 13(f)",
		"UN GGE 2015 norm 13 (f)":              "un-norms norm: 13 (f)",
		"UN GGE 2015 norm 13f":                 "un-norms norm: 13f",
		"UN GGE 2015 norm f":                   "un-norms norm: f",
		"UN GGE 2015 norms (a), (c) and k":     "un-norms norms: (a) (c) k",
		"UN GGE 2015 norms 13(a), (c) and 14":  "un-norms norms: 13(a) 13(c) 14",
		"NIS Directive Art. 14(3)":             "nis-directive Art.: 14(3)",
		"NIS Directive Art. 14(3)(a), (b)":     "nis-directive Art.: 14(3)(a) 14(3)(b)",
		"NIS Directive Art. 14(1)(a), (2)(b)":  "nis-directive Art.: 14(1)(a) 14(2)(b)",
		`UN GGE 2015 norm 13\(f\), paris call`: `un-norms norm: 13\(f\)`,
		"HLPDC recommendations 5A and 5B":      "digital-cooperation-panel recommendations: 5A 5B",
		"HLPDC recommendation 1.2":             "digital-cooperation-panel recommendation: 1.2",
		"HLPDC article IV.":                    "digital-cooperation-panel article: IV",
		"Paris Call principle 1.":              "paris-call principle: 1",
	}.check(t)
}

func TestNamesAreFoundAsPrinted(t *testing.T) {
	forms{
		"paris  call principle 1":                                        "paris-call principle: 1",
		"the PARIS\nCALL’s principle 1":                                  "paris-call principle: 1",
		"“Paris Call” principle 1":                                       "paris-call principle: 1",
		"**Paris Call** principle 1":                                     "paris-call principle: 1",
		"[Paris Call](#) principle 1":                                    "paris-call principle: 1",
		"Paris Call (principles 1 and 5)":                                "paris-call principles: 1 5",
		"Paris Call: principles 1 and 5":                                 "paris-call principles: 1 5",
		"Paris Call: 1, 5":                                               "paris-call: 1 5",
		"Paris Call (1, 5)":                                              "paris-call: 1 5",
		"Paris Call – principle 1":                                       "paris-call principle: 1",
		"| Paris Call | principles 1, 5 |":                               "paris-call principles: 1 5",
		"Paris Call\n- principle 1":                                      "paris-call principle: 1",
		"NIS Directive, Article 14":                                      "nis-directive Article: 14",
		"Directive (EU) 2016/1148 article 14":                            "nis-directive article: 14",
		"Global Commission on the Stability of Cyberspace (GCSC) norm 5": "gcsc norm: 5",
		"Paris Call for Trust and Security in Cyberspace principle 1":    "paris-call principle: 1",
		"Contract for the Web - Principles 3":                            "contract-for-the-web: 3",
		"GCSC 5 Paris Call 3":                                            "gcsc: 5; paris-call: 3",
		"Common Code norm 1":                                             "<Common Code> norm: 1",
	}.check(t)
}

func TestUnknownNamesAreKept(t *testing.T) {
	forms{
		"Charter of Trust principle 3":                            "<Charter of Trust> principle: 3",
		"See the Charter of Trust principle 3":                    "<Charter of Trust> principle: 3",
		"See Charter of Trust (CoT) principle 3":                  "<Charter of Trust> principle: 3",
		"(Paris Call principle 1, Charter of Trust principle 3)":  "paris-call principle: 1; <Charter of Trust> principle: 3",
		"Paris Call principle 1 and Charter of Trust principle 3": "paris-call principle: 1; <Charter of Trust> principle: 3",
		"“Charter of Trust” principle 3":                          "<Charter of Trust> principle: 3",
		"Agenda 2030 measure 4":                                   "<Agenda 2030> measure: 4",
		"(A/70/174 norm 13(f))":                                   "<A/70/174> norm: 13(f)",
		"Regulation (EU) 2019/881 Article 51":                     "<Regulation (EU) 2019/881> Article: 51",
		"Paris Call Bis principle 1":                              "<Paris Call Bis> principle: 1",
		"MANRS network operators action 1":                        "<MANRS network operators> action: 1",
		"Global Commission on Cyber Stability (GCSC) norm 5":      "<Global Commission on Cyber Stability> norm: 5",
		"NIS 2 Directive article 21":                              "<NIS 2 Directive> article: 21",
		"eIDAS article 3":                                         "<eIDAS> article: 3",
		"All quiet.\nCharter of Trust principle 3":                "<Charter of Trust> principle: 3",
		"Microsoft, Charter of Trust principle 3":                 "<Charter of Trust> principle: 3",
	}.check(t)
}

func TestWhatIsNoCitationIsIgnored(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", " \n", "(", "5", "principle 5", "The Principle 5 matters", "See Art. 5",
		"In 2017, the company called for action.",
		"34 company signatories and 4 bullets",
		"The Paris Call was signed in 2018 by 51 states.",
		"Paris Call 2018", "Paris Call, 12 November 2018", "Paris Call (2018)",
		"MANRS 4 actions", "Paris Call: 9 principles", "Paris Call (9 principles)",
		"the four principles of the Cybersecurity Tech Accord",
		"GCSC norm", "Paris Call principles", "Paris Call principle 5th", "Paris Call principle 2018",
		"GCSC 5% of", "GCSC 9:30", "GCSC 5-year plan",
		"Tech Accord\n1. First", "Paris Call\n\narticle 5",
		"GCSC norm a new start", "GCSCs norm", "Tech Accords 5",
		"an Anti-GCSC 5", "this norm 5",
	} {
		if got := read(text); got != "" {
			t.Errorf("%q is read as %s, want nothing", text, got)
		}
	}
}

func TestPlacesCountCodePoints(t *testing.T) {
	t.Parallel()
	got := citation.NewGrammar(names).Parse("«é» 🎉 Paris Call principles 1–2 & 13 (f), recital 4")
	want := []citation.Reference{
		{
			Text: "Paris Call principles 1–2 & 13 (f)", Start: 6, End: 40,
			Agreement: "paris-call", Name: "Paris Call", Noun: "principles",
			Labels: []citation.Label{
				{Text: "1", Start: 28, End: 31},
				{Text: "2", Start: 28, End: 31},
				{Text: "13 (f)", Start: 34, End: 40},
			},
			NameStart: 6, NameEnd: 16,
		},
		{
			Text: "recital 4", Start: 42, End: 51,
			Agreement: "paris-call", Name: "Paris Call", Noun: "recital",
			Labels: []citation.Label{{Text: "4", Start: 50, End: 51}},
			By:     citation.BySentence, NameStart: 6, NameEnd: 16,
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("references differ (-want +got):\n%s", diff)
	}
}
