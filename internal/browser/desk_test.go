package browser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

const deskLetter = `# What we do

- We run a help desk for schools.

(Paris Call principles 1 and 5)

- We train teachers.

(GCSC norm 5)
`

// imports proposes a letter for an account and returns the address of its desk.
func (s *service) imports(email string) string {
	s.t.Helper()
	file := filepath.Join(s.t.TempDir(), "letter.md")
	if err := os.WriteFile(file, []byte(deskLetter), 0o600); err != nil {
		s.t.Fatal(err)
	}
	if err := run(s.t.Context(), s.databaseURL, "", "import", file, "--organization", "microsoft", "--email", email); err != nil {
		s.t.Fatal(err)
	}
	return "/proposals/1/text"
}

// A reviewer without mouse and scripts reads a letter beside what was
// understood, says what is meant, and publishes it; the link then leads back to
// its words.
func TestKeysAloneReadALetterOnTheDesk(t *testing.T) {
	t.Parallel()
	s := start(t)
	desk := s.imports(s.account("contributor"))
	b := newTab(t, s, false)
	b.show(wide)
	b.signIn(s.account("reviewer")).open(desk).heading("What we do, with what was understood").says("0 of 6 edits are decided")
	b.tabTo("Accept edit 1").enter().says("Edit 1 is accepted", "1 of 6 edits are decided")
	b.tabTo("Accept edit 2").enter()
	b.tabTo("Accept edit 3 and its 1 line of citations").enter().says("4 of 6 edits are decided")
	b.tabTo("Accept edit 5").enter()
	b.tabTo("Say what 5 means")
	b.keys(" ")
	b.tabTo("gcsc/5")
	b.keys(" ")
	b.tabTo("Why").keys("The final report, by its date")
	b.tabTo("Accept the line, with 5 of “GCSC norm 5”").enter().says("6 of 6 edits are decided", "Means gcsc/5: The final report, by its date")
	b.open("/proposals/1").tabTo("Apply what is accepted").enter().says("Applied as changeset")
	b.open(desk).follow("in the text of the source").says("(GCSC norm 5)", "We train teachers")
}

// On the narrowest windows each card follows its passage, and nothing is cut
// off.
func TestTheDeskFitsANarrowWindow(t *testing.T) {
	t.Parallel()
	s := start(t)
	desk := s.imports(s.account("contributor"))
	b := newTab(t, s, false)
	b.signIn(s.account("reviewer")).open(desk).judge()
	b.open("/proposals/1/edits/4/regroup").judge()
}

// Single keys go from card to card, accept, and ask why; they take nothing from
// fields, and lose nothing that was typed.
func TestSingleKeysWorkOnTheDesk(t *testing.T) {
	t.Parallel()
	s := start(t)
	desk := s.imports(s.account("contributor"))
	b := newTab(t, s, true)
	b.show(wide)
	at := func(want string) {
		t.Helper()
		if got := eval[string](b, `document.activeElement.id`); got != want {
			t.Fatalf("the keys are at %q, want %q", got, want)
		}
	}
	b.signIn(s.account("reviewer")).open(desk).says("j goes to the next card")
	b.keys("jj")
	at("edit-2")
	if why := b.unseenFocus(); why != "" {
		t.Errorf("the card that has the keys does not show it: %s", why)
	}
	b.keys("k")
	at("edit-1")
	b.keys(kb.Enter)
	b.until(`document.body.textContent.includes("Edit 1 is accepted") && document.activeElement.id === "edit-2"`)
	b.keys("a")
	// The page is there before its script has run, which takes the keys to the card.
	b.until(`document.body.textContent.includes("Edit 2 is accepted") && document.activeElement.id === "edit-3"`)
	b.keys("r")
	b.until(`document.activeElement.name === "code_3"`)
	b.keys(kb.Escape)
	at("edit-3")
	b.keys("kj")
	at("edit-3")
	b.keys("r")
	b.until(`document.activeElement.name === "code_3"`)
	b.keys(kb.Tab)
	b.keys("jar")
	if got := eval[string](b, `document.activeElement.value`); got != "jar" {
		t.Errorf("typing jar into a note gives %q", got)
	}
	eval[bool](b, `document.getElementById("edit-4").focus(), true`)
	b.keys("a")
	// A driver's key types its letter where the focus is by then; a keyboard's does not.
	if got := eval[string](b, `document.activeElement.value`); !strings.HasPrefix(got, "jar") {
		t.Errorf("accepting while a note waits leads to %q", got)
	}
	b.says("2 of 6 edits are decided")
}
