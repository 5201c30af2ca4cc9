package site

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
)

// A fault inside has a number, by which the log knows it; its text is told to
// nobody. It is logged once.
func TestFaultsAreToldByNumberOnly(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"/test/error/fault", "/test/error/fault.json", "/test/error/fault.csv", "/test/error/panic"} {
		h := newBare(t)
		addTestRoutes(h)
		a := h.get(address).status(http.StatusInternalServerError)
		if strings.Contains(a.body, "secret_table") {
			t.Errorf("%s tells the fault: %s", address, a.body)
		}
		id := a.Header.Get("X-Request-Id")
		a.says(id)
		if n := strings.Count(h.log.String(), "secret_table"); n != 1 || !strings.Contains(h.log.String(), id) {
			t.Errorf("%s: the fault is logged %d times: %s", address, n, h.log)
		}
	}
}

func TestErrorsComeInTheFormAskedFor(t *testing.T) {
	t.Parallel()
	h := newBare(t)
	addTestRoutes(h)
	h.get("/test/error/invalid").status(422).has("h1", "").says("is missing")
	h.get("/test/error/invalid.csv").status(422).says("422 Unprocessable Entity\n", "title: is missing\n")
	a := h.get("/test/error/invalid.json").status(422)
	type problem struct {
		Type, Title, Reference string
		Status                 int
		Errors                 []norms.Problem
	}
	var got problem
	if err := json.Unmarshal([]byte(a.body), &got); err != nil {
		t.Fatal(err)
	}
	want := problem{Type: "about:blank", Title: "Unprocessable Entity", Status: 422,
		Errors: []norms.Problem{{Field: "title", Message: "is missing"}}, Reference: a.Header.Get("X-Request-Id")}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if got := a.Header.Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("Content-Type is %q", got)
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	h := newBare(t)
	addTestRoutes(h)
	for address, want := range map[string]string{"/test/error/too-many": "90", "/test/error/away": "5", "/test/error/gone": ""} {
		if got := h.get(address).Header.Get("Retry-After"); got != want {
			t.Errorf("%s: Retry-After is %q, want %q", address, got, want)
		}
	}
}

func TestWrongMethodsNameTheRightOnes(t *testing.T) {
	t.Parallel()
	h := newBare(t)
	addTestRoutes(h)
	for address, want := range map[string]string{"/test/page": "GET, HEAD", "/test/form": "GET, HEAD, POST", "/healthz": "GET, HEAD"} {
		for _, method := range []string{"PUT", "TRACE", "OPTIONS"} {
			a := h.do(httptest.NewRequest(method, address, nil)).status(http.StatusMethodNotAllowed)
			if got := strings.Join(a.Header.Values("Allow"), ", "); got != want {
				t.Errorf("%s %s: Allow is %q, want %q", method, address, got, want)
			}
		}
	}
}

// A reader who leaves is no fault of ours.
func TestReadersWhoLeaveAreNoFaults(t *testing.T) {
	t.Parallel()
	h := newBare(t)
	addTestRoutes(h)
	ctx, leave := context.WithCancel(t.Context())
	leave()
	h.do(testGet("/test/error/away").WithContext(ctx)).status(499)
	if strings.Contains(h.log.String(), `"error":`) {
		t.Error(h.log)
	}
}

// The address of a one-time link is a secret, and so are queries and forms.
func TestTheLogHoldsNoSecrets(t *testing.T) {
	t.Parallel()
	h := newBare(t)
	h.get("/setup/canary-one/more?token=canary-two")
	h.do(testForm("/nowhere/canary-three", "password=canary-four"))
	if strings.Contains(h.log.String(), "canary") {
		t.Error(h.log)
	}
	if n := strings.Count(h.log.String(), "\n"); n != 2 {
		t.Errorf("%d lines for 2 requests: %s", n, h.log)
	}
}
