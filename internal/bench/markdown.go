package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// line is a figure at all sizes.
type line struct {
	row, title, of, aim string
	cells               []string
	missedAt            []string
	unknownAt           []string
}

// writeMarkdown writes what has a goal or a limit, with a column for each size.
func (b *bench) writeMarkdown(w io.Writer) error {
	sizes := make([]string, len(b.sizes))
	for i, n := range b.sizes {
		sizes[i] = grouped(n)
	}
	fmt.Fprintf(w, "Measured on %s; medians of %d rounds of %s.\n\n| work | beside | %s | goal | |\n|---|---|%s---|---|\n",
		b.machine, b.rounds, b.each, strings.Join(sizes, " | "), strings.Repeat("---|", len(sizes)))
	for _, l := range b.lines() {
		if _, err := fmt.Fprintf(w, "| %s: %s | %s | %s | %s | %s |\n", l.row, l.title, l.of, strings.Join(l.cells, " | "), l.aim, l.verdict()); err != nil {
			return err
		}
	}
	return nil
}

// lines are the figures of all sizes, those of the same name together.
func (b *bench) lines() (all []*line) {
	known := map[string]*line{}
	for _, r := range b.results {
		for _, f := range r.figures {
			column := slices.Index(b.sizes, f.at(r))
			if f.goal == nil && len(f.limit) == 0 && f.of == "" || column < 0 {
				continue
			}
			l := known[r.row.name+f.title()]
			if l == nil {
				l = &line{row: r.row.title, title: f.title(), of: f.of, cells: make([]string, len(b.sizes))}
				known[r.row.name+f.title()] = l
				all = append(all, l)
			}
			l.add(f, column, f.at(r))
		}
	}
	return all
}

func (l *line) add(f figure, column, links int) {
	l.cells[column] = f.brief()
	if f.goal != nil {
		l.aim = f.goal.String()
	}
	switch f.verdict() {
	case missed:
		l.missedAt = append(l.missedAt, grouped(links))
	case unmeasured:
		l.unknownAt = append(l.unknownAt, grouped(links))
	}
}

// verdict says at which sizes the goal is missed, and at which nobody knows.
func (l *line) verdict() string {
	if l.aim == "" {
		return ""
	}
	all := len(slices.DeleteFunc(slices.Clone(l.cells), func(c string) bool { return c == "" }))
	var parts []string
	for _, one := range []struct {
		said verdict
		at   []string
	}{{missed, l.missedAt}, {unmeasured, l.unknownAt}} {
		switch len(one.at) {
		case 0:
		case all:
			return string(one.said)
		default:
			parts = append(parts, string(one.said)+" at "+strings.Join(one.at, ", "))
		}
	}
	return cmp.Or(strings.Join(parts, "; "), string(reached))
}

// brief is our median, and its ratio to the limit.
func (f figure) brief() string {
	if len(f.ours) == 0 {
		return cmp.Or(f.note, "–")
	}
	text := short(f.ours.median())
	if len(f.limit) > 0 {
		text += " = " + short(f.ratio().median()) + " ×"
	}
	return text
}

// grouped writes a number with its thousands apart.
func grouped(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
