package contribution_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"normmap/internal/contribution"
	"normmap/internal/norms"
)

// Two letters that wait at the same time are two sources.
func TestLettersThatWaitHaveNamesOfTheirOwn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	one := d.sends("one.md", "# One\n\n- **Drills.** We test our staff. (Paris Call principle 5)\n")
	two := d.sends("two.md", "# Two\n\n- **Drills.** We test our partners. (Paris Call principle 1)\n")
	if one.Source == two.Source {
		t.Fatalf("both are %q", one.Source)
	}
	d.accepts(one.Proposal)
	d.accepts(two.Proposal) // fails where an edit of it is not ready
}

// Letters that are sent at the same moment, too.
func TestLettersThatAreSentAtOnceHaveNamesOfTheirOwn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	done := make([]contribution.Proposed, 4)
	var each sync.WaitGroup
	for i := range done {
		text := fmt.Sprintf("# Letter %d\n\n- **Drills.** We test our staff. (Paris Call principle %d)\n", i, i+1)
		each.Go(func() { done[i] = d.sends("letter.md", text) })
	}
	each.Wait()
	names := map[string]bool{}
	for _, one := range done {
		names[one.Source] = true
	}
	if len(names) != len(done) {
		t.Errorf("%d letters would be sources %v", len(done), names)
	}
}

// How to reach people is no part of an address.
func TestAddressesTellNobodysNumber(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	done := d.sends("hotline.md", "# Hotline\n\n- Our hotline is +33 6 98 76 54 32 day and night (Paris Call principle 5)\n")
	p, err := d.store.Proposal(t.Context(), d.reviewer, done.Proposal, norms.Page{Limit: norms.MaxLimit})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range p.List {
		if i, ok := e.Proposed.(norms.PutInitiative); ok && strings.Contains(i.Slug, "98") {
			t.Errorf("the initiative would stand at %q", i.Slug)
		}
	}
}

// A line that was read in one letter is not recorded under another.
func TestALineStandsInTheTextOfItsSource(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	sent := d.sends("one.md", "# One\n\n- **Drills.** We test our staff. (Paris Call principle 5)\n")
	d.accepts(sent.Proposal)
	line := func(text string, start int) norms.PutCitationLine {
		return norms.PutCitationLine{Source: sent.Source, Initiative: "microsoft-newsguard", Text: text,
			References: []norms.Reference{{Text: text, Start: start, End: start + len(text), Name: "Paris Call", Agreement: "paris-call", Labels: []string{text[len(text)-1:]}}}}
	}
	const at = len("# One\n\n- **Drills.** We test our staff. (")
	for name, e := range map[string]norms.PutCitationLine{"elsewhere": line("Paris Call principle 5", at-1), "other words": line("Paris Call principle 6", at), "behind the end": line("Paris Call principle 5", 4000)} {
		_, err := d.store.Apply(t.Context(), d.reviewer, "It was read in another letter", []norms.Edit{e})
		if norms.KindOf(err) != norms.Invalid || !strings.Contains(err.Error(), "another document") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := d.store.Apply(t.Context(), d.reviewer, "It stands there", []norms.Edit{line("Paris Call principle 5", at)}); err != nil {
		t.Error(err)
	}
}
