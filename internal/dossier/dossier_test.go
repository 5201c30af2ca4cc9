package dossier_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/citation"
	"normmap/internal/document"
	"normmap/internal/dossier"
)

var grammar = citation.NewGrammar([]citation.Name{{Agreement: "paris-call", Text: "Paris Call"}, {Agreement: "paris-call", Text: "Appel de Paris"},
	{Agreement: "tech-accord", Text: "Tech Accord"}, {Agreement: "tech-accord", Text: "Cybersecurity Tech Accord"}})

// forms are the formats of a dossier, by the ends of their files' names.
var forms = map[string]func(dossier.Dossier, io.Writer) error{
	"md": dossier.Dossier.Markdown, "docx": dossier.Dossier.DOCX, "csv": dossier.Dossier.CSV,
}

// written is a dossier as a file, read as any upload is.
func written(t testing.TB, d dossier.Dossier, form string) document.Document {
	t.Helper()
	var b bytes.Buffer
	if err := forms[form](d, &b); err != nil {
		t.Fatal(err)
	}
	return sent(t, "a."+form, b.Bytes())
}

func sent(t testing.TB, name string, data []byte) document.Document {
	t.Helper()
	got, err := document.Extract(name, data, document.DefaultLimits(), document.Tools{})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// Whatever is in a dossier, unedited it says that nothing changed; edited, it
// says what was changed and no more: the changes make the edited dossier out
// of the old one, and there are no more of them than there were edits.
func TestEditsComeBackAsTheyWereMade(t *testing.T) {
	t.Parallel()
	for seed := range uint64(150) {
		m := newMaker(seed)
		before := m.dossier()
		after, did := before, []string{}
		after.Initiatives = clone(before.Initiatives)
		touched := map[string]bool{}
		for range 1 + m.IntN(4) {
			if what := m.edit(&after, touched); what != "" {
				did = append(did, what)
			}
		}
		for form := range forms {
			if read := before.Read(written(t, before, form), grammar); len(read.Changes)+len(read.Problems) > 0 {
				t.Fatalf("seed %d, unedited %s: %s %+v\n%s", seed, form, brief(read.Changes), read.Problems, written(t, before, form).Text)
			}
			file := written(t, after, form)
			read := before.Read(file, grammar)
			d := cmp.Diff(dump(after), dump(applied(before, read.Changes)))
			if d != "" || len(read.Changes) > len(did) || len(read.Problems) > 0 {
				t.Fatalf("seed %d, %s: to %q\ngives %s %v\n(-want +got)\n%s\n%s", seed, form, did, brief(read.Changes), read.Problems, d, file.Text)
			}
			if d := cmp.Diff(sequence(after), placed(read.Order)); d != "" {
				t.Fatalf("seed %d, %s: the order (-want +got)\n%s\n%s", seed, form, d, file.Text)
			}
		}
	}
}

func brief(changes []dossier.Change) string {
	var b strings.Builder
	for _, c := range changes {
		fmt.Fprintf(&b, "%s %s %s", c.Action, c.Subject, c.Initiative)
		if c.Line > 0 {
			fmt.Fprintf(&b, " line %d", c.Line)
		}
		if c.From != "" {
			fmt.Fprintf(&b, " from %s", c.From)
		}
		if c.To != nil {
			fmt.Fprintf(&b, " to %q %d of %q", c.To.Heading, c.To.Index, c.To.Parent)
		}
		for _, f := range c.Fields {
			fmt.Fprintf(&b, " %s %q→%q", f.Name, f.Before, f.After)
		}
		fmt.Fprintf(&b, " %s+ %s-\n", cites(c.Cites), cites(c.Drops))
	}
	return b.String()
}

func cites(all []dossier.Citation) string {
	var parts []string
	for _, c := range all {
		parts = append(parts, c.Agreement+" "+c.Label)
	}
	return strings.Join(parts, ", ")
}

// sample is a dossier as people know it.
var sample = dossier.Dossier{
	Organization: "acme", Name: "Acme", Revision: 12, Base: "https://norms.example", Initiatives: []dossier.Initiative{
		{Slug: "watch", Heading: "I. Safer products", Title: "Night watch", Summary: "Looks for flaws, all night.", Lines: []dossier.Line{{ID: 1, Text: "(Paris Call principles 1 and 5)", Links: []int64{10, 11}}}},
		{Slug: "keys", Heading: "I. Safer products", Title: "Keys for all", Summary: "Two things: giving – and taking.", Lines: []dossier.Line{{ID: 2, Text: "(Tech Accord principle 2)", Links: []int64{12}}},
			Parts: []dossier.Initiative{{Slug: "keys-schools", Title: "Keys for schools", Summary: "Given by hand.", Lines: []dossier.Line{{ID: 3, Text: "(Paris Call principle 7)"}}}}},
		{Slug: "talks", Heading: "II. Others", Title: "Talks"},
	},
}

func TestEditedFiles(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		edit func(text string) string
		want string
	}{
		"every marker is lost": {func(s string) string {
			for _, m := range []string{"/watch)", "/keys)", "/keys-schools)", "/talks)", "#line-1)", "#line-2)", "#line-3)"} {
				at := strings.Index(s, m)
				s = s[:strings.LastIndex(s[:at], " [")] + s[at+len(m):]
			}
			return s
		}, ""},
		"another program wrote it down": {func(s string) string {
			return strings.NewReplacer("\n- ", "\n*   ", "  - ", "    * ", "**", "__", "\n  *(", "\n    _(", "\n    *(", "\n        _(", ")* [", ")_ [", "Looks for flaws,", "Looks for\n    flaws,").Replace(s)
		}, ""},
		"a program wrote comments": {func(s string) string {
			return strings.Replace(s, "Given by hand.", "Given by hand.\n\n```{=html}\n<!-- -->\n```\n\n<!-- end -->", 1)
		}, ""},
		"the indentation is lost": {func(s string) string { return strings.NewReplacer("\n    *(", "\n*(", "\n  *(", "\n*(").Replace(s) }, ""},
		"a program made bullets of the lines": {func(s string) string {
			return strings.NewReplacer("\n    *(", "\n  - *(", "\n  *(", "\n- *(").Replace(s)
		}, ""},
		"a number more": {func(s string) string { return strings.Replace(s, "1 and 5", "1, 5 and 9", 1) }, "changed citation_line watch line 1 text \"(Paris Call principles 1 and 5)\"→\"(Paris Call principles 1, 5 and 9)\" paris-call 9+ -\n"},
		"other words for the same": {func(s string) string { return strings.Replace(s, "1 and 5", "1, 5", 1) },
			"changed citation_line watch line 1 text \"(Paris Call principles 1 and 5)\"→\"(Paris Call principles 1, 5)\" + -\n"},
		"a bullet that cites in its own line": {func(s string) string { return s + "\n- We open our doors every spring (Paris Call principle 9).\n" },
			"added initiative new-1 to \"II. Others\" 1 of \"\" paris-call 9+ -\n"},
		"a line goes to a new bullet": {func(s string) string {
			line := "  *(Tech Accord principle 2)* [12](https://norms.example/initiatives/keys#line-2)\n"
			return strings.Replace(s, line, "", 1) + "\n- **Doors** — Open ones.\n\n" + line
		}, "added initiative new-1 to \"II. Others\" 1 of \"\" + -\nmoved citation_line new-1 line 2 from keys + -\n"},
		"a bullet is copied and reworded": {func(s string) string {
			return s + "\n- **Night watch** [¶](https://norms.example/initiatives/watch) — Looks for holes, all day.\n"
		}, "added initiative new-1 to \"II. Others\" 1 of \"\" + -\n"},
		"a line is cited once more": {func(s string) string {
			return s + "\n  *(Paris Call principles 1 and 5)* [10, 11](https://norms.example/initiatives/watch#line-1)\n"
		}, "added citation_line talks text \"\"→\"Paris Call principles 1 and 5\" paris-call 1, paris-call 5+ -\n"},
		"a heading is reworded": {func(s string) string { return strings.Replace(s, "## II. Others", "## II. Helping others", 1) },
			"changed heading  heading \"II. Others\"→\"II. Helping others\" + -\n"},
		"a bullet of another dossier": {func(s string) string { return s + "\n- **X** [¶](https://norms.example/initiatives/theirs)\n" },
			"added initiative new-1 to \"II. Others\" 1 of \"\" + -\nproblem in line 23: leads to theirs, which this dossier does not hold: it is taken for a new initiative\n"},
		"kind regards": {func(s string) string { return s + "\nKind regards\n" },
			"problem in line 23: stands outside of any bullet and was left alone: make a bullet of it if it is an initiative, or indent it under one\n"},
		"another document": {func(string) string { return "Dear all,\n\nwe are well.\n" }, "problem in line 1: holds no initiative at all, so it is no edited dossier: nothing of it was taken\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := c.edit(written(t, sample, "md").Text)
			read := sample.Read(sent(t, "a.md", []byte(text)), grammar)
			got := brief(read.Changes)
			for _, p := range read.Problems {
				got += fmt.Sprintf("problem in line %d: %s\n", p.Line, p.What)
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("(-want +got)\n%s\n%s", d, text)
			}
		})
	}
}

func TestEditedTables(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		edit func(text string) string
		want string
	}{
		"saved with semicolons": {func(s string) string {
			return strings.NewReplacer(",", ";").Replace(strings.ReplaceAll(s, "Looks for flaws, all", "Looks for flaws all"))
		},
			"changed initiative watch summary \"Looks for flaws, all night.\"→\"Looks for flaws all night.\" + -\n"},
		"one line more": {func(s string) string {
			return strings.TrimSuffix(s, "\r\n") + "\r\n,,,,Paris Call principle 3,,,,,,\r\n"
		},
			"added citation_line talks text \"\"→\"Paris Call principle 3\" paris-call 3+ -\n"},
		"a row is gone": {func(s string) string { return s[:strings.Index(s, "II. Others")] }, "withdrawn initiative talks + -\n"},
		"a part of nothing": {func(s string) string { return s + ",locks,Locks for schools,,,,,,,,\r\n" },
			"added initiative new-1 to \"\" 0 of \"\" + -\nproblem in line 6: is said to be a part of locks, which has no row above this one: write the slug or the title of one that has\n"},
		"no title": {func(s string) string { return strings.Replace(s, "Night watch", "", 1) },
			"changed initiative watch title \"Night watch\"→\"\" + -\nproblem in line 2: has no title: write one, or strike out the whole row\n"},
		"a heading that nobody knows": {func(s string) string { return strings.Replace(s, "citation_line", "number", 1) },
			"problem in line 1: the first row does not name the columns of a dossier: keep heading, part_of, title, summary, citations, initiative, citation_line, links, address, dossier_of, dossier_revision\n" +
				"problem in line 1: holds no initiative at all, so it is no edited dossier: nothing of it was taken\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			if err := sample.CSV(&b); err != nil {
				t.Fatal(err)
			}
			read := sample.Read(sent(t, "a.csv", []byte(c.edit(b.String()))), grammar)
			got := brief(read.Changes)
			for _, p := range read.Problems {
				got += fmt.Sprintf("problem in line %d: %s\n", p.Line, p.What)
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("(-want +got)\n%s\n%s", d, b.String())
			}
		})
	}
}

// A file says which dossier it is, so that it is compared with the right one.
func TestFilesSayWhatTheyAre(t *testing.T) {
	t.Parallel()
	for form := range forms {
		file := written(t, sample, form)
		organization, revision, ok := dossier.Identify(file)
		if !ok || revision != 12 || organization != "acme" {
			t.Errorf("%s is of %q, revision %d, %v", form, organization, revision, ok)
		}
		var once, again bytes.Buffer
		if err := forms[form](sample, &once); err != nil {
			t.Fatal(err)
		}
		if err := forms[form](sample, &again); err != nil || !bytes.Equal(once.Bytes(), again.Bytes()) {
			t.Errorf("%s: the same dossier gives other bytes, %v", form, err)
		}
	}
	for name, text := range map[string]string{"a.md": "# A letter\n\n- an item\n", "a.csv": "title,summary\nx,y\n"} {
		if _, _, ok := dossier.Identify(sent(t, name, []byte(text))); ok {
			t.Errorf("%s is taken for a dossier", name)
		}
	}
}

// FuzzRead holds any text against a dossier.
func FuzzRead(f *testing.F) {
	f.Add("a.md", []byte("- **a** [¶](x/initiatives/watch)\n  - [1](x/initiatives/keys#line-2)\n\n(Paris Call 1)\n"))
	f.Add("a.csv", []byte("heading,part_of,title,summary,citations,initiative,citation_line\n,watch,a,,x,watch,1\n"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		file, err := document.Extract(name, data, document.DefaultLimits(), document.Tools{})
		if err != nil {
			return
		}
		dossier.Identify(file)
		for _, c := range sample.Read(file, grammar).Changes {
			if c.Action == "" || c.Subject == "" || c.Subject != dossier.OfHeading && c.Initiative == "" {
				t.Errorf("%+v", c)
			}
		}
	})
}

// Programs curl quotation marks by themselves; words that change with them are
// changes all the same.
func TestCurledQuotationMarksAreNoChange(t *testing.T) {
	t.Parallel()
	d := sample
	d.Initiatives = []dossier.Initiative{{Slug: "watch", Title: `Ada's "watch"`, Summary: "It's there."}}
	curled := d
	curled.Initiatives = []dossier.Initiative{{Slug: "watch", Title: "Ada’s “watch”", Summary: "It’s there."}}
	if read := d.Read(written(t, curled, "md"), grammar); len(read.Changes)+len(read.Problems) > 0 {
		t.Errorf("it says %s %v", brief(read.Changes), read.Problems)
	}
	curled.Initiatives[0].Summary = "It’s here."
	if read := d.Read(written(t, curled, "md"), grammar); len(read.Changes) != 1 || len(read.Changes[0].Fields) != 1 {
		t.Errorf("of other words it says %s", brief(read.Changes))
	}
}

// What an initiative says in several paragraphs comes back in several, whatever
// was reworded, and joining them is no change.
func TestParagraphsOfASummaryStay(t *testing.T) {
	t.Parallel()
	d := sample
	d.Initiatives = []dossier.Initiative{{Slug: "watch", Title: "Night watch", Summary: "We look for flaws all night.\n\nEach one that we find is sent to whoever makes the product.", Lines: sample.Initiatives[0].Lines}}
	edited := d
	edited.Initiatives = clone(d.Initiatives)
	edited.Initiatives[0].Summary = "We look for flaws all night.\n\nEach one that we find is told to whoever makes the product."
	for form := range forms {
		read := d.Read(written(t, edited, form), grammar)
		if len(read.Changes) != 1 || len(read.Problems) > 0 || len(read.Changes[0].Fields) != 1 || read.Changes[0].Fields[0].After != edited.Initiatives[0].Summary {
			t.Errorf("%s: it says %s %v", form, brief(read.Changes), read.Problems)
		}
	}
	joined := d
	joined.Initiatives = clone(d.Initiatives)
	joined.Initiatives[0].Summary = strings.ReplaceAll(d.Initiatives[0].Summary, "\n\n", " ")
	if read := d.Read(written(t, joined, "md"), grammar); len(read.Changes)+len(read.Problems) > 0 {
		t.Errorf("joined it says %s %v", brief(read.Changes), read.Problems)
	}
}
