package contribution_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/anchor"
	"normmap/internal/contribution"
	"normmap/internal/norms"
)

// A letter of eight paragraphs, and its second edition: three are reworded, one
// is gone, one is new, one stands elsewhere.
const (
	firstEdition = `# What we do

12 March 2024

- We run a help desk for schools in three counties of the north (Paris Call principle 1).
- We publish what attackers do, each month, in plain words (Paris Call principle 5).
- We lend servers and people to hospitals that were attacked (Paris Call principle 2).
- We teach children how to choose a password and to keep it (GCSC norm 5).
- We audit the code of the libraries that our products use (Cybersecurity Tech Accord principle 1).
- We pay those who find holes in our products (Cybersecurity Tech Accord principle 2, Paris Call principle 6).
- We sit on the board of the national exchange of traffic (Cybersecurity Tech Accord principle 4).
- We wrote a guide for judges and prosecutors (Paris Call principle 8).
`
	secondEdition = `# What we do

3 May 2025

- We sit on the board of the national exchange of traffic (Cybersecurity Tech Accord principle 4).
- We run a help desk for schools and towns in all counties of the north (Paris Call principle 1).
- We lend servers and people to hospitals that were attacked or fear to be (Paris Call principle 2).
- We teach children how to choose a password and to keep it (GCSC norm 5).
- We audit the code of the libraries that our products and services use (Cybersecurity Tech Accord principle 1).
- We pay those who find holes in our products (Cybersecurity Tech Accord principle 2, Paris Call principle 6).
- We bring the police of four countries together each spring (Paris Call principle 3).
- We wrote a guide for judges and prosecutors (Paris Call principle 8).
`
)

// looksAt reads a file as a new version of a source, or "" for none.
func (d desk) looksAt(name, text, replaces string) (contribution.Reader, contribution.Contribution) {
	d.Helper()
	r := d.reader
	r.Replaces = replaces
	c, err := r.Read(d.Context(), contribution.File{Name: name, Data: []byte(text)}, "microsoft")
	if err != nil {
		d.Fatal(err)
	}
	return r, c
}

func TestASecondEditionIsNoticedAndNeverTakenForOneByItself(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.accepts(d.sends("letter.md", firstEdition).Proposal)
	_, c := d.looksAt("letter2.md", secondEdition, "")
	if len(c.Alike) != 1 || c.Alike[0].Slug != "microsoft-contribution-2024" || c.Alike[0].Share < 70 || c.Alike[0].Share > 95 || c.Version != nil {
		t.Fatalf("it is like %+v", c.Alike)
	}
	if _, other := d.looksAt("other.md", "# Elsewhere\n\n- We do something entirely different in another place and with other people (Paris Call principle 1).\n", ""); len(other.Alike) != 0 {
		t.Errorf("another letter is like %+v", other.Alike)
	}
	done := d.sends("letter2.md", secondEdition)
	if done.Source != "microsoft-contribution-2025" {
		t.Errorf("without a word it is %s", done.Source)
	}
	if talk := d.talk(done.Proposal); !strings.Contains(talk, "looks like a new version of microsoft-contribution-2024") {
		t.Errorf("its proposal says %q", talk)
	}
}

// talk is what is said of a proposal.
func (d desk) talk(id int64) string {
	d.Helper()
	p, err := d.store.Proposal(d.Context(), d.reviewer, id, norms.Page{})
	if err != nil {
		d.Fatal(err)
	}
	var said []string
	for _, c := range p.Comments {
		said = append(said, c.Text)
	}
	return strings.Join(said, "\n")
}

func TestASecondEditionProposesOnlyWhatIsNew(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.accepts(d.sends("letter.md", firstEdition).Proposal)
	before := d.stats()
	r, c := d.looksAt("letter2.md", secondEdition, "microsoft-contribution-2024")
	became := map[string]anchor.How{}
	for _, f := range c.Version.References {
		became[f.Text] = f.Found.How
	}
	want := map[string]anchor.How{"Paris Call principle 1": anchor.Reworded, "Paris Call principle 5": anchor.Gone, "Paris Call principle 2": anchor.Reworded, "GCSC norm 5": anchor.Kept,
		"Cybersecurity Tech Accord principle 1": anchor.Reworded, "Cybersecurity Tech Accord principle 2": anchor.Kept, "Paris Call principle 6": anchor.Kept,
		"Cybersecurity Tech Accord principle 4": anchor.Moved, "Paris Call principle 8": anchor.Kept}
	if diff := cmp.Diff(want, became); diff != "" {
		t.Errorf("the references (-want +got)\n%s", diff)
	}
	if len(c.Version.Missing) != 1 || !strings.Contains(c.Version.Missing[0].Title, "publish what attackers do") || c.Version.Again != 0 {
		t.Errorf("missing are %+v, again %d", c.Version.Missing, c.Version.Again)
	}
	done, err := r.Propose(t.Context(), d.proposer, c, "It came by mail", today)
	if err != nil || done.Source != "microsoft-contribution-2024" || len(done.Left) != 0 {
		t.Fatalf("proposed: %+v, %v", done, err)
	}
	p, err := d.store.Proposal(t.Context(), d.reviewer, done.Proposal, norms.Page{Limit: norms.MaxLimit})
	if err != nil {
		t.Fatal(err)
	}
	var edits []string
	for _, e := range p.List {
		edits = append(edits, norms.EditName(e.Edit))
	}
	if diff := cmp.Diff([]string{"put_source", "put_source_text", "put_initiative", "put_citation_line"}, edits); diff != "" {
		t.Errorf("proposed are (-want +got)\n%s", diff)
	}
	if talk := d.talk(done.Proposal); !strings.Contains(talk, "4 references stand as they did, 3 beside words that were changed, 1 elsewhere, and 1 reference whose words are no longer in the document") ||
		!strings.Contains(talk, "“Paris Call principle 5” of ") {
		t.Errorf("it says %q", talk)
	}
	d.accepts(done.Proposal)
	grown := map[string]int{"initiatives": 1, "references": 1, "citations": 1, "links": 1, "unresolved": 0, "revisions": 1}
	if diff := cmp.Diff(grown, more(before, d.stats())); diff != "" {
		t.Errorf("the record grew by (-want +got)\n%s", diff)
	}
	d.standsIn("microsoft-contribution-2024", 9)
	if _, again := d.looksAt("letter2.md", secondEdition, ""); again.Known == nil || !again.Known.TextHeld {
		t.Errorf("sent again, it is not known: %+v", again.Known)
	}
	if _, old := d.looksAt("letter.md", firstEdition, ""); old.Earlier == nil || old.Earlier.Slug != "microsoft-contribution-2024" {
		t.Errorf("the first edition sent again is %+v", old.Earlier)
	}
	if last := d.sends("letter.md", firstEdition); last.Proposal != 0 {
		t.Errorf("the first edition is proposed again: %+v", last)
	}
}

// standsIn checks that a source holds the second edition with so many references
// in their places and one that is gone.
func (d desk) standsIn(slug string, marks int) {
	d.Helper()
	src, err := d.store.Source(d.Context(), slug)
	if err != nil {
		d.Fatal(err)
	}
	if src.PublishedOn != "2025-05-03" || src.RetrievedOn != "2026-11-23" || len(src.Held.Astray) > 0 || len(src.Held.Marks) != marks {
		d.Errorf("the source is of %s, and %d places are marked, %d not found", src.PublishedOn, len(src.Held.Marks), len(src.Held.Astray))
	}
	gone := 0
	for _, l := range src.Lines {
		for _, r := range l.References {
			if r.PlaceAsOf != 0 {
				gone++
			}
		}
	}
	if gone != 1 {
		d.Errorf("%d references are told as gone, want 1", gone)
	}
}

func TestWhatCannotBeANewVersionIsRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.accepts(d.sends("letter.md", firstEdition).Proposal)
	d.accepts(d.sends("other.md", letter).Proposal)
	for _, c := range []struct{ replaces, text, says string }{
		{"nothing", secondEdition, `no source "nothing" is recorded`},
		{"microsoft-bpf-2019", secondEdition, "is not held"},
		{"microsoft-contribution-2024-2", firstEdition, "is the source microsoft-contribution-2024 already"},
	} {
		r := d.reader
		r.Replaces = c.replaces
		_, err := r.Read(t.Context(), contribution.File{Name: "letter.md", Data: []byte(c.text)}, "microsoft")
		if norms.KindOf(err) != norms.Invalid || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", c.replaces, err, c.says)
		}
	}
}

// Two who send new versions of one text: the second to be accepted is told to
// look again.
func TestAVersionOfWhatWasReplacedMeanwhileIsRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.accepts(d.sends("letter.md", firstEdition).Proposal)
	r, two := d.looksAt("two.md", secondEdition, "microsoft-contribution-2024")
	_, three := d.looksAt("three.md", secondEdition+"\nAnd a word of thanks.\n", "microsoft-contribution-2024")
	first, err := r.Propose(t.Context(), d.proposer, two, "It came by mail", today)
	if err != nil {
		t.Fatal(err)
	}
	second, err := r.Propose(t.Context(), d.proposer, three, "It came by mail", today)
	if err != nil {
		t.Fatal(err)
	}
	d.accepts(first.Proposal)
	p, err := d.store.Proposal(t.Context(), d.reviewer, second.Proposal, norms.Page{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range p.List {
		if _, text := e.Edit.(norms.PutSourceText); text && (e.Problem == nil || !strings.Contains(e.Problem.Error(), "read the document again")) {
			t.Errorf("the text is %s: %v", e.State, e.Problem)
		}
	}
}
