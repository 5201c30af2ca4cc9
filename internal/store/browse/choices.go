package browse

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

const choices = `
(select 'organization' as kind, slug, name as title from organization where 'organization' = any (@kinds) order by lower(name), slug limit @limit)
union all
(select 'agreement', slug, short_title from agreement where 'agreement' = any (@kinds) order by lower(short_title), slug limit @limit)
union all
(select 'source', slug, title || case when twins = 1 then '' else ' (' ||
    coalesce(nullif(concat_ws(', ', nullif(publisher, ''), nullif(published_on, '')), ''), slug) || ')' end
  from (select slug, title, publisher, published_on, count(*) over (partition by lower(title)) as twins from source where 'source' = any (@kinds) or 'held_text' = any (@kinds) and body is not null) s
  order by lower(title), slug limit @limit)
union all
(select 'initiative', slug, title from initiative where 'initiative' = any (@kinds) order by lower(title), slug limit @limit)
union all
(select 'edition', a.slug || '/' || e.slug, a.short_title || ': ' || e.title from edition e join agreement a on a.id = e.agreement_id
  where 'edition' = any (@kinds) order by lower(a.short_title), a.slug, e.position, e.slug limit @limit)
union all
(select 'principle', ref, name || ': ' || title from principle_name where current and 'principle' = any (@kinds)
  order by lower(agreement_title), agreement, edition_id, position, id limit @limit)
union all
(select 'element', slug, title from element where 'element' = any (@kinds) order by number, slug limit @limit)`

// Choices lists what a form may offer to choose from, at most limit of each
// kind (organization, agreement, source, initiative, edition, principle, element), in one statement.
// An edition's slug is agreement/edition, a principle's is its ref; of principles
// those of current editions are offered. Sources of the same title say who
// published them and when; of the kind held_text are those whose text is held.
func (s *Store) Choices(ctx context.Context, limit int, kinds ...string) ([]norms.Choice, error) {
	return postgres.Collect[norms.Choice](ctx, s.db, "the choices of a form", choices, pgx.StrictNamedArgs{"limit": limit, "kinds": kinds})
}

const regroupChoices = `
with own (id) as (
  select id from organization where slug = any (@organizations)
  union
  select organization_id from initiative where slug = @beside
)
(select 'initiative' as kind, i.slug, i.title, o.name as organization_name, true as own
  from initiative i join organization o on o.id = i.organization_id
  where o.id in (select id from own) order by lower(i.title), i.slug limit @limit)
union all
(select 'initiative', i.slug, i.title, o.name, false from initiative i join organization o on o.id = i.organization_id
  where o.id not in (select id from own) order by lower(i.title), i.slug limit @limit)
union all
(select 'agreement', slug, short_title, '', false from agreement order by lower(short_title), slug limit @limit)`

// RegroupChoices lists what a form may offer that groups a line otherwise, in one
// statement: at most limit initiatives of whoever the line is about, which are the
// organizations named and that of the initiative beside, then as many of all others,
// and the agreements.
func (s *Store) RegroupChoices(ctx context.Context, limit int, organizations []string, beside string) ([]norms.RegroupChoice, error) {
	return postgres.Collect[norms.RegroupChoice](ctx, s.db, "the choices of a form that groups", regroupChoices,
		pgx.StrictNamedArgs{"limit": limit, "organizations": organizations, "beside": beside})
}
