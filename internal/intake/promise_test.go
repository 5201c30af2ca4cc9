package intake_test

import (
	"testing"

	"normmap/internal/citation"
	"normmap/internal/intake"
)

// What a part will do, the whole does not only plan.
func TestPromisesOfPartsAreTheirs(t *testing.T) {
	t.Parallel()
	const text = `# Question 1

- **Drills for staff.** Every quarter we test our staff. (Paris Call principle 5)
  - A course for new staff will start by the end of 2027 (Paris Call principle 1).
- **A second centre** will open in the north. (Paris Call principle 1)
  - Its first team works already (Paris Call principle 2).
`
	g := citation.NewGrammar([]citation.Name{{Agreement: "paris-call", Text: "Paris Call"}})
	found := read(t, g, text, intake.Options{Dated: "2026-11-23"}).Initiatives
	if len(found) != 2 || len(found[0].Parts) != 1 || len(found[1].Parts) != 1 {
		t.Fatalf("read %v", found)
	}
	for name, got := range map[string]struct {
		plans bool
		of    *intake.Promise
	}{"drills": {false, found[0].Planned}, "course": {true, found[0].Parts[0].Planned}, "centre": {true, found[1].Planned}, "team": {false, found[1].Parts[0].Planned}} {
		if (got.of != nil) != got.plans {
			t.Errorf("%s: planned is %v, want %v: %v", name, !got.plans, got.plans, got.of)
		}
	}
}
