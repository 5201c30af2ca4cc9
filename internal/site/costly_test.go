package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/pgtest"
	"normmap/internal/site/serve"
	"normmap/internal/store"
	"normmap/web/href"
)

// besideSlowPages asks for a cheap page while 40 costly ones wait for a table
// that somebody has locked, of which so many may at once, and returns its
// status and those of the others.
func besideSlowPages(t *testing.T, atOnce int) (cheap int, costly map[int]int) {
	t.Helper()
	const connections, readers = costlyMax + 2, 40
	url := pgtest.Founding(t)
	st, end, err := store.Connect(t.Context(), url, connections, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	s := newSite(testDeps(st, &lockedBuffer{}))
	rules := costlyRules()
	rules.All = atOnce
	s.costly = serve.NewSlots(rules)
	handler := s.handler()
	get := func(path string, reader int) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		r.RemoteAddr = fmt.Sprintf("192.0.2.%d:4711", reader)
		handler.ServeHTTP(w, r)
		return w
	}
	unlock := lockRecord(t, url)
	var mu sync.Mutex
	var all sync.WaitGroup
	costly = map[int]int{}
	for reader := range readers {
		all.Go(func() {
			w := get("/coverage", reader)
			mu.Lock()
			defer mu.Unlock()
			costly[w.Code]++
			if w.Code == http.StatusServiceUnavailable && w.Header().Get("Retry-After") == "" {
				t.Error("503 without Retry-After")
			}
		})
	}
	awaitLocked(t, url, min(atOnce, connections))
	cheap = get("/changes.json", readers).Code
	unlock()
	all.Wait()
	return cheap, costly
}

// lockRecord locks what costly pages read, and the list of changes does not,
// until it is undone.
func lockRecord(t *testing.T, url string) (unlock func()) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), "begin; lock table link, principle, agreement in access exclusive mode"); err != nil {
		t.Fatal(err)
	}
	return func() { _ = conn.Close(t.Context()) }
}

// awaitLocked waits until so many statements wait for a lock.
func awaitLocked(t *testing.T, url string, n int) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	for deadline := time.Now().Add(time.Minute); ; {
		var waiting int
		err := conn.QueryRow(t.Context(), "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'").Scan(&waiting)
		if err != nil {
			t.Fatal(err)
		}
		if waiting >= n {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d statements wait, want %d", waiting, n)
		}
	}
}

func TestCheapPageIsAnsweredBesideFortySlowOnes(t *testing.T) {
	t.Parallel()
	cheap, costly := besideSlowPages(t, costlyMax)
	if cheap != http.StatusOK {
		t.Errorf("the cheap page answers %d", cheap)
	}
	if costly[http.StatusOK]+costly[http.StatusServiceUnavailable] != 40 {
		t.Errorf("the costly pages answer %v", costly)
	}
}

// The control: without the limit they hold every connection, and a reader of
// another page is told to come back rather than kept.
func TestWaitForAConnectionEnds(t *testing.T) {
	t.Parallel()
	cheap, costly := besideSlowPages(t, 40)
	if cheap != http.StatusServiceUnavailable {
		t.Errorf("the cheap page answers %d", cheap)
	}
	if costly[http.StatusOK]+costly[http.StatusServiceUnavailable] != 40 {
		t.Errorf("the costly pages answer %v", costly)
	}
}

// One reader's costly pages leave a place for those of another. The control is
// a client who may have all places.
func TestPlacesForCostlyPages(t *testing.T) {
	t.Parallel()
	for each, others := range map[int]int{costlyOne: http.StatusOK, costlyMax: http.StatusServiceUnavailable} {
		h := newHouse(t)
		rules := costlyRules()
		rules.Each, rules.Own, rules.Shared = each, time.Millisecond, time.Millisecond
		h.site.costly = serve.NewSlots(rules)
		for range each {
			if _, err := h.site.costly.Take(t.Context(), "192.0.2.1"); err != nil {
				t.Fatal(err)
			}
		}
		for _, page := range []string{"/coverage", "/search?q=norms"} {
			get := func(from string) answer {
				r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, page, nil)
				r.RemoteAddr = from + ":4711"
				return h.do(r)
			}
			a := get("192.0.2.1").status(http.StatusTooManyRequests).says("for your network address are under way")
			if a.Header.Get("Retry-After") != "2" {
				t.Errorf("Retry-After is %q", a.Header.Get("Retry-After"))
			}
			get("192.0.2.2").status(others)
		}
	}
}

// takesNothing is a reader who asks and then does not read.
type takesNothing struct {
	http.ResponseWriter
	begun, end chan struct{}
	once       sync.Once
}

func (n *takesNothing) Write(b []byte) (int, error) {
	n.once.Do(func() { close(n.begun) })
	<-n.end
	return len(b), nil
}

// Readers who ask and do not read take no place: a page that is made is only
// sent, and so is an answer of the API.
func TestASlowReaderTakesNoPlace(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(d *Deps) {
		d.API = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("{}")) })
	})
	for _, path := range []string{"/search", href.API() + "/search"} {
		t.Run(path, func(t *testing.T) {
			end := make(chan struct{})
			var all sync.WaitGroup
			defer all.Wait()
			defer close(end)
			ask := func(w http.ResponseWriter, q string, reader int) {
				r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path+"?q="+q, nil)
				r.RemoteAddr = fmt.Sprintf("192.0.2.%d:4711", reader)
				h.handler.ServeHTTP(w, r)
			}
			for reader := range costlyMax {
				w := &takesNothing{ResponseWriter: httptest.NewRecorder(), begun: make(chan struct{}), end: end}
				all.Go(func() { ask(w, fmt.Sprint("cyber", reader), reader) })
				<-w.begun
			}
			w := httptest.NewRecorder()
			if ask(w, "another", costlyMax); w.Code != http.StatusOK {
				t.Errorf("%d beside readers who do not read", w.Code)
			}
		})
	}
}
