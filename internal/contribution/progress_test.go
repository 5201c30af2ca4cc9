package contribution_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"normmap/internal/contribution"
	"normmap/internal/document"
	"normmap/internal/norms"
)

// read reads a file that Microsoft sent.
func (d desk) read(name, text string) contribution.Contribution {
	d.Helper()
	c, err := d.reader.Read(d.Context(), contribution.File{Name: name, Data: []byte(text)}, "microsoft")
	if err != nil {
		d.Fatal(err)
	}
	return c
}

func TestProgressIsTold(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var stages []contribution.Stage
	last := contribution.Progress{}
	d.reader.Tell = func(p contribution.Progress) {
		if !slices.Contains(stages, p.Stage) {
			stages = append(stages, p.Stage)
		}
		last = p
	}
	done := d.sends("letter.md", letter)
	want := []contribution.Stage{contribution.Waiting, contribution.Text, contribution.Reading, contribution.LookUp, contribution.Checking, contribution.Staging}
	if !slices.Equal(stages, want) {
		t.Errorf("the stages are %v, want %v", stages, want)
	}
	if last.Done != done.Edits || last.Of != done.Edits {
		t.Errorf("in the end it tells %+v of %d edits", last, done.Edits)
	}
}

// TestWhoCancelsLeavesNothing cancels at each stage of proposing.
func TestWhoCancelsLeavesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	c := d.read("letter.md", letter)
	for _, stage := range []contribution.Stage{contribution.Checking, contribution.Staging} {
		ctx, cancel := context.WithCancel(t.Context())
		reader := d.reader
		reader.Tell = func(p contribution.Progress) {
			if p.Stage == stage && p.Done == 2 {
				cancel()
			}
		}
		if done, err := reader.Propose(ctx, d.proposer, c, "It came by mail", today); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled while %s it says %+v, %v", stage, done, err)
		}
		kept, err := d.store.Document(t.Context(), c.Received.FileSHA256, c.Received.MediaType)
		if err != nil || kept != nil {
			t.Errorf("cancelled while %s the document is kept: %v", stage, err)
		}
		if found, err := d.store.WaitingForFile(t.Context(), c.Received.FileSHA256); err != nil || found != nil {
			t.Errorf("cancelled while %s there is a proposal %+v, %v", stage, found, err)
		}
	}
	if done := d.sends("letter.md", letter); done.Proposal == 0 || done.Again {
		t.Errorf("sent anew: %+v", done)
	}
}

// TestAFileSentTwiceAtOnceIsProposedOnce is about one that was received before,
// so that keeping it does not make the second wait.
func TestAFileSentTwiceAtOnceIsProposedOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	first := d.sends("letter.md", letter)
	if err := d.store.WithdrawProposal(t.Context(), d.proposer, first.Proposal); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	done := make([]contribution.Proposed, 4)
	for i := range done {
		group.Go(func() { done[i] = d.sends("letter.md", letter) })
	}
	group.Wait()
	anew := 0
	for _, one := range done {
		if !one.Again {
			anew++
		}
		if one.Proposal != done[0].Proposal || one.Proposal == first.Proposal {
			t.Errorf("proposed as %d and %d, after %d", one.Proposal, done[0].Proposal, first.Proposal)
		}
	}
	if anew != 1 {
		t.Errorf("%d proposals were made", anew)
	}
}

func TestWhatIsCitedOutsideOfInitiativesIsSaid(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	c := d.read("views.md", "# What we do\n\n- We run a help desk (Paris Call principle 1).\n\n# Views\n\nWe think that Paris Call principle 5 is hard.\n")
	if len(c.Reading.Elsewhere) != 1 {
		t.Fatalf("outside are %+v", c.Reading.Elsewhere)
	}
	done, err := d.reader.Propose(t.Context(), d.proposer, c, "It came by mail", today)
	if err != nil || len(done.Left) != 1 || done.Left[0].Kind != contribution.OutsideInitiatives || done.Left[0].Text != "Paris Call principle 5" {
		t.Errorf("left out are %+v, %v", done.Left, err)
	}
}

func TestNoMoreAreReadAtOnceThanThereArePlaces(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reader.Turns = contribution.NewTurns(1, time.Minute)
	inside, goOn := make(chan struct{}), make(chan struct{})
	slow := d.reader
	slow.Tell = func(p contribution.Progress) {
		if p.Stage == contribution.Text {
			close(inside)
			<-goOn
		}
	}
	read := func(r contribution.Reader) error {
		_, err := r.Read(t.Context(), contribution.File{Data: []byte(letter)}, "microsoft")
		return err
	}
	var group sync.WaitGroup
	group.Go(func() {
		if err := read(slow); err != nil {
			t.Errorf("the first: %v", err)
		}
	})
	<-inside
	hasty := contribution.Reader{Store: d.store, Documents: document.Reader{Limits: document.DefaultLimits()}, Turns: contribution.NewTurns(0, 0)}
	if err := read(hasty); norms.KindOf(err) != norms.Unavailable {
		t.Errorf("who finds no place is told %v", err)
	}
	waits, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.reader.Read(waits, contribution.File{Data: []byte(letter)}, "microsoft"); !errors.Is(err, context.Canceled) {
		t.Errorf("who leaves is told %v", err)
	}
	if _, err := hasty.Propose(t.Context(), d.proposer, contribution.Contribution{}, "It came by mail", today); norms.KindOf(err) != norms.Unavailable {
		t.Errorf("who finds no place to propose is told %v", err)
	}
	close(goOn)
	group.Wait()
	if err := read(d.reader); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// A text that takes longer to read than there is time for is refused, and who
// sent it is told what to do; who leaves is told nothing of the kind.
func TestWhatTakesTooLongToReadIsRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reader.Time = time.Nanosecond
	file := contribution.File{Data: []byte(letter)}
	_, err := d.reader.Read(t.Context(), file, "microsoft")
	refusal, ok := errors.AsType[*document.Refusal](err)
	if !ok || refusal.Reason != document.TimedOut || !strings.Contains(refusal.What, "send it in parts") {
		t.Errorf("refused with %v", err)
	}
	d.reader.Time = time.Minute
	leaves, cancel := context.WithCancel(t.Context())
	d.reader.Tell = func(p contribution.Progress) {
		if p.Stage == contribution.Reading {
			cancel()
		}
	}
	if _, err := d.reader.Read(leaves, file, "microsoft"); !errors.Is(err, context.Canceled) {
		t.Errorf("who leaves is told %v", err)
	}
	d.reader.Tell = nil
	if _, err := d.reader.Read(t.Context(), file, "microsoft"); err != nil {
		t.Errorf("in time: %v", err)
	}
}
