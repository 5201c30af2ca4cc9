package app_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/internal/api"
	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
)

// publish accepts all of a proposal.
func publish(t *testing.T, dsn string, id int64) {
	t.Helper()
	pool, err := postgres.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	s := store.New(pool)
	a, err := s.AddAccount(t.Context(), "rita@example.org", "Rita", account.Reviewer)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Proposal(t.Context(), a.Actor(), id, norms.Page{})
	if err == nil {
		_, err = s.AcceptRemaining(t.Context(), a.Actor(), id, p.Version)
	}
	if err == nil {
		_, err = s.ApplyProposal(t.Context(), a.Actor(), id)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A letter that comes again, changed, is noticed; with --replaces it is the new
// version of the source that it was.
func TestImportNoticesANewVersion(t *testing.T) {
	t.Parallel()
	env := recorded(t)
	const first = "# What we do\n\n- We run a help desk for schools in the north (Paris Call principle 1).\n\n- We publish what attackers do, in plain words (Paris Call principle 5).\n\n- We lend servers to hospitals that were attacked (Paris Call principle 2).\n"
	second := strings.Replace(first, "- We publish what attackers do, in plain words (Paris Call principle 5).\n\n", "", 1) + "\n- We teach children to choose a password (GCSC norm 5).\n"
	folder := t.TempDir()
	one, two := filepath.Join(folder, "one.md"), filepath.Join(folder, "two.md")
	for file, text := range map[string]string{one: first, two: second} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ok(t, command(t, env, "", "user", "add", "--email", "ada@example.org", "--name", "Ada", "--role", "admin"))
	ok(t, command(t, env, "", "import", one, "--organization", "microsoft"))
	publish(t, env["DATABASE_URL"], 1)
	out := ok(t, command(t, env, "", "import", two, "--organization", "microsoft", "--dry-run"))
	if !strings.Contains(out, "this looks like a new version of “What we do” (microsoft-contribution), of whose words ") || !strings.Contains(out, "--replaces microsoft-contribution takes it as that") {
		t.Errorf("it does not say what it looks like:\n%s", out)
	}
	asked := command(t, env, "", "import", two, "--organization", "microsoft")
	if asked.code != 1 || !strings.Contains(asked.err, "two.md: this looks like a new version of “What we do” (microsoft-contribution), of whose words ") ||
		!strings.Contains(asked.err, "--replaces microsoft-contribution") || !strings.Contains(asked.err, "--own-document") || strings.Contains(asked.out, "proposal") {
		t.Errorf("without a word on what it is: %d %s%s", asked.code, asked.out, asked.err)
	}
	line := []string{"import", two, "--organization", "microsoft", "--replaces", "microsoft-contribution"}
	out = ok(t, command(t, env, "", append(line, "--dry-run")...))
	for _, says := range []string{"this is taken as a new version of the source microsoft-contribution, of whose words", "2 references stand as they did, 0 beside words that were changed, 0 elsewhere, and 1 reference whose words are no longer in the document",
		"two.md: Paris Call principle 5, of microsoft-", "no longer there; on line 5 of the earlier text", "two.md: it tells no more of microsoft-"} {
		if !strings.Contains(out, says) {
			t.Errorf("it does not say %q:\n%s", says, out)
		}
	}
	var read api.ReadContribution
	if err := json.Unmarshal([]byte(ok(t, command(t, env, "", append(line, "--dry-run", "--format", "json")...))), &read); err != nil ||
		read.Version == nil || len(read.Version.References) != 3 || read.Version.References[1].How != "gone" || len(read.Version.Missing) != 1 {
		t.Errorf("as JSON it is %+v, %v", read.Version, err)
	}
	if out = ok(t, command(t, env, "", line...)); !strings.Contains(out, "two.md: proposal 2, 3 edits") || !strings.Contains(out, "a new version of microsoft-contribution: 2 references") {
		t.Errorf("it says %q", out)
	}
	third := filepath.Join(folder, "three.md")
	if err := os.WriteFile(third, []byte(second+"\nA word more.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out = ok(t, command(t, env, "", "import", third, "--organization", "microsoft", "--own-document")); !strings.Contains(out, "three.md: proposal 3") {
		t.Errorf("as a document of its own: %q", out)
	}
	for _, wrong := range [][]string{{"import", one, "--organization", "microsoft", "--replaces", "x", "--own-document"}, {"import", one, two, "--organization", "microsoft", "--replaces", "x"}, {"import", one, "--table", "--replaces", "x"}} {
		if r := command(t, env, "", wrong...); r.code != 2 || !strings.Contains(r.err, "--replaces") {
			t.Errorf("%v: %d %s", wrong, r.code, r.err)
		}
	}
}

// A dry run of a new version says how much of it would be proposed, and what is to be
// looked at, as the import itself does.
func TestADryRunOfANewVersionTellsWhatTheImportTells(t *testing.T) {
	t.Parallel()
	env := recorded(t)
	const first = "# What we do\n\n## Paris Call principle 5\n\n- Guide for hospitals, to be launched in 2022\n- Help desk for schools\n\n## Paris Call principle 3\n\n- Courses for judges of the north and the south\n"
	one := written(t, "one.md", first)
	two := written(t, "two.md", strings.Replace(first, ", to be launched in 2022", "", 1))
	ok(t, command(t, env, "", "user", "add", "--email", "ada@example.org", "--name", "Ada", "--role", "admin"))
	ok(t, command(t, env, "", "import", one, "--organization", "microsoft"))
	publish(t, env["DATABASE_URL"], 1)
	line := []string{"import", two, "--organization", "microsoft", "--replaces", "microsoft-contribution"}
	const look = "two.md:5: look at: Guide for hospitals: “Guide for hospitals, to be launched in 2022” is recorded as planned"
	out := ok(t, command(t, env, "", append(line, "--dry-run")...))
	for _, says := range []string{"  1 edit would be proposed: the new text", look} {
		if !strings.Contains(out, says) {
			t.Errorf("the dry run does not say %q:\n%s", says, out)
		}
	}
	if out = ok(t, command(t, env, "", line...)); !strings.Contains(out, "two.md: proposal 2, 1 edit:") || !strings.Contains(out, look) {
		t.Errorf("the import says:\n%s", out)
	}
}
