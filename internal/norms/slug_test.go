package norms_test

import (
	"testing"

	"normmap/internal/norms"
)

// A name keeps its letters in its address, whatever marks they carry.
func TestNamesKeepTheirLettersInAddresses(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Hébergeurs":                  "hebergeurs",
		"Fédération Çédille Ångström": "federation-cedille-angstrom",
		"L’Œuvre d'Été":               "loeuvre-dete",
		"Škoda — Łódź":                "skoda-lodz",
		"e\u0301tude":                 "etude",
		"Rīga București Națională":    "riga-bucuresti-nationala",
		"tinklų įmonė Għaxaq":         "tinklu-imone-ghaxaq",
		"Þórshöfn ľudová":             "thorshofn-ludova",
		"協会 10":                       "10",
	} {
		if got := norms.NameSlug(name, norms.MaxSlug); got != want {
			t.Errorf("%q is called %q in addresses, want %q", name, got, want)
		}
	}
	if got := norms.NameSlug("One two three four five", 16); got != "one-two-three" {
		t.Errorf("a long name is cut to %q, want it ended at a word", got)
	}
}
