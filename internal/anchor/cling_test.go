package anchor_test

import (
	"testing"

	"normmap/internal/anchor"
)

// What clings to quoted words can make them another number, or one of another
// agreement: then they are gone.
func TestOtherNumbersAreNotTheSame(t *testing.T) {
	t.Parallel()
	const sentence = "We mark hospitals in the north"
	for _, c := range []struct{ quote, before, after string }{
		{"norm 13", "(norm 13)", "(norm 13(f))"},
		{"norm 13", "(norm 13)", "(norm 13 (f))"},
		{"norm 13", "(norm 13)", "(norm 13-f)"},
		{"principle 5", "(principle 5)", "(principle 5.1)"},
		{"principle 5", "(principle 5)", "(principle 5 bis)"},
		{"principle 5", "(principle 5)", "(principle 5 through 8)"},
		{"principle 5", "(principle 5)", "(principle 5 to 8)"},
		{"principle 5", "(principle 5)", "(principle 5 as well as 8)"},
		{"principles 1", "(principles 1)", "(principles 1 — 4)"},
		{"principles 1", "(principles 1)", "(principles 1 à 4)"},
		{"principles 1", "(principles 1)", "(principles 1 et 4)"},
		{"principles 1", "(principles 1)", "(principles 1‑4)"},
		{"principles 1", "(principles 1)", "(principles 1−4)"},
		{"principles 1", "(principles 1)", "(principles 1…4)"},
		{"principles 1", "(principles 1)", "(principles 1 … 4)"},
		{"principles 1", "(principles 1)", "(principles 1..4)"},
		{"principles 1", "(principles 1)", "(principles 1 + 4)"},
		{"principles 1", "(principles 1)", "(principles 1, and 4)"},
		{"principles 1", "(principles 1)", "(principles 1, or\n4)"},
		{"principles 1", "(principles 1, 4)", "(principles 1-4)"},
		{"principle 5", "(principle 5)", "(GCSC principle 5)"},
		{"principle 5", "(principle 5)", "(Tech Accord, principle 5)"},
		{"principle 5", "(Tech Accord, principle 5)", "(principle 5)"},
		{"principle 5", "(principle 5)", "(principle 5 of the Tech Accord)"},
		{"principle 5", "(principle 5)", "(principle 5, GCSC)"},
		{"principle 5", "by the Paris Call (principle 5)", "by the GCSC (principle 5)"},
		{"principle 5", "and it serves principle 5", "and it serves no principle 5"},
		{"Paris Call principle 5", "(Paris Call principle 5)", "(not Paris Call principle 5)"},
		{"6", "(principles 5 and 6)", "(norms 5 and 6)"},
		{"6", "(principles 5 and 6)", "(principles 5 and 1.6)"},
	} {
		before, after := sentence+" "+c.before+".\n", sentence+" "+c.after+".\n"
		place := quotes(before, c.quote)
		if f := between(t, before, after, place).Find(place[0]); f.How != anchor.Gone {
			t.Errorf("%s of %q is %s in %q", c.quote, c.before, f.How, c.after)
		}
	}
}

// What is said besides may change.
func TestTheSameNumbersStayInOtherWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ quote, before, after string }{
		{"principle 5", "We mark hospitals (principle 5).\n", "We mark hospitals and schools (principle 5).\n"},
		{"principle 5", "We mark hospitals (principle 5).\n", "We mark hospitals (see principle 5).\n"},
		{"principle 5", "We mark hospitals (principle 5).\n", "We mark hospitals (principle 5), and do so again.\n"},
		{"principle 5", "We mark hospitals (principle 5).\n", "We mark hospitals (principle 5). 4 of them are new.\n"},
		{"Paris Call principle 5", "We mark hospitals (Paris Call principle 5).\n", "We mark hospitals (GCSC norm 1, Paris Call principle 5).\n"},
		{"Paris Call principle 5", "We mark hospitals (Paris Call principle 5).\n", "We mark hospitals (Paris Call principle 5, GCSC norm 1).\n"},
		{"6", "We mark hospitals (principle 6).\n", "We mark hospitals (principles 5 and 6).\n"},
		{"principle 5", "- We mark hospitals, by principle 5\n- We teach\n", "- We mark hospitals, by principle 5\n- 4 courses were held\n- We teach\n"},
		{"principle 5", "We mark hospitals, by principle 5\n\nWe teach\n", "We mark hospitals, by principle 5\n\nGCSC members came\n\nWe teach\n"},
		{"principles 1, 4", "We mark hospitals (principles 1, 4 and 6).\n", "We mark hospitals now (principles 1, 4 and 6).\n"},
	} {
		place := quotes(c.before, c.quote)
		if f := between(t, c.before, c.after, place).Find(place[0]); f.How == anchor.Gone {
			t.Errorf("%s of %q is %s in %q", c.quote, c.before, f.How, c.after)
		}
	}
}

// Only one stands in the sentence, now as before, and elsewhere in it: nothing
// beside it tells that it speaks of the same.
func TestALoneQuoteIsFoundByTheWordsBesideIt(t *testing.T) {
	t.Parallel()
	const quote = "Paris Call principle 5"
	const before = "We train judges (Paris Call principle 5) and run a help desk for schools.\n"
	place := quotes(before, quote)
	for after, want := range map[string]anchor.How{
		"We train judges and run a help desk for schools (Paris Call principle 5).\n":           anchor.Gone,
		"We train many judges (Paris Call principle 5) and now run a help desk for schools.\n":  anchor.Reworded,
		"We train judges and clerks (Paris Call principle 5) and run a help desk in schools.\n": anchor.Reworded,
	} {
		if f := between(t, before, after, place).Find(place[0]); f.How != want {
			t.Errorf("it is %s in %q, want %s", f.How, after, want)
		}
	}
}
