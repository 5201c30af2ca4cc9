package api

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"normmap/internal/account"
	"normmap/internal/contribution"
	"normmap/internal/store"
	"normmap/internal/text"
	"normmap/web/href"
)

// Deps is what the interface needs from the program.
type Deps struct {
	Store *store.Store
	Log   *slog.Logger
	Build string // version of the program
	Now   func() time.Time

	// Contributions reads what is sent in.
	Contributions contribution.Reader

	// Fault puts an error on the log's line about the request of a context and
	// says whether there is one. Without Fault, errors have their own lines.
	Fault func(context.Context, error) bool

	// Acts puts on that line for whom a token acts; nil puts it nowhere.
	Acts func(context.Context, account.Actor)
}

type api struct {
	Deps
	router  *chi.Mux
	huma    huma.API
	limits  limits
	edits   editForms
	bodies  []describedBody // of operations that read a form
	unnamed atomic.Int64    // requests that came without a number
}

// New makes the handler of everything below /api/v1. It reads the whole path
// of a request, wherever it is mounted. Before it must come what bounds
// bodies, refuses text that is not UTF-8, and finds the client's address.
//
// It is put together by the first request, its description by the first who
// reads that: both take longer than everything else that the service does
// before its first page, and megabytes.
func New(d Deps) http.Handler {
	made := sync.OnceValue(func() *api { return newAPI(d) })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { made().ServeHTTP(w, r) })
}

func newAPI(d Deps) *api {
	a := operating(d)
	// Of an API of its own, since describing changes what requests are checked
	// against while others are served.
	description := sync.OnceValue(func() []byte { return operating(d).describe() })
	a.router.Get(href.APIDescription(), func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(description()) // whoever hung up cannot be told
	})
	a.router.NotFound(a.notFound)
	a.router.MethodNotAllowed(a.notAllowed)
	return a
}

// operating is an API with its operations, without a description.
func operating(d Deps) *api {
	a := &api{Deps: d, router: chi.NewRouter(), limits: newLimits(), edits: newEditForms()}
	a.router.Use(a.named, middleware.GetHead, a.takesJSON)
	a.huma = humachi.New(a.router, a.config())
	a.operations()
	return a
}

// operations is everything that one can ask for.
func (a *api) operations() {
	a.readStats()
	a.readAgreements()
	a.readPrinciples()
	a.readElements()
	a.readOrganizations()
	a.readInitiatives()
	a.readSources()
	a.readAdherences()
	a.readCitations()
	a.parseCitations()
	a.readLinks()
	a.readStatements()
	a.readCrosswalk()
	a.readCoverage()
	a.editLinks()
	a.things()
	a.readChanges()
	a.writeChangesets()
	a.proposals()
	a.imports()
	a.readSearch()
}

// ServeHTTP implements http.Handler. An outer router is told which operation
// answered, for its log.
func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	route := chi.NewRouteContext()
	route.Routes = a.router
	a.router.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), chi.RouteCtxKey, route)))
	if outer := chi.RouteContext(r.Context()); outer != nil {
		outer.RoutePatterns = route.RoutePatterns
	}
}

// register adds an operation below the root. What is sent is brought into the
// form of stored texts, and errors become problem documents, here for all
// operations alike.
func register[I, O any](a *api, op huma.Operation, answer func(context.Context, *I) (*O, error)) {
	op.Path = href.API() + op.Path
	op.RejectUnknownQueryParameters = true
	// What comes before has read the body. A deadline for reading would run on
	// while the operation works, and end it.
	op.BodyReadTimeout = -1
	op.Errors = append(op.Errors, http.StatusBadRequest, http.StatusServiceUnavailable)
	in := "body"
	if op.Method == http.MethodGet {
		op.Errors = append(op.Errors, http.StatusNotFound) // of a past that was not recorded
	}
	if op.Method == http.MethodGet || op.Method == http.MethodDelete {
		in = "query"
	}
	huma.Register(a.huma, op, func(ctx context.Context, input *I) (*O, error) {
		text.NormalizeFields(input)
		output, err := answer(ctx, input)
		if err != nil {
			return nil, a.problem(ctx, in, err)
		}
		return output, nil
	})
}
