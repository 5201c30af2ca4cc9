package crawl_test

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"normmap/internal/crawl"
)

// A busy service is asked again when it says so and for as long as it may be;
// every other refusal is an answer.
func TestABusyServiceIsAskedAgain(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status     int
		retryAfter string
		times      int64 // that it refuses
		want       int
		asked      int64
	}{
		"too many requests":    {http.StatusTooManyRequests, "0", 3, http.StatusOK, 4},
		"not available":        {http.StatusServiceUnavailable, "0", 1, http.StatusOK, 2},
		"a second later":       {http.StatusTooManyRequests, "1", 1, http.StatusOK, 2},
		"never again":          {http.StatusTooManyRequests, "0", 1000, http.StatusTooManyRequests, 12},
		"it does not say when": {http.StatusServiceUnavailable, "", 1, http.StatusServiceUnavailable, 1},
		"broken":               {http.StatusInternalServerError, "0", 1, http.StatusInternalServerError, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int64
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if asked.Add(1) > c.times {
					return
				}
				if c.retryAfter != "" {
					w.Header().Set("Retry-After", c.retryAfter)
				}
				w.WriteHeader(c.status)
			}))
			t.Cleanup(s.Close)
			visitor, err := crawl.New(s.URL)
			if err != nil {
				t.Fatal(err)
			}
			visitor.Walk("/", 10, func(p *crawl.Page) {
				if p.Err != nil || p.Status != c.want {
					t.Errorf("%d, %v; want %d", p.Status, p.Err, c.want)
				}
			})
			if asked.Load() != c.asked {
				t.Errorf("asked %d times, want %d", asked.Load(), c.asked)
			}
		})
	}
}
