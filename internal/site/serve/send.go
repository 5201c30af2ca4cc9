package serve

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/alexedwards/scs/v2"
	"github.com/go-chi/chi/v5"

	"normmap/internal/account"
	"normmap/internal/coding"
	"normmap/internal/pagecache"
	"normmap/internal/whole"
)

// public is the rule for pages that anybody may keep and has to ask for again.
const public = "no-cache"

// Send answers with a finished body. Where anybody may have it, it is kept for
// those who ask the same, and told by a tag.
func (s *Server) Send(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	v := VisitOf(r)
	if q := v.asks; q != nil && q.keeps && s.isPublic(w.Header(), r, status) && len(body) <= largestKept {
		w.Header().Add("Vary", "Accept-Encoding")
		p := pagecache.New(q.shown(r.Context(), v), chi.RouteContext(r.Context()).RoutePattern(), kept(w.Header()), body, codingOf(r))
		if q.flight != nil {
			q.flight.Land(p)
		} else {
			s.Cache.Put(q.key, p)
		}
		s.sendKept(w, r, q, p)
		return
	}
	w.WriteHeader(status)
	_, _ = w.Write(body) // whoever hung up cannot be told
}

// shown is the version that the answer shows: that of the snapshot that it was
// read from; or else it was read after the question came, so it is not older.
func (q *question) shown(ctx context.Context, v *Visit) pagecache.Version {
	st, err := v.state(ctx)
	if v.snapshot == nil || err != nil { // then nothing was read from it
		return q.version
	}
	return versionAt(st, q.version.Day)
}

// isPublic tells whether an answer is the same for everybody.
func (s *Server) isPublic(h http.Header, r *http.Request, status int) bool {
	v := VisitOf(r)
	return status == http.StatusOK && h.Get("Cache-Control") == public && h["Set-Cookie"] == nil &&
		v.Route.Needs == account.Read && !v.private && !v.Actor.SignedIn() &&
		(!v.hasSession || s.sessions.Status(r.Context()) == scs.Unmodified)
}

// ofPage are the header fields that belong to a page; all others are those of
// every answer, or of this one alone.
var ofPage = []string{"Cache-Control", "Content-Disposition", "Content-Type", "Link", "Memento-Datetime", "Vary"}

// kept are the fields of a page. Values of Vary are joined: they are a list.
func kept(h http.Header) []pagecache.Field {
	h["Vary"] = []string{strings.Join(h["Vary"], ", ")}
	var fields []pagecache.Field
	for _, name := range ofPage {
		if values := h[name]; values != nil {
			fields = append(fields, pagecache.Field{Name: name, Values: slices.Clip(values)})
		}
	}
	return fields
}

func codingOf(r *http.Request) coding.Coding { return coding.Accepted(r.Header["Accept-Encoding"]) }

// sendKept answers with a page, or with the word that the client has it. What
// was put into the header before has no place there in the second case (RFC
// 9110, section 15.4.5); in the first it is put there again.
func (s *Server) sendKept(w http.ResponseWriter, r *http.Request, q *question, p *pagecache.Page) (status, sent int) {
	b := s.Cache.Body(q.key, p, codingOf(r))
	h := w.Header()
	if asked := r.Header["If-None-Match"]; asked != nil && matches(asked, b.Tag) {
		id := h["X-Request-Id"]
		clear(h)
		h["X-Request-Id"] = id
		for _, f := range p.Fields {
			if f.Name == "Cache-Control" || f.Name == "Vary" {
				h[f.Name] = f.Values
			}
		}
		h["Etag"] = b.ETag
		w.WriteHeader(http.StatusNotModified)
		return http.StatusNotModified, 0
	}
	s.announce(r, h, b)
	for _, f := range p.Fields {
		h[f.Name] = f.Values
	}
	h["Etag"], h["Content-Length"] = b.ETag, b.Length
	if b.Encoding != nil {
		h["Content-Encoding"] = b.Encoding
	}
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return http.StatusOK, 0
	}
	sent, _ = w.Write(b.Bytes) // whoever hung up cannot be told
	return http.StatusOK, sent
}

// announce has a page sent in one piece, and puts the header fields of every
// answer into it: past net/http, unless they are there already.
func (s *Server) announce(r *http.Request, h http.Header, b *pagecache.Body) {
	to := whole.Of(r)
	if to == nil {
		s.protect(h)
		return
	}
	var lines []byte
	if h["X-Content-Type-Options"] == nil {
		lines = s.guard
	}
	length := len(b.Bytes)
	if r.Method == http.MethodHead {
		length = 0
	}
	to.Announce(lines, length)
}

// matches tells whether one of the tags that a client has is this one; what is
// meant to be equivalent only, is taken for it (RFC 9110, section 13.1.2).
func matches(header []string, tag string) bool {
	for _, line := range header {
		for line != "" {
			line = strings.TrimLeft(line, " \t,")
			if strings.HasPrefix(line, "*") {
				return true
			}
			line = strings.TrimPrefix(line, "W/")
			if !strings.HasPrefix(line, `"`) {
				return false // no list of tags
			}
			end := strings.IndexByte(line[1:], '"')
			if end < 0 {
				return false
			}
			if line[:end+2] == tag {
				return true
			}
			line = line[end+2:]
		}
	}
	return false
}
