package app

import (
	"strings"
	"testing"
	"time"

	"normmap/internal/contribution"
)

func TestProgressIsToldAboutOnceASecond(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	at := time.Unix(0, 0)
	say := saysProgress(&out, "a.pdf", func() time.Time { return at })
	say(contribution.Progress{Stage: contribution.Text})
	at = at.Add(2 * time.Second)
	say(contribution.Progress{Stage: contribution.Reading})
	say(contribution.Progress{Stage: contribution.LookUp})
	at = at.Add(time.Second)
	say(contribution.Progress{Stage: contribution.Staging, Done: 3, Of: 40})
	if want := "a.pdf: reading the text\na.pdf: staging edits, 3 of 40\n"; out.String() != want {
		t.Errorf("it says %q, want %q", out.String(), want)
	}
	if isTerminal(&out) {
		t.Error("a text is taken for a terminal")
	}
}
