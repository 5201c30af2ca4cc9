package intake_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/citation"
	"normmap/internal/intake"
	"normmap/internal/norms"
)

var names = []citation.Name{
	{Agreement: "tech-accord", Text: "Cybersecurity Tech Accord"}, {Agreement: "tech-accord", Text: "Tech Accord"},
	{Agreement: "paris-call", Text: "Paris Call"}, {Agreement: "paris-call", Text: "Appel de Paris"},
	{Agreement: "gcsc", Text: "GCSC"}, {Agreement: "manrs", Text: "MANRS"}, {Agreement: "un-norms", Text: "UN GGE 2015"},
	{Agreement: "nis2-directive", Text: "NIS 2 Directive"}, {Agreement: "nis-directive", Text: "NIS Directive"},
	{Agreement: "contract-for-the-web", Text: "Contract for the Web"},
}

// read reads a text, which nothing ends.
func read(t *testing.T, g *citation.Grammar, text string, o intake.Options) intake.Reading {
	t.Helper()
	r, err := intake.Read(t.Context(), g, text, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// figures is what a contribution adds up to.
type figures struct {
	Initiatives, Parts, References, Citations, Missing int
	Planned                                            []string
}

func count(r intake.Reading) figures {
	var f figures
	for _, i := range r.Initiatives {
		f.Initiatives++
		f.Parts += len(i.Parts)
		f.References += len(i.References)
		for _, ref := range i.References {
			f.Citations += len(ref.Labels)
		}
		if i.Planned != nil {
			f.Planned = append(f.Planned, i.Planned.Text+" "+string(i.Planned.Due))
		}
	}
	for _, l := range r.Links {
		if l.Missing {
			f.Missing++
		}
	}
	return f
}

// TestFoundingLetter reads the letter that the project began with. It is not
// part of the repository: NORMMAP_FIXTURES names the folder that holds it. The
// documents in testdata are read everywhere.
func TestFoundingLetter(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("NORMMAP_FIXTURES")
	if folder == "" {
		t.Log("NORMMAP_FIXTURES is not set: only our own documents were read")
		return
	}
	text, err := os.ReadFile(filepath.Join(folder, "seeds", "000_f9facc0529999f02.txt"))
	if err != nil {
		t.Fatal(err)
	}
	r := read(t, citation.NewGrammar(names), string(text), intake.Options{})
	want := figures{13, 4, 29, 38, 21, []string{"by the end of the year 2019", "upcoming "}}
	if diff := cmp.Diff(want, count(r)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if r.Language != "en" || r.Dated != norms.Date("2019-09-20") || len(r.Elsewhere) > 0 {
		t.Errorf("language %q, date %q, %d cited elsewhere", r.Language, r.Dated, len(r.Elsewhere))
	}
	if p := r.Initiatives[8]; len(p.Parts) != 4 || len(p.References) != 1 || p.References[0].Text != "Paris Call principle 3" {
		t.Errorf("the citation after the nested bullets belongs to %+v", p)
	}
	for _, i := range r.Initiatives {
		t.Logf("%d–%d %s | %s", i.Start, i.End, i.Heading, i.Title)
	}
}
