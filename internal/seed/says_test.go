package seed_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"normmap/internal/norms"

	gocmp "github.com/google/go-cmp/cmp"
)

// Each statement's place names a question and a line of the letter; what is
// quoted stands in that line, and the line below that question.
func TestQuotesStandAtTheirPlaceInTheLetter(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("NORMMAP_FIXTURES")
	if folder == "" {
		t.Log("NORMMAP_FIXTURES is not set: quotes are held against nothing")
		return
	}
	edits := load(t)
	lines := strings.Split(string(letterWithSum(t, folder, sumOf(edits, "microsoft-bpf-2019"))), "\n")
	for _, s := range all[norms.PutStatement](edits) {
		if problem := misquoted(lines, s); problem != "" {
			t.Errorf("%q: %s", s.Title, problem)
		}
	}
	altered := norms.PutStatement{Question: 3, Place: "question 3, line 100", Quote: "ought to be mirrored in any cybersecurity agreement"}
	if misquoted(lines, altered) == "" {
		t.Error("an altered quotation is not noticed")
	}
}

var questionLine = regexp.MustCompile(`^question (\d), line (\d+)$`)

// misquoted says what is wrong with a statement's place or quotation.
func misquoted(lines []string, s norms.PutStatement) string {
	m := questionLine.FindStringSubmatch(s.Place)
	if m == nil {
		return fmt.Sprintf("the place %q names no question and line", s.Place)
	}
	n, _ := strconv.Atoi(m[2])
	if m[1] != strconv.Itoa(s.Question) || questionAbove(lines[:n]) != m[1] {
		return fmt.Sprintf("line %d answers question %s, the statement question %d", n, questionAbove(lines[:n]), s.Question)
	}
	if !strings.Contains(lines[n-1], s.Quote) {
		return fmt.Sprintf("%q does not stand in line %d", s.Quote, n)
	}
	return ""
}

var questionHead = regexp.MustCompile(`^[*# ]*([1-6])\. `)

// questionAbove is the number of the last question that lines print.
func questionAbove(lines []string) string {
	for _, l := range slices.Backward(lines) {
		if m := questionHead.FindStringSubmatch(l); m != nil {
			return m[1]
		}
	}
	return ""
}

func TestWhatTheLetterSays(t *testing.T) {
	t.Parallel()
	got := map[string]int{}
	for _, s := range all[norms.PutStatement](load(t)) {
		about := strings.Trim(s.Element+" "+s.Agreement+" "+s.Principle, " ")
		got[fmt.Sprintf("%d %s %s %s", s.Question, s.Kind, s.Stance, about)]++
	}
	want := map[string]int{
		"3 position for multi-stakeholderism":                               1,
		"3 position for multi-stakeholderism paris-call":                    1,
		"3 position against content-restrictions":                           1,
		"3 position for capacity-building":                                  1,
		"3 position qualified vulnerability-equities-processes tech-accord": 1,
		"4 outcome for multi-stakeholderism":                                2,
		"4 outcome for paris-call":                                          1,
		"4 outcome for tech-accord":                                         1,
		"4 outcome neutral confidence-building-measures":                    1,
		"5 challenge neutral nis-directive":                                 1,
		"5 challenge neutral eu-cybersecurity-act":                          1,
		"5 challenge for un-norms":                                          1,
		"5 challenge for paris-call":                                        1,
		"5 position for un-norms":                                           1,
		"5 position for paris-call":                                         1,
		"6 tension for multi-stakeholderism":                                1,
		"6 tension qualified nis-directive":                                 2,
		"6 tension qualified eu-cybersecurity-act":                          2,
	}
	if d := gocmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// Where no more is known than that two principles are alike, no more is said.
func TestWhichPrinciplesAreAlike(t *testing.T) {
	t.Parallel()
	var got []string
	for _, r := range all[norms.PutCrosswalk](load(t)) {
		if r.Relation != "intersects_with" || r.Origin != "curator" || r.Confidence != "known" {
			t.Errorf("%s %s %s by %s, %s", r.Subject, r.Relation, r.Object, r.Origin, r.Confidence)
		}
		got = append(got, r.Subject+" "+r.Object)
	}
	want := []string{"paris-call@2018/2 gcsc@final-2019/1", "paris-call@2018/3 gcsc@final-2019/2", "paris-call@2018/6 gcsc@final-2019/6",
		"paris-call@2018/7 gcsc@final-2019/7", "paris-call@2018/8 gcsc@final-2019/8"}
	for letter := 'a'; letter <= 'k'; letter++ {
		want = append(want, "paris-call@2018/9 un-norms@2015/13-"+string(letter))
	}
	want = append(want, "tech-accord@2018/2 paris-call@2018/8", "tech-accord@2018/2 paris-call@2018/5", "un-norms@2015/13-j gcsc@final-2019/6")
	if d := gocmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
