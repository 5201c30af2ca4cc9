package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

// happenings are events in the world. An event that is dated less precisely
// than asked counts when it may have happened since then.
const happenings = `
select a.slug as agreement, a.short_title as agreement_title,
  v.kind, v.happened_on as "on", v.title, v.note, v.count, coalesce(s.slug, '') as source,
  ` + eventConfidence + ` as confidence
from agreement_event v
join agreement a on a.id = v.agreement_id
left join source s on s.id = v.source_id
where (v.happened_on >= @since or v.happened_on <> '' and starts_with(@since, v.happened_on))
  and (@agreement = '' or a.slug = @agreement)
order by v.happened_on, lower(a.short_title), v.id`

// Happenings lists what happened to agreements in the world since a date, the
// earliest first.
func (s *Store) Happenings(ctx context.Context, f norms.HappeningFilter) ([]norms.Happening, error) {
	found, err := collect[norms.Happening](ctx, s.db, "what happened", happenings,
		pgx.StrictNamedArgs{"since": string(f.Since), "agreement": f.Agreement})
	if err == nil && len(found) == 0 {
		err = s.checkNames(ctx, f.Names())
	}
	return found, err
}
