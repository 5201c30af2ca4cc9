package contribution

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"normmap/internal/norms"
	"normmap/internal/table"
)

// TableOptions is what is said of a table with the file, where nobody looks at
// how it was guessed before it is proposed. All of it may be left out.
type TableOptions struct {
	Kind         table.Kind
	Sheet        string
	Header       int    // number of the row that names the columns
	Organization string // that sent it in
	Columns      []ColumnOption
	Values       map[string]string // by field, for every row whose cells do not say it
	Names        map[string]string // as in [table.Mapping]
	AsSource     string
	First, Last  int // rows
}

// ColumnOption is what a column, named by its heading or its letters, holds.
type ColumnOption struct{ Column, Field string }

// ParseColumnOption reads one as it is written in one word: Web site=url.
func ParseColumnOption(pair string) (ColumnOption, error) {
	i := strings.LastIndexByte(pair, '=')
	if i < 0 {
		return ColumnOption{}, norms.Field("map", "%q has no =: write a column and what it holds, as in Web site=url", pair)
	}
	return ColumnOption{strings.TrimSpace(pair[:i]), strings.TrimSpace(pair[i+1:])}, nil
}

// TableAs reads a table as it is guessed and as the options correct that.
// Remembered tells that one with the same headings was read so before.
func (r Reader) TableAs(ctx context.Context, f File, o TableOptions, today time.Time) (t Table, err error) {
	sheets, err := r.Sheets(ctx, f)
	if err != nil {
		return t, err
	}
	w := TableWish{Sheet: o.Sheet, Organization: o.Organization, Values: o.Values}
	w.Kind, w.Header = o.Kind, o.Header
	found, err := r.Guess(ctx, sheets, w)
	if err != nil {
		return t, err
	}
	asked := TableAsked{Mapping: found.Mapping, AsSource: o.AsSource, First: o.First, Last: o.Last, Remembered: found.Remembered}
	for _, c := range o.Columns {
		if err := asked.Map(c.Column, c.Field); err != nil {
			return t, err
		}
	}
	names := map[string]string{}
	maps.Copy(names, asked.Names)
	for name, whose := range o.Names {
		names[table.InOneLine(name)] = whose
	}
	asked.Names = names
	if t, err = r.Table(ctx, sheets, asked, today); err == nil {
		err = t.named(o.Names)
	}
	return t, err
}

// named refuses what is said of a name that the table does not have: it would
// be a typing error.
func (t Table) named(said map[string]string) error {
	asked := table.Named(within(t.sheet(), t.TableAsked), t.Mapping)
	for _, name := range slices.Sorted(maps.Keys(said)) {
		if !slices.ContainsFunc(asked, func(in string) bool { return table.InOneLine(in) == table.InOneLine(name) }) {
			return norms.Field("names", "no row names %q, letter for letter", name)
		}
	}
	return nil
}
