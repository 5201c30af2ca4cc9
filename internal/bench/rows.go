package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// row is one kind of work.
type row struct {
	name    string
	title   string
	across  bool // it looks at all sizes at once
	largest bool // at the largest size only
	writes  bool // it records links that were not there
	measure func(context.Context, *bench, *stage) ([]figure, error)
}

// table is everything that is measured, in the order in which it is: what
// writes comes after what only reads.
var table = []row{
	{name: "start", title: "Start on a given database", measure: measureStart},
	{name: "memory", title: "Memory", measure: measureMemory},
	{name: "weight", title: "Page weight", measure: measureWeight},
	{name: "hot", title: "Hot page, 32 connections", measure: measureHot},
	{name: "304", title: "Revalidation, 32 connections", measure: measureRevalidation},
	{name: "uncached", title: "Uncached principle page", measure: measureUncached},
	{name: "json", title: "The same list as JSON, uncached, 4 connections", measure: measureJSON},
	{name: "matrix", title: "Coverage matrix, cold", measure: measureMatrix},
	{name: "counts", title: "Counts of the principle with most links", measure: measureCounts},
	{name: "search", title: "Search", measure: measureSearch},
	{name: "past", title: "A page of the past", measure: measurePast},
	{name: "edits", title: "Edits over HTTP, each acknowledged when it is on disk", writes: true, measure: measureEdits},
	{name: "elsewhere", title: "Another instance shows an edit", writes: true, measure: measureElsewhere},
	{name: "truth", title: "Readers while an editor edits", writes: true, measure: measureTruth},
	{name: "bulk", title: "Bulk through the one door", writes: true, measure: measureBulk},
	{name: "growth", title: "Growth", across: true, writes: true, measure: measureGrowth},
}

func names(rows []row) (all []string) {
	for _, r := range rows {
		all = append(all, r.name)
	}
	return all
}

// leastWritten is the size from which a record has links to record: as many as a
// run with the usual rounds can.
const leastWritten = 5000

// enough tells whether the smallest record is large enough for the rows.
func enough(rows []row, smallest int) error {
	writing := slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return !r.writes })
	if len(writing) == 0 || smallest >= leastWritten {
		return nil
	}
	reading := slices.DeleteFunc(slices.Clone(table), func(r row) bool { return r.writes })
	return fmt.Errorf("%d links are too few to measure %s: they record links that are not there yet, and run out of them; give sizes of at least %d, or take others of the rows, with ROWS=%s",
		smallest, strings.Join(names(writing), ", "), leastWritten, strings.Join(names(reading), ","))
}

// choose are the rows with these names, in the order of the table; all of them
// without a name.
func choose(rows []row, text string) ([]row, error) {
	if text == "" {
		return rows, nil
	}
	wanted := strings.Split(text, ",")
	for _, name := range wanted {
		if !slices.Contains(names(rows), name) {
			return nil, fmt.Errorf("there is no row %q; there are %s", name, strings.Join(names(rows), ", "))
		}
	}
	var chosen []row
	for _, r := range rows {
		if slices.Contains(wanted, r.name) {
			chosen = append(chosen, r)
		}
	}
	return chosen, nil
}
