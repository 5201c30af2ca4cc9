package store

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"maps"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

// cursor marks a place in a list: the sort key and the number of the last row
// that was shown. It stays good when that row goes or others come.
type cursor struct {
	Key string `json:"k"`
	ID  int64  `json:"i"`
}

func (c cursor) String() string {
	b, err := json.Marshal(c)
	if err != nil {
		panic(err) // a string and a number can always be written
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// errCursor refuses a cursor that was not given out.
var errCursor = norms.Errorf(norms.Malformed, "the cursor cannot be read; leave it out to start at the beginning, or use the value of next as it was given")

// parseCursor reads what String wrote; nil is the start of the list.
func parseCursor(s string) (*cursor, error) {
	if s == "" {
		return nil, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	c := &cursor{}
	if err == nil {
		err = json.Unmarshal(b, c)
	}
	if err != nil || c.ID <= 0 {
		return nil, errCursor
	}
	return c, nil
}

// listing says how the rows of a list are found.
type listing struct {
	matching string // a common table expression of that name with the columns id and key (text, the sort key), narrowed by a filter
	first    string // columns of matching, with a comma behind, that sort as the beginning of the key does and have an index
	after    string // what tells the rows after the key @after_key and the id @after_id, when first and key may sort by different rules
	begin    string // what the rows after the key @after_key and the id @after_id have in common, in terms of first or id
	total    string // how many match, where that need not be counted
	rows     string // the statement that reads the rows with the numbers @ids
}

// choose is the statement that tells how many rows match in all, and which of
// them are on the page, with one more to tell whether another page follows. It
// reads matching twice, each time only as much as is needed: the page begins by
// an index and ends with its last row.
func (l listing) choose() string {
	begin, total, after := "", "(select count(*) from matching)", "(key, id) > (@after_key::text, @after_id::bigint)"
	if l.after != "" {
		after = l.after
	}
	if l.begin != "" {
		begin = " and " + l.begin
	}
	if l.total != "" {
		total = l.total
	}
	return l.matching + `,
chosen as materialized (
  select id, key, row_number() over () as place from (
    select id, key from matching
    where @after_id::bigint is null or ` + after + begin + `
    order by ` + l.first + `key, id
    limit @limit) x
)
select ` + total + ` as total,
  (select coalesce(array_agg(id order by place), '{}') from chosen) as ids,
  (select coalesce(array_agg(key order by place), '{}') from chosen) as keys`
}

// choice is the one row of what choose reads.
type choice struct {
	Total int
	IDs   []int64
	Keys  []string
}

// fromChosen is where a statement that reads the rows of a page begins: their
// numbers, with their place on the page.
const fromChosen = `
from unnest(@ids::bigint[]) with ordinality as chosen (id, place)
`

// byPlace is where it ends: in the order of the list.
const byPlace = `
order by chosen.place`

// readPage reads one page of a list, narrowed by filter.
func readPage[T any](ctx context.Context, db DB, what string, l listing, filter pgx.StrictNamedArgs, p norms.Page) (norms.List[T], error) {
	var out norms.List[T]
	after, err := parseCursor(p.Cursor)
	if err != nil {
		return out, err
	}
	args := maps.Clone(filter)
	args["limit"], args["after_id"], args["after_key"] = p.Size()+1, (*int64)(nil), (*string)(nil)
	if after != nil {
		args["after_id"], args["after_key"] = after.ID, after.Key
	}
	found, err := collect[choice](ctx, db, what, l.choose(), args)
	if err != nil {
		return out, err
	}
	c := found[0] // the statement has exactly one row
	out.Total = c.Total
	if c.Total == 0 {
		out.Items = []T{}
		return out, nil
	}
	if len(c.IDs) > p.Size() {
		c.IDs = c.IDs[:p.Size()]
		out.Next = new(cursor{c.Keys[p.Size()-1], c.IDs[p.Size()-1]}.String())
	}
	out.Items, err = collect[T](ctx, db, what, l.rows, pgx.StrictNamedArgs{"ids": c.IDs})
	return out, err
}

var likeEscapes = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// containing is the pattern for ilike that finds q anywhere, letter for
// letter; "" stays "", which chooses nothing and everything.
func containing(q string) string {
	if q == "" {
		return ""
	}
	return "%" + likeEscapes.Replace(q) + "%"
}
