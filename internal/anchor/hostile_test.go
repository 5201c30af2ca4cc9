package anchor_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"normmap/internal/anchor"
)

// hostile are two texts that are made to keep a reader busy.
type hostile struct {
	name, before, after string
	quotes              []anchor.Place
}

// hostileTexts are texts of about a size.
func hostileTexts(size int) []hostile {
	same := func(name, line string, quotes func(string) []anchor.Place) hostile {
		text := strings.Repeat(line, size/len(line))
		h := hostile{name: name, before: text, after: text + "And an end of its own here.\n"}
		if quotes != nil {
			h.quotes = quotes(text)
		}
		return h
	}
	one := func(string) []anchor.Place { return []anchor.Place{{Start: 0, End: 3}} }
	out := []hostile{
		{"marks", strings.Repeat(".", size) + "a", strings.Repeat(".", size) + "b", nil},
		{"marks that close", strings.Repeat(".", size/2) + strings.Repeat(")", size/2) + "a", strings.Repeat("!)", size/2) + "b", nil},
		same("marks and blanks", ".      ", nil),
		same("one sentence again and again", "We do it.\n\n", nil),
		same("two sentences by turns", "We do it.\n\nYou do it.\n\n", nil),
		same("a paragraph of nothing but citations", "X 1. ", one),
		same("headings of nothing but citations", "# X 1\n\n", func(string) []anchor.Place { return []anchor.Place{{Start: 2, End: 5}} }),
		same("blocks of nothing but citations", "X 1\n\n", one),
		manySizes(size), lateMark(size), twoLengths(size), unevenSentences(size), likeSentences(size), manyInOne(size),
	}
	out[3].before = "A unique beginning of this all. " + out[3].before
	out[3].after = "A unique beginning of this all. " + out[3].after
	return out
}

// manySizes quotes the same word, more and more often.
func manySizes(size int) hostile {
	var b strings.Builder
	h := hostile{name: "quotes of many sizes"}
	for n := 1; b.Len() < size; n++ {
		start := b.Len()
		b.WriteString(strings.Repeat("x ", n))
		h.quotes = append(h.quotes, anchor.Place{Start: start, End: b.Len() - 1})
		b.WriteString("\n\n")
	}
	h.before = b.String()
	h.after = h.before + "z"
	return h
}

// lateMark quotes words that stand everywhere, but for the mark at their end.
func lateMark(size int) hostile {
	quoted := strings.Repeat("x ", size/8) + "x!"
	return hostile{"words that differ at their end", quoted + " y", strings.Repeat("x ", size/2), []anchor.Place{{Start: 0, End: len(quoted)}}}
}

// twoLengths are quotes of two lengths by turns, the later of them the longer ones.
func twoLengths(size int) hostile {
	h := hostile{name: "quotes of two lengths by turns"}
	var b strings.Builder
	for n := 0; b.Len() < size; n++ {
		quote := []string{"X 1", "X 10"}[n%2]
		start := b.Len() + len("- Do ")
		b.WriteString("- Do " + quote + " or\n")
		h.quotes = append(h.quotes, anchor.Place{Start: start, End: start + len(quote)})
	}
	h.before = b.String()
	h.after = "- We do.\n" + h.before
	return h
}

// unevenSentences are many short sentences that have rare words in common with one
// that is as long as all of them.
func unevenSentences(size int) hostile {
	var short, long strings.Builder
	for n := 0; short.Len() < size; n++ {
		fmt.Fprintf(&short, "- So w%d x%d y%d.\n", n, n, n)
		fmt.Fprintf(&long, "w%d x%d or ", n, n)
	}
	return hostile{"short sentences beside a long one", short.String(), long.String(), nil}
}

// likeSentences are sentences that differ in one word.
func likeSentences(size int) hostile {
	var before, after strings.Builder
	for n := 0; before.Len() < size; n++ {
		fmt.Fprintf(&before, "Alpha%d beta gamma delta w%d epsilon.\n\n", n/40, n)
		fmt.Fprintf(&after, "Alpha%d beta gamma delta v%d epsilon.\n\n", n/40, n)
	}
	return hostile{"sentences that differ in one word", before.String(), after.String(), nil}
}

// manyInOne are sentences that cite the same many times.
func manyInOne(size int) hostile {
	h := hostile{name: "sentences that cite the same many times"}
	var b strings.Builder
	for n := 0; b.Len() < size; n++ {
		fmt.Fprintf(&b, "- So w%d u%d v%d", n, n, n)
		for range 98 {
			h.quotes = append(h.quotes, anchor.Place{Start: b.Len() + 1, End: b.Len() + 4})
			b.WriteString(" X 1 y")
		}
		b.WriteString(".\n")
	}
	h.before = b.String()
	h.after = strings.ReplaceAll(strings.ReplaceAll(h.before, " u", " other"), "y X", "y y X")
	return h
}

// Nobody keeps a reader busy with a text: each of these takes a second or less, under
// the race detector of a busy machine some more, and took minutes or hours.
func TestHostileTextsAreCompared(t *testing.T) {
	t.Parallel()
	for _, h := range hostileTexts(1 << 17) {
		t.Run(h.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
			defer cancel()
			begun := time.Now()
			if _, err := anchor.Between(ctx, h.before, h.after, h.quotes); err != nil {
				t.Errorf("after %s: %v", time.Since(begun), err)
			}
			t.Log(time.Since(begun))
		})
	}
}

// patience is a context that ends when it was asked a number of times.
type patience struct {
	context.Context
	asks, left int
}

func (p *patience) Err() error {
	p.asks++
	if p.asks > p.left {
		return context.Canceled
	}
	return nil
}

// Whatever the texts, a comparison asks all the time whether it should go on, and
// ends where it is told not to.
func TestComparingEndsWhenItIsToldTo(t *testing.T) {
	t.Parallel()
	const size = 1 << 14
	for _, h := range hostileTexts(size) {
		ctx := &patience{Context: t.Context(), left: 1 << 30}
		if _, err := anchor.Between(ctx, h.before, h.after, h.quotes); err != nil {
			t.Fatal(err)
		}
		if ctx.asks < size/128 {
			t.Errorf("%s: it asked %d times only", h.name, ctx.asks)
		}
		for _, at := range []int{0, 1, ctx.asks / 3, ctx.asks / 2, ctx.asks * 3 / 4, ctx.asks - 1} {
			told := &patience{Context: t.Context(), left: at}
			if _, err := anchor.Between(told, h.before, h.after, h.quotes); !errors.Is(err, context.Canceled) {
				t.Errorf("%s, told at %d of %d: %v", h.name, at, ctx.asks, err)
			}
			if told.asks > at+2 {
				t.Errorf("%s: told at %d of %d, it asked %d times more", h.name, at, ctx.asks, told.asks-at-1)
			}
		}
	}
}
