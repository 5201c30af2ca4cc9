package app_test

import (
	"net"
	"os"
	"strings"
	"testing"

	"normmap/internal/pgtest"
)

func TestWrongUsage(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"":             "needs a command; see: normmap --help",
		"serv":         `perhaps you mean "serve"`,
		"import":       "needs the files to read; see: normmap import --help",
		"import a.txt": "--organization is missing",
		"import a.txt --organization x --dry-run --format yaml": `--format is "yaml"; it must be text or json`,
		"serve --lisen :1":      "unknown flag: --lisen; see: normmap serve --help",
		"seed seeds":            `takes no argument, but was given "seeds"`,
		"seed --check a b":      `takes one folder, but was given "b" too`,
		"serve now":             `takes no argument, but was given "now"`,
		"serve --listen nine":   "must be an address and a port",
		"migrate":               "needs a command; see: normmap migrate --help",
		"migrate sideways":      `there is no command "sideways"`,
		"seed --check=perhaps":  "invalid argument",
		"user list --email a@b": "unknown flag: --email",
		"doctor --format yaml":  `--format is "yaml"; it must be text or json`,
	} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			r := command(t, nil, "", strings.Fields(line)...)
			if r.code != 2 || !strings.Contains(r.err, want) {
				t.Errorf("got %d %q, want 2 and %q", r.code, r.err, want)
			}
			if !strings.HasPrefix(r.err, "normmap: ") || strings.Count(r.err, "\n") != 1 || r.out != "" {
				t.Errorf("not one line on stderr: %q, stdout %q", r.err, r.out)
			}
		})
	}
}

func TestWrongValuesOfFlags(t *testing.T) {
	t.Parallel()
	env := vars{"DATABASE_URL": pgtest.URL(t)}
	for line, want := range map[string]string{
		"user add --name Ada --role admin":                        "--email is missing",
		"user add --email ada --name Ada --role admin":            "--email must have exactly one @",
		"user add --email ada@example.org --role admin":           "--name is missing",
		"user add --email ada@example.org --name Ada":             `--role "" is none of contributor`,
		"user add --email ada@example.org --name Ada --role king": `--role "king" is none of contributor`,
		"token add --email ada@example.org --scope admin":         `--scope "admin" is none of propose, publish`,
		"user bind --email ada@example.org":                       "--organization is missing",
		"token add --email ada@example.org --expires never":       "--expires must be a number of days",
		"token revoke --email ada@example.org":                    "--id is missing",
		"migrate down --steps 0":                                  "--steps must be 1 or more",
	} {
		if r := command(t, env, "", strings.Fields(line)...); r.code != 2 || !strings.Contains(r.err, want) {
			t.Errorf("%s: %d %q, want 2 and %q", line, r.code, r.err, want)
		}
	}
}

func TestHelpListsOnlyWhatThereIs(t *testing.T) {
	t.Parallel()
	out := ok(t, command(t, nil, "", "--help"))
	for _, word := range []string{"serve", "migrate", "seed", "import", "user", "token", "healthcheck", "doctor", "version", "db-reset", "--database-url", "--data-dir"} {
		if !strings.Contains(out, word) {
			t.Errorf("help does not name %s", word)
		}
	}
	for _, word := range []string{"read-document", "export", "backup", "restore", "completion"} {
		if strings.Contains(out, word) {
			t.Errorf("help names %s", word)
		}
	}
}

func TestAccountsAndTokens(t *testing.T) {
	t.Parallel()
	env := vars{"DATABASE_URL": pgtest.URL(t)}
	run := func(stdin string, words ...string) result { return command(t, env, stdin, words...) }
	add := []string{"user", "add", "--email", "Ada@Example.org", "--name", "Ada Lovelace", "--role", "editor"}
	if out := ok(t, run("", add...)); !strings.Contains(out, "for 15 minutes): http://127.0.0.1:8080/setup/") {
		t.Errorf("no link: %q", out)
	}
	if r := run("", add...); r.code != 1 || !strings.Contains(r.err, "ada@example.org already has an account; see: normmap user list") {
		t.Errorf("the same again: %d %q", r.code, r.err)
	}
	if r := run("password\n", "user", "reset", "--email", "ada@example.org", "--password-stdin"); r.code != 1 || !strings.Contains(r.err, "the password ") {
		t.Errorf("a bad password: %d %q", r.code, r.err)
	}
	ok(t, run("a long enough passphrase\n", "user", "reset", "--email", "ada@example.org", "--password-stdin"))
	token := ok(t, run("", "token", "add", "--email", "ada@example.org", "--name", "nightly", "--expires", "30", "--scope", "propose"))
	if !strings.HasPrefix(token, "nte_") || strings.Count(token, "\n") != 1 {
		t.Errorf("stdout of token add is %q", token)
	}
	ok(t, run("", "token", "revoke", "--email", "ada@example.org", "--id", "1"))
	if out := ok(t, run("", "token", "list", "--email", "ada@example.org")); !strings.Contains(out, "nightly  propose  revoked") {
		t.Errorf("token list says %q", out)
	}
	if r := run("", "user", "bind", "--email", "ada@example.org", "--organization", "nowhere"); r.code != 1 || !strings.Contains(r.err, `no organization "nowhere" is recorded`) {
		t.Errorf("an unknown organization: %d %q", r.code, r.err)
	}
	if out := ok(t, run("", "user", "bind", "--email", "ada@example.org", "--organization", "")); out != "ada@example.org answers for no organization\n" {
		t.Errorf("bound to none: %q", out)
	}
	ok(t, run("", "user", "disable", "--email", "ada@example.org"))
	if out := ok(t, run("", "user", "list")); !strings.Contains(out, "ada@example.org  Ada Lovelace  editor  -             disabled  never") {
		t.Errorf("user list says %q", out)
	}
	if r := run("", "user", "reset", "--email", "nobody@example.org"); r.code != 1 || !strings.Contains(r.err, "nobody@example.org: there is no such account") {
		t.Errorf("an unknown account: %d %q", r.code, r.err)
	}
}

func TestSeedTwice(t *testing.T) {
	t.Parallel()
	env := vars{"DATABASE_URL": pgtest.URL(t)}
	if out := ok(t, command(t, env, "", "seed")); out == "0 changes\n" || !strings.HasSuffix(out, " changes\n") {
		t.Errorf("the first time says %q", out)
	}
	if out := ok(t, command(t, env, "", "seed")); out != "0 changes\n" {
		t.Errorf("the second time says %q", out)
	}
	if out := ok(t, command(t, nil, "", "seed", "--check")); !strings.HasSuffix(out, ", no mistake\n") {
		t.Errorf("--check says %q", out)
	}
}

func TestMigrationsByHand(t *testing.T) {
	t.Parallel()
	env := vars{"DATABASE_URL": pgtest.URL(t)}
	latest := ok(t, command(t, env, "", "migrate", "version"))
	if out := ok(t, command(t, env, "", "migrate", "down")); !strings.Contains(out, "older than this program") {
		t.Errorf("down says %q", out)
	}
	if out := ok(t, command(t, env, "", "migrate", "version")); out == latest {
		t.Errorf("still version %q after down", out)
	}
	if r := command(t, env, "", "user", "list"); r.code != 1 || !strings.Contains(r.err, "run: normmap migrate up") {
		t.Errorf("a command on an older schema: %d %q", r.code, r.err)
	}
	for _, step := range []string{"up", "status", "repair"} {
		if out := ok(t, command(t, env, "", "migrate", step)); !strings.Contains(out, "the schema is current") {
			t.Errorf("%s says %q", step, out)
		}
	}
}

// Only serve makes a private database; the other commands start its server
// when no serve runs.
func TestCommandsStartThePrivateServerThemselves(t *testing.T) {
	t.Parallel()
	env := vars{"NORMMAP_DATA_DIR": dataDir(t)}
	missing := "there is no database in " + env["NORMMAP_DATA_DIR"] + "; is the service run by another user, or with another --data-dir?"
	for _, line := range []string{"user list", "migrate up", "seed"} {
		if r := command(t, env, "", strings.Fields(line)...); r.code != 1 || !strings.Contains(r.err, missing) {
			t.Errorf("%s: %d %q", line, r.code, r.err)
		}
	}
	if out := ok(t, command(t, env, "", "db-reset")); !strings.Contains(out, "There is nothing to delete") {
		t.Errorf("db-reset of nothing says %q", out)
	}
	if left, err := os.ReadDir(env["NORMMAP_DATA_DIR"]); err != nil || len(left) > 0 {
		t.Errorf("they left %v, %v", left, err)
	}
	s := start(t, env)
	s.stop()
	s.code()
	ok(t, command(t, env, "", "user", "add", "--email", "ada@example.org", "--name", "Ada", "--role", "admin"))
	if out := ok(t, command(t, env, "", "user", "list")); !strings.Contains(out, "ada@example.org") {
		t.Errorf("the account is lost: %q", out)
	}
	if out := ok(t, command(t, env, "", "db-reset")); !strings.Contains(out, "was deleted") {
		t.Errorf("db-reset says %q", out)
	}
	if r := command(t, env, "", "user", "list"); r.code != 1 || !strings.Contains(r.err, missing) {
		t.Errorf("after the reset: %d %q", r.code, r.err)
	}
}

func TestHealthcheck(t *testing.T) {
	t.Parallel()
	s := start(t, vars{"DATABASE_URL": pgtest.URL(t)})
	_, address, _ := strings.Cut(s.base, "//")
	ok(t, command(t, nil, "", "healthcheck", "--listen", address))
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	ok(t, command(t, vars{"NORMMAP_LISTEN": "0.0.0.0:" + port}, "", "healthcheck"))
	s.stop()
	s.code()
	if r := command(t, nil, "", "healthcheck", "--listen", address); r.code != 1 || !strings.Contains(r.err, "does not answer") {
		t.Errorf("a stopped service: %d %q", r.code, r.err)
	}
}
