package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"normmap/internal/citation"
	"normmap/internal/intake"
)

// Goals for documents that nothing was tuned for.
const (
	leastPrecision = 0.98
	leastRecall    = 0.95
)

// score compares what was found with what should be.
type score struct{ right, found, wanted int }

func compare(found, wanted []fact) score {
	s := score{found: len(found), wanted: len(wanted)}
	left := slices.Clone(wanted)
	for _, f := range found {
		if i := slices.Index(left, f); i >= 0 {
			left = slices.Delete(left, i, i+1)
			s.right++
		}
	}
	return s
}

func (s score) add(o score) score {
	return score{s.right + o.right, s.found + o.found, s.wanted + o.wanted}
}

func (s score) precision() float64 { return ratio(s.right, s.found) }
func (s score) recall() float64    { return ratio(s.right, s.wanted) }

func ratio(of, all int) float64 {
	if all == 0 {
		return 1
	}
	return float64(of) / float64(all)
}

func (s score) good() bool { return s.precision() >= leastPrecision && s.recall() >= leastRecall }

// String prints precision and recall.
func (s score) String() string { return fmt.Sprintf("%.2f / %.2f", s.precision(), s.recall()) }

// scores are those of one document or of all: initiatives, citations,
// resolutions, promises.
type scores [4]score

func scored(got, want facts) scores {
	return scores{
		compare(got.initiatives, want.initiatives), compare(got.citations, want.citations),
		compare(got.resolutions, want.resolutions), compare(got.promises, want.promises),
	}
}

// reportIntake prints how well documents are read, and fails below the goals.
func reportIntake(ctx context.Context, all []contribution, n numberings, out io.Writer) error {
	g := citation.NewGrammar(n.names)
	fmt.Fprintf(out, "Reading contributions: precision / recall\n\n")
	tab := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tab, "initiatives\tcitations\tresolutions\tpromises\tdocument")
	var total scores
	for _, c := range all {
		r, err := intake.Read(ctx, g, c.text, intake.Options{})
		if err != nil {
			return err
		}
		s := scored(found(r, n), c.want)
		for i := range s {
			total[i] = total[i].add(s[i])
		}
		s.print(tab, c.name)
	}
	total.print(tab, fmt.Sprintf("all %d documents", len(all)))
	if err := tab.Flush(); err != nil {
		return err
	}
	for i, what := range []string{"initiatives", "citations", "resolutions"} {
		if !total[i].good() {
			return fmt.Errorf("%s are read with %s, less than %.2f / %.2f", what, total[i], leastPrecision, leastRecall)
		}
	}
	if len(all) == 0 {
		return errors.New("there is no document to read")
	}
	fmt.Fprintln(out)
	return nil
}

func (s scores) print(out io.Writer, name string) {
	fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\n", s[0], s[1], s[2], s[3], name)
}
