package serve

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
)

func written(t *testing.T, tb *Table) string {
	t.Helper()
	var b bytes.Buffer
	if err := tb.write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTableIsRFC4180(t *testing.T) {
	t.Parallel()
	items := []norms.Candidate{{Principle: "gcsc/5", Title: `He said "no", twice`, Reason: "two\nlines"}}
	want := "principle,title,reason\r\ngcsc/5,\"He said \"\"no\"\", twice\",\"two\r\nlines\"\r\n"
	if d := cmp.Diff(want, written(t, TableOfItems("x", items))); d != "" {
		t.Error(d)
	}
}

// A spreadsheet must not take what someone typed for a formula.
func TestCellsAreNoFormulas(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠SUM(A1)", "a=1", "", "é", "'=1"} {
		out := written(t, TableOfItems("x", []norms.Problem{{Field: text, Message: "m"}}))
		rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if got := rows[1][0]; strings.IndexAny(got, "=+-@\t\r＝＋－＠") == 0 {
			t.Errorf("%q becomes the cell %q", text, got)
		}
	}
}

func TestCellsOfEveryKind(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 22, 16, 0, 0, 0, time.FixedZone("", 3600))
	changes := written(t, TableOfItems("x", []norms.ChangesetRow{{ID: 3, By: "Ada", At: at, Rows: 2}}))
	if want := "id,by,reason,at,rows,reverts,reverted_by,proposal,proposed_by,by_silence,approved\r\n3,Ada,,2026-11-22T15:00:00Z,2,0,0,0,,false,\r\n"; changes != want {
		t.Errorf("got %q, want %q", changes, want)
	}
	row := norms.CitationRow{Candidates: []norms.Candidate{{Principle: "gcsc/5"}, {Principle: "gcsc/6"}}}
	if out := written(t, TableOfItems("x", []norms.CitationRow{row})); !strings.Contains(out, ",gcsc/5; gcsc/6,") {
		t.Errorf("candidates are not in %q", out)
	}
}

// The table goes on through all pages, and says so when one cannot be read.
func TestTableIsTheWholeList(t *testing.T) {
	t.Parallel()
	pages := func(p norms.Page) (norms.List[norms.Problem], error) {
		n, _ := strconv.Atoi(p.Cursor)
		l := norms.List[norms.Problem]{Items: []norms.Problem{{Field: fmt.Sprint(n)}, {Field: fmt.Sprint(n, "b")}}}
		if n < 3 {
			next := strconv.Itoa(n + 1)
			l.Next = &next
		}
		return l, nil
	}
	first, _ := pages(norms.Page{})
	if out := written(t, TableOf("x", first, pages)); strings.Count(out, "\r\n") != 1+8 {
		t.Errorf("got %q", out)
	}
	broken := errors.New("broken")
	bad := TableOf("x", first, func(norms.Page) (norms.List[norms.Problem], error) { return norms.List[norms.Problem]{}, broken })
	if err := bad.write(&bytes.Buffer{}); !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
}
