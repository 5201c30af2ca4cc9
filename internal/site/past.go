package site

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"
	"golang.org/x/net/html"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/web/href"
)

// asOfParameter of an address asks for the record as it was.
const asOfParameter = "as_of"

// browse is a page of the record, which can be asked for as of any revision.
func (s *site) browse(pattern string, h handler) {
	s.withPast.Get(pattern, func(http.ResponseWriter, *http.Request) {})
	s.handle(http.MethodGet, pattern, account.Read, s.reading(h))
}

// reading gives a handler one state of the record to read: a snapshot of the
// present, or a revision of the past.
func (s *site) reading(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v := visitOf(r)
		if asked := r.URL.Query(); asked.Has(asOfParameter) {
			m, err := s.moment(r.Context(), asked.Get(asOfParameter))
			if err != nil {
				return err
			}
			v.past, v.record, v.revision = &m, s.Store.AsOf(m.Revision), m.Revision
			return h(w, r)
		}
		now, err := s.Store.Snapshot(r.Context())
		if err != nil {
			return err
		}
		defer now.End()
		v.record, v.revision, v.endReading = now.Store, now.Revision, now.End
		return h(w, r)
	}
}

func (s *site) moment(ctx context.Context, asked string) (norms.Moment, error) {
	q, err := norms.ParseAsOf(asked)
	if err != nil {
		return norms.Moment{}, err
	}
	return s.Store.Moment(ctx, q)
}

// record is the state of the record that a page shows.
func record(r *http.Request) *store.Store { return visitOf(r).record }

// refusePast is for pages that have no past: they must not answer with the
// present what was asked about another time.
func refusePast(r *http.Request) error {
	if !r.URL.Query().Has(asOfParameter) {
		return nil
	}
	return norms.Errorf(norms.Malformed, "this page has no past; leave out as_of")
}

// asOf adds a revision to an address of this site.
func asOf(address string, revision int64) string {
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
// present on purpose say so by rel.
func (s *site) stay(w io.Writer, page *bytes.Buffer, revision int64) error {
	z := html.NewTokenizer(page)
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if z.Err() == io.EOF {
				return nil
			}
			return fmt.Errorf("reading the page: %w", z.Err())
		}
		raw := bytes.Clone(z.Raw())
		if t := z.Token(); kind == html.StartTagToken && s.leadsOn(&t, revision) {
			raw = []byte(t.String())
			if t.Data == "form" {
				raw = fmt.Appendf(raw, `<input type="hidden" name="%s" value="%d">`, asOfParameter, revision)
			}
		}
		if _, err := w.Write(raw); err != nil {
			return err
		}
	}
}

// leadsOn changes a tag that leads to a page with a past, and says whether it
// is one.
func (s *site) leadsOn(t *html.Token, revision int64) bool {
	switch {
	case t.Data == "form" && attribute(t, "method") == "get":
		return s.hasPast(attribute(t, "action"))
	case t.Data != "a" || attribute(t, "rel") == href.RelPresent:
		return false
	}
	for i, a := range t.Attr {
		if a.Key == "href" && s.hasPast(a.Val) {
			t.Attr[i].Val = asOf(a.Val, revision)
			return true
		}
	}
	return false
}

// hasPast tells whether an address of this site takes as_of and has none yet.
func (s *site) hasPast(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host != "" || !strings.HasPrefix(u.Path, "/") || u.Query().Has(asOfParameter) {
		return false
	}
	path, _ := cutSuffix(u.Path)
	return s.withPast.Match(chi.NewRouteContext(), http.MethodGet, path)
}

func attribute(t *html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
