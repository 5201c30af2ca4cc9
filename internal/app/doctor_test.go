package app_test

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"normmap/internal/pgtest"
)

// doctor runs the doctor and returns its lines.
func doctor(t *testing.T, env vars, code int, args ...string) string {
	t.Helper()
	r := command(t, env, "", append([]string{"doctor"}, args...)...)
	if r.code != code {
		t.Fatalf("exit code %d, want %d: %s%s", r.code, code, r.out, r.err)
	}
	if failed := strings.Contains(r.out, "FAIL"); failed != (code != 0) || failed != strings.Contains(r.err, " checks failed\n") {
		t.Errorf("exit code %d for %s%s", code, r.out, r.err)
	}
	return r.out
}

// saysLine fails the test unless a line begins like that.
func saysLine(t *testing.T, out string, beginnings ...string) {
	t.Helper()
	for _, b := range beginnings {
		if !strings.Contains("\n"+out, "\n"+b) {
			t.Errorf("no line begins with %q:\n%s", b, out)
		}
	}
}

func TestDoctorOfAHealthyDatabase(t *testing.T) {
	t.Parallel()
	database := pgtest.Founding(t)
	env := vars{"DATABASE_URL": database}
	ok(t, command(t, env, "a long enough passphrase\n", "user", "add", "--email", "ada@example.org", "--name", "Ada", "--role", "admin", "--password-stdin"))
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	// It must not even try to write. The control is a command that does.
	execute(t, database, "alter database "+strings.TrimPrefix(u.Path, "/")+" set default_transaction_read_only = on")
	if r := command(t, env, "", "seed"); r.code == 0 {
		t.Error("a command can write where nobody may")
	}
	out := doctor(t, env, 0)
	saysLine(t, out, "ok    settings: ", "ok    public address: ", "ok    database: ", "ok    schema: the schema is current (", "ok    clock: ",
		"ok    metrics: off\n", "warn  login: ", "ok    guards: ", "ok    changesets: revision 1 of 20", "ok    history: ", "ok    approvals: 0, ", "ok    founding data: ", "ok    administrator: 1 ", "ok    sessions: 0 ")
	var report struct {
		Failed int
		Checks []struct{ Check, Verdict, Message string }
	}
	if err := json.Unmarshal([]byte(doctor(t, env, 0, "--format", "json")), &report); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(out, "\n"); report.Failed != 0 || len(report.Checks) != lines {
		t.Errorf("%d lines, %+v", lines, report)
	}
}

func TestDoctorFindsWhatIsWrongWithTheDatabase(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct{ sql, want string }{
		"interrupted migration": {"update schema_migrations set dirty = true", "FAIL  schema: migration "},
		"older schema":          {"update schema_migrations set version = 3", "FAIL  schema: the schema (3) is older than this program"},
		"newer schema":          {"update schema_migrations set version = 9999", "FAIL  schema: the schema (9999) is newer than this program"},
		"trigger gone":          {"drop trigger history_delete on link", "FAIL  guards: table link has no working trigger history_delete; restore a backup"},
		"rights":                {"revoke select on changeset from normmap_app", "FAIL  changesets: it could not be looked at: "},
		"changeset":             {"update changeset set reason = 'x'", "FAIL  changesets: changeset 1 is not what was written"},
		"history":               {"update history.link set rationale = 'x'", "FAIL  history: link 1 is not what its history says"},
		"figures":               {"update group_tally set links = links + 1 where about = 'record'", "FAIL  figures: group "},
		"session": {"insert into account (email, name, role, disabled_at) values ('eve@example.org', 'Eve', 'admin', now()); " +
			"insert into session (token, data, expires_at, account_id) select 'x', '', now() + interval '1 hour', id from account", "FAIL  sessions: 1 "},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			database := pgtest.Founding(t)
			execute(t, database, c.sql)
			saysLine(t, doctor(t, vars{"DATABASE_URL": database}, 1), c.want)
		})
	}
}

func TestDoctorOfAnEmptyRecord(t *testing.T) {
	t.Parallel()
	env := vars{"DATABASE_URL": pgtest.URL(t), "NORMMAP_LISTEN": "0.0.0.0:8080"}
	saysLine(t, doctor(t, env, 0, "--metrics-listen", "127.0.0.1:0"), "ok    settings: serve would listen on 0.0.0.0:8080, works on ", "ok    metrics: on, at a port ", "warn  founding data: not loaded; load them with: normmap seed\n", "ok    changesets: none yet",
		"warn  administrator: there is none; ", "warn  public address: people reach this machine at an address that is not known here")
	ok(t, command(t, env, "", "user", "add", "--email", "ada@example.org", "--name", "Ada", "--role", "admin"))
	env["PUBLIC_URL"] = "https://norms.example.org"
	saysLine(t, doctor(t, env, 0), "warn  administrator: none has chosen a password yet", "warn  public address: https://norms.example.org needs a proxy in front")
	env["TRUSTED_PROXIES"] = "10.0.0.0/8"
	saysLine(t, doctor(t, env, 0), "ok    public address: https://norms.example.org\n")
}

func TestDoctorOfASettingOrAServerThatIsNotThere(t *testing.T) {
	t.Parallel()
	saysLine(t, doctor(t, vars{"PUBLIC_URL": "norms"}, 1), `FAIL  settings: PUBLIC_URL is "norms"; it must be like https://norms.example.org`)
	out := doctor(t, vars{"DATABASE_URL": "postgres://ada:hunter2@127.0.0.1:1/norms"}, 1)
	saysLine(t, out, "FAIL  database: the database 127.0.0.1:1/norms does not answer")
	if strings.Contains(out, "hunter2") {
		t.Errorf("it shows the password: %s", out)
	}
}

// The service's login is let in by migrate up, which somebody may forget.
func TestDoctorOfALoginThatMayNotWork(t *testing.T) {
	t.Parallel()
	database := pgtest.Founding(t)
	login := strings.ReplaceAll(pgtest.Slug(t), "-", "_")
	execute(t, database, "create role "+login+" login")
	t.Cleanup(func() { execute(t, database, "revoke normmap_app from "+login, "drop role "+login) })
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.User(login)
	env := vars{"DATABASE_URL": u.String(), "DATABASE_OWNER_URL": database}
	saysLine(t, doctor(t, env, 1), "FAIL  login: the service cannot act as the role normmap_app: ")
	ok(t, command(t, env, "", "migrate", "up"))
	saysLine(t, doctor(t, env, 0), "ok    login: "+login+" on PostgreSQL ")
}

// anothersMetrics is the address of a service on another database.
func anothersMetrics(t *testing.T) string {
	t.Helper()
	return start(t, vars{"DATABASE_URL": pgtest.URL(t)}, "--metrics-listen", "127.0.0.1:0").aside()
}

func TestDoctorOfAPrivateServer(t *testing.T) {
	t.Parallel()
	env := vars{"NORMMAP_DATA_DIR": dataDir(t)}
	saysLine(t, doctor(t, env, 0), "warn  data directory: there is no database in ", "warn  service: no serve runs", "ok    server programs: PostgreSQL ")
	if left, err := os.ReadDir(env["NORMMAP_DATA_DIR"]); err != nil || len(left) > 0 {
		t.Errorf("it left %v, %v", left, err)
	}
	s := start(t, env)
	saysLine(t, doctor(t, env, 0), "ok    data directory: ", "ok    settings: a serve runs at "+s.base+", works on ", "ok    service: the data directory is in use (process ", "ok    database: ", "ok    login: normmap on PostgreSQL ", "ok    history: ")
	// Somebody else's metrics answer where this service's would by the settings.
	saysLine(t, doctor(t, env, 0, "--metrics-listen", strings.TrimPrefix(anothersMetrics(t), "http://")), "warn  metrics: the serve that runs at "+s.base+" has none: ")
	s.stop()
	s.code()
	s = start(t, env, "--metrics-listen", "127.0.0.1:0")
	saysLine(t, doctor(t, env, 0), "ok    metrics: on; the serve that runs answers at "+s.aside()+"/metrics\n")
	s.stop()
	s.code()
	saysLine(t, doctor(t, env, 0), "warn  database: it was not looked at, since no server runs; ")
	saysLine(t, doctor(t, env, 0, "--start-server"), "ok    history: ")
	if err := os.RemoveAll(filepath.Join(env["NORMMAP_DATA_DIR"], "data", "PG_VERSION")); err != nil {
		t.Fatal(err)
	}
	saysLine(t, doctor(t, env, 1), "FAIL  data directory: ")
}
