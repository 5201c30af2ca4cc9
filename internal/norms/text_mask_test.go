package norms_test

import (
	"strings"
	"testing"
	"unicode/utf8"

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

// Telephone numbers with and without their country code are hidden, as long as
// they are; dates, years and numbers of other things are not.
func TestWhatTellsHowToReachPeopleIsHidden(t *testing.T) {
	t.Parallel()
	for _, hidden := range []string{"jane.doe@example.org", "+32 475 12 34 56", "06 12 34 56 78", "01.23.45.67.89", "020 7946 0958", "0161-496-0123", "info@société.fr", "jürgen.müller@example.de", "o'neil@example.ie", "o’neil@example.org.uk",
		"0033 1 42 68 53 00", "0044 20 7946 0958", "0032475123456", "0033 (0)1.42.68.53.00", "06\u00a012\u00a034\u00a056\u00a078"} {
		text := "Call " + hidden + " by noon."
		want := "Call " + strings.Repeat("•", utf8.RuneCountInString(hidden)) + " by noon."
		if got := norms.Mask(text); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
	for _, shown := range []string{"on 01.12.2019", "2010 2011 2012", "in 2020 100 people", "articles 01 02 03", "0.125 and 007", "ISBN 0-19-852663-6", "from 9:00 12 34 56 78 people", "@handle", "a @ b.c", "00 to 99", "10 000 000 000"} {
		if got := norms.Mask(shown); got != shown {
			t.Errorf("%q becomes %q", shown, got)
		}
	}
}

// What turns the reading direction unseen is shown, so that a page says what the
// text holds; marks that letters of some scripts need stay.
func TestMarksThatTurnTheReadingDirectionAreSeen(t *testing.T) {
	t.Parallel()
	text := "We \u202eton od\u202c keep \u2066norm 5\u2069, \u200fשלום"
	if got, want := norms.Mask(text), "We \ufffdton od\ufffd keep \ufffdnorm 5\ufffd, \u200fשלום"; got != want {
		t.Errorf("%q is shown as %q, want %q", text, got, want)
	}
}
