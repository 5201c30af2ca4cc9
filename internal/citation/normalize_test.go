package citation_test

import (
	"testing"

	"normmap/internal/citation"
)

func TestOneLabelInManyPrints(t *testing.T) {
	t.Parallel()
	for want, prints := range map[string][]string{
		"13f":    {"13(f)", "13(F)", "13f", "13 (f)", "norm 13(f)", "Norm 13 F", `13\(f\)`},
		"f":      {"f", "(f)", "F", "norm (f)"},
		"6":      {"6", "#6", "no. 6", "No 6", "n° 6", "norm 6", "Norms #6", " 6. ", "(6)", "“6”"},
		"14(3)":  {"14(3)", "14 (3)", "Art. 14(3)", "article 14 (3)"},
		"14(3)a": {"14(3)(a)", "14 (3) (A)"},
		"2-1":    {"2-1", "2–1", "2 - 1", "Action 2‑1"},
		"5a":     {"5A", "5 a", "5(a)"},
		"1.2":    {"1.2", "1.2."},
		"143":    {"143"},
		"14 3":   {"14 3"},
		"":       {"", " "},
		"norm":   {"norm"},
	} {
		for _, print := range prints {
			if got := citation.Normalize(print); got != want {
				t.Errorf("Normalize(%q) = %q, want %q", print, got, want)
			}
		}
	}
}
