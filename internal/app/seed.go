package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

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
		Use:   "seed [--check [DIR]]",
		Short: "Load the seeds; what a person changed is left alone",
		Long: "Load the seeds that this program carries. What a person changed is left alone.\n\n" +
			"With --check it only looks for mistakes: in the seed files under the folder DIR, as in\n" +
			p.name + " seed --check seeds, or without DIR in the seeds that this program carries.",
		DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case check && len(args) == 1:
				return p.checkFolder(args[0])
			case check && len(args) == 0:
				return p.checkSeeds(seeds.FS, "")
			case check:
				return misused(cmd, "%s takes one folder, but was given %q too", cmd.CommandPath(), args[1])
			}
			if err := noArgs(cmd, args); err != nil {
				return err
			}
			return load(cmd, args)
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, "only look for mistakes in the seeds, without a database")
	return cmd
}

// whySeeded is the public reason of the changeset that the seeds are.
const whySeeded = "Founding data: Microsoft's contribution of 20 September 2019 and the agreements it names"

// loadSeeds puts the embedded seeds into the database. Loading what is there
// already changes nothing.
func loadSeeds(ctx context.Context, db *database) (norms.Applied, error) {
	edits, err := seed.Load(seeds.FS)
	if err != nil {
		return norms.Applied{}, err
	}
	applied, err := db.store.Apply(ctx, account.SeedFiles(), whySeeded, edits)
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
	if len(applied.Kept) > 0 {
		fmt.Fprintf(p.stdout, "%s:\n", leftAlone(applied.Kept))
	}
	for _, kept := range applied.Kept {
		fmt.Fprintf(p.stdout, "  %s: %s\n", kindOfSeed(kept), kept.Name)
	}
	return nil
}

// leftAlone sums up the seeds that were not loaded, by kind.
func leftAlone(kept []norms.Thing) string {
	count := map[string]int{}
	for _, k := range kept {
		count[kindOfSeed(k)]++
	}
	var kinds []string
	for _, kind := range slices.Sorted(maps.Keys(count)) {
		kinds = append(kinds, fmt.Sprintf("%s %d", kind, count[kind]))
	}
	return fmt.Sprintf("%d seeds not loaded, since people changed or took back what they record or rest on (%s)",
		len(kept), strings.Join(kinds, ", "))
}

// kindOfSeed is what a seed that was left alone would have recorded. One whose
// parent is gone comes as the name of its edit.
func kindOfSeed(kept norms.Thing) string {
	return strings.ReplaceAll(strings.TrimPrefix(string(kept.Kind), "put_"), "_", " ")
}

// checkSeeds reports every mistake in files. Their paths begin with dir, so
// that editors can open them.
func (p *program) checkSeeds(files fs.FS, dir string) error {
	edits, err := seed.Load(files)
	if problems, ok := errors.AsType[seed.Problems](err); ok {
		for i := range problems {
			problems[i].File = filepath.Join(dir, problems[i].File)
		}
	}
	if err != nil {
		return fmt.Errorf("the seeds have mistakes:\n%w", err)
	}
	fmt.Fprintf(p.stdout, "%d edits, no mistake\n", len(edits))
	return nil
}

func (p *program) checkFolder(dir string) error {
	if fi, err := os.Stat(dir); err != nil || !fi.IsDir() {
		return fmt.Errorf("%s is no folder; name the one with the seed files, as in: %s seed --check seeds", dir, p.name)
	}
	return p.checkSeeds(os.DirFS(dir), dir)
}
