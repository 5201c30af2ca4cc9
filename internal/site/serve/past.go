package serve

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/internal/store"
)

// asOfParameter of an address asks for the record as it was.
const asOfParameter = "as_of"

// Reading gives a handler one state of the record to read: a snapshot of the
// present, or a revision of the past.
func (s *Server) Reading(h Handler) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v := VisitOf(r)
		if asked := r.URL.Query(); asked.Has(asOfParameter) {
			epoch := s.Store.Epoch()
			m, err := s.moment(r, asked[asOfParameter])
			if err != nil {
				return err
			}
			v.Past, v.record = &m, s.Store.At(m, epoch)
			return h(w, r)
		}
		now, err := s.Store.Snapshot(r.Context())
		if err != nil {
			return err
		}
		defer now.End()
		v.record, v.snapshot, v.endReading = now.Store, now, now.End
		return h(w, r)
	}
}

// moment is the revision that was asked for. A page about one thing says how
// much of what was recorded since concerns it.
func (s *Server) moment(r *http.Request, asked []string) (norms.Moment, error) {
	q, err := norms.AskedAsOf(asked, s.Now())
	if err != nil {
		return norms.Moment{}, err
	}
	if ReadsPage(r) {
		return s.Store.MomentOf(r.Context(), q, thingOf(r))
	}
	return s.Store.Moment(r.Context(), q)
}

// thingOf is the written form of the thing that an address of its own names,
// or "".
func thingOf(r *http.Request) string {
	collection, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	kind := map[string]string{"organizations": "organization", "initiatives": "initiative", "sources": "source", "agreements": "agreement",
		"elements": "element"}[collection]
	if chi.URLParam(r, "label") != "" {
		kind = "principle"
	}
	if kind == "" {
		return ""
	}
	key, err := KeyOf(r, kind)
	if err != nil {
		return "" // a list, or an address that names nothing
	}
	return kind + "/" + key
}

// Record is the state of the record that a page shows.
func Record(r *http.Request) *store.Store { return VisitOf(r).record }

// RefusePast is for pages that have no past: they must not answer with the
// present what was asked about another time.
func RefusePast(r *http.Request) error {
	if !r.URL.Query().Has(asOfParameter) {
		return nil
	}
	return norms.Errorf(norms.Malformed, "this page has no past; leave out as_of")
}

// AsOf adds a revision to an address of this site.
func AsOf(address string, revision int64) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return withRevision(u, strconv.FormatInt(revision, 10))
}

func withRevision(u *url.URL, revision string) string {
	if u.RawQuery == "" {
		u.RawQuery = asOfParameter + "=" + revision
		return u.String()
	}
	q := u.Query()
	q.Set(asOfParameter, revision)
	u.RawQuery = q.Encode()
	return u.String()
}
