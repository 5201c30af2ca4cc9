package app

import (
	"fmt"
	"io"
	"os"
	"time"

	"normmap/internal/contribution"
)

// stageWords say at a terminal what is being done.
var stageWords = map[contribution.Stage]string{
	contribution.Waiting: "waiting", contribution.Text: "finding the text", contribution.Reading: "reading the text",
	contribution.LookUp: "looking up what is cited", contribution.Checking: "trying out edits", contribution.Staging: "staging edits",
}

// progress tells at a terminal how far an import is, about once a second; it is
// nil where errors go anywhere else.
func (p *program) progress(file string) func(contribution.Progress) {
	if !isTerminal(p.stderr) {
		return nil
	}
	return saysProgress(p.stderr, file, p.now)
}

func saysProgress(w io.Writer, file string, now func() time.Time) func(contribution.Progress) {
	told := now()
	return func(at contribution.Progress) {
		if now().Sub(told) < time.Second {
			return
		}
		told = now()
		if at.Of > 0 {
			fmt.Fprintf(w, "%s: %s, %d of %d\n", file, stageWords[at.Stage], at.Done, at.Of)
			return
		}
		fmt.Fprintf(w, "%s: %s\n", file, stageWords[at.Stage])
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
