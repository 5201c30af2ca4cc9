package serve

import (
	"context"
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/internal/store/news"
	"normmap/web/page"
)

// Visit is what the parts that handle one request tell each other.
type Visit struct {
	id         string // names the request in the log and in answers
	Suffix     Format // that the address ends in, "" when it does not
	pattern    string // of the route
	Route      Route  // that was taken, empty before one was
	Actor      account.Actor
	Desk       account.Desk // what waits for the actor
	hasSession bool         // the session is loaded
	private    bool         // the answer is for this visitor only
	Fault      error        // what went wrong inside, for the log
	Cut        bool         // the answer broke off after it had begun

	posted  url.Values  // the form of the request as it was sent
	file    *File       // that came with it
	unread  error       // why it could not be read to its end
	Again   page.SignIn // why signing in on the way failed
	resumed url.Values  // what was typed before the session ended

	asks       *question       // nil when the answer may depend on who asks
	record     *store.Store    // what the page reads; nil where it is none of the record
	snapshot   *store.Snapshot // that is read; nil where it is the past, or none
	Past       *norms.Moment   // that was asked for, nil for the present
	endReading func()          // lets go of the record, nil when there is nothing to
	Made       func()          // lets go of the place for what takes long, nil when there is none
	Reader     context.Context // ends when the reader leaves, however long the answer takes
}

// Actor is who makes the request: the account that is signed in, or a visitor.
func Actor(r *http.Request) account.Actor { return VisitOf(r).Actor }

// End lets go of what the page was read from, before it is sent to a reader
// who may be slow.
func (v *Visit) End() {
	if v.endReading != nil {
		v.endReading()
	}
	if v.Made != nil {
		v.Made()
	}
}

// NotKept says that the answer is written as it is made, so that nobody else
// waits for it.
func (v *Visit) NotKept() { v.asks.notKept() }

// Revision is that of the record which is read, 0 where none is.
func (v *Visit) Revision(ctx context.Context) (int64, error) {
	if v.Past != nil {
		return v.Past.Revision, nil
	}
	st, err := v.state(ctx)
	return st.Revision, err
}

// state is that of the snapshot which is read.
func (v *Visit) state(ctx context.Context) (news.State, error) {
	if v.snapshot == nil {
		return news.State{}, nil
	}
	return v.snapshot.State(ctx)
}

type visitKey struct{}

// VisitOf is the visit of a request; a request that observe has not seen has
// an empty one.
func VisitOf(r *http.Request) *Visit {
	if v, ok := VisitIn(r.Context()); ok {
		return v
	}
	return &Visit{}
}

// VisitIn is the visit of the request that a context belongs to, if it has one.
func VisitIn(ctx context.Context) (*Visit, bool) {
	v, ok := ctx.Value(visitKey{}).(*Visit)
	return v, ok
}

func withVisit(r *http.Request, v *Visit) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
}

// NotePattern tells the log which route a request took. Addresses themselves
// are not logged: those of one-time links are secrets.
func NotePattern(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if c := chi.RouteContext(r.Context()); c != nil {
				VisitOf(r).pattern = c.RoutePattern()
			}
		}()
		next.ServeHTTP(w, r)
	})
}
