package serve

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// Client is whom the limits count.
func Client(r *http.Request) string {
	return account.ClientKey(middleware.GetClientIP(r.Context()), r.RemoteAddr)
}

// Limit bounds how often one client may send certain forms.
type Limit struct{ *httprate.RateLimiter }

// NewLimit makes a limit of so many forms in a minute.
func NewLimit(perMinute int) Limit {
	return Limit{httprate.NewRateLimiter(perMinute, time.Minute, httprate.WithResponseHeaders(httprate.ResponseHeaders{}))}
}

// Around refuses a form that comes too often from one client.
func (l Limit) Around(h Handler) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if l.OnLimit(w, r, Client(r)) {
			return Later(norms.Errorf(norms.TooMany, "too many attempts came from your network address; try again in a minute"), time.Minute)
		}
		return h(w, r)
	}
}
