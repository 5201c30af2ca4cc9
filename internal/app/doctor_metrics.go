package app

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"
)

// checkMetrics says whether metrics are on, and who has their port. It asks
// rather than listens, since a serve that starts at that moment needs the port.
func (d *doctor) checkMetrics(ctx context.Context) {
	const check = "metrics"
	address := d.settings.MetricsListen
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
		d.ok(check, "on; a serve answers at %s/metrics", local(address))
	case d.settings.MetricsDefault:
		d.warn(check, "another program has %s, so serve starts without metrics; choose another address with --metrics-listen", address)
	default:
		d.fail(check, "another program has %s, so serve does not start; choose another address with --metrics-listen, or off", address)
	}
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
