package site

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/internal/site/serve"
)

// A fault of a handler behind the site's stands on the request's one line.
func TestFaultsOfTheInterfaceAreLoggedOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(d *Deps) {
		d.API = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			serve.NoteActor(r.Context(), account.Actor{ID: 41})
			if !serve.NoteFault(r.Context(), errors.New("lost a table")) {
				t.Error("the request has no line")
			}
			w.WriteHeader(http.StatusInternalServerError)
		})
	})
	h.get("/api/v1/links").status(http.StatusInternalServerError)
	log := h.log.String()
	if strings.Count(log, "\n") != 1 || !strings.Contains(log, "lost a table") || !strings.Contains(log, `"level":"ERROR"`) {
		t.Errorf("log: %s", log)
	}
	if !strings.Contains(log, `"account":41`) {
		t.Errorf("the line does not say for whom a token acted: %s", log)
	}
	if serve.NoteFault(t.Context(), errors.New("x")) {
		t.Error("a request that does not exist has a line")
	}
}
