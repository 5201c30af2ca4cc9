package app

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/spf13/cobra"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/pglocal"
	"normmap/internal/store"
	"normmap/internal/store/edit"
	"normmap/internal/synth"
)

func (p *program) synthCommand() *cobra.Command {
	var o synth.Options
	cmd := &cobra.Command{
		Use:   "synth",
		Short: "Fill an empty database with a made-up record of any size, to measure with",
		Long: "Fill a database with a made-up record of any size, to measure with and to try things on:\n" +
			"agreements, organizations, initiatives in several languages, citations, links, assessments,\n" +
			fmt.Sprintf("and a history; %d links at least. The same number of links and seed make the same record.\n\n", synth.MinLinks) +
			"It goes the way that every edit goes, in the name of accounts of its own, which are disabled.\n" +
			"A database in which people, or an earlier synth, have written anything is refused: what is\n" +
			"made up is there for good. Where --data-dir names a folder without a database, one is made.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.Links < synth.MinLinks {
				return flagError(cmd, "links", fmt.Errorf("must be %d or more", synth.MinLinks))
			}
			return p.withNewDatabase(cmd, func(cmd *cobra.Command, db *database) error { return p.synth(cmd, db, o) })
		},
	}
	cmd.Flags().IntVar(&o.Links, "links", 0, fmt.Sprintf("how many links the record has in the end; at least %d", synth.MinLinks))
	cmd.Flags().Uint64Var(&o.Seed, "seed", 1, "from which everything is made up")
	return cmd
}

// withNewDatabase does the work of a command on the database that the others
// work on, and where there is none on a new private one.
func (p *program) withNewDatabase(cmd *cobra.Command, work func(cmd *cobra.Command, db *database) error) error {
	c, err := p.config(cmd)
	if err != nil {
		return err
	}
	exists, err := pglocal.Exists(c.DataDir)
	if c.DatabaseURL != "" || exists || err != nil {
		return p.withDatabase(work)(cmd, nil)
	}
	db, err := p.own(cmd.Context(), c, slog.New(slog.DiscardHandler), p.stderr, nil)
	if err != nil {
		return err
	}
	return p.prepared(cmd, db, work)
}

func (p *program) synth(cmd *cobra.Command, db *database, o synth.Options) error {
	ctx := cmd.Context()
	edited, err := db.store.Edited(ctx)
	if err != nil {
		return err
	}
	if edited {
		return fmt.Errorf("nothing was changed: people, or an earlier synth, have written in this database, and made-up data could not be told from theirs; "+
			"name a new folder, in which a database is made: %s synth --links %d --data-dir FOLDER; or an empty database, with DATABASE_URL", p.name, o.Links)
	}
	m := &maker{program: p, db: db.store, owner: db.owner, start: p.now(), actors: map[string]account.Actor{}}
	if err := synth.Run(o, m.door(ctx)); err != nil {
		return err
	}
	if err := db.store.KeepCourse(ctx); err != nil {
		return err
	}
	if err := edit.Tidy(ctx, db.owner); err != nil {
		return err
	}
	took := p.now().Sub(m.start)
	fmt.Fprintf(p.stdout, "%d links made up with %d edits in %d changesets; took %s\n", o.Links, m.edits, m.changesets, took.Round(time.Second/10))
	return nil
}

// maker writes a made-up record.
type maker struct {
	*program
	db     *store.Store
	owner  string
	actors map[string]account.Actor // by e-mail address

	start, told       time.Time
	edits, changesets int
}

// manyEdits is from where on a changeset may change what plans should be made.
const manyEdits = 500

func (m *maker) door(ctx context.Context) synth.Door {
	return synth.Door{
		Write: func(c synth.Changeset) (norms.Applied, error) {
			by, err := m.actor(ctx, c.By)
			if err != nil {
				return norms.Applied{}, err
			}
			done, err := m.db.Apply(ctx, by, c.Reason, c.Edits)
			m.edits, m.changesets = c.Done, m.changesets+1
			m.tell(c)
			if err == nil && len(c.Edits) >= manyEdits {
				err = edit.Look(ctx, m.owner)
			}
			return done, err
		},
		Links: func(initiative string) ([]norms.LinkRow, error) {
			i, err := m.db.LinkedInitiative(ctx, initiative)
			return i.Evidence, err
		},
	}
}

// actor is somebody whose account exists for the record only: it is shut from
// the beginning and has no password.
func (m *maker) actor(ctx context.Context, who synth.Person) (account.Actor, error) {
	if by, ok := m.actors[who.Email]; ok {
		return by, nil
	}
	a, err := m.db.AddAccount(ctx, who.Email, who.Name, account.Editor)
	if err == nil && who.Organization != "" {
		a, err = m.db.BindAccount(ctx, a.ID, who.Organization)
	}
	if err != nil {
		return account.Actor{}, fmt.Errorf("making the account %s: %w", who.Email, err)
	}
	m.actors[who.Email] = a.Actor()
	_, err = m.db.Disable(ctx, a.ID, m.now())
	return m.actors[who.Email], err
}

// tell says how far it is, about once a second.
func (m *maker) tell(c synth.Changeset) {
	now := m.now()
	if now.Sub(m.told) < time.Second {
		return
	}
	m.told = now
	perSecond := float64(c.Done) / max(now.Sub(m.start).Seconds(), 0.001)
	fmt.Fprintf(m.stderr, "%3d %%: %d edits, %.0f a second; %s\n", 100*c.Done/max(c.Of, 1), c.Done, perSecond, c.Reason)
}
