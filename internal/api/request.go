package api

import (
	"context"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/web/href"
)

type requestKey struct{}

// requestID is the number of the request, under which the log has it.
func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}

type urlKey struct{}

// addressOf is the address that was asked for with the names as they have to
// be.
func addressOf(ctx context.Context, renamed *naming.RenamedError) string {
	asked, _ := ctx.Value(urlKey{}).(*url.URL)
	return asked.EscapedPath() + "?" + renamed.In(asked.Query()).Encode()
}

// named takes over the number that the request was given at the outer door, or
// counts by itself.
func (a *api) named(next http.Handler) http.Handler {
	const header = "X-Request-Id"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := w.Header().Get(header)
		if id == "" {
			id = fmt.Sprintf("api-%d", a.unnamed.Add(1))
			w.Header().Set(header, id)
		}
		w.Header().Set("Cache-Control", "no-cache")
		ctx := context.WithValue(r.Context(), requestKey{}, id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(ctx, urlKey{}, r.URL)))
	})
}

// takesJSON refuses bodies of other types, but for those that may bring a file. A
// body without a type is taken for JSON.
func (a *api) takesJSON(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if kind := r.Header.Get("Content-Type"); kind != "" && hasBody(r) && !isJSON(kind) && !(r.URL.Path == href.APIImports() && isMultipart(kind)) {
			a.refuse(w, r, failed(http.StatusUnsupportedMediaType, "send the body as application/json"))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func hasBody(r *http.Request) bool {
	return r.Method == http.MethodPost || r.Method == http.MethodPut || r.Method == http.MethodPatch
}

// isJSON takes merge patches (RFC 7396) too: a PATCH is one.
func isJSON(contentType string) bool {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil || params["charset"] != "" && !strings.EqualFold(params["charset"], "utf-8") {
		return false
	}
	return kind == "application/json" || kind == "application/merge-patch+json"
}

func (a *api) notFound(w http.ResponseWriter, r *http.Request) {
	a.refuse(w, r, norms.NotFoundf("there is nothing at this address"))
}

// notAllowed answers a method that an address does not take, and names those
// that it does.
func (a *api) notAllowed(w http.ResponseWriter, r *http.Request) {
	var allowed []string
	for _, m := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		if a.router.Match(chi.NewRouteContext(), m, r.URL.Path) {
			allowed = append(allowed, m)
		}
		if m == http.MethodGet && allowed != nil {
			allowed = append(allowed, http.MethodHead)
		}
	}
	a.refuse(w, r, failed(http.StatusMethodNotAllowed, "this address does not take "+r.Method+" requests").
		with("Allow", strings.Join(allowed, ", ")))
}
