package contribution_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/account"
	"normmap/internal/contribution"
	"normmap/internal/document"
	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
)

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "child" {
		if err := document.Child(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	pgtest.Main(m)
}

// documents are read in children as a program does.
func documents(t *testing.T) document.Reader {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	limits := document.DefaultLimits()
	limits.Memory = 1 << 50 // the race detector lays claim to most of the address space
	return document.Reader{Command: func(ctx context.Context) *exec.Cmd { return exec.CommandContext(ctx, self, "child") }, Limits: limits}
}

var today = time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)

// desk is the founding data with who reads and who reviews contributions.
type desk struct {
	*testing.T
	store              *store.Store
	pool               *pgxpool.Pool
	reader             contribution.Reader
	proposer, reviewer account.Actor
}

func newDesk(t *testing.T) desk {
	t.Helper()
	pool, err := postgres.Open(t.Context(), pgtest.Founding(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	past, err := postgres.OpenPast(t.Context(), pool.Config().ConnString())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(past.Close)
	s := store.New(pool).WithPast(past)
	d := desk{T: t, store: s, pool: pool, reader: contribution.Reader{Store: s, Documents: documents(t)}}
	d.proposer, d.reviewer = d.person("carl", account.Contributor), d.person("rita", account.Reviewer)
	return d
}

func (d desk) person(name string, role account.Role) account.Actor {
	d.Helper()
	a, err := d.store.AddAccount(d.Context(), name+"@example.org", name, role)
	if err != nil {
		d.Fatal(err)
	}
	return a.Actor()
}

// sends reads a file and proposes it as a document of its own.
func (d desk) sends(name, text string) contribution.Proposed {
	d.Helper()
	c, err := d.reader.Read(d.Context(), contribution.File{Name: name, Data: []byte(text)}, "microsoft")
	if err != nil {
		d.Fatal(err)
	}
	c.OwnDocument = true // whatever it looks like
	done, err := d.reader.Propose(d.Context(), d.proposer, c, "It came by mail", today)
	if err != nil {
		d.Fatal(err)
	}
	return done
}

// accepts publishes all of a proposal.
func (d desk) accepts(id int64) norms.Applied {
	d.Helper()
	p, err := d.store.Proposal(d.Context(), d.reviewer, id, norms.Page{Limit: norms.MaxLimit})
	if err != nil {
		d.Fatal(err)
	}
	for _, e := range p.List {
		if e.State != norms.EditReady {
			d.Errorf("edit %d, %s, is %s: %v %+v", e.Position, norms.EditName(e.Edit), e.State, e.Problem, e.Clashes)
		}
	}
	if n, err := d.store.AcceptRemaining(d.Context(), d.reviewer, id, p.Version); err != nil || n != p.Edits {
		d.Fatalf("%d of %d accepted: %v", n, p.Edits, err)
	}
	done, err := d.store.ApplyProposal(d.Context(), d.reviewer, id)
	if err != nil {
		d.Fatal(err)
	}
	return done
}

func (d desk) stats() norms.Stats {
	d.Helper()
	s, err := d.store.Stats(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	return s
}

// more is by how much the record grew.
func more(before, after norms.Stats) map[string]int {
	return map[string]int{"initiatives": after.Initiatives - before.Initiatives, "references": after.References - before.References,
		"citations": after.Citations - before.Citations, "links": after.Links - before.Links, "unresolved": after.Unresolved - before.Unresolved,
		"revisions": int(after.Revision - before.Revision)}
}

const letter = `# What we do

12 March 2024

- We run a help desk for schools. Write to ada@example.org (Paris Call principle 1).

(Paris Call principles 1 and 5, GCSC norm 5)

- We will open two schools by the end of 2030:
  - one in the north
  - one in the south

*(Cybersecurity Tech Accord principle 3, Charter of Rome article 2)*
`

func TestAContributionIsPublishedWhenItIsAccepted(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	before := d.stats()
	first := d.sends("letter.md", letter)
	if first.Proposal == 0 || first.Source != "microsoft-contribution-2024" || len(first.Left) > 0 {
		t.Fatalf("proposed: %+v", first)
	}
	if diff := cmp.Diff(before, d.stats()); diff != "" {
		t.Errorf("something is published already (-before +after)\n%s", diff)
	}
	if again := d.sends("letter.md", letter); again.Proposal != first.Proposal || !again.Again {
		t.Errorf("sent again: %+v", again)
	}
	d.accepts(first.Proposal)
	want := map[string]int{"initiatives": 4, "references": 5, "citations": 6, "links": 3, "unresolved": 2, "revisions": 1}
	if diff := cmp.Diff(want, more(before, d.stats())); diff != "" {
		t.Errorf("the record grew by (-want +got)\n%s", diff)
	}
	src, err := d.store.Source(t.Context(), first.Source)
	if err != nil {
		t.Fatal(err)
	}
	if src.Title != "What we do" || src.PublishedOn != "2024-03-12" || src.Organization != "microsoft" || src.Language != "en" || !src.TextHeld {
		t.Errorf("the source is %+v", src.SourceRow)
	}
	if len(src.Held.Astray) > 0 || len(src.Held.Marks) != 5 || strings.Contains(src.Held.Text, "ada@") {
		t.Errorf("of its text %d places are marked, %d not found", len(src.Held.Marks), len(src.Held.Astray))
	}
	if last := d.sends("letter.md", letter); last.Proposal != 0 || last.Edits != 0 {
		t.Errorf("sent once more: %+v", last)
	}
}

func TestAPromiseIsProposedAsPlanned(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.accepts(d.sends("letter.md", letter).Proposal)
	list, err := d.store.Initiatives(t.Context(), norms.InitiativeFilter{Status: "planned", Q: "two schools"}, norms.Page{})
	if err != nil || len(list.Items) != 1 {
		t.Fatalf("planned are %+v, %v", list.Items, err)
	}
	i, err := d.store.Initiative(t.Context(), list.Items[0].Slug)
	if err != nil || i.DueOn != "2030" || i.Source != "microsoft-contribution-2024" || i.Place != "line 9" || len(i.Parts) != 2 ||
		!strings.Contains(i.StatusNote, "line 9") {
		t.Errorf("it is %+v, %v", i, err)
	}
}

func TestWhatNobodyCouldReviewIsRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	long := "# Much\n\n" + strings.Repeat("- We do something else that helps.\n\n(Paris Call principle 1)\n\n", 600)
	c, err := d.reader.Read(t.Context(), contribution.File{Data: []byte(long)}, "microsoft")
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.reader.Propose(t.Context(), d.proposer, c, "Much", today)
	if norms.KindOf(err) != norms.Invalid || !strings.Contains(err.Error(), "1202 edits") {
		t.Errorf("it says %v", err)
	}
	if kept, err := d.store.Document(t.Context(), c.Received.FileSHA256, c.Received.MediaType); kept != nil || err != nil {
		t.Errorf("the file is kept all the same: %v", err)
	}
}

// TestTheFoundingLetterIsKnown sends the letter with which the project began,
// and one that differs from it by a line. It is not part of the repository:
// NORMMAP_FIXTURES names the folder that holds it.
func TestTheFoundingLetterIsKnown(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("NORMMAP_FIXTURES")
	if folder == "" {
		t.Log("NORMMAP_FIXTURES is not set: only a letter of our own was sent")
		return
	}
	file, err := os.ReadFile(filepath.Join(folder, "seeds", "000_f9facc0529999f02.txt"))
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(t)
	before := d.stats()
	done := d.sends("letter.txt", string(file))
	if done.Source != "microsoft-bpf-2019" || done.Edits != 1 {
		t.Fatalf("proposed: %+v", done)
	}
	d.accepts(done.Proposal)
	src, err := d.store.Source(t.Context(), done.Source)
	if err != nil || src.Held == nil || len(src.Held.Astray) > 0 || len(src.Held.Marks) != 29 {
		t.Fatalf("the text shows %+v, %v", src.Held, err)
	}
	if diff := cmp.Diff(map[string]int{"initiatives": 0, "references": 0, "citations": 0, "links": 0, "unresolved": 0, "revisions": 1}, more(before, d.stats())); diff != "" {
		t.Errorf("its text alone changes (-want +got)\n%s", diff)
	}
	if again := d.sends("letter.txt", string(file)); again.Proposal != 0 || again.Edits != 0 {
		t.Errorf("sent again: %+v", again)
	}
	before = d.stats()
	r, other := d.looksAt("other.txt", string(file)+"\nRedmond\n", "")
	if _, err := r.Propose(t.Context(), d.proposer, other, "It came by mail", today); !contribution.AsksWhose(err) {
		t.Errorf("a letter like it is answered with %v", err)
	}
	other.OwnDocument = true
	own, err := r.Propose(t.Context(), d.proposer, other, "It came by mail", today)
	if err != nil {
		t.Fatal(err)
	}
	d.accepts(own.Proposal)
	want := map[string]int{"initiatives": 17, "references": 29, "citations": 38, "links": 34, "unresolved": 4, "revisions": 1}
	if diff := cmp.Diff(want, more(before, d.stats())); diff != "" {
		t.Errorf("a letter like it adds (-want +got)\n%s", diff)
	}
}

// The same bytes under a name of another kind are read as that kind.
func TestAFileIsReadAsTheKindThatItsNameSays(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const sent = "<h1>Drills</h1><ul><li>We test our staff. (Paris Call principle 5)</li></ul>"
	first := d.sends("letter.txt", sent)
	if err := d.store.WithdrawProposal(t.Context(), d.proposer, first.Proposal); err != nil {
		t.Fatal(err)
	}
	second := d.sends("letter.html", sent)
	text, err := d.store.ProposalText(t.Context(), d.reviewer, second.Proposal)
	if err != nil || second.Again || strings.Contains(text.Text, "<h1>") {
		t.Errorf("as a web page it is read as %q, %v, proposed again: %v", text.Text, err, second.Again)
	}
	d.accepts(second.Proposal)
}

// A letter that is sent again with another number is a correction, and no other
// format of what waits.
func TestACorrectedNumberIsProposed(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const one = "# What we do\n\n12 March 2024\n\n- We run a help desk for schools (Paris Call principles 1, 5).\n"
	first := d.sends("letter.md", one)
	for i, now := range []string{"1-5", "15", "1; 5"} {
		done := d.sends(fmt.Sprintf("letter%d.md", i), strings.Replace(one, "1, 5", now, 1))
		if done.Again || done.SameText || done.Proposal == first.Proposal {
			t.Errorf("corrected to %s: %+v", now, done)
		}
	}
	if other := d.sends("letter.txt", strings.Replace(one, "# ", "", 1)); !other.SameText || other.Proposal != first.Proposal {
		t.Errorf("in another format: %+v", other)
	}
}

// What is told of a document that waits is what was proposed of it, and whoever says
// what it is a new version of is told when it waits as something else.
func TestWhatWaitsIsToldAsItWasProposed(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.accepts(d.sends("letter.md", firstEdition).Proposal)
	first := d.sends("letter2.md", secondEdition)
	r, c := d.looksAt("letter2.md", secondEdition, "microsoft-contribution-2024")
	if done, err := r.Propose(t.Context(), d.proposer, c, "A new version", today); norms.KindOf(err) != norms.Invalid ||
		!strings.Contains(err.Error(), fmt.Sprintf("proposal %d already, and there it is not a new version of “What we do” (microsoft-contribution-2024): withdraw", first.Proposal)) {
		t.Errorf("it waits as a source, and with what it replaces it is %+v, %v", done, err)
	}
	if err := d.store.WithdrawProposal(t.Context(), d.proposer, first.Proposal); err != nil {
		t.Fatal(err)
	}
	second, err := r.Propose(t.Context(), d.proposer, c, "A new version", today)
	if err != nil || second.Again {
		t.Fatalf("then it is %+v, %v", second, err)
	}
	if again := d.sends("letter2.md", secondEdition); !again.Again || again.Proposal != second.Proposal || again.Source != second.Source || again.Edits != second.Edits {
		t.Errorf("it waits as a new version: %+v; without what it replaces it is %+v", second, again)
	}
}
