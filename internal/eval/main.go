// Command eval measures how well contributions are read and how often the
// suggestions for links are right:
//
//	go run ./internal/pgtest/withpg go run ./internal/eval
//
// It loads the seeds into a database of its own on the server of
// TEST_DATABASE_URL (a superuser's address), which is dropped whatever happens,
// and does everything else as the service does it.
//
// It reads the documents of internal/intake/testdata and holds what was found
// against what was written down beside them: precision and recall of
// initiatives, citations and resolutions, for each document and over all. The
// exit code is 1 when they are below 0.98 and 0.95. Given another folder of such
// documents it reads those only, and prints what was found too much and missed.
//
// It holds hints at numbers that do not fit their words against the cases of
// internal/quote/testdata. The exit code is 1 for a false alarm, or when less
// than 0.8 of the wrong numbers are found.
//
// Then it hides each contributor's link in turn: the suggestions, asked as pages
// ask for them, should name its principle. Beside them stands the plainest way
// to guess, most cited first. The exit code is 1 when the suggestions are not
// clearly better.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"syscall"
	"time"

	"normmap/internal/account"
	"normmap/internal/pgtest/private"
	"normmap/internal/seed"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
	"normmap/internal/store/schema"
	"normmap/seeds"
)

// margin is by how many of a hundred links ours must be better, among the
// first 3 and among the first 5. One link more or less is chance.
const margin = 10

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	server := os.Getenv("TEST_DATABASE_URL")
	if len(os.Args) > 2 || server == "" {
		fmt.Fprintln(os.Stderr, "eval: set TEST_DATABASE_URL; eval takes at most one argument, a folder of documents to read instead of ours")
		os.Exit(2)
	}
	measured := measureAll
	if len(os.Args) == 2 {
		measured = func(ctx context.Context, s *store.Store, out io.Writer) error {
			return intakeReport(ctx, os.DirFS(os.Args[1]), s, true, out)
		}
	}
	if err := run(ctx, server, measured, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "eval:", err)
		os.Exit(1)
	}
}

// documents is the folder of documents to read, seen from the root of the
// repository, where go run starts.
const documents = "internal/intake/testdata"

// intakeReport reads the documents of a folder and prints how well.
func intakeReport(ctx context.Context, folder fs.FS, s *store.Store, differences bool, out io.Writer) error {
	all, err := contributions(folder)
	if err != nil {
		return fmt.Errorf("reading the documents: %w", err)
	}
	return reportIntake(ctx, all, s, differences, out)
}

// quoteReport holds hints against the cases that say what is to be hinted at.
func quoteReport(ctx context.Context, folder fs.FS, s *store.Store, out io.Writer) error {
	cases, err := readQuoted(folder)
	if err != nil {
		return err
	}
	return reportQuoted(ctx, cases, s, out)
}

// measureAll measures documents, hints and suggestions.
func measureAll(ctx context.Context, s *store.Store, out io.Writer) error {
	if err := intakeReport(ctx, os.DirFS(documents), s, false, out); err != nil {
		return err
	}
	if err := quoteReport(ctx, os.DirFS(quotes), s, out); err != nil {
		return err
	}
	return report(ctx, s, out)
}

// run measures on a store of its own that holds the seeds.
func run(ctx context.Context, server string, measured func(context.Context, *store.Store, io.Writer) error, out io.Writer) (err error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	edits, err := seed.Load(seeds.FS)
	if err != nil {
		return err
	}
	address, drop, err := private.Database(ctx, server, "eval")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, drop()) }()
	if err := schema.Migrate(ctx, address); err != nil {
		return fmt.Errorf("making the schema: %w", err)
	}
	pool, err := postgres.Open(ctx, address)
	if err != nil {
		return err
	}
	defer pool.Close()
	s := store.New(pool)
	if _, err := s.Apply(ctx, account.SeedFiles(), "load the seed files", edits); err != nil {
		return fmt.Errorf("loading the seeds: %w", err)
	}
	return measured(ctx, s, out)
}
