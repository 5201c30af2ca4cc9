package intake_test

import (
	"testing"

	"normmap/internal/citation"
	"normmap/internal/intake"
)

// What a text says has come to its end is not proposed as ongoing; what tells of some
// of it is.
func TestWhatHasComeToItsEnd(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"**Epsilon Fund**: Completed in 2020. [Paris Call principle 8]":                                "completed 2020",
		"Nu Week. It ended in March 2019 (Paris Call principle 7).":                                    "ended 2019-03",
		"Launched in 2016 and completed in 2020 (Paris Call principle 7).":                             "completed 2020",
		"**Gamma Days**: We no longer run these days, which served Paris Call Principle 5 until 2018.": "ended 2018",
		"La campagne a été terminée en 2021 (Appel de Paris, principe 7).":                             "completed 2021",
		"Our help desk, closed since 2020, answered 400 calls (Paris Call principle 5).":               "ended 2020",
		"Twelve audits were completed in 2020 (Paris Call principle 6).":                               "ongoing ",
		"We closed 400 holes in 2020 (Paris Call principle 6).":                                        "ongoing ",
		"It is to be completed in 2031 (Paris Call principle 6).":                                      "planned 2031",
		"We no longer ship passwords in our routers (Paris Call principle 6).":                         "ongoing ",
		"Nous n’organisons plus ces journées depuis longtemps (Appel de Paris, principe 7).":           "ended ",
		"We no more than watch; a desk (Paris Call principle 6).":                                      "ongoing ",
	} {
		r := read(t, citation.NewGrammar(names), "- "+said+"\n", intake.Options{Dated: "2024-05-06"})
		if len(r.Initiatives) != 1 {
			t.Fatalf("%q has %d initiatives", said, len(r.Initiatives))
		}
		i := r.Initiatives[0]
		status, on := i.Status()
		if i.Ended != nil {
			on = i.Ended.On
		}
		if got := string(status) + " " + string(on); got != want {
			t.Errorf("%q is %q, want %q", said, got, want)
		}
	}
}
