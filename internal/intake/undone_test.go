package intake_test

import (
	"testing"

	"normmap/internal/citation"
	"normmap/internal/intake"
)

// What a text says was not done is no claim, whatever it cites; it is shown. That
// something is not done may be what was promised.
func TestWhatWasNotDoneIsNoClaim(t *testing.T) {
	t.Parallel()
	for said, claims := range map[string]int{
		"We have nothing to report on Principle 4 of the Tech Accord.":                                            0,
		"We do not yet have an activity that serves Principle 2 of the Paris Call.":                               0,
		"We have not started any work on Principle 3 of the Paris Call.":                                          0,
		"**Delta Desk**: We do not do anything for Paris Call Principle 9.":                                       0,
		"Nous n'avons pas encore d'activité concernant la protection de l'Internet (Appel de Paris, principe 2).": 0,
		"Nous n’avons rien entrepris pour le principe 9 de l’Appel de Paris.":                                     0,
		"Nous ne menons aucune action au titre du principe 4 de l'Appel de Paris.":                                0,
		"We have no project for principle 2 of the Paris Call. We train judges (Paris Call principle 8).":         1,
		"We have not begun with machines but with people (Paris Call principle 7).":                               1,
		"We do not sell exploits (Paris Call principle 5).":                                                       1,
		"We have no doubt that courses help; we hold ten (Paris Call principle 7).":                               1,
		"The bank does not have a backdoor in any product (Paris Call principle 6).":                              1,
		"We have not only started a school, but a university (Paris Call principle 7).":                           1,
	} {
		r := read(t, citation.NewGrammar(names), "# What we do\n\n- Night watch (Paris Call principle 1).\n- "+said+"\n", intake.Options{})
		got := -1 // the night watch
		for _, i := range r.Initiatives {
			got += len(i.References)
		}
		told := len(r.Elsewhere) > 0 && len(r.Problems) > 0 && r.Problems[0].Kind == intake.LeftOut
		if got != claims || claims == 0 && !told {
			t.Errorf("%q makes %d claims, want %d; left are %+v, %+v", said, got, claims, r.Elsewhere, r.Problems)
		}
	}
}
