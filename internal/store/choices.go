package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

const choices = `
(select 'organization' as kind, slug, name as title from organization order by lower(name), slug limit @limit)
union all
(select 'agreement', slug, short_title from agreement order by lower(short_title), slug limit @limit)
union all
(select 'source', slug, title from source order by lower(title), slug limit @limit)
union all
(select 'initiative', slug, title from initiative order by lower(title), slug limit @limit)`

// Choices lists what a form may offer to choose from, at most limit of each
// kind, in one statement.
func (s *Store) Choices(ctx context.Context, limit int) ([]norms.Choice, error) {
	return collect[norms.Choice](ctx, s.db, "the choices of a form", choices, pgx.StrictNamedArgs{"limit": limit})
}
