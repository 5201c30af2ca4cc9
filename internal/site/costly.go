package site

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/href"
)

// Limits of pages that make the database count or search: so few at once that
// there are always connections, and processors, for those that look something
// up, and fewer for one client, so that others find a place.
const (
	costlyMax  = 4
	costlyOne  = 2
	costlyWait = time.Second // for a place of the client's own, and then for one of all
)

func costlyRules() serve.SlotRules {
	return serve.SlotRules{All: costlyMax, Each: costlyOne, Own: costlyWait, Shared: costlyWait,
		TooMany: serve.Later(norms.Errorf(norms.TooMany, "%d searches and counts for your network address are under way, which is as many as there may be; try again in a moment", costlyOne), 2*time.Second),
		Full:    serve.Later(norms.Errorf(norms.Unavailable, "many such searches and counts are under way; try again in a moment"), 2*time.Second)}
}

// costlyOfAPI are the operations of the API that do what costly pages do.
var costlyOfAPI = []string{"/search", "/coverage", "/suggestions"}

// fewCostly holds the API to the same limit.
func (s *site) fewCostly(api http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := strings.TrimPrefix(r.URL.Path, href.API())
		if slices.Contains(costlyOfAPI, path) || strings.HasSuffix(path, "/suggestions") {
			release, err := s.costly.Take(r.Context(), serve.Client(r))
			if err != nil {
				s.server.Fail(w, r, err)
				return
			}
			release = sync.OnceFunc(release)
			defer release()
			w = &untilSent{w, release} // the reader, who may be slow, takes no place
		}
		api.ServeHTTP(w, r)
	})
}

// untilSent tells when an answer is made: before the first of it is sent.
type untilSent struct {
	http.ResponseWriter
	made func()
}

func (w *untilSent) WriteHeader(status int) {
	w.made()
	w.ResponseWriter.WriteHeader(status)
}

func (w *untilSent) Write(p []byte) (int, error) {
	w.made()
	return w.ResponseWriter.Write(p)
}

// Unwrap is for [http.ResponseController].
func (w *untilSent) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// fewAtOnce has a costly page made when there is a place for it.
func (s *site) fewAtOnce(h serve.Handler) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		release, err := s.costly.Take(r.Context(), serve.Client(r))
		if err != nil {
			return err
		}
		release = sync.OnceFunc(release)
		defer release()
		serve.VisitOf(r).Made = release // the reader, who may be slow, takes no place
		return h(w, r)
	}
}
