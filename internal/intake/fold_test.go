package intake_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/citation"
	"normmap/internal/intake"
)

// What letters cite is the same when a program for mail has folded their lines,
// wherever a line ends.
func TestFoldedLettersCiteTheSame(t *testing.T) {
	t.Parallel()
	g := citation.NewGrammar(slices.Concat(names, []citation.Name{
		{Agreement: "manrs", Text: "network operators", Edition: "network-operators"},
		{Agreement: "manrs", Text: "IXP", Edition: "ixp"},
	}))
	files, err := filepath.Glob(filepath.Join("testdata", "*"))
	if err != nil {
		t.Fatal(err)
	}
	folded := 0
	for _, file := range files {
		if kind := filepath.Ext(file); kind != ".md" && kind != ".txt" {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		want := citedIn(read(t, g, text, intake.Options{}))
		for width := 60; width <= 80; width += 5 {
			mail, ok := fold(text, width)
			if !ok {
				continue
			}
			folded++
			if diff := cmp.Diff(want, citedIn(read(t, g, mail, intake.Options{}))); diff != "" {
				t.Errorf("%s at %d (-want +got)\n%s", file, width, diff)
			}
		}
	}
	if folded < 280 {
		t.Errorf("only %d letters were folded", folded)
	}
}

// citedIn is what a text cites, each once.
func citedIn(r intake.Reading) []string {
	var cited []string
	add := func(refs []citation.Reference) {
		for _, ref := range refs {
			for _, l := range ref.Labels {
				name := strings.Join(strings.Fields(ref.Name), " ")
				cited = append(cited, fmt.Sprintf("%s/%s %s (%s)", ref.Agreement, ref.Edition, l.Text, name))
			}
		}
	}
	var of func(all []intake.Initiative)
	of = func(all []intake.Initiative) {
		for _, i := range all {
			add(i.References)
			of(i.Parts)
		}
	}
	of(r.Initiatives)
	add(r.Elsewhere)
	slices.Sort(cited)
	return slices.Compact(cited)
}

// marked begins a line that goes on with none before it, whatever is folded.
var marked = regexp.MustCompile(`^\s*(?:[-*•o+>|#]|\(?[0-9a-z]{1,2}[.)]|\*\*)\s|^\s*$`)

// whole are lines that programs for mail leave, or people who send headings.
var whole = regexp.MustCompile(`^\s*\||^#|\t|^\*\*.*\*\*$|^[^\p{Ll}]*$`)

// fold breaks the lines of a text that are too long. It reports false where none
// is, or where that would put paragraphs together.
func fold(text string, width int) (string, bool) {
	var out []string
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		for len(l) > width && !whole.MatchString(lines[i]) {
			if i+1 < len(lines) && !marked.MatchString(lines[i+1]) {
				return "", false
			}
			at := strings.LastIndexByte(l[:width+1], ' ')
			if strings.TrimSpace(l[:max(at, 0)]) == "" {
				break
			}
			out = append(out, l[:at])
			l = l[at+1:]
		}
		out = append(out, l)
	}
	return strings.Join(out, "\n"), len(out) > len(lines)
}
