package app_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"mime/multipart"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// TestAnInterruptedImportLeavesNothing interrupts a process while it waits to
// write its proposal.
func TestAnInterruptedImportLeavesNothing(t *testing.T) {
	t.Parallel()
	env := recorded(t)
	ok(t, command(t, env, "", "user", "add", "--email", "ada@example.org", "--name", "Ada", "--role", "admin"))
	file := filepath.Join(t.TempDir(), "letter.md")
	if err := os.WriteFile(file, []byte("# What we do\n\n- We run a help desk (Paris Call principle 1).\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	holder, watcher := connect(t, env["DATABASE_URL"]), connect(t, env["DATABASE_URL"])
	if _, err := holder.Exec(t.Context(), "begin; lock table proposal in share mode"); err != nil {
		t.Fatal(err)
	}
	var errs bytes.Buffer
	c := exec.CommandContext(t.Context(), os.Args[0], "import", file, "--organization", "microsoft")
	c.Env, c.Stderr = append(os.Environ(), "DATABASE_URL="+env["DATABASE_URL"]), &errs
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	waits := func() bool {
		return count(t, watcher, "select count(*) from pg_locks where not granted and relation = 'proposal'::regclass") > 0
	}
	for deadline := time.Now().Add(time.Minute); !waits(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("it does not come to its proposal: %s", errs.String())
		}
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	exit, is := errors.AsType[*exec.ExitError](c.Wait())
	if !is || exit.ExitCode() != 1 || !strings.Contains(errs.String(), "interrupted: nothing of it was kept") {
		t.Errorf("it ends with %v and says %q", exit, errs.String())
	}
	if err := holder.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := count(t, watcher, "select (select count(*) from proposal) + (select count(*) from document)"); n != 0 {
		t.Errorf("it leaves %d rows", n)
	}
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	c, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close(t.Context()) })
	return c
}

func count(t *testing.T, c *pgx.Conn, sql string) (n int) {
	t.Helper()
	if err := c.QueryRow(t.Context(), sql).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// bomb is a Word document that unpacks to far more than it weighs.
func bomb(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	for block := bytes.Repeat([]byte{' '}, 1<<20); err == nil && b.Len() < 100<<10; {
		_, err = w.Write(block)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestHostileFilesAreRefusedByTheService sends them over HTTP to a service that
// reads them in children.
func TestHostileFilesAreRefusedByTheService(t *testing.T) {
	t.Parallel()
	env := recorded(t)
	ok(t, command(t, env, "", "user", "add", "--email", "ada@example.org", "--name", "Ada", "--role", "contributor"))
	token := strings.TrimSpace(ok(t, command(t, env, "", "token", "add", "--email", "ada@example.org", "--name", "mail", "--scope", "propose")))
	s := start(t, env)
	locked, err := os.ReadFile(filepath.Join("..", "document", "testdata", "locked.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(filepath.Join("..", "document", "testdata", "sample.docx"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		data   []byte
		status int
		reason string
	}{
		{"bomb.docx", bomb(t), 413, "bomb"},
		{"locked.pdf", locked, 422, "encrypted"},
		{"broken.txt", []byte("\xff\xfe\x00\x01\x80"), 422, "bad_encoding"},
		{"broken.docx", good[:len(good)/2], 422, "damaged"},
		{"broken.pdf", []byte("%PDF-1.7\n1 0 obj"), 422, "damaged"},
		{"sample.docx", good, 200, ""},
	} {
		status, reason := s.imports(t, token, c.name, c.data)
		if status != c.status || reason != c.reason {
			t.Errorf("%s: %d %q, want %d %q", c.name, status, reason, c.status, c.reason)
		}
	}
	s.waitFor("/healthz", http.StatusOK)
}

// imports sends a file to be read only.
func (s *service) imports(t *testing.T, token, name string, data []byte) (status int, reason string) {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	err := errors.Join(w.WriteField("organization", "microsoft"), w.WriteField("dry_run", "true"))
	part, made := w.CreateFormFile("file", name)
	if err = errors.Join(err, made); err == nil {
		_, err = part.Write(data)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.base+"/api/v1/imports", &body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", w.FormDataContentType())
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var said struct {
		Reason string `json:"reason"`
	}
	if err := json.NewDecoder(res.Body).Decode(&said); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	return res.StatusCode, said.Reason
}
