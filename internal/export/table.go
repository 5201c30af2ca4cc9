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

// Harmless keeps spreadsheets from taking a text for a formula: a cell that
// begins with one of their signs, in full width too, gets an apostrophe in
// front.
func Harmless(s string) string {
	if strings.IndexAny(s, "=+-@\t\r\x00＝＋－＠") == 0 {
		return "'" + s
	}
	return s
}
