package api_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/api"
)

const imported = "# What we do\n\n12 March 2024\n\n- We run a help desk (Paris Call principle 1).\n\n- We will open a school by the end of 2030 (Charter of Rome article 2).\n"

// importJSON is an import as JSON; fields are added to or replaced.
func importJSON(t *testing.T, more map[string]any) string {
	t.Helper()
	body := map[string]any{"text": imported, "name": "letter.md", "organization": "microsoft", "reason": "It came by mail"}
	for name, v := range more {
		body[name] = v
	}
	b, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// form is a form with a file, of pairs of name and value.
func form(t *testing.T, file string, data []byte, pairs ...string) (body, kind string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := w.WriteField(pairs[i], pairs[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("file", file)
	if err == nil {
		_, err = part.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), w.FormDataContentType()
}

// kept is how much an import leaves behind.
func (s *service) kept(t *testing.T) string {
	t.Helper()
	return fmt.Sprintf("%d proposals, %d documents", s.count(t, "select count(*) from proposal"), s.count(t, "select count(*) from document"))
}

func TestAnImportIsReadThenProposedThenKnown(t *testing.T) {
	t.Parallel()
	s := start(t)
	bearer := []string{"Authorization", "Bearer " + s.token(t, account.Contributor)}
	dry := s.ask(t, http.MethodPost, "/imports", importJSON(t, map[string]any{"dry_run": true}), bearer...).wants(t, http.StatusOK)
	if got := len(dry.body["initiatives"].([]any)); got != 2 || s.kept(t) != "0 proposals, 0 documents" {
		t.Errorf("a dry run reads %d initiatives and leaves %s", got, s.kept(t))
	}
	done := s.ask(t, http.MethodPost, "/imports", importJSON(t, nil), bearer...).wants(t, http.StatusCreated)
	if done.Header().Get("Location") != "/api/v1/proposals/1" || done.body["proposal"] != 1.0 || done.body["source"] != "microsoft-contribution-2024" {
		t.Errorf("it answers %v at %q", done.body, done.Header().Get("Location"))
	}
	body, kind := form(t, "letter.md", []byte(imported), "organization", "microsoft")
	again := s.ask(t, http.MethodPost, "/imports", body, append(bearer, "Content-Type", kind)...).wants(t, http.StatusOK)
	if again.body["again"] != true || s.kept(t) != "1 proposals, 1 documents" {
		t.Errorf("the same as a file: %v, and there are %s", again.body, s.kept(t))
	}
}

func TestAnImportWithAKeyIsDoneOnce(t *testing.T) {
	t.Parallel()
	s := start(t)
	send := func(data, reason string) reply {
		body, kind := form(t, "letter.md", []byte(data), "organization", "microsoft", "reason", reason)
		return s.ask(t, http.MethodPost, "/imports", body, "Authorization", "Bearer "+s.scopedOnce(t), "Content-Type", kind, "Idempotency-Key", "letter-1",
			"Accept", "application/x-ndjson")
	}
	first, second := send(imported, "Mail").wants(t, http.StatusCreated), send(imported, "Mail").wants(t, http.StatusCreated)
	if d := cmp.Diff(first.body, second.body); d != "" || second.Header().Get("Idempotency-Replayed") != "true" || second.Header().Get("Location") != "/api/v1/proposals/1" {
		t.Errorf("the second time it answers\n%s", d)
	}
	if other := send(imported+"\nBye\n", "Mail").wants(t, http.StatusUnprocessableEntity); s.kept(t) != "1 proposals, 1 documents" {
		t.Errorf("another document under the key: %v", other.body)
	}
}

// scopedOnce is a token of the one account of a test.
func (s *service) scopedOnce(t *testing.T) string {
	t.Helper()
	if s.secret == "" {
		s.secret = s.token(t, account.Contributor)
	}
	return s.secret
}

func TestWhatCannotBeImportedSaysWhyAndWhere(t *testing.T) {
	t.Parallel()
	s := start(t)
	bearer := "Bearer " + s.token(t, account.Contributor)
	file := func(name, data string, pairs ...string) [2]string {
		body, kind := form(t, name, []byte(data), pairs...)
		return [2]string{body, kind}
	}
	asJSON := func(more map[string]any) [2]string { return [2]string{importJSON(t, more), "application/json"} }
	tests := []struct {
		name             string
		sent             [2]string
		status           int
		location, reason string
	}{
		{"no such organization", asJSON(map[string]any{"organization": "nobody"}), 422, "body.organization", ""},
		{"no organization", asJSON(map[string]any{"organization": ""}), 422, "body.organization", ""},
		{"no text", asJSON(map[string]any{"text": ""}), 422, "body.file", ""},
		{"a field of another type", asJSON(map[string]any{"dry_run": "yes"}), 422, "body.dry_run", ""},
		{"a field that is none", asJSON(map[string]any{"organisation": "x"}), 422, "body.organisation", ""},
		{"no JSON", [2]string{"{", "application/json"}, 400, "", ""},
		{"two objects", [2]string{"{}{}", "application/json"}, 400, "", ""},
		{"another type", [2]string{"text", "text/plain"}, 415, "", ""},
		{"a form that breaks off", [2]string{"--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n", "multipart/form-data; boundary=x"}, 400, "", ""},
		{"a reason that is too long", asJSON(map[string]any{"reason": strings.Repeat("x", 3000)}), 422, "body.reason", ""},
		{"an empty file", file("a.txt", "", "organization", "microsoft"), 422, "body.file", "empty"},
		{"a broken encoding", file("a.txt", "caf\xc3\xa9 \xff\xfe\x00\x01\x80", "organization", "microsoft"), 422, "body.file", "bad_encoding"},
		{"a picture", file("a.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "organization", "microsoft"), 422, "body.file", "no_text"},
		{"an old document", file("a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "organization", "microsoft"), 415, "body.file", "unsupported"},
		{"a file that is too large", file("a.txt", strings.Repeat("x", 10<<20+1), "organization", "microsoft"), 413, "body.file", "too_large"},
		{"a text that is too long", file("a.txt", strings.Repeat("x ", 3<<20), "organization", "microsoft"), 413, "body.file", "too_long"},
		{"a text and a file", file("a.txt", "x", "organization", "microsoft", "text", "x"), 422, "body.file", ""},
		{"a field of the form that is none", file("a.txt", "x", "organization", "microsoft", "x", "x"), 422, "body.x", ""},
		{"a dry run, perhaps", file("a.txt", "x", "organization", "microsoft", "dry_run", "perhaps"), 422, "body.dry_run", ""},
	}
	for _, tt := range tests {
		r := s.ask(t, http.MethodPost, "/imports", tt.sent[0], "Authorization", bearer, "Content-Type", tt.sent[1]).wants(t, tt.status)
		if got := strings.Join(r.locations(), " "); got != tt.location {
			t.Errorf("%s: the place is %q, want %q: %s", tt.name, got, tt.location, r.Body)
		}
		if got, _ := r.body["reason"].(string); got != tt.reason {
			t.Errorf("%s: the reason is %q, want %q: %s", tt.name, got, tt.reason, r.Body)
		}
	}
	if s.kept(t) != "0 proposals, 0 documents" {
		t.Errorf("they leave %s", s.kept(t))
	}
}

func TestWhoMayImport(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.ask(t, http.MethodPost, "/imports", importJSON(t, nil)).wants(t, http.StatusUnauthorized)
	s.ask(t, http.MethodPost, "/imports", importJSON(t, nil), "Authorization", "Bearer "+s.scoped(t, account.Editor, "publish")).wants(t, http.StatusForbidden)
	bearer := "Bearer " + s.token(t, account.Contributor)
	for range 30 {
		s.ask(t, http.MethodPost, "/imports", `{"text":"","organization":"microsoft"}`, "Authorization", bearer).wants(t, http.StatusUnprocessableEntity)
	}
	if r := s.ask(t, http.MethodPost, "/imports", importJSON(t, nil), "Authorization", bearer).wants(t, http.StatusTooManyRequests); r.Header().Get("Retry-After") == "" {
		t.Error("who sends too much is not told when to come again")
	}
}

// lines asks for lines and passes each on; ctx ends the request.
func (s *service) lines(ctx context.Context, t *testing.T, sent string, each func(api.ImportLine)) {
	t.Helper()
	server := httptest.NewServer(s)
	defer server.Close() // waits for the end of the work
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, server.URL+"/api/v1/imports", strings.NewReader(sent))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.scopedOnce(t))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/x-ndjson")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if kind := res.Header.Get("Content-Type"); res.StatusCode != http.StatusOK || kind != "application/x-ndjson" {
		t.Fatalf("it answers %s as %s", res.Status, kind)
	}
	for in := bufio.NewScanner(res.Body); in.Scan(); {
		var l api.ImportLine
		if err := json.Unmarshal(in.Bytes(), &l); err != nil {
			t.Errorf("%v: %s", err, in.Text())
		}
		each(l)
	}
}

func TestAnImportTellsHowFarItIs(t *testing.T) {
	t.Parallel()
	s := start(t)
	var stages []string
	var last api.ImportLine
	s.lines(t.Context(), t, importJSON(t, nil), func(l api.ImportLine) {
		stages, last = append(stages, string(l.Stage)), l
	})
	told := strings.Join(stages, " ")
	for _, stage := range []string{"text", "reading", "citations", "checking", "staging"} {
		if !strings.Contains(told, stage) {
			t.Errorf("it does not tell of %s: %s", stage, told)
		}
	}
	if last.Status != http.StatusCreated || last.Location != "/api/v1/proposals/1" || last.Result.(map[string]any)["proposal"] != 1.0 {
		t.Errorf("in the end it says %+v", last)
	}
	s.lines(t.Context(), t, importJSON(t, map[string]any{"organization": "nobody"}), func(l api.ImportLine) { last = l })
	if last.Status != http.StatusUnprocessableEntity || last.Result != nil {
		t.Errorf("of what is wrong it says %+v", last)
	}
}

// TestWhoHangsUpCancels holds the work up at its last step, so that it cannot be
// done before the connection is closed.
func TestWhoHangsUpCancels(t *testing.T) {
	t.Parallel()
	s := start(t)
	owner, err := pgx.Connect(t.Context(), s.url)
	if err == nil {
		_, err = owner.Exec(t.Context(), "begin; lock table proposal in share mode")
	}
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s.lines(ctx, t, importJSON(t, nil), func(l api.ImportLine) {
		if l.Stage == "checking" {
			cancel()
		}
	})
	if err := owner.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s.kept(t) != "0 proposals, 0 documents" {
		t.Errorf("it leaves %s", s.kept(t))
	}
	s.ask(t, http.MethodPost, "/imports", importJSON(t, nil), "Authorization", "Bearer "+s.scopedOnce(t)).wants(t, http.StatusCreated)
}
