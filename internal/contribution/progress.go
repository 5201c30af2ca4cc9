package contribution

import (
	"context"
	"time"

	"normmap/internal/norms"
)

// Stage is a part of the work on a contribution.
type Stage string

// The stages, in their order. Those of edits count.
const (
	Waiting  Stage = "waiting"   // for others whose documents are being read
	Text     Stage = "text"      // the file becomes text
	Reading  Stage = "reading"   // what the text says is made out
	LookUp   Stage = "citations" // what is cited is looked up
	Checking Stage = "checking"  // edits are tried out
	Staging  Stage = "staging"   // edits are put into a proposal
)

// Progress is how far the work on a contribution is: at the beginning of a
// stage, and of those that count how many of how many are done.
type Progress struct {
	Stage    Stage
	Done, Of int
}

// tell tells whoever asked to be told how far the work is.
func (r Reader) tell(s Stage, done, of int) {
	if r.Tell != nil {
		r.Tell(Progress{s, done, of})
	}
}

// Turns are the places for documents that are read at once: parsers of
// strangers' files take a processor and memory each.
type Turns struct {
	places   chan struct{}
	patience time.Duration
}

// NewTurns lets so many documents be read at once, and others wait so long.
func NewTurns(atOnce int, patience time.Duration) *Turns {
	return &Turns{make(chan struct{}, atOnce), patience}
}

// take waits for a place. Without turns there is always one.
func (t *Turns) take(ctx context.Context) (release func(), err error) {
	if t == nil {
		return func() {}, nil
	}
	patient, cancel := context.WithTimeout(ctx, t.patience)
	defer cancel()
	select {
	case t.places <- struct{}{}:
		return func() { <-t.places }, nil
	case <-patient.Done():
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return nil, norms.Errorf(norms.Unavailable, "%d documents are being read, which is as many as there may be at once; try again in a moment", cap(t.places))
}

// Turn waits for a place and is the reader that has it: for what must not wait for
// one once it has begun, such as a transaction.
func (r Reader) Turn(ctx context.Context) (with Reader, release func(), err error) {
	release, err = r.Turns.take(ctx)
	r.Turns = nil
	return r, release, err
}

// Follow does work and meanwhile says how far it is, to a reader who may be
// slower than the work is: what is told while something is being said may be
// left out. When it returns, nothing is said any more.
func Follow(work func(tell func(Progress)), say func(Progress)) {
	told, said := make(chan Progress, toldAhead), make(chan struct{})
	go func() {
		defer close(said)
		for p := range told {
			say(p)
		}
	}()
	defer func() { <-said }()
	defer close(told)
	work(func(p Progress) {
		select {
		case told <- p:
		default:
		}
	})
}

// toldAhead holds every stage at least.
const toldAhead = 32
