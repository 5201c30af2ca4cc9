package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
)

// The first and the second edition of a letter.
const (
	edition1 = "# What we do\n\n- We run a help desk for firms (Paris Call principle 1).\n- We publish what attackers do (Paris Call principle 5).\n- We lend servers to hospitals (Paris Call principle 2).\n- We teach children in schools (GCSC norm 5).\n"
	edition2 = "# What we do\n\nA new preface.\n\n- We teach children in schools (GCSC norm 5).\n- We run a help desk for firms and towns (Paris Call principle 1).\n- We lend servers to hospitals (Paris Call principle 2).\n"
	edition3 = "# What we do\n\nA third preface.\n\n- We publish what attackers do (Paris Call principle 5).\n- We run a help desk for firms and towns (Paris Call principle 1).\n"
)

const lettersInitiative = "microsoft-newsguard"

// citedIn is a line of a text with its one reference.
func citedIn(text, printed, name, agreement, label string) norms.PutCitationLine {
	at := strings.Index(text, printed)
	line := text[strings.LastIndex(text[:at], "\n")+1:]
	line, _, _ = strings.Cut(line, "\n")
	start := len([]rune(text[:at]))
	return norms.PutCitationLine{Source: "letter", Initiative: lettersInitiative, Text: line, Place: norms.PlaceOfLine(strings.Count(text[:at], "\n") + 1),
		References: []norms.Reference{{Text: printed, Start: start, End: start + len([]rune(printed)), Name: name, Agreement: agreement, Labels: []string{label}}}}
}

// letter is a source with the first edition of the letter and what it cites.
type letter struct {
	*testing.T
	store *store.Store
	pool  *pgxpool.Pool
	past  *pgxpool.Pool
	by    account.Actor // an editor
	began norms.Applied
}

func newLetter(t *testing.T) letter {
	t.Helper()
	l := letter{T: t}
	l.store, l.pool = seeded(t)
	l.by = editor(t, l.pool)
	var err error
	l.past, err = postgres.OpenPast(t.Context(), l.pool.Config().ConnString())
	must(t, err)
	t.Cleanup(l.past.Close)
	for _, text := range []string{edition1, edition2, edition3} {
		must(t, l.store.KeepDocument(t.Context(), l.by, received(text)))
	}
	source := letterSource("letter", "")
	source.PublishedOn = "2024-01-01"
	l.began = apply(t, l.store, l.by, source, norms.PutSourceText{Source: "letter", FileSHA256: received(edition1).FileSHA256},
		citedIn(edition1, "Paris Call principle 1", "Paris Call", "paris-call", "1"), citedIn(edition1, "Paris Call principle 5", "Paris Call", "paris-call", "5"),
		citedIn(edition1, "Paris Call principle 2", "Paris Call", "paris-call", "2"), citedIn(edition1, "GCSC norm 5", "GCSC", "gcsc", "5"))
	return l
}

// becomes is the edit that puts a text in the place of another one.
func becomes(before, after string) norms.PutSourceText {
	return norms.PutSourceText{Source: "letter", FileSHA256: received(after).FileSHA256, Replaces: received(before).FileSHA256}
}

func (l letter) source() norms.Source {
	l.Helper()
	return read[norms.Source](l.T)(l.store.Source(l.Context(), "letter"))
}

func (l letter) asOf(revision int64) norms.Source {
	l.Helper()
	return read[norms.Source](l.T)(l.store.WithPast(l.past).AsOf(revision).Source(l.Context(), "letter"))
}

// stands checks that each reference with a place prints its words there: in the
// text that is held or, as of its revision, in an earlier one. It returns how many
// are told as gone.
func (l letter) stands(when string) (gone int) {
	l.Helper()
	now := l.source()
	if now.Held == nil {
		return 0
	}
	for _, line := range now.Lines {
		for _, r := range line.References {
			text := now.Held.Text
			if r.Start < 0 {
				continue
			}
			if r.PlaceAsOf != 0 {
				gone++
				then := l.asOf(r.PlaceAsOf)
				if then.Held == nil {
					l.Errorf("%s: %s is said to stand in the text as of %d, which held none", when, r.Text, r.PlaceAsOf)
					continue
				}
				text = then.Held.Text
			}
			if runes := []rune(text); r.End > len(runes) || string(runes[r.Start:r.End]) != r.Text {
				l.Errorf("%s: %s does not stand at %d as of %d", when, r.Text, r.Start, r.PlaceAsOf)
			}
			if n := norms.LineOf(line.Place); n != strings.Count(string([]rune(text)[:r.Start]), "\n")+1 {
				l.Errorf("%s: %s is told to stand on %s", when, r.Text, line.Place)
			}
		}
	}
	if len(now.Held.Astray) > 0 {
		l.Errorf("%s: astray are %+v", when, now.Held.Astray)
	}
	return gone
}

func (l letter) reference(printed string) norms.ReferenceRow {
	l.Helper()
	for _, line := range l.source().Lines {
		for _, r := range line.References {
			if r.Text == printed {
				return r
			}
		}
	}
	l.Fatalf("%s is not recorded", printed)
	return norms.ReferenceRow{}
}

func TestANewVersionTakesThePlaceOfATextAndItsReferencesFollow(t *testing.T) {
	t.Parallel()
	l := newLetter(t)
	links := read[norms.Stats](t)(l.store.Stats(t.Context())).Links
	version := becomes(edition1, edition2)
	version.PublishedOn, version.RetrievedOn = "2025-02-03", "2025-02-04"
	done := apply(t, l.store, l.by, version)
	if again := apply(t, l.store, l.by, version); again.Revision != 0 {
		t.Errorf("the same version once more is changeset %d", again.Revision)
	}
	refused(t, l.store, l.by, "a version of what is not held any more", norms.Conflict, "read the document again", becomes(edition1, edition1))

	now := l.source()
	if now.SHA256 != received(edition2).FileSHA256 || now.Held == nil || now.Held.Text != edition2 || len(now.Held.Marks) != 3 {
		t.Fatalf("the source is %+v, its text %+v", now, now.Held)
	}
	if now.PublishedOn != "2025-02-03" || now.RetrievedOn != "2025-02-04" {
		t.Errorf("it is of %s, and came on %s", now.PublishedOn, now.RetrievedOn)
	}
	if gone := l.stands("the second edition"); gone != 1 {
		t.Errorf("%d references are gone", gone)
	}
	if r := l.reference("Paris Call principle 5"); r.PlaceAsOf != l.began.Revision {
		t.Errorf("what is gone stood there as of %d, want %d", r.PlaceAsOf, l.began.Revision)
	}
	if n := read[norms.Stats](t)(l.store.Stats(t.Context())).Links; n != links {
		t.Errorf("%d links, before %d: what is claimed goes on", n, links)
	}
	if then := l.asOf(l.began.Revision); then.Held == nil || then.Held.Text != edition1 || len(then.Held.Marks) != 4 {
		t.Errorf("as of %d the text is %+v", l.began.Revision, then.Held)
	}
	apply(t, l.store, person(t, l.pool, "Rev", account.Reviewer), norms.Revert{Changeset: done.Revision})
	if src := l.source(); src.Held.Text != edition1 || len(src.Held.Marks) != 4 || src.PublishedOn != "2024-01-01" || src.RetrievedOn != "" {
		t.Errorf("taken back, it is of %s, and the text %+v", src.PublishedOn, src.Held)
	}
	if gone := l.stands("taken back"); gone != 0 {
		t.Errorf("taken back, %d references are gone", gone)
	}
}

// A proposal gives the source another day, too, before its text: what is gone leads
// to the words of before, and not to the changeset that took them away.
func TestWhatIsGoneLeadsToARevisionBefore(t *testing.T) {
	t.Parallel()
	l := newLetter(t)
	src := l.source()
	dated := letterSource("letter", src.SHA256)
	dated.Version, dated.PublishedOn = src.Version, "2025-02-03"
	done := apply(t, l.store, l.by, dated, becomes(edition1, edition2))
	r := l.reference("Paris Call principle 5")
	if r.PlaceAsOf == 0 || r.PlaceAsOf >= done.Revision {
		t.Fatalf("%s is gone as of %d, and the changeset that took it away is %d", r.Text, r.PlaceAsOf, done.Revision)
	}
	then := l.asOf(r.PlaceAsOf)
	if got := string([]rune(then.Held.Text)[r.Start:r.End]); got != r.Text {
		t.Errorf("as of %d it says %q", r.PlaceAsOf, got)
	}
	l.stands("dated and replaced")
}

// What one version leaves out and the next one brings back is found again.
func TestWhatWasGoneIsFoundAgainInAThirdVersion(t *testing.T) {
	t.Parallel()
	l := newLetter(t)
	apply(t, l.store, l.by, becomes(edition1, edition2))
	apply(t, l.store, l.by, becomes(edition2, edition3))
	if gone := l.stands("the third edition"); gone != 2 {
		t.Errorf("%d references are gone, want those of hospitals and schools", gone)
	}
	if r := l.reference("Paris Call principle 5"); r.PlaceAsOf != 0 || r.Start != len([]rune(edition3[:strings.Index(edition3, r.Text)])) {
		t.Errorf("%s stands at %d as of %d", r.Text, r.Start, r.PlaceAsOf)
	}
}

// What was cited from a text that is taken back is looked for in the one before.
func TestWhatWasReadInATextThatIsTakenBackIsFoundOrGone(t *testing.T) {
	t.Parallel()
	l := newLetter(t)
	done := apply(t, l.store, l.by, becomes(edition1, edition3))
	const preface = "A third preface"
	line := citedIn(edition3, "Paris Call principle 1", "Paris Call", "paris-call", "1")
	line.Text, line.References[0].Text = preface+".", preface
	line.References[0].Start = strings.Index(edition3, preface)
	line.References[0].End, line.Place = line.References[0].Start+len(preface), "line 3"
	read := apply(t, l.store, l.by, line)
	apply(t, l.store, person(t, l.pool, "Rev", account.Reviewer), norms.Revert{Changeset: done.Revision})
	if gone := l.stands("taken back"); gone != 1 || l.reference(preface).PlaceAsOf != read.Revision {
		t.Errorf("%d are gone, and what the other text printed stands as of %d, want %d", gone, l.reference(preface).PlaceAsOf, read.Revision)
	}
}

// A text goes back whatever else of its source was changed since, and what was
// changed stays.
func TestATextOfASourceThatWasChangedSinceIsTakenBack(t *testing.T) {
	t.Parallel()
	l := newLetter(t)
	version := becomes(edition1, edition2)
	version.PublishedOn = "2025-02-03"
	done := apply(t, l.store, l.by, version)
	src := l.source()
	edited := letterSource("letter", src.SHA256)
	edited.Version, edited.PublishedOn, edited.Note = src.Version, src.PublishedOn, "Read twice."
	apply(t, l.store, l.by, edited)
	rev := person(t, l.pool, "Rev", account.Reviewer)
	apply(t, l.store, rev, norms.Revert{Changeset: done.Revision})
	if gone := l.stands("taken back"); gone != 0 || l.source().Held.Text != edition1 {
		t.Errorf("%d are gone of %q", gone, l.source().Held.Text)
	}
	if src := l.source(); src.PublishedOn != "2024-01-01" || src.Note != "Read twice." || src.SHA256 != received(edition1).FileSHA256 {
		t.Errorf("taken back, it is of %s, %q", src.PublishedOn, src.Note)
	}
}

// A text that gave way to yet another one does not go before that does, and says so.
func TestATextThatWasReplacedSinceIsTakenBackAfterThat(t *testing.T) {
	t.Parallel()
	l := newLetter(t)
	second := apply(t, l.store, l.by, becomes(edition1, edition2))
	third := apply(t, l.store, l.by, becomes(edition2, edition3))
	rev := person(t, l.pool, "Rev", account.Reviewer)
	refused(t, l.store, rev, "the second of three", norms.Conflict, fmt.Sprintf("take changeset %d back first", third.Revision), norms.Revert{Changeset: second.Revision})
	for _, c := range []norms.Applied{third, second} {
		apply(t, l.store, rev, norms.Revert{Changeset: c.Revision})
		l.stands("taken back")
	}
	if gone := l.stands("both taken back"); gone != 0 || l.source().Held.Text != edition1 {
		t.Errorf("%d are gone of %q", gone, l.source().Held.Text)
	}
}

// What is restored after the text was replaced stands in the text that is held.
func TestWhatIsRestoredStandsInTheTextOfNow(t *testing.T) {
	t.Parallel()
	l := newLetter(t)
	place := "line 3"
	put := newInitiative("help-desk")
	put.Source, put.Place, put.Position = "letter", place, 0
	line := citedIn(edition1, "GCSC norm 5", "GCSC", "gcsc", "5")
	line.Initiative = "help-desk"
	apply(t, l.store, l.by, put, line)
	rev := person(t, l.pool, "Rev", account.Reviewer)
	version := read[norms.Initiative](t)(l.store.Initiative(t.Context(), "help-desk")).Version
	apply(t, l.store, rev, norms.Withdraw{Kind: "initiative", Key: "help-desk", Version: version})
	apply(t, l.store, l.by, becomes(edition1, edition2))
	apply(t, l.store, rev, norms.Restore{Kind: "initiative", Key: "help-desk"})
	l.stands("restored")
	if i := read[norms.Initiative](t)(l.store.Initiative(t.Context(), "help-desk")); i.Place != "line 6" {
		t.Errorf("the initiative begins on %s, want line 6", i.Place)
	}
}

// Replaced, edited, taken back and restored in turn, each reference stands in the
// text that is held, or in that of its revision.
func TestWhateverIsDoneEachReferenceStands(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			l := newLetter(t)
			w := walk{l, person(t, l.pool, "Rev", account.Reviewer), rand.New(rand.NewPCG(seed, 3)), nil}
			for step := range 40 {
				l.stands(fmt.Sprintf("step %d, %s", step, w.step(t.Context(), step)))
				if t.Failed() {
					t.FailNow()
				}
			}
			if len(w.done) < 8 {
				t.Errorf("only %d steps did anything", len(w.done))
			}
		})
	}
}

type walk struct {
	letter
	reviewer account.Actor
	dice     *rand.Rand
	done     []int64
}

// step does something by lot, and says what. That the record refuses it is fine:
// then nothing happened.
func (w *walk) step(ctx context.Context, n int) string {
	src := w.source()
	var e norms.Edit
	by := w.by
	editions := []string{edition1, edition2, edition3}
	switch w.dice.IntN(6) {
	case 0, 1:
		e = norms.PutSourceText{Source: "letter", FileSHA256: received(editions[w.dice.IntN(3)]).FileSHA256, Replaces: src.SHA256}
	case 2:
		edit := letterSource("letter", src.SHA256)
		edit.Version, edit.Note = src.Version, fmt.Sprint("note ", n)
		e = edit
	case 3:
		text := src.Held.Text
		start := w.dice.IntN(len(text) - 20)
		for start > 0 && text[start-1] != ' ' && text[start-1] != '\n' {
			start--
		}
		printed, _, _ := strings.Cut(strings.TrimLeft(text[start:], " \n#-"), " ")
		printed = strings.Trim(printed, "().,\n")
		if i := strings.IndexByte(printed, '\n'); i >= 0 {
			printed = printed[:i]
		}
		at := start + strings.Index(text[start:], printed)
		e = norms.PutCitationLine{Source: "letter", Initiative: lettersInitiative, Text: fmt.Sprintf("%s, read in step %d", printed, n), Place: norms.PlaceOfLine(strings.Count(text[:at], "\n") + 1),
			References: []norms.Reference{{Text: printed, Start: at, End: at + len(printed), Name: "Paris Call", Agreement: "paris-call", Labels: []string{"1"}}}}
	default:
		if len(w.done) == 0 {
			return "nothing"
		}
		by, e = w.reviewer, norms.Revert{Changeset: w.done[w.dice.IntN(len(w.done))]}
	}
	says := fmt.Sprintf("%T %+v", e, e)
	done, err := w.store.Apply(ctx, by, "a step at random", []norms.Edit{e})
	if err != nil {
		if kind := norms.KindOf(err); kind != norms.Conflict && kind != norms.Invalid {
			w.Fatalf("step %d, %s: %v", n, says, err)
		}
		return says + " (refused: " + err.Error() + ")"
	}
	if done.Revision != 0 {
		w.done = append(w.done, done.Revision)
	}
	return says
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
