package site

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/metrics"
	"normmap/internal/pgtest"
	"normmap/internal/site/browse"
	"normmap/internal/site/serve"
	"normmap/internal/store/postgres"
)

// facts is how many rows fill, times over, all that lies between the database
// and a reader who does not read.
const facts = 20_000

// manyFacts writes them straight into the past of revision 1, from which
// downloads are read. They are not compressed, so that this is quick and they
// stay long in a zip file, too.
const manyFacts = `
alter table history.fact_source alter note set storage external;
insert into history.fact_source (since_rev, id, kind, entity, field, confidence, place, retrieved_on, note, version)
select 1, 1000000 + i, 'agreement', 'many-' || i, 'title', 'known', '', '', (select string_agg(md5(i || ' ' || j), '') from generate_series(1, 64) j), 1
from generate_series(1, 20000) i;
analyze history.fact_source`

// crowded is a house with so many facts, its server, and how to take the
// database away from its downloads.
func crowded(t *testing.T) (h *house, address string, away func()) {
	t.Helper()
	h = newHouse(t)
	url := h.pool.Config().ConnString()
	past, err := postgres.OpenPast(t.Context(), url, func(c *pgxpool.Config) { c.ConnConfig.Tracer = h.queries })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(past.Close)
	h.site.server.Store = h.store.WithPast(past)
	owner, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close(context.WithoutCancel(t.Context()))
	if _, err := owner.Exec(t.Context(), manyFacts); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h.handler)
	t.Cleanup(server.Close)
	return h, server.URL, past.Close
}

// steps counts how often the facts were asked for.
func (h *house) steps() (n int) {
	for _, sql := range h.queries.take() {
		if strings.Contains(sql, "from fact_source f left join") && strings.Contains(sql, "limit") {
			n++
		}
	}
	return n
}

func open(t *testing.T, address string) io.ReadCloser {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%s answers %d", address, res.StatusCode)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	return res.Body
}

// The first bytes are there long before the last row is read: a slow reader
// makes the service wait, not collect. When the database goes away meanwhile,
// the reader learns that the file is not whole.
func TestDownloadsAreStreamedAndCutVisibly(t *testing.T) {
	t.Parallel()
	h, address, away := crowded(t)
	rules := browse.DownloadRules()
	rules.Each = rules.All
	h.site.pages.Downloads = serve.NewSlots(rules)
	h.queries.take()
	whole := open(t, address+"/data/facts.json")
	first := make([]byte, 1000)
	if _, err := io.ReadFull(whole, first); err != nil {
		t.Fatal(err)
	}
	if n := h.steps(); n == 0 || n > facts/250/2 {
		t.Errorf("the facts were asked for %d times before the reader took more than the first bytes", n)
	}
	rest, err := io.ReadAll(whole)
	if err != nil {
		t.Fatal(err)
	}
	if got := items(t, string(append(first, rest...))); got.Total <= facts || len(got.Items) != got.Total {
		t.Errorf("the whole file has %d of %d rows", len(got.Items), got.Total)
	}

	broken := map[string]io.ReadCloser{}
	for _, file := range []string{"facts.json", "facts.csv", "everything.json", "everything.zip"} {
		broken[file] = open(t, address+"/data/"+file)
		if _, err := io.ReadFull(broken[file], first); err != nil {
			t.Fatal(err)
		}
	}
	away()
	for file, body := range broken {
		if rest, err := io.ReadAll(body); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%s: the reader is told %v after %d bytes", file, err, len(rest))
		}
	}
	if log := h.log.String(); !strings.Contains(log, `"level":"WARN"`) || !strings.Contains(log, `"cut":true,"error":`) {
		t.Errorf("the log does not say that downloads broke off:\n%s", log)
	}
}

// Who leaves, or takes no more, meets no fault of ours.
func TestReadersWhoLeaveADownload(t *testing.T) {
	t.Parallel()
	h, _, _ := crowded(t)
	m := metrics.New(metrics.Build{})
	h.site.server.Metrics = m
	server := httptest.NewServer(h.handler)
	t.Cleanup(server.Close)
	body := open(t, server.URL+"/data/facts.json")
	if _, err := io.ReadFull(body, make([]byte, 1000)); err != nil {
		t.Fatal(err)
	}
	_ = body.Close()
	server.Close() // waits for the end of the request
	if log := h.log.String(); !strings.Contains(log, `"cut":true`) || strings.Contains(log, `"error"`) || strings.Contains(log, `"WARN"`) {
		t.Errorf("the log says\n%s", log)
	}
	rec := httptest.NewRecorder()
	m.Handler().ServeHTTP(rec, testGet("/metrics"))
	counts(t, rec.Body.String(), "normmap_http_requests_total", `{method="GET",route="/data/{dataset}",status="cut"} 1`)
}

// The time for each step is over before it begins.
func TestReadersWhoAreTooSlow(t *testing.T) {
	t.Parallel()
	h, _, _ := crowded(t)
	h.site.server.Now = func() time.Time { return time.Now().Add(-time.Hour) }
	server := httptest.NewServer(h.handler)
	t.Cleanup(server.Close)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/data/facts.json", nil)
	if err != nil {
		t.Fatal(err)
	}
	if res, err := http.DefaultClient.Do(r); err == nil {
		_, err = io.ReadAll(res.Body)
		_ = res.Body.Close()
		if err == nil {
			t.Error("the download is whole")
		}
	}
	server.Close()
	if log := h.log.String(); !strings.Contains(log, `"/data/{dataset}"`) || strings.Contains(log, `"error"`) {
		t.Errorf("the log says\n%s", log)
	}
}

// Before the first byte an error is an answer like any other.
func TestADownloadThatCannotBegin(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	past, err := postgres.OpenPast(t.Context(), pgtest.Founding(t))
	if err != nil {
		t.Fatal(err)
	}
	past.Close()
	h.site.server.Store = h.store.WithPast(past)
	for _, file := range []string{"facts.json", "facts.csv", "everything.json", "everything.zip"} {
		a := h.get("/data/" + file).status(http.StatusServiceUnavailable)
		if a.Header.Get("Content-Disposition") != "" || a.Header.Get("Retry-After") == "" {
			t.Errorf("%s: %v", file, a.Header)
		}
	}
}

// The time for an answer is put off while a reader takes a download, and for
// nothing else: here it is over before any answer begins.
func TestADownloadHasTimeOfItsOwn(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(newHouse(t).handler)
	server.Config.WriteTimeout = time.Nanosecond
	server.Start()
	t.Cleanup(server.Close)
	if rest, err := io.ReadAll(open(t, server.URL+"/data/links.json")); err != nil || items(t, string(rest)).Total == 0 {
		t.Errorf("the download ends with %v after %d bytes", err, len(rest))
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/data", nil)
	if err != nil {
		t.Fatal(err)
	}
	if res, err := http.DefaultClient.Do(r); err == nil {
		_ = res.Body.Close()
		t.Error("a page has as much time")
	}
}

// stuck is a reader who takes nothing until told to.
type stuck struct {
	*httptest.ResponseRecorder
	begun, goOn chan struct{}
	once        sync.Once
}

func (s *stuck) Write(b []byte) (int, error) {
	s.once.Do(func() { close(s.begun) })
	<-s.goOn
	return s.ResponseRecorder.Write(b)
}

// Whoever asks for a file that a slow reader is being sent gets it at once: one
// does not wait for the other, as for a page that is being made.
func TestADownloadWaitsForNoOtherReader(t *testing.T) {
	t.Parallel()
	h := newKeeping(t)
	first := &stuck{ResponseRecorder: httptest.NewRecorder(), begun: make(chan struct{}), goOn: make(chan struct{})}
	var done sync.WaitGroup
	done.Go(func() {
		h.handler.ServeHTTP(first, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/data/links.json", nil))
	})
	<-first.begun
	second := h.get("/data/links.json").status(http.StatusOK)
	close(first.goOn)
	done.Wait()
	if first.Code != http.StatusOK || first.Body.String() != second.body {
		t.Errorf("the slow reader got %d and %d bytes, the other one %d", first.Code, first.Body.Len(), len(second.body))
	}
}
