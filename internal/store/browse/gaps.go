package browse

import (
	"context"
	"maps"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// gapPage is one list of gaps as gapLists reads it.
type gapPage[T any] struct {
	jsonPage[T]
	Undated   int            // promises
	Standings map[string]int // by the place among norms.Standings
}

// cut takes the rows that are shown into a list, and tells how many there are
// and where the next page begins.
func (p *gapPage[T]) cut(g *norms.Gaps, s norms.GapSection, list *[]T, size int) {
	if p == nil {
		return
	}
	g.Totals[s] = p.Total
	if len(p.Rows) > size {
		p.Rows = p.Rows[:size]
		g.More[s] = postgres.Cursor{Key: p.Keys[size-1], ID: p.IDs[size-1]}.String()
	}
	*list = p.Rows
}

// gapPages are the lists of one statement; those that are not shown are nil.
type gapPages struct {
	Principles *gapPage[norms.PrincipleRow]
	Adherences *gapPage[norms.StandingRow]
	Addressees *gapPage[norms.AddresseeGap]
	Unresolved *gapPage[norms.CitationRow]
	Contested  *gapPage[norms.LinkRow]
	Reviewed   *gapPage[norms.CellReviewRow]
	Promises   *gapPage[norms.Promise]
	Addresses  *gapPage[norms.NoAddress]
}

// Gaps reads what has no recorded evidence on current editions, and what waits
// for a decision, a date or an address, as seen on a day: the beginning of every
// list, or one page of the one that is shown. How many principles there are does
// not grow with the evidence, so more of them are shown beside the others.
func (s *Store) Gaps(ctx context.Context, day time.Time, show norms.GapSection, page norms.Page) (norms.Gaps, error) {
	g := norms.Gaps{Day: norms.Date(day.UTC().Format(time.DateOnly)), Totals: map[norms.GapSection]int{}, More: map[norms.GapSection]string{}}
	after, err := postgres.ParseCursor(page.Cursor)
	if err != nil {
		return g, err
	}
	size, principles := page.Size(), page.Size()
	if show == "" {
		after = nil
	}
	if page.Limit == 0 {
		principles = norms.MaxLimit
		if show == "" {
			size = norms.GapsShown
		}
	}
	args := gapArgs(after)
	args["limit"], args["principles"] = size+1, principles+1
	sql := gapStatements[show]
	found, err := postgres.Collect[gapPages](ctx, s.db, "the gaps", sql, only(sql, args))
	if err != nil {
		return g, err
	}
	f := found[0] // the statement has exactly one row
	f.Principles.cut(&g, norms.GapPrinciples, &g.Principles, principles)
	f.Adherences.cut(&g, norms.GapAdherences, &g.Adherences, size)
	f.Addressees.cut(&g, norms.GapAddressees, &g.Addressees, size)
	f.Unresolved.cut(&g, norms.GapUnresolved, &g.Unresolved, size)
	f.Contested.cut(&g, norms.GapContested, &g.Contested, size)
	f.Reviewed.cut(&g, norms.GapReviewed, &g.Reviewed, size)
	f.Promises.cut(&g, norms.GapPromises, &g.Promises, size)
	f.Addresses.cut(&g, norms.GapAddresses, &g.Addresses, size)
	if next, more := g.More[show]; more {
		g.Next = &next
	}
	if f.Adherences != nil {
		g.Standings = map[norms.Standing]int{}
		for i, standing := range norms.Standings {
			g.Standings[standing] = f.Adherences.Standings[strconv.Itoa(i)]
		}
	}
	if f.Promises != nil {
		g.Undated = f.Promises.Undated
	}
	for i := range g.Adherences {
		g.Adherences[i].Place()
	}
	for i := range g.Promises {
		g.Promises[i].LookedAt(day)
	}
	return g, nil
}

func gapArgs(after *postgres.Cursor) pgx.StrictNamedArgs {
	var addressees []norms.Addressee
	var groups []norms.StakeholderGroup
	for _, a := range norms.Addressees {
		for _, g := range a.Groups() {
			addressees, groups = append(addressees, a), append(groups, g)
		}
	}
	if after == nil {
		after = &postgres.Cursor{}
	}
	return pgx.StrictNamedArgs{"after_key": after.Key, "after_id": after.ID, "relations": norms.AdherenceRelations, "addressees": addressees, "groups": groups}
}

// only keeps the arguments that a statement names.
func only(sql string, args pgx.StrictNamedArgs) pgx.StrictNamedArgs {
	maps.DeleteFunc(args, func(name string, _ any) bool { return !strings.Contains(sql, "@"+name) })
	return args
}
