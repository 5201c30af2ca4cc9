package site

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// client is whom the limits count.
func client(r *http.Request) string {
	return account.ClientKey(middleware.GetClientIP(r.Context()), r.RemoteAddr)
}

// limit bounds how often one client may send certain forms.
type limit struct{ *httprate.RateLimiter }

func newLimit(perMinute int) limit {
	return limit{httprate.NewRateLimiter(perMinute, time.Minute, httprate.WithResponseHeaders(httprate.ResponseHeaders{}))}
}

// around refuses a form that comes too often from one client.
func (l limit) around(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if l.OnLimit(w, r, client(r)) {
			return later(norms.Errorf(norms.TooMany, "too many attempts came from your network address; try again in a minute"), time.Minute)
		}
		return h(w, r)
	}
}
