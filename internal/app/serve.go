package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"normmap/internal/account"
	"normmap/internal/api"
	"normmap/internal/config"
	"normmap/internal/contribution"
	"normmap/internal/jobs"
	"normmap/internal/metrics"
	"normmap/internal/pagecache"
	"normmap/internal/password"
	"normmap/internal/pglocal"
	"normmap/internal/site"
	"normmap/internal/site/serve"
	"normmap/internal/store/postgres"
	"normmap/web/href"
	"normmap/web/words"
)

// Documents are read so many at once, each within the limits of a child process,
// and what their texts say within a time; others wait a while.
const (
	readAtOnce = 2
	readWait   = 10 * time.Second
	readTime   = 5 * time.Second
)

// hashesAtOnce bounds the memory of password hashing (19 MiB each).
const hashesAtOnce = 3

func (p *program) serveCommand() *cobra.Command {
	var o serving
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Run the service",
		Long: "Run the service until it is interrupted.\n\n" +
			"Without DATABASE_URL it keeps a private PostgreSQL in the data directory, migrates it\n" +
			"and loads the seeds by itself. With one, --migrate and --seed ask for that.\n\n" +
			"The private PostgreSQL runs on the server programs of this machine, version 15 or newer;\n" +
			"where there are none they are downloaded once, with npm.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			if o.settings, err = p.config(cmd); err != nil {
				return err
			}
			out, level := &lines{to: p.stderr}, &slog.HandlerOptions{Level: o.level()}
			defer out.end()
			i := &instance{program: p, serving: o, started: p.now(), metrics: newMetrics(),
				log: slog.New(slog.NewJSONHandler(out, level)), requests: waitingLines{out}}
			return i.run(cmd.Context())
		},
	}
	settingFlags(cmd, "listen", "metrics-listen", "cache-bytes", "slow-statement", "stop-delay")
	cmd.Flags().BoolVar(&o.migrate, "migrate", false, "bring the schema of a given database to the newest version first")
	cmd.Flags().BoolVar(&o.seed, "seed", false, "load the seeds into a given database first")
	cmd.Flags().BoolVar(&o.verbose, "verbose", false, "log details too, such as each seed that was left alone")
	return cmd
}

// serving says what serve is to do.
type serving struct {
	settings      config.Config
	migrate, seed bool // a given database; a private one gets both
	verbose       bool
}

func (o serving) level() slog.Level {
	if o.verbose {
		return slog.LevelDebug
	}
	return slog.LevelInfo
}

// instance is one running service.
type instance struct {
	*program
	serving
	started  time.Time
	log      *slog.Logger
	requests io.Writer // gets a line of each
	metrics  *metrics.Metrics
	front    gate
	web      *webServer
	side     *webServer // nil when metrics are off
	db       *database
	jobs     *jobs.Jobs // nil until the database is ready
}

// run serves until ctx ends, which is no error, or something fails.
func (i *instance) run(ctx context.Context) (err error) {
	if i.web, err = i.listen(ctx, i.settings.Listen, &i.front, i.log); err != nil {
		return i.orRunning(err)
	}
	defer i.end(ctx)
	if i.side, err = i.listenAside(ctx); err != nil {
		return err
	}
	go words.Load() // while the database is waited for
	i.log.Info("starting", "build", build(), "config", i.settings)
	if i.db, err = i.own(ctx, i.settings, i.log, i.stdout, i.slowLog()); err == nil {
		err = i.present(ctx)
	}
	if ctx.Err() != nil {
		return nil
	}
	if errors.Is(err, pglocal.ErrInUse) {
		return i.orRunning(err)
	}
	if err != nil {
		return err
	}
	go saveMemory(ctx)
	return i.watch(ctx)
}

// orRunning is err, unless this very service runs already, which then is why.
func (i *instance) orRunning(err error) error {
	h, held := pglocal.HeldBy(i.settings.DataDir)
	if i.settings.DatabaseURL != "" || !held {
		return err
	}
	at := ""
	if h.Address != "" {
		at = " at " + h.Address
	}
	return fmt.Errorf("it is running already%s%s, on the data directory %s; stop that one first", h, at, i.settings.DataDir)
}

// slowLog is nil when slow statements are not asked for.
func (i *instance) slowLog() *postgres.SlowLog {
	if i.settings.SlowStatement == 0 {
		return nil
	}
	return &postgres.SlowLog{Over: i.settings.SlowStatement, Log: i.log, Now: i.now, Asker: serve.Asker}
}

// end stops in order: say not ready, let balancers see it while requests are
// still taken, let requests end, close the pool, stop the private server.
func (i *instance) end(ctx context.Context) {
	i.front.stopping.Store(true)
	if i.jobs != nil { // it was ready, so requests are sent here
		time.Sleep(i.settings.StopDelay)
	}
	if err := i.web.drain(ctx); err != nil {
		i.log.Warn("stopping", "problem", err)
	}
	if i.side != nil {
		_ = i.side.http.Close() // nobody depends on the end of a scrape
	}
	i.jobs.End()
	i.db.close()
}

// present makes the database ready, opens the gate and says so.
func (i *instance) present(ctx context.Context) error {
	if err := i.makeReady(ctx); err != nil {
		return err
	}
	ready, err := i.db.readiness(ctx)
	if err != nil {
		return err
	}
	i.watchDatabase()
	if err := i.follow(ctx); err != nil {
		return err
	}
	documents, err := i.documents()
	if err != nil {
		return err
	}
	contributions := contribution.Reader{Store: i.db.store, Documents: documents, Turns: contribution.NewTurns(readAtOnce, readWait), Time: readTime}
	i.front.open(i.wire(i.front.ready(ready), contributions))
	i.jobs = jobs.Start(ctx, jobs.Deps{Store: i.db.store, Log: i.log, Now: i.now})
	base := i.web.base(i.settings)
	if i.db.server != nil {
		metrics := ""
		if i.side != nil {
			metrics = local(i.side.addr.String())
		}
		if err := i.db.server.Announce(base, metrics); err != nil {
			i.log.Warn("commands beside this service will not know its address", "problem", err)
		}
	}
	setup, err := i.setupLine(ctx, base)
	if err != nil {
		return err
	}
	warnings, err := i.warnings(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(i.stdout, "%sNorms to Evidence is ready at %s (%.2f s)\n%s", warnings, base, i.now().Sub(i.started).Seconds(), setup)
	return nil
}

// warnings are lines about what will surprise people who look at the start.
func (i *instance) warnings(ctx context.Context) (lines string, err error) {
	var warnings []string
	if i.settings.PublicURL == "" && beyondLoopback(i.settings.Listen) || plainBeyondLoopback(i.settings.PublicURL) {
		warnings = append(warnings, "signing in needs https (PUBLIC_URL=https://…) or http://127.0.0.1")
	}
	empty, err := i.db.store.Empty(ctx)
	switch {
	case err != nil:
		return "", i.db.explain(err)
	case empty && i.db.given && !i.serving.seed:
		warnings = append(warnings, "there is no data: start with --seed to load the founding data")
	case empty:
		warnings = append(warnings, "there is no data: people took the founding data back; to have them again, revert that changeset (see "+href.Changes()+")")
	}
	for _, w := range warnings {
		i.log.Warn(w)
		lines += "Warning: " + w + "\n"
	}
	return lines, nil
}

// wire puts the doors together.
func (i *instance) wire(ready func(context.Context) error, contributions contribution.Reader) http.Handler {
	c := i.settings
	programs := api.Deps{Store: i.db.store, Log: i.log, Build: build(), Now: i.now, Contributions: contributions, Fault: serve.NoteFault, Acts: serve.NoteActor}
	return site.New(site.Deps{
		Store:          i.db.store,
		Hasher:         password.NewHasher(hashesAtOnce),
		Log:            i.log,
		Requests:       i.requests,
		Metrics:        i.metrics,
		Cache:          i.pages(),
		PublicURL:      c.PublicURL,
		Now:            i.now,
		Rand:           i.rand,
		Contributions:  contributions,
		API:            api.New(programs),
		Ready:          ready,
		TrustedProxies: c.TrustedProxies,
	})
}

// pages is the memory for finished pages.
func (i *instance) pages() *pagecache.Cache {
	c := pagecache.NewCache(i.settings.CacheBytes)
	i.metrics.WatchPages(func() metrics.Pages { return metrics.Pages(c.Stats()) })
	return c
}

// follow listens to what other instances write, until the end.
func (i *instance) follow(ctx context.Context) error {
	end, err := i.db.store.Follow(ctx, func(lost error) {
		i.log.Warn("changes that others make are not heard of; the database is asked for each page until they are", "problem", lost)
	})
	i.db.closers = append([]func(){end}, i.db.closers...)
	return err
}

// makeReady migrates and seeds, as far as that was asked for.
func (i *instance) makeReady(ctx context.Context) error {
	if i.serving.migrate && i.db.given {
		if err := i.db.migrate(ctx); err != nil {
			return err
		}
	}
	if err := i.db.prepare(ctx); err != nil {
		return err
	}
	if i.db.given && !i.serving.seed {
		return nil
	}
	applied, err := loadSeeds(ctx, i.db)
	if err != nil {
		return err
	}
	i.log.Info("seeds loaded", "changed", applied.Written, "revision", applied.Revision)
	if len(applied.Kept) > 0 {
		i.log.Info(leftAlone(applied.Kept))
	}
	for _, kept := range applied.Kept {
		i.log.Debug("seed not loaded", "kind", kindOfSeed(kept), "name", kept.Name)
	}
	return nil
}

// setupLine is the line with the link for the first administrator, "" when
// there is one.
func (i *instance) setupLine(ctx context.Context, base string) (string, error) {
	secret, err := i.db.store.NewSetupLink(ctx, i.rand, i.now())
	if err != nil || secret == "" {
		return "", i.db.explain(err)
	}
	return fmt.Sprintf("First administrator: %s%s (works once, for %d minutes)\n",
		base, href.Setup(secret), int(account.OneTimeLinkLife.Minutes())), nil
}

// watch waits for the end. A private server that died takes its data with it,
// so there is nothing left to serve; a given one may come back.
func (i *instance) watch(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-i.web.failed:
		return err
	case <-i.db.ended():
		if ctx.Err() != nil {
			return nil
		}
		return fmt.Errorf("the private PostgreSQL ended by itself; see %s/postgres.log, then start again", i.settings.DataDir)
	}
}
