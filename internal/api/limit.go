package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// What one client or account may do in a limitWindow.
const (
	// parseLimit is how many texts one client may have read.
	parseLimit = 120
	// writeLimit is how many requests may write for one account, whichever of
	// its tokens they use: ten a second, which leaves the one writer of the
	// record free for others.
	writeLimit = 600
	// editLimit is how many edits such requests may bring: what the writer
	// does in about a third of the minute. One request brings at most 2,000,
	// which hold the writer for some two seconds; others wait for it no longer
	// than a statement may take.
	editLimit = 20_000

	// lookLimit is how many proposals one account may have held against the
	// record, each of which tries its edits out.
	lookLimit = 120

	// importLimit is how many contributions one account may have read. Few are
	// read at once, whoever sends them.
	importLimit = 30

	limitWindow = time.Minute
)

// aboutLimits says how much of what is taken in a limitWindow.
func aboutLimits() string {
	return fmt.Sprintf("In a minute the service takes at most %d requests that write and %d edits from one account, dry runs among them, whichever of its tokens are used; "+
		"it reads %d proposals and %d contributions for one account and %d texts for one client. What is beyond is answered with 429 and Retry-After.", writeLimit, editLimit, lookLimit, importLimit, parseLimit)
}

// limits count what clients and accounts do, each for itself and in this
// process: several instances allow that many each.
type limits struct {
	parsing, writing, edits, looking, importing *httprate.RateLimiter
}

func newLimits() limits {
	headers := httprate.WithResponseHeaders(httprate.ResponseHeaders{RetryAfter: "Retry-After"})
	return limits{
		parsing:   httprate.NewRateLimiter(parseLimit, limitWindow, headers),
		writing:   httprate.NewRateLimiter(writeLimit, limitWindow, headers),
		looking:   httprate.NewRateLimiter(lookLimit, limitWindow, headers),
		importing: httprate.NewRateLimiter(importLimit, limitWindow, headers),
		edits:     httprate.NewRateLimiter(editLimit, limitWindow, headers),
	}
}

// limitParsing counts the readings of each client. An operation of the same
// cost behind it would need a limit of its own.
func (a *api) limitParsing(c huma.Context, next func(huma.Context)) {
	r, w := humachi.Unwrap(c)
	if a.limits.parsing.OnLimit(w, r, account.ClientKey(middleware.GetClientIP(r.Context()), r.RemoteAddr)) {
		a.refuse(w, r, norms.Errorf(norms.TooMany, "at most %d texts a minute are read for one client; wait a minute", parseLimit))
		return
	}
	next(c)
}

// limitWrites counts the requests of each account that write.
func (a *api) limitWrites(c huma.Context, next func(huma.Context)) {
	a.limitAccount(c, next, a.limits.writing, "at most %d requests a minute write for one account; wait a minute", writeLimit)
}

// limitLooking counts the proposals that each account reads.
func (a *api) limitLooking(c huma.Context, next func(huma.Context)) {
	a.limitAccount(c, next, a.limits.looking, "at most %d proposals a minute are read for one account; wait a minute", lookLimit)
}

// limitImports counts the contributions that each account sends.
func (a *api) limitImports(c huma.Context, next func(huma.Context)) {
	a.limitAccount(c, next, a.limits.importing, "at most %d contributions a minute are read for one account; wait a minute", importLimit)
}

// limitAccount goes on unless the account has done as much as it may.
func (a *api) limitAccount(c huma.Context, next func(huma.Context), l *httprate.RateLimiter, refusal string, most int) {
	r, w := humachi.Unwrap(c)
	if l.OnLimit(w, r, fmt.Sprint(actor(c.Context()).ID)) {
		a.refuse(w, r, norms.Errorf(norms.TooMany, refusal, most))
		return
	}
	next(c)
}

// countEdits counts the edits that an account sends with one request, and
// refuses them all when they are too many by now.
func (a *api) countEdits(ctx context.Context, n int) error {
	r := (&http.Request{}).WithContext(httprate.WithIncrement(ctx, n))
	if a.limits.edits.OnLimit(&kept{header: http.Header{}}, r, fmt.Sprint(actor(ctx).ID)) {
		return norms.Errorf(norms.TooMany, "at most %d edits a minute are taken from one account; wait a minute", editLimit)
	}
	return nil
}
