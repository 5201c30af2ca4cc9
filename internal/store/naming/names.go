package naming

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/citation"
	"normmap/internal/store/postgres"
)

const agreementNames = `
select slug as agreement, title as text from agreement
union select slug, short_title from agreement
union select a.slug, v.alias from agreement_alias v join agreement a on a.id = v.agreement_id
order by 1, 2`

// Names lists every name under which a text may cite an agreement: titles,
// short titles and aliases.
func (s *Store) Names(ctx context.Context) ([]citation.Name, error) {
	return postgres.Collect[citation.Name](ctx, s.db, "the names of agreements", agreementNames, pgx.StrictNamedArgs{})
}
