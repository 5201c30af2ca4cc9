package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
)

// again compares an answer that was given twice.
func again(t *testing.T, first, second reply) {
	t.Helper()
	if first.Code != second.Code || first.Body.String() != second.Body.String() {
		t.Errorf("first %d %s\nthen %d %s", first.Code, first.Body, second.Code, second.Body)
	}
	for _, h := range []string{"Location", "ETag", "Content-Type"} {
		if d := cmp.Diff(first.Header().Values(h), second.Header().Values(h)); d != "" {
			t.Errorf("%s: %s", h, d)
		}
	}
	if first.Header().Get("Idempotency-Replayed") != "" || second.Header().Get("Idempotency-Replayed") != "true" {
		t.Errorf("replayed: first %q, then %q", first.Header().Get("Idempotency-Replayed"), second.Header().Get("Idempotency-Replayed"))
	}
}

func (s *service) changes(t *testing.T) any { return s.get(t, "/changes?limit=1").body["total"] }

func TestARequestSentAgainIsAnsweredAgain(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	post := func(key, body string) reply {
		return w.do(t, http.MethodPost, "/links", body, "Idempotency-Key", key)
	}
	first := post("a", w.link("paris-call/8")).wants(t, 201)
	again(t, first, post("a", w.link("paris-call/8")))
	if n := w.changes(t); n != 2.0 {
		t.Errorf("%v changesets, want 2", n)
	}
	got := post("a", w.link("paris-call/4")).wants(t, 422)
	if d := cmp.Diff([]string{"header.Idempotency-Key"}, got.locations()); d != "" {
		t.Error(d)
	}
	post("b", w.link("paris-call/8")).wants(t, 409)
	again(t, post("c", w.link("paris-call/99")), post("c", w.link("paris-call/99")))
	post(strings.Repeat("x", 201), w.link("paris-call/4")).wants(t, 422)

	address := fmt.Sprint("/links/", first.body["id"])
	change := func(method, address, body, key, match string) reply {
		return w.do(t, method, address, body, "Idempotency-Key", key, "If-Match", match)
	}
	again(t, change("PATCH", address, `{"rationale":"y","reason":"z"}`, "d", `"2"`), change("PATCH", address, `{"rationale":"y","reason":"z"}`, "d", `"2"`))
	change("PATCH", address, `{"rationale":"y","reason":"z"}`, "d", `"3"`).wants(t, 422)
	again(t, change("DELETE", address+"?reason=x", "", "e", `"3"`), change("DELETE", address+"?reason=x", "", "e", `"3"`))

	// Keys belong to an account.
	other := "Bearer " + w.token(t, account.Editor)
	w.ask(t, http.MethodPost, "/links", w.link("paris-call/4"), "Authorization", other, "Idempotency-Key", "a").wants(t, 201)
}

func TestOfManyAtOnceUnderOneKeyOneWrites(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	replies := make([]reply, 8)
	var all sync.WaitGroup
	for i := range replies {
		all.Go(func() {
			replies[i] = w.do(t, http.MethodPost, "/links", w.link("paris-call/8"), "Idempotency-Key", "one")
		})
	}
	all.Wait()
	fresh := 0
	for _, r := range replies {
		r.wants(t, 201)
		if r.Body.String() != replies[0].Body.String() {
			t.Errorf("other answer: %s", r.Body)
		}
		if r.Header().Get("Idempotency-Replayed") == "" {
			fresh++
		}
	}
	if n := w.changes(t); n != 2.0 || fresh != 1 {
		t.Errorf("%v changesets, want 2; %d answers were no repetition", n, fresh)
	}
}

// What is older than a day is done anew, and gone.
func TestKeysAreForgottenAfterADay(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	key := []string{"Idempotency-Key", "one"}
	w.do(t, http.MethodPost, "/links", w.link("paris-call/8"), key...).wants(t, 201)
	w.owner(t, "update idempotency_key set at = now() - interval '25 hours'")
	w.do(t, http.MethodPost, "/links", w.link("paris-call/8"), key...).wants(t, 409)
	w.do(t, http.MethodPost, "/links", w.link("paris-call/4"), "Idempotency-Key", "two").wants(t, 201)
	w.owner(t, "update idempotency_key set at = now() - interval '25 hours'")
	w.do(t, http.MethodPost, "/links", w.link("paris-call/5"), "Idempotency-Key", "three").wants(t, 201)
	if n := w.count(t, "select count(*) from idempotency_key"); n != 1 {
		t.Errorf("%d answers are kept, want 1", n)
	}
}

// A fault leaves neither the write nor its answer, so that it can be tried
// again: here the answer cannot be kept.
func TestAnAnswerThatIsNotKeptWritesNothing(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	w.owner(t, "alter table idempotency_key add constraint idempotency_key_fault check (status <> 201)")
	key := []string{"Idempotency-Key", "one"}
	if got := w.do(t, http.MethodPost, "/links", w.link("paris-call/8"), key...); got.Code < 400 {
		t.Errorf("status %d", got.Code)
	}
	if n := w.changes(t); n != 1.0 {
		t.Errorf("%v changesets, want 1", n)
	}
	w.owner(t, "alter table idempotency_key drop constraint idempotency_key_fault")
	w.do(t, http.MethodPost, "/links", w.link("paris-call/8"), key...).wants(t, 201)
}

func TestWritesAreLimitedByAccount(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	const limit = 600
	got, n := w.do(t, http.MethodDelete, "/links/1", ""), 1
	for ; got.Code != http.StatusTooManyRequests && n < 3*limit; n++ { // a minute may end in between
		got = w.do(t, http.MethodDelete, "/links/1", "")
	}
	if got.wants(t, 429); n <= limit {
		t.Errorf("refused after %d", n)
	}
	if described := w.do(t, http.MethodGet, "/openapi.json", "").Body.String(); !strings.Contains(described, "at most 600 requests that write") {
		t.Error("the description does not tell the limit")
	}
	if got.Header().Get("Retry-After") != "60" {
		t.Errorf("Retry-After %q", got.Header().Get("Retry-After"))
	}
	other := "Bearer " + w.token(t, account.Editor)
	w.ask(t, http.MethodDelete, "/links/1", "", "Authorization", other).wants(t, 428)
}

func TestEditsAreLimitedByAccount(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	edit := `{"edit":"withdraw_adherence","with":{"id":999999,"version":1}}`
	body := batch("x", strings.Repeat(edit+",", 1999)+edit)
	for i := range 10 {
		w.do(t, http.MethodPost, "/changesets", body, "Idempotency-Key", fmt.Sprint(i)).wants(t, 410)
	}
	w.do(t, http.MethodPost, "/changesets", body, "Idempotency-Key", "late").wants(t, 429)
	if n := w.count(t, "select count(*) from idempotency_key where key = 'late'"); n != 0 {
		t.Error("the answer to come again later is kept")
	}
}

func TestLongBodiesAreRefused(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	long := batch(strings.Repeat("x", 1<<20))
	w.do(t, http.MethodPost, "/changesets", long).wants(t, 413)
	w.do(t, http.MethodPost, "/changesets", long, "Idempotency-Key", "one").wants(t, 413)
}
