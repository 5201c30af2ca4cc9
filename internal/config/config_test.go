package config_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/config"
)

type vars map[string]string

func load(env, flags vars) (config.Config, error) {
	return config.Load(config.Outside{
		Env:  func(name string) string { return env[name] },
		Flag: func(name string) (string, bool) { v, ok := flags[name]; return v, ok },
		UID:  1000,
	})
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	c, err := load(vars{"HOME": "/home/ada"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:8080" || c.DatabaseURL != "" || c.PublicURL != "" || c.TrustedProxies != nil {
		t.Errorf("defaults are %+v", c)
	}
	if !strings.HasPrefix(c.DataDir, "/home/ada/") {
		t.Errorf("data directory %q is not in the user's home", c.DataDir)
	}
}

func TestFlagWinsOverEnvironment(t *testing.T) {
	t.Parallel()
	c, err := load(vars{"DATABASE_URL": "postgres://env/x", "NORMMAP_LISTEN": ":1"}, vars{"database-url": "postgres://flag/x"})
	if err != nil {
		t.Fatal(err)
	}
	if c.DatabaseURL != "postgres://flag/x" || c.OwnerURL != c.DatabaseURL || c.Listen != ":1" {
		t.Errorf("database %q, owner %q, listen %q", string(c.DatabaseURL), string(c.OwnerURL), c.Listen)
	}
}

func TestWhereMetricsAreServed(t *testing.T) {
	t.Parallel()
	for set, want := range map[string]config.Config{
		"":               {MetricsListen: "127.0.0.1:9464", MetricsDefault: true},
		"off":            {},
		"127.0.0.1:9464": {MetricsListen: "127.0.0.1:9464"},
		"[::1]:1":        {MetricsListen: "[::1]:1"},
		"localhost:0":    {MetricsListen: "localhost:0"},
	} {
		c, err := load(vars{"NORMMAP_METRICS_LISTEN": set}, nil)
		if err != nil || c.MetricsListen != want.MetricsListen || c.MetricsDefault != want.MetricsDefault {
			t.Errorf("%q: %q, by default %v, %v", set, c.MetricsListen, c.MetricsDefault, err)
		}
	}
}

func TestTimes(t *testing.T) {
	t.Parallel()
	c, err := load(nil, nil)
	if err != nil || c.SlowStatement != 250*time.Millisecond || c.StopDelay != 0 {
		t.Errorf("by default %s, %s, %v", c.SlowStatement, c.StopDelay, err)
	}
	c, err = load(vars{"NORMMAP_SLOW_STATEMENT": "0", "NORMMAP_STOP_DELAY": "1m"}, vars{"stop-delay": "5s"})
	if err != nil || c.SlowStatement != 0 || c.StopDelay != 5*time.Second {
		t.Errorf("as set %s, %s, %v", c.SlowStatement, c.StopDelay, err)
	}
}

func TestSecretFromFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "url")
	if err := os.WriteFile(file, []byte("postgres://db/x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := load(vars{"DATABASE_URL_FILE": file}, nil)
	if err != nil || c.DatabaseURL != "postgres://db/x" {
		t.Errorf("got %q, %v", string(c.DatabaseURL), err)
	}
	if c, err = load(vars{"DATABASE_URL_FILE": file}, vars{"database-url": ""}); err != nil || c.DatabaseURL != "" {
		t.Errorf("an empty flag does not overrule the file: %q, %v", string(c.DatabaseURL), err)
	}
}

func TestMistakesAreNamedAndHoldNoSecret(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		env  vars
		want string
	}{
		"not an address":  {vars{"DATABASE_URL": "host=db password=hunter2"}, "DATABASE_URL must be an address like postgres://"},
		"bad escape":      {vars{"DATABASE_URL": "postgres://u:hunter2%@db/x"}, "written as %XX"},
		"other scheme":    {vars{"DATABASE_URL": "mysql://u:hunter2@db/x"}, "DATABASE_URL must be an address like postgres://"},
		"no database":     {vars{"DATABASE_URL": "postgres://u:hunter2@db"}, "name of the database is missing"},
		"owner alone":     {vars{"DATABASE_OWNER_URL": "postgres://u:hunter2@db/x"}, "without DATABASE_URL"},
		"value and file":  {vars{"DATABASE_URL": "postgres://u:hunter2@db/x", "DATABASE_URL_FILE": "/x"}, "both set"},
		"missing file":    {vars{"DATABASE_URL_FILE": "/nowhere/at/all"}, "DATABASE_URL_FILE cannot be read: open /nowhere/at/all"},
		"port":            {vars{"NORMMAP_LISTEN": "localhost"}, "address and a port"},
		"port number":     {vars{"NORMMAP_LISTEN": "localhost:99999"}, "address and a port"},
		"metrics abroad":  {vars{"NORMMAP_METRICS_LISTEN": "0.0.0.0:9464"}, "must be a loopback address and a port, like 127.0.0.1:9464, or off"},
		"metrics all":     {vars{"NORMMAP_METRICS_LISTEN": ":9464"}, "must be a loopback address"},
		"metrics no port": {vars{"NORMMAP_METRICS_LISTEN": "127.0.0.1"}, "must be a loopback address"},
		"metrics by name": {vars{"NORMMAP_METRICS_LISTEN": "metrics.example.org:1"}, "must be a loopback address"},
		"public address":  {vars{"PUBLIC_URL": "norms.example.org"}, "https://norms.example.org"},
		"public path":     {vars{"PUBLIC_URL": "https://example.org/norms"}, "without a path"},
		"slow statement":  {vars{"NORMMAP_SLOW_STATEMENT": "250"}, `(flag --slow-statement) is "250"; it must be a time like 250ms`},
		"stop delay":      {vars{"NORMMAP_STOP_DELAY": "-1s"}, "(flag --stop-delay)"},
		"long delay":      {vars{"NORMMAP_STOP_DELAY": "1h"}, "at most 5m0s"},
		"trusted proxies": {vars{"TRUSTED_PROXIES": "10.0.0.0/8, proxy"}, `"proxy"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := load(c.env, nil)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %q in it", err, c.want)
			}
			if strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "\n") {
				t.Errorf("error shows a secret or has several lines: %v", err)
			}
		})
	}
}

func TestSecretsDoNotPrint(t *testing.T) {
	t.Parallel()
	c, err := load(vars{"DATABASE_URL": "postgres://u:hunter2@db/x"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("start", "config", c, "url", c.DatabaseURL)
	encoded, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, shown := range []string{fmt.Sprint(c), fmt.Sprintf("%+v", c), fmt.Sprintf("%#v", c), log.String(), string(encoded)} {
		if strings.Contains(shown, "hunter2") || !strings.Contains(shown, "[hidden]") {
			t.Errorf("shows the password: %s", shown)
		}
	}
}

// The README has one row a setting, in this order; backquotes are its own.
func TestReadmeListsEverySetting(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, s := range config.Settings() {
		flag := ""
		if s.Flag != "" {
			flag = "--" + s.Flag
		}
		want = append(want, strings.Join([]string{s.Name, flag, s.Default, s.Meaning}, " | "))
	}
	if diff := cmp.Diff(want, settingRows(string(readme))); diff != "" {
		t.Errorf("the settings in README.md (-want +got)\n%s", diff)
	}
}

// settingRows is the table under the heading variable, without backquotes.
func settingRows(readme string) []string {
	_, table, _ := strings.Cut(readme, "| variable | flag | default | meaning |\n|---|---|---|---|\n")
	var rows []string
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.ReplaceAll(strings.TrimSpace(line), "`", ""), "|")
		if len(cells) != 6 {
			break
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, strings.Join(cells[1:5], " | "))
	}
	return rows
}
