package app

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"normmap/internal/api"
	"normmap/internal/contribution"
	"normmap/internal/table"
	"normmap/web/href"
)

// guessed is the kind of --table that says none.
const guessed = "guess"

// tableFlags are what the flags of import say of a table.
type tableFlags struct {
	kind, sheet, asSource string
	header, first, last   int
	columns, values       []string
}

func (o *tableFlags) register(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.kind, "table", "", "read .csv and .xlsx files as tables whose rows are "+strings.Join(kinds(), ", ")+"; what they are is guessed where it is not said")
	f.Lookup("table").NoOptDefVal = guessed
	f.StringVar(&o.sheet, "sheet", "", "the sheet of a table; the one that fits best, where it is not said")
	f.IntVar(&o.header, "header-row", 0, "the number of the row that names the columns")
	f.StringArrayVar(&o.columns, "map", nil, "what a column of a table holds, as in --map 'Web site=url'; --map 'Notes=' leaves it out")
	f.StringArrayVar(&o.values, "set", nil, "what holds for every row that does not say it, as in --set source=SLUG")
	f.StringVar(&o.asSource, "as-source", "", "title under which the file itself is recorded as the source of what it says")
	f.IntVar(&o.first, "first-row", 0, "the first row that is read")
	f.IntVar(&o.last, "last-row", 0, "the last row that is read")
}

func kinds() []string {
	out := make([]string, len(table.Kinds))
	for i, k := range table.Kinds {
		out[i] = string(k)
	}
	return out
}

// wrong says what no table can be read by; cmd is told to people.
func (o tableFlags) wrong(cmd *cobra.Command) error {
	if o.kind == "" {
		for _, name := range []string{"sheet", "header-row", "map", "set", "as-source", "first-row", "last-row"} {
			if cmd.Flags().Changed(name) {
				return misused(cmd, "--%s is for tables: say --table, too", name)
			}
		}
		return nil
	}
	if o.kind != guessed && !slices.Contains(kinds(), o.kind) {
		return misused(cmd, "--table is %q; the rows of a table are %s", o.kind, strings.Join(kinds(), ", "))
	}
	for _, pair := range slices.Concat(o.columns, o.values) {
		if !strings.Contains(pair, "=") {
			return misused(cmd, "%q has no =: write a column and its field, or a field and its value, as in 'Web site=url'", pair)
		}
	}
	return nil
}

// wish is what is known before the table is guessed.
func (o tableFlags) wish(organization string) contribution.TableWish {
	w := contribution.TableWish{Sheet: o.sheet, Organization: organization, Values: map[string]string{}}
	w.Header = o.header
	if o.kind != guessed {
		w.Kind = table.Kind(o.kind)
	}
	for _, pair := range o.values {
		field, value, _ := strings.Cut(pair, "=")
		w.Values[strings.TrimSpace(field)] = strings.TrimSpace(value)
	}
	return w
}

// asked is how a table is read: as guessed, and corrected by what was said.
func (o tableFlags) asked(m table.Mapping) (contribution.TableAsked, error) {
	for _, pair := range o.columns {
		i := strings.LastIndexByte(pair, '=')
		if err := m.Map(strings.TrimSpace(pair[:i]), strings.TrimSpace(pair[i+1:])); err != nil {
			return contribution.TableAsked{}, err
		}
	}
	return contribution.TableAsked{Mapping: m, AsSource: o.asSource, First: o.first, Last: o.last}, nil
}

// table reads a file as a table, and proposes what it changes.
func (r importRun) table(ctx context.Context, file string, data []byte) error {
	sheets, err := r.reader.Sheets(ctx, contribution.File{Name: filepath.Base(file), Data: data})
	if err != nil {
		return err
	}
	found, err := r.reader.Guess(ctx, sheets, r.asked.table.wish(r.asked.organization))
	if err != nil {
		return err
	}
	asked, err := r.asked.table.asked(found.Mapping)
	if err != nil {
		return err
	}
	t, err := r.reader.Table(ctx, sheets, asked, r.now())
	if err != nil {
		return err
	}
	if found.Remembered && r.asked.format != "json" {
		fmt.Fprintf(r.stdout, "%s: read as a table with the same headings was read before\n", file)
	}
	if err := r.sayTable(file, t); err != nil {
		return err
	}
	if n := len(t.Reading.Problems()); n > 0 {
		return fmt.Errorf("nothing of this table was taken: %s", mistakes(n))
	}
	if r.asked.dry {
		return nil
	}
	done, err := r.reader.ProposeTable(ctx, r.by, t, "Table "+filepath.Base(file)+", "+t.Summary())
	if err != nil {
		return err
	}
	return r.sayTableProposed(file, t, done)
}

func mistakes(n int) string {
	if n == 1 {
		return "one cell has a mistake"
	}
	return fmt.Sprintf("%d cells have mistakes", n)
}

// sayTable writes what was read. A real import as JSON says it once, when it is
// proposed; one with mistakes never is.
func (r importRun) sayTable(file string, t contribution.Table) error {
	if r.asked.format != "json" {
		return sayTable(r.stdout, file, t, r.asked.dry)
	}
	if r.asked.dry || len(t.Reading.Problems()) > 0 {
		return r.encodeTable(t, contribution.Proposed{})
	}
	return nil
}

func (r importRun) encodeTable(t contribution.Table, done contribution.Proposed) error {
	described, err := api.DescribeTable(t, done)
	if err != nil {
		return err
	}
	return r.encode(described)
}

// sayTable writes for people how a table was read, its mistakes, and in a dry
// run what each of its rows does.
func sayTable(w io.Writer, file string, t contribution.Table, rows bool) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s: %s, %s\n", file, t.Kind, t.Summary())
	if t.Profile != "" {
		fmt.Fprintf(out, "  recognized: %s\n", t.Profile)
	}
	fmt.Fprintf(out, "  %sheadings in row %d\n", sheetNamed(t.Mapping.Sheet), t.Header)
	for i, c := range t.Columns {
		holds := c.Field
		if holds == "" {
			holds = "not read"
		}
		fmt.Fprintf(out, "  column %s, %s: %s\n", table.Letters(i), oneLine(c.Heading), holds)
	}
	for _, name := range slices.Sorted(maps.Keys(t.Values)) {
		fmt.Fprintf(out, "  every row: %s is %s\n", name, t.Values[name])
	}
	common := t.Reading.Common()
	for _, p := range common {
		fmt.Fprintf(out, "%s: every row: %s\n", file, p.What)
	}
	for _, row := range t.Reading.Rows {
		if rows && (row.State == table.New || row.State == table.Changed) {
			fmt.Fprintf(out, "%s:%d: %s: %s\n", file, row.Number, row.State, oneLine(row.Name))
		}
		for _, p := range row.Own(common) {
			fmt.Fprintf(out, "%s:%d: %s\n", file, p.Row, p)
		}
	}
	return out.Flush()
}

func sheetNamed(name string) string {
	if name == "" {
		return ""
	}
	return "sheet " + name + ", "
}

// sayTableProposed says what became of a table.
func (r importRun) sayTableProposed(file string, t contribution.Table, done contribution.Proposed) error {
	if r.asked.format == "json" {
		return r.encodeTable(t, done)
	}
	if done.Proposal == 0 {
		fmt.Fprintf(r.stdout, "%s: no change: all that it says is recorded\n", file)
		return nil
	}
	settings, err := r.config(r.cmd)
	if err != nil {
		return err
	}
	fmt.Fprintf(r.stdout, "%s: proposal %d, %d edits: %s\n", file, done.Proposal, done.Edits, serviceAddress(settings)+href.Proposal(done.Proposal))
	return nil
}
