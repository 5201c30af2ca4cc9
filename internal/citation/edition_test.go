package citation_test

import (
	"fmt"
	"strings"
	"testing"

	"normmap/internal/citation"
)

// programmes are names with the editions of an agreement that counts anew in
// each.
func programmes() *citation.Grammar {
	return citation.NewGrammar([]citation.Name{
		{Agreement: "manrs", Text: "MANRS"}, {Agreement: "paris-call", Text: "Paris Call"}, {Agreement: "paris-call", Text: "PC"},
		{Agreement: "tech-accord", Text: "Tech Accord"}, {Agreement: "tech-accord", Text: "CTA"}, {Agreement: "nis", Text: "NIS"},
		{Agreement: "nis", Text: "NIS 1"}, {Agreement: "nis2", Text: "NIS 2"},
		{Agreement: "manrs", Text: "Network operators", Edition: "network-operators"},
		{Agreement: "manrs", Text: "Internet exchange points", Edition: "ixps"},
		{Agreement: "manrs", Text: "CDN and cloud providers", Edition: "cdn-cloud"},
	})
}

// cited is what a text cites: agreement@edition and labels.
func cited(g *citation.Grammar, text string) string {
	var all []string
	for _, r := range g.Parse(text) {
		one := r.Agreement
		if r.Edition != "" {
			one += "@" + r.Edition
		}
		for _, l := range r.Labels {
			one += " " + l.Text
		}
		all = append(all, one)
	}
	return strings.Join(all, ", ")
}

// reports are names with the editions of an agreement that its reports print, and
// of one that counted anew after a year.
func reports() *citation.Grammar {
	return citation.NewGrammar([]citation.Name{
		{Agreement: "gcsc", Text: "GCSC"}, {Agreement: "gcsc", Text: "Singapore Norm Package"}, {Agreement: "c4w", Text: "Contract for the Web"}, {Agreement: "paris-call", Text: "Paris Call"},
		{Agreement: "paris-call", Text: "Appel de Paris"}, {Agreement: "c4w", Text: "Contrat pour le Web"}, {Agreement: "un", Text: "UN GGE"},
		{Agreement: "gcsc", Text: "Norm Package Singapore", Edition: "singapore-2018"},
		{Agreement: "gcsc", Text: "Advancing Cyberstability (final report)", Edition: "final-2019"},
		{Agreement: "c4w", Text: "Principles of the Contract for the Web", Edition: "2018"},
		{Agreement: "c4w", Text: "Contract for the Web", Edition: "2019"},
	})
}

func TestEditionsAreNamedByTheirTitlesAndYears(t *testing.T) {
	t.Parallel()
	g := reports()
	for text, want := range map[string]string{
		"GCSC final report norm 5":                                          "gcsc@final-2019 5",
		"(GCSC final report, norms 1 and 2)":                                "gcsc@final-2019 1 2",
		"GCSC 8 (final report)":                                             "gcsc@final-2019 8",
		"GCSC Singapore package norm 3":                                     "gcsc@singapore-2018 3",
		"Contract for the Web (2018), principle 8":                          "c4w@2018 8",
		"Contract for the Web 2019 principle 8":                             "c4w@2019 8",
		"the final report of the GCSC, norm 1":                              "gcsc@final-2019 1",
		"rapport final de la GCSC, norme 1":                                 "gcsc@final-2019 1",
		"GCSC, norm 6 in the count of the final report":                     "gcsc@final-2019 6",
		"GCSC, norm 6 in our report":                                        "gcsc 6",
		"norm 2 of the Singapore Norm Package":                              "gcsc@singapore-2018 2",
		"principle 7 of the GCSC's Singapore package":                       "gcsc@singapore-2018 7",
		"GCSC final report (2019), norm 6":                                  "gcsc@final-2019 6",
		"GCSC final report (The Hague, 2019), norm 6":                       "gcsc@final-2019 6",
		"GCSC final report (November 2019): norms 6 and 8":                  "gcsc@final-2019 6 8",
		"GCSC final report (2019, p. 21), norm 6":                           "gcsc@final-2019 6",
		"GCSC final report, 2019, norm 6":                                   "gcsc@final-2019 6",
		"GCSC final report of November 2019, norm 6":                        "gcsc@final-2019 6",
		"GCSC (final report, 2019), norm 6":                                 "gcsc@final-2019 6",
		"GCSC (final report of 12 November 2019), norm 6":                   "gcsc@final-2019 6",
		"GCSC (final report, norm 6)":                                       "gcsc@final-2019 6",
		"(GCSC (final report, 6))":                                          "gcsc@final-2019 6",
		"GCSC, Final Report (2019), norm 6":                                 "gcsc@final-2019 6",
		"GCSC, final report, November 2019, norm 6":                         "gcsc@final-2019 6",
		"GCSC (GCSC, 2019), norm 6":                                         "gcsc@final-2019 6",
		"GCSC Singapore Norm Package (Singapore, November 2018), norm 3":    "gcsc@singapore-2018 3",
		"GCSC, rapport final (2019), norme 6":                               "gcsc@final-2019 6",
		"rapport final de la GCSC (2019), norme 6":                          "gcsc@final-2019 6",
		"final report (2019) of the GCSC, norm 6":                           "gcsc@final-2019 6",
		"the final report\nof the GCSC, norm 6":                             "gcsc@final-2019 6",
		"norm 8 of the final report of the GCSC":                            "gcsc@final-2019 8",
		"norm 8 of the Final Report (2019) of the GCSC":                     "gcsc@final-2019 8",
		"norm 8 of the 2019 report of the GCSC":                             "gcsc@final-2019 8",
		"norm 8 of the GCSC final report (2019)":                            "gcsc@final-2019 8",
		"norms 1 and 8 in the final report of the GCSC":                     "gcsc@final-2019 1 8",
		"norme 8 du rapport final de la GCSC":                               "gcsc@final-2019 8",
		"norme 8 du rapport final (2019) de la GCSC":                        "gcsc@final-2019 8",
		"norme 8, rapport final de la GCSC":                                 "gcsc@final-2019 8",
		"la norme 8 (rapport final de la GCSC)":                             "gcsc@final-2019 8",
		"norm 8 of the report published in 2019 by the GCSC":                "gcsc 8",
		"norme 13 h) du rapport de consensus du UN GGE":                     "un 13 h",
		"norm (f) of the report adopted in July 2015 by the UN GGE":         "un (f)",
		"UN GGE (A/70/174, para. 13), norm (f)":                             "un (f)",
		"norm 8 of our final report of the GCSC":                            "",
		"norm 8 of the final report of our board":                           "",
		"norm 8 of the report that our board wrote on the GCSC":             "",
		"norm 8 of the agreement signed with members of the GCSC":           "",
		"Article 4 of the Data Act repeats norm 5 of the GCSC":              " 4, gcsc 5",
		"Article 4 of the Data Act repeats the words of the GCSC":           " 4",
		"Paris Call, November 2018, principles 5 and 6; GCSC, Geneva, 2018": "paris-call 5 6",
		"GCSC norm 5":                      "gcsc 5",
		"Contract for the Web principle 8": "c4w 8",
		"Paris Call (2018) principle 8":    "paris-call 8",
	} {
		if got := cited(g, text); got != want {
			t.Errorf("%q cites %s, want %s", text, got, want)
		}
	}
}

func TestEditionsThatATextNames(t *testing.T) {
	t.Parallel()
	g := programmes()
	for text, want := range map[string]string{
		"MANRS IXP Action 1; Paris Call principle 2":                      "manrs@ixps 1, paris-call 2",
		"(MANRS Action 1 for network operators)":                          "manrs@network-operators 1",
		"MANRS Actions 1, 2 and 4 for CDN and cloud providers":            "manrs@cdn-cloud 1 2 4",
		"MANRS Actions 1 and 4 (IXPs)":                                    "manrs@ixps 1 4",
		"MANRS programme for Internet exchange points, action 2-1":        "manrs@ixps 2-1",
		"# MANRS actions for IXPs\n\n## Action 3: the platform\n\nWords.": "manrs@ixps 3",
		"MANRS, Network Operators, Action 4":                              "manrs@network-operators 4",
		"(MANRS for Network\n   Operators, Action 4)":                     "manrs@network-operators 4",
		"(MANRS\nfor Network Operators, Action 4)":                        "manrs@network-operators 4",
		"(MANRS,\nNetwork Operators, Action 4)":                           "manrs@network-operators 4",
		"- MANRS\n- Network Operators, Action 4":                          " 4",
		"[Paris Call\n5, 7; Tech Accord 2]":                               "paris-call 5 7, tech-accord 2",
		"MANRS\n\nNetwork operators tell us of action 4":                  "manrs 4",
		"MANRS – IXPs – action 2":                                         "manrs@ixps 2",
		"MANRS (opérateurs de réseau), action 4":                          "manrs@network-operators 4",
		"MANRS/IXP action 2":                                              "manrs@ixps 2",
		"MANRS: network operators, actions 1 and 3":                       "manrs@network-operators 1 3",
		"We joined MANRS, IXPs are next. Action 2 followed.":              "manrs 2",
		"MANRS Action 1 for our network":                                  "manrs 1",
		"MANRS Action 1 for operators in the cloud":                       "manrs 1",
		"MANRS Action 1 for operators and cloud providers":                "manrs 1",
		"MANRS Action 1. Network operators like principle 2 of it.":       "manrs 1",
	} {
		if got := cited(g, text); got != want {
			t.Errorf("%q cites %s, want %s", text, got, want)
		}
	}
}

func TestNamesOfFewLetters(t *testing.T) {
	t.Parallel()
	g := programmes()
	for text, want := range map[string]string{
		"(PC 1, 3; CTA 2)":                               "paris-call 1 3, tech-accord 2",
		"PC6, 7 and CTA1":                                "paris-call 6 7, tech-accord 1",
		"PC principle 4":                                 "paris-call 4",
		"Each PC is patched. The pc 5 is new.":           "",
		"On every PC: see principle 5 of the Paris Call": "paris-call 5",
		"NIS2 and NIS3 are no numbers":                   "",
		"PC2018 and WPA3":                                "",
	} {
		if got := cited(g, text); got != want {
			t.Errorf("%q cites %s, want %s", text, got, want)
		}
	}
}

func TestWhatWasNamedBefore(t *testing.T) {
	t.Parallel()
	g := programmes()
	for text, want := range map[string]string{
		"principle 1 of the Paris Call, and to principle 7 of the same text": "paris-call 1, paris-call 7",
		"We signed the Tech Accord. Principle 2 of the Accord matters.":      "tech-accord 2",
		"Norm 13(c): a drill.\n\nAll norms are those of the Tech Accord.":    "tech-accord 13(c)",
		"Under the Charter we work. Principle 2 of the Charter matters.":     " 2",
		"Principle 7 of the same text matters.":                              "",
	} {
		if got := cited(g, text); got != want {
			t.Errorf("%q cites %q, want %q", text, got, want)
		}
	}
}

func TestPartsOfArticles(t *testing.T) {
	t.Parallel()
	g := programmes()
	for text, want := range map[string]string{
		"article 21, paragraphe 2, point a), de la directive NIS 2": "nis2 21(2)(a)",
		"l’article 21.2.d de NIS 2":                                 "nis2 21.2.d",
		"See Art. 21(2), points (a) to (c), of NIS 2":               "nis2 21(2)(a) 21(2)(b) 21(2)(c)",
		"Art. 21 para. 2 lit. a NIS 2":                              "nis2 21(2)(a)",
		"Articles 20 and 21, paragraph 2, of NIS 2":                 "nis2 20 21(2)",
		"principles 1., 2. and 3. of the Paris Call":                "paris-call 1 2 3",
		"Tech Accord, 1st and 3rd principle":                        "tech-accord 1 3",
		"Annex 3(b) of our bylaws, 5(a) of the Paris Call":          "paris-call 5(a)",
	} {
		if got := cited(g, text); got != want {
			t.Errorf("%q cites %s, want %s", text, got, want)
		}
	}
}

func TestSpellingsOfLabels(t *testing.T) {
	t.Parallel()
	for label, want := range map[string]string{
		"5": "[{5 }]", "IV": "[{IV } {4 IV is 4}]", "13(f)": "[{13(f) } {13 13(f) is part of 13}]",
		"21(2)(a)": "[{21(2)(a) } {21(2) 21(2)(a) is part of 21(2)} {21 21(2)(a) is part of 21}]",
		"21.2.d":   "[{21.2.d } {21.2 21.2.d is part of 21.2} {21 21.2.d is part of 21}]",
		"(f)":      "[{(f) }]", "2-1": "[{2-1 }]", "": "[{ }]", "IV(2)": "[{IV(2) } {IV IV(2) is part of IV} {4 IV(2) is part of 4}]",
	} {
		if got := fmt.Sprint(citation.Spellings(label)); got != want {
			t.Errorf("%q is spelled %s, want %s", label, got, want)
		}
	}
}

func TestOnlyAgreementOfTheSection(t *testing.T) {
	t.Parallel()
	g := programmes()
	for text, want := range map[string]string{
		"We joined the Paris Call.\n\nThis is what we do.\n\n- A help desk (principle 7)": "paris-call 7",
		"We joined the Paris Call and the Tech Accord.\n\n- A help desk (principle 7)":    "",
		"# A\n\nWe joined the Paris Call.\n\n# B\n\n- A help desk (principle 7)":          "",
		"We joined the Paris Call.\n\nThis is what we do.\n\n- A help desk (article 7)":   "",
	} {
		if got := cited(g, text); got != want {
			t.Errorf("%q cites %q, want %q", text, got, want)
		}
	}
}
