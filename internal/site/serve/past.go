package serve

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"
	"golang.org/x/net/html"

	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/web/href"
)

// asOfParameter of an address asks for the record as it was.
const asOfParameter = "as_of"

// Reading gives a handler one state of the record to read: a snapshot of the
// present, or a revision of the past.
func (s *Server) Reading(h Handler) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v := VisitOf(r)
		if asked := r.URL.Query(); asked.Has(asOfParameter) {
			m, err := s.moment(r, asked[asOfParameter])
			if err != nil {
				return err
			}
			v.Past, v.record = &m, s.Store.AsOf(m.Revision)
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
	q := u.Query()
	q.Set(asOfParameter, strconv.FormatInt(revision, 10))
	u.RawQuery = q.Encode()
	return u.String()
}

// stay rewrites a page about the past so that its links and filters lead to
// pages of the same revision, where those have one. Links that lead to the
// present on purpose say so by rel. Everything else passes letter for letter.
func (s *Server) stay(w io.Writer, page io.Reader, revision int64) error {
	z := html.NewTokenizer(page)
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if z.Err() == io.EOF {
				return nil
			}
			return fmt.Errorf("reading the page: %w", z.Err())
		}
		raw := z.Raw()
		if kind == html.StartTagToken {
			raw = s.stayingTag(bytes.Clone(raw), z.Token(), revision)
		}
		if _, err := w.Write(raw); err != nil {
			return err
		}
	}
}

// stayingTag is a tag as it has to be on a page about a revision.
func (s *Server) stayingTag(raw []byte, t html.Token, revision int64) []byte {
	switch t.Data {
	case "a":
		address := attribute(t, "href")
		if address == nil || !s.HasPast(address.Val) || toPresent(t) {
			return raw
		}
		address.Val = AsOf(address.Val, revision)
		return []byte(t.String())
	case "form":
		if s.asksPast(t) {
			return fmt.Appendf(raw, `<input type="hidden" name="%s" value="%d">`, asOfParameter, revision)
		}
	}
	return raw
}

// asksPast tells whether a form asks a page that has a past. Without an address
// it asks the page that it is on; without a method it only asks.
func (s *Server) asksPast(form html.Token) bool {
	if m := attribute(form, "method"); m != nil && !strings.EqualFold(m.Val, "get") {
		return false
	}
	to := attribute(form, "action")
	return to == nil || to.Val == "" || s.HasPast(to.Val)
}

// toPresent tells whether a link leads to the present on purpose.
func toPresent(a html.Token) bool {
	rel := attribute(a, "rel")
	return rel != nil && slices.Contains(strings.Fields(rel.Val), href.RelPresent)
}

// HasPast tells whether an address of this site takes as_of and has none yet.
// One that is only a query is about the page that it stands on.
func (s *Server) HasPast(address string) bool {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Scheme != "" || u.Host != "" || u.Query().Has(asOfParameter):
		return false
	case u.Path == "":
		return u.RawQuery != ""
	case !strings.HasPrefix(u.Path, "/"):
		return false
	}
	path, _ := cutSuffix(u.Path)
	return s.withPast.Match(chi.NewRouteContext(), http.MethodGet, path)
}

func attribute(t html.Token, name string) *html.Attribute {
	for i := range t.Attr {
		if t.Attr[i].Key == name {
			return &t.Attr[i]
		}
	}
	return nil
}
