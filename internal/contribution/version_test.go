package contribution_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

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
	if talk := d.talk(done.Proposal); !strings.Contains(talk, "looks like a new version of “What we do”") {
		t.Errorf("its proposal says %q", talk)
	}
}

// How like two texts are does not tell what pages hide of the one that is held.
func TestLikenessDoesNotTellWhatPagesHide(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const letter = "# What we do\n\n- We run a help desk for schools, at 06 12 34 56 78 by day (Paris Call principle 1).\n"
	d.accepts(d.sends("letter.md", letter).Proposal)
	share := func(number string) int {
		t.Helper()
		_, c := d.looksAt("guess.md", strings.Replace(letter, "06 12 34 56 78", number, 1)+"\nAnd more.\n", "")
		if len(c.Alike) != 1 {
			t.Fatalf("with %s it is like %+v", number, c.Alike)
		}
		return c.Alike[0].Share
	}
	if right, wrong := share("06 12 34 56 78"), share("06 12 34 99 99"); right != wrong {
		t.Errorf("with the number it is alike by %d %%, with another by %d %%", right, wrong)
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
	if len(c.Version.Missing) != 1 || !strings.Contains(c.Version.Missing[0].Title, "publish what attackers do") || c.Version.Left != 0 {
		t.Errorf("missing are %+v, left %d", c.Version.Missing, c.Version.Left)
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
	if diff := cmp.Diff([]string{"put_source_text", "put_initiative", "put_citation_line"}, edits); diff != "" {
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
		{"microsoft-contribution-2024-2", firstEdition, "is the source “What we do” (microsoft-contribution-2024) already"},
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

// Of another organization's document nobody sends a new version.
func TestAVersionOfAnothersDocumentIsRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.accepts(d.sends("letter.md", firstEdition).Proposal)
	r := d.reader
	r.Replaces = "microsoft-contribution-2024"
	_, err := r.Read(t.Context(), contribution.File{Name: "letter2.md", Data: []byte(secondEdition)}, "cybersecurity-tech-accord")
	if norms.KindOf(err) != norms.Invalid || !strings.Contains(err.Error(), "(microsoft-contribution-2024) is a source of microsoft, and this is said to come from cybersecurity-tech-accord") {
		t.Errorf("it says %v", err)
	}
}

// The day goes with the text: rejected, it is not written; taken back, it is the one
// of before, and the file can be sent again.
func TestAVersionThatIsTakenBackCanBeSentAgain(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.accepts(d.sends("letter.md", firstEdition).Proposal)
	r, c := d.looksAt("letter2.md", secondEdition, "microsoft-contribution-2024")
	sent, err := r.Propose(t.Context(), d.proposer, c, "It came by mail", today)
	if err != nil {
		t.Fatal(err)
	}
	published := d.accepts(sent.Proposal)
	if _, err := d.store.Apply(t.Context(), d.reviewer, "It was not one", []norms.Edit{norms.Revert{Changeset: published.Revision}}); err != nil {
		t.Fatal(err)
	}
	src, err := d.store.Source(t.Context(), "microsoft-contribution-2024")
	if err != nil || src.PublishedOn != "2024-03-12" || src.Held.Text != firstEdition || len(src.Held.Marks) != 9 {
		t.Fatalf("taken back, it is of %s, with %d marks, %v", src.PublishedOn, len(src.Held.Marks), err)
	}
	if _, again := d.looksAt("letter2.md", secondEdition, ""); again.Earlier != nil || len(again.Alike) != 1 {
		t.Errorf("sent again, it is an earlier version of %+v, like %+v", again.Earlier, again.Alike)
	}
	r, c = d.looksAt("letter2.md", secondEdition, "microsoft-contribution-2024")
	if sent, err = r.Propose(t.Context(), d.proposer, c, "It came by mail", today); err != nil || sent.Proposal == 0 {
		t.Fatalf("proposed again: %+v, %v", sent, err)
	}
	d.accepts(sent.Proposal)
	d.standsIn("microsoft-contribution-2024", 9)
}

// What was gone in a second version and is there again in a third one is found, and
// not proposed a second time.
func TestWhatIsThereAgainIsNotProposedTwice(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.accepts(d.sends("letter.md", firstEdition).Proposal)
	for _, text := range []string{secondEdition, strings.Replace(firstEdition, "12 March 2024", "4 June 2026", 1)} {
		r, c := d.looksAt("letter2.md", text, "microsoft-contribution-2024")
		sent, err := r.Propose(t.Context(), d.proposer, c, "It came by mail", today)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(text, "4 June") {
			if len(c.Version.Again) != 1 || c.Version.Again[0].Text != "Paris Call principle 5" || sent.Edits != 1 {
				t.Errorf("there again are %+v; %d edits", c.Version.Again, sent.Edits)
			}
			if told := d.look(sent.Proposal, 0).NewVersion; told == nil || told.Kept == 0 || told.Others[0].How != "gone" || told.Others[0].Text != "Paris Call principle 3" {
				t.Errorf("the desk tells %+v", told)
			}
		}
		d.accepts(sent.Proposal)
	}
	src, err := d.store.Source(t.Context(), "microsoft-contribution-2024")
	if err != nil || len(src.Held.Marks) != 9 || src.Held.LeftTotal != 1 {
		t.Errorf("%d are marked, %d are gone, %v", len(src.Held.Marks), src.Held.LeftTotal, err)
	}
}

// That there was no time to look for an earlier version stops nobody.
func TestADocumentIsReadWhenNoEarlierVersionCouldBeLookedFor(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.accepts(d.sends("letter.md", firstEdition).Proposal)
	owner, err := pgx.Connect(t.Context(), d.pool.Config().ConnString())
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close(t.Context())
	if _, err := owner.Exec(t.Context(), "alter table text_sketch rename to text_sketch_away"); err != nil {
		t.Fatal(err)
	}
	_, c := d.looksAt("letter2.md", secondEdition, "")
	if !c.Unlooked || len(c.Alike) != 0 || len(c.Reading.Initiatives) == 0 {
		t.Errorf("it could not be looked for: %v; alike %+v", c.Unlooked, c.Alike)
	}
}
