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
	got := read[*norms.Document](t)(s.Document(t.Context(), d.FileSHA256))
	if got == nil || got.Text != d.Text || got.Name != "letter.txt" || got.ReceivedAt.IsZero() {
		t.Errorf("it is kept as %+v", got)
	}
	if none := read[*norms.Document](t)(s.Document(t.Context(), strings.Repeat("0", 64))); none != nil {
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
