package history

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

// EventConfidence is how sure an event v of an agreement a is.
const EventConfidence = `coalesce((select ef.confidence from fact_source ef
      where ef.kind = 'agreement' and ef.entity = a.slug and ef.field = '` + norms.EventField + `' || v.title), '')`

// EventColumns are the columns of an event v of an agreement a.
const EventColumns = `v.id, v.kind, v.happened_on as "on", v.title, v.note, v.count, coalesce(vs.slug, '') as source,
      coalesce(vs.title, '') as source_title, ` + EventConfidence + ` as confidence, v.version`

// EventJoins is what EventColumns needs beside them.
const EventJoins = `
    left join source vs on vs.id = v.source_id`

// happenings are events in the world. An event that is dated less precisely
// than asked counts when it may have happened since then.
const happenings = `
select a.slug as agreement, a.short_title as agreement_title,
  ` + EventColumns + `
from agreement_event v
join agreement a on a.id = v.agreement_id` + EventJoins + `
where (v.happened_on >= @since or v.happened_on <> '' and starts_with(@since, v.happened_on))
  and (@agreement = '' or a.slug = @agreement)
order by v.happened_on, lower(a.short_title), v.id`

// Happenings lists what happened to agreements in the world since a date, the
// earliest first.
func (s *Store) Happenings(ctx context.Context, f norms.HappeningFilter) ([]norms.Happening, error) {
	found, err := postgres.Collect[norms.Happening](ctx, s.db, "what happened", happenings,
		pgx.StrictNamedArgs{"since": string(f.Since), "agreement": f.Agreement})
	if err == nil && len(found) == 0 {
		err = s.names.CheckNames(ctx, f.Names())
	}
	return found, err
}

const eventByID = `
select a.slug as agreement, a.short_title as agreement_title,
  ` + EventColumns + postgres.FromChosen + `join agreement_event v on v.id = chosen.id
join agreement a on a.id = v.agreement_id` + EventJoins + postgres.ByPlace

const eventLastSeen = `select max(until_rev) from history.agreement_event where id = @id`

// Event reads one event of an agreement. It is Gone when it was withdrawn.
func (s *Store) Event(ctx context.Context, id int64) (norms.Happening, error) {
	return naming.ByID[norms.Happening](ctx, s.names, "event", id, eventByID, eventLastSeen)
}
