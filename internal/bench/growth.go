package main

import (
	"context"
	"fmt"

	"normmap/web/href"
)

// grown are the pages that must cost the same however large the record is.
func (st *stage) grown() map[string]string {
	return map[string]string{
		"first page of the principle with most links": href.Principle(st.paths.hot()),
		"principles in turn":                          "",
		"an organization":                             href.Organization(st.paths.organizations[len(st.paths.organizations)/2]),
		"an initiative":                               href.Initiative(st.paths.initiatives[len(st.paths.initiatives)/2]),
		"organizations":                               href.Organizations(),
		"initiatives":                                 href.Initiatives(),
		"agreements":                                  href.Agreements(),
		"links":                                       href.Links(),
		"changes":                                     href.Changes(),
		"coverage":                                    href.Coverage(),
		"gaps":                                        href.Gaps(),
		"start page":                                  href.Home(),
	}
}

// measureGrowth compares every page, and an edit, on the larger records with
// the same on the smallest, in turn.
func measureGrowth(ctx context.Context, b *bench, _ *stage) (figures []figure, err error) {
	if len(b.stages) < 2 {
		return []figure{{name: "CPU of pages and edits", of: "the smallest record", goal: atMostTimes(1.1), note: "there is one size only"}}, nil
	}
	short := *b
	short.each /= 2 // there are many pages, and their processor time is steady
	for _, name := range sortedKeys(b.stages[0].grown()) {
		works := make([]work, len(b.stages))
		for i, st := range b.stages {
			paths := []string{st.grown()[name]}
			if paths[0] == "" {
				paths = st.principlePages(mostPages)
			}
			works[i] = st.work(st.uncached, few, cycle(gets(st.uncached, paths)))
		}
		sides, err := short.inTurn(ctx, works...)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		figures = append(figures, b.beside("CPU of "+name, sides, 1.1)...)
	}
	written, err := b.growthOfEdits(ctx)
	return append(figures, written...), err
}

// growthOfEdits compares edits on all records.
func (b *bench) growthOfEdits(ctx context.Context) ([]figure, error) {
	works := make([]work, len(b.stages))
	for i, st := range b.stages {
		if err := st.free(ctx); err != nil {
			return nil, err
		}
		works[i] = st.edits(few)
	}
	sides, err := b.inTurn(ctx, works...)
	if err != nil {
		return nil, err
	}
	return b.beside("CPU of an edit", sides, 1.5), nil
}

// beside are the costs on the larger records, each with that on the smallest.
func (b *bench) beside(name string, sides []side, most float64) (figures []figure) {
	for i, s := range sides[1:] {
		figures = append(figures, figure{name: name, links: b.stages[i+1].links, unit: "µs",
			ours: s.cost, limit: sides[0].cost, of: fmt.Sprintf("at %d links", b.stages[0].links), goal: atMostTimes(most)})
	}
	return figures
}
