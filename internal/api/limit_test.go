package api_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"normmap/internal/account"
)

// deadlines notes for how long a body may be read.
type deadlines struct {
	*httptest.ResponseRecorder
	until []time.Time
}

// SetReadDeadline is what http.ResponseController looks for.
func (d *deadlines) SetReadDeadline(t time.Time) error {
	d.until = append(d.until, t)
	return nil
}

// A deadline for reading a body runs on while an operation writes, and would
// end it as if the client had left.
func TestNoDeadlineForReadingCutsWriting(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	for _, address := range []string{"/changesets", "/proposals", "/citations/parse"} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/v1"+address, strings.NewReader(`{}`))
		r.Header.Set("Authorization", w.auth)
		got := &deadlines{ResponseRecorder: httptest.NewRecorder()}
		w.ServeHTTP(got, r)
		if len(got.until) == 0 {
			t.Errorf("%s: nothing was said about reading the body, status %d", address, got.Code)
		}
		for _, until := range got.until {
			if !until.IsZero() {
				t.Errorf("%s: the body has to be read until %s", address, until)
			}
		}
	}
}

func TestAKeyThatIsNoTextIsRefused(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	got := w.do(t, http.MethodPost, "/changesets", `{}`, "Idempotency-Key", "k\xff").wants(t, http.StatusBadRequest)
	if l := got.locations(); len(l) != 1 || l[0] != "header.Idempotency-Key" {
		t.Errorf("names %v", l)
	}
}

func TestTakingBackAChangesetThatNeverWas(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	got := w.do(t, http.MethodPost, "/changesets", batch("x", `{"edit":"revert","with":{"changeset":999}}`), "Authorization", "Bearer "+w.token(t, account.Reviewer))
	if got.Code != http.StatusForbidden && got.Code != http.StatusNotFound || strings.Contains(got.Body.String(), "fkey") {
		t.Errorf("%d: %s", got.Code, got.Body)
	}
}

// Each proposal that is read has its edits tried out.
func TestReadingProposalsIsLimited(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	for range 120 {
		w.do(t, http.MethodGet, "/proposals/999", "").wants(t, http.StatusNotFound)
	}
	got := w.do(t, http.MethodGet, "/proposals/999", "").wants(t, http.StatusTooManyRequests)
	if got.Header().Get("Retry-After") == "" {
		t.Error("does not say when to come again")
	}
	w.ask(t, http.MethodGet, "/proposals/999", "", "Authorization", "Bearer "+w.token(t, account.Contributor)).wants(t, http.StatusNotFound)
}

// One request brings what is written while others can wait for it.
func TestABatchFitsTheTimeOfAnAnswer(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	edits := make([]string, 2001)
	for i := range edits {
		edits[i] = fmt.Sprintf(newOrganization, fmt.Sprint("org-", i))
	}
	w.do(t, http.MethodPost, "/changesets", batch("x", edits...)).wants(t, http.StatusUnprocessableEntity)
	got := w.do(t, http.MethodPost, "/changesets", batch("x", edits[1:]...)).wants(t, http.StatusCreated)
	if got.body["written"] != 2000.0 {
		t.Errorf("%v of 2000 written", got.body["written"])
	}
}
