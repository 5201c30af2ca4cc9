package seed_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"normmap/internal/norms"
)

// The founding letter is no part of this repository. Whoever has it names its
// folder in NORMMAP_FIXTURES; every reference is then cut out of it.
func TestReferencesStandInTheLetterLetterForLetter(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("NORMMAP_FIXTURES")
	if folder == "" {
		t.Log("NORMMAP_FIXTURES is not set: places are held against their lines only, by the lint")
		return
	}
	edits := load(t)
	source := "microsoft-bpf-2019"
	letter := letterWithSum(t, folder, sumOf(edits, source))
	for _, line := range all[norms.PutCitationLine](edits) {
		if line.Source != source {
			continue
		}
		for _, r := range line.References {
			if r.End > len(letter) {
				t.Fatalf("%q ends at %d; the letter has %d characters", r.Text, r.End, len(letter))
			}
			if got := string(letter[r.Start:r.End]); got != r.Text {
				t.Errorf("at %d stands %q, the seed says %q", r.Start, got, r.Text)
			}
		}
	}
}

func sumOf(edits []norms.Edit, source string) string {
	for _, s := range all[norms.PutSource](edits) {
		if s.Slug == source {
			return s.SHA256
		}
	}
	return ""
}

// letterWithSum finds a document by its SHA-256, as attaching a text does.
func letterWithSum(t *testing.T, folder, sum string) []rune {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "seeds", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		if s := sha256.Sum256(data); hex.EncodeToString(s[:]) == sum {
			return []rune(string(data))
		}
	}
	t.Fatalf("no file in %s/seeds has the SHA-256 %s that the seed records", folder, sum)
	return nil
}
