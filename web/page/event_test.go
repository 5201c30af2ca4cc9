package page

import "testing"

func TestTitleThatSaysTheNumber(t *testing.T) {
	t.Parallel()
	for title, says := range map[string]map[int]bool{
		"More than 60 signatories":      {60: true, 6: false, 0: false},
		"160 signatories":               {60: false, 160: true},
		"1,222 records in the register": {1222: true, 222: false, 1: false},
		"In all, 1222, so they say":     {1222: true},
		"51 states and 218 companies":   {269: false, 218: true},
		"No number":                     {0: false},
	} {
		for n, want := range says {
			if got := saysNumber(title, n); got != want {
				t.Errorf("%q says %d: %v, want %v", title, n, got, want)
			}
		}
	}
}
