package browse

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

const editionColumns = `ea.slug as agreement, e.slug, e.title, e.programme, e.noun, e.published_on, e.current, e.url, e.summary,
  ef.principle_count, ef.with_evidence, ` + repealedBegin + `ea.id` + repealedEnd

const editionJoins = `
join agreement ea on ea.id = e.agreement_id
cross join lateral (
  select count(*) as principle_count, count(*) filter (where ` + cited + `) as with_evidence
  from principle p
  where p.edition_id = e.id
) ef`

const editionBySlug = `
select ` + editionColumns + `, e.id, e.version, e.position, ea.short_title as agreement_title,
  (select coalesce(json_agg(x order by x.position, x.id), '[]') from (
    select ` + numberingColumns + `, m.position
    from numbering m
    where exists (select from numbering_label k join principle p on p.id = k.principle_id
      where k.numbering_id = m.id and p.edition_id = e.id)) x) as numbering_list,
  (` + factsBegin + `f.kind = 'edition' and f.entity = ea.slug || '/' || e.slug` + factsEnd + `) as fact_list
from edition e` + editionJoins + `
where ea.slug = @agreement and e.slug = @edition`

type editionRecord struct {
	norms.Edition
	NumberingList []norms.NumberingRow
	FactList      []norms.FactRow
}

// Edition reads an edition of an agreement, both named by slug, with
// everything its page shows. Errors as of [Store.Agreement].
func (s *Store) Edition(ctx context.Context, agreement, edition string) (norms.Edition, error) {
	args := pgx.StrictNamedArgs{"agreement": agreement, "edition": edition}
	name := fmt.Sprintf("edition %q of %s", edition, agreement)
	found, err := postgres.Collect[editionRecord](ctx, s.db, name, editionBySlug, args)
	if err != nil {
		return norms.Edition{}, err
	}
	if len(found) == 0 {
		return norms.Edition{}, naming.OrNotFound(s.names.EditionBecame(ctx, agreement, edition), name)
	}
	e := found[0].Edition
	e.Numberings, e.Facts = found[0].NumberingList, found[0].FactList
	e.Principles, err = postgres.Collect[norms.PrincipleRow](ctx, s.db, "the principles of "+name, principlesOfEdition, pgx.StrictNamedArgs{"edition": e.ID})
	return e, err
}
