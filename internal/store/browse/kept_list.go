package browse

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// linkedPrinciple is a principle with the number of its links.
type linkedPrinciple struct {
	Ref, Title, Name, Agreement string
	Current                     bool
	Total                       int
}

const principleLinked = `
select n.ref, n.title, n.name, n.agreement, n.current,
  (select coalesce(sum(t.links), 0) from link_tally t where t.principle_id = n.id) as total
from principle_name n
where ` + meant

// bareOfPrinciple has the links by their numbers, which are in that order within
// each origin.
const bareOfPrinciple = `
with asked as materialized (
  select case when count(*) = 1 then min(n.id) end as id from principle_name n where ` + meant + `
)
select ` + bareColumns + `
from (` + bareOfOrigin + `'contributor'` + bareAfter + `
  union all` + bareOfOrigin + `'curator'` + bareAfter + `
  union all` + bareOfOrigin + `'third_party'` + bareAfter + `) l
order by link_id
limit @limit`

const (
	bareOfOrigin = `
  (select ` + bareColumns + `
  from listed_link
  where principle_id = (select id from asked) and origin = `
	bareAfter = ` and link_id > @after_id::bigint
  order by link_id
  limit @limit)`
)

var (
	askLinked = postgres.Counting(principleLinked, "agreement", "edition", "label")
	askListed = postgres.Counting(bareOfPrinciple, "agreement", "edition", "label", "after_id", "limit")
)

// linksOfPrinciple is Links narrowed to one principle and by nothing else: found
// is false where something else is asked, or there are none.
func (s *Store) linksOfPrinciple(ctx context.Context, f norms.LinkFilter, p norms.Page) (list norms.List[norms.LinkRow], found bool, err error) {
	ref, unread := norms.ParseRef(f.Principle)
	after, err := afterLink(p)
	if s.looksAt == nil || f != (norms.LinkFilter{Principle: f.Principle}) || unread != nil || err != nil {
		return list, false, err
	}
	args := map[string]any{"agreement": ref.Agreement, "edition": ref.Edition, "label": ref.Label, "after_id": after.ID, "limit": p.Size() + 1}
	var of []linkedPrinciple
	var links []bareLink
	b := &pgx.Batch{}
	postgres.Asking(b, &of, "the principle "+f.Principle, askLinked, args)
	postgres.Asking(b, &links, "the links to "+f.Principle, askListed, args)
	if err := postgres.Answers(ctx, s.db, b); err != nil || len(of) != 1 || of[0].Total == 0 {
		return list, false, err
	}
	list.Total = of[0].Total
	if len(links) > p.Size() {
		links = links[:p.Size()]
		list.Next = new(postgres.Cursor{ID: links[p.Size()-1].LinkID}.String())
	}
	list.Items, err = s.listed(ctx, links, of[0])
	return list, true, err
}

// listed gives the links of a principle their names.
func (s *Store) listed(ctx context.Context, links []bareLink, of linkedPrinciple) ([]norms.LinkRow, error) {
	t := s.kept.of(*s.looksAt)
	var more []nameRow
	if args := map[string]any{}; t.needsNames(args, links, false) {
		b := &pgx.Batch{}
		postgres.Asking(b, &more, "names", askNames, args)
		if err := postgres.Answers(ctx, s.db, b); err != nil {
			return nil, err
		}
		t.keepNames(more)
	}
	placed := t.named(links, more)
	out := make([]norms.LinkRow, len(placed))
	for i := range placed {
		out[i] = placed[i].LinkRow
		l := &out[i]
		l.Principle, l.PrincipleTitle, l.PrincipleName, l.Agreement, l.Current = of.Ref, of.Title, of.Name, of.Agreement, of.Current
	}
	return out, nil
}
