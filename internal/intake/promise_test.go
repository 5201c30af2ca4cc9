package intake_test

import (
	"strings"
	"testing"

	"normmap/internal/citation"
	"normmap/internal/intake"
)

// What a part will do, the whole does not only plan.
func TestPromisesOfPartsAreTheirs(t *testing.T) {
	t.Parallel()
	const text = `# Question 1

- **Drills for staff.** Every quarter we test our staff. (Paris Call principle 5)
  - A course for new staff will start by the end of 2027 (Paris Call principle 1).
- **A second centre** will open in the north. (Paris Call principle 1)
  - Its first team works already (Paris Call principle 2).
`
	g := citation.NewGrammar([]citation.Name{{Agreement: "paris-call", Text: "Paris Call"}})
	found := read(t, g, text, intake.Options{Dated: "2026-11-23"}).Initiatives
	if len(found) != 2 || len(found[0].Parts) != 1 || len(found[1].Parts) != 1 {
		t.Fatalf("read %v", found)
	}
	for name, got := range map[string]struct {
		plans bool
		of    *intake.Promise
	}{"drills": {false, found[0].Planned}, "course": {true, found[0].Parts[0].Planned}, "centre": {true, found[1].Planned}, "team": {false, found[1].Parts[0].Planned}} {
		if (got.of != nil) != got.plans {
			t.Errorf("%s: planned is %v, want %v: %v", name, !got.plans, got.plans, got.of)
		}
	}
}

func TestWordsOfPromiseAndTheirDays(t *testing.T) {
	t.Parallel()
	g := citation.NewGrammar([]citation.Name{{Agreement: "paris-call", Text: "Paris Call"}})
	for text, want := range map[string]string{
		"A camp. To be held for the first time in July 2027":                     "To be held 2027-07",
		"Un label, qui sera proposé à partir de 2028":                            "sera 2028",
		"Une semaine : la première se tiendra en novembre 2027":                  "tiendra 2027-11",
		"Une application, qui sera disponible au premier trimestre 2028":         "sera 2028-03",
		"Threat bulletin (planned, Q3 2027)":                                     "planned 2027-09",
		"Two networks since 2022, tested by an outside firm":                     "",
		"Un centre, prêt d’ici à la fin de l’an 2028":                            "d’ici à la fin de l’an 2028 2028",
		"À venir, printemps 2028 : un site":                                      "À venir 2028",
		"It will appear in 2027 as a book":                                       "will appear 2027",
		"In the second half of 2027 all branches will rehearse it":               "will rehearse 2027",
		"Peer review with two neighbours, to start in early 2028":                "to start in 2028",
		"A procedure is in preparation, for use from the 3rd quarter of 2027 on": "in preparation 2027-09",
		"[ ] Bug hunt for schools, in March 2027":                                "[ ] 2027-03",
		"[x] Check-up days at four markets":                                      "",
		"In 2027 we will begin to publish a list; the first appears in May 2027": "we will begin 2027-05",
		"We will open it by 2027, on 15 March 2027":                              "We will open 2027-03-15",
		"Un registre pour 2027 : il ouvrira en mars 2027":                        "ouvrira 2027-03",
		"A pilot that began in October 2026 will go on in 2026":                  "will go 2026",
		"We’ll do the first one in November 2027":                                "We’ll do 2027-11",
		"A second edition is to come out in March 2027":                          "is to come 2027-03",
		"A law will enter into force on 1 January 2027":                          "law will enter 2027-01-01",
		"Une loi entrera en vigueur le 1er janvier 2027":                         "entrera 2027-01-01",
		"The desk opens in March 2027":                                           "opens 2027-03",
		"The desk opens at nine; 2,027 came in March 2025":                       "",
		"Extra staff came in 2026, and with it we have the names of all of them": "",
		"It was done by March 2026":                                              "",
		"Ils ne seront pas poursuivis":                                           "",
		"In 2019 we said that it will help everybody":                            "",
	} {
		found := read(t, g, "- "+text+" (Paris Call principle 5).\n", intake.Options{Dated: "2026-11-23"}).Initiatives
		got := ""
		if len(found) == 1 && found[0].Planned != nil {
			got = found[0].Planned.Text + " " + string(found[0].Planned.Due)
		}
		if got != want {
			t.Errorf("%q promises %q, want %q", text, got, want)
		}
	}
}

// Things under a heading about what is to come are planned, and so is what a table says
// begins on a day that is still to come.
func TestPlansInHeadingsAndColumns(t *testing.T) {
	t.Parallel()
	g := citation.NewGrammar([]citation.Name{{Agreement: "paris-call", Text: "Paris Call"}})
	for text, want := range map[string]string{
		"**What comes next**\n\n- Proofs, in the first quarter of 2027 (Paris Call 6)\n":          "What comes next 2027-03",
		"## Next\n\n- Proofs (Paris Call 6)\n":                                                    "Next ",
		"## Ce qui vient\n\n- Des preuves (Paris Call 6)\n":                                       "Ce qui vient ",
		"# Planned\n\n## Others\n\n- Proofs, from spring 2027 (Paris Call 6)\n":                   "Planned 2027",
		"## Next to us\n\n- Proofs (Paris Call 6)\n":                                              "",
		"| Activity | Cites | Since |\n|--|--|--|\n| Proofs | Paris Call 6 | from March 2027 |\n": "from March 2027 2027-03",
		"| Activity | Cites | Since |\n|--|--|--|\n| Proofs | Paris Call 6 | March 2026 |\n":      "",
		"| Activity | Cites | Why |\n|--|--|--|\n| Proofs | Paris Call 6 | March 2027 |\n":        "",
	} {
		found := read(t, g, text, intake.Options{Dated: "2026-11-23"}).Initiatives
		got := ""
		if len(found) == 1 && found[0].Planned != nil {
			got = found[0].Planned.Text + " " + string(found[0].Planned.Due)
		}
		if len(found) != 1 || got != want {
			t.Errorf("%q promises %q, want %q", text, got, want)
		}
	}
}

// Without a table's form, fields would be initiatives; crosses cite what stands
// over them.
func TestFormsAndCrossesInTables(t *testing.T) {
	t.Parallel()
	g := citation.NewGrammar([]citation.Name{{Agreement: "paris-call", Text: "Paris Call"}})
	form := read(t, g, "## Initiative 1\n\n| Field | Answer |\n|--|--|\n| Name | Vault |\n| Principles | Paris Call 1 |\n| Status | Running |\n", intake.Options{}).Initiatives
	if len(form) != 1 || form[0].Title != "Vault" || len(form[0].References) != 1 {
		t.Errorf("a form is read as %+v", form)
	}
	crosses := read(t, g, "| Activity | Paris Call 1 | Paris Call 5 |\n|--|--|--|\n| Vault | x | |\n| Drill | | ✓ |\n| Talk | – | x |\n", intake.Options{})
	var cites []string
	for _, i := range crosses.Initiatives {
		for _, r := range i.References {
			cites = append(cites, i.Title+" "+r.Text)
		}
	}
	if want := "Vault Paris Call 1, Drill Paris Call 5, Talk Paris Call 5"; strings.Join(cites, ", ") != want {
		t.Errorf("crosses cite %v, want %s", cites, want)
	}
}
