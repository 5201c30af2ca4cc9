package site

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
)

// beside is another instance of the service on the same database.
func (h *house) beside() *house {
	h.t.Helper()
	st, end, err := store.Connect(h.t.Context(), h.pool.Config().ConnString(), 4, 2)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(end)
	follow(h.t, st)
	d := testDeps(st, h.log)
	keepingPages(&d)
	other := &house{t: h.t, store: st, pool: h.pool, queries: h.queries, log: h.log, cookies: map[string]*http.Cookie{}}
	other.site = newSite(d)
	other.handler = other.site.handler()
	return other
}

const reportData = "/sources/kept-report.json"

func TestAnotherInstanceShowsAnEdit(t *testing.T) {
	t.Parallel()
	one := newKeeping(t).beside()
	two := one.beside()
	by := one.signIn(account.Editor)
	one.source(by, norms.PutSource{Title: "Report 1"})
	eventually(t, "the report", func() bool { return strings.Contains(two.get(reportData).body, "Report 1") })
	first := one.get(reportData)
	one.source(by, norms.PutSource{Title: "Report 2", Version: versionIn(t, first)})
	clear(one.cookies)
	one.get(reportData).says("Report 2")
	eventually(t, "the change", func() bool { return strings.Contains(two.get(reportData).body, "Report 2") })
}

func versionIn(t *testing.T, a answer) int64 {
	t.Helper()
	_, rest, _ := strings.Cut(a.body, `"version":`)
	digits := strings.TrimLeft(rest, " ")
	end := strings.IndexFunc(digits, func(r rune) bool { return r < '0' || r > '9' })
	n, err := strconv.ParseInt(digits[:max(end, 0)], 10, 64)
	if err != nil {
		t.Fatalf("no version in %s", a.body)
	}
	return n
}

// Whoever wrote reads that on every instance, whether or not it has heard of
// it: the answer to the form says which revision that is.
func TestWhoWroteReadsItEverywhere(t *testing.T) {
	t.Parallel()
	h := newKeeping(t)
	h.signIn(account.Editor)
	a := h.post("/sources/new", "slug", "kept-report", "title", "Report", "kind", "report", "exhaustiveness", "unknown", "reason", "for a test")
	a.status(http.StatusSeeOther)
	told := h.cookies[wroteName]
	if told == nil || told.Value != "2" || !told.Secure || !told.HttpOnly {
		t.Fatalf("the cookie is %v", told)
	}
	if b := h.post("/sources/new", "slug", "kept-report"); b.StatusCode != http.StatusUnprocessableEntity || len(b.Header["Set-Cookie"]) != 0 {
		t.Errorf("status %d, cookies %v: nothing was written", b.StatusCode, b.Header["Set-Cookie"])
	}
	other := h.beside()
	clear(other.cookies)
	for n := range 10 {
		why := "written now " + strconv.Itoa(n)
		other.get("/changes")
		h.post("/sources/new", "slug", "kept-"+strconv.Itoa(n), "title", "Report", "kind", "report", "exhaustiveness", "unknown", "reason", why).status(http.StatusSeeOther)
		other.cookies[wroteName] = h.cookies[wroteName]
		other.get("/changes").says(why)
	}
}

// A revision that is not known is looked for in the database, whoever names it.
func TestARevisionAheadIsReadFromTheDatabase(t *testing.T) {
	t.Parallel()
	h := newKeeping(t)
	h.get(principlePage)
	for value, reads := range map[string]bool{"1": false, "2": true, "x": false, "": false, "99999999999999999999": false} {
		h.queries.take()
		h.with(principlePage, "Cookie", wroteName+"="+value).status(http.StatusOK)
		if n := len(h.queries.take()); n > 0 != reads {
			t.Errorf("%q: %d statements", value, n)
		}
	}
}

// While nothing is heard of others, the database is asked each time; and what it
// says is never older than what was written before.
func TestWithoutNewsTheDatabaseIsAsked(t *testing.T) {
	t.Parallel()
	h := newHouse(t, keepingPages)
	other := newHouse(t)
	other.store = store.New(h.pool)
	by := h.signIn(account.Editor)
	clear(h.cookies)
	other.source(by, norms.PutSource{Title: "Report 1"})
	h.get(reportData).says("Report 1")
	h.queries.take()
	first := h.get(reportData)
	if n := len(h.queries.take()); n != 1 {
		t.Errorf("%d statements for a page that is kept", n)
	}
	other.source(by, norms.PutSource{Title: "Report 2", Version: versionIn(t, first)})
	h.get(reportData).says("Report 2")
}

// A page is served while the database is away only as long as it is certain
// that nothing is newer.
func TestWhileTheDatabaseIsAway(t *testing.T) {
	t.Parallel()
	hearing, deaf := newKeeping(t), newHouse(t, keepingPages)
	for _, h := range []*house{hearing, deaf} {
		h.get(principlePage).status(http.StatusOK)
		h.pool.Close()
	}
	hearing.get(principlePage).status(http.StatusOK)
	hearing.get("/agreements/gcsc").status(http.StatusServiceUnavailable)
	deaf.get(principlePage).status(http.StatusServiceUnavailable)
}

// Readers hammer while an editor edits; nobody reads what is older than what
// was acknowledged before they asked.
func TestReadersNeverSeeWhatIsOlder(t *testing.T) {
	t.Parallel()
	h := newKeeping(t)
	by := h.signIn(account.Editor)
	clear(h.cookies)
	version := h.source(by, norms.PutSource{Title: "Report 1"}).Revision
	var acknowledged atomic.Int64
	acknowledged.Store(1)
	done := make(chan struct{})
	var readers sync.WaitGroup
	for i := range 6 {
		readers.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-done:
					return
				default:
				}
				before := acknowledged.Load()
				r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, []string{reportData, "/sources/kept-report", "/sources/kept-report/history"}[(i+n)%3], nil)
				rec := httptest.NewRecorder()
				h.handler.ServeHTTP(rec, r)
				if shown := reportIn(rec.Body.String()); rec.Code != http.StatusOK || shown < before {
					t.Errorf("status %d: report %d is shown after %d was saved", rec.Code, shown, before)
					return
				}
			}
		})
	}
	for n := int64(2); n <= 40; n++ {
		version = h.source(by, norms.PutSource{Title: "Report " + strconv.FormatInt(n, 10), Version: version}).Revision
		acknowledged.Store(n)
	}
	close(done)
	readers.Wait()
	if st := h.site.Cache.Stats(); st.Hits == 0 {
		t.Errorf("%+v", st)
	}
}

// reportIn finds the number in the title of the report.
func reportIn(body string) int64 {
	_, rest, _ := strings.Cut(body, "Report ")
	end := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
	n, _ := strconv.ParseInt(rest[:max(end, 0)], 10, 64)
	return n
}
