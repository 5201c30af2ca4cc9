package app

import (
	"context"
	"net/url"

	"normmap/internal/pglocal"
)

// Free space below which a database gets into trouble soon, or now.
const (
	littleSpace = 1 << 30
	noSpace     = 100 << 20
)

// checkSettings looks for settings that are allowed and yet surprise.
func (d *doctor) checkSettings() {
	c := d.settings
	switch h, held := pglocal.HeldBy(c.DataDir); {
	case c.DatabaseURL != "":
		d.ok("settings", "serve would listen on %s, works on %s", c.Listen, place(string(c.DatabaseURL)))
	case held && h.Address != "":
		d.ok("settings", "a serve runs at %s, works on a private PostgreSQL in %s", h.Address, c.DataDir)
	default:
		d.ok("settings", "serve would listen on %s, works on a private PostgreSQL in %s", c.Listen, c.DataDir)
	}
	const check = "public address"
	public, err := url.Parse(c.PublicURL)
	switch {
	case err != nil: // config has read it
	case c.PublicURL == "" && beyondLoopback(c.Listen):
		d.warn(check, "people reach this machine at an address that is not known here, so browsers do not keep the sign-in cookie and links have no host; set PUBLIC_URL=https://…")
	case plainBeyondLoopback(c.PublicURL):
		d.warn(check, "%s is plain http, over which browsers do not keep the sign-in cookie; put a proxy with https in front and set PUBLIC_URL=https://…", c.PublicURL)
	case public.Scheme == "https" && len(c.TrustedProxies) == 0:
		d.warn(check, "%s needs a proxy in front, but TRUSTED_PROXIES names none, so all readers count as one when sign-ins and downloads are limited; set it to the proxy's network", c.PublicURL)
	case c.PublicURL == "":
		d.ok(check, "this machine only")
	default:
		d.ok(check, "%s", c.PublicURL)
	}
}

// checkMachine looks at what a private PostgreSQL stands on.
func (d *doctor) checkMachine(ctx context.Context) {
	found := pglocal.Inspect(ctx, pglocal.Options{Dir: d.settings.DataDir, BinDir: d.settings.PgBin, CacheDir: d.settings.CacheDir})
	switch {
	case found.Problem != nil:
		d.fail("data directory", "%v", found.Problem)
	case !found.Exists:
		d.warn("data directory", "there is no database in %s yet; %s serve makes one, if that is the right --data-dir", found.Dir, d.name)
	default:
		d.ok("data directory", "%s, a cluster of PostgreSQL %d that belongs to %s", found.Dir, found.Major, found.Owner)
	}
	if found.Free > 0 {
		d.checkSpace(found.Free, found.Dir)
	}
	if found.Missing != nil {
		d.fail("server programs", "%v; install PostgreSQL, or name its folder in NORMMAP_PG_BIN", found.Missing)
	} else {
		d.ok("server programs", "PostgreSQL %s in %s", found.Version, found.Programs)
	}
	at := ""
	if found.Holder.Address != "" {
		at = " at " + found.Holder.Address
	}
	if found.Held {
		d.ok("service", "the data directory is in use%s%s", found.Holder, at)
	} else {
		d.warn("service", "no serve runs on this data directory; start it with: %s serve", d.name)
	}
}

func (d *doctor) checkSpace(free uint64, dir string) {
	const check = "disk space"
	mib := free >> 20
	switch {
	case free < noSpace:
		d.fail(check, "%d MiB are free for %s, and PostgreSQL stops when there is nothing left; make room", mib, dir)
	case free < littleSpace:
		d.warn(check, "%d MiB are free for %s; make room", mib, dir)
	default:
		d.ok(check, "%d MiB are free", mib)
	}
}

// reachable says whether there is a server to ask, and notes why not.
func (d *doctor) reachable(check string) bool {
	if d.settings.DatabaseURL != "" {
		return true
	}
	if _, running := pglocal.Running(d.settings.DataDir); running {
		return true
	}
	if exists, err := pglocal.Exists(d.settings.DataDir); err != nil || !exists {
		return false // the data directory's finding says so
	}
	if !d.start {
		d.warn(check, "it was not looked at, since no server runs; start the service first, or: %s doctor --start-server", d.name)
	}
	return d.start
}
