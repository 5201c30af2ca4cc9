package citation_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/citation"
)

// letterNames are the names that the founding letter uses.
var letterNames = []citation.Name{
	{Agreement: "tech-accord", Text: "Cybersecurity Tech Accord"},
	{Agreement: "paris-call", Text: "Paris Call"},
	{Agreement: "gcsc", Text: "GCSC"},
	{Agreement: "manrs", Text: "Mutually Agreed Norms for Routing Security"},
	{Agreement: "contract-for-the-web", Text: "Contract for the Web"},
	{Agreement: "nis-directive", Text: "NIS Directive"},
}

// figures is what a contribution adds up to.
type figures struct {
	Lines, References, Citations int
	Times                        map[string]int // by "agreement label"
}

func count(text string) figures {
	f := figures{Times: map[string]int{}}
	lines := map[int]bool{}
	runes := []rune(text)
	for _, r := range citation.NewGrammar(letterNames).Parse(text) {
		lines[strings.Count(string(runes[:r.Start]), "\n")] = true
		f.References++
		f.Citations += len(r.Labels)
		for _, l := range r.Labels {
			f.Times[r.Agreement+" "+l.Text]++
		}
	}
	f.Lines = len(lines)
	return f
}

func TestWholeContribution(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("testdata", "contribution.md"))
	if err != nil {
		t.Fatal(err)
	}
	want := figures{Lines: 13, References: 29, Citations: 38, Times: map[string]int{
		"tech-accord 1": 3, "tech-accord 2": 4, "tech-accord 3": 2, "tech-accord 4": 3,
		"paris-call 1": 2, "paris-call 2": 3, "paris-call 3": 2, "paris-call 6": 10,
		"paris-call 7": 1, "paris-call 8": 4,
		"gcsc 6": 2, "gcsc 8": 2,
	}}
	if diff := cmp.Diff(want, count(string(text))); diff != "" {
		t.Errorf("figures differ (-want +got):\n%s", diff)
	}
}

// TestFoundingLetter reads the letter that the project began with. It is not
// part of the repository: NORMMAP_FIXTURES names the folder that holds it.
// TestWholeContribution reads a document of the same shape everywhere.
func TestFoundingLetter(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("NORMMAP_FIXTURES")
	if folder == "" {
		t.Log("NORMMAP_FIXTURES is not set: only our own document of the same shape was read")
		return
	}
	text, err := os.ReadFile(filepath.Join(folder, "seeds", "000_f9facc0529999f02.txt"))
	if err != nil {
		t.Fatal(err)
	}
	want := figures{Lines: 13, References: 29, Citations: 38, Times: map[string]int{
		"tech-accord 1": 4, "tech-accord 2": 3, "tech-accord 3": 3, "tech-accord 4": 2,
		"paris-call 1": 10, "paris-call 2": 2, "paris-call 3": 1, "paris-call 5": 2,
		"paris-call 6": 1, "paris-call 7": 4, "paris-call 9": 2,
		"gcsc 5": 2, "gcsc 7": 2,
	}}
	if diff := cmp.Diff(want, count(string(text))); diff != "" {
		t.Errorf("figures differ (-want +got):\n%s", diff)
	}
}
