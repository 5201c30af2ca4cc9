package quote_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
	"normmap/internal/quote"
)

// check looks through a text with all that it cites.
func check(t *testing.T, known []norms.PrincipleText, text string, cites []quote.Cite) []quote.Hint {
	t.Helper()
	hints, err := quote.New(known).Check(t.Context(), text, cites)
	if err != nil {
		t.Fatal(err)
	}
	return hints
}

// harbour is an agreement of our own with two editions.
func harbour() []norms.PrincipleText {
	var all []norms.PrincipleText
	for _, edition := range []string{"old", "new"} {
		for i, p := range [][2]string{
			{"Keep the lights burning", "Those who run lighthouses keep lamps lit at night."},
			{"No smuggling", "Captains carry no contraband and hide none."},
			{"Rescue at sea", "Whoever hears a distress call helps the shipwrecked, whatever flag they sail under."},
			{"Clean water", "Nobody empties tanks or dumps waste in the basin."},
		} {
			ref := "harbour@" + edition + "/" + string(rune('1'+i))
			if edition == "new" {
				ref = "harbour/" + string(rune('1'+i))
			}
			all = append(all, norms.PrincipleText{Ref: ref, Agreement: "harbour", Edition: edition, Current: edition == "new", Title: p[0], Summary: p[1]})
		}
	}
	return all
}

// cite finds what is printed between bars, which it takes out.
func cite(marked string, meant ...string) (string, []quote.Cite) {
	before, rest, _ := strings.Cut(marked, "|")
	printed, after, _ := strings.Cut(rest, "|")
	start := len([]rune(before))
	return before + printed + after, []quote.Cite{{Start: start, End: start + len([]rune(printed)), Agreement: "harbour", Meant: meant}}
}

func TestAHintNamesWhatFitsBetterAndWhy(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, meant, want, kind, shares string }{
		{"named", "As |Harbour principle 2| (rescue of the shipwrecked at sea) asks, we row.", "harbour/2", "harbour/3", "named", "rescue, shipwrecked, sea"},
		{"quoted", "Öl! See |Harbour principle 4|, “Keep the lights burning”.", "harbour/4", "harbour/1", "quoted", "Keep, lights, burning"},
		{"paraphrased", "|Harbour principle 1|, which forbids captains to hide contraband, is in our code.", "harbour/1", "harbour/2", "paraphrased", "captains, hide, contraband"},
		{"of the edition that is cited", "|Harbour principle 1| (no smuggling of contraband)", "harbour@old/1", "harbour@old/2", "named", "smuggling, contraband"},
		{"of no number that there is", "|Harbour principle 9| (no smuggling of contraband)", "", "harbour/2", "named", "smuggling, contraband"},
		{"right", "|Harbour principle 3| (rescue of the shipwrecked at sea)", "harbour/3", "", "", ""},
		{"right in another edition", "|Harbour principle 3| (rescue of the shipwrecked at sea)", "harbour@old/3", "", "", ""},
		{"both", "|Harbour principle 2| (no smuggling, rescue at sea)", "harbour/2", "", "", ""},
		{"two others alike", "|Harbour principle 1| (no smuggling, rescue at sea)", "harbour/1", "", "", ""},
		{"not about", "|Harbour principle 2|, which is not about rescue of the shipwrecked at sea", "harbour/2", "", "", ""},
		{"a deed", "We help the shipwrecked who send a distress call (|Harbour principle 1|).", "harbour/1", "", "", ""},
		{"nothing said", "|Harbour principle 2|", "harbour/2", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			text, cites := cite(tt.text, tt.meant)
			hints := check(t, harbour(), text, cites)
			if tt.want == "" {
				if len(hints) > 0 {
					t.Errorf("it says %+v", hints)
				}
				return
			}
			if len(hints) != 1 {
				t.Fatalf("%d hints", len(hints))
			}
			h := hints[0]
			if h.Principle != tt.want || string(h.Kind) != tt.kind || strings.Join(h.Shares(), ", ") != tt.shares || h.Open {
				t.Errorf("it says %+v", h)
			}
			for _, w := range h.Words {
				if printed := string([]rune(text)[w.Start:w.End]); printed != w.Text {
					t.Errorf("at %d stands %q, not %q", w.Start, printed, w.Text)
				}
			}
		})
	}
}

// Of an ambiguous number one meaning may fit; of several numbers it cannot be
// told which is wrong.
func TestAnAmbiguousNumberMayFitOneOfItsMeanings(t *testing.T) {
	t.Parallel()
	text, cites := cite("|Harbour principle 2| (rescue of the shipwrecked at sea)", "harbour/2", "harbour@old/3")
	cites[0].Open = true
	hints := check(t, harbour(), text, cites)
	if len(hints) != 1 || hints[0].Principle != "harbour@old/3" || !hints[0].Open {
		t.Errorf("it says %+v", hints)
	}
	cites[0].Open = false
	if hints := check(t, harbour(), text, cites); len(hints) > 0 {
		t.Errorf("of two numbers it says %+v", hints)
	}
}

// Without words there is nothing to compare: places that are none, agreements
// that are unknown, principles without texts.
func TestWhatCannotBeComparedIsLeftAlone(t *testing.T) {
	t.Parallel()
	text, cites := cite("|Harbour principle 2| (rescue of the shipwrecked at sea)", "harbour/2")
	if hints := check(t, nil, text, cites); len(hints) > 0 {
		t.Errorf("without principles: %+v", hints)
	}
	for _, c := range []quote.Cite{{Start: -1, End: 4, Agreement: "harbour"}, {Start: 5, End: 5, Agreement: "harbour"}, {Start: 3, End: 900, Agreement: "harbour"}, {Start: 0, End: 19}} {
		if hints := check(t, harbour(), text, []quote.Cite{c}); len(hints) > 0 {
			t.Errorf("%+v: %+v", c, hints)
		}
	}
	if hints := check(t, harbour(), text, cites); len(hints) != 1 {
		t.Error("the check says nothing at all")
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("As principle 2 (rescue at sea) asks", 3, 14, 20, 30)
	f.Add("« Rescue » (principle 2)\n\n- a\n\n(principle 3)", 12, 23, 32, 43)
	f.Add("\xff\xfe(", -1, 2, 0, 0)
	f.Fuzz(func(t *testing.T, text string, a, b, c, d int) {
		cites := []quote.Cite{{Start: a, End: b, Agreement: "harbour", Meant: []string{"harbour/2"}}, {Start: c, End: d, Agreement: "harbour", Open: true}}
		runes := []rune(text)
		for _, h := range check(t, harbour(), text, cites) {
			if h.Cite < 0 || h.Cite >= len(cites) || len(h.Words) == 0 || h.Principle == "" {
				t.Errorf("%q: %+v", text, h)
			}
			if !slices.IsSortedFunc(h.Words, func(a, b norms.QuotedWord) int { return a.Start - b.Start }) {
				t.Errorf("%q: words out of order: %+v", text, h.Words)
			}
			for _, w := range h.Words {
				if w.Start < 0 || w.End > len(runes) || cmp.Diff(string(runes[w.Start:w.End]), w.Text) != "" {
					t.Errorf("%q: %+v does not stand there", text, w)
				}
			}
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	text := strings.Repeat("- As Harbour principle 2 (rescue of the shipwrecked at sea) asks, we row out every night and day.\n", 10_000)
	var cites []quote.Cite
	for i := range 10_000 {
		cites = append(cites, quote.Cite{Start: i*98 + 5, End: i*98 + 24, Agreement: "harbour", Meant: []string{"harbour/2"}})
	}
	for b.Loop() {
		if _, err := quote.New(harbour()).Check(b.Context(), text, cites); err != nil {
			b.Fatal(err)
		}
	}
}
