package store_test

import (
	"fmt"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// cites checks that each reference of the letter has what it cites.
func (l letter) cites(when string) {
	l.Helper()
	for _, line := range l.source().Lines {
		for _, r := range line.References {
			if len(r.Citations) != 1 {
				l.Errorf("%s: %s has %d citations", when, r.Text, len(r.Citations))
			}
		}
	}
}

func (l letter) links() int {
	l.Helper()
	return read[norms.Stats](l.T)(l.store.Stats(l.Context())).Links
}

// A new version moves every reference, so what recorded them cannot be taken back
// any more; it is not taken back by halves either.
func TestTakingBackWhatRecordedALetterLosesNoCitation(t *testing.T) {
	t.Parallel()
	for _, undone := range []bool{false, true} {
		t.Run(fmt.Sprint("version undone ", undone), func(t *testing.T) {
			t.Parallel()
			l := newLetter(t)
			links := l.links()
			reviewer := person(t, l.pool, "Rita Reviewer", account.Reviewer)
			version := apply(t, l.store, l.by, becomes(edition1, edition2))
			if undone {
				apply(t, l.store, reviewer, norms.Revert{Changeset: version.Revision})
			}
			_, err := l.store.Apply(t.Context(), reviewer, "wrong", []norms.Edit{norms.Revert{Changeset: l.began.Revision}})
			if norms.KindOf(err) != norms.Conflict {
				t.Errorf("taking back says %v", err)
			}
			l.cites("after it")
			if got := l.links(); got != links {
				t.Errorf("%d links, there were %d", got, links)
			}
		})
	}
}

// other is a source of its own with a text and one line of what it cites.
func (l letter) other(text string, line norms.PutCitationLine) func(before, after string) norms.PutSourceText {
	l.Helper()
	must(l.T, l.store.KeepDocument(l.Context(), l.by, received(text)))
	line.Source = "other"
	apply(l.T, l.store, l.by, letterSource("other", ""), norms.PutSourceText{Source: "other", FileSHA256: received(text).FileSHA256}, line)
	return func(before, after string) norms.PutSourceText {
		must(l.T, l.store.KeepDocument(l.Context(), l.by, received(after)))
		p := becomes(before, after)
		p.Source = "other"
		return p
	}
}

func (l letter) linesOf(source string) []norms.CitationLine {
	l.Helper()
	return read[norms.Source](l.T)(l.store.Source(l.Context(), source)).Lines
}

// PDFs and web pages have paragraphs of one line. What stands beside a reference on
// one of 120,000 letters was counted letter by letter: a minute, in which nobody
// else could write.
func TestALongLineGetsANewVersion(t *testing.T) {
	t.Parallel()
	l := newLetter(t)
	var b strings.Builder
	for i := 0; b.Len() < 120_000; i++ {
		fmt.Fprintf(&b, "We did thing%d and more of it with partner%d (Paris Call principle %d). ", i, i*7, i%9+1)
	}
	line := citedIn(b.String(), "Paris Call principle 1", "Paris Call", "paris-call", "1")
	line.Text = "We did thing0 and more of it with partner0 (Paris Call principle 1)."
	becomes := l.other(b.String(), line)
	apply(t, l.store, l.by, becomes(b.String(), b.String()+"And an end."))
	r := l.linesOf("other")[0].References[0]
	if r.PlaceAsOf != 0 || r.Start != strings.Index(b.String(), "Paris") {
		t.Errorf("it stands at %d as of %d", r.Start, r.PlaceAsOf)
	}
}

// A line stands where its first reference does that the text still prints.
func TestALineStandsWhereItIsStillPrinted(t *testing.T) {
	t.Parallel()
	l := newLetter(t)
	const (
		one   = "# What we do\n\n- We run a help desk for firms of all kinds.\n- We publish what attackers do in the north (Paris Call principle 5, GCSC norm 5).\n"
		two   = "# What we do\n\n- We run a help desk for firms of all kinds.\n- We publish what attackers do in the north (GCSC norm 5).\n"
		three = "# What we do\n\nA preface.\n\nAnother one.\n\n- We run a help desk for firms of all kinds.\n- We publish what attackers do in the north (GCSC norm 5).\n"
	)
	at := strings.Index(one, "Paris")
	becomes := l.other(one, norms.PutCitationLine{Initiative: lettersInitiative, Text: "We publish what attackers do in the north (Paris Call principle 5, GCSC norm 5).", Place: "line 4",
		References: []norms.Reference{
			{Text: "Paris Call principle 5", Start: at, End: at + 22, Name: "Paris Call", Agreement: "paris-call", Labels: []string{"5"}},
			{Text: "GCSC norm 5", Start: at + 24, End: at + 35, Name: "GCSC", Agreement: "gcsc", Labels: []string{"5"}}}})
	apply(t, l.store, l.by, becomes(one, two))
	put := becomes(two, three)
	for range 8 { // it was by chance
		out, err := l.store.Preview(t.Context(), l.by, []norms.Edit{put})
		must(t, err)
		if !strings.Contains(fmt.Sprintf("%+v", out[0].Changes), "After:line 8") {
			t.Errorf("the line is not said to move to line 8: %+v", out[0].Changes)
		}
	}
	apply(t, l.store, l.by, put)
	if got := l.linesOf("other")[0].Place; got != "line 8" {
		t.Errorf("it stands on %s", got)
	}
}

// What the text tells no more of has no line in it: the line of before has other
// words by now, and would take those along to the next version.
func TestAnInitiativeThatIsGoneHasNoLine(t *testing.T) {
	t.Parallel()
	l := newLetter(t)
	put := newInitiative("publishing")
	put.Source, put.Place, put.Position = "letter", "line 4", 0 // We publish what attackers do
	apply(t, l.store, l.by, put)
	place := func() string {
		return read[norms.Initiative](t)(l.store.Initiative(t.Context(), "publishing")).Place
	}
	version := apply(t, l.store, l.by, becomes(edition1, edition2))
	if got := place(); got != "" {
		t.Errorf("edition 2 tells of it on %q", got)
	}
	apply(t, l.store, person(t, l.pool, "Rita Reviewer", account.Reviewer), norms.Revert{Changeset: version.Revision})
	if got := place(); got != "line 4" {
		t.Errorf("in edition 1, which came back, it stands on %q", got)
	}
}

// Two sentences of different versions that became one are not both quoted at the
// place of one.
func TestOnePlaceIsQuotedOnce(t *testing.T) {
	t.Parallel()
	l := newLetter(t)
	const (
		one   = "# What we do\n\n- We teach children in all the schools of the country how to be safe online (GCSC norm 5).\n- We run a help desk for firms (Paris Call principle 1).\n"
		two   = "# What we do\n\n- Our firm gives lessons to pupils at home (GCSC norm 5).\n- We run a help desk for firms (Paris Call principle 1).\n"
		three = "# What we do\n\n- We teach children in all the schools of the country and our firm gives lessons to pupils at home (GCSC norm 5).\n- We run a help desk for firms (Paris Call principle 1).\n"
	)
	becomes := l.other(one, citedIn(one, "GCSC norm 5", "GCSC", "gcsc", "5"))
	apply(t, l.store, l.by, becomes(one, two))
	second := citedIn(two, "GCSC norm 5", "GCSC", "gcsc", "5")
	second.Source = "other"
	apply(t, l.store, l.by, second)
	apply(t, l.store, l.by, becomes(two, three))
	at := map[int]int{}
	for _, line := range l.linesOf("other") {
		for _, r := range line.References {
			if r.PlaceAsOf == 0 {
				at[r.Start]++
			}
		}
	}
	if len(at) != 1 || at[strings.Index(three, "GCSC")] != 1 {
		t.Errorf("references stand at %v", at)
	}
}

func TestWhatWasTakenBackIsNoEarlierVersion(t *testing.T) {
	t.Parallel()
	l := newLetter(t)
	reviewer := person(t, l.pool, "Rita Reviewer", account.Reviewer)
	second := apply(t, l.store, l.by, becomes(edition1, edition2))
	third := apply(t, l.store, l.by, becomes(edition2, edition3))
	apply(t, l.store, reviewer, norms.Revert{Changeset: third.Revision})
	apply(t, l.store, reviewer, norms.Revert{Changeset: second.Revision})
	for _, text := range []string{edition2, edition3} {
		f, err := l.store.EarlierFile(t.Context(), received(text).FileSHA256)
		must(t, err)
		if f != nil {
			t.Errorf("what was taken back counts as an earlier version of %s: %.30q", f.Slug, text)
		}
	}
}

// By its checksum a file is known again: that of a text that is held stays.
func TestTheChecksumOfAHeldTextStays(t *testing.T) {
	t.Parallel()
	l := newLetter(t)
	now := l.source()
	put := letterSource("letter", strings.Repeat("ab", 32))
	put.Version, put.PublishedOn = now.Version, now.PublishedOn
	_, err := l.store.Apply(t.Context(), l.by, "another checksum", []norms.Edit{put})
	if norms.KindOf(err) != norms.Invalid || !strings.Contains(err.Error(), "sha256") {
		t.Errorf("another checksum is answered with %v", err)
	}
	put.SHA256 = now.SHA256
	apply(t, l.store, l.by, put)
}
