package dataset

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// dataset is a table of the record as it is given away: where its rows come
// from and which columns they have. Rows come in the order of their numbers,
// which is that of their recording.
type dataset struct {
	name    string
	table   string // whose comment says what a row is
	from    string // the table with its alias, and joins that keep its rows one by one
	id      string // the number of a row
	key     []string
	columns []datum
}

// datum is a column of a dataset: its SQL and the place in the schema whose
// comment describes it, "" where it is derived.
type datum struct {
	name, sql, from string
	kind            norms.ColumnKind
	refers          string
	values          []string
}

func asText(name, sql, from string) datum { return datum{name, sql, from, norms.TextColumn, "", nil} }
func asNumber(name, sql, from string) datum {
	return datum{name, sql, from, norms.NumberColumn, "", nil}
}
func asTruth(name, sql, from string) datum { return datum{name, sql, from, norms.TruthColumn, "", nil} }
func asMoment(name, sql, from string) datum {
	return datum{name, sql, from, norms.MomentColumn, "", nil}
}
func asDate(name, sql, from string) datum { return datum{name, sql, from, norms.DateColumn, "", nil} }
func asList(name, sql, from string) datum { return datum{name, sql, from, norms.ListColumn, "", nil} }

// asName is a column that names a row of a dataset.
func asName(name, sql, from, to string) datum {
	return datum{name, sql, from, norms.TextColumn, to, nil}
}

// asWord is a column with a closed list of values.
func asWord[T ~string](name, sql, from string, list []T) datum {
	return datum{name, sql, from, norms.TextColumn, "", plain(list)}
}

// asWords is a column of several values of a closed list.
func asWords[T ~string](name, sql, from string, list []T) datum {
	return datum{name, sql, from, norms.ListColumn, "", plain(list)}
}

func plain[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

// revisionOf is the column that every row with a version ends in.
func revisionOf(alias, table string) datum {
	return asNumber("revision", alias+".version", table+".version")
}

// datasets are all of them, what others refer to first.
var datasets = slices.Concat(agreementDatasets, actorDatasets, evidenceDatasets)

// rowsOf reads one page of a dataset by its key, so that a slow reader holds
// nothing of the database between two pages.
func (d dataset) rowsOf() string {
	var b strings.Builder
	b.WriteString("select " + d.id)
	for _, c := range d.columns {
		b.WriteString(", " + c.sql + " as " + strconv.Quote(c.name))
	}
	b.WriteString(" from " + d.from + " where " + d.id + " > @after order by " + d.id + " limit @limit")
	return b.String()
}

// statements of the datasets, put together once.
var (
	datasetRows   = statementsOf(datasets)
	datasetCounts = countsOf(datasets)
)

func statementsOf(list []dataset) map[string]string {
	out := make(map[string]string, len(list))
	for _, d := range list {
		out[d.name] = d.rowsOf()
	}
	return out
}

func countsOf(list []dataset) string {
	var parts []string
	for _, d := range list {
		parts = append(parts, "select '"+d.name+"' as name, (select count(*) from "+d.table+") as rows")
	}
	return strings.Join(parts, " union all ")
}

// described is a dataset without its comments.
func (d dataset) described() norms.Dataset {
	out := norms.Dataset{Name: d.name, Key: d.key, Columns: make([]norms.Column, len(d.columns))}
	for i, c := range d.columns {
		out.Columns[i] = norms.Column{Name: c.name, Kind: c.kind, Refers: c.refers, Values: c.values, From: c.from}
	}
	return out
}

// Datasets lists what can be downloaded, without the numbers of rows and the
// descriptions, which are in the database.
func Datasets() []norms.Dataset {
	out := make([]norms.Dataset, len(datasets))
	for i, d := range datasets {
		out[i] = d.described()
	}
	return out
}

// Dataset finds one by its name. It is NotFound when there is none.
func Dataset(name string) (norms.Dataset, error) {
	var names []string
	for _, d := range datasets {
		if d.name == name {
			return d.described(), nil
		}
		names = append(names, d.name)
	}
	return norms.Dataset{}, norms.NotFoundf("there is no dataset %q; those that can be downloaded are %s", name, strings.Join(names, ", "))
}

// schemaComments are the descriptions of tables and columns.
const schemaComments = `
select c.relname::text || coalesce('.' || a.attname::text, '') as name, d.description as text
from pg_catalog.pg_description d
join pg_catalog.pg_class c on c.oid = d.objoid and d.classoid = 'pg_catalog.pg_class'::regclass
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid and d.objsubid > 0
where n.nspname = 'public' and c.relkind = 'r'
order by 1`

// Dictionary is what can be downloaded: every dataset with the number of its
// rows and what the schema's comments say about its columns. Derived columns
// have no comment there and come without a description.
func (s *Store) Dictionary(ctx context.Context) ([]norms.Dataset, error) {
	type counted struct {
		Name string
		Rows int64
	}
	counts, err := postgres.Collect[counted](ctx, s.db, "the sizes of the datasets", datasetCounts, pgx.StrictNamedArgs{})
	if err != nil {
		return nil, err
	}
	type comment struct{ Name, Text string }
	comments, err := postgres.Collect[comment](ctx, s.db, "the schema's comments", schemaComments, pgx.StrictNamedArgs{})
	if err != nil {
		return nil, err
	}
	says := make(map[string]string, len(comments))
	for _, c := range comments {
		says[c.Name] = c.Text
	}
	out := Datasets()
	for i, d := range datasets {
		out[i].Rows, out[i].Description = counts[i].Rows, says[d.table]
		for j, c := range out[i].Columns {
			out[i].Columns[j].Description = says[c.From]
		}
	}
	return out, nil
}

// DatasetPage is a part of a dataset: the values of each row in the order of
// the columns, which are string, int64, bool, time.Time, []string or nil.
type DatasetPage struct {
	Rows [][]any
	Last int64 // where the next part begins
	More bool
}

// datasetStep is how many rows are read at once.
const datasetStep = 250

// DatasetRows reads the part of a dataset that comes after a place; 0 is the
// beginning.
func (s *Store) DatasetRows(ctx context.Context, name string, after int64) (DatasetPage, error) {
	var out DatasetPage
	args := pgx.StrictNamedArgs{"after": after, "limit": datasetStep + 1}
	rows, err := s.db.Query(ctx, datasetRows[name], args)
	if err != nil {
		return out, fmt.Errorf("asking for the rows of %s: %w", name, postgres.Failure(err))
	}
	found, err := pgx.CollectRows(rows, datasetRow)
	if err != nil {
		return out, fmt.Errorf("reading the rows of %s: %w", name, postgres.Failure(err))
	}
	if out.More = len(found) > datasetStep; out.More {
		found = found[:datasetStep]
	}
	for _, r := range found {
		out.Last = r[0].(int64)
		out.Rows = append(out.Rows, r[1:])
	}
	return out, nil
}

func datasetRow(r pgx.CollectableRow) ([]any, error) {
	values, err := r.Values()
	if err != nil {
		return nil, err
	}
	for i, v := range values {
		switch v := v.(type) {
		case int32:
			values[i] = int64(v)
		case time.Time:
			values[i] = v.UTC()
		case []any:
			list := make([]string, len(v))
			for j, one := range v {
				list[j], _ = one.(string)
			}
			values[i] = list
		}
	}
	return values, nil
}
