package api_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
)

// manyInitiatives are what the benchmark's links are about.
const manyInitiatives = `
insert into initiative (slug, title, summary, kind, organization_id, reported_by_id, status, source_id, position, version)
select 'benchmark-' || n, 'Benchmark ' || n, repeat('A sentence about what is done. ', 20), i.kind, i.organization_id, i.reported_by_id, i.status, i.source_id, 0, i.version
from (select * from initiative order by id limit 1) i, generate_series(1, 20000) n`

// BenchmarkAddLink records links one by one over HTTP, each as a changeset of
// its own, from one connection and from sixteen.
func BenchmarkAddLink(b *testing.B) {
	s := start(b)
	links := newLinkWriter(b, s)
	for _, n := range []int{1, 16} {
		b.Run(fmt.Sprintf("connections=%d", n), func(b *testing.B) { links.run(b, n) })
	}
}

// linkWriter knows links that are not recorded yet.
type linkWriter struct {
	s          *service
	address    string
	principles []string
	next       atomic.Int64
	tokens     sync.Map // of 500 links each, which is below an account's limit
}

func newLinkWriter(b *testing.B, s *service) *linkWriter {
	b.Helper()
	err := pgx.BeginFunc(b.Context(), s.pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(b.Context(), "set local statement_timeout = '2min'; select open_changeset('seed', null, 'initiatives of a benchmark', '[]', null)")
		if err == nil {
			_, err = tx.Exec(b.Context(), strings.Replace(manyInitiatives, "i.version", "(select max(id) from changeset)", 1))
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	s.owner(b, "analyze")
	w := &linkWriter{s: s}
	rows, err := s.pool.Query(b.Context(), "select ref from principle_name where current order by id")
	if err == nil {
		w.principles, err = pgx.CollectRows(rows, pgx.RowTo[string])
	}
	if err != nil {
		b.Fatal(err)
	}
	server := httptest.NewServer(s)
	b.Cleanup(server.Close)
	w.address = server.Listener.Addr().String()
	return w
}

// run records b.N links from so many connections.
func (w *linkWriter) run(b *testing.B, connections int) {
	first := w.next.Load()
	for n := first / 500; n <= (first+int64(b.N))/500; n++ {
		if _, known := w.tokens.Load(n); !known {
			w.tokens.Store(n, w.s.token(b, account.Editor))
		}
	}
	last := first + int64(b.N)
	b.ResetTimer()
	var all sync.WaitGroup
	for range connections {
		all.Go(func() {
			if err := w.connection(last); err != nil {
				b.Error(err)
			}
		})
	}
	all.Wait()
	b.StopTimer()
	w.next.Store(last)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "links/s")
}

// connection records links until all are.
func (w *linkWriter) connection(last int64) error {
	c, err := net.Dial("tcp", w.address)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	answers := bufio.NewReader(c)
	for n := w.next.Add(1) - 1; n < last; n = w.next.Add(1) - 1 {
		token, _ := w.tokens.Load(n / 500)
		body := fmt.Sprintf(`{"initiative":"benchmark-%d","principle":%q,"relation":"supports","rationale":"It says so.","reason":"Link %d"}`,
			n%20000+1, w.principles[n/20000], n)
		_, err := fmt.Fprintf(c, "POST /api/v1/links HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
			token, len(body), body)
		if err != nil {
			return err
		}
		answer, err := http.ReadResponse(answers, nil)
		if err != nil {
			return err
		}
		text := make([]byte, 200)
		n, _ := answer.Body.Read(text)
		if err := answer.Body.Close(); err != nil || answer.StatusCode != http.StatusCreated {
			return fmt.Errorf("%d %s %w", answer.StatusCode, text[:n], err)
		}
	}
	return nil
}
