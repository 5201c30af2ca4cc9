package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/pgtest"
)

// A record that has too few links to record is refused before anything is
// measured, unless all rows only read.
func TestSizesThatAreTooSmallForTheEditsAreRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sizes, rows string
		refused     bool
	}{
		{"400", "", true}, {"4999,10000", "bulk", true}, {"400", "hot,edits", true},
		{"5000", "", false}, {"400", "hot,304,past", false}, {"", "", false},
	} {
		set := map[string]string{"SIZES": c.sizes, "ROWS": c.rows, "HOME": t.TempDir()}
		_, err := parse([]string{"bin/normmap"}, func(name string) string { return set[name] })
		if (err != nil) != c.refused {
			t.Errorf("sizes %q, rows %q: %v", c.sizes, c.rows, err)
		}
		if err != nil && (!strings.Contains(err.Error(), "at least 5000") || !strings.Contains(err.Error(), "ROWS=start,memory")) {
			t.Errorf("sizes %q, rows %q: it does not say what to do: %v", c.sizes, c.rows, err)
		}
	}
}

// Where all are told the same, it is said once, with the address and the status
// and never with the token.
func TestARefusedEditIsToldOnceAndWithoutItsToken(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusConflict) }))
	t.Cleanup(s.Close)
	address := strings.TrimPrefix(s.URL, "http://")
	w := work{address: address, connections: 8, status: 201, servers: []int{os.Getpid()},
		request: same(linkRequest(address, "secret-of-an-editor", "one", "two/3"))}
	_, err := w.run(t.Context(), time.Second)
	if want := "POST /api/v1/links: unexpected answer: 409 instead of 201"; err == nil || err.Error() != want {
		t.Errorf("%v; want %s", err, want)
	}
}

func TestLinksToRecordAreEachThereOnce(t *testing.T) {
	t.Parallel()
	conn, err := pgx.Connect(t.Context(), pgtest.Founding(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	st := &stage{conn: conn}
	if err := st.free(t.Context()); err != nil {
		t.Fatal(err)
	}
	seen := map[pair]bool{}
	for _, p := range st.pairs {
		if seen[p] {
			t.Fatalf("%+v is there twice, among %d", p, len(st.pairs))
		}
		seen[p] = true
	}
	if len(seen) < 1000 {
		t.Errorf("there are %d only", len(seen))
	}
}

// What nobody measured is no goal that was reached.
func TestReportSaysWhatIsNotMeasured(t *testing.T) {
	t.Parallel()
	for form, want := range map[string][]string{
		"": {"not measured: Readers while an editor edits at 400 links: reads of what was at no revision",
			"not measured: Page weight at 400 links: Lighthouse, TBT", "not measured: Search at 400 links"},
		"markdown": {"reads of what was at no revision |  | nothing to edit | ≤ 0 | not measured |", "Lighthouse, TBT, ms |  | NORMMAP_LIGHTHOUSE names no program | ≤ 20 | not measured |"},
	} {
		var out bytes.Buffer
		b := &bench{form: form, out: &out, rounds: 1, each: time.Second, sizes: []int{400}, failed: []string{"Search at 400 links"}}
		judged, err := b.lighthouse(t.Context(), "http://127.0.0.1")
		if err != nil {
			t.Fatal(err)
		}
		b.results = []result{
			{row: row{name: "truth", title: "Readers while an editor edits"}, links: 400, figures: truthFigures(nil, nil, "nothing to edit")},
			{row: row{name: "weight", title: "Page weight"}, links: 400, figures: judged},
		}
		if err := b.report(); err != nil {
			t.Fatal(err)
		}
		for _, one := range want {
			if !strings.Contains(out.String(), one) {
				t.Errorf("%q does not say %q:\n%s", form, one, out.String())
			}
		}
		if strings.Contains(out.String(), string(reached)) {
			t.Errorf("%q says that something is reached:\n%s", form, out.String())
		}
	}
}
