package contribution_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"normmap/internal/account"
	"normmap/internal/contribution"
	"normmap/internal/norms"
)

// Of two new versions that wait, the second cannot replace the text any more once
// the first has; what was read in it is not accepted without it.
func TestWhatWasReadInAVersionRestsOnItsText(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.accepts(d.sends("letter.md", firstEdition).Proposal)
	other := strings.Replace(firstEdition, "12 March 2024", "5 June 2025\n\nA preface.\n\n- We print posters for libraries of all towns (Paris Call principle 8).", 1)
	r, two := d.looksAt("two.md", secondEdition, "microsoft-contribution-2024")
	_, three := d.looksAt("three.md", other, "microsoft-contribution-2024")
	first, err := r.Propose(t.Context(), d.proposer, two, "It came by mail", today)
	if err != nil {
		t.Fatal(err)
	}
	second, err := r.Propose(t.Context(), d.proposer, three, "It came by mail", today)
	if err != nil {
		t.Fatal(err)
	}
	d.accepts(first.Proposal)
	p, err := d.store.Proposal(t.Context(), d.reviewer, second.Proposal, norms.Page{})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := d.store.AcceptRemaining(t.Context(), d.reviewer, second.Proposal, p.Version); n != 0 || norms.KindOf(err) != norms.Conflict {
		t.Errorf("%d edits are accepted, %v", n, err)
	}
}

// That there was no time to compare a new version is told: without a word it would
// look as if the proposal were of a new source.
func TestWhatCannotBeComparedInTimeIsTold(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.accepts(d.sends("letter.md", firstEdition).Proposal)
	r, c := d.looksAt("two.md", secondEdition, "microsoft-contribution-2024")
	sent, err := r.Propose(t.Context(), d.proposer, c, "It came by mail", today)
	if err != nil {
		t.Fatal(err)
	}
	d.reader.Time = time.Nanosecond
	if told := d.look(sent.Proposal, 0).NewVersion; told == nil || !told.Unknown || told.Source != "microsoft-contribution-2024" || told.SourceTitle != "What we do" {
		t.Errorf("the desk tells %+v", told)
	}
	r.Time = time.Nanosecond
	_, err = r.Read(t.Context(), contribution.File{Name: "three.md", Data: []byte(secondEdition + "\nMore.\n")}, "microsoft")
	if err == nil || !strings.Contains(err.Error(), "send it as a source of its own") {
		t.Errorf("whoever sends one is told %v", err)
	}
}

// Two versions of one letter that wait at once are told to whoever reviews the later;
// what another account sent is told to nobody.
func TestAVersionOfWhatWaitsIsToldSo(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	first := d.sends("letter.md", firstEdition)
	says := func(proposal int64) string {
		t.Helper()
		return d.look(proposal, 0).OwnDocument()
	}
	if said := says(first.Proposal); said != "" {
		t.Errorf("the first says %q", said)
	}
	second := d.sends("letter2.md", secondEdition)
	if said := says(second.Proposal); !strings.HasSuffix(said, "is recorded twice.") || !strings.Contains(said, fmt.Sprintf("of a document that waited in proposal %d when this was sent stand in it", first.Proposal)) {
		t.Errorf("the second says %q", said)
	}
	d.proposer = d.person("another", account.Contributor)
	third := d.sends("letter3.md", strings.Replace(secondEdition, "four countries", "five countries", 1))
	if said := says(third.Proposal); said != "" {
		t.Errorf("what another account sent is told: %q", said)
	}
}
