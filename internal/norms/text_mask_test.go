package norms_test

import (
	"testing"

	"normmap/internal/norms"
)

// Numbers of people are hidden with whatever blanks and hyphens print parts
// their digits; what is no such number stays.
func TestNumbersAreHiddenAsPrintWritesThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"call +33 1 42 68 53 00 now":                         "call ••••••••••••••••• now",
		"+33\u00a01\u00a042\u00a068\u00a053\u00a000":         "•••••••••••••••••",
		"+33\u202f1\u202f42\u202f68\u202f53\u202f00":         "•••••••••••••••••",
		"+1\u2011202\u2011555\u20110143 or +44 20–7946–0958": "••••••••••••••• or ••••••••••••••••",
		"ada@example.org":                                    "•••••••••••••••",
		"principles 1–5, 2018–2024, +3 – and 40":             "principles 1–5, 2018–2024, +3 – and 40",
	} {
		if got := norms.Mask(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}
