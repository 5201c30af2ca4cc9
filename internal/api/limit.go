package api

import (
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"

	"normmap/internal/account"
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
		if limiter.OnLimit(w, r, account.ClientKey(middleware.GetClientIP(r.Context()), r.RemoteAddr)) {
			a.refuse(w, r, norms.Errorf(norms.TooMany, "at most %d texts a minute are read for one client; wait a minute", parseLimit))
			return
		}
		next(c)
	}
}
