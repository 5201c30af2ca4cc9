package intake_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"normmap/internal/citation"
	"normmap/internal/intake"
)

// hostile are long texts that nobody writes by hand.
func hostile() map[string]string {
	const size = 1 << 17
	of := func(unit string) string { return strings.Repeat(unit, size/len(unit)) }
	var deep strings.Builder
	for i := 0; deep.Len() < size; i++ {
		deep.WriteString(strings.Repeat(" ", 2*(i%2000)) + "- a (Paris Call 1)\n")
	}
	return map[string]string{
		"brackets": of("("), "closed brackets": of("(Paris Call 1)"), "nested brackets": of("(a ") + of(") "),
		"one line": of("we do much for Paris Call principle 1 and others "), "no spaces": of("a"), "digits": of("1"),
		"ranges": of("Paris Call principles 1–99999, "), "short ranges": of("Paris Call principles 1-100, "),
		"one row": "|a|Paris Call|\n|-|-|\n|" + of(" 1 |"), "long rows": "|" + strings.Repeat(" Paris Call |", 400) + "\n" + strings.Repeat("|"+strings.Repeat("1|", 400)+"\n", 160),
		"a row of many": "| a | Paris Call |\n|--|--|\n|" + of(" 1 |"), "heads": "|" + of(" Paris Call |") + "\n|--|\n|" + of(" 1 |"),
		"deep": deep.String(), "quotes": of("> "), "headings": of("# Paris Call\n\n"), "levels": of("# a\n## b\n### c\nParis Call 1\n"),
		"marks": of("[^1]"), "notes": of("[^1]: Paris Call 1\n"), "labels": of("(a)"), "names": of("Paris Call "), "capitals": of("Ab "),
		"denied": of("we do not follow Paris Call 1 "), "commas": of(","), "nouns": of("principle "), "owners": of("principle 1 of the "),
		"links": of("[a](b"), "bold": of("**a** "), "promises": of("will launch by 2020 "), "lines": of("\n"), "colons": of("a:\n- b\n"),
		"ordinals": of("first and "), "acronyms": of("(TA 3, "), "bytes": of("\xff"), "dashes": of("- "),
		"titles": of("principle 1 on a "), "set apart": of("principle 1, a, b "), "reports": of("norm 8 of the final report in 2019 by "), "later": of("Principle 6: a (b "),
		"ends": "- It was closed for Paris Call 1" + of(". "), "endings": "- Paris Call 1. " + of("It was closed. "), "borders": of("+--+\n| Paris Call 1 |\n"), "records": of("1. a\n   Title: b\n   Norms: Paris Call 1\n"), "quoted": of("- a\n  > Paris Call 1\n"), "stances": of("We support Paris Call 1. "),
		"the same": of("principle 1 of the same text, "), "asked": of("Q: a?\nA: Paris Call 1\n"), "codes": of("GCSC-5, "), "glued": of("Paris Call: P1, P2 "),
	}
}

// Whatever a text is made of, the time that reading takes grows with its length
// and no faster: what grew with the square would take minutes here.
func TestHostileTextsAreReadInTime(t *testing.T) {
	t.Parallel()
	g := citation.NewGrammar(names)
	for name, text := range hostile() {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		began := time.Now()
		_, err := intake.Read(ctx, g, text, intake.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		t.Logf("%s: %v", name, time.Since(began).Round(time.Millisecond))
		cancel()
	}
}

// Whoever leaves, or has no time left, is not waited for.
func TestReadingEndsWithItsContext(t *testing.T) {
	t.Parallel()
	g := citation.NewGrammar(names)
	for name, text := range hostile() {
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		began := time.Now()
		_, err := intake.Read(ctx, g, text, intake.Options{})
		if took := time.Since(began); took > 30*time.Second || err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v after %v", name, err, took)
		}
		cancel()
	}
}
