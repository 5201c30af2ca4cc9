package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"normmap/web/href"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// measureStart times the way from starting the program on a given database to
// the first page that is read from it.
func measureStart(ctx context.Context, b *bench, st *stage) ([]figure, error) {
	var page, ready series
	for range b.rounds + 1 {
		i := st.newInstance()
		began := time.Now()
		if err := i.Start(ctx); err != nil {
			return nil, err
		}
		up := time.Since(began)
		f, err := fetch(ctx, i.Listen, get(i.Listen, href.Principle(st.paths.hot())))
		took := time.Since(began)
		if err == nil && f.status != 200 {
			err = fmt.Errorf("%w: the first page answers %d", errStatus, f.status)
		}
		if err := orFirst(err, i.Stop()); err != nil {
			return nil, err
		}
		page, ready = append(page, float64(took.Microseconds())/1000), append(ready, float64(up.Microseconds())/1000)
	}
	return []figure{ // the first read the program from the disk
		{name: "to the first page", unit: "ms", ours: page[1:], goal: atMost(60)},
		{name: "to the word that it is ready", unit: "ms", ours: ready[1:]},
	}, nil
}

// measureMemory takes the size of the process at rest, under load, and with as
// many finished pages as it keeps.
func measureMemory(ctx context.Context, b *bench, st *stage) (_ []figure, err error) {
	i, err := st.instance(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = orFirst(err, i.Stop()) }()
	size := func() (series, error) {
		n, err := memory(i.Pid(), "VmRSS")
		return series{float64(n) / (1 << 20)}, err
	}
	time.Sleep(time.Second) // it is at rest
	idle, err := size()
	if err != nil {
		return nil, err
	}
	own, err := memory(i.Pid(), "RssAnon")
	if err != nil {
		return nil, err
	}
	w := st.work(i, many, cycle(gets(i, st.principlePages(mostPages))))
	if _, err := w.run(ctx, b.each*time.Duration(b.rounds)); err != nil {
		return nil, err
	}
	loaded, err := size()
	if err != nil {
		return nil, err
	}
	pages, err := st.fill(ctx, i.Listen)
	if err != nil {
		return nil, err
	}
	if _, err := w.run(ctx, b.each); err != nil {
		return nil, err
	}
	full, err := size()
	return []figure{
		{name: "at rest", unit: "MB", ours: idle, goal: atMost(25),
			note: fmt.Sprintf("%d of them its own, the others the program file, which the system has in common for all who run it", own>>20)},
		{name: fmt.Sprintf("after load, %d connections", many), unit: "MB", ours: loaded, goal: atMost(80)},
		{name: "with a full cache", unit: "MB", ours: full, goal: atMost(128), note: fmt.Sprintf("after %d different pages", pages)},
	}, err
}

// fill asks for more different pages than can be kept, each once.
func (st *stage) fill(ctx context.Context, address string) (pages int, err error) {
	const most = 15_000
	paths := st.principlePages(len(st.paths.principles))
	for _, slug := range st.paths.initiatives {
		paths = append(paths, href.Initiative(slug))
	}
	for _, slug := range st.paths.organizations {
		paths = append(paths, href.Organization(slug))
	}
	for n := 0; len(paths) < most; n++ { // a small record has other views of its pages
		paths = append(paths, fmt.Sprintf("%s?view=%d", paths[n], n))
	}
	lines := make([]*connection, 8)
	for i := range lines {
		if lines[i], err = dial(ctx, address); err != nil {
			return 0, err
		}
		defer lines[i].close()
	}
	failed := make(chan error, len(lines))
	for i, c := range lines {
		go func() {
			for n := i; n < most && ctx.Err() == nil; n += len(lines) {
				a, err := c.ask(get(address, paths[n]))
				if err == nil && a.status >= 500 {
					err = fmt.Errorf("%w: %d", errStatus, a.status)
				}
				if err != nil {
					failed <- fmt.Errorf("%s: %w", paths[n], err)
					return
				}
			}
			failed <- ctx.Err()
		}()
	}
	for range lines {
		err = orFirst(err, <-failed)
	}
	return most, err
}
