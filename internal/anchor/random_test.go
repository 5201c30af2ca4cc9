package anchor_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"normmap/internal/anchor"
)

// says is a sentence of a letter that is made up, known by its number.
type says struct {
	number int
	text   string
}

// letterOf is a letter in paragraphs.
type letterOf [][]says

// author makes up sentences. Many cite alike, and some cite the same twice.
type author struct {
	*rand.Rand
	last int
}

var cited = []string{"Paris Call principle 5", "Paris Call principle 1", "principle 1", "GCSC norm 5", "Paris Call principles 5 and 6"}

func (a *author) sentence() says {
	a.last++
	var words []string
	for range 5 + a.IntN(8) {
		words = append(words, fmt.Sprintf("w%d", a.IntN(400)))
	}
	for range a.IntN(3) {
		at := 1 + a.IntN(len(words))
		words = append(words[:at:at], append([]string{"(" + cited[a.IntN(len(cited))] + ")"}, words[at:]...)...)
	}
	return says{a.last, strings.ToUpper(words[0][:1]) + strings.Join(words, " ")[1:] + "."}
}

func (a *author) paragraph() []says {
	var out []says
	for range 1 + a.IntN(4) {
		out = append(out, a.sentence())
	}
	return out
}

func (a *author) letter() letterOf {
	var out letterOf
	for range 3 + a.IntN(8) {
		out = append(out, a.paragraph())
	}
	return out
}

// changed is a letter with some sentences and paragraphs taken out, put in or
// moved.
func (a *author) changed(l letterOf) letterOf {
	out := make(letterOf, len(l))
	for i, p := range l {
		out[i] = append([]says(nil), p...)
	}
	for range 1 + a.IntN(6) {
		if len(out) < 2 {
			break
		}
		i, j := a.IntN(len(out)), a.IntN(len(out))
		k := a.IntN(len(out[i]) + 1)
		switch a.IntN(6) {
		case 0:
			out = append(out[:i], out[i+1:]...)
		case 1:
			out = append(out[:i], append(letterOf{a.paragraph()}, out[i:]...)...)
		case 2:
			out[i], out[j] = out[j], out[i]
		case 3:
			out[i] = append(out[i][:k:k], append([]says{a.sentence()}, out[i][k:]...)...)
		case 4, 5:
			if k == len(out[i]) {
				break
			}
			moved := out[i][k]
			out[i] = append(out[i][:k:k], out[i][k+1:]...)
			if a.IntN(2) == 0 {
				n := a.IntN(len(out[j]) + 1)
				out[j] = append(out[j][:n:n], append([]says{moved}, out[j][n:]...)...)
			}
		}
	}
	return out
}

// printed is the text of a letter with the place of each citation, by the number of
// its sentence and its own within that.
func (l letterOf) printed() (string, map[[2]int]anchor.Place) {
	var b strings.Builder
	at := map[[2]int]anchor.Place{}
	for _, p := range l {
		for _, s := range p {
			n := 0
			for from := 0; ; n++ {
				open := strings.IndexByte(s.text[from:], '(')
				if open < 0 {
					break
				}
				start := from + open + 1
				end := start + strings.IndexByte(s.text[start:], ')')
				at[[2]int{s.number, n}] = anchor.Place{Start: b.Len() + start, End: b.Len() + end}
				from = end
			}
			b.WriteString(s.text + " ")
		}
		b.WriteString("\n\n")
	}
	return b.String(), at
}

// Whatever was taken out, put in or moved: what is found is what was quoted, where
// its own sentence stands now.
func TestWhatIsFoundStandsInItsOwnSentence(t *testing.T) {
	t.Parallel()
	there, found := 0, 0
	for seed := range uint64(600) {
		a := author{Rand: rand.New(rand.NewPCG(seed, 7))}
		first := a.letter()
		before, was := first.printed()
		after, is := a.changed(first).printed()
		var quotes []anchor.Place
		for _, p := range was {
			quotes = append(quotes, p)
		}
		v := between(t, before, after, quotes)
		for of, p := range was {
			f, now := v.Find(p), is[of]
			if now != (anchor.Place{}) {
				there++
			}
			if f.How == anchor.Gone {
				continue
			}
			found++
			if after[f.Start:f.End] != before[p.Start:p.End] {
				t.Fatalf("seed %d: %q is found as %q", seed, before[p.Start:p.End], after[f.Start:f.End])
			}
			if f.Place != now {
				t.Fatalf("seed %d: %q of sentence %d is found at %d, and stands at %d\n%s\n---\n%s", seed, before[p.Start:p.End], of[0], f.Start, now.Start, before, after)
			}
		}
	}
	if found*100 < there*97 {
		t.Errorf("%d of %d citations that are there are found", found, there)
	}
}

// Of two like quotes in one paragraph the first is taken out: the second is found at
// its own words.
func TestOfTwoLikeQuotesTheOneThatIsLeftIsFoundAtItsOwnWords(t *testing.T) {
	t.Parallel()
	const quote = "Paris Call principle 5"
	for _, c := range []struct {
		name, before, after string
		want                [2]int // which of those of the second version, from 1; 0 is gone
	}{
		{"two sentences", "We train judges (Paris Call principle 5). We teach children in schools (Paris Call principle 5).\n",
			"We teach children in schools (Paris Call principle 5).\n", [2]int{0, 1}},
		{"the other of two sentences", "We train judges (Paris Call principle 5). We teach children in schools (Paris Call principle 5).\n",
			"We train judges (Paris Call principle 5).\n", [2]int{1, 0}},
		{"one sentence", "We train judges and prosecutors (Paris Call principle 5), and teach children (Paris Call principle 5).\n",
			"We train judges and prosecutors, and teach children (Paris Call principle 5).\n", [2]int{0, 1}},
		{"one sentence, the second", "We train judges and prosecutors (Paris Call principle 5), and teach children (Paris Call principle 5).\n",
			"We train judges and prosecutors (Paris Call principle 5), and teach children.\n", [2]int{1, 0}},
		{"changed places", "We train judges and prosecutors (Paris Call principle 5), and teach many children (Paris Call principle 5).\n",
			"We teach many children (Paris Call principle 5), and train judges and prosecutors (Paris Call principle 5).\n", [2]int{2, 1}},
		{"nothing speaks for either", "We train (Paris Call principle 5) judges, prosecutors, clerks (Paris Call principle 5) and children.\n",
			"We train judges, prosecutors, Paris Call principle 5, clerks and children.\n", [2]int{0, 0}},
		{"either could be the one that is left", "We help the young (Paris Call principle 5) people of towns and meet the old (Paris Call principle 5) folk of villages.\n",
			"Here you help the young (Paris Call principle 5) folk of villages and people of towns and meet them.\n", [2]int{0, 0}},
		{"a sentence that is said twice", "We train judges in Spain. We did so again (Paris Call principle 5). We teach many children. We did so again (Paris Call principle 5). We lend servers out.\n",
			"We train judges in Spain. We did so again (Paris Call principle 5). We lend servers out.\n", [2]int{0, 0}},
		{"the second of a sentence that is said twice", "We train judges in Spain. We did so again (Paris Call principle 5). We teach many children. We did so again (Paris Call principle 5). We lend servers out.\n",
			"We train judges in Spain. We did so again (Paris Call principle 5). We teach many children. We lend servers out.\n", [2]int{1, 0}},
		{"both stay", "We train judges (Paris Call principle 5). We teach children in schools (Paris Call principle 5).\n",
			"We train many judges (Paris Call principle 5). We teach children in all schools (Paris Call principle 5).\n", [2]int{1, 2}},
	} {
		places := quotes(c.before, quote, quote)
		v := between(t, c.before, c.after, places)
		var now []anchor.Place
		if n := strings.Count(c.after, quote); n == 1 {
			now = quotes(c.after, quote)
		} else {
			now = quotes(c.after, quote, quote)
		}
		for i, p := range places {
			f := v.Find(p)
			switch want := c.want[i]; {
			case want == 0 && f.How != anchor.Gone:
				t.Errorf("%s: the %d. is found at %d", c.name, i+1, f.Start)
			case want > 0 && (f.How == anchor.Gone || f.Place != now[want-1]):
				t.Errorf("%s: the %d. is %+v, want %+v", c.name, i+1, f, now[want-1])
			}
		}
	}
}

// large is a text of about a size in sentences of their own, with what is quoted.
func large(size int, seed uint64) (string, []anchor.Place) {
	a := author{Rand: rand.New(rand.NewPCG(seed, 1))}
	var l letterOf
	for n := 0; n < size; {
		p := a.paragraph()
		for _, s := range p {
			n += len(s.text) + 2
		}
		l = append(l, p)
	}
	text, at := l.printed()
	var quotes []anchor.Place
	for _, p := range at {
		quotes = append(quotes, p)
	}
	return text, quotes
}

// A megabyte against another one, of which nothing is the same, takes about a
// second; only what would take much longer fails.
func TestTextsOfAMegabyteAreCompared(t *testing.T) {
	t.Parallel()
	before, quotes := large(1<<20, 1)
	reworded := strings.NewReplacer(" w7", " other", " w12", " another", "W1", "So w1").Replace(before)
	for name, after := range map[string]string{"another one": first, "all new": func() string { s, _ := large(1<<20, 2); return s }(),
		"reworded": reworded, "one sentence": strings.ReplaceAll(reworded, ".", ","), "one line, again and again": strings.Repeat("- We do w1 w2 w3 (Paris Call principle 5).\n", 20_000)} {
		begun := time.Now()
		between(t, before, after, quotes)
		took := time.Since(begun)
		t.Logf("%s: %s", name, took)
		if took > 30*time.Second {
			t.Errorf("%s: comparing took %s", name, took)
		}
	}
}

func TestSketchesOfVersionsHaveNumbersInCommon(t *testing.T) {
	t.Parallel()
	before, _ := large(20_000, 1)
	other, _ := large(20_000, 2)
	a := author{Rand: rand.New(rand.NewPCG(3, 3)), last: 100_000}
	var l letterOf
	for range 60 {
		l = append(l, a.paragraph())
	}
	added, _ := l.printed()
	for name, c := range map[string]struct {
		text        string
		least, most int
	}{"itself": {before, anchor.MaxSketch, anchor.MaxSketch}, "another one": {other, 0, 0}, "with more after it": {before + added, 20, 60}, "as one line": {strings.Join(strings.Fields(before), " "), anchor.MaxSketch, anchor.MaxSketch}} {
		n := 0
		mine := map[int64]bool{}
		for _, h := range anchor.Sketch(before) {
			mine[h] = true
		}
		for _, h := range anchor.Sketch(c.text) {
			if mine[h] {
				n++
			}
		}
		if n < c.least || n > c.most {
			t.Errorf("%s: %d numbers in common", name, n)
		}
	}
	if len(anchor.Sketch("")) != 0 || len(anchor.Sketch("One.")) != 1 {
		t.Error("short texts have no sketches of their own")
	}
}
