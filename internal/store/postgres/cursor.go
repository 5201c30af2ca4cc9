package postgres

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"maps"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

// Cursor marks a place in a list: the sort key and the number of the last row
// that was shown. It stays good when that row goes or others come.
type Cursor struct {
	Key string `json:"k"`
	ID  int64  `json:"i"`
}

func (c Cursor) String() string {
	b, err := json.Marshal(c)
	if err != nil {
		panic(err) // a string and a number can always be written
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// ErrCursor refuses a cursor that was not given out.
var ErrCursor = norms.Errorf(norms.Malformed, "the cursor cannot be read; leave it out to start at the beginning, or use the value of next as it was given")

// ParseCursor reads what String wrote; nil is the start of the list.
func ParseCursor(s string) (*Cursor, error) {
	if s == "" {
		return nil, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	c := &Cursor{}
	if err == nil {
		err = json.Unmarshal(b, c)
	}
	if err != nil || c.ID <= 0 {
		return nil, ErrCursor
	}
	return c, nil
}

// Listing says how the rows of a list are found.
type Listing struct {
	Matching string // a common table expression of that name with the columns id and key (text, the sort key), narrowed by a filter
	First    string // columns of matching, with a comma behind, that sort as the beginning of the key does and have an index
	After    string // what tells the rows after the key @after_key and the id @after_id, when first and key may sort by different rules
	Begin    string // what the rows after the key @after_key and the id @after_id have in common, in terms of first or id
	Total    string // how many match, where that need not be counted
	Rows     string // the statement that reads the rows with the numbers @ids
}

// Choose is the statement that tells how many rows match in all, and which of
// them are on the page, with one more to tell whether another page follows. It
// reads matching twice, each time only as much as is needed: the page begins by
// an index and ends with its last row.
func (l Listing) Choose() string {
	begin, total, after := "", "(select count(*) from matching)", "(key, id) > (@after_key::text, @after_id::bigint)"
	if l.After != "" {
		after = l.After
	}
	if l.Begin != "" {
		begin = " and " + l.Begin
	}
	if l.Total != "" {
		total = l.Total
	}
	return l.Matching + `,
chosen as materialized (
  select id, key, row_number() over () as place from (
    select id, key from matching
    where @after_id::bigint is null or ` + after + begin + `
    order by ` + l.First + `key, id
    limit @limit) x
)
select ` + total + ` as total,
  (select coalesce(array_agg(id order by place), '{}') from chosen) as ids,
  (select coalesce(array_agg(key order by place), '{}') from chosen) as keys`
}

// Choice is the one row of what choose reads.
type Choice struct {
	Total int
	IDs   []int64
	Keys  []string
}

// FromChosen is where a statement that reads the rows of a page begins: their
// numbers, with their place on the page.
const FromChosen = `
from unnest(@ids::bigint[]) with ordinality as chosen (id, place)
`

// ByPlace is where it ends: in the order of the list.
const ByPlace = `
order by chosen.place`

// ReadPage reads one page of a list, narrowed by filter.
func ReadPage[T any](ctx context.Context, db DB, what string, l Listing, filter pgx.StrictNamedArgs, p norms.Page) (norms.List[T], error) {
	var out norms.List[T]
	after, err := ParseCursor(p.Cursor)
	if err != nil {
		return out, err
	}
	args := maps.Clone(filter)
	args["limit"], args["after_id"], args["after_key"] = p.Size()+1, (*int64)(nil), (*string)(nil)
	if after != nil {
		args["after_id"], args["after_key"] = after.ID, after.Key
	}
	found, err := Collect[Choice](ctx, db, what, l.Choose(), args)
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
		out.Next = new(Cursor{c.Keys[p.Size()-1], c.IDs[p.Size()-1]}.String())
	}
	out.Items, err = Collect[T](ctx, db, what, l.Rows, pgx.StrictNamedArgs{"ids": c.IDs})
	return out, err
}

var likeEscapes = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// Containing is the pattern for ilike that finds q anywhere, letter for
// letter; "" stays "", which chooses nothing and everything.
func Containing(q string) string {
	if q == "" {
		return ""
	}
	return "%" + likeEscapes.Replace(q) + "%"
}
