package citation_test

import (
	"fmt"
	"strings"
	"testing"

	"normmap/internal/citation"
)

func TestNumberBeforeTheAgreement(t *testing.T) {
	forms{
		"principle 5 of the Paris Call, principle 3 of the Tech Accord": "paris-call principle: 5; tech-accord principle: 3",
		"Principles 1, 5 and 9 of the Paris Call":                       "paris-call Principles: 1 5 9",
		"principle 1 of the Paris Call and 3 of the Tech Accord":        "paris-call principle: 1; tech-accord: 3",
		"Articles 14 and 16 and recital 4 of the NIS Directive":         "nis-directive Articles: 14 16; nis-directive recital: 4",
		"Norm 13(f) of the “UN GGE 2015”":                               "un-norms Norm: 13(f)",
		"(Principle 4, Paris Call; norm 5, GCSC)":                       "paris-call Principle: 4; gcsc norm: 5",
		"Principle 4 (Paris Call)":                                      "paris-call Principle: 4",
		"Principle 4 (IP) of the [Paris Call](#)":                       "paris-call Principle: 4",
		"principle 3 of the Charter of Trust":                           "<Charter of Trust> principle: 3",
		"Article 32 of Regulation (EU) 2016/679 applies":                "<Regulation (EU) 2016/679> Article: 32",
		"Art. 32 GDPR":                                                                          "<GDPR> Art.: 32",
		"Article 14 NIS Directive":                                                              "nis-directive Article: 14",
		"principle 5 in the Paris Call":                                                         "paris-call principle: 5",
		"norms 1-3 under the GCSC":                                                              "gcsc norms: 1 2 3",
		"Principle 4, Paris Call principle 5":                                                   "paris-call principle: 5",
		"Following Principle 5 of the Paris Call":                                               "paris-call Principle: 5",
		"principles 1 and 5 of the Paris Call and norm 5 of the GCSC apply":                     "paris-call principles: 1 5; gcsc norm: 5",
		"principle 7 “Cyber hygiene” of the Paris Call":                                         "paris-call principle: 7",
		"Tech Accord principle 1 and principle 7 “Cyber hygiene” of the Paris Call":             "tech-accord principle: 1; paris-call principle: 7",
		"principle 7, cyber hygiene, of the Paris Call":                                         "paris-call principle: 7",
		"principle 7 – cyber hygiene – of the Paris Call":                                       "paris-call principle: 7",
		"principle 7 on cyber hygiene of the Paris Call":                                        "paris-call principle: 7",
		"le principe 7 sur l’hygiène du Paris Call":                                             "paris-call principe: 7",
		"- Principle 6: lifecycle security (Paris Call)\n- Principle 1: products (Tech Accord)": "paris-call Principle: 6; tech-accord Principle: 1",
		"Principle 6: lifecycle security, with others (see Paris Call notes)":                   "",
		"principle 5 of the nine principles of the Paris Call":                                  "paris-call principle: 5",
		"norm 13(f) of the eleven voluntary UN GGE 2015 norms":                                  "un-norms norm: 13(f)",
		"norm 13(f) of the 11 UN GGE 2015 norms":                                                "un-norms norm: 13(f)",
		"principle 7 in several Paris Call countries":                                           "",
		"article 5 of our statutes":                                                             "",
		"as Article 23(4) and, for some, Article 30 of the NIS Directive say":                   "nis-directive Article: 23(4); nis-directive Article: 30",
		"Our Article 23. And Article 30 of the NIS Directive":                                   "nis-directive Article: 30",
		"as Article 23(4) says, norm 5 of the GCSC":                                             "gcsc norm: 5",
	}.check(t)
}

func TestFrench(t *testing.T) {
	names := append(names, citation.Name{Agreement: "paris-call", Text: "Appel de Paris"},
		citation.Name{Agreement: "nis-directive", Text: "directive SRI"}, citation.Name{Agreement: "gcsc", Text: "Règlement général"})
	t.Parallel()
	for text, want := range map[string]string{
		"principe 4 de l'Appel de Paris":                            "paris-call principe: 4",
		"les principes 1 et 5 de l’Appel de Paris":                  "paris-call principes: 1 5",
		"Appel de Paris, principes 1 à 3 ainsi que 9":               "paris-call principes: 1 2 3 9",
		"APPEL DE PARIS : PRINCIPES N° 1 ET N° 5":                   "paris-call PRINCIPES: 1 5",
		"principes nos 1, 2 de l'appel de paris":                    "paris-call principes: 1 2",
		"article 14 de la directive SRI":                            "nis-directive article: 14",
		"au titre des articles 14 et 16 de la directive SRI":        "nis-directive articles: 14 16",
		"considérants 4 et 5 du reglement general":                  "gcsc considérants: 4 5",
		"(Appel de Paris, principe 6 ; GCSC, norme n°5)":            "paris-call principe: 6; gcsc norme: 5",
		"la norme 13 f) du rapport du GGE de 2015":                  "<GGE> norme: 13 f",
		"la norme 13 h) du rapport GCSC":                            "gcsc norme: 13 h",
		"Normes 13 c), h) et k) du rapport 2015 de la GCSC":         "gcsc Normes: 13 c 13 h 13 k",
		"recommandation 3 de la Charte de confiance":                "<Charte> recommandation: 3",
		"Conformément au principe 5 de l'Appel de Paris":            "paris-call principe: 5",
		"mesure 2 du Plan d'action pour l'Europe":                   "<Plan> mesure: 2",
		"Appel de Paris\n\nMesure 2 : un cours. Principe 7.":        "paris-call Principe: 7",
		"norme 13 h) du rapport GCSC. Norme 13 g) du même rapport.": "gcsc norme: 13 h; gcsc Norme: 13 g",
	} {
		if got := readWith(names, text); got != want {
			t.Errorf("%q is read as\n\t%s\nwant\n\t%s", text, got, want)
		}
	}
}

func TestMoreFormsOfNumbers(t *testing.T) {
	forms{
		"Paris Call principle(s) 1, 5":                               "paris-call principle(s): 1 5",
		"Paris Call principles: 1, 5":                                "paris-call principles: 1 5",
		"Paris Call principle: 5 (and others)":                       "paris-call principle: 5",
		"Paris Call principles 1 as well as 5":                       "paris-call principles: 1 5",
		"Paris Call principles 1 and/or 5":                           "paris-call principles: 1 5",
		"NIS Directive article 21, paragraphs 2 and 3":               "nis-directive article: 21(2) 21(3)",
		"article 14, paragraph 3 of the NIS Directive":               "nis-directive article: 14(3)",
		"Paris Call P1, P5 and Tech Accord P2":                       "paris-call P: 1 5; tech-accord P: 2",
		"Paris Call (P1, P5); Tech Accord: P2":                       "paris-call P: 1 5; tech-accord P: 2",
		"GCSC-5 and MANRS-1, 2; not Paris Call-5":                    "gcsc: 5; manrs: 1 2",
		"the GCSC-5 meeting":                                         "",
		"Paris Call principles 1 · 5 / 7":                            "paris-call principles: 1 5 7",
		"Paris Call for Trust & Security in Cyberspace, principle 5": "paris-call principle: 5",
		"Paris Call – P5 states":                                     "",
		"the P5 states and the Paris Call":                           "",
		"# Paris Call\n\n## P5. Trade":                               "paris-call P: 5",
		"Paris Call §5":                                              "paris-call §: 5",
		"UN GGE 2015 §§ 13(f), 13(k)":                                "un-norms §§: 13(f) 13(k)",
		"Paris Call principles I–IV":                                 "paris-call principles: I II III IV",
		"Paris Call principles I, IV and IX":                         "paris-call principles: I IV IX",
		"Paris Call principles iv and v":                             "paris-call principles: iv v",
		"principle IV of the Paris Call":                             "paris-call principle: IV",
		"NIS Directive article 5(i)–(iv)":                            "nis-directive article: 5(i) 5(ii) 5(iii) 5(iv)",
		"the fifth principle of the Paris Call":                      "paris-call principle: 5",
		"the Paris Call's first and third principles":                "paris-call principles: 1 3",
		"Paris Call principle five":                                  "paris-call principle: 5",
		"Paris Call principles one and two":                          "paris-call principles: 1 2",
		"the 5th principle of the Paris Call":                        "paris-call principle: 5",
		"le premier principe de l'appel, Paris Call 2":               "paris-call: 2",
		"the second norm was late":                                   "",
		"PARIS CALL PRINCIPLE 5 – NON-PROLIFERATION":                 "paris-call PRINCIPLE: 5",
		"Paris Call Principle 6: Lifecycle security":                 "paris-call Principle: 6",
	}.check(t)
}

// readContext prints what read does, with how the agreement was known, and
// what could not be read.
func readContext(text string) string {
	reading := citation.NewGrammar(names).ReadLine(text)
	var out []string
	for _, r := range reading.References {
		s := r.Agreement
		if s == "" {
			s = "<" + r.Name + ">"
		}
		for _, l := range r.Labels {
			s += " " + l.Text
		}
		if r.By != "" {
			s += " by " + string(r.By)
		}
		out = append(out, s)
	}
	for _, p := range reading.Passages {
		out = append(out, fmt.Sprintf("%q %s", p.Text, p.Reason))
	}
	return strings.Join(out, "; ")
}

func TestAgreementNamedBefore(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Under the Paris Call we work on principles 2 and 6.":                                                    "paris-call 2 6 by sentence",
		"We support the Paris Call. Principle 5 matters most.":                                                   "paris-call 5 by before",
		"Paris Call principle 1 (people). We also keep principle 5.":                                             "paris-call 1; paris-call 5 by before",
		"# Paris Call\n\nWe work on principle 5.":                                                                "paris-call 5 by heading",
		"## Paris Call\n\n### Principle 5: Non-proliferation\n\nWe do this.":                                     "paris-call 5 by heading",
		"# Paris Call\n\n## Others\n\ntext\n\n# Annex\n\nprinciple 5":                                            `"principle 5" no_agreement`,
		"PARIS CALL\n\n- We do (principle 1)\n- We do that (principles 3, 4)":                                    "paris-call 1 by heading; paris-call 3 4 by heading",
		"For the Paris Call:\n\n- we do this, principle 1\n- and that, principle 2":                              "paris-call 1 by before; paris-call 2 by before",
		"- Paris Call\n  - principle 1\n  - principle 5":                                                         "paris-call 1 by before; paris-call 5 by before",
		"The Paris Call and the Tech Accord agree; principle 1 counts":                                           `"principle 1" several_agreements`,
		"# Paris Call and GCSC\n\nprinciple 1":                                                                   `"principle 1" several_agreements`,
		"We keep principle 5.":                                                                                   `"principle 5" no_agreement`,
		"# Paris Call\n\narticle 5 of our statutes":                                                              `"article 5" not_named`,
		"Charter of Trust principle 3 and then, later, principle 5.":                                             "<Charter of Trust> 3; <Charter of Trust> 5 by sentence",
		"Agreement: Paris Call\nPrinciples: 1, 5":                                                                "paris-call 1 5",
		"Paris Call norm 1, and article 14 of the NIS Directive":                                                 "paris-call 1; nis-directive 14",
		"The GCSC is old. The Paris Call is new. Principle 3 is ours.":                                           "paris-call 3 by before",
		"# Paris Call\n\nOur own principle 5 and its article 6":                                                  `"principle 5" not_named; "article 6" not_named`,
		"The Republic supports the Paris Call and has trained judges under its principle 9.":                     "paris-call 9 by sentence",
		"We support the Paris Call. In line with its principles 1 and 2, we do. In line with principle 6, more.": "paris-call 1 2 by before; paris-call 6 by before",
		"*Agreement:* Paris Call · *Principle:* 1":                                                               "paris-call 1 by sentence",
		"MANRS Actions 1-3 and MANRS action 2-1":                                                                 "manrs 1 2 3; manrs 2-1",
		"We do this (Charte des eaux, engagement 4).":                                                            "<Charte des eaux> 4",
		"Agreement: Charter of Open Grids\nPrinciples: 2":                                                        "<Charter of Open Grids> 2 by before",
		"# Paris Call\n\nSee norm 13 h) du traité.":                                                              `"norm 13 h" not_named`,
		"| Paris Call | we do this | principles 1, 5 |":                                                          "paris-call 1 5 by sentence",
	} {
		if got := readContext(text); got != want {
			t.Errorf("%q is read as\n\t%s\nwant\n\t%s", text, got, want)
		}
	}
}
