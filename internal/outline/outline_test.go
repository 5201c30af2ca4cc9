package outline_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/outline"
)

// drawn prints the blocks of a text: kind, level, mark and words.
func drawn(t *testing.T, text string) string {
	var out []string
	for _, b := range blocksOf(t, text) {
		s := fmt.Sprintf("%s%d", b.Kind, b.Level)
		if b.Question {
			s += "?"
		}
		if b.Mark != "" {
			s += " " + b.Mark
		}
		if b.Header {
			s += " header"
		}
		if b.Cells != nil {
			var cells []string
			for _, c := range b.Cells {
				cells = append(cells, c.Of(text))
			}
			s += " = " + strings.Join(cells, " / ")
		} else {
			s += " = " + strings.ReplaceAll(b.Body.Of(text), "\n", "⏎")
		}
		out = append(out, s)
	}
	return strings.Join(out, "\n")
}

func TestBlocks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"headings": {
			"# One\n\nTwo\n===\nThree\n-----\n\n### 4. Is it so? ##\n\n**5. And this?**\n\nQ6: What else\nMORE CAPITALS\n\nQuestion 7\n\n8. Are there\n   others?\n",
			"heading1 = One\nheading1 = Two\nheading2 = Three\nheading3? 4. = 4. Is it so?\nheading3? 5. = 5. And this?\nheading3? Q6 = What else⏎MORE CAPITALS\nheading3? Question 7 = Question 7\nheading3? 8. = Are there⏎   others?",
		},
		"numbered headings are not items": {
			"I) Improve products\n\n- one\n\n(cited)\n\nII) Strengthen others\n\n- two.",
			"heading4 I) = Improve products\nitem0 - = one\nparagraph0 = (cited)\nheading4 II) = Strengthen others\nitem0 - = two.",
		},
		"a form asks, and answers stand under what it asks": {
			"1. Your name\n   Adrion\n\n2. Who are you?\n   An exchange.\n\n3. What was done? Please name\n   principles.\n\n   3.1 A second site\n\n   3.2 A drill\n\n4. May we print this?\n   Yes.",
			"heading3? 1. = Your name\nparagraph0 = Adrion\nheading3? 2. = Who are you?\nparagraph0 = An exchange.\nheading3? 3. = What was done? Please name⏎   principles.\nitem0 3.1 = A second site\nitem0 3.2 = A drill\nheading3? 4. = May we print this?\nparagraph0 = Yes.",
		},
		"one question in a list makes no form": {
			"1. Why wait?\n   We began at once.\n2. A desk\n   for schools.\n3. A school.",
			"item0 1. = Why wait?⏎   We began at once.\nitem0 2. = A desk⏎   for schools.\nitem0 3. = A school.",
		},
		"numbered items are not headings": {
			"1. We did this\n2. We did that\n\n3. And more",
			"item0 1. = We did this\nitem0 2. = We did that\nitem0 3. = And more",
		},
		"a numbered sentence before numbered headings": {
			"1. The Ministry sends its answers.\n\n2. The report of the experts\n\nWe did this.\n\n3. Paris Call (2018)\n\nAnd that.",
			"item0 1. = The Ministry sends its answers.\nheading4 2. = The report of the experts\nparagraph0 = We did this.\nheading4 3. = Paris Call (2018)\nparagraph0 = And that.",
		},
		"numbers with strokes": {
			"1/ Guard\n2/ Teach\na/ Sell\n5/7 of them\nw/ others",
			"item0 1/ = Guard\nitem0 2/ = Teach\nitem1 a/ = Sell⏎5/7 of them⏎w/ others",
		},
		"numbers with dashes": {"1- Guard\n2- Teach\n3.- Sell\n4 - Buy\n5-year plan", "item0 1 = Guard\nitem0 2 = Teach\nitem0 3.- = Sell\nitem0 4 = Buy⏎5-year plan"},
		"who speaks":          {"Q: What do you do?\nA: We pay\nfor exams.", "paragraph0 = Q: What do you do?\nparagraph0 = A: We pay⏎for exams."},
		"headings between lines": {
			"--- Initiative 1 ---\nTitle ....: A vault\nNorms ....: 5\n\n=== Initiative 2 ===\nTitle ....: A course\nNorms ....: 7\n\n-- so they say",
			"heading4 = Initiative 1\nparagraph0 = Title ....: A vault\nparagraph0 = Norms ....: 5\nheading3 = Initiative 2\nparagraph0 = Title ....: A course\nparagraph0 = Norms ....: 7\nparagraph0 = -- so they say",
		},
		"numbered capitals over what is indented": {
			"A.  AGREEMENTS\n    Which have you signed?\n\n    The Call.\n\nB.  CHALLENGES\n    Money.\n\nC.  A sentence that\n    goes on.",
			"heading4 A. = AGREEMENTS\nparagraph0 = Which have you signed?\nparagraph0 = The Call.\nheading4 B. = CHALLENGES\nparagraph0 = Money.\nitem0 C. = A sentence that⏎    goes on.",
		},
		"short sentences with footnotes are no headings": {
			"A week in a town, open to all. [4]\n\n" + strings.Repeat("long ", 30) + "\n\nOpen to all. It was held twice\n\n" + strings.Repeat("long ", 30),
			"paragraph0 = A week in a town, open to all. [4]\nparagraph0 = " + strings.TrimSpace(strings.Repeat("long ", 30)) + "\nparagraph0 = Open to all. It was held twice\nparagraph0 = " + strings.TrimSpace(strings.Repeat("long ", 30)),
		},
		"names in quotes": {
			"1. The label « Safe »\n\nIt is given.\n\n2. They say \"Well done.\"\n\nIt is said.",
			"heading4 1. = The label « Safe »\nparagraph0 = It is given.\nitem0 2. = They say \"Well done.\"\nparagraph0 = It is said.",
		},
		"numbered by section": {
			"A. Network\n\nA.1 Filters\nA.2 Contacts\n\nB. People\n\nB1. Courses\nB2. Prizes",
			"heading4 A. = Network\nitem0 A.1 = Filters\nitem0 A.2 = Contacts\nheading4 B. = People\nitem0 B1. = Courses\nitem0 B2. = Prizes",
		},
		"nested by indent": {
			"- one\n  goes on\n  - two\n    * three\n\n    more of three\n  - four\n\n  of one again\n\nafter",
			"item0 - = one⏎  goes on\nitem1 - = two\nitem2 * = three\nparagraph2 = more of three\nitem1 - = four\nparagraph1 = of one again\nparagraph0 = after",
		},
		"nested by marks": {
			"• one\n◦ inner\no\tinner too\n• two\n– dash\n1. three\n(a) letter\n(b) letter\n2. four",
			"item0 • = one\nitem1 ◦ = inner\nitem1 o = inner too\nitem0 • = two\nitem1 – = dash\nitem0 1. = three\nitem1 (a) = letter\nitem1 (b) = letter\nitem0 2. = four",
		},
		"quotations": {
			"> They said\n> this.\n\nWe say that.",
			"quote0 = They said⏎> this.\nparagraph0 = We say that.",
		},
		"tables": {
			"| A | B |\n|---|:-:|\n| 1 \\| 2 | |\n\nName | Number\n--- | ---\nx\ty\nz\tw\n",
			"row0 header = A / B\nrow0 = 1 \\| 2 / \nrow0 header = Name / Number\nrow0 = x / y\nrow0 = z / w",
		},
		"tables drawn with spaces": {
			"Project            Paris Call   Tech Accord\n-----------------  -----------  -----------\nPhishing button    7            3\nBug bounty         5, 6\n  and prizes       1            1\n",
			"row0 = Project / Paris Call / Tech Accord\nrow0 = Phishing button / 7 / 3\nrow0 = Bug bounty / 5, 6 / \nrow0 = and prizes / 1 / 1",
		},
		"lines with wide spaces are no table": {
			"Name:      Ada\nStatus:    done\n\nWe did this.  Then we did more of it.\nWe went on.   And so it ended.\n\n1.   one\n2.   two",
			"paragraph0 = Name:      Ada⏎Status:    done\nparagraph0 = We did this.  Then we did more of it.⏎We went on.   And so it ended.\nitem0 1. = one\nitem0 2. = two",
		},
		"numbers before dashes": {"1 – Guard\n5 – Sell none\n\nfrom\n3 – 5 days", "item0 1 = Guard\nitem0 5 = Sell none\nparagraph0 = from⏎3 – 5 days"},
		"footnotes": {
			"We do.[^1]\n\n[^1]: Cited here.\n[2] And here\n[N 23] Also\n¹ There\n[link](#) is none",
			"paragraph0 = We do.[^1]\nnote0 [^1]: = Cited here.\nnote0 [2] = And here\nnote0 [N 23] = Also\nnote0 ¹ = There⏎[link](#) is none",
		},
		"lines that are paragraphs": {
			strings.Repeat("long ", 30) + "\nNext line\n(cited)",
			"paragraph0 = " + strings.TrimSpace(strings.Repeat("long ", 30)) + "\nparagraph0 = Next line\nparagraph0 = (cited)",
		},
		"code": {"```\n- no item\n# no heading\n```\n- item", "code0 = - no item⏎# no heading\nitem0 - = item"},
		"a title over a list": {
			"Our work\n\n- one\n\nDear all,\n\nthank you for " + strings.Repeat("so much ", 10),
			"heading7 = Our work\nitem0 - = one\nparagraph0 = Dear all,\nparagraph0 = thank you for " + strings.TrimSpace(strings.Repeat("so much ", 10)),
		},
		"a question with its answer": {"**2. Projects?** Yes: two.\n\n**Fine.** And so on.", "heading3? 2. = 2. Projects?\nparagraph0 = Yes: two.\nparagraph0 = **Fine.** And so on."},
		"nothing":                    {" \n\n---\n", ""},
	} {
		if diff := cmp.Diff(c.want, drawn(t, c.text)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
}

func TestLinks(t *testing.T) {
	t.Parallel()
	text := `See [policy \(CVD\)](#) and [site](https://example.org/a_(b) "t"), [x [y]](), <https://example.net/q?a=1>. Or https://example.com, [^1] [in](#there).`
	var got []string
	for _, l := range outline.Links(text, outline.Span{End: len(text)}) {
		got = append(got, fmt.Sprintf("%s → %s %t", l.Text.Of(text), l.Target, l.Missing))
	}
	want := []string{
		`policy \(CVD\) → # true`, "site → https://example.org/a_(b) false", "x [y] →  true",
		"https://example.net/q?a=1 → https://example.net/q?a=1 false", "https://example.com → https://example.com false", "in → #there false",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// blocksOf are the blocks of a text.
func blocksOf(t *testing.T, text string) []outline.Block {
	t.Helper()
	blocks, err := outline.Blocks(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	return blocks
}

func TestWhatStandsUnderWhat(t *testing.T) {
	t.Parallel()
	text := "# A\n## B\ntext\n# C\n### D\n\ntext"
	blocks := blocksOf(t, text)
	if diff := cmp.Diff([]int{-1, 0, 1, -1, 3, 4}, outline.Under(blocks)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func FuzzBlocks(f *testing.F) {
	for _, s := range []string{"- a\n\t- b\n\n> c", "| a | b |\n--|--\n|c|", "1. a\n(b) c\nIV) d?", "x\n===\n\ty\tz", "[^1]: a\n¹ b", "```\nx", "\xff- \x00", "**a**:"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		blocks := blocksOf(t, text)
		for _, b := range blocks {
			if b.Whole.Start < at || b.Whole.End < b.Whole.Start || b.Whole.End > len(text) {
				t.Fatalf("%q: block at %v after %d", text, b.Whole, at)
			}
			for _, s := range append([]outline.Span{b.Body}, b.Cells...) {
				if s.Start < b.Whole.Start || s.End > b.Whole.End || s.Start > s.End {
					t.Fatalf("%q: %v is not in its block %v", text, s, b.Whole)
				}
			}
			at = b.Whole.End
			outline.Links(text, b.Body)
		}
		outline.Under(blocks)
	})
}

func TestItemsOfWordProcessorsAndOfFrenchTexts(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Words that fill a line which nobody wrapped by hand. ", 4)
	text := long + "\n\n  o Shadow port. A copy runs on other\n    machines, once a quarter.\n  o Pilots.\n\n1° Exercices :\n   – un exercice ;\n   – un autre.\n   (Normes 1 et 2)\n2° Audit."
	want := []string{"paragraph 0", "item 0 o", "item 0 o", "item 0 1°", "item 1 –", "item 1 –", "paragraph 1", "item 0 2°"}
	var got []string
	for _, b := range blocksOf(t, text) {
		got = append(got, strings.TrimSpace(fmt.Sprintf("%s %d %s", b.Kind, b.Level, b.Mark)))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// A line of many signs is no row: nobody wrote a table so wide.
func TestLinesOfVeryManyCellsAreNoRows(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]outline.Kind{10: outline.Row, 100_000: outline.Paragraph} {
		if got := blocksOf(t, strings.Repeat("| a ", n))[0].Kind; got != want {
			t.Errorf("%d cells are a %s, want a %s", n, got, want)
		}
	}
}

func TestNumbersAtTheBeginningOfFoldedLines(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"We take part in the peer reviews of the region, under norms\n(f) and (g) of the report.":     1,
		"The numbers are those of the report of the year 2015 (paragraph\n13) and of the other call.": 1,
		"A course (norms 13\n(f) and (g)).": 1,
		"- We publish what is found in our products under principles 1,\n4. and 5. of the accord.":        1,
		"We pledge these things to all of our customers in the north\n1. We patch\n2. We tell":            3,
		"The call\n5. We sell no tools for attacks on anybody\n8. We do not hack back":                    3,
		"We do these things for all of our customers in the north and the south:\n(a) one\n(b) another":   3,
		"1. We patch all of our products each month, and tell of it\n2. We tell all about it and more on": 2,
	} {
		blocks, err := outline.Blocks(t.Context(), text)
		if err != nil || len(blocks) != want {
			t.Errorf("%q has %d blocks, want %d (%v)", text, len(blocks), want, err)
		}
	}
}
