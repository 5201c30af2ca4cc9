package app

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"normmap/internal/store/schema"
)

func (p *program) migrateCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "migrate", Short: "Change or look at the schema of the database"}
	steps, sure := 1, false
	down := &cobra.Command{Use: "down", Short: "Take the last migration back, with what its tables hold", Args: noArgs,
		RunE: p.onSchema(func(cmd *cobra.Command, db *database) error {
			if steps < 1 {
				return flagError(cmd, "steps", errors.New("must be 1 or more"))
			}
			if err := p.askBeforeLoss(cmd, db, steps, sure); err != nil {
				return err
			}
			return schema.MigrateDown(cmd.Context(), db.owner, steps)
		})}
	down.Flags().BoolVar(&sure, "yes", false, "do so even if data are deleted with it")
	down.Flags().IntVar(&steps, "steps", 1, "how many migrations to take back")
	cmd.AddCommand(down,
		&cobra.Command{Use: "up", Short: "Bring the schema to the newest version", Args: noArgs,
			RunE: p.onSchema(func(cmd *cobra.Command, db *database) error { return db.migrate(cmd.Context()) })},
		&cobra.Command{Use: "repair", Short: "Clear the mark of an interrupted migration", Args: noArgs,
			RunE: p.onSchema(func(cmd *cobra.Command, db *database) error {
				_, err := schema.MigrateRepair(cmd.Context(), db.owner)
				return err
			})},
		&cobra.Command{Use: "status", Short: "Say whether the schema is current", Args: noArgs,
			RunE: p.onSchema(func(*cobra.Command, *database) error { return nil })},
		&cobra.Command{Use: "version", Short: "Print the number of the last migration applied", Args: noArgs,
			RunE: p.schemaVersion},
	)
	return group(cmd)
}

// askBeforeLoss refuses a way down that deletes data, unless the caller is sure.
func (p *program) askBeforeLoss(cmd *cobra.Command, db *database, steps int, sure bool) error {
	lost, err := schema.MigrateDownLoses(cmd.Context(), db.owner, steps)
	if err != nil || sure || len(lost) == 0 {
		return err
	}
	var tables []string
	for _, l := range lost {
		tables = append(tables, l.String())
	}
	return fmt.Errorf("nothing was changed: this would delete the rows of %s; if that is meant: %s --steps %d --yes",
		strings.Join(tables, ", "), cmd.CommandPath(), steps)
}

// onSchema wraps a command that changes the schema and then says how it is.
func (p *program) onSchema(work func(cmd *cobra.Command, db *database) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, _ []string) error {
		st, err := p.schemaAfter(cmd, work)
		if err != nil {
			return err
		}
		fmt.Fprintln(p.stdout, st.Describe(p.name))
		return nil
	}
}

func (p *program) schemaVersion(cmd *cobra.Command, _ []string) error {
	st, err := p.schemaAfter(cmd, func(*cobra.Command, *database) error { return nil })
	if err != nil {
		return err
	}
	fmt.Fprintln(p.stdout, st.Applied)
	return nil
}

func (p *program) schemaAfter(cmd *cobra.Command, work func(cmd *cobra.Command, db *database) error) (schema.SchemaState, error) {
	c, err := p.config(cmd)
	if err != nil {
		return schema.SchemaState{}, err
	}
	db, err := p.borrow(cmd.Context(), c)
	if err != nil {
		return schema.SchemaState{}, err
	}
	defer db.close()
	if err := work(cmd, db); err != nil {
		return schema.SchemaState{}, db.explain(err)
	}
	return db.schema(cmd.Context())
}
