package floors

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// compose is as much of docker-compose.yml as is promised.
type compose struct {
	Services map[string]struct {
		Image       string
		Build       string
		Restart     string
		Command     []string
		Environment map[string]string
		Ports       []string
		Volumes     []string
		DependsOn   map[string]struct{ Condition string } `yaml:"depends_on"`
		Healthcheck struct{ Test []string }
	}
	Volumes map[string]any
}

func root(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func readCompose(t *testing.T) compose {
	t.Helper()
	var c compose
	if err := yaml.Unmarshal(root(t, "docker-compose.yml"), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestComposeWaitsForWhatItNeeds(t *testing.T) {
	t.Parallel()
	c := readCompose(t)
	if got := c.Services["db"].DependsOn["secret"].Condition; got != "service_completed_successfully" {
		t.Errorf("the database waits for its password until %q", got)
	}
	if got := c.Services["normmap"].DependsOn["db"].Condition; got != "service_healthy" {
		t.Errorf("the service waits for the database until %q", got)
	}
	for name, want := range map[string]string{"db": "pg_isready", "normmap": "/normmap healthcheck"} {
		if test := strings.Join(c.Services[name].Healthcheck.Test, " "); !strings.Contains(test, want) {
			t.Errorf("the health check of %s is %q", name, test)
		}
	}
}

func TestComposePublishesOnLoopbackOnly(t *testing.T) {
	t.Parallel()
	c := readCompose(t)
	for name, s := range c.Services {
		for _, port := range s.Ports {
			if name != "normmap" || !strings.HasPrefix(port, "127.0.0.1:") {
				t.Errorf("%s publishes %s", name, port)
			}
		}
	}
	if got := strings.Join(c.Services["normmap"].Command, " "); got != "serve --listen 0.0.0.0:8080 --migrate --seed" {
		t.Errorf("the service runs %q", got)
	}
}

func TestComposeHoldsNoPassword(t *testing.T) {
	t.Parallel()
	c := readCompose(t)
	literal := regexp.MustCompile(`(?i)(password|secret|url)`)
	for name, s := range c.Services {
		for key, value := range s.Environment {
			if literal.MatchString(key) && !strings.HasSuffix(key, "_FILE") {
				t.Errorf("%s is given %s=%s; only files may hold secrets", name, key, value)
			}
		}
	}
	if m := regexp.MustCompile(`postgres://\w+:[^%]\w*@`).Find(root(t, "docker-compose.yml")); m != nil {
		t.Errorf("an address with a password: %s", m)
	}
}

func TestComposeKeepsItsDataInNamedVolumes(t *testing.T) {
	t.Parallel()
	c := readCompose(t)
	for name, s := range c.Services {
		for _, v := range s.Volumes {
			volume, _, _ := strings.Cut(v, ":")
			if _, named := c.Volumes[volume]; !named {
				t.Errorf("%s keeps %s in no named volume", name, v)
			}
		}
	}
}

func TestImageIsNothingButTheProgram(t *testing.T) {
	t.Parallel()
	_, last, _ := strings.Cut(string(root(t, "Dockerfile")), "\nFROM scratch\n")
	for _, line := range []string{"USER 65532:65532", `CMD ["/normmap", "healthcheck"]`, `ENTRYPOINT ["/normmap"]`} {
		if !strings.Contains(last, line+"\n") {
			t.Errorf("the last stage does not say %s", line)
		}
	}
	if strings.Contains(last, "\nRUN ") {
		t.Error("the last stage runs something")
	}
}

// A tag can be moved to other code, a commit cannot.
func TestActionsArePinned(t *testing.T) {
	t.Parallel()
	pinned := regexp.MustCompile(`^[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	found := false
	for line := range strings.Lines(string(root(t, ".github/workflows/ci.yml"))) {
		_, action, uses := strings.Cut(strings.TrimSpace(line), "uses: ")
		found = found || uses
		if uses && !pinned.MatchString(action) {
			t.Errorf("%s is not pinned to a commit with its version in a comment", action)
		}
	}
	if !found {
		t.Error("no action was found")
	}
}
