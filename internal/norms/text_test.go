package norms_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"normmap/internal/norms"
)

// Telephone numbers with and without their country code are hidden, as long as
// they are; dates, years and numbers of other things are not.
func TestWhatTellsHowToReachPeopleIsHidden(t *testing.T) {
	t.Parallel()
	for _, hidden := range []string{"jane.doe@example.org", "+32 475 12 34 56", "06 12 34 56 78", "01.23.45.67.89", "020 7946 0958", "0161-496-0123"} {
		text := "Call " + hidden + " by noon."
		want := "Call " + strings.Repeat("•", utf8.RuneCountInString(hidden)) + " by noon."
		if got := norms.Mask(text); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
	for _, shown := range []string{"on 01.12.2019", "2010 2011 2012", "in 2020 100 people", "articles 01 02 03", "0.125 and 007", "ISBN 0-19-852663-6", "10 000 000 000"} {
		if got := norms.Mask(shown); got != shown {
			t.Errorf("%q becomes %q", shown, got)
		}
	}
}
