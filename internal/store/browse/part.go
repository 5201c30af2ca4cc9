package browse

import (
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// jsonPage is a page of a list that a statement reads beside others, as partOf
// gives it.
type jsonPage[T any] struct {
	Total int
	Rows  []T
	Keys  []string
	IDs   []int64
}

// partOf reads a page of a list as a JSON object: total says how many rows
// there are, and rows gives one more than is shown, each with its key and id.
func partOf(total, rows string) string {
	return `
    select json_build_object('total', ` + total + `, 'rows', coalesce(json_agg(x order by x.key, x.id), '[]'),
      'keys', coalesce(json_agg(x.key order by x.key, x.id), '[]'), 'ids', coalesce(json_agg(x.id order by x.key, x.id), '[]'))
    from (` + rows + `) x`
}

// rowsOf reads all rows of a statement as one value, in their order.
func rowsOf(rows string) string {
	return `(select coalesce(json_agg(x), '[]') from (` + rows + `) x)`
}

// afterPart goes on, in a list of numbers and keys, from the place of the part
// of that name.
func afterPart(matching, part string) string {
	return `(
      select id, key from (` + matching + `) m
      where (key, id) > (@` + part + `_key::text, @` + part + `_id::bigint)
      order by key, id
      limit @` + part + `_shown) chosen`
}

// partArgs are the arguments with which afterPart finds the places of parts.
func partArgs(at norms.PartPage, parts ...string) (pgx.StrictNamedArgs, error) {
	after, err := postgres.ParseCursor(at.Cursor)
	switch {
	case err != nil:
		return nil, err
	case (at.Part != "" || after != nil) && !slices.Contains(parts, at.Part):
		return nil, norms.Field("part", "must be one of: %s", strings.Join(parts, ", "))
	}
	args := pgx.StrictNamedArgs{}
	for _, p := range parts {
		place := postgres.Cursor{}
		if p == at.Part && after != nil {
			place = *after
		}
		args[p+"_key"], args[p+"_id"], args[p+"_shown"] = place.Key, place.ID, partSize(at, p)+1
	}
	return args, nil
}

// partNames are the names of those arguments.
func partNames(parts ...string) []string {
	var names []string
	for _, p := range parts {
		names = append(names, p+"_key", p+"_id", p+"_shown")
	}
	return names
}

// inSentences are the lists of which a page shows a few rows, and some more of
// the one that is asked for.
var inSentences = []string{"statements", "alike", "reviews", "rulings", "possibly"}

// partSize is how many rows of a list are shown. Those of facts are short.
func partSize(at norms.PartPage, part string) int {
	size := norms.PartShown
	if at.Limit > 0 {
		size = at.Size()
	}
	switch {
	case part == "facts":
		return 2*size + 1
	case at.Limit > 0 || !slices.Contains(inSentences, part):
		return size
	case part == at.Part:
		return 3 * norms.FewShown
	}
	return norms.FewShown
}

// shown is a page without the row that only tells that there is another one.
func (p jsonPage[T]) shown(m *norms.Parts, part string, at norms.PartPage) []T {
	m.Totals[part] = p.Total
	size := partSize(at, part)
	switch {
	case p.Rows == nil:
		return []T{} // nothing was asked, since there is none
	case len(p.Rows) <= size:
		return p.Rows
	}
	m.Next[part] = postgres.Cursor{Key: p.Keys[size-1], ID: p.IDs[size-1]}.String()
	return p.Rows[:size]
}

func newParts(at norms.PartPage) norms.Parts {
	m := norms.Parts{Totals: map[string]int{}, Next: map[string]string{}}
	if at.Cursor != "" {
		m.Paged = at.Part
	}
	return m
}

// statementsPart is the list of the statements q that a condition lets through.
func statementsPart(condition string) string {
	return partOf(`(select count(*) from statement q where `+condition+`)`, `
      select `+statementColumns+`, chosen.key
      from `+afterPart(`
        select q.id, concat_ws('/', `+statementPlace+`, lower(qo.name)) as key
        from statement q
        join organization qo on qo.id = q.organization_id
        where `+condition, "statements")+`
      join statement q on q.id = chosen.id`+statementJoins)
}
