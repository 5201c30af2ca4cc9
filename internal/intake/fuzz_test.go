package intake_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"normmap/internal/citation"
	"normmap/internal/intake"
)

// FuzzRead checks that whatever is read stands where it is said to stand.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("testdata", "*.md"))
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Add("| Name | Paris Call |\n|--|--|\n| a | 1 |\n| | 2 |\n\n- b (principle 3[^1])\n\n[^1]: GCSC 5\n\xff")
	g := citation.NewGrammar(names)
	f.Fuzz(func(t *testing.T, text string) {
		runes := []rune(text)
		r := read(t, g, text, intake.Options{})
		for _, i := range r.Initiatives {
			check(t, i, len(runes))
			for _, ref := range i.References {
				if string(runes[ref.Start:ref.End]) != ref.Text {
					t.Errorf("%q is not at %d of %q", ref.Text, ref.Start, text)
				}
			}
		}
		for _, p := range r.Problems {
			if p.Start > p.End || p.End > len(runes) || p.What == "" {
				t.Errorf("problem %+v is out of place in %q", p, text)
			}
		}
	})
}

func check(t *testing.T, i intake.Initiative, end int) {
	t.Helper()
	if i.Start < 0 || i.Start >= i.End || i.End > end {
		t.Errorf("initiative %q has the place %v of %d", i.Title, i.Span, end)
	}
	for _, p := range i.Parts {
		check(t, p, end)
	}
}

func BenchmarkRead(b *testing.B) {
	data, err := os.ReadFile(filepath.Join("testdata", "harbour-trust.md"))
	if err != nil {
		b.Fatal(err)
	}
	g := citation.NewGrammar(names)
	for name, unit := range map[string]string{
		"contribution": string(data), "items": "- principle 5\n", "rows": "| a | Paris Call | 1 |\n", "numbers": "Paris Call principle 1, ", "notes": "a[^1]\n\n[^1]: Paris Call 1\n\n",
	} {
		text := strings.Repeat(unit, (1<<20)/len(unit))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if _, err := intake.Read(b.Context(), g, text, intake.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
