package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"normmap/internal/account"
	"normmap/internal/coding"
	"normmap/internal/norms"
	"normmap/internal/pagecache"
	"normmap/internal/store"
)

// keepingPages gives a site memory for pages.
func keepingPages(d *Deps) { d.Cache = pagecache.NewCache(4 << 20) }

// follow lets a store hear what others write, as in the running service.
func follow(t testing.TB, s *store.Store) {
	t.Helper()
	end, err := s.Follow(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	eventually(t, "news", func() bool {
		_, current := s.Heard()
		return current
	})
}

// eventually waits for something that comes by itself.
func eventually(t testing.TB, what string, came func() bool) {
	t.Helper()
	for until := time.Now().Add(time.Minute); !came(); time.Sleep(time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("%s did not come", what)
		}
	}
}

// newKeeping is a house that keeps pages and follows the news.
func newKeeping(t testing.TB, set ...func(*Deps)) *house {
	t.Helper()
	h := newHouse(t, append([]func(*Deps){keepingPages}, set...)...)
	follow(t, h.store)
	return h
}

const principlePage = "/agreements/paris-call/principles/1"

// with asks for an address with header fields, given as name and value.
func (h *house) with(address string, fields ...string) answer {
	h.t.Helper()
	r := httptest.NewRequestWithContext(h.t.Context(), http.MethodGet, address, nil)
	for i := 0; i+1 < len(fields); i += 2 {
		r.Header.Add(fields[i], fields[i+1])
	}
	return h.do(r)
}

// source records a source, or changes it, and returns its address as data.
func (h *house) source(by account.Actor, s norms.PutSource) norms.Applied {
	h.t.Helper()
	s.Slug, s.Kind, s.Exhaustiveness = "kept-report", "report", "unknown"
	done, err := h.store.Apply(h.t.Context(), by, "for a test", []norms.Edit{s})
	if err != nil {
		h.t.Fatal(err)
	}
	return done
}

func TestAPageOutOfMemoryCostsNoStatement(t *testing.T) {
	t.Parallel()
	h := newKeeping(t)
	for _, address := range []string{"/", principlePage, principlePage + ".json", "/initiatives.csv", "/coverage", "/changes.atom", "/changesets/1",
		"/organizations/microsoft/history", "/method", "/search?q=norms", "/initiatives?as_of=1", "/data"} {
		first := h.get(address).status(http.StatusOK)
		h.queries.take()
		lines := strings.Count(h.log.String(), "\n")
		again := h.get(address).status(http.StatusOK)
		if n := len(h.queries.take()); n != 0 {
			t.Errorf("%s ran %d statements", address, n)
		}
		if again.body != first.body || again.Header.Get("Etag") == "" || again.Header.Get("X-Request-Id") == first.Header.Get("X-Request-Id") {
			t.Errorf("%s: other bytes, no tag or the same number", address)
		}
		again.Header.Del("X-Request-Id")
		first.Header.Del("X-Request-Id")
		for name := range first.Header {
			if !slices.Equal(first.Header[name], again.Header[name]) {
				t.Errorf("%s: %s is %q and then %q", address, name, first.Header[name], again.Header[name])
			}
		}
		if n := strings.Count(h.log.String(), "\n"); n != lines+1 {
			t.Errorf("%s: %d lines in the log for one request", address, n-lines)
		}
	}
	if log := h.log.String(); strings.Count(log, `"route":"/agreements/{agreement}/principles/{label}","status":200`) != 4 {
		t.Errorf("the log does not name the route each time: %s", log)
	}
}

func TestRevalidation(t *testing.T) {
	t.Parallel()
	h := newKeeping(t)
	tag := h.with(principlePage, "Accept-Encoding", "br").status(http.StatusOK).Header.Get("Etag")
	if !strings.HasPrefix(tag, `"`) || !strings.HasSuffix(tag, `-br"`) {
		t.Fatalf("the tag is %s", tag)
	}
	for asked, status := range map[string]int{
		tag: 304, "W/" + tag: 304, "*": 304, `"other", ` + tag: 304, `"a,b" ,W/"x",` + tag + `,"y"`: 304,
		`"other"`: 200, strings.Trim(tag, `"`): 200, `"`: 200, "": 200, strings.Replace(tag, "-br", "", 1): 200,
	} {
		a := h.with(principlePage, "Accept-Encoding", "br", "If-None-Match", asked).status(status)
		if a.Header.Get("Etag") != tag {
			t.Errorf("If-None-Match %s: the tag is %s", asked, a.Header.Get("Etag"))
		}
		if status == http.StatusNotModified {
			h.isShort(a)
		}
	}
	if a := h.with(principlePage, "If-None-Match", tag); a.StatusCode != http.StatusOK {
		t.Errorf("a tag of the coded page counts for the page without coding: %d", a.StatusCode)
	}
	h.apply(norms.PutSource{Slug: "kept-report", Title: "Report", Kind: "report", Exhaustiveness: "unknown"})
	if a := h.with(principlePage, "Accept-Encoding", "br", "If-None-Match", tag); a.StatusCode != http.StatusOK {
		t.Errorf("after a change: %d", a.StatusCode)
	}
}

// isShort holds a 304 against RFC 9110, section 15.4.5, and 400 bytes.
func (h *house) isShort(a answer) {
	h.t.Helper()
	size := len("HTTP/1.1 304 Not Modified\r\nDate: Mon, 23 Nov 2026 00:00:00 GMT\r\n\r\n")
	for name, values := range a.Header {
		if !slices.Contains([]string{"Cache-Control", "Etag", "Vary", "X-Request-Id"}, name) {
			h.t.Errorf("a 304 has %s", name)
		}
		size += len(name) + len(": \r\n") + len(strings.Join(values, ""))
	}
	if a.body != "" || size > 400 || len(a.Header) != 4 {
		h.t.Errorf("%d bytes, header %v, body %q", size, a.Header, a.body)
	}
}

func TestCodingsOfAPage(t *testing.T) {
	t.Parallel()
	h := newKeeping(t)
	plain := h.get(principlePage)
	tags := map[string]string{"": plain.Header.Get("Etag")}
	for asked, want := range map[string]coding.Coding{"br": coding.Brotli, "gzip, deflate": coding.Gzip, "gzip, deflate, br, zstd": coding.Brotli,
		"br;q=0, gzip;q=0.5": coding.Gzip, "identity": coding.Identity, "br;q=0": coding.Identity, "*": coding.Brotli} {
		a := h.with(principlePage, "Accept-Encoding", asked).status(http.StatusOK)
		body, err := coding.Decode(want, []byte(a.body))
		if err != nil || string(body) != plain.body || a.Header.Get("Content-Encoding") != want.Name() {
			t.Errorf("%q: coding %q, %v, same page %v", asked, a.Header.Get("Content-Encoding"), err, string(body) == plain.body)
		}
		if a.Header.Get("Content-Length") != fmt.Sprint(len(a.body)) || !strings.Contains(a.Header.Get("Vary"), "Accept-Encoding") {
			t.Errorf("%q: length %s of %d; varies by %q", asked, a.Header.Get("Content-Length"), len(a.body), a.Header.Get("Vary"))
		}
		tags[want.Name()] = a.Header.Get("Etag")
	}
	if len(tags) != 3 || tags["br"] == tags["gzip"] || tags["br"] == tags[""] {
		t.Errorf("the tags are %v", tags)
	}
}

func TestHeadOfAPage(t *testing.T) {
	t.Parallel()
	h := newKeeping(t)
	for range 2 {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodHead, principlePage, nil)
		head := h.do(r).status(http.StatusOK)
		get := h.get(principlePage)
		for _, name := range []string{"Etag", "Content-Type", "Content-Length", "Cache-Control", "Vary", "Link"} {
			if head.Header.Get(name) == "" || head.Header.Get(name) != get.Header.Get(name) {
				t.Errorf("%s is %q, of the page %q", name, head.Header.Get(name), get.Header.Get(name))
			}
		}
		if head.body != "" {
			t.Errorf("HEAD has a body of %d bytes", len(head.body))
		}
	}
}

// The forms of one address, and what is asked of it, do not get into each
// other's way.
func TestFormsAndQuestionsAreKeptApart(t *testing.T) {
	t.Parallel()
	h, plain := newKeeping(t), newHouse(t)
	for range 2 {
		for _, accept := range []string{"text/html,application/xhtml+xml", "application/json", "text/csv", "text/csv, text/html;q=0.5", "*/*", "text/csv;q=0.9, application/json;q=0.8"} {
			for _, address := range []string{"/initiatives", principlePage, "/initiatives?q=x&organization=microsoft", "/initiatives?organization=microsoft&q=x",
				"/initiatives?q=y", "/initiatives%3Fq=y", "/agreements/paris-call/", "/nothing"} {
				a, b := h.with(address, "Accept", accept), plain.with(address, "Accept", accept)
				if a.StatusCode != b.StatusCode || a.Header.Get("Content-Type") != b.Header.Get("Content-Type") || withoutNumbers(a) != withoutNumbers(b) {
					t.Errorf("%s as %s: %d %s, without memory %d %s", address, accept, a.StatusCode, a.Header.Get("Content-Type"), b.StatusCode, b.Header.Get("Content-Type"))
				}
			}
		}
	}
	h.queries.take()
	if h.get("/initiatives?organization=microsoft&q=x"); len(h.queries.take()) != 0 {
		t.Error("the order of what is asked makes another page")
	}
}

// withoutNumbers is the body without the request's own number.
func withoutNumbers(a answer) string {
	return strings.ReplaceAll(a.body, a.Header.Get("X-Request-Id"), "")
}

// What is not the page itself is found out each time.
func TestErrorsAreNotKept(t *testing.T) {
	t.Parallel()
	h := newKeeping(t)
	for address, status := range map[string]int{"/organizations/nobody": 404, "/initiatives?limit=x": 422, "/sources?as_of=9": 404, "/agreements/paris-call/": 301, "/changes.atom.json": 404} {
		for range 2 {
			if a := h.get(address).status(status); a.Header.Get("Etag") != "" {
				t.Errorf("%s has a tag", address)
			}
		}
	}
	if st := h.site.Cache.Stats(); st.Pages != 0 || st.Hits != 0 {
		t.Errorf("%+v", st)
	}
}

// A fault while a page is made is the leader's; whoever waits makes it anew.
func TestAFaultIsNotKept(t *testing.T) {
	t.Parallel()
	h := newKeeping(t)
	var calls atomic.Int64
	h.site.public("/test/sometimes", func(w http.ResponseWriter, r *http.Request) error {
		if calls.Add(1) == 1 {
			panic("once")
		}
		return h.site.pages.Method(w, r)
	})
	h.get("/test/sometimes").status(http.StatusInternalServerError)
	h.get("/test/sometimes").status(http.StatusOK)
	h.get("/test/sometimes").status(http.StatusOK)
	if calls.Load() != 2 {
		t.Errorf("made %d times", calls.Load())
	}
}

func TestMadeOnceForManyReaders(t *testing.T) {
	t.Parallel()
	h := newKeeping(t)
	h.get("/coverage")
	h.queries.take()
	h.source(h.signIn(account.Editor), norms.PutSource{Title: "Report"})
	clear(h.cookies)
	h.queries.take()
	var readers sync.WaitGroup
	for range 16 {
		readers.Go(func() {
			rec := httptest.NewRecorder()
			h.handler.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/coverage", nil))
			if rec.Code != http.StatusOK {
				t.Errorf("status %d", rec.Code)
			}
		})
	}
	readers.Wait()
	if n := len(h.queries.take()); n > 6 {
		t.Errorf("%d statements for 16 readers of one page", n)
	}
}

func TestPagesOfAnotherDay(t *testing.T) {
	t.Parallel()
	var days atomic.Int64
	h := newKeeping(t, func(d *Deps) {
		d.Now = func() time.Time {
			return time.Date(2026, 11, 22, 23, 59, 0, 0, time.UTC).AddDate(0, 0, int(days.Load()))
		}
	})
	h.get("/gaps")
	h.queries.take()
	days.Add(1)
	if h.get("/gaps"); len(h.queries.take()) == 0 {
		t.Error("the gaps of yesterday are shown today")
	}
}

func TestRenamedAccountIsShown(t *testing.T) {
	t.Parallel()
	h := newKeeping(t)
	by := h.signIn(account.Editor)
	clear(h.cookies)
	h.source(by, norms.PutSource{Title: "Report"})
	h.get("/changes").says(by.Name)
	if _, err := h.pool.Exec(t.Context(), "update account set name = 'Ada King' where id = $1", by.ID); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the new name", func() bool { return strings.Contains(h.get("/changes").body, "Ada King") })
}
