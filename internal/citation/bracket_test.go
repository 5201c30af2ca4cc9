package citation_test

import (
	"testing"

	"normmap/internal/citation"
)

func TestNumbersWithoutANounInBrackets(t *testing.T) {
	t.Parallel()
	g := reports()
	for text, want := range map[string]string{
		"Eyes. [Paris Call, VI; GCSC, I]":                        "paris-call VI, gcsc I",
		"Eyes. (Paris Call I and VII)":                           "paris-call I VII",
		"Eyes. [Paris Call, I, V; Charter of Trust, VIII]":       "paris-call I V,  VIII",
		"Eyes. (TA 3; Paris Call 7)":                             " 3, paris-call 7",
		"Commitments: TA 3; Paris Call 7.":                       " 3, paris-call 7",
		"| a law | TA 3; Paris Call 7 |":                         " 3, paris-call 7",
		"Eyes. (UN GGE norms 13c, d and f; Paris Call 7)":        "un 13c 13d 13f, paris-call 7",
		"Eyes. (UN GGE norm 13c, a policy)":                      "un 13c",
		"We saw the Paris Call, I think, with 7 others (page 3)": "",
		"In the Paris Call, 5 states were missing.":              "",
		"Held in Geneva (Room 3, floor 2).":                      "",
		"(normes UN GGE a, d et k ; norme UN GGE i)":             "un a d k, un i",
		"norms of the UN GGE i think of":                         "",
		"norms a and b of the UN GGE":                            "un a b",
		"The Contrat pour le Web. Le principe 3 du Contrat vaut": "c4w 3",
	} {
		if got := cited(g, text); got != want {
			t.Errorf("%q cites %q, want %q", text, got, want)
		}
	}
}

// Letters and a number in brackets look like a citation; that nobody knows them is
// told.
func TestLettersThatNobodyKnowsAreTold(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"A course (TA 3) for all.":      `"TA 3" not_known`,
		"A course (page 3) for all.":    "",
		"A course (Room 3) for all.":    "",
		"Version 3 (IPv6) runs on TLS.": "",
	} {
		if got := readContext(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestArticlesOfContractsAreNotOfAgreementsNamedFurtherOff(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"# Paris Call\n\n## Principle 1\n\n- A charter. It says in article 4 that we help.",
		"Our contract (art. 7, al. 2) forbids it.", "L’article 12 de la loi de 2017 le garantit.",
	} {
		for _, r := range citation.NewGrammar(names).Parse(text) {
			if r.Noun != "Principle" {
				t.Errorf("%q cites %s %+v", text, r.Agreement, r.Labels)
			}
		}
	}
}

// Whoever cites principles of one agreement does not go on with its norms, unless
// the text says what it means by the word.
func TestNounsThatAnAgreementIsNotCitedBy(t *testing.T) {
	t.Parallel()
	g := reports()
	for text, want := range map[string]string{
		"(Paris Call principles 1, 2, norm 7)": "paris-call 1 2",
		"Where this text says “norm”, it means a norm of the UN GGE.\n\nA (Paris Call principles 1, 2, norm 7)":                          "paris-call 1 2, un 7",
		"UN GGE, norms (h) and (k); para. 13 (j) of the same report":                                                                     "un (h) (k), un 13 (j)",
		"- a (Paris Call principle 1)\n- b (principle 6 of the same text)\n- c (principle 3, and norm 2 of the GCSC)\n- d (principle 7)": "paris-call 1, paris-call 6, paris-call 3, gcsc 2, paris-call 7",
		"Paris Call principles 1 and 5; principle 7":                                                                                     "paris-call 1 5 7",
	} {
		if got := cited(g, text); got != want {
			t.Errorf("%q cites %q, want %q", text, got, want)
		}
	}
}

// A number with a letter is of the agreement of which the text cited the like,
// if that is one.
func TestNumbersWithLettersAreOfWhereTheLikeWereCited(t *testing.T) {
	t.Parallel()
	g := reports()
	for text, want := range map[string]string{
		"- a (norme 13 g) du UN GGE ; principe 1 de l’Appel de Paris)\n- b (normes 13 h) et 13 k))": "un 13 g, paris-call 1, un 13 h 13 k",
		"- a (norm 13(g) of the UN GGE)\n- b (principle 6 of the Paris Call, norm 13(i))":           "un 13(g), paris-call 6, un 13(i)",
		"- a (UN GGE 13(g); Paris Call 1)\n- b (UN 13(i); Paris Call 2)":                            "un 13(g), paris-call 1, un 13(i), paris-call 2",
		"- a (norm 13(g) of the UN GGE)\n- b (norm 13(a) of the GCSC)\n\n# c\n\n- d (norm 13(k))":   "un 13(g), gcsc 13(a)",
		"- a (norm 13(g) of the UN GGE)\n- b (norm 14(a) of the GCSC)\n\n# c\n\n- d (norm 13(k))":   "un 13(g), gcsc 14(a), un 13(k)",
	} {
		if got := cited(g, text); got != want {
			t.Errorf("%q cites %q, want %q", text, got, want)
		}
	}
}

func TestNamesAreTheSameWithHyphensDotsAndSpacesOfPrint(t *testing.T) {
	t.Parallel()
	g := citation.NewGrammar([]citation.Name{
		{Agreement: "tech-accord", Text: "Cybersecurity Tech Accord"}, {Agreement: "tech-accord", Text: "Tech Accord"}, {Agreement: "paris-call", Text: "Appel de Paris"},
		{Agreement: "un", Text: "UN GGE"}, {Agreement: "nis2", Text: "NIS 2 Directive"}, {Agreement: "panel", Text: "High-level Panel"},
	})
	for text, want := range map[string]string{
		"Tech-Accord principle 1": "tech-accord 1", "Cybersecurity Tech\u2011Accord principle 1": "tech-accord 1", "TECH–ACCORD principle 1": "tech-accord 1",
		"U.N. GGE norm 5": "un 5", "UN-GGE norm 5": "un 5", "U.N GGE norm 5": "un 5", "NIS-2 Directive Art. 21": "nis2 21",
		"l’Appel-de-Paris, principe n°\u00a05": "paris-call 5", "Appel\u00a0de\u202fParis, principes 1\u00a0à\u00a03": "paris-call 1 2 3",
		"High Level Panel recommendation 2": "panel 2", "Tech Accord-1": "", "Tech Accord - principle 1": "tech-accord 1",
	} {
		if got := cited(g, text); got != want {
			t.Errorf("%q cites %q, want %q", text, got, want)
		}
	}
}
