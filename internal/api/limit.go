package api

import (
	"net"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"

	"normmap/internal/norms"
)

// parseLimit is how many texts one client may have read in a parseWindow.
const (
	parseLimit  = 120
	parseWindow = time.Minute
)

// limitParsing counts the readings of each client. An operation of the same
// cost behind it would need a limit of its own.
func (a *api) limitParsing() func(huma.Context, func(huma.Context)) {
	headers := httprate.ResponseHeaders{RetryAfter: "Retry-After"}
	limiter := httprate.NewRateLimiter(parseLimit, parseWindow, httprate.WithResponseHeaders(headers))
	return func(c huma.Context, next func(huma.Context)) {
		r, w := humachi.Unwrap(c)
		if limiter.OnLimit(w, r, client(r)) {
			a.refuse(w, r, norms.Errorf(norms.TooMany, "at most %d texts a minute are read for one client; wait a minute", parseLimit))
			return
		}
		next(c)
	}
}

// client names who asks: the address found by the middleware before, an IPv6
// one by its network, since a client has as many of those as it likes.
func client(r *http.Request) string {
	ip := middleware.GetClientIP(r.Context())
	if host, _, err := net.SplitHostPort(r.RemoteAddr); ip == "" && err == nil {
		ip = host
	}
	return httprate.CanonicalizeIP(ip)
}
