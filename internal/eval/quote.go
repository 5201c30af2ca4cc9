package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"normmap/internal/quote"
	"normmap/internal/store"
)

// quotes is the folder of the cases, seen from the root of the repository.
const quotes = "internal/quote/testdata"

// quoted is a case: a text, and which of its numbers fit another principle.
type quoted struct {
	name, text string
	want       map[string]string // the principle that fits better, by cited labels
}

// readQuoted reads the cases of a folder. A case begins with a line "-- name --",
// after which stands what is expected.
func readQuoted(folder fs.FS) ([]quoted, error) {
	files, err := fs.Glob(folder, "*.txt")
	if err != nil {
		return nil, err
	}
	var all []quoted
	for _, file := range files {
		text, err := fs.ReadFile(folder, file)
		if err != nil {
			return nil, fmt.Errorf("reading the cases: %w", err)
		}
		for i, part := range strings.Split("\n"+string(text), "\n-- ") {
			head, body, _ := strings.Cut(part, "\n")
			name, want, ok := strings.Cut(head, " --")
			if i == 0 {
				continue
			}
			if !ok {
				return nil, fmt.Errorf("%s: the case %q does not end its name with --", file, head)
			}
			all = append(all, quoted{file + ": " + name, body, expected(want)})
		}
	}
	return all, nil
}

func expected(want string) map[string]string {
	out := map[string]string{}
	for _, w := range strings.Fields(want) {
		labels, ref, _ := strings.Cut(w, ">")
		out[labels] = ref
	}
	return out
}

// said is a hint with the labels of the reference that it is about.
type said struct {
	quote.Hint
	labels string
}

// check reads a text as imports do and asks for hints.
func check(ctx context.Context, s *store.Store, text string) ([]said, error) {
	refs, err := s.Parse(ctx, text)
	if err != nil {
		return nil, err
	}
	cites, err := s.Understand(ctx, refs, "")
	if err != nil {
		return nil, err
	}
	hints, err := s.Hints(ctx, text, cites)
	var all []said
	for _, h := range hints {
		var labels []string
		for _, l := range refs[h.Cite].Labels {
			labels = append(labels, l.Text)
		}
		all = append(all, said{h, strings.Join(labels, ",")})
	}
	return all, err
}

// hints are the principles that are said to fit better, by cited labels.
func hints(ctx context.Context, s *store.Store, text string) (map[string]string, error) {
	out := map[string]string{}
	all, err := check(ctx, s, text)
	for _, h := range all {
		out[h.labels] = h.Principle
	}
	return out, err
}

// reportQuoted prints the precision and the recall of hints over the cases.
func reportQuoted(ctx context.Context, cases []quoted, s *store.Store, out io.Writer) error {
	var right, wrong, missed int
	for _, c := range cases {
		got, err := hints(ctx, s, c.text)
		if err != nil {
			return err
		}
		for _, labels := range slices.Sorted(maps.Keys(got)) {
			if c.want[labels] == got[labels] {
				right++
				continue
			}
			wrong++
			fmt.Fprintf(out, "  %s: %s is said to be %s\n", c.name, labels, got[labels])
		}
		for _, labels := range slices.Sorted(maps.Keys(c.want)) {
			if got[labels] == "" {
				missed++
				fmt.Fprintf(out, "  %s: nothing is said of %s\n", c.name, labels)
			}
		}
	}
	precision, recall := ratio(right, right+wrong), ratio(right, right+missed+wrong)
	fmt.Fprintf(out, "Quote check: %d cases, %d hints expected: precision %.2f, recall %.2f\n\n", len(cases), right+missed, precision, recall)
	if wrong > 0 || recall < quoteRecall {
		return fmt.Errorf("the quote check is not good enough: %d false alarms, recall %.2f", wrong, recall)
	}
	return nil
}

// quoteRecall is what of wrong numbers is to be found at least. A false alarm is
// one too many.
const quoteRecall = 0.8
