package store

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

const principlesWithout = `
select ` + principleColumns + ` from principle p` + principleJoins + `
where n.current and f.links = 0
order by n.agreement, e.position, e.id, p.position, p.id`

const adherencesWithout = `
select ` + adherenceColumns + ` from adherence d` + adherenceJoins + `
where f.links = 0 and d.relation = any (@relations)
order by lower(o.name), lower(a.short_title), ` + byRelation + `, d.since, d.id`

// Gaps reads what has no recorded evidence on current editions, and the
// citations that wait for a decision.
func (s *Store) Gaps(ctx context.Context) (norms.Gaps, error) {
	var g norms.Gaps
	var err error
	none := pgx.StrictNamedArgs{}
	if g.Principles, err = collect[norms.PrincipleRow](ctx, s.db, "the principles without evidence", principlesWithout, none); err != nil {
		return g, err
	}
	commits := slices.DeleteFunc(slices.Clone(norms.AdherenceRelations), func(r norms.AdherenceRelation) bool { return !r.Commits() })
	args := pgx.StrictNamedArgs{"relations": commits}
	if g.Adherences, err = collect[norms.AdherenceRow](ctx, s.db, "the adherences without evidence", adherencesWithout, args); err != nil {
		return g, err
	}
	g.Unresolved, err = collect[norms.CitationRow](ctx, s.db, "the unresolved citations", citationsUnresolved, none)
	return g, err
}
