package contribution_test

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/contribution"
	"normmap/internal/dossier"
	"normmap/internal/norms"
)

// forms are the forms of a dossier, by the ends of their files' names.
var forms = map[string]func(dossier.Dossier, io.Writer) error{
	"md": dossier.Dossier.Markdown, "docx": dossier.Dossier.DOCX, "csv": dossier.Dossier.CSV,
}

// dossier is that of an organization as it is recorded now.
func (d desk) dossier(organization string) dossier.Dossier {
	d.Helper()
	c, err := d.store.Contributed(d.Context(), organization)
	if err != nil {
		d.Fatal(err)
	}
	return contribution.DossierOf(c, d.stats().Revision, "https://norms.example")
}

func (d desk) file(x dossier.Dossier, form string) string {
	d.Helper()
	var b bytes.Buffer
	if err := forms[form](x, &b); err != nil {
		d.Fatal(err)
	}
	return b.String()
}

// brief names edits on a line each.
func brief(list []norms.ProposedEdit) string {
	var b strings.Builder
	for _, p := range list {
		fmt.Fprintf(&b, "%s %s", p.State, norms.EditName(p.Edit))
		switch e := p.Edit.(type) {
		case norms.PutInitiative:
			fmt.Fprintf(&b, " %s", e.Slug)
			for _, c := range p.Base {
				for _, f := range c.Fields {
					if c.Action == "changed" {
						fmt.Fprintf(&b, " %s", f.Field)
					}
				}
			}
		case norms.PutCitationLine:
			fmt.Fprintf(&b, " %s: %s", e.Initiative, e.Text)
		case norms.ResolveCitation:
			fmt.Fprintf(&b, " %s", e.Decision)
		case norms.Withdraw:
			fmt.Fprintf(&b, " %s", e.Key)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func (d desk) left(done contribution.Proposed) string {
	var b strings.Builder
	for _, p := range done.Left {
		fmt.Fprintf(&b, "%s: %s\n", p.Text, p.What)
	}
	return b.String()
}

func TestADossierThatNobodyEditedChangesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for form := range forms {
		done := d.sends("a."+form, d.file(d.dossier("microsoft"), form))
		if done.Proposal != 0 || done.Edits != 0 || done.Source != "" || len(done.Left) > 0 {
			t.Errorf("%s: %+v", form, done)
		}
	}
	if rest, err := d.store.Proposals(t.Context(), norms.ProposalFilter{}, norms.Page{}); err != nil || rest.Total != 0 {
		t.Errorf("there are %d proposals, %v", rest.Total, err)
	}
}

// Two letters that wait at the same time stand one after the other in a
// dossier, behind what was reported before, whichever is accepted first.
func TestLettersDoNotMixInADossier(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	first, second := d.sends("letter.md", letter), d.sends("schools.md", twoSchools)
	d.accepts(second.Proposal)
	d.accepts(first.Proposal)
	c, err := d.store.Contributed(t.Context(), "microsoft")
	if err != nil {
		t.Fatal(err)
	}
	var sources []string
	for _, i := range c.Initiatives {
		if i.Parent == "" {
			sources = append(sources, i.Source)
		}
	}
	want := []string{"microsoft-bpf-2019", first.Source, second.Source}
	if got := slices.Compact(sources); !slices.Equal(got, want) {
		t.Errorf("the sources follow each other as %v, want %v", got, want)
	}
}

func TestEachEditOfADossierIsProposed(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	before := d.stats()
	text := d.file(d.dossier("microsoft"), "md")
	for _, edit := range [][2]string{
		{"**Digital Crimes Unit**", "**Unit against digital crime**"},
		{"Cybersecurity Tech Accord principle 1, Paris Call principles 1 and 5", "Cybersecurity Tech Accord principle 1, Paris Call principles 1 and 8"},
	} {
		if !strings.Contains(text, edit[0]) {
			t.Fatalf("it lacks %q:\n%s", edit[0], text)
		}
		text = strings.Replace(text, edit[0], edit[1], 1)
	}
	text += "\n- **Open doors** — We will open our doors to schools by the end of 2030.\n\n  *(Paris Call principle 9)*\n"
	done := d.sends("a.md", text)
	want := `ready put_source
ready put_source_text
ready put_initiative microsoft-open-doors
ready put_initiative microsoft-digital-crimes-unit title
ready put_citation_line microsoft-digital-crimes-unit: (Cybersecurity Tech Accord principle 1, Paris Call principles 1 and 8)
ready resolve_citation set_aside
ready resolve_citation set_aside
ready resolve_citation set_aside
ready put_citation_line microsoft-open-doors: Paris Call principle 9
`
	list := d.edits(done.Proposal)
	if diff := cmp.Diff(want, brief(list)); diff != "" || len(done.Left) > 0 {
		t.Fatalf("%s (-want +got)\n%s", d.left(done), diff)
	}
	added, _ := list[2].Edit.(norms.PutInitiative)
	if added.Status != "planned" || added.DueOn != "2030" || added.Source != "microsoft-dossier-1" || added.Summary != "We will open our doors to schools by the end of 2030." {
		t.Errorf("added is %+v", added)
	}
	if diff := cmp.Diff(before, d.stats()); diff != "" {
		t.Errorf("something is published already (-before +after)\n%s", diff)
	}
	d.accepts(done.Proposal)
	// The links to Tech Accord 1 and Paris Call 1 stand for the new line, 5 goes, 8 and 9 come.
	grown := map[string]int{"initiatives": 1, "references": 3, "citations": 4, "links": 1, "unresolved": 0, "revisions": 1}
	if diff := cmp.Diff(grown, more(before, d.stats())); diff != "" {
		t.Errorf("the record grew by (-want +got)\n%s", diff)
	}
	src, err := d.store.Source(t.Context(), "microsoft-dossier-1")
	if err != nil || src.Held == nil || len(src.Held.Astray) > 0 || len(src.Held.Marks) != 3 || src.PublishedOn != "2026-11-23" {
		t.Errorf("its source is %+v, %v", src, err)
	}
	if again := d.sends("a.md", text); again.Proposal != 0 || again.Edits != 0 || again.Source != "microsoft-dossier-1" {
		t.Errorf("sent again: %+v", again)
	}
}

func TestWhatOthersChangedSinceStays(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	text := d.file(d.dossier("microsoft"), "md")
	i, err := d.store.Initiative(t.Context(), "microsoft-digital-crimes-unit")
	if err != nil {
		t.Fatal(err)
	}
	other := norms.PutInitiative{Version: i.Version, Slug: i.Slug, Title: "The Digital Crimes Unit", Summary: i.Summary, Kind: i.Kind, Organization: i.Organization, ReportedBy: i.ReportedBy,
		Heading: i.Heading, Position: i.Position, Status: "ended", StatusNote: i.StatusNote, URL: i.URL, Source: i.Source, Place: i.Place, Partners: i.Partners}
	if _, err := d.store.Apply(t.Context(), d.person("ed", "editor"), "It ended", []norms.Edit{other}); err != nil {
		t.Fatal(err)
	}
	if done := d.sends("same.md", text); done.Proposal != 0 {
		t.Errorf("unedited: %+v", done)
	}
	done := d.sends("a.md", strings.NewReplacer("**Digital Crimes Unit**", "**Unit against crime**", "**User awareness", "**Awareness").Replace(text))
	want := "ready put_source\nready put_source_text\nready put_initiative microsoft-user-control title\nchanged_meanwhile put_initiative microsoft-digital-crimes-unit title\n"
	list := d.edits(done.Proposal)
	if diff := cmp.Diff(want, strings.ReplaceAll(brief(list), string(norms.EditChanged), "changed_meanwhile")); diff != "" {
		t.Fatalf("(-want +got)\n%s", diff)
	}
	if e := list[3].Edit.(norms.PutInitiative); e.Status != "ended" {
		t.Errorf("what somebody else changed would go: %+v", e)
	}
	if c := list[3].Clashes; len(c) != 1 || c[0].Field != "title" || c[0].Then != "Digital Crimes Unit" || c[0].Now != "The Digital Crimes Unit" {
		t.Errorf("the review shows %+v", c)
	}
}

// What somebody decided about a number of an earlier line is not lost when the
// line gets other words.
func TestDecisionsComeAlong(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	cited, err := d.store.Citations(t.Context(), norms.CitationFilter{Resolution: "ambiguous"}, norms.Page{})
	if err != nil || len(cited.Items) == 0 {
		t.Fatalf("%+v, %v", cited, err)
	}
	c := cited.Items[0]
	decision := norms.ResolveCitation{ID: c.ID, Version: c.Version, Decision: "resolve", Principle: c.Candidates[0].Principle, Note: "It was published after that"}
	if _, err := d.store.Apply(t.Context(), d.person("ed", "editor"), "Decided", []norms.Edit{decision}); err != nil {
		t.Fatal(err)
	}
	now := d.dossier("microsoft")
	var line *dossier.Line
	for _, i := range every(now.Initiatives) {
		for n := range i.Lines {
			if i.Slug == c.Initiative && strings.Contains(i.Lines[n].Text, c.Reference) {
				line = &i.Lines[n]
			}
		}
	}
	line.Text = "(" + c.Reference + ", Paris Call principle 9)"
	done := d.sends("a.md", d.file(now, "md"))
	d.accepts(done.Proposal)
	after, err := d.store.Citations(t.Context(), norms.CitationFilter{Initiative: c.Initiative, Source: done.Source, Agreement: c.Agreement}, norms.Page{})
	if err != nil || len(after.Items) != 1 {
		t.Fatalf("%+v, %v", after, err)
	}
	if k := after.Items[0]; k.Principle != c.Candidates[0].Principle || k.DecidedBy != "rita" || k.Note != "As ed decided about the earlier line." || k.Link == 0 {
		t.Errorf("it is %+v", k)
	}
	if was, err := d.store.Citation(t.Context(), c.ID); err != nil || was.Resolution != norms.SetAside || !strings.Contains(was.Note, "“Dossier of Microsoft as of revision 2, edited”") {
		t.Errorf("the earlier one is %+v, %v", was, err)
	}
}

func TestWhatIsLeftOutOfADossierIsSaid(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	text := d.file(d.dossier("microsoft"), "md")
	text = strings.Replace(text, "(Cybersecurity Tech Accord principle 1, Paris Call principles 1 and 5)", "(Paris Call principles 1 and 5; Cybersecurity Tech Accord principle 1)", 1)
	text = strings.Replace(text, "**Digital Crimes Unit**", "**Write to ada@example.org**", 1)
	text += "\nKind regards\n"
	done := d.sends("a.md", text)
	if done.Proposal != 0 || done.Edits != 0 {
		t.Errorf("proposed: %+v", done)
	}
	for _, says := range []string{"cites the same as before", "Write to ada@example.org: this cannot be recorded as it is", "Kind regards: stands outside of any bullet"} {
		if left := d.left(done); !strings.Contains(left, says) {
			t.Errorf("it does not say %q:\n%s", says, left)
		}
	}
	for _, p := range done.Left {
		if p.Start == 0 {
			t.Errorf("%q has no place", p.Text)
		}
	}
}

// An initiative on which something of somebody else rests cannot be struck out;
// all else that was changed is proposed.
func TestWhatTheRecordRefusesIsLeftOut(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	part := norms.PutInitiative{Slug: "their-part", Title: "Their part", Kind: "event", Parent: "microsoft-digital-crimes-unit", Organization: "cybersecurity-tech-accord",
		ReportedBy: "cybersecurity-tech-accord", Status: "ongoing"}
	if _, err := d.store.Apply(t.Context(), d.person("ed", "editor"), "r", []norms.Edit{part}); err != nil {
		t.Fatal(err)
	}
	x := d.dossier("microsoft")
	x.Initiatives[0].Title = "Another title"
	x.Initiatives = slices.DeleteFunc(x.Initiatives, func(i dossier.Initiative) bool { return i.Slug == part.Parent })
	done := d.sends("a.docx", d.file(x, "docx"))
	if left := d.left(done); len(done.Left) != 1 || !strings.Contains(left, "Digital Crimes Unit: the record refuses this: ") {
		t.Errorf("left out: %q", left)
	}
	want := "ready put_source\nready put_source_text\nready put_initiative microsoft-cvd-policy title\n"
	if diff := cmp.Diff(want, brief(d.edits(done.Proposal))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestDossiersOfOthersAreRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for name, c := range map[string]struct{ form, from, to, says string }{
		"of another organization": {"md", "", "", "is the dossier of Microsoft (microsoft), not of Cybersecurity Tech Accord"},
		"a table of another":      {"csv", "", "", "is the dossier of Microsoft (microsoft), not of Cybersecurity Tech Accord"},
		"nobody's":                {"md", "/organizations/microsoft?", "/organizations/nobody?", "no organization had that name then"},
		"of the future":           {"docx", "", "", "downloaded from another service"},
		"without revision":        {"csv", "dossier_revision", "x", "does not say of which revision"},
		"of nobody":               {"csv", "dossier_of", "x", "names no initiative that"},
	} {
		x := d.dossier("microsoft")
		if name == "of the future" {
			x.Revision = 1000
		}
		text := strings.Replace(d.file(x, c.form), c.from, c.to, 1)
		_, err := d.reader.Read(t.Context(), contribution.File{Name: "a." + c.form, Data: []byte(text)}, "cybersecurity-tech-accord")
		if norms.KindOf(err) != norms.Invalid || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: it says %v", name, err)
		}
	}
}

// every are initiatives and their parts.
func every(list []dossier.Initiative) []*dossier.Initiative {
	var out []*dossier.Initiative
	for i := range list {
		out = append(out, &list[i])
		out = append(out, every(list[i].Parts)...)
	}
	return out
}

// dump writes what counts of a dossier. Lines have no order, and headings that
// of the first that stands under them.
func dump(d dossier.Dossier) string {
	var headings []string
	under := map[string][]string{}
	for _, i := range d.Initiatives {
		if under[i.Heading] == nil {
			headings = append(headings, i.Heading)
		}
		under[i.Heading] = append(under[i.Heading], shown(i, ""))
	}
	slices.SortStableFunc(headings, func(a, b string) int {
		if a == "" || b == "" {
			return strings.Compare(a, b)
		}
		return 0
	})
	var b strings.Builder
	for _, h := range headings {
		fmt.Fprintf(&b, "# %s\n%s", h, strings.Join(under[h], ""))
	}
	return b.String()
}

func shown(i dossier.Initiative, indent string) string {
	var lines []string
	for _, l := range i.Lines {
		lines = append(lines, indent+"  "+strings.Trim(l.Text, "()")+"\n")
	}
	slices.Sort(lines)
	out := fmt.Sprintf("%s%s | %s\n%s", indent, i.Title, i.Summary, strings.Join(lines, ""))
	for _, p := range i.Parts {
		out += shown(p, indent+"    ")
	}
	return out
}
