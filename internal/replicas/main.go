// Command replicas proves that the service outlives its database server and its
// own restarts:
//
//	go run ./internal/replicas bin/normmap
//
// It makes a PostgreSQL with a synchronous streaming replica from the server
// programs of the machine, starts two instances of the program on an address
// with both servers, and then, under a load of edits and reads,
//
//   - looks for each instance's edits on the other, in the end once more,
//   - restarts the instances one after the other, which must lose no request,
//   - kills the primary and promotes the replica, which both instances must
//     follow by themselves: until they do they say so (503 with Retry-After),
//     and no edit that was acknowledged may be missing afterwards.
//
// All of it is removed in the end, whatever happens.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"normmap/internal/rig"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "replicas: name the program; for example: replicas bin/normmap")
		os.Exit(2)
	}
	p := proof{binary: os.Args[1], pgBin: os.Getenv("NORMMAP_PG_BIN"), each: 10 * time.Second, durable: true, out: os.Stdout}
	if err := p.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "replicas:", err)
		os.Exit(1)
	}
	fmt.Println("replicas: passed")
}

// proof is one run.
type proof struct {
	binary  string
	pgBin   string
	each    time.Duration // how long the load goes on between events
	durable bool          // the servers write to disk, as an operator's do
	out     io.Writer

	servers   *pair
	instances []*rig.Instance
	tokens    []string // of editors, one for each writer of the load
	rounds    int      // of edits that were looked for elsewhere
}

// patience bounds every wait for something that must happen.
const patience = 60 * time.Second

func (p *proof) say(format string, args ...any) {
	fmt.Fprintf(p.out, "replicas: "+format+"\n", args...)
}

func (p *proof) run(ctx context.Context) (err error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	dir, err := folder()
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if p.servers, err = newPair(ctx, dir, p.pgBin, p.durable); err != nil {
		return err
	}
	defer p.servers.stop()
	p.say("a primary and its synchronous replica run")
	defer func() { err = errors.Join(err, p.stop(err != nil)) }()
	if err := p.start(ctx); err != nil {
		return err
	}
	p.say("two instances run on both, the first of which migrated")
	for _, step := range []func(context.Context) error{p.seenElsewhere, p.rolling, p.failover, p.seenElsewhere} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// writers is how many edit at once, and readers how many read, in a load.
const (
	writers = 4
	readers = 4
)

// stopDelay is how long an instance that is told to stop goes on answering, so
// that the balancer has seen that it is not ready.
const stopDelay = "2s"

// start brings the instances up and makes an editor for each writer.
func (p *proof) start(ctx context.Context) error {
	for i := range 2 {
		var first []string
		if i == 0 {
			first = []string{"--migrate", "--seed"}
		}
		one := &rig.Instance{Binary: p.binary, Database: p.servers.address(), Listen: "127.0.0.1:0", Settings: []string{"NORMMAP_STOP_DELAY=" + stopDelay}}
		p.instances = append(p.instances, one)
		if err := one.Start(ctx, first...); err != nil {
			return err
		}
	}
	for i := range writers {
		token, err := p.instances[0].Editor(ctx, fmt.Sprintf("editor%d@example.org", i))
		if err != nil {
			return err
		}
		p.tokens = append(p.tokens, token)
	}
	return nil
}

// stop ends the instances; of a run that failed it shows what they said last.
func (p *proof) stop(failed bool) error {
	var all []error
	for i, one := range p.instances {
		all = append(all, one.Stop())
		if failed {
			p.say("instance %d said last:\n%s", i+1, one.Log.Last())
		}
	}
	return errors.Join(all...)
}

// within asks until the answer is yes.
func within(ctx context.Context, limit time.Duration, what string, yes func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for !yes() {
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s: not within %s", what, limit)
		case <-time.After(10 * time.Millisecond):
		}
	}
	return nil
}
