package citation_test

import (
	"slices"
	"strings"
	"testing"

	"normmap/internal/citation"
)

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"*(Cybersecurity Tech Accord principle 1, Paris Call principles 1 and 5, GCSC norm 7)*",
		"Paris Call principles 1–3, 7 to 9 & 2-1; recital 4",
		"UN GGE 2015 norms 13(a), (c)–(f), 13 (k) and #6/7",
		`NIS Directive Art. 14(1)(a), (2)(b), 13\(f\)`,
		"See the Charter of Trust (CoT)’s principle no. 3, Agenda 2030 measure 1A–C",
		"MANRS network operators Actions 2-1 to 2-3", "GCSC: 5, 6. In 2017, 5% of 9:30",
		"les principes 1 à 3 de l’Appel de Paris, § 4 et n°s 5", "# Paris Call\n\n- Principle IV: x\n  - norms i–iv, 13 f) of it",
		"NIS Directive article 21, paragraph 2 and 3, article 5, §(b)", "the first and 3rd principles of the Charter of Trust (EU) and 5 of the report of the GCSC", "Paris Call and GCSC agree. Principle one, our article 6.",
		"```Art(0)", "**Paris\r\nCall** (2018): principles\u00a01\u20292", "Paris Call\xff principle\xfe 5\u00ad", "nº#((5))",
	} {
		f.Add(seed)
	}
	g := citation.NewGrammar(names)
	f.Fuzz(func(t *testing.T, text string) {
		runes := []rune(text)
		end, labels := 0, 0
		for _, r := range g.Parse(text) {
			if r.Start < end {
				t.Errorf("reference at %d starts before the last one ended at %d", r.Start, end)
			}
			checkReference(t, r, runes)
			end = r.End
			labels += len(r.Labels)
		}
		all, err := g.Read(t.Context(), text)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range all.Passages {
			if got := string(runes[p.Start:p.End]); got != p.Text || p.Reason == "" {
				t.Errorf("passage %+v is printed %q", p, got)
			}
		}
		if most := 1000 + 2*len(runes); labels > most {
			t.Errorf("%d labels from %d code points, want at most %d", labels, len(runes), most)
		}
		if n := citation.Normalize(text); citation.Normalize(n) != n {
			t.Errorf("Normalize(%q) = %q, which is not normal", text, n)
		}
	})
}

// checkReference checks that what was read is what stands at its place.
func checkReference(t *testing.T, r citation.Reference, text []rune) {
	t.Helper()
	if got := string(text[r.Start:r.End]); got != r.Text {
		t.Errorf("at [%d,%d) is %q, want %q", r.Start, r.End, got, r.Text)
	}
	if r.Name == "" || len(r.Labels) == 0 {
		t.Errorf("%q has name %q and labels %v, want both", r.Text, r.Name, r.Labels)
	}
	var last citation.Label
	for _, l := range r.Labels {
		inRange := l.Start == last.Start && l.End == last.End
		if l.Start < r.Start || l.End > r.End || l.Start >= l.End || l.Start < last.End && !inRange {
			t.Errorf("label %v is out of place after %v in %q", l, last, r.Text)
		}
		checkLabel(t, l, string(text[l.Start:l.End]))
		last = l
	}
}

// checkLabel checks that a label is what is printed, the end of which it
// repeats or the range of which it is part.
func checkLabel(t *testing.T, l citation.Label, printed string) {
	t.Helper()
	letter := len(printed) == 1 && !strings.Contains("0123456789", printed) // 13a & b
	repeats := (strings.HasPrefix(printed, "(") || letter) && strings.HasSuffix(l.Text, printed)
	inRange := strings.ContainsAny(strings.ToLower(printed), "-‐‑‒–—―−toàau")
	counted := strings.Trim(l.Text, "0123456789") == ""
	parts := stands(l.Text, printed)
	if l.Text != printed && !repeats && !inRange && !counted && !parts || citation.Normalize(l.Text) == "" {
		t.Errorf("label %q is printed %q", l.Text, printed)
	}
}

// stands tells whether the letters and digits of a label stand in a text in their
// order, as those of an article whose parts are printed apart do.
func stands(label, printed string) bool {
	rest := []rune(printed)
	for _, r := range label {
		if r == '(' || r == ')' {
			continue
		}
		i := slices.Index(rest, r)
		if i < 0 {
			return false
		}
		rest = rest[i+1:]
	}
	return true
}

func TestShortTextsCannotCiteMuch(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("GCSC norms 1-100, ", 3600)
	labels := 0
	for _, r := range citation.NewGrammar(names).Parse(text) {
		labels += len(r.Labels)
	}
	if most := 1000 + 2*len(text); labels > most {
		t.Errorf("%d labels from %d characters, want at most %d", labels, len(text), most)
	}
}

func BenchmarkParse(b *testing.B) {
	const size = 64 << 10
	for name, unit := range map[string]string{
		"numbers":  "1,",
		"brackets": "(",
		"asides":   "GCSC (",
		"names":    "Paris Call for Trust and Security in ",
		"nouns":    "Norm ",
		"capitals": "Charter of Norm 2018 ",
		"repeats":  "(a),",
		"ranges":   "GCSC norms 1-100, ",
		"spaces":   " \\ ",
		"loose":    "principle 5 ",
		"items":    "- principle 5\n",
		"owners":   "of the report ",
		"prose":    "Our company signed the Paris Call in 2018, as principle 5 of its plan asks. ",
	} {
		text := "GCSC norm 13(a), " + strings.Repeat(unit, size/len(unit))
		g := citation.NewGrammar(names)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				g.Parse(text)
			}
		})
	}
}
