package store_test

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// received is a file whose text is its bytes.
func received(text string) norms.Document {
	sum := sha256.Sum256([]byte(text))
	hash := hex.EncodeToString(sum[:])
	return norms.Document{FileSHA256: hash, TextSHA256: hash, MediaType: "text/plain", Name: "letter.txt", Bytes: int64(len(text)), Text: text}
}

func letterSource(slug, hash string) norms.PutSource {
	return norms.PutSource{Slug: slug, Title: "A letter", Kind: "contribution", SHA256: hash, Exhaustiveness: "unknown"}
}

func TestADocumentIsKeptOnceAndStays(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	d := received("We support Paris Call principle 1. Write to ada@example.org.")
	for range 2 {
		must(t, s.KeepDocument(t.Context(), by, d))
	}
	got := read[*norms.Document](t)(s.Document(t.Context(), d.FileSHA256, d.MediaType))
	if got == nil || got.Text != d.Text || got.Name != "letter.txt" || got.ReceivedAt.IsZero() {
		t.Errorf("it is kept as %+v", got)
	}
	if none := read[*norms.Document](t)(s.Document(t.Context(), strings.Repeat("0", 64), d.MediaType)); none != nil {
		t.Errorf("a file that was never received is %+v", none)
	}
	for _, q := range []string{"update document set name = 'x'", "delete from document", "truncate document"} {
		if _, err := pool.Exec(t.Context(), q); err == nil {
			t.Errorf("%s is not refused", q)
		}
	}
	d.Text, d.FileSHA256 = "another text", strings.Repeat("1", 64)
	if err := s.KeepDocument(t.Context(), by, d); err == nil {
		t.Error("a text that does not have its SHA-256 is kept")
	}
}

func TestTheTextOfASourceIsHeldOnce(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	d, other := received("Paris Call principle 1"), received("Paris Call principle 2")
	must(t, s.KeepDocument(t.Context(), by, d))
	must(t, s.KeepDocument(t.Context(), by, other))
	refused(t, s, by, "a source that is not there", norms.Invalid, "is recorded", norms.PutSourceText{Source: "nothing", FileSHA256: d.FileSHA256})
	refused(t, s, by, "a file that never came", norms.Invalid, "was received", norms.PutSourceText{Source: "microsoft-bpf-2019", FileSHA256: strings.Repeat("0", 64)})
	refused(t, s, by, "the text of another file", norms.Invalid, "another document", norms.PutSourceText{Source: "microsoft-bpf-2019", FileSHA256: d.FileSHA256})

	done := apply(t, s, by, letterSource("letter", ""), norms.PutSourceText{Source: "letter", FileSHA256: d.FileSHA256})
	src := read[norms.Source](t)(s.Source(t.Context(), "letter"))
	if !src.TextHeld || src.SHA256 != d.FileSHA256 {
		t.Errorf("the source is %+v", src)
	}
	if again := apply(t, s, by, norms.PutSourceText{Source: "letter", FileSHA256: d.FileSHA256}); again.Revision != 0 {
		t.Errorf("the same text once more is changeset %d", again.Revision)
	}
	refused(t, s, by, "another text", norms.Conflict, "stays as it is", norms.PutSourceText{Source: "letter", FileSHA256: other.FileSHA256})
	known := read[*norms.SourceRow](t)(s.KnownFile(t.Context(), d.FileSHA256))
	if known == nil || known.Slug != "letter" {
		t.Errorf("the file is known as %+v", known)
	}
	chief := person(t, pool, "Rev", account.Reviewer)
	apply(t, s, chief, norms.Revert{Changeset: done.Revision})
	if known := read[*norms.SourceRow](t)(s.KnownFile(t.Context(), d.FileSHA256)); known != nil {
		t.Errorf("taken back, it is known as %+v", known)
	}
}

// The same bytes as another kind of file are another document: a source holds
// the text that its edit names.
func TestAFileIsKeptOnceForEachKindOfFile(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	plain := received("# A title\nParis Call principle 1\n")
	web := received("A title\nParis Call principle 1\n")
	web.FileSHA256, web.MediaType = plain.FileSHA256, "text/html"
	for _, d := range []norms.Document{plain, web} {
		must(t, s.KeepDocument(t.Context(), by, d))
		got := read[*norms.Document](t)(s.Document(t.Context(), d.FileSHA256, d.MediaType))
		if got == nil || got.Text != d.Text {
			t.Fatalf("as %s it is kept as %+v", d.MediaType, got)
		}
	}
	for slug, of := range map[string]norms.Document{"web": web, "plain": plain, "first": {FileSHA256: plain.FileSHA256, Text: plain.Text}} {
		apply(t, s, by, letterSource(slug, ""), norms.PutSourceText{Source: slug, FileSHA256: of.FileSHA256, MediaType: of.MediaType})
		src := read[norms.Source](t)(s.Source(t.Context(), slug))
		if src.Held == nil || src.Held.Text != of.Text || of.MediaType != "" && src.Held.MediaType != of.MediaType {
			t.Errorf("source %s holds %+v", slug, src.Held)
		}
	}
}

// A text that was taken back does not make room for one in which what was read
// in it does not stand.
func TestATextInWhichReferencesDoNotStandIsNotAttached(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	d, other := received("We keep Paris Call principle 1 daily"), received("We always keep Paris Call principle 1")
	must(t, s.KeepDocument(t.Context(), by, d))
	must(t, s.KeepDocument(t.Context(), by, other))
	apply(t, s, by, letterSource("letter", ""))
	held := apply(t, s, by, norms.PutSourceText{Source: "letter", FileSHA256: d.FileSHA256})
	apply(t, s, by, norms.PutCitationLine{Source: "letter", Initiative: "microsoft-cvd-policy", Text: "We keep Paris Call principle 1 daily",
		References: []norms.Reference{{Text: "Paris Call principle 1", Start: 8, End: 30, Name: "Paris Call", Agreement: "paris-call", Labels: []string{"1"}}}})
	apply(t, s, person(t, pool, "Rev", account.Reviewer), norms.Revert{Changeset: held.Revision})
	refused(t, s, by, "a text in which it stands elsewhere", norms.Conflict, "at place 8", norms.PutSourceText{Source: "letter", FileSHA256: other.FileSHA256})
	apply(t, s, by, norms.PutSourceText{Source: "letter", FileSHA256: d.FileSHA256})
}
