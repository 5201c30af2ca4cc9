// Command bench measures the built program beside what limits it:
//
//	go run ./internal/bench bin/normmap
//
// Each row is one kind of work. Its limit (a bare server that sends the same
// bytes, pgbench, COPY) is measured in the same run and in turn with it, so
// that whatever else the machine does meets both. The figures are medians over
// the rounds, with the least and the most; the ratio is that of the medians of
// the rounds' own ratios. A goal that is missed is reported, and is no error; a
// measurement that cannot be made is one.
//
// The records that are measured on are made once by the program's own synth, on
// a PostgreSQL that writes to disk as an operator's does. They are kept for the
// next run, in the cache folder, as long as neither the schema nor what synth
// makes changes; each run works on copies, which it drops.
//
// Settings: SIZES=10000,100000 and ROWS=hot,304 choose; ROUNDS and SECONDS say
// how long each measurement takes; NORMMAP_LIGHTHOUSE is the program that judges
// the page as on a slow phone.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"normmap/internal/synth"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(os.Args) > 1 && children[os.Args[1]] != nil {
		end("bench "+os.Args[1], children[os.Args[1]](ctx, os.Args[2:], os.Stdin, os.Stdout))
		return
	}
	b, err := parse(os.Args[1:], os.Getenv)
	if err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "bench:", err)
		}
		os.Exit(2)
	}
	end("bench", b.run(ctx))
}

func end(who string, err error) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", who, err)
		os.Exit(1)
	}
}

// children are what this program does as a process of its own, so that its
// processor time and its memory can be told apart.
var children = map[string]func(ctx context.Context, args []string, in io.Reader, out io.Writer) error{
	"bare": bare, "bulk": bulk,
}

// bench is one run.
type bench struct {
	binary  string
	sizes   []int
	rows    []row
	rounds  int
	each    time.Duration // of one measurement in a round
	form    string        // of the report
	pgBin   string
	cache   string
	judge   string // the program of Lighthouse, "" for none
	browser string // Chromium, which measures where there is no Lighthouse; "" for none
	profile string // the folder for profiles, "" for none
	out     io.Writer
	told    io.Writer
	machine machine

	cluster *cluster
	stages  []*stage
	missing []error // why there is no stage of a size
	results []result
	failed  []string // rows that could not be measured, in words
}

// parse reads the command line and the settings.
func parse(args []string, env func(string) string) (*bench, error) {
	b := &bench{out: os.Stdout, told: os.Stderr, pgBin: env("NORMMAP_PG_BIN"), cache: cacheFolder(env), judge: env("NORMMAP_LIGHTHOUSE"),
		browser: findChromium(env), profile: env("PROFILE")}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	sizes := flags.String("sizes", or(env("SIZES"), "10000,100000,1000000"), "numbers of links, in ascending order")
	chosen := flags.String("rows", env("ROWS"), "rows to measure; all without it: "+strings.Join(names(table), ", "))
	flags.IntVar(&b.rounds, "rounds", number(env("ROUNDS"), 5), "how often each thing is measured")
	seconds := flags.Float64("seconds", float64(number(env("SECONDS"), 2)), "how long each time")
	markdown := flags.Bool("markdown", env("FORM") == "markdown", "print a table for the README")
	asJSON := flags.Bool("json", env("FORM") == "json", "print JSON")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	if flags.NArg() != 1 || b.rounds < 1 || *seconds <= 0 {
		return nil, errors.New("name the program, and measure at least once; for example: bench -rounds 3 bin/normmap")
	}
	b.binary, b.each = flags.Arg(0), time.Duration(*seconds*float64(time.Second))
	switch {
	case *markdown:
		b.form = "markdown"
	case *asJSON:
		b.form = "json"
	}
	var err error
	if b.sizes, err = parseSizes(*sizes); err != nil {
		return nil, err
	}
	if b.rows, err = choose(table, *chosen); err != nil {
		return nil, err
	}
	return b, enough(b.rows, b.sizes[0])
}

func or(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

func number(text string, otherwise int) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	return otherwise
}

// parseSizes reads numbers of links.
func parseSizes(text string) (sizes []int, err error) {
	for one := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(one))
		if err != nil || n < synth.MinLinks {
			return nil, fmt.Errorf("%q is no size; sizes are numbers of links of at least %d, such as 10000,100000", one, synth.MinLinks)
		}
		if len(sizes) > 0 && n <= sizes[len(sizes)-1] {
			return nil, fmt.Errorf("the size %d stands after %d; give sizes in ascending order", n, sizes[len(sizes)-1])
		}
		sizes = append(sizes, n)
	}
	return sizes, nil
}

// say tells whoever waits how far it is.
func (b *bench) say(format string, args ...any) {
	fmt.Fprintf(b.told, "bench: "+format+"\n", args...)
}

// run measures every row at every size and reports.
func (b *bench) run(ctx context.Context) (err error) {
	if err := b.open(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close(context.WithoutCancel(ctx))) }()
	return errors.Join(b.measure(ctx), b.report())
}

// measure measures row by row. One that cannot be measured does not keep the
// others from it, nor does an interruption those that were from being reported.
func (b *bench) measure(ctx context.Context) error {
	broken := b.missing
	for _, r := range b.rows {
		stages := b.stages
		if r.across || r.largest {
			stages = stages[len(stages)-1:]
		}
		for _, st := range stages {
			b.say("%s, at %d links", r.title, st.links)
			if ctx.Err() != nil {
				return errors.Join(append(broken, ctx.Err())...)
			}
			figures, err := r.measure(ctx, b, st)
			if err != nil {
				err = fmt.Errorf("measuring %q at %d links: %w", r.name, st.links, err)
				b.say("%v", err)
				broken = append(broken, err)
				b.failed = append(b.failed, fmt.Sprintf("%s at %d links", r.title, st.links))
				continue
			}
			b.results = append(b.results, result{row: r, links: st.links, figures: figures})
		}
	}
	return errors.Join(broken...)
}

// open brings up the server and copies of the records.
func (b *bench) open(ctx context.Context) (err error) {
	if b.machine, err = thisMachine(); err != nil {
		return err
	}
	if b.cluster, err = openCluster(ctx, b); err != nil {
		return err
	}
	if err := b.cluster.conn.QueryRow(ctx, "show server_version").Scan(&b.machine.Postgres); err != nil {
		return errors.Join(err, b.close(ctx))
	}
	for _, links := range b.sizes {
		st, err := b.newStage(ctx, links)
		if err != nil {
			err = fmt.Errorf("there is no record of %d links to measure on: %w", links, err)
			b.say("%v", err)
			b.missing = append(b.missing, err)
			continue
		}
		b.stages = append(b.stages, st)
	}
	if len(b.stages) == 0 {
		return errors.Join(append(b.missing, b.close(ctx))...)
	}
	return nil
}

func (b *bench) close(ctx context.Context) (err error) {
	for _, st := range b.stages {
		err = errors.Join(err, st.close(ctx))
	}
	return errors.Join(err, b.cluster.close(ctx))
}
