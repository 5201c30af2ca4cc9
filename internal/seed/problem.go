package seed

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one mistake in a seed file, with the place to mend.
type Problem struct {
	File         string // path inside the seed folder
	Line, Column int    // from 1
	Field        string // such as editions[0].principles[2].number; "" for the file as a whole
	Message      string // what is wrong and what to do
}

func (p Problem) String() string {
	where := fmt.Sprintf("%s:%d:%d: ", p.File, p.Line, p.Column)
	if p.Field != "" {
		where += p.Field + ": "
	}
	return where + p.Message
}

// Problems is every mistake found, in the order of files and lines.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i := range p {
		lines[i] = p[i].String()
	}
	return strings.Join(lines, "\n")
}

func (p Problems) sorted() Problems {
	slices.SortStableFunc(p, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(p)
}
