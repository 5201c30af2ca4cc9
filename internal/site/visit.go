package site

import (
	"cmp"
	"context"
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/web/page"
)

// visit is what the parts that handle one request tell each other.
type visit struct {
	id         string         // names the request in the log and in answers
	suffix     format         // that the address ends in, "" when it does not
	pattern    string         // of the route
	route      route          // that was taken, empty before one was
	needs      account.Action // of the route
	actor      account.Actor
	desk       account.Desk // what waits for the actor
	hasSession bool         // the session is loaded
	private    bool         // the answer is for this visitor only
	fault      error        // what went wrong inside, for the log
	cut        bool         // the answer broke off after it had begun

	posted  url.Values  // the form of the request as it was sent
	again   page.SignIn // why signing in on the way failed
	resumed url.Values  // what was typed before the session ended

	asks       *question       // nil when the answer may depend on who asks
	record     *store.Store    // what the page reads; nil where it is none of the record
	snapshot   *store.Snapshot // that is read; nil where it is the past, or none
	past       *norms.Moment   // that was asked for, nil for the present
	endReading func()          // lets go of the record, nil when there is nothing to
	made       func()          // lets go of the place for what takes long, nil when there is none
	reader     context.Context // ends when the reader leaves, however long the answer takes
}

// patternOf is the pattern of the route that a request took.
func patternOf(r *http.Request) string {
	return cmp.Or(visitOf(r).pattern, chi.RouteContext(r.Context()).RoutePattern())
}

// end lets go of what the page was read from, before it is sent to a reader
// who may be slow.
func (v *visit) end() {
	if v.endReading != nil {
		v.endReading()
	}
	if v.made != nil {
		v.made()
	}
}

// notKept says that the answer is written as it is made, so that nobody else
// waits for it.
func (v *visit) notKept() { v.asks.notKept() }

// revision is that of the record which is read, 0 where none is.
func (v *visit) revision(ctx context.Context) (int64, error) {
	if v.past != nil {
		return v.past.Revision, nil
	}
	st, err := v.state(ctx)
	return st.Revision, err
}

// state is that of the snapshot which is read.
func (v *visit) state(ctx context.Context) (store.State, error) {
	if v.snapshot == nil {
		return store.State{}, nil
	}
	return v.snapshot.State(ctx)
}

type visitKey struct{}

// visitOf is the visit of a request; a request that observe has not seen has
// an empty one.
func visitOf(r *http.Request) *visit {
	if v, ok := visitIn(r.Context()); ok {
		return v
	}
	return &visit{}
}

func visitIn(ctx context.Context) (*visit, bool) {
	v, ok := ctx.Value(visitKey{}).(*visit)
	return v, ok
}

func withVisit(r *http.Request, v *visit) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
}

// notePattern tells the log which route a request took. Addresses themselves
// are not logged: those of one-time links are secrets.
func notePattern(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if c := chi.RouteContext(r.Context()); c != nil {
				visitOf(r).pattern = c.RoutePattern()
			}
		}()
		next.ServeHTTP(w, r)
	})
}
