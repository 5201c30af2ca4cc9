package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/store"
	"normmap/internal/store/dataset"
	"normmap/internal/store/postgres"
)

// readable is the founding data with its past.
func readable(t *testing.T) *store.Store {
	t.Helper()
	url := pgtest.Founding(t)
	pool, err := postgres.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	past, err := postgres.OpenPast(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(past.Close)
	return store.New(pool).WithPast(past)
}

// everyRow reads a dataset to its end.
func everyRow(t *testing.T, s *store.Store, name string) (rows [][]any) {
	t.Helper()
	for after := int64(0); ; {
		p, err := s.DatasetRows(t.Context(), name, after)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, p.Rows...)
		if !p.More {
			return rows
		}
		after = p.Last
	}
}

// The files are read from the past, so that they all show one revision however
// long that takes; the newest revision must be the present.
func TestDatasetsOfTheNewestRevisionAreThePresent(t *testing.T) {
	t.Parallel()
	s := readable(t)
	sets, err := s.Dictionary(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	past, err := s.AsOf(1).Dictionary(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(sets, past); d != "" {
		t.Errorf("the dictionary of the present and of the newest revision differ: %s", d)
	}
	for _, set := range sets {
		present := everyRow(t, s, set.Name)
		if d := cmp.Diff(present, everyRow(t, s.AsOf(1), set.Name)); d != "" {
			t.Errorf("%s: the past differs: %s", set.Name, d)
		}
		if int64(len(present)) != set.Rows || len(present) == 0 && !notSeeded[set.Name] {
			t.Errorf("%s has %d rows and says %d", set.Name, len(present), set.Rows)
		}
		checkColumns(t, set, present)
	}
	if _, err := dataset.Dataset("accounts"); err == nil {
		t.Error("accounts are given away")
	}
}

// notSeeded are the datasets of which the seeds hold no rows: what people make
// of the record.
var notSeeded = map[string]bool{"assessments": true, "answers": true, "cell_reviews": true, "addressee_rulings": true}

// checkColumns holds the values against what the dictionary says of them.
func checkColumns(t *testing.T, set norms.Dataset, rows [][]any) {
	t.Helper()
	for i, c := range set.Columns {
		if c.From != "" && c.Description == "" {
			t.Errorf("%s.%s has no description: is %q a table or column with a comment?", set.Name, c.Name, c.From)
		}
		for _, row := range rows {
			if !holds(c, row[i]) {
				t.Errorf("%s.%s is %s and holds %T %v", set.Name, c.Name, c.Kind, row[i], row[i])
				break
			}
		}
	}
	seen := map[string]bool{}
	for _, row := range rows {
		key := ""
		for _, name := range set.Key {
			key += "\x00" + strings.TrimSpace(cellText(row[slices.Index(set.Heads(), name)]))
		}
		if seen[key] {
			t.Errorf("%s: %q names two rows", set.Name, key)
		}
		seen[key] = true
	}
}

func cellText(v any) string {
	s, _ := v.(string)
	if n, is := v.(int64); is {
		s = time.Duration(n).String()
	}
	return s
}

func holds(c norms.Column, v any) bool {
	switch v := v.(type) {
	case nil:
		return c.Kind == norms.NumberColumn
	case string:
		inList := c.Values == nil || v == "" || slices.Contains(c.Values, v)
		return (c.Kind == norms.TextColumn || c.Kind == norms.DateColumn) && inList
	case int64:
		return c.Kind == norms.NumberColumn
	case bool:
		return c.Kind == norms.TruthColumn
	case time.Time:
		return c.Kind == norms.MomentColumn
	case []string:
		strange := func(one string) bool { return c.Values != nil && !slices.Contains(c.Values, one) }
		return c.Kind == norms.ListColumn && !slices.ContainsFunc(v, strange)
	}
	return false
}

// keptBack are the columns of the domain that are no part of the downloads,
// with the reason.
var keptBack = map[string]string{
	"source.body":                  "texts of others, which are not ours to give away",
	"numbering_label.label_key":    "the label once more, in the form in which it is looked up",
	"agreement_alias.agreement_id": "given with the agreement",
	"agreement_alias.alias":        "given with the agreement",
}

// What a migration adds is given away too, or kept back on purpose.
func TestTheWholeDomainIsGivenAway(t *testing.T) {
	t.Parallel()
	conn := connect(t, pgtest.URL(t))
	if missing := absent(dataset.Datasets(), lines(t, conn, domainColumns)); len(missing) > 0 {
		t.Errorf("no dataset has %v; add them to one, or say above why not", missing)
	}
}

func TestWhatIsNotGivenAwayIsFound(t *testing.T) {
	t.Parallel()
	conn := connect(t, pgtest.URL(t))
	_, err := conn.Exec(t.Context(), `
create table extra (id bigint constraint extra_pkey primary key, word text, version bigint);
select history.track('extra')`)
	if err != nil {
		t.Fatal(err)
	}
	if missing := absent(dataset.Datasets(), lines(t, conn, domainColumns)); !slices.Equal(missing, []string{"extra.word"}) {
		t.Errorf("%v is missing, want extra.word", missing)
	}
}

const domainColumns = `
select a.attrelid::regclass::text || '.' || a.attname from history.tracked t join pg_attribute a on a.attrelid = ('public.' || t.name)::regclass
where a.attnum > 0 and not a.attisdropped and a.attname not in ('id', 'version')
order by 1`

func absent(sets []norms.Dataset, columns []string) []string {
	return slices.DeleteFunc(columns, func(column string) bool {
		_, kept := keptBack[column]
		return kept || slices.ContainsFunc(sets, func(d norms.Dataset) bool {
			return slices.ContainsFunc(d.Columns, func(c norms.Column) bool { return c.From == column })
		})
	})
}
