package app_test

import (
	"strings"
	"testing"

	"normmap/internal/pgtest"
)

func TestDisabledAccountAndTheLastAdministrator(t *testing.T) {
	t.Parallel()
	env := vars{"DATABASE_URL": pgtest.URL(t), "PUBLIC_URL": "https://norms.example.org"}
	const warning = "Warning: no administrator is left"
	for _, email := range []string{"ada@example.org", "bob@example.org"} {
		out := ok(t, command(t, env, "", "user", "add", "--email", email, "--name", "Someone", "--role", "admin"))
		if !strings.Contains(out, ": https://norms.example.org/setup/") {
			t.Errorf("no full address: %q", out)
		}
	}
	first := command(t, env, "", "user", "disable", "--email", "ada@example.org")
	if ok(t, first); strings.Contains(first.err, warning) {
		t.Errorf("warned although one is left: %q", first.err)
	}
	last := command(t, env, "", "user", "disable", "--email", "bob@example.org")
	if ok(t, last); !strings.Contains(last.err, warning) {
		t.Errorf("no warning: %q", last.err)
	}
	const disabled = "normmap: ada@example.org is disabled; first: normmap user enable --email ada@example.org\n"
	for _, form := range [][]string{nil, {"--password-stdin"}} {
		r := command(t, env, "a long enough passphrase\n", append([]string{"user", "reset", "--email", "ada@example.org"}, form...)...)
		if r.code != 1 || r.err != disabled {
			t.Errorf("reset %v of a disabled account: %d %q", form, r.code, r.err)
		}
	}
	ok(t, command(t, env, "", "user", "enable", "--email", "ada@example.org"))
	if out := ok(t, command(t, env, "", "user", "list")); !strings.Contains(out, "ada@example.org  Someone  admin  -             active") {
		t.Errorf("user list says %q", out)
	}
}
