package main

import (
	"context"
	"fmt"

	"normmap/internal/rig"
	"normmap/web/href"
)

// many is how many connections a busy site has at once.
const many = 32

// measureHot compares the page that is asked for most with a bare server that
// sends the same bytes.
func measureHot(ctx context.Context, b *bench, st *stage) (_ []figure, err error) {
	path := href.Principle(st.paths.hot())
	f, err := page(ctx, st.kept.Listen, path)
	if err != nil {
		return nil, err
	}
	if coding := f.from.header("content-encoding"); coding != "br" {
		return nil, fmt.Errorf("%s is sent as %q, not in brotli", path, coding)
	}
	if err := b.profiled(ctx, st, "hot", func(i *rig.Instance) work { return st.work(i, many, same(get(i.Listen, path))) }); err != nil {
		return nil, err
	}
	return besideBare(ctx, b, f.body, st.work(st.kept, many, same(get(st.kept.Listen, path))), 0.80, func(ours, limit side) []figure {
		return []figure{
			{name: "CPU of a request", unit: "µs", ours: ours.cost, limit: limit.cost, of: "bare", goal: atMostTimes(1.4)},
			{name: "slowest 1 %", unit: "ms", ours: ours.p99, limit: limit.p99, of: "bare"},
			{name: "size", unit: "kB br", ours: series{float64(len(f.body)) / 1000}},
			{name: "CPU of the client", unit: "µs", ours: ours.ownCost, limit: limit.ownCost, of: "bare", note: "the same client on the same processors"},
		}
	})
}

// measureRevalidation compares the word that a page is as it was with a bare
// server that sends the page.
func measureRevalidation(ctx context.Context, b *bench, st *stage) ([]figure, error) {
	path := href.Principle(st.paths.hot())
	f, err := page(ctx, st.kept.Listen, path)
	if err != nil {
		return nil, err
	}
	request := get(st.kept.Listen, path, "If-None-Match: "+f.from.header("etag"))
	again, err := fetch(ctx, st.kept.Listen, request)
	if err != nil {
		return nil, err
	}
	w := st.work(st.kept, many, same(request))
	w.status = 304
	return besideBare(ctx, b, f.body, w, 0.95, func(ours, limit side) []figure {
		return []figure{
			{name: "CPU of a request", unit: "µs", ours: ours.cost, limit: limit.cost, of: "bare"},
			{name: "size", unit: "bytes", ours: series{float64(again.size)}, goal: atMost(400)},
		}
	})
}

// besideBare measures work in turn with a bare server that sends body.
func besideBare(ctx context.Context, b *bench, body []byte, w work, share float64, more func(ours, limit side) []figure) ([]figure, error) {
	s, err := startBare(ctx, body)
	if err != nil {
		return nil, err
	}
	sides, err := b.inTurn(ctx, s.work(w.connections), w)
	if err := orFirst(err, s.stop()); err != nil {
		return nil, err
	}
	limit, ours := sides[0], sides[1]
	first := figure{name: "requests a second", ours: ours.perSecond, limit: limit.perSecond, of: "bare", goal: atLeastTimes(share)}
	return append([]figure{first}, more(ours, limit)...), nil
}

// orFirst is the error of a measurement, or else the one of clearing up.
func orFirst(err, later error) error {
	if err != nil {
		return err
	}
	return later
}
