package contribution_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/contribution"
	"normmap/internal/norms"
)

// becomes publishes a text as the new version of a source.
func (d desk) becomes(text, source string) {
	d.Helper()
	r, c := d.looksAt("new.md", text, source)
	sent, err := r.Propose(d.Context(), d.proposer, c, "It came by mail", today)
	if err != nil {
		d.Fatal(err)
	}
	d.accepts(sent.Proposal)
}

// wouldCite are the lines that a document would add, with the initiatives of which they
// are, and what it leaves out.
func (d desk) wouldCite(text, source string) (of map[string]string, left []string, c contribution.Contribution) {
	d.Helper()
	r, c := d.looksAt("newest.md", text, source)
	edits, err := r.Edits(d.Context(), c, today)
	if err != nil {
		d.Fatal(err)
	}
	of = map[string]string{}
	for _, e := range edits.List {
		if put, is := e.(norms.PutCitationLine); is {
			for _, ref := range put.References {
				of[ref.Text] = put.Initiative
			}
		}
	}
	for _, l := range edits.Left {
		left = append(left, l.Text+": "+l.What)
	}
	return of, left, c
}

// Other words where an initiative began, of which a text told no more, are not that
// initiative.
func TestWhatANewLineCitesIsNoInitiativesOfWhichNothingIsToldAnyMore(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const publishes = "- We publish what attackers do, each month, in plain words (Paris Call principle 5)."
	one := strings.Replace(firstEdition, publishes+"\n", "", 1)
	one = strings.Replace(one, "12 March 2024\n\n", "12 March 2024\n\n"+publishes+"\n", 1)
	two := strings.Replace(strings.Replace(one, "12 March 2024", "3 May 2025", 1), publishes, "Courses for young judges of three courts begin each spring.\n", 1)
	three := strings.Replace(strings.Replace(two, "3 May 2025", "3 May 2026", 1), "begin each spring.", "begin each spring (GCSC norm 6).", 1)
	d.accepts(d.sends("one.md", one).Proposal)
	d.becomes(two, "microsoft-contribution-2024")
	of, _, c := d.wouldCite(three, "microsoft-contribution-2024")
	if diff := cmp.Diff(map[string]string{"GCSC norm 6": "microsoft-courses-for-young-judges-of-three-courts-begin"}, of); diff != "" {
		t.Errorf("cited is (-want +got)\n%s", diff)
	}
	if len(c.Version.Missing) != 1 || !strings.Contains(c.Version.Missing[0].Title, "publish what attackers do") {
		t.Errorf("missing are %+v", c.Version.Missing)
	}
}

// An initiative whose citation was left out for a year, and that is cited anew in
// other words, is that initiative.
func TestALineThatStillTellsOfAnInitiativeIsKnown(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	two := strings.Replace(strings.Replace(firstEdition, "12 March 2024", "3 May 2025", 1), " (Paris Call principle 5)", "", 1)
	three := strings.Replace(strings.Replace(two, "3 May 2025", "3 May 2026", 1), "each month, in plain words.", "each week, in plain words (GCSC norm 6).", 1)
	d.accepts(d.sends("one.md", firstEdition).Proposal)
	d.becomes(two, "microsoft-contribution-2024")
	of, _, c := d.wouldCite(three, "microsoft-contribution-2024")
	if diff := cmp.Diff(map[string]string{"GCSC norm 6": "microsoft-we-publish-what-attackers-do-each-month-in-plain"}, of); diff != "" || len(c.Version.Missing) != 0 {
		t.Errorf("missing are %+v; cited is (-want +got)\n%s", c.Version.Missing, diff)
	}
}

// Of two initiatives of one title a text means the one on whose line it tells of it;
// where no line says so, nobody says which.
func TestInitiativesOfOneTitleAreNotGuessed(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const one = "# What we do\n\n12 March 2024\n\n## In the north\n\n### A help desk\n\nSchools call it by day (Paris Call principle 1).\n\n## In the south\n\n### A help desk\n\nTowns write to it at night (Paris Call principle 5).\n"
	two := strings.NewReplacer("12 March 2024", "3 May 2025", "Schools call it by day (Paris Call principle 1).", "Whoever was robbed may come (GCSC norm 6).", "Towns write to it at night (Paris Call principle 5).", "Nobody is sent away.").Replace(one)
	d.accepts(d.sends("one.md", one).Proposal)
	of, _, c := d.wouldCite(two, "microsoft-contribution-2024")
	if of["GCSC norm 6"] != "microsoft-a-help-desk" || len(c.Version.Missing) != 1 || c.Version.Missing[0].Slug != "microsoft-a-help-desk-2" {
		t.Errorf("on the line of the first cited are %v, missing %+v", of, c.Version.Missing)
	}
	const three = "# What we do\n\n3 May 2025\n\n## In the west\n\n### A help desk\n\nWhoever was robbed may come (GCSC norm 6).\n"
	of, left, c := d.wouldCite(three, "microsoft-contribution-2024")
	if len(of) != 0 || len(left) != 1 || !strings.Contains(left[0], "GCSC norm 6: it may belong to any of these recorded initiatives, which this text does not tell apart: microsoft-a-help-desk, microsoft-a-help-desk-2") || len(c.Version.Missing) != 0 {
		t.Errorf("on no line cited are %v, left %q, missing %+v", of, left, c.Version.Missing)
	}
}

// How references stand does not tell what pages hide beside them.
func TestAVersionDoesNotTellWhatPagesHide(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const reach = "ada.lovelace@example.org or +49 30 1234567"
	one := strings.Replace(firstEdition, "a help desk for schools in three counties of the north", "a help desk for schools, ask "+reach, 1)
	d.accepts(d.sends("letter.md", one).Proposal)
	told := map[string]bool{}
	for _, guess := range []string{reach, "bob.lovelace@example.org or +49 30 1234567", "ada.lovelace@example.org or +49 30 7654321"} {
		_, c := d.looksAt("guess.md", strings.NewReplacer(reach, guess, "12 March 2024", "3 May 2025").Replace(one), "microsoft-contribution-2024")
		for _, f := range c.Version.References {
			if f.Text == "Paris Call principle 1" {
				told[fmt.Sprintf("%s, %d %%", f.Found.How, c.Version.Share)] = true
			}
		}
	}
	if len(told) != 1 {
		t.Errorf("guesses are told apart: %v", told)
	}
}

// What a new version adds comes after all that its sender reported.
func TestWhatAVersionAddsComesLast(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.accepts(d.sends("letter.md", firstEdition).Proposal)
	last, err := d.store.LastPosition(t.Context(), "microsoft")
	if err != nil {
		t.Fatal(err)
	}
	r, c := d.looksAt("letter2.md", secondEdition, "microsoft-contribution-2024")
	edits, err := r.Edits(t.Context(), c, today)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range edits.List {
		if put, is := e.(norms.PutInitiative); is && put.Position != last+1 {
			t.Errorf("%s stands at %d, want %d", put.Slug, put.Position, last+1)
		}
	}
}
