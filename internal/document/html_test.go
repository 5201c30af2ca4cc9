package document_test

import "testing"

// A list of descriptions has its terms for items, and what describes them is part of
// these.
func TestDescriptionsArePartsOfTheirTerms(t *testing.T) {
	t.Parallel()
	const page = "<dl><dt>Night watch</dt><dd>We watch.</dd><dd>Norms: Paris Call, principle 1</dd><dt>Courses</dt><dd>We teach.</dd></dl><dl><dd>Of no term</dd></dl>"
	got, err := reader(t).Read(t.Context(), "list.html", []byte(page))
	if want := "- Night watch\n\n  We watch.\n\n  Norms: Paris Call, principle 1\n\n- Courses\n\n  We teach.\n\n- Of no term"; err != nil || got.Text != want {
		t.Errorf("%q, %v, want %q", got.Text, err, want)
	}
}
