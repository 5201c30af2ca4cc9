package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"normmap/internal/config"
	"normmap/internal/norms"
)

// Exit codes.
const (
	done       = 0
	failed     = 1
	wrongUsage = 2
)

// program is one run of the program with what it takes from its surroundings.
type program struct {
	name   string // as it was called, for commands that people are told to type
	env    func(string) string
	now    func() time.Time
	rand   io.Reader
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
}

// Main runs the program with args until it is done or ctx ends, and returns its
// exit code. name is how it was called: messages that give a command to type
// begin with it. env reads one environment variable.
func Main(ctx context.Context, name string, args []string, env func(string) string, stdin io.Reader, stdout, stderr io.Writer) int {
	p := &program{name: name, env: env, now: time.Now, rand: rand.Reader, stdin: stdin, stdout: stdout, stderr: stderr}
	root := p.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return done
	}
	fmt.Fprintln(stderr, "normmap:", err)
	if _, ok := errors.AsType[*usageError](err); ok {
		return wrongUsage
	}
	return failed
}

// usageError is a mistake in how the program was called.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

// misused is a usageError that says where help is.
func misused(cmd *cobra.Command, format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...) + fmt.Sprintf("; see: %s --help", cmd.CommandPath())}
}

// flagError is for a flag's value: problem completes a sentence that begins
// with the flag, as the parsers of package account give it.
func flagError(cmd *cobra.Command, flag string, problem error) error {
	return misused(cmd, "--%s %v", flag, problem)
}

// config reads the settings for a command.
func (p *program) config(cmd *cobra.Command) (config.Config, error) {
	c, err := config.Load(config.Outside{
		Env: p.env,
		UID: os.Geteuid(),
		Flag: func(name string) (string, bool) {
			f := cmd.Flags().Lookup(name)
			if f == nil {
				return "", false
			}
			return f.Value.String(), f.Changed
		},
	})
	if err != nil {
		return c, misused(cmd, "%v", err)
	}
	return c, nil
}

// withDatabase wraps the work of a command that needs a database with the
// current schema.
func (p *program) withDatabase(work func(cmd *cobra.Command, db *database) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, _ []string) error {
		c, err := p.config(cmd)
		if err != nil {
			return err
		}
		db, err := p.borrow(cmd.Context(), c)
		if err != nil {
			return err
		}
		return p.prepared(cmd, db, work)
	}
}

// prepared does the work of a command on a database, and gives it back.
func (p *program) prepared(cmd *cobra.Command, db *database, work func(cmd *cobra.Command, db *database) error) error {
	defer db.close()
	if err := db.prepare(cmd.Context()); err != nil {
		return err
	}
	return db.explain(work(cmd, db))
}

// isAway tells whether err says that the database does not answer.
func isAway(err error) bool { return norms.KindOf(err) == norms.Unavailable }
