package site

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/go-chi/chi/v5"

	"normmap/internal/contribution"
	"normmap/internal/metrics"
	"normmap/internal/pagecache"
	"normmap/internal/password"
	"normmap/internal/site/accounts"
	"normmap/internal/site/browse"
	"normmap/internal/site/edit"
	"normmap/internal/site/form"
	"normmap/internal/site/imports"
	"normmap/internal/site/proposals"
	"normmap/internal/site/serve"
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
	Contributions  contribution.Reader         // reads what is sent in
	API            http.Handler                // answers below /api/v1; nil when there is none
	Ready          func(context.Context) error // nil error once the site can answer with data; nil means always
	TrustedProxies []netip.Prefix              // whose X-Forwarded-For is believed
}

type site struct {
	Deps
	server    *serve.Server
	accounts  *accounts.Site
	pages     *browse.Site
	proposals *proposals.Site
	forms     *edit.Site
	imports   *imports.Site
	costly    *serve.Slots // of pages that keep the database busy
	looks     serve.Limit  // by account
	router    *chi.Mux
	routes    []serve.Route
}

// New makes the handler of everything that the program serves.
func New(d Deps) http.Handler { return newSite(d).handler() }

func newSite(d Deps) *site {
	base := serve.New(serve.Deps{Store: d.Store, Log: d.Log, Requests: d.Requests, Metrics: d.Metrics, Cache: d.Cache, PublicURL: d.PublicURL,
		Now: d.Now, Rand: d.Rand, TrustedProxies: d.TrustedProxies})
	forms := form.New(base)
	s := &site{Deps: d, server: base, accounts: accounts.New(base, d.Hasher, d.Rand), pages: browse.New(base),
		proposals: proposals.New(forms), costly: serve.NewSlots(costlyRules()), looks: serve.NewLimit(looksPerMinute), router: chi.NewRouter()}
	s.forms, s.imports = edit.New(forms, s.proposals), imports.New(forms, d.Contributions)
	s.router.Use(serve.NotePattern)
	s.machines()
	s.table()
	s.router.NotFound(base.WithSession(http.HandlerFunc(s.notFound)).ServeHTTP)
	s.router.MethodNotAllowed(base.WithSession(http.HandlerFunc(s.notAllowed)).ServeHTTP)
	return s
}

func (s *site) handler() http.Handler { return s.server.Around(s.router) }
