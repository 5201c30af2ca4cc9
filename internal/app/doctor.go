package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"normmap/internal/config"
)

// verdict is what a check comes to.
type verdict string

// Every verdict.
const (
	well  verdict = "ok"
	doubt verdict = "warn" // works, and yet somebody should know
	ill   verdict = "FAIL"
)

// finding is what one check found and, unless all is well, what to do.
type finding struct {
	Check   string  `json:"check"`
	Verdict verdict `json:"verdict"`
	Message string  `json:"message"`
}

// doctor looks at everything that the service stands on. It changes nothing.
type doctor struct {
	*program
	settings config.Config
	start    bool // the private server, when no serve runs
	findings []finding
}

func (d *doctor) note(v verdict, check, format string, args ...any) {
	lines := strings.FieldsFunc(fmt.Sprintf(format, args...), func(r rune) bool { return r == '\n' })
	d.findings = append(d.findings, finding{check, v, strings.Join(lines, " ")})
}

func (d *doctor) ok(check, format string, args ...any)   { d.note(well, check, format, args...) }
func (d *doctor) warn(check, format string, args ...any) { d.note(doubt, check, format, args...) }
func (d *doctor) fail(check, format string, args ...any) { d.note(ill, check, format, args...) }

func (p *program) doctorCommand() *cobra.Command {
	format, start := "text", false
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Say what is wrong with the service and its database, and what to do",
		Long: "Say what is wrong with the service and its database, and what to do: one line a check,\n" +
			"ok, warn or FAIL. It changes nothing and may be used while the service runs. The exit\n" +
			"code is 1 when a check failed.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if format != "text" && format != "json" {
				return misused(cmd, "--format is %q; it must be text or json", format)
			}
			d := &doctor{program: p, start: start}
			d.examine(cmd)
			return d.report(p.stdout, format)
		},
	}
	settingFlags(cmd, "listen", "metrics-listen")
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	cmd.Flags().BoolVar(&start, "start-server", false, "start the private PostgreSQL for the examination when no serve runs")
	return cmd
}

// examine goes on as far as there is something to look at.
func (d *doctor) examine(cmd *cobra.Command) {
	var err error
	if d.settings, err = d.config(cmd); err != nil {
		d.fail("settings", "%v", err)
		return
	}
	ctx := cmd.Context()
	d.checkSettings()
	d.checkMetrics(ctx)
	if d.settings.DatabaseURL == "" {
		d.checkMachine(ctx)
	}
	db := d.connect(ctx)
	if db == nil {
		return
	}
	defer db.close()
	if d.checkSchema(ctx, db) && d.checkLogin(ctx, db) {
		d.checkRecord(ctx, db)
	}
}

// report prints the findings; it is an error when one is a failure.
func (d *doctor) report(out io.Writer, format string) error {
	failed := 0
	for _, f := range d.findings {
		if f.Verdict == ill {
			failed++
		}
	}
	if format == "json" {
		e := json.NewEncoder(out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(struct {
			Failed int       `json:"failed"`
			Checks []finding `json:"checks"`
		}{failed, d.findings}); err != nil {
			return fmt.Errorf("writing the findings: %w", err)
		}
	} else {
		for _, f := range d.findings {
			fmt.Fprintf(out, "%-4s  %s: %s\n", f.Verdict, f.Check, f.Message)
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d checks failed", failed, len(d.findings))
	}
	return nil
}

// connect finds the database without starting anything that was not asked for;
// nil when there is none to look at.
func (d *doctor) connect(ctx context.Context) *database {
	const check = "database"
	if !d.reachable(check) {
		return nil
	}
	db, err := d.borrow(ctx, d.settings)
	if err != nil {
		d.fail(check, "%v", err)
		return nil
	}
	return db
}
