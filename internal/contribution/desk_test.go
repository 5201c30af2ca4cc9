package contribution_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
)

// sketch shows a desk in few words: of each passage its beginning, what it is
// of, and the edits beside it.
func sketch(d norms.Desk) []string {
	var out []string
	for _, p := range d.Passages {
		first, _, _ := strings.Cut(strings.TrimSpace(p.Text), "\n")
		line := fmt.Sprintf("%s | of %d |", first, p.Of)
		for _, c := range p.Cards {
			line += fmt.Sprintf(" %d", c.Position)
		}
		out = append(out, line)
	}
	return out
}

func (d desk) look(id int64, place int) norms.Desk {
	d.Helper()
	found, err := d.reader.Desk(d.Context(), d.reviewer, id, place)
	if err != nil {
		d.Fatal(err)
	}
	return found
}

func TestTheDeskShowsEachPassageWithWhatWasUnderstood(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	got := d.look(d.sends("letter.md", letter).Proposal, 0)
	want := []string{"# What we do | of 0 |", "12 March 2024 | of 0 |", "- We run a help desk for schools. Write to ••••••••••••••• (Paris Call principle 1). | of 3 | 3 4 5",
		"- We will open two schools by the end of 2030: | of 6 | 6", "- one in the north | of 8 | 8",
		"- one in the south | of 9 | 9", "*(Cybersecurity Tech Accord principle 3, Charter of Rome article 2)* | of 6 | 7"}
	if diff := cmp.Diff(want, sketch(got)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if len(got.Besides) != 2 || len(got.Waiting) != 9 || got.Decided() != 0 || len(got.Initiatives) != 4 {
		t.Errorf("besides stand %d, %d wait, %d are decided, %d are initiatives", len(got.Besides), len(got.Waiting), got.Decided(), len(got.Initiatives))
	}
	var text strings.Builder
	for _, p := range got.Passages {
		text.WriteString(strings.TrimSpace(p.Text))
	}
	if strings.Join(strings.Fields(text.String()), "") != strings.Join(strings.Fields(norms.Mask(letter)), "") {
		t.Errorf("the passages are not the whole text: %q", text.String())
	}
}

func TestTheDeskSaysWhatEachNumberWouldMean(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.sends("letter.md", twoSchools).Proposal
	e := d.at(id, "GCSC")
	var last norms.DeskCard
	for _, p := range d.look(id, 0).Passages {
		for _, m := range p.Marks {
			if text := string([]rune(twoSchools)[m.Start:m.End]); !strings.Contains(text, "principle 1") && !strings.Contains(text, "norm 5") {
				t.Errorf("marked is %q", text)
			}
		}
		if n := len(p.Cards); n > 0 {
			last = p.Cards[n-1]
		}
	}
	m := last.References[0].Citations[0]
	if last.Position != e.Position || m.Resolution != norms.Ambiguous || len(m.Candidates) != 3 || m.Candidates[0].Reason == "" || !m.Unresolved() ||
		last.Initiative.Title != "We train teachers" || last.First {
		t.Errorf("the last card is %+v", last)
	}
}

// A long text is shown in pieces that do not depend on where one looks.
func TestALongTextOnTheDeskIsShownInPieces(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var b strings.Builder
	for i := range 400 {
		fmt.Fprintf(&b, "- We do thing number %d for everybody who needs it.\n\n(Paris Call principle %d)\n\n%s\n\n", i, i%9+1, strings.Repeat("Words of ours that cite nothing. ", 8))
	}
	id := d.sends("long.md", b.String()).Proposal
	seen, pieces, at := 0, 0, 0
	for ; at < len([]rune(b.String())); pieces++ {
		piece := d.look(id, at)
		if piece.Start != at {
			t.Fatalf("the piece at %d begins at %d", at, piece.Start)
		}
		for _, p := range piece.Passages {
			seen += len(p.Cards)
		}
		at = piece.End
	}
	if pieces != 3 || seen != 800 {
		t.Errorf("%d pieces show %d cards", pieces, seen)
	}
}

func TestAProposalWithoutATextHasNoDesk(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id, err := d.store.Propose(t.Context(), d.proposer, norms.Staging{Reason: "r", Edits: []norms.Edit{
		norms.PutInitiative{Slug: "alone", Title: "Alone", Kind: "policy", Organization: "microsoft", ReportedBy: "microsoft", Status: "ongoing"}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.reader.Desk(t.Context(), d.reviewer, id, 0); norms.KindOf(err) != norms.NotFound {
		t.Errorf("it is %v", err)
	}
}
