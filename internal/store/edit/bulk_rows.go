package edit

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/history"
	"normmap/internal/store/postgres"
)

// pending are the rows of one table that wait to be written.
type pending interface {
	flush(ctx context.Context, db postgres.DB, rev int64) error
}

// waiting are those of a table[R].
type waiting[R any] struct {
	table   table[R]
	added   []row[R]
	changed []row[R]
}

// find reads a row, or remembers what was looked up beforehand.
func find[R any](ctx context.Context, w *writing, t table[R], where string, key pgx.StrictNamedArgs) (*row[R], error) {
	if w.run == nil {
		return t.find(ctx, w.db, where, key)
	}
	if len(w.run.rows) > 0 {
		if known, ok := w.run.rows[rowKey(t.name, where, key)]; ok {
			return known.(*row[R]), nil
		}
	}
	if w.run.allNew[t.name] {
		return nil, nil
	}
	return t.find(ctx, w.db, where, key)
}

// learn notes what is, or is not, recorded under a key.
func learn[R any](r *run, t table[R], where string, key pgx.StrictNamedArgs, found *row[R]) {
	if r != nil {
		r.rows[rowKey(t.name, where, key)] = found
	}
}

// insert adds a row, now or at the end of the run, and returns its number.
func insert[R any](ctx context.Context, w *writing, t table[R], data R) (int64, error) {
	if w.run == nil {
		return t.insert(ctx, w.db, data, w.rev)
	}
	id, err := w.number(ctx, t.name)
	if err != nil {
		return 0, err
	}
	p := pendingOf(w.run, t)
	p.added = append(p.added, row[R]{ID: id, Data: data})
	if w.run.fresh[t.name] == nil {
		w.run.fresh[t.name] = map[int64]bool{}
	}
	w.run.fresh[t.name][id] = true
	return id, nil
}

// update changes a row, now or at the end of the run.
func update[R any](ctx context.Context, w *writing, t table[R], id int64, data R) error {
	if w.run == nil {
		return t.update(ctx, w.db, id, data, w.rev)
	}
	p := pendingOf(w.run, t)
	p.changed = append(p.changed, row[R]{ID: id, Data: data})
	return nil
}

func pendingOf[R any](r *run, t table[R]) *waiting[R] {
	if p, ok := r.pending[t.name]; ok {
		return p.(*waiting[R])
	}
	p := &waiting[R]{table: t}
	r.pending[t.name] = p
	return p
}

const someNumbers = "select nextval(s.name) from (select pg_get_serial_sequence('public.' || @table, 'id')::regclass as name offset 0) s, generate_series(1, @count)"

// number takes a number for a new row, so that others can point to it before it
// is written. They come in packs, of which some are left over.
func (w *writing) number(ctx context.Context, table string) (int64, error) {
	if len(w.spare[table]) == 0 {
		rows, err := w.db.Query(ctx, someNumbers, pgx.StrictNamedArgs{"table": table, "count": min(max(w.run.expected, 20), perStatement)})
		if err != nil {
			return 0, postgres.Failure(err)
		}
		ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
		if err != nil {
			return 0, fmt.Errorf("taking numbers for %s: %w", table, postgres.Failure(err))
		}
		if w.spare == nil {
			w.spare = map[string][]int64{}
		}
		w.spare[table] = ids
	}
	id := w.spare[table][0]
	w.spare[table] = w.spare[table][1:]
	return id, nil
}

// flush writes what waits, a thing before its parts, and then asks what could
// not be asked before.
func (w *writing) flush(ctx context.Context) error {
	for _, kind := range history.TrackedKinds {
		if p, ok := w.run.pending[kind]; ok {
			if err := p.flush(ctx, w.db, w.rev); err != nil {
				return err
			}
		}
	}
	if len(w.run.changed) == 0 {
		return nil
	}
	return w.claimsHold(ctx, w.run.changed...)
}

// perStatement is how many rows go in at once: a statement is done long before
// its time is over, also where a row has many words to index.
const perStatement = 500

func (p *waiting[R]) flush(ctx context.Context, db postgres.DB, rev int64) error {
	for rows := range slices.Chunk(p.added, perStatement) {
		if err := p.table.copyIn(ctx, db, rows, rev); err != nil {
			return err
		}
	}
	for rows := range slices.Chunk(p.changed, perStatement) {
		if err := p.table.updateAll(ctx, db, rows, rev); err != nil {
			return err
		}
	}
	return nil
}

func (t table[R]) copyIn(ctx context.Context, db postgres.DB, rows []row[R], rev int64) error {
	columns := append([]string{"id"}, t.names...)
	if t.versioned {
		columns = append(columns, "version")
	}
	source := pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) {
		values := append(make([]any, 0, len(columns)), rows[i].ID)
		v := reflect.ValueOf(rows[i].Data)
		for f := range v.NumField() {
			values = append(values, v.Field(f).Interface())
		}
		if t.versioned {
			values = append(values, rev)
		}
		return values, nil
	})
	if _, err := db.CopyFrom(ctx, pgx.Identifier{t.name}, columns, source); err != nil {
		return fmt.Errorf("adding %d rows to %s: %w", len(rows), t.name, postgres.Failure(err))
	}
	return nil
}

func (t table[R]) updateAll(ctx context.Context, db postgres.DB, rows []row[R], rev int64) error {
	list := make([]pgx.StrictNamedArgs, len(rows))
	for i, r := range rows {
		list[i] = t.args(r.Data)
		list[i]["id"] = r.ID
	}
	body, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("writing rows of %s as JSON: %w", t.name, err)
	}
	if _, err := db.Exec(ctx, t.updateAllSQL, pgx.StrictNamedArgs{"rows": body, "version": rev}); err != nil {
		return fmt.Errorf("changing %d rows of %s: %w", len(rows), t.name, postgres.Failure(err))
	}
	return nil
}

// findAll looks up the rows that have one of several keys, which all satisfy
// the same condition, and notes what there is and what not.
//
// What edits are to add is not looked up: see [run.assumeNew].
func findAll[R any](ctx context.Context, w *writing, t table[R], where string, keys []pgx.StrictNamedArgs) error {
	if len(keys) == 0 {
		return nil
	}
	names := slices.Sorted(maps.Keys(keys[0]))
	args, wanted, condition := pgx.StrictNamedArgs{}, []string{}, where
	// A name may begin with another one: the longest is replaced first.
	for _, n := range slices.SortedFunc(slices.Values(names), func(a, b string) int { return cmp.Compare(len(b), len(a)) }) {
		condition = strings.ReplaceAll(condition, "@"+n, "wanted.k_"+n)
	}
	for _, n := range names {
		var kind string
		args[n], kind = column(keys, n)
		wanted = append(wanted, "@"+n+"::"+kind)
	}
	q := "select wanted.place, t.id, t.version, t." + strings.Join(t.names, ", t.") + "\nfrom unnest(" + strings.Join(wanted, ", ") +
		") with ordinality wanted (k_" + strings.Join(names, ", k_") + ", place)\ncross join lateral (select id, version, " + t.columns +
		" from " + t.name + " where " + condition + " limit 1) t\norder by wanted.place"
	rows, err := w.db.Query(ctx, q, args)
	if err != nil {
		return postgres.Failure(err)
	}
	for _, k := range keys {
		learn(w.run, t, where, k, (*row[R])(nil))
	}
	for rows.Next() {
		var place int
		found, err := t.scanAfter(rows, &place)
		if err != nil {
			rows.Close()
			return fmt.Errorf("reading %s: %w", t.name, postgres.Failure(err))
		}
		learn(w.run, t, where, keys[place-1], &found)
	}
	return postgres.Failure(rows.Err())
}

// assumeNew takes it that n edits add rows to a table of which nothing is on
// record. Where something is, its unique key refuses the row in the end, and
// the run is written one at a time.
func (r *run) assumeNew(table string, n int) {
	r.allNew[table] = true
	r.expected += n
}

// look looks up the keys of edits that change something, which know a version
// of it, and takes the others for new.
func look[E norms.Edit, R any](ctx context.Context, w *writing, t table[R], where string, edits []E, keys []pgx.StrictNamedArgs) error {
	var recorded []pgx.StrictNamedArgs
	for i, k := range keys {
		if norms.VersionOf(edits[i]) != 0 {
			recorded = append(recorded, k)
		}
	}
	w.run.assumeNew(t.name, len(keys)-len(recorded))
	return findAll(ctx, w, t, where, recorded)
}

// column is what the keys say under one name, as an array of a type of Postgres.
func column(keys []pgx.StrictNamedArgs, name string) (any, string) {
	numbers, texts := make([]*int64, len(keys)), make([]string, len(keys))
	kind := "text[]"
	for i, k := range keys {
		switch v := k[name].(type) {
		case int64:
			numbers[i], kind = &v, "bigint[]"
		case *int64:
			numbers[i], kind = v, "bigint[]"
		default:
			texts[i] = reflect.ValueOf(v).String()
		}
	}
	if kind == "bigint[]" {
		return numbers, kind
	}
	return texts, kind
}

// rowKey is a table, a condition and its values as one word.
func rowKey(table, where string, key pgx.StrictNamedArgs) string {
	var b strings.Builder
	b.WriteString(table)
	b.WriteByte(0)
	b.WriteString(where)
	for _, n := range slices.Sorted(maps.Keys(key)) {
		b.WriteByte(0)
		switch v := key[n].(type) {
		case int64:
			b.WriteString(strconv.FormatInt(v, 10))
		case *int64:
			if v != nil {
				b.WriteString(strconv.FormatInt(*v, 10))
			}
		default:
			b.WriteString(reflect.ValueOf(v).String())
		}
	}
	return b.String()
}
