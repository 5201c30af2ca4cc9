package seed_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
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

// What the seeds take from the policy paper as printed stands in it.
func TestPolicyPaperPrintsWhatIsTakenFromIt(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("NORMMAP_FIXTURES")
	if folder == "" {
		t.Log("NORMMAP_FIXTURES is not set: the paper is not at hand")
		return
	}
	edits := load(t)
	paper := string(letterWithSum(t, folder, sumOf(edits, "microsoft-norms-paper")))
	var printed []string
	for _, a := range all[norms.PutAgreement](edits) {
		switch a.Slug {
		case "microsoft-norms-2014":
			printed = append(printed, a.Aliases...)
		case "microsoft-norms-2016":
			printed = append(printed, a.Title)
		}
	}
	for _, e := range all[norms.PutEdition](edits) {
		switch e.Agreement {
		case "microsoft-norms-2014", "microsoft-norms-2016":
			printed = append(printed, e.URL)
		case "microsoft-norms-paper":
			printed = append(printed, e.Title)
		}
	}
	for _, p := range all[norms.PutPrinciple](edits) {
		if p.Agreement == "microsoft-norms-paper" && (p.Number == "1G" || p.Number == "2G") {
			printed = append(printed, p.Title)
		}
	}
	if len(printed) != 7 {
		t.Errorf("%d names and addresses are taken from the paper, want 7: %q", len(printed), printed)
	}
	for _, text := range printed {
		if !strings.Contains(paper, text) {
			t.Errorf("the paper does not print %q", text)
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
