package app

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/seed"
	"normmap/seeds"
)

func (p *program) seedCommand() *cobra.Command {
	var check bool
	load := p.withDatabase(p.seed)
	cmd := &cobra.Command{
		Use:   "seed",
		Short: "Load the seeds; what a person changed is left alone",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if check {
				return p.checkSeeds()
			}
			return load(cmd, args)
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, "only look for mistakes in the seeds, without a database")
	return cmd
}

// loadSeeds puts the embedded seeds into the database. Loading what is there
// already changes nothing.
func loadSeeds(ctx context.Context, db *database) (norms.Applied, error) {
	edits, err := seed.Load(seeds.FS)
	if err != nil {
		return norms.Applied{}, err
	}
	applied, err := db.store.Apply(ctx, account.SeedFiles(), "The seed files of normmap "+build(), edits)
	if err != nil {
		return norms.Applied{}, fmt.Errorf("loading the seeds: %w", db.explain(err))
	}
	return applied, nil
}

func (p *program) seed(cmd *cobra.Command, db *database) error {
	applied, err := loadSeeds(cmd.Context(), db)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%d changes\n", applied.Written)
	if n := len(applied.Kept); n > 0 {
		fmt.Fprintf(p.stdout, "%d not loaded, since a person changed them last:\n", n)
	}
	for _, kept := range applied.Kept {
		fmt.Fprintf(p.stdout, "  %s: %s\n", kept.Kind, kept.Name)
	}
	return nil
}

func (p *program) checkSeeds() error {
	edits, err := seed.Load(seeds.FS)
	if err != nil {
		return fmt.Errorf("the seeds have mistakes:\n%w", err)
	}
	fmt.Fprintf(p.stdout, "%d edits, no mistake\n", len(edits))
	return nil
}
