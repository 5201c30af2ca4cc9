package serve

import (
	"bytes"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"normmap/internal/norms"
)

// The line of a request is the one that the logger of everything else writes.
func TestLineOfARequestIsTheLoggers(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 4, 5, 6, 700_000, time.FixedZone("", 3600))
	for name, l := range map[string]logged{
		"a page":           {at: at, id: "abc", method: "GET", route: "/agreements/{agreement}", status: 200, bytes: 7000, took: 1234567 * time.Nanosecond},
		"somebody's":       {at: at.UTC(), id: "abc", method: "POST", route: "", status: 303, took: 20 * time.Second, account: 42},
		"one that broke":   {at: at, id: "abc", method: "GET", route: "/data/{dataset}", status: 200, bytes: 1 << 40, took: time.Nanosecond, cut: true},
		"a strange method": {at: at, id: "abc", method: "G\"\\é\x01", status: 405},
		"a fault":          {at: at, id: "abc", method: "GET", status: 500, fault: norms.Errorf(norms.Unavailable, "gone")},
	} {
		var quick, usual bytes.Buffer
		logger := func(to io.Writer) *slog.Logger { return slog.New(slog.NewJSONHandler(to, nil)) }
		(&Server{Deps: Deps{Log: logger(&quick), Requests: &quick}}).logLine(t.Context(), l)
		(&Server{Deps: Deps{Log: logger(&usual)}}).logLine(t.Context(), l)
		if quick.String() != usual.String() || strings.Count(quick.String(), "\n") != 1 {
			t.Errorf("%s: %s is not %s", name, quick.String(), usual.String())
		}
	}
}
