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
	names                 []string
}

func (o *tableFlags) register(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.kind, "table", "", "read .csv and .xlsx files as tables whose rows are "+strings.Join(table.KindNames(), ", ")+"; what they are is guessed where it is not said")
	f.Lookup("table").NoOptDefVal = guessed
	f.StringVar(&o.sheet, "sheet", "", "the sheet of a table; the one that fits best, where it is not said")
	f.IntVar(&o.header, "header-row", 0, "the number of the row that names the columns")
	f.StringArrayVar(&o.columns, "map", nil, "what a column of a table holds, as in --map 'Web site=url'; --map 'Notes=' leaves it out")
	f.StringArrayVar(&o.values, "set", nil, "what holds for every row that does not say it, as in --set source=SLUG")
	f.StringArrayVar(&o.names, "name", nil, "whose name it is that looks like a recorded one, as in --name 'Acme Corp.=acme', or --name 'Acme Corp.=new'")
	f.StringVar(&o.asSource, "as-source", "", "title under which the file itself is recorded as the source of what it says")
	f.IntVar(&o.first, "first-row", 0, "the first row that is read")
	f.IntVar(&o.last, "last-row", 0, "the last row that is read")
}

// wrong says what no table can be read by; cmd is told to people.
func (o tableFlags) wrong(cmd *cobra.Command) error {
	if o.kind == "" {
		for _, name := range []string{"sheet", "header-row", "map", "set", "name", "as-source", "first-row", "last-row"} {
			if cmd.Flags().Changed(name) {
				return misused(cmd, "--%s is for tables: say --table, too", name)
			}
		}
		return nil
	}
	if o.kind != guessed && !slices.Contains(table.KindNames(), o.kind) {
		return misused(cmd, "--table is %q; the rows of a table are %s", o.kind, strings.Join(table.KindNames(), ", "))
	}
	for _, pair := range slices.Concat(o.columns, o.values, o.names) {
		if !strings.Contains(pair, "=") {
			return misused(cmd, "%q has no =: write a column and its field, or a field and its value, as in 'Web site=url'", pair)
		}
	}
	return nil
}

// options are what is said of a table with its file.
func (o tableFlags) options(organization string) contribution.TableOptions {
	out := contribution.TableOptions{Sheet: o.sheet, Header: o.header, Organization: organization, AsSource: o.asSource, First: o.first, Last: o.last,
		Values: pairs(o.values), Names: pairs(o.names)}
	if o.kind != guessed {
		out.Kind = table.Kind(o.kind)
	}
	for _, pair := range o.columns {
		c, _ := contribution.ParseColumnOption(pair) // those without a = were refused
		out.Columns = append(out.Columns, c)
	}
	return out
}

// pairs takes what was said as name=value apart.
func pairs(said []string) map[string]string {
	out := map[string]string{}
	for _, pair := range said {
		i := strings.LastIndexByte(pair, '=')
		out[strings.TrimSpace(pair[:i])] = strings.TrimSpace(pair[i+1:])
	}
	return out
}

// table reads a file as a table, and proposes what it changes.
func (r importRun) table(ctx context.Context, file string, data []byte) error {
	t, err := r.reader.TableAs(ctx, contribution.File{Name: filepath.Base(file), Data: data}, r.asked.table.options(r.asked.organization), r.now())
	if err != nil {
		return err
	}
	if t.Remembered && r.asked.format != "json" {
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
	if t.Waiting != 0 {
		fmt.Fprintf(out, "  this very table waits for review in proposal %d\n", t.Waiting)
	}
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
			sayCells(out, row)
		}
		for _, p := range row.Own(common) {
			fmt.Fprintf(out, "%s:%d: %s\n", file, p.Row, p)
		}
	}
	if len(t.Reading.Questions()) > 0 {
		fmt.Fprintln(out, "  say of names that look alike whose they are: --name 'NAME=SLUG', or --name 'NAME=new'")
	}
	return out.Flush()
}

// sayCells writes what a row changes, cell by cell.
func sayCells(out io.Writer, row table.Row) {
	for _, c := range row.Changes {
		where := c.Field
		if c.Column != "" {
			where = fmt.Sprintf("cell %s%d, %s", c.Column, row.Number, c.Field)
		}
		fmt.Fprintf(out, "    %s: %q becomes %q\n", where, oneLine(c.Before), oneLine(c.After))
	}
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
	address := serviceAddress(settings) + href.Proposal(done.Proposal)
	if done.Again {
		fmt.Fprintf(r.stdout, "%s: nothing was proposed: this very table waits for review already, in proposal %d: %s\n", file, done.Proposal, address)
		return nil
	}
	fmt.Fprintf(r.stdout, "%s: proposal %d, %s: %s\n", file, done.Proposal, inEdits(done.Edits), address)
	return nil
}
