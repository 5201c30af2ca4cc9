package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"normmap/internal/citation"
	"normmap/internal/norms"
	"normmap/internal/quote"
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
func (n numberings) check(ctx context.Context, g *citation.Grammar, k *quote.Checker, text string) ([]said, error) {
	refs := g.Parse(text)
	cites := make([]quote.Cite, len(refs))
	for i, r := range refs {
		cites[i] = quote.Cite{Start: r.Start, End: r.End, Agreement: r.Agreement}
		for _, l := range r.Labels {
			resolution, candidates := norms.ResolveLabel("", n.readings(r.Agreement, l.Text))
			cites[i].Open = resolution == norms.Ambiguous && len(r.Labels) == 1
			for _, c := range candidates {
				cites[i].Meant = append(cites[i].Meant, c.Principle)
			}
		}
	}
	hints, err := k.Check(ctx, text, cites)
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
func (n numberings) hints(ctx context.Context, g *citation.Grammar, k *quote.Checker, text string) (map[string]string, error) {
	out := map[string]string{}
	all, err := n.check(ctx, g, k, text)
	for _, h := range all {
		out[h.labels] = h.Principle
	}
	return out, err
}

// reportQuoted prints the precision and the recall of hints over the cases.
func reportQuoted(ctx context.Context, cases []quoted, n numberings, out io.Writer) error {
	g, k := citation.NewGrammar(n.names), quote.New(n.principles)
	var right, wrong, missed int
	for _, c := range cases {
		got, err := n.hints(ctx, g, k, c.text)
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
