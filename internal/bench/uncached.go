package main

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"normmap/web/href"
)

// few is how many connections a site of this size has at once.
const few = 4

// mostPages is how many principles are gone through, so that no one answer is
// measured.
const mostPages = 200

// depth is how many pages down a deep one is, where there are so many.
const depth = 20

// measureUncached compares principle pages that are made anew for every
// request, the first and deep ones, with a bare server.
func measureUncached(ctx context.Context, b *bench, st *stage) ([]figure, error) {
	f, err := page(ctx, st.kept.Listen, href.Principle(st.paths.hot()))
	if err != nil {
		return nil, err
	}
	bare, err := startBare(ctx, f.body)
	if err != nil {
		return nil, err
	}
	deep, down, err := st.deepPages(ctx, mostPages)
	if err != nil {
		return nil, orFirst(err, bare.stop())
	}
	works := []work{bare.work(few), st.work(st.uncached, few, cycle(gets(st.uncached, st.principlePages(mostPages)))),
		st.work(st.uncached, few, same(get(st.uncached.Listen, href.Principle(st.paths.hot()))))}
	if len(deep) > 0 {
		works = append(works, st.work(st.uncached, few, cycle(gets(st.uncached, deep))))
	}
	sides, err := b.inTurn(ctx, works...)
	if err := orFirst(err, bare.stop()); err != nil {
		return nil, err
	}
	cost := func(name string, s side) figure {
		return figure{name: name, unit: "µs", ours: s.cost, limit: sides[0].cost, of: "bare", goal: atMostTimes(20)}
	}
	figures := []figure{cost("CPU of a first page", sides[1]), cost("CPU of the first page with most links", sides[2])}
	if len(deep) > 0 {
		deeper := cost("CPU of a deep page", sides[3])
		deeper.note = fmt.Sprintf("%d pages down or more", down)
		figures = append(figures, deeper)
	} else {
		figures = append(figures, figure{name: "CPU of a deep page", unit: "µs", of: "bare", goal: atMostTimes(20), note: "no principle has a second page"})
	}
	figures = append(figures, figure{name: "slowest 5 % of first pages", unit: "ms", ours: sides[1].p95})
	said, err := st.statements(ctx, slices.Concat([]string{href.Principle(st.paths.hot())}, deep[:min(1, len(deep))]))
	return append(figures, said...), err
}

// wholeTables are those that grow with the evidence: none may be read whole.
func (st *stage) wholeTables(ctx context.Context) ([]string, error) {
	return column(ctx, st.conn, "select relname::text from pg_class where relkind = 'r' and reltuples >= $1 order by 1", 1000)
}

// statements are how many each page needs, and which large tables one of them
// reads whole: by the service's own log, in which every statement is a slow one.
func (st *stage) statements(ctx context.Context, paths []string) ([]figure, error) {
	large, err := st.wholeTables(ctx)
	if err != nil {
		return nil, err
	}
	var most float64
	whole := map[string]bool{}
	for _, path := range paths {
		seen, err := st.watch(ctx, path)
		if err != nil {
			return nil, err
		}
		most = max(most, float64(seen.statements))
		for _, table := range seen.whole {
			if slices.Contains(large, table) {
				whole[table] = true
			}
		}
	}
	scanned := make([]string, 0, len(whole))
	for table := range whole {
		scanned = append(scanned, table)
	}
	slices.Sort(scanned)
	return []figure{
		{name: "statements", ours: series{most}, goal: atMost(6)},
		{name: "large tables read whole", ours: series{float64(len(scanned))}, goal: atMost(0), note: strings.Join(scanned, ", ")},
	}, nil
}

// recorded are the figures of others, which need their own programs and are not
// measured here.
const recorded = "PocketBase 286/s, Directus 108/s, NocoDB 6/s, recorded 2026-11-22"

// measureJSON measures the links of the principles as JSON, made anew for every
// request.
func measureJSON(ctx context.Context, b *bench, st *stage) ([]figure, error) {
	var paths []string
	for _, ref := range st.paths.principles[:min(mostPages, len(st.paths.principles))] {
		paths = append(paths, href.API()+"/links?limit=25&principle="+url.QueryEscape(ref))
	}
	sides, err := b.inTurn(ctx, st.work(st.uncached, few, cycle(gets(st.uncached, paths))))
	if err != nil {
		return nil, err
	}
	return []figure{
		{name: "requests a second", ours: sides[0].perSecond, of: recorded},
		{name: "CPU of a request", unit: "µs", ours: sides[0].cost},
		{name: "slowest 1 %", unit: "ms", ours: sides[0].p99},
	}, nil
}
