package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"normmap/internal/store"
)

// Goals for documents that nothing was tuned for.
const (
	leastPrecision = 0.98
	leastRecall    = 0.95
)

// score compares what was found with what should be.
type score struct{ right, found, wanted int }

func compare(found, wanted []fact) score {
	return score{right: len(found) - len(without(found, wanted)), found: len(found), wanted: len(wanted)}
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

// reportIntake prints how well a service with the seeds in its store reads
// documents, and fails below the goals. With differences it prints, for each
// document, what was found too much and what was missed.
func reportIntake(ctx context.Context, all []sent, s *store.Store, differences bool, out io.Writer) error {
	fmt.Fprintf(out, "Reading contributions: precision / recall\n\n")
	var lines, unlike strings.Builder
	tab := tabwriter.NewWriter(&lines, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tab, "initiatives\tcitations\tresolutions\tpromises\tdocument")
	var total scores
	for _, c := range all {
		r, err := read(ctx, s, c.text)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		got := found(r)
		one := scored(got, c.want)
		for i := range one {
			total[i] = total[i].add(one[i])
		}
		one.print(tab, c.name)
		fmt.Fprint(&unlike, differing(c.name, got, c.want))
	}
	total.print(tab, fmt.Sprintf("all %d documents", len(all)))
	if err := tab.Flush(); err != nil {
		return err
	}
	if differences {
		fmt.Fprintln(out, unlike.String())
	}
	fmt.Fprintln(out, lines.String())
	for i, what := range []string{"initiatives", "citations", "resolutions"} {
		if !total[i].good() {
			return fmt.Errorf("%s are read with %s, less than %.2f / %.2f", what, total[i], leastPrecision, leastRecall)
		}
	}
	if len(all) == 0 {
		return errors.New("there is no document to read")
	}
	return nil
}

// differing lists what is found too much, +, and what is missed, -.
func differing(name string, got, want facts) string {
	var out strings.Builder
	for _, kind := range []struct {
		what      string
		got, want []fact
	}{{"initiative", got.initiatives, want.initiatives}, {"meaning", got.resolutions, want.resolutions}, {"promise", got.promises, want.promises}} {
		for _, f := range without(kind.got, kind.want) {
			fmt.Fprintf(&out, "%s: + %s %s\n", name, kind.what, f)
		}
		for _, f := range without(kind.want, kind.got) {
			fmt.Fprintf(&out, "%s: - %s %s\n", name, kind.what, f)
		}
	}
	return out.String()
}

// without are the facts that are not among others, each counted as often as it
// is said.
func without(all, others []fact) []fact {
	others = slices.Clone(others)
	return slices.DeleteFunc(slices.Clone(all), func(f fact) bool {
		i := slices.Index(others, f)
		if i >= 0 {
			others = slices.Delete(others, i, i+1)
		}
		return i >= 0
	})
}

func (s scores) print(out io.Writer, name string) {
	fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\n", s[0], s[1], s[2], s[3], name)
}
