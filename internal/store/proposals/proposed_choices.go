package proposals

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// proposedChoices reads what the open proposals of an account add, as edits
// name it. A name that is recorded by now is that of the recorded thing.
const proposedChoices = `
with latest as (
  select distinct on (e.proposal_id, e.position) e.proposal_id, e.position, e.version, e.edit
  from proposal_edit e join proposal p on p.id = e.proposal_id
  where p.state = 'open' and p.proposer_id = @by
  order by e.proposal_id, e.position, e.version desc
),
things as (
  select substr(edit ->> 'edit', 5) as kind, edit -> 'with' ->> 'slug' as slug, proposal_id, position,
    coalesce(edit -> 'with' ->> 'short_title', edit -> 'with' ->> 'title', edit -> 'with' ->> 'name', '') as title,
    coalesce(edit -> 'with' ->> 'published_on', '') as published_on
  from latest l
  where edit ->> 'edit' in ('put_organization', 'put_agreement', 'put_source', 'put_initiative', 'put_element')
    and coalesce((edit -> 'with' ->> 'version')::bigint, 0) = 0
    and not exists (select from proposal_applied a where a.proposal_id = l.proposal_id and a.position = l.position)
    and coalesce((select d.decision from proposal_decision d
      where d.proposal_id = l.proposal_id and d.position = l.position and d.edit_version = l.version order by d.id desc limit 1), '') <> 'rejected'
)
select t.kind, t.slug, t.title, t.published_on, t.proposal_id as proposal, t.position
from things t
where not exists (select from address d where d.kind = t.kind and d.slug = t.slug)
order by t.kind, lower(t.title), t.slug, t.proposal_id, t.position
limit @limit`

// ProposedChoices lists the new things of the actor's own open proposals, at
// most limit of them, which further edits of the same proposal may name.
func (s *Store) ProposedChoices(ctx context.Context, by account.Actor, limit int) ([]norms.ProposedChoice, error) {
	return postgres.Collect[norms.ProposedChoice](ctx, s.db, "the choices of own proposals", proposedChoices, pgx.StrictNamedArgs{"by": by.ID, "limit": limit})
}
