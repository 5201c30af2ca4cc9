package serve

import (
	"context"
	"net/http"
	"strings"
	"time"

	"normmap/web/href"
)

// AnswerWithin is how long a request may work and wait for a connection before
// it gives up; a statement by itself has a shorter limit in the store.
const AnswerWithin = 10 * time.Second

// decides tells requests that decide about a proposal.
func decides(r *http.Request) bool {
	id, found := strings.CutPrefix(r.URL.Path, href.Proposals()+"/")
	return found && r.Method == http.MethodPost && !strings.Contains(id, "/")
}

// deadline ends the work on a request in time.
func (s *Server) deadline(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		VisitOf(r).Reader = r.Context()
		within := AnswerWithin
		if imports(r) {
			within = uploadWithin + importWithin
		} else if decides(r) {
			within = importWithin // what was imported at once is decided at once
		}
		if within > AnswerWithin {
			// It fails on connections that have no deadlines, which need none.
			_ = http.NewResponseController(w).SetWriteDeadline(s.Now().Add(within + AnswerWithin))
		}
		ctx, cancel := context.WithTimeout(r.Context(), within)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}
