package serve

import (
	"context"
	"net/http"
	"time"
)

// AnswerWithin is how long a request may work and wait for a connection before
// it gives up; a statement by itself has a shorter limit in the store.
const AnswerWithin = 10 * time.Second

// deadline ends the work on a request in time.
func deadline(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		VisitOf(r).Reader = r.Context()
		ctx, cancel := context.WithTimeout(r.Context(), AnswerWithin)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}
