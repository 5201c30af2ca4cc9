package site

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"normmap/internal/account"
	"normmap/internal/metrics"
	"normmap/internal/pagecache"
	"normmap/internal/password"
	"normmap/internal/store"
)

// Deps is what the site needs from the program.
type Deps struct {
	Store          *store.Store
	Hasher         *password.Hasher
	Log            *slog.Logger
	Requests       io.Writer                   // gets a line of each; nil sends it to Log
	Metrics        *metrics.Metrics            // nil counts nothing
	Cache          *pagecache.Cache            // of pages that anybody may read; nil keeps none
	PublicURL      string                      // address under which people know the site; "" takes it from each request
	Now            func() time.Time            // the clock
	Rand           io.Reader                   // cryptographic, for concurrent use
	API            http.Handler                // answers below /api/v1; nil when there is none
	Ready          func(context.Context) error // nil error once the site can answer with data; nil means always
	TrustedProxies []netip.Prefix              // whose X-Forwarded-For is believed
	Build          string                      // version of the program
}

type site struct {
	Deps
	sessions  *scs.SessionManager
	downloads *slots // of those under way
	costly    *slots // of pages that keep the database busy
	router    *chi.Mux
	ids       *requestIDs // of requests
	hosts     *hosts      // that requests name
	secure    bool        // people know the site under https
	guard     []byte      // the header lines of every answer
	pages     chi.Router  // the router with sessions
	withPast  *chi.Mux    // knows the addresses that take as_of; serves nothing
	routes    []route
	shown     map[string]handler  // by pattern: what a GET of it shows
	editors   map[string]editorOf // by pattern: the plain form that it shows
	fills     map[string]bool     // by pattern: whether it fills a form from the query
	signIns   limit               // by client
	looks     limit               // by account
}

type handler func(w http.ResponseWriter, r *http.Request) error

// New makes the handler of everything that the program serves.
func New(d Deps) http.Handler { return newSite(d).handler() }

func newSite(d Deps) *site {
	d.PublicURL = strings.TrimSuffix(d.PublicURL, "/")
	s := &site{Deps: d, router: chi.NewRouter(), withPast: chi.NewRouter(), shown: map[string]handler{}, fills: map[string]bool{}, editors: map[string]editorOf{}, signIns: newLimit(signInsPerMinute), looks: newLimit(looksPerMinute), downloads: newSlots(downloadRules()), costly: newSlots(costlyRules())}
	s.sessions = s.newSessions()
	s.ids, s.hosts, s.secure = &requestIDs{random: d.Rand}, &hosts{}, strings.HasPrefix(d.PublicURL, "https://")
	s.guard = s.protection()
	s.router.Use(notePattern)
	s.pages = s.router.With(s.withSession)
	s.machines()
	s.table()
	s.router.NotFound(s.withSession(http.HandlerFunc(s.notFound)).ServeHTTP)
	s.router.MethodNotAllowed(s.withSession(http.HandlerFunc(s.notAllowed)).ServeHTTP)
	return s
}

// handler puts the middlewares around the routes, from the outside in.
// Cross-origin protection is the first that decides anything: those before it
// only look on and add headers, so that its answers are logged and hardened
// like all others.
func (s *site) handler() http.Handler {
	chain := []func(http.Handler) http.Handler{
		s.observe,         // number, log line, figures, panics
		deadline,          // 503
		s.noteWrites,      // the revision, for who wrote it
		s.headers,         // on every answer
		s.clientAddress(), // behind proxies
		s.sameOrigin,      // 403
		s.cleanText,       // 400, 413
		s.readAddress,     // slash at the end, .json and .csv
	}
	var h http.Handler = s.router
	for i := len(chain) - 1; i >= 0; i-- {
		h = chain[i](h)
	}
	return h
}

// clientAddress finds whom the rate limits count: the peer, or behind trusted
// proxies the address that they report (middleware.GetClientIP).
func (s *site) clientAddress() func(http.Handler) http.Handler {
	if len(s.TrustedProxies) == 0 {
		return middleware.ClientIPFromRemoteAddr
	}
	prefixes := make([]string, len(s.TrustedProxies))
	for i, p := range s.TrustedProxies {
		prefixes[i] = p.String()
	}
	return middleware.ClientIPFromXFF(prefixes...)
}

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
