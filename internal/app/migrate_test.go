package app_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"normmap/internal/pglocal"
	"normmap/internal/pgtest"
)

func TestEmptyDatabaseIsToldWhatToDo(t *testing.T) {
	t.Parallel()
	env := vars{"DATABASE_URL": pgtest.URL(t)}
	latest := strings.TrimSpace(ok(t, command(t, env, "", "migrate", "version")))
	ok(t, command(t, env, "", "migrate", "down", "--steps", latest))
	for _, line := range []string{"serve --listen 127.0.0.1:0", "user list"} {
		r := command(t, env, "", strings.Fields(line)...)
		if r.code != 1 || !strings.Contains(r.err, "no schema yet; run: normmap serve --migrate --seed") {
			t.Errorf("%s: %d %q", line, r.code, r.err)
		}
	}
}

func TestDownDeletesNothingUnasked(t *testing.T) {
	t.Parallel()
	env := vars{"DATABASE_URL": pgtest.Founding(t)}
	latest := strings.TrimSpace(ok(t, command(t, env, "", "migrate", "version")))
	if r := command(t, env, "", "migrate", "down", "--steps", "99", "--yes"); r.code != 1 || !strings.Contains(r.err, "so 99 cannot be taken back") {
		t.Errorf("too many steps: %d %q", r.code, r.err)
	}
	r := command(t, env, "", "migrate", "down", "--steps", latest)
	for _, want := range []string{"nothing was changed: this would delete the rows of ", "initiative (", "history.link (", "normmap migrate down --steps " + latest + " --yes"} {
		if r.code != 1 || !strings.Contains(r.err, want) {
			t.Errorf("down of a full record: %d %q, want %q", r.code, r.err, want)
		}
	}
	if again := strings.TrimSpace(ok(t, command(t, env, "", "migrate", "version"))); again != latest {
		t.Fatalf("the schema is at %s, want %s", again, latest)
	}
	ok(t, command(t, env, "", "migrate", "down", "--steps", latest, "--yes"))
	if r := command(t, env, "", "migrate", "down", "--yes"); r.code != 1 || !strings.Contains(r.err, "no migration was applied") {
		t.Errorf("down of nothing: %d %q", r.code, r.err)
	}
}

// The role is the whole server's, so this needs one on which it was never made.
func TestOwnerWithoutTheRightToMakeTheRole(t *testing.T) {
	t.Parallel()
	server, err := pglocal.Start(t.Context(), serverOptions(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop() })
	admin, err := pgx.Connect(t.Context(), server.URL(""))
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close(t.Context())
	do := func(statements ...string) {
		t.Helper()
		for _, sql := range statements {
			if _, err := admin.Exec(t.Context(), sql); err != nil {
				t.Fatal(err)
			}
		}
	}
	do("create role ada login", "create database norms owner ada")
	u, err := url.Parse(server.URL("norms"))
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.User("ada")
	env := vars{"DATABASE_URL": u.String()}
	const remedy = `the owner needs CREATEROLE, or let an administrator run: create role normmap_app nologin; ` +
		`create role normmap_past nologin; grant normmap_past to normmap_app; grant normmap_app to "ada"`
	refuse := func() {
		t.Helper()
		if r := command(t, env, "", "migrate", "up"); r.code != 1 || !strings.Contains(r.err, remedy) {
			t.Errorf("%d %q", r.code, r.err)
		}
		if out := ok(t, command(t, env, "", "migrate", "status")); !strings.Contains(out, "no schema yet") {
			t.Errorf("it left the schema %q", out)
		}
	}
	refuse()
	do("create role normmap_app nologin")
	refuse()
	do("grant normmap_app to ada")
	refuse()
	do("create role normmap_past nologin", "grant normmap_past to normmap_app")
	ok(t, command(t, env, "", "migrate", "up"))
}
