package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"normmap/internal/store"
	"normmap/internal/store/browse"
	"normmap/internal/store/schema"
	"normmap/web/href"
)

// checkSchema says whether the schema is current; what needs it is looked at
// only then.
func (d *doctor) checkSchema(ctx context.Context, db *database) bool {
	st, err := db.schema(ctx)
	if err != nil {
		d.fail("database", "%v", err)
		return false
	}
	d.ok("database", "%s answers", place(db.url))
	if !st.Current() {
		d.fail("schema", "%s; the record was not looked at", st.Describe(d.name))
		return false
	}
	d.ok("schema", "%s", st.Describe(d.name))
	return true
}

// checkLogin says whether the service can work as its role.
func (d *doctor) checkLogin(ctx context.Context, db *database) bool {
	const check = "login"
	if err := db.store.Ping(ctx); err != nil {
		d.fail(check, "the service cannot act as the role normmap_app: %v; let its login in with: %s migrate up", db.explain(err), d.name)
		return false
	}
	var server schema.Server
	if !d.look(ctx, db, check, func(tx *store.Store) (err error) {
		server, err = tx.Server(ctx)
		return err
	}) {
		return false
	}
	switch {
	case server.Number < 150000:
		d.fail(check, "the server is PostgreSQL %s; 15 or newer is needed", server.Version)
	case server.Owns && db.given:
		d.warn(check, "%s owns the schema, so whoever breaks into the service can change history; give the service a login of its own in DATABASE_URL, and this one in DATABASE_OWNER_URL", server.Login)
	default:
		d.ok(check, "%s on PostgreSQL %s", server.Login, server.Version)
	}
	d.checkClock(d.now().Sub(server.Clock))
	return true
}

// checkClock compares our clock with the server's. Sessions, tokens and
// one-time links are judged by both.
func (d *doctor) checkClock(ahead time.Duration) {
	const check = "clock"
	by := ahead.Abs().Round(100 * time.Millisecond)
	switch {
	case by > time.Minute:
		d.fail(check, "this machine and the database disagree by %s; set their clocks by NTP", by)
	case by > 2*time.Second:
		d.warn(check, "this machine and the database disagree by %s; set their clocks by NTP", by)
	default:
		d.ok(check, "agrees with the database's")
	}
}

// look runs a question on one moment of the record; what goes wrong is the
// finding.
func (d *doctor) look(ctx context.Context, db *database, check string, question func(tx *store.Store) error) bool {
	if err := db.store.Examine(ctx, question); err != nil {
		d.fail(check, "it could not be looked at: %v", db.explain(err))
		return false
	}
	return true
}

// checkRecord looks at what is recorded and at what protects it.
func (d *doctor) checkRecord(ctx context.Context, db *database) {
	var wrong []string
	if d.look(ctx, db, "guards", func(tx *store.Store) (err error) {
		wrong, err = tx.WrongGuards(ctx)
		return err
	}) {
		d.list("guards", wrong, "the triggers that write history, their functions, and the rights of the service's roles on tables are as the migrations made them",
			"restore a backup beside this database and compare the schemas")
	}
	var chain schema.Chain
	if d.look(ctx, db, "changesets", func(tx *store.Store) (err error) {
		chain, err = tx.Chain(ctx)
		return err
	}) {
		d.checkChain(chain)
	}
	var flaws []schema.Flaw
	if d.look(ctx, db, "history", func(tx *store.Store) (err error) {
		flaws, err = tx.Flaws(ctx)
		return err
	}) {
		texts := make([]string, len(flaws))
		for i, f := range flaws {
			texts[i] = f.String()
		}
		d.list("history", texts, "every row is what its history says; a row and its history that the owner changed together show only beside a backup or a download",
			"it was changed past the service; compare with a backup")
	}
	d.checkApprovals(ctx, db)
	if d.look(ctx, db, "figures", func(tx *store.Store) (err error) {
		wrong, err = tx.WrongTallies(ctx)
		return err
	}) {
		d.list("figures", wrong, "those that pages show without counting are what the record gives",
			"they were changed past the service; migrate down to 20 and up again counts them anew")
	}
	var n browse.Census
	if d.look(ctx, db, "accounts", func(tx *store.Store) (err error) {
		n, err = tx.Census(ctx, d.now())
		return err
	}) {
		d.checkSeeds(n)
		d.checkPeople(n)
	}
}

// checkApprovals holds what was approved against what was written.
func (d *doctor) checkApprovals(ctx context.Context, db *database) {
	var wrong []string
	var n int
	if d.look(ctx, db, "approvals", func(tx *store.Store) (err error) {
		wrong, n, err = tx.WrongApprovals(ctx)
		return err
	}) {
		d.list("approvals", wrong, fmt.Sprintf("%d, each of exactly the edits of its changeset and by someone else than who proposed them", n),
			"it was changed past the service; compare with a backup")
	}
}

// list is a finding about things that are wrong, of which the first are named.
func (d *doctor) list(check string, wrong []string, none, remedy string) {
	const named = 3
	if len(wrong) == 0 {
		d.ok(check, "%s", none)
		return
	}
	text := strings.Join(wrong[:min(named, len(wrong))], "; ")
	if more := len(wrong) - named; more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	d.fail(check, "%s; %s", text, remedy)
}

func (d *doctor) checkChain(c schema.Chain) {
	const check = "changesets"
	switch {
	case c.Broken != 0:
		d.fail(check, "changeset %d is not what was written, or one before it is missing: its hash does not follow; compare with a backup", c.Broken)
	case c.Changesets == 0:
		d.ok(check, "none yet")
	default:
		d.ok(check, "revision %d of %s, every hash, of the edits as they were asked for, follows from the one before; the last is %s", c.Changesets, c.At.UTC().Format(time.RFC3339), c.Head)
	}
}

func (d *doctor) checkSeeds(n browse.Census) {
	const check = "founding data"
	switch {
	case n.SeedChangesets == 0:
		d.warn(check, "not loaded; load them with: %s seed", d.name)
	case n.Agreements == 0:
		d.warn(check, "people took them back; to have them again, revert that changeset (see %s)", href.Changes())
	default:
		d.ok(check, "loaded; %d agreements are recorded", n.Agreements)
	}
}

func (d *doctor) checkPeople(n browse.Census) {
	switch {
	case n.Administrators > 0:
		d.ok("administrator", "%d may sign in", n.Administrators)
	case n.Invited > 0:
		d.warn("administrator", "none has chosen a password yet; make a new link with: %s user reset --email …", d.name)
	default:
		d.warn("administrator", "there is none; the next start of %s serve prints a link that makes one", d.name)
	}
	switch {
	case n.Orphans > 0:
		d.fail("sessions", "%d sessions or tokens of disabled accounts were not ended; disable those accounts again: %s user list", n.Orphans, d.name)
	case n.Leftovers > 0:
		d.warn("sessions", "%d rows of sessions ended over a month ago and nobody has signed in since; the next sign-in sweeps them out", n.Leftovers)
	default:
		d.ok("sessions", "%d browsers are signed in", n.Sessions)
	}
}
