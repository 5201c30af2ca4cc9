package main

import (
	"cmp"
	"fmt"
)

// goal is what a figure, or its ratio to its limit, must reach.
type goal struct {
	ratio bool // the ratio is meant, not the figure
	least bool // it must be no less; otherwise no more
	value float64
}

func (g goal) String() string {
	sign := "≤"
	if g.least {
		sign = "≥"
	}
	if g.ratio {
		return fmt.Sprintf("%s %.4g ×", sign, g.value)
	}
	return fmt.Sprintf("%s %.4g", sign, g.value)
}

// Goals are written as the table of the rows says them.
func atLeastTimes(v float64) *goal { return &goal{ratio: true, least: true, value: v} }
func atMostTimes(v float64) *goal  { return &goal{ratio: true, value: v} }
func atMost(v float64) *goal       { return &goal{value: v} }

// figure is one thing that was measured, beside its limit if it has one.
type figure struct {
	name  string
	unit  string
	ours  series
	limit series
	of    string // what the limit is
	goal  *goal  // nil where the figure only informs
	note  string
	links int // how large the record is, 0 where it is that of the row
}

// title is the name with the unit.
func (f figure) title() string {
	if f.unit == "" {
		return f.name
	}
	return f.name + ", " + f.unit
}

// at is how many links the record has on which it was measured.
func (f figure) at(r result) int { return cmp.Or(f.links, r.links) }

// verdict says whether a figure reaches its goal.
type verdict string

// Verdicts.
const (
	reached     verdict = "reached"
	missed      verdict = "missed"
	unmeasured  verdict = "not measured"
	informative verdict = ""
)

// ratio is that of our figure to its limit, round by round.
func (f figure) ratio() series { return f.ours.over(f.limit) }

func (f figure) verdict() verdict {
	judged := f.ours
	if f.goal != nil && f.goal.ratio {
		judged = f.ratio()
	}
	switch {
	case len(judged) == 0:
		return unmeasured
	case f.goal == nil:
		return informative
	case f.goal.least && judged.median() < f.goal.value, !f.goal.least && judged.median() > f.goal.value:
		return missed
	}
	return reached
}
