package site

import (
	"context"
	"net/http"
	"time"

	"normmap/internal/account"
)

// answerWithin is how long a request may work and wait for a connection before
// it gives up; a statement by itself has a shorter limit in the store.
const answerWithin = 10 * time.Second

func deadline(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		visitOf(r).reader = r.Context()
		ctx, cancel := context.WithTimeout(r.Context(), answerWithin)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// actor is who makes the request: the account that is signed in, or a visitor.
func actor(r *http.Request) account.Actor { return visitOf(r).actor }
