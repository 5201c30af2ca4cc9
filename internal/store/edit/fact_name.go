package edit

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

// Facts name what they are about in words. One that comes back does so with the
// name from then; what it is about may have got another since. Names are never
// given to anything else, so the old one leads to it.
var (
	factNames = `
with said as (
  select f.id, f.kind, f.entity, f.field, split_part(split_part(f.entity, '/', 1), '@', 1) as head,
    split_part(split_part(f.entity, '/', 1), '@', 2) as edition, split_part(f.entity, '/', 2) as rest
  from fact_source f
  where f.id = any (@ids)
),
named as (
  select s.id, s.kind, s.entity, s.field, case
    when s.kind in ('agreement', 'organization', 'initiative', 'source', 'element') then ` + slugNow("s.kind", "s.entity") + `
    when s.kind = 'adherence' then ` + slugNow("'organization'", "s.head") + ` || '/' || ` + slugNow("'agreement'", "s.rest") + `
    when s.kind = 'numbering' then ` + slugNow("'agreement'", "s.head") + ` || '/' || s.rest
    when s.kind = 'edition' then ` + slugNow("'agreement'", "s.head") + ` || '/' || coalesce(
      (select e.slug from address d join address_within w on w.kind = 'edition' and w.within_id = d.id and w.slug = s.rest join edition e on e.id = w.id
        where d.kind = 'agreement' and d.slug = s.head), s.rest)
    when s.kind = 'principle' then ` + slugNow("'agreement'", "s.head") + ` || coalesce('@' || nullif(coalesce(e.slug, s.edition), ''), '') || '/' || coalesce(
      (select p.label from address_within w join principle p on p.id = w.id where w.kind = 'principle' and w.within_id = coalesce(e.id, c.id) and w.slug = s.rest), s.rest)
    else s.entity end as entity_now
  from said s
  left join address a on a.kind = 'agreement' and a.slug = s.head
  left join address_within w on w.kind = 'edition' and w.within_id = a.id and w.slug = s.edition
  left join edition e on e.id = w.id
  left join edition c on c.agreement_id = a.id and c.current and s.edition = ''
)
`
	// A fact that was recorded anew under the name of now is the one that counts.
	dropSaidAnew = factNames + `
delete from fact_source f using named n
where f.id = n.id and n.entity_now <> n.entity
  and exists (select from fact_source o where o.kind = n.kind and o.entity = n.entity_now and o.field = n.field)`

	renameReturned = factNames + `
update fact_source f set entity = n.entity_now, version = @rev from named n
where f.id = n.id and n.entity_now <> n.entity`
)

// slugNow is the present slug of what has, or had, another one. What is not
// recorded keeps the one that it had.
func slugNow(kind, slug string) string {
	return "coalesce((select nullif(x.slug, '') from (select" + naming.WhatBecame + " from address d where d.kind = " + kind + " and d.slug = " + slug + ") x), " + slug + ")"
}

// nameFacts lets facts that came back name things as they are called now.
func (w *writing) nameFacts(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	if _, err := w.db.Exec(ctx, dropSaidAnew, pgx.StrictNamedArgs{"ids": ids}); err != nil {
		return postgres.Failure(err)
	}
	_, err := w.db.Exec(ctx, renameReturned, pgx.StrictNamedArgs{"ids": ids, "rev": w.rev})
	return postgres.Failure(err)
}
