package site

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/go-chi/chi/v5"

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
	server    *server
	accounts  *accountSite
	pages     *browseSite
	proposals *proposalSite
	forms     *editSite
	costly    *slots // of pages that keep the database busy
	looks     limit  // by account
	router    *chi.Mux
	routes    []route
}

// New makes the handler of everything that the program serves.
func New(d Deps) http.Handler { return newSite(d).handler() }

func newSite(d Deps) *site {
	base := newServer(serverDeps{Store: d.Store, Log: d.Log, Requests: d.Requests, Metrics: d.Metrics, Cache: d.Cache, PublicURL: d.PublicURL,
		Now: d.Now, Rand: d.Rand, TrustedProxies: d.TrustedProxies})
	forms := newFormSite(base)
	s := &site{Deps: d, server: base, accounts: newAccountSite(base, d.Hasher, d.Rand), pages: newBrowseSite(base),
		proposals: newProposalSite(forms), costly: newSlots(costlyRules()), looks: newLimit(looksPerMinute), router: chi.NewRouter()}
	s.forms = newEditSite(forms, s.proposals)
	s.router.Use(notePattern)
	s.machines()
	s.table()
	s.router.NotFound(base.withSession(http.HandlerFunc(s.notFound)).ServeHTTP)
	s.router.MethodNotAllowed(base.withSession(http.HandlerFunc(s.notAllowed)).ServeHTTP)
	return s
}

func (s *site) handler() http.Handler { return s.server.around(s.router) }
