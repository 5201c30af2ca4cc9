package app

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"normmap/internal/pglocal"
)

// checkMetrics says whether metrics are on, and who has their port. It asks
// rather than listens, since a serve that starts at that moment needs the port.
func (d *doctor) checkMetrics(ctx context.Context) {
	const check = "metrics"
	address := d.settings.MetricsListen
	if h, held := pglocal.HeldBy(d.settings.DataDir); d.settings.DatabaseURL == "" && held && h.Address != "" {
		d.checkMetricsOf(ctx, h)
		return
	}
	if address == "" {
		d.ok(check, "off")
		return
	}
	if _, port, _ := net.SplitHostPort(address); port == "0" {
		d.ok(check, "on, at a port of %s that serve chooses and names in its log", strings.TrimSuffix(address, ":0"))
		return
	}
	switch ours, err := answersMetrics(ctx, local(address)+"/metrics"); {
	case errors.Is(err, syscall.ECONNREFUSED):
		d.ok(check, "on; serve would listen on %s, where nothing answers now", address)
	case ours:
		d.ok(check, "on; a serve answers at %s/metrics, which may be another one", local(address))
	case d.settings.MetricsDefault:
		d.warn(check, "another program has %s, so serve starts without metrics; choose another address with --metrics-listen", address)
	default:
		d.fail(check, "another program has %s, so serve does not start; choose another address with --metrics-listen, or off", address)
	}
}

// checkMetricsOf looks at those of the service that runs: whoever answers at the
// address in the settings may be another one.
func (d *doctor) checkMetricsOf(ctx context.Context, running pglocal.Holder) {
	const check = "metrics"
	if running.Metrics == "" {
		if d.settings.MetricsListen == "" {
			d.ok(check, "off")
			return
		}
		d.warn(check, "the serve that runs at %s has none: they were off, or %s was taken, when it started; choose a free address with --metrics-listen and start it again", running.Address, d.settings.MetricsListen)
		return
	}
	if ours, err := answersMetrics(ctx, running.Metrics+"/metrics"); !ours {
		d.fail(check, "the serve that runs at %s does not answer at %s/metrics (%v); look into its log and start it again", running.Address, running.Metrics, cmp.Or(err, errors.New("what answers has no metrics of this program")))
		return
	}
	d.ok(check, "on; the serve that runs answers at %s/metrics", running.Metrics)
}

// answersMetrics tells whether a service of this kind answers at address.
func answersMetrics(ctx context.Context, address string) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return false, err
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return false, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	return strings.Contains(string(body), "\nnormmap_build_info{"), err
}
