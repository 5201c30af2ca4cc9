package serve

import (
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"normmap/internal/metrics"
	"normmap/internal/pagecache"
	"normmap/internal/store"
)

// Deps is what serving needs from the program.
type Deps struct {
	Store          *store.Store
	Log            *slog.Logger
	Requests       io.Writer        // gets a line of each; nil sends it to Log
	Metrics        *metrics.Metrics // nil counts nothing
	Cache          *pagecache.Cache // of pages that anybody may read; nil keeps none
	PublicURL      string           // address under which people know the site; "" takes it from each request
	Now            func() time.Time // the clock
	Rand           io.Reader        // cryptographic, for concurrent use
	TrustedProxies []netip.Prefix   // whose X-Forwarded-For is believed
}

// Server is what all parts of the site answer with.
type Server struct {
	Deps
	sessions *scs.SessionManager
	ids      *requestIDs // of requests
	hosts    *hosts      // that requests name
	secure   bool        // people know the site under https
	guard    []byte      // the header lines of every answer
	withPast *chi.Mux    // knows the addresses that take as_of; serves nothing
}

// New makes one.
func New(d Deps) *Server {
	d.PublicURL = strings.TrimSuffix(d.PublicURL, "/")
	s := &Server{Deps: d, withPast: chi.NewRouter(), ids: &requestIDs{random: d.Rand}, hosts: &hosts{},
		secure: strings.HasPrefix(d.PublicURL, "https://")}
	s.sessions = s.newSessions()
	s.guard = s.protection()
	return s
}

// Around puts the middlewares around the routes, from the outside in.
// Cross-origin protection is the first that decides anything: those before it
// only look on and add headers, so that its answers are logged and hardened
// like all others.
func (s *Server) Around(h http.Handler) http.Handler {
	chain := []func(http.Handler) http.Handler{
		s.observe,         // number, log line, figures, panics
		s.deadline,        // 503
		s.noteWrites,      // the revision, for who wrote it
		s.headers,         // on every answer
		s.clientAddress(), // behind proxies
		s.sameOrigin,      // 403
		s.cleanText,       // 400, 413
		s.readAddress,     // slash at the end, .json and .csv
	}
	for i := len(chain) - 1; i >= 0; i-- {
		h = chain[i](h)
	}
	return h
}

// TakesPast has links to addresses of a pattern stay in the past on pages about
// it.
func (s *Server) TakesPast(pattern string) {
	s.withPast.Get(pattern, func(http.ResponseWriter, *http.Request) {})
}

// clientAddress finds whom the rate limits count: the peer, or behind trusted
// proxies the address that they report (middleware.GetClientIP).
func (s *Server) clientAddress() func(http.Handler) http.Handler {
	if len(s.TrustedProxies) == 0 {
		return middleware.ClientIPFromRemoteAddr
	}
	prefixes := make([]string, len(s.TrustedProxies))
	for i, p := range s.TrustedProxies {
		prefixes[i] = p.String()
	}
	return middleware.ClientIPFromXFF(prefixes...)
}
