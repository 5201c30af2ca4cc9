package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"text/tabwriter"

	"normmap/internal/norms"
	"normmap/internal/store"
)

// named is a method with the name under which it is shown.
type named struct {
	name string
	method
}

// report prints how good the methods are, and fails when ours is not better.
func report(ctx context.Context, s *store.Store, out io.Writer) error {
	t, err := readTruth(ctx, s)
	if err != nil {
		return err
	}
	methods := compared(s, t)
	short := methods
	for _, signal := range norms.Signals {
		w := norms.DefaultWeighing()
		w.Only = signal
		methods = append(methods, named{"  " + string(signal) + " alone", suggested(s, w)})
	}
	fmt.Fprintf(out, "%d links of contributors to principles of current editions, %d initiatives, %d principles to choose from\n",
		t.links, len(t.initiatives), len(t.principles))
	found, err := table(ctx, out, "each link hidden in turn", t.each(nil), methods)
	if err != nil {
		return err
	}
	if err := rest(ctx, s, t, out, methods, short); err != nil {
		return err
	}
	if !found[2].better(found[0]) || !found[2].better(found[1]) {
		return fmt.Errorf("the suggestions are not better than the most cited by %d of a hundred links, among the first 3 and 5", margin)
	}
	fmt.Fprintf(out, "\nThe suggestions are better than the most cited by at least %d of a hundred links.\n", margin)
	return nil
}

// compared are the baseline in both its forms and, third, what pages offer.
func compared(s *store.Store, t truth) []named {
	return []named{{"most cited first, equals as the texts stand", mostCited(t)}, {"most cited first, equals by lot", byLot(t)},
		{"suggestions", suggested(s, norms.DefaultWeighing())}}
}

// rest prints what is harder and what other numbers would do.
func rest(ctx context.Context, s *store.Store, t truth, out io.Writer, methods, short []named) error {
	among := strings.Join(t.cited, ", ")
	for _, part := range []struct {
		title     string
		questions []question
		methods   []named
	}{
		{"each link hidden in turn, only agreements that are cited at all (" + among + ")", t.each(t.cited), short},
		{"all links of an initiative hidden, only its words and its heading are left", t.whole(nil), methods},
		{"the same, only agreements that are cited at all", t.whole(t.cited), short},
		{"each link hidden in turn, one number of the arithmetic half or double", t.each(nil), varied(s)},
		{"all links of an initiative hidden, one number half or double", t.whole(nil), varied(s)},
	} {
		if _, err := table(ctx, out, part.title, part.questions, part.methods); err != nil {
			return err
		}
	}
	return nil
}

// varied are the suggestions with each number of the arithmetic changed.
func varied(s *store.Store) []named {
	w := norms.DefaultWeighing()
	against, nearest, alike, words := w.Against, w.Nearest, w.Alike, w.Words
	var out []named
	add := func(name string, value float64, w norms.Weighing) {
		out = append(out, named{name + " " + strconv.FormatFloat(value, 'g', 3, 64), suggested(s, w)})
	}
	for _, factor := range []float64{0.5, 2} {
		w.Against = factor * against
		add("against", w.Against, w)
		w.Against = against
		w.Nearest = int(factor*float64(nearest) + 0.5)
		add("nearest", float64(w.Nearest), w)
		w.Nearest = nearest
		w.Alike = factor * alike
		add("alike", w.Alike, w)
		w.Alike = alike
		w.Words = factor * words
		add("words", w.Words, w)
		w.Words = words
	}
	return out
}

func table(ctx context.Context, out io.Writer, title string, questions []question, methods []named) ([]hits, error) {
	fmt.Fprintf(out, "\n%s\n", title)
	tab := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight|tabwriter.DiscardEmptyColumns)
	fmt.Fprintln(tab, "among the first 3\t\tthe first 5\t\t\t")
	var all []hits
	for _, m := range methods {
		h, err := measure(ctx, questions, m.method)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", strings.TrimSpace(m.name), err)
		}
		all = append(all, h)
		fmt.Fprintf(tab, "%s\t%s\t%s\t%s\t   %s\n", number(h.of3), share(h.of3, h.links), number(h.of5), share(h.of5, h.links), m.name)
	}
	return all, tab.Flush()
}

// number is without decimals where no lot was drawn.
func number(n float64) string { return strconv.FormatFloat(math.Round(10*n)/10, 'f', -1, 64) }

func share(n float64, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f %%", 100*n/float64(of))
}
