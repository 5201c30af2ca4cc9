package anchor_test

import (
	"slices"
	"strings"
	"testing"

	"normmap/internal/anchor"
)

const first = `# What we do

- We run a help desk for small firms (Paris Call principle 1).
- We train judges and prosecutors in three countries.

(Paris Call principle 5)

- We publish the addresses of attackers.

(Paris Call principle 5)

- We lend servers to hospitals (Paris Call principle 2, GCSC norm 5).
- We teach children (Paris Call principle 1).
- We sit on the board of an exchange (Paris Call principle 4).
`

const second = `# What we do in 2020

- We run a help desk for small firms and towns, day and night (Paris Call principle 1).
- We sit on the board of an exchange (Paris Call principle 4).
- We train judges and prosecutors in three countries.

(Paris Call principle 5)

- We bake bread on Sundays.

(Paris Call principle 5)

- We lend servers to hospitals (Paris Call principles 2 and 3, GCSC norm 5).
- We teach children and parents (Paris Call principle 13).
`

// quotes are the places of words, in order.
func quotes(text string, of ...string) []anchor.Place {
	var out []anchor.Place
	at := 0
	for _, q := range of {
		i := strings.Index(text[at:], q)
		start := len([]rune(text[:at+i]))
		out = append(out, anchor.Place{Start: start, End: start + len([]rune(q))})
		at += i + len(q)
	}
	return out
}

func between(t *testing.T, before, after string, quotes []anchor.Place) anchor.Versions {
	t.Helper()
	v, err := anchor.Between(t.Context(), before, after, quotes)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestWordsAreFoundAgain(t *testing.T) {
	t.Parallel()
	said := []string{"Paris Call principle 1", "Paris Call principle 5", "Paris Call principle 5", "Paris Call principle 2", "GCSC norm 5", "Paris Call principle 1", "Paris Call principle 4"}
	want := []anchor.How{anchor.Reworded, anchor.Kept, anchor.Gone, anchor.Gone, anchor.Reworded, anchor.Gone, anchor.Moved}
	places := quotes(first, said...)
	v := between(t, first, second, places)
	now := []rune(second)
	for i, p := range places {
		found := v.Find(p)
		if found.How != want[i] {
			t.Errorf("%s, the %d.: %s, want %s", said[i], i+1, found.How, want[i])
		}
		if found.How != anchor.Gone && string(now[found.Start:found.End]) != said[i] {
			t.Errorf("%s is found where %q stands", said[i], string(now[found.Start:found.End]))
		}
	}
	if n := v.Line(4); n != 5 {
		t.Errorf("line 4 became line %d, want 5", n)
	}
	if n := v.Line(8); n != 0 {
		t.Errorf("line 8, which is gone, became line %d", n)
	}
}

// Between a text and itself, or a broken one of the same words, all stay.
func TestTheSameWordsAreKept(t *testing.T) {
	t.Parallel()
	said := []string{"Paris Call principle 1", "Paris Call principle 5", "Paris Call principle 5", "Paris Call principle 2"}
	places := quotes(first, said...)
	broken := strings.ReplaceAll(strings.ReplaceAll(first, "call principle", "call\nprinciple"), "three countries", "three\n  countries")
	for _, after := range []string{first, "A preface of one line.\n\n" + first, broken} {
		v := between(t, first, after, places)
		how := map[anchor.How]int{}
		for _, p := range places {
			how[v.Find(p).How]++
		}
		if how[anchor.Kept] != len(places) {
			t.Errorf("of %q: %v", after[:30], how)
		}
	}
}

func TestShare(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		of, in      string
		common, all int
	}{
		{"", "a b c", 0, 0},
		{"a b", "", 0, 2},
		{"One two three four.", "one two\nthree four", 4, 4},
		{"one two three four five six seven", "one two three four x six seven", 4, 7},
		{"one two three four five", "zero one two three four five six", 5, 5},
		{"one two three four", "four three two one", 0, 4},
	} {
		if common, all := anchor.Share(tt.of, tt.in); common != tt.common || all != tt.all {
			t.Errorf("%q in %q: %d of %d, want %d of %d", tt.of, tt.in, common, all, tt.common, tt.all)
		}
	}
	if common, all := anchor.Share(first, second); common*100/all < 60 || common == all {
		t.Errorf("the second edition has %d of %d words of the first", common, all)
	}
}

// Whatever the texts, what is found is what was quoted.
func FuzzFind(f *testing.F) {
	f.Add(first, second, 60, 82)
	f.Add("- a b c (X 1)\n", "a b c (X 1) (X 1)", 9, 12)
	f.Fuzz(func(t *testing.T, before, after string, start, end int) {
		was, now := []rune(before), []rune(after)
		if start < 0 || end > len(was) || start >= end {
			return
		}
		found := between(t, before, after, []anchor.Place{{Start: start, End: end}}).Find(anchor.Place{Start: start, End: end})
		if found.How == anchor.Gone {
			return
		}
		if got := now[found.Start:found.End]; strings.Join(strings.Fields(string(got)), " ") != strings.Join(strings.Fields(string(was[start:end])), " ") && !slices.Equal(got, was[start:end]) {
			t.Fatalf("%q is found as %q", string(was[start:end]), string(got))
		}
	})
}
