package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"normmap/internal/contribution"
	"normmap/internal/norms"
	"normmap/internal/table"
	"normmap/web/href"
)

// asTable is the kind of an import whose document is a table.
const asTable = "table"

// importKinds is the closed list.
var importKinds = []string{"contribution", asTable}

// TableImport is how a table is read, as the command has it. All of it may be
// left out: what is not said is guessed.
type TableImport struct {
	Rows      string            `json:"rows,omitempty" enum:"initiatives,organizations,adherences,agreements,links,sources,citations,matrix" doc:"What the rows are."`
	Sheet     string            `json:"sheet,omitempty" doc:"The sheet; the one that fits best, where it is not said."`
	HeaderRow int               `json:"header_row,omitempty" minimum:"0" doc:"The number of the row that names the columns."`
	Map       map[string]string `json:"map,omitempty" doc:"What columns hold, by heading or letters; empty for one that is not read."`
	Set       map[string]string `json:"set,omitempty" doc:"What holds for every row that does not say it, by field."`
	Names     map[string]string `json:"names,omitempty" doc:"Whose names are that look like recorded ones: a slug, or new."`
	AsSource  string            `json:"as_source,omitempty" doc:"Title under which the file itself is recorded as the source of what it says."`
	FirstRow  int               `json:"first_row,omitempty" minimum:"0" doc:"The first row that is read."`
	LastRow   int               `json:"last_row,omitempty" minimum:"0" doc:"The last row that is read."`
}

// setPair keeps what a form says of the table in a part: these may come again.
func (o *TableImport) setPair(name, said string) error {
	i := strings.LastIndexByte(said, '=')
	if i < 0 {
		return norms.Field("body."+name, "%q has no =: write what it is about and what is said of it, as in Web site=url", said)
	}
	at := map[string]*map[string]string{"map": &o.Map, "set": &o.Set, "names": &o.Names}[name]
	if *at == nil {
		*at = map[string]string{}
	}
	(*at)[strings.TrimSpace(said[:i])] = strings.TrimSpace(said[i+1:])
	return nil
}

// setNumber keeps the number of a row.
func (o *TableImport) setNumber(name, said string) error {
	n, err := strconv.Atoi(said)
	if err != nil || n < 0 {
		return norms.Field("body."+name, "must be the number of a row")
	}
	*map[string]*int{"header_row": &o.HeaderRow, "first_row": &o.FirstRow, "last_row": &o.LastRow}[name] = n
	return nil
}

// said are the fields that say something.
func (o TableImport) said() []string {
	var out []string
	for name, is := range map[string]bool{"rows": o.Rows != "", "sheet": o.Sheet != "", "header_row": o.HeaderRow != 0, "map": len(o.Map) > 0, "set": len(o.Set) > 0,
		"names": len(o.Names) > 0, "as_source": o.AsSource != "", "first_row": o.FirstRow != 0, "last_row": o.LastRow != 0} {
		if is {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// check says what is wrong with the options of an import of a kind.
func (o TableImport) check(kind string) error {
	said := o.said()
	switch {
	case !slices.Contains(importKinds, kind):
		return norms.Field("body.kind", "%q is none of %s", kind, strings.Join(importKinds, ", "))
	case kind != asTable && len(said) > 0:
		return norms.Field("body."+said[0], "is for tables: send kind as table, too")
	case o.Rows != "" && !slices.Contains(table.Kinds, table.Kind(o.Rows)):
		return norms.Field("body.rows", "%q is none of what rows of a table are: %s", o.Rows, strings.Join(table.KindNames(), ", "))
	}
	for name, n := range map[string]int{"header_row": o.HeaderRow, "first_row": o.FirstRow, "last_row": o.LastRow} {
		if n < 0 {
			return norms.Field("body."+name, "must be the number of a row")
		}
	}
	return nil
}

// options are these for who reads the table.
func (o TableImport) options(organization string) contribution.TableOptions {
	out := contribution.TableOptions{Kind: table.Kind(o.Rows), Sheet: o.Sheet, Header: o.HeaderRow, Organization: organization, Values: o.Set, Names: o.Names,
		AsSource: strings.TrimSpace(o.AsSource), First: o.FirstRow, Last: o.LastRow}
	for column, field := range o.Map {
		out.Columns = append(out.Columns, contribution.ColumnOption{Column: column, Field: field})
	}
	slices.SortFunc(out.Columns, func(a, b contribution.ColumnOption) int { return strings.Compare(a.Column, b.Column) })
	return out
}

// proposeTable proposes a table that was read. One with mistakes is refused,
// and each is told by its cell.
func (i importRequest) proposeTable(ctx context.Context, reader contribution.Reader, t contribution.Table) (imported, error) {
	if problems := t.Reading.Problems(); len(problems) > 0 {
		return imported{}, i.wrongCells(problems)
	}
	reason := i.sent.reason
	if reason == "" {
		reason = fmt.Sprintf("Table %s, %s", t.Received.Name, t.Summary())
	}
	done, err := reader.ProposeTable(ctx, actor(ctx), t, reason)
	if err != nil {
		return imported{}, err
	}
	out := imported{Status: http.StatusOK}
	if done.Proposal != 0 && !done.Again {
		out.Status, out.Location = http.StatusCreated, href.APIProposal(done.Proposal)
	}
	out.Result, err = DescribeTable(t, done)
	return out, err
}

// wrongCells says which cells keep a table from being taken, each at its address.
func (i importRequest) wrongCells(problems []table.Problem) failure {
	f := failed(http.StatusUnprocessableEntity, fmt.Sprintf("nothing of this table was taken, since %d of its cells cannot be read; errors says which and why", len(problems)))
	for _, p := range problems {
		at := p.Cell()
		if p.Sheet != "" {
			at = p.Sheet + "!" + at
		}
		f = withField(f, fmt.Sprintf("body.%s[%s]", i.sent.field, at), p.What)
	}
	return f
}
