package naming

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/citation"
	"normmap/internal/store/postgres"
)

const agreementNames = `
select slug as agreement, title as text, '' as edition from agreement
union select slug, short_title, '' from agreement
union select a.slug, v.alias, '' from agreement_alias v join agreement a on a.id = v.agreement_id
union select a.slug, coalesce(nullif(e.programme, ''), e.title), e.slug from edition e join agreement a on a.id = e.agreement_id
  where e.programme <> '' or exists (select from edition o where o.agreement_id = e.agreement_id and o.id <> e.id)
union select a.slug, left(e.published_on, 4), e.slug from edition e join agreement a on a.id = e.agreement_id
  where e.programme = '' and e.published_on <> '' and not exists (select from edition o where o.agreement_id = e.agreement_id and o.id <> e.id)
order by 1, 2, 3`

// Names lists every name under which a text may cite an agreement: titles,
// short titles and aliases; the programmes, or else the titles, by which texts
// tell apart the editions of one; and the year of an only edition, which texts
// print behind the name.
func (s *Store) Names(ctx context.Context) ([]citation.Name, error) {
	return postgres.Collect[citation.Name](ctx, s.db, "the names of agreements", agreementNames, pgx.StrictNamedArgs{})
}
