package store_test

import (
	"slices"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
)

// The first and the second edition of a letter.
const (
	edition1 = "# What we do\n\n- We run a help desk for firms (Paris Call principle 1).\n- We publish what attackers do (Paris Call principle 5).\n- We lend servers to hospitals (Paris Call principle 2).\n- We teach children in schools (GCSC norm 5).\n"
	edition2 = "# What we do\n\nA new preface.\n\n- We teach children in schools (GCSC norm 5).\n- We run a help desk for firms and towns (Paris Call principle 1).\n- We lend servers to hospitals (Paris Call principle 2).\n"
)

// cited is a line of edition1 with its one reference.
func cited(initiative, printed, name, agreement, label string) norms.PutCitationLine {
	line := edition1[strings.LastIndex(edition1[:strings.Index(edition1, printed)], "\n")+1:]
	line, _, _ = strings.Cut(line, "\n")
	start := len([]rune(edition1[:strings.Index(edition1, printed)]))
	n := strings.Count(edition1[:strings.Index(edition1, printed)], "\n") + 1
	return norms.PutCitationLine{Source: "letter", Initiative: initiative, Text: line, Place: norms.PlaceOfLine(n), References: []norms.Reference{
		{Text: printed, Start: start, End: start + len([]rune(printed)), Name: name, Agreement: agreement, Labels: []string{label}}}}
}

func TestANewVersionTakesThePlaceOfATextAndItsReferencesFollow(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	one, two := received(edition1), received(edition2)
	must(t, s.KeepDocument(t.Context(), by, one))
	must(t, s.KeepDocument(t.Context(), by, two))
	const initiative = "microsoft-newsguard"
	began := apply(t, s, by, letterSource("letter", ""), norms.PutSourceText{Source: "letter", FileSHA256: one.FileSHA256},
		cited(initiative, "Paris Call principle 1", "Paris Call", "paris-call", "1"), cited(initiative, "Paris Call principle 5", "Paris Call", "paris-call", "5"),
		cited(initiative, "Paris Call principle 2", "Paris Call", "paris-call", "2"), cited(initiative, "GCSC norm 5", "GCSC", "gcsc", "5"))
	links := read[norms.Stats](t)(s.Stats(t.Context())).Links
	version := norms.PutSourceText{Source: "letter", FileSHA256: two.FileSHA256, Replaces: one.FileSHA256}
	done := apply(t, s, by, version)
	if again := apply(t, s, by, version); again.Revision != 0 {
		t.Errorf("the same version once more is changeset %d", again.Revision)
	}
	refused(t, s, by, "a version of what is not held any more", norms.Conflict, "read the document again",
		norms.PutSourceText{Source: "letter", FileSHA256: one.FileSHA256, Replaces: one.FileSHA256})

	now := read[norms.Source](t)(s.Source(t.Context(), "letter"))
	if now.SHA256 != two.FileSHA256 || now.Held == nil || now.Held.Text != edition2 || len(now.Held.Marks) != 3 || len(now.Held.Astray) != 0 {
		t.Fatalf("the source is %+v, its text %+v", now, now.Held)
	}
	want := map[string]string{"Paris Call principle 1": "line 6", "GCSC norm 5": "line 5", "Paris Call principle 2": "line 7", "Paris Call principle 5": "line 4"}
	for _, l := range now.Lines {
		r := l.References[0]
		if l.Place != want[r.Text] {
			t.Errorf("%s is on %q, want %q", r.Text, l.Place, want[r.Text])
		}
		text, gone := []rune(edition2), r.Text == "Paris Call principle 5"
		if gone {
			text = []rune(edition1)
		}
		if string(text[r.Start:r.End]) != r.Text || (r.PlaceAsOf != 0) != gone {
			t.Errorf("%s stands at %d as of %d", r.Text, r.Start, r.PlaceAsOf)
		}
		if gone && r.PlaceAsOf != began.Revision {
			t.Errorf("what is gone stood there as of %d, want %d", r.PlaceAsOf, began.Revision)
		}
	}
	if n := read[norms.Stats](t)(s.Stats(t.Context())).Links; n != links {
		t.Errorf("%d links, before %d: what is claimed goes on", n, links)
	}

	past, err := postgres.OpenPast(t.Context(), pool.Config().ConnString())
	must(t, err)
	t.Cleanup(past.Close)
	then := read[norms.Source](t)(s.WithPast(past).AsOf(began.Revision).Source(t.Context(), "letter"))
	if then.Held == nil || then.Held.Text != edition1 || len(then.Held.Marks) != 4 {
		t.Errorf("as of %d the text is %+v", began.Revision, then.Held)
	}
	takenBack(t, s, person(t, pool, "Rev", account.Reviewer), done.Revision)
}

// takenBack reverts to the first edition, with every reference in its place.
func takenBack(t *testing.T, s *store.Store, by account.Actor, revision int64) {
	t.Helper()
	apply(t, s, by, norms.Revert{Changeset: revision})
	src := read[norms.Source](t)(s.Source(t.Context(), "letter"))
	if src.Held == nil || src.Held.Text != edition1 || len(src.Held.Marks) != 4 || slices.ContainsFunc(src.Lines, func(l norms.CitationLine) bool { return l.References[0].PlaceAsOf != 0 }) {
		t.Errorf("taken back, the text is %+v", src.Held)
	}
}

// A text that no document keeps is never lost.
func TestATextThatIsKeptNowhereStays(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	one, two := received(edition1), received(edition2)
	must(t, s.KeepDocument(t.Context(), by, two))
	apply(t, s, by, letterSource("letter", one.FileSHA256))
	rewrite(t, pool, "update source set body = $$some text$$, version = (select max(id) from changeset) where slug = 'letter'")
	refused(t, s, by, "a version of a text that no document keeps", norms.Conflict, "stays as it is",
		norms.PutSourceText{Source: "letter", FileSHA256: two.FileSHA256, Replaces: one.FileSHA256})
}
