package browser

import (
	"os"
	"os/exec"
	"testing"
)

// here tells whether a program is installed.
func here(program string) bool {
	_, err := exec.LookPath(program)
	return err == nil
}

// TestJudgesAreHere fails in CI for everything that would leave pages
// unjudged; elsewhere the last lines of make test name it.
func TestJudgesAreHere(t *testing.T) {
	t.Parallel()
	for _, judge := range []struct {
		here    bool
		without string
	}{
		{axeFile() != "", "pages NOT judged by axe: NORMMAP_AXE names no axe.min.js; make judges fetches it"},
		{here("pdftotext"), "printed pages NOT read: no pdftotext; install it (apt-get install poppler-utils)"},
	} {
		switch {
		case judge.here:
		case os.Getenv("CI") != "":
			t.Error(judge.without)
		default:
			t.Log(judge.without)
		}
	}
}
