package citation_test

import (
	"fmt"
	"strings"
	"testing"

	"normmap/internal/citation"
)

func TestNumbersThatPeopleAskFor(t *testing.T) {
	t.Parallel()
	names := []citation.Name{
		{Agreement: "cta", Text: "Cybersecurity Tech Accord"}, {Agreement: "fair", Text: "Fair Fight"}, {Agreement: "gcsc", Text: "GCSC"},
		{Agreement: "manrs", Text: "MANRS"}, {Agreement: "nis1", Text: "NIS"}, {Agreement: "nis2", Text: "NIS 2"}, {Agreement: "other-call", Text: "A Call to Others"}, {Agreement: "paris-call", Text: "Paris Call"},
		{Agreement: "paris-call", Text: "Paris Call for Trust"}, {Agreement: "un-norms", Text: "UN norms of behaviour"},
	}
	for text, want := range map[string]string{
		"paris call 5":                  "paris-call//5",
		"Paris Call principles 1 and 5": "paris-call/principle/1 paris-call/principle/5",
		"13f":                           "//13f",
		"13(f)":                         "//13(f)",
		"13.f":                          "//13(f)",
		"13. f":                         "//13(f)",
		"13. (f)":                       "//13(f)",
		"13 - f":                        "//13(f)",
		"13-F":                          "//13(F)",
		"13 f":                          "//13(f)",
		"13 f, 13 k":                    "//13(f) //13(k)",
		"un norms 13 f":                 "un-norms/norm/13(f)",
		"paragraph 13(f)":               "/paragraph/13(f)",
		"para 13 f":                     "/paragraph/13(f)",
		"un norm f":                     "un-norms/norm/f",
		"norm f":                        "/norm/f",
		"fa 5":                          "",
		"fai 5":                         "fair//5",
		"norm 5":                        "/norm/5",
		"nis/5":                         "nis1//5",
		"un-norms/6":                    "",
		"#6":                            "//6",
		"un norm 6":                     "un-norms/norm/6",
		"tech accord principle 2":       "cta/principle/2",
		"tech acc 2":                    "cta//2",
		"gcsc norm 5":                   "gcsc/norm/5",
		"manrs 1":                       "manrs//1",
		"principle 5 of the paris call": "paris-call/principle/5",
		"call 5":                        "other-call//5 paris-call//5",
		"NIS 2":                         "",
		"hygiene":                       "",
		"f":                             "",
		"top 10 threats":                "",
		"ransomware 5":                  "",
		"2019":                          "",
		"":                              "",
		"5 · 6 — \u202e(":               "//5 //6",
	} {
		var got []string
		for _, a := range citation.ReadAsked(names, text) {
			got = append(got, fmt.Sprintf("%s/%s/%s", a.Agreement, a.Noun, a.Label))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q asks for %q, want %q", text, got, want)
		}
		if want != "" && !citation.MayAsk(text) {
			t.Errorf("%q is not taken to be a question by number", text)
		}
	}
}

func TestAnAgreementNamedInFull(t *testing.T) {
	t.Parallel()
	names := []citation.Name{{Agreement: "nis2", Text: "NIS 2"}, {Agreement: "paris-call", Text: "Paris Call"}, {Agreement: "paris-call", Text: "paris-call"}}
	for text, want := range map[string]bool{"paris call 5": true, "paris-call/5": true, "principle 5 of the Paris Call": true, "call 5": false, "paris 5": false, "5": false, "nis 21": false} {
		asked := citation.ReadAsked(names, text)
		if len(asked) != 1 || asked[0].InFull != want {
			t.Errorf("%q is read as %+v, in full should be %t", text, asked, want)
		}
	}
}

func TestWhatMayAskForANumber(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"13f": true, "norm f": true, "article IV": true, "hygiene": false, "f": false, "norms of behaviour": false, "a principle": false, "": false} {
		if citation.MayAsk(text) != want {
			t.Errorf("%q may ask for a number: %t", text, !want)
		}
	}
}

func FuzzReadAsked(f *testing.F) {
	for _, s := range []string{"paris call 5", "13(f)", "norm 1-99999", "(((", "#", "1\n2", "a/b 3", "5 of", "\u2028"} {
		f.Add(s)
	}
	names := []citation.Name{{Agreement: "paris-call", Text: "Paris Call"}, {Agreement: "x", Text: ""}}
	f.Fuzz(func(t *testing.T, text string) {
		for _, a := range citation.ReadAsked(names, text) {
			if a.Label == "" {
				t.Errorf("%q asks for no label", text)
			}
		}
	})
}
