package browse

import (
	"context"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

const factColumns = `f.id, f.kind, f.entity, f.field, coalesce(fs.slug, '') as source, coalesce(fs.title, '') as source_title, f.place,
  f.confidence, f.retrieved_on, f.note, f.version`

// Between factsBegin and factsEnd stands a condition on fact_source f; the
// whole gives the facts as one JSON array.
const (
	factsBegin = `
    select coalesce(json_agg(x order by x.kind, x.entity, x.field), '[]') from (
      select ` + factColumns + `
      from fact_source f left join source fs on fs.id = f.source_id
      where `
	factsEnd = `) x`
)

const factByID = `select ` + factColumns + postgres.FromChosen + `join fact_source f on f.id = chosen.id
left join source fs on fs.id = f.source_id` + postgres.ByPlace

const factLastSeen = `select max(until_rev) from history.fact_source where id = @id`

// Fact reads one fact's source. It is Gone when it was withdrawn.
func (s *Store) Fact(ctx context.Context, id int64) (norms.FactRow, error) {
	return naming.ByID[norms.FactRow](ctx, s.names, "fact", id, factByID, factLastSeen)
}
