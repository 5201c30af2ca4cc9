package app_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"normmap/internal/api"
	"normmap/internal/contribution"
	"normmap/internal/dossier"
	"normmap/internal/store"
)

// dossierFile writes the dossier of Microsoft, as it is recorded, into a file.
func dossierFile(t *testing.T, env vars, edits ...string) string {
	t.Helper()
	s, end, err := store.Connect(t.Context(), env["DATABASE_URL"], 2, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	c, err := s.Contributed(t.Context(), "microsoft")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := contribution.DossierOf(c, 1, "https://norms.example").Markdown(&b); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "dossier.md")
	if err := os.WriteFile(file, []byte(strings.NewReplacer(edits...).Replace(b.String())), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestImportOfADossierProposesWhatWasChangedInIt(t *testing.T) {
	t.Parallel()
	env := recorded(t)
	ok(t, command(t, env, "", "user", "add", "--email", "ada@example.org", "--name", "Ada", "--role", "admin"))
	same := []string{"import", dossierFile(t, env), "--organization", "microsoft"}
	if out := ok(t, command(t, env, "", same...)); !strings.HasSuffix(out, "dossier.md: no change: this is the dossier of microsoft as of revision 1, unedited\n") {
		t.Errorf("unedited: %q", out)
	}
	line := []string{"import", dossierFile(t, env, "**Digital Crimes Unit**", "**Unit against crime**"), "--organization", "microsoft"}
	out := ok(t, command(t, env, "", append(line, "--dry-run")...))
	for _, says := range []string{"dossier.md: the dossier of revision 1, in which 1 thing was changed\n",
		`: changed initiative microsoft-digital-crimes-unit, title: "Digital Crimes Unit" → "Unit against crime"` + "\n"} {
		if !strings.Contains(out, says) {
			t.Errorf("it does not say %q:\n%s", says, out)
		}
	}
	var read api.ReadContribution
	if err := json.Unmarshal([]byte(ok(t, command(t, env, "", append(line, "--dry-run", "--format", "json")...))), &read); err != nil || read.Dossier == nil ||
		read.Dossier.Revision != 1 || len(read.Dossier.Changes) != 1 || read.Dossier.Changes[0].Action != dossier.Changed || read.Dossier.Changes[0].At == 0 {
		t.Errorf("as JSON it is %+v, %v", read.Dossier, err)
	}
	if out := ok(t, command(t, env, "", line...)); !strings.Contains(out, "dossier.md: proposal 1, 3 edits: http://127.0.0.1:8080/proposals/1\n") {
		t.Errorf("it says %q", out)
	}
	if r := command(t, env, "", "import", line[1], "--organization", "cybersecurity-tech-accord"); r.code != 1 || !strings.Contains(r.err, "is the dossier of Microsoft (microsoft), not of Cybersecurity Tech Accord") {
		t.Errorf("for another organization: %d %q", r.code, r.err)
	}
}
