package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"normmap/internal/norms"
)

// Table is a dataset with its rows, each in the order of the columns. Values
// are string, int64, bool, time.Time, []string, or nil where nothing is known.
type Table struct {
	norms.Dataset
	Rows iter.Seq2[[]any, error]
}

// CSV writes a table after RFC 4180 with its columns' names in the first line.
// Unless raw, texts that a spreadsheet would take for a formula are guarded.
func CSV(w io.Writer, t Table, raw bool) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(t.Heads()); err != nil {
		return err
	}
	line := make([]string, len(t.Columns))
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		for i, v := range row {
			line[i] = cell(v)
			if !raw {
				line[i] = Harmless(line[i])
			}
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// listMark stands between the values of a list in one cell.
const listMark = "; "

func cell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		return v.UTC().Format(time.RFC3339Nano)
	case []string:
		return strings.Join(v, listMark)
	}
	return fmt.Sprint(v)
}

// signs are those with which a cell begins that spreadsheets take for a
// formula, in full width too.
const signs = "=+-@\t\r\x00＝＋－＠"

// guard is put before such a cell, and before one that looks as if it had been
// guarded already, so that [Unguarded] gives back every text as it was.
const guard = "'"

// Harmless keeps spreadsheets from taking a text for a formula: a cell that
// begins with one of their signs gets an apostrophe in front.
func Harmless(s string) string {
	if guarded(s) {
		return guard + s
	}
	return s
}

// Unguarded is the text of a cell that Harmless wrote.
func Unguarded(s string) string {
	if text, found := strings.CutPrefix(s, guard); found && guarded(text) {
		return text
	}
	return s
}

func guarded(s string) bool { return strings.IndexAny(strings.TrimLeft(s, guard), signs) == 0 }
