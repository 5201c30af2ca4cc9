package serve

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"normmap/internal/pagecache"
	"normmap/internal/store/news"
)

// question is what a visitor asks who is not signed in: everything of a request
// on which the answer depends.
type question struct {
	key     []byte            // form, host where it matters, path and query
	version pagecache.Version // the newest there is; of the record only if known
	known   bool
	keeps   bool              // the route is one whose pages are kept
	wrote   int64             // the last revision that came about through this visitor
	flight  *pagecache.Flight // that this request leads
}

// Limits of what is kept. Longer addresses are nobody's links.
const (
	longestKept = 1000    // bytes of an address
	largestKept = 1 << 20 // bytes of an answer
	keyRoom     = 512     // for most keys without asking for memory
)

// question reads one from a request, unless the answer may depend on who asks.
// Its key is written into room, if it fits there.
func (s *Server) question(r *http.Request, room []byte, now time.Time) (q question, ok bool) {
	path := r.URL.Path
	if s.Cache == nil || !safe(r.Method) || len(path)+len(r.URL.RawQuery) > longestKept || verbatim(path) || strings.IndexByte(path, 0) >= 0 {
		return q, false
	}
	if r.Header["Authorization"] != nil || r.Header["Hx-Request"] != nil {
		return q, false
	}
	if r.Header["Cookie"] != nil {
		if _, err := r.Cookie(sessionCookie); err == nil {
			return q, false
		}
		q.wrote = wroteBy(r)
	}
	key := append(room, formAsked(path, r.Header["Accept"])...)
	key = append(key, s.hostAsked(r)...)
	key = append(key, path...)
	if r.URL.RawQuery != "" {
		asked, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil {
			return q, false
		}
		key = append(append(key, 0), asked.Encode()...)
		if len(key) > longestKept { // it grows when it is written in one way
			return q, false
		}
	}
	q.key, q.version.Day = key, now.Unix()/(24*60*60)
	if st, current := s.Store.Heard(); current {
		q.at(st)
	}
	return q, true
}

// at sets the newest state of the record.
func (q *question) at(st news.State) { q.version, q.known = versionAt(st, q.version.Day), true }

func versionAt(st news.State, day int64) pagecache.Version {
	return pagecache.Version{Revision: st.Revision, Names: st.Names, Epoch: st.Epoch, Day: day}
}

// behind tells whether what is known is older than what this visitor wrote
// elsewhere; then the database is read.
func (q *question) behind() bool { return q.wrote > q.version.Revision }

// lasting is the question in memory of its own. It is no copy of q, or else the
// room for q's key could not be on the stack.
func (q *question) lasting() *question {
	return &question{key: bytes.Clone(q.key), version: q.version, known: q.known, wrote: q.wrote}
}

func safe(method string) bool { return method == http.MethodGet || method == http.MethodHead }

// formAsked names the forms that a client gets of a page, of the two or three
// that there are, unless the address says which.
func formAsked(path string, accept []string) string {
	if strings.HasSuffix(path, ".json") || strings.HasSuffix(path, ".csv") {
		if _, f := cutSuffix(path); f != "" {
			return ""
		}
	}
	if len(accept) == 0 || len(accept) == 1 && (accept[0] == "*/*" || accept[0] == string(AsHTML) || strings.HasPrefix(accept[0], string(AsHTML)+",")) {
		return string(AsHTML)
	}
	header := strings.Join(accept, ",")
	return string(accepted(header, AsHTML, AsJSON) + "," + accepted(header, AsHTML, AsJSON, AsCSV))
}

// knownHost is the last host that a request named, with its address.
type knownHost struct{ host, base string }

// hosts remembers what would have to be found out for each request.
type hosts struct{ last atomic.Pointer[knownHost] }

// hostAsked is the address that pages have in their links to themselves, as far
// as it depends on the request.
func (s *Server) hostAsked(r *http.Request) string {
	if s.PublicURL != "" {
		return ""
	}
	if r.TLS != nil {
		return s.BaseURL(r)
	}
	if known := s.hosts.last.Load(); known != nil && known.host == r.Host {
		return known.base
	}
	base := s.BaseURL(r)
	s.hosts.last.Store(&knownHost{strings.Clone(r.Host), base})
	return base
}

// Keeping gives a page out of memory, if it is there and shows the newest state
// of the record, and else has it made once for all who ask for it at the time.
func (s *Server) Keeping(h Handler) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v := VisitOf(r)
		q := v.asks
		if q == nil || v.Actor.SignedIn() {
			return h(w, r)
		}
		q.keeps = true
		if err := s.findNewest(r.Context(), q); err != nil {
			return err
		}
		for !q.behind() {
			f, leads, p := s.Cache.Join(q.key, q.version)
			if leads {
				return s.lead(f, h, w, r)
			}
			again := false
			if p == nil {
				p, again = f.Wait(r.Context())
			}
			if p != nil {
				s.sendKept(w, r, q, p)
				return nil
			}
			if !again {
				break
			}
		}
		return h(w, r)
	}
}

// lead makes a page for all who wait for it. If the reader for whom it is made
// leaves, another one goes on.
func (s *Server) lead(f *pagecache.Flight, h Handler, w http.ResponseWriter, r *http.Request) error {
	defer func() { f.Fail(r.Context().Err() == context.Canceled) }()
	VisitOf(r).asks.flight = f
	return h(w, r)
}

// NotKept lets those who wait for a page make it themselves: an answer that is
// written as it is made can be as slow as its reader.
func (q *question) notKept() {
	if q != nil && q.flight != nil {
		q.flight.Fail(false)
		q.flight, q.keeps = nil, false
	}
}

func (s *Server) findNewest(ctx context.Context, q *question) error {
	if q.known {
		return nil
	}
	st, err := s.Store.Newest(ctx)
	if err != nil {
		return err
	}
	q.at(st)
	return nil
}
