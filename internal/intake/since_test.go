package intake_test

import (
	"testing"

	"normmap/internal/citation"
	"normmap/internal/intake"
	"normmap/internal/norms"
)

func TestSinceWhenSomethingGoesOn(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]norms.Date{
		"- A help desk for schools, on since 2019 (Paris Call principle 1).\n":                        "2019",
		"- A help desk for schools, open day and night since\n  March 2019 (Paris Call principle 1).": "2019-03",
		"- Un guichet, ouvert depuis 2020 (Appel de Paris, principe 1).\n":                            "2020",
		"- A desk since 2019, with a branch since 2021 (Paris Call principle 1).\n":                   "",
		"- A help desk (Paris Call principle 1). Its members have met since 2012.\n":                  "",
		"- Our help desk, closed since 2020, answered 400 calls (Paris Call principle 1).\n":          "",
		"- Courses, which have not been held since 2019 (Paris Call principle 1).\n":                  "",
		"- Since 2019, attacks have doubled, so we began a desk in 2022 (Paris Call principle 1).\n":  "",
		"- Since 2019 we have run a desk for schools (Paris Call principle 1).\n":                     "2019",
		"- Depuis 2019, nous animons des ateliers (Appel de Paris, principe 1).\n":                    "2019",
		"- A help desk that shall open (Paris Call principle 1).\n":                                   "",
	} {
		r := read(t, citation.NewGrammar(names), text, intake.Options{Dated: "2024-01-01"})
		if len(r.Initiatives) != 1 {
			t.Fatalf("%q has %d initiatives", text, len(r.Initiatives))
		}
		var got norms.Date
		if since := r.Initiatives[0].Since; since != nil {
			got = since.On
		}
		if got != want {
			t.Errorf("%q goes on since %q, want %q", text, got, want)
		}
	}
}
