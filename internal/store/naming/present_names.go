package naming

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// presentNames reads what things are called now of which only a former name is
// known. Names are never given to another thing, so each leads to one.
const presentNames = `
with asked as (
  select kind, key, agreement, edition, label
  from unnest(@kinds::text[], @keys::text[], @agreements::text[], @editions::text[], @labels::text[]) a (kind, key, agreement, edition, label)
)
select d.kind, d.key, d.now from (
  select a.kind, a.key, coalesce(case d.kind
    when 'agreement' then (select slug from agreement where id = d.id)
    when 'organization' then (select slug from organization where id = d.id)
    when 'initiative' then (select slug from initiative where id = d.id)
    when 'source' then (select slug from source where id = d.id)
    when 'element' then (select slug from element where id = d.id)
  end, '') as now
  from asked a join address d on d.kind = a.kind and d.slug = a.key
  union
  select a.kind, a.key, n.agreement || '/' || n.slug
  from asked a
  join address d on d.kind = 'agreement' and d.slug = a.agreement
  join address_within w on w.kind = 'edition' and w.within_id = d.id and w.slug = a.edition
  join (select e.id, e.slug, g.slug as agreement from edition e join agreement g on g.id = e.agreement_id) n on n.id = w.id
  where a.kind = 'edition'
  union
  select a.kind, a.key, n.ref
  from asked a
  join address d on d.kind = 'agreement' and d.slug = a.agreement
  join history.edition e on e.agreement_id = d.id and (e.slug = a.edition or a.edition = '' and e.current)
  join address_within w on w.kind = 'principle' and w.within_id = e.id and w.slug = a.label
  join principle_name n on n.id = w.id
  where a.kind = 'principle'
    and not exists (select from principle_name o join principle p on p.id = o.id
      where a.key in (o.ref, o.agreement || '@' || o.edition || '/' || p.label))
) d
where d.now not in ('', d.key)
order by d.kind, d.key, d.now`

// WithPresentNames gives edits that wait the present names of what they name,
// and notes which names were changed meanwhile.
func (s *Store) WithPresentNames(ctx context.Context, list []norms.ProposedEdit) error {
	now, err := s.namesNow(ctx, list)
	if err != nil || len(now) == 0 {
		return err
	}
	for i := range list {
		e := &list[i]
		if !e.Waits() {
			continue
		}
		e.Edit, err = norms.Renamed(e.Edit, func(n norms.Called) string {
			to, ok := now[n]
			if !ok {
				return n.Key
			}
			if r := (norms.Renaming{Kind: n.Kind, From: n.Key, To: to}); !slices.Contains(e.Renamed, r) {
				e.Renamed = append(e.Renamed, r)
			}
			return to
		}, func(string) {})
		if err != nil {
			return fmt.Errorf("renaming what edit %d names: %w", e.Position, err)
		}
	}
	return nil
}

// namesNow are the present names of what waiting edits name by former ones.
// What they add themselves is no former name.
func (s *Store) namesNow(ctx context.Context, list []norms.ProposedEdit) (map[norms.Called]string, error) {
	asked, added := map[norms.Called]bool{}, map[norms.Called]bool{}
	for _, e := range list {
		if !e.Waits() {
			continue
		}
		if n, ok := norms.New(e.Edit); ok {
			added[n] = true
		}
		ask := func(n norms.Called) string { asked[n] = true; return n.Key }
		if _, err := norms.Renamed(e.Edit, ask, func(string) {}); err != nil {
			return nil, err
		}
	}
	args := pgx.StrictNamedArgs{}
	columns := map[string][]string{"kinds": {}, "keys": {}, "agreements": {}, "editions": {}, "labels": {}}
	for n := range asked {
		if !added[n] {
			r := within(n)
			for name, value := range map[string]string{"kinds": n.Kind, "keys": n.Key, "agreements": r.Agreement, "editions": r.Edition, "labels": r.Label} {
				columns[name] = append(columns[name], value)
			}
		}
	}
	if len(columns["kinds"]) == 0 {
		return nil, nil
	}
	for name, values := range columns {
		args[name] = values
	}
	type present struct{ Kind, Key, Now string }
	found, err := postgres.Collect[present](ctx, s.db, "present names", presentNames, args)
	out := map[norms.Called]string{}
	for _, p := range found {
		out[norms.Called{Kind: p.Kind, Key: p.Key}] = p.Now
	}
	return out, err
}

// within reads the parts of a name that stands within another one.
func within(n norms.Called) norms.Ref {
	var out norms.Ref
	switch n.Kind {
	case "edition":
		out.Agreement, out.Edition, _ = strings.Cut(n.Key, "/")
	case "principle":
		if ref, err := norms.ParseRef(n.Key); err == nil {
			return ref
		}
	}
	return out
}
