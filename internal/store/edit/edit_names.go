package edit

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// namesInEdits reads what edits name, by kind and key, and the two ends of the
// links @links that they are about. A reviewer reads what the ends say beside
// what is asserted about them.
const namesInEdits = `
with asked as (select kind, key from unnest(@kinds::text[], @keys::text[]) a (kind, key))
select 0::bigint as link, 'agreement' as kind, a.key, t.short_title as name, '' as summary from asked a join agreement t on t.slug = a.key where a.kind = 'agreement'
union all
select 0, 'organization', a.key, t.name, '' from asked a join organization t on t.slug = a.key where a.kind = 'organization'
union all
select 0, 'source', a.key, t.title, '' from asked a join source t on t.slug = a.key where a.kind = 'source'
union all
select 0, 'element', a.key, t.title, '' from asked a join element t on t.slug = a.key where a.kind = 'element'
union all
select 0, 'initiative', a.key, t.title, t.summary from asked a join initiative t on t.slug = a.key where a.kind = 'initiative'
union all
select 0, 'principle', a.key, n.name || ': ' || n.title, p.summary
from asked a join (principle_name n join principle p on p.id = n.id) on a.key in (n.ref, n.agreement || '@' || n.edition || '/' || p.label)
where a.kind = 'principle'
union all
select k.id, 'initiative', i.slug, i.title, i.summary from link k join initiative i on i.id = k.initiative_id where k.id = any (@links)
union all
select k.id, 'principle', n.ref, n.name || ': ' || n.title, p.summary
from link k join principle_name n on n.id = k.principle_id join principle p on p.id = n.id where k.id = any (@links)
order by kind, key, link, name`

type nameInEdit struct {
	Link int64
	norms.NameInEdit
}

// NameWhat gives those edits of a proposal that are shown, by where they are in the
// list of all, the recorded things that they name, and those that an edit before
// them adds.
func (s *Store) NameWhat(ctx context.Context, list []norms.ProposedEdit, shown []int) error {
	called, links := make([][]norms.Called, len(list)), []int64{}
	kinds, keys := []string{}, []string{}
	for _, i := range shown {
		e := list[i]
		if e.Proposed == nil {
			continue
		}
		links = append(links, norms.BasisOf(e.Edit).Link)
		note := func(n norms.Called) string {
			called[i] = append(called[i], n)
			kinds, keys = append(kinds, n.Kind), append(keys, n.Key)
			return n.Key
		}
		if _, err := norms.Renamed(e.Edit, note, func(string) {}); err != nil {
			return err
		}
	}
	found, err := postgres.Collect[nameInEdit](ctx, s.db, "what edits name", namesInEdits, pgx.StrictNamedArgs{"kinds": kinds, "keys": keys, "links": links})
	if err != nil {
		return err
	}
	recorded, ends := map[norms.Called]norms.NameInEdit{}, map[int64][]norms.NameInEdit{}
	for _, f := range found {
		if f.Link != 0 {
			ends[f.Link] = append(ends[f.Link], f.NameInEdit)
		} else {
			recorded[norms.Called{Kind: f.Kind, Key: f.Key}] = f.NameInEdit
		}
	}
	for _, i := range shown {
		list[i].Names = namesOf(list, i, called[i], recorded)
		if list[i].Proposed != nil {
			list[i].Names = append(list[i].Names, ends[norms.BasisOf(list[i].Edit).Link]...)
		}
	}
	return nil
}

// namesOf are the names of one edit, each once.
func namesOf(list []norms.ProposedEdit, at int, called []norms.Called, recorded map[norms.Called]norms.NameInEdit) []norms.NameInEdit {
	out, seen := []norms.NameInEdit{}, map[norms.Called]bool{}
	for _, n := range called {
		if seen[n] {
			continue
		}
		seen[n] = true
		if name, ok := recorded[n]; ok {
			out = append(out, name)
		} else if put, position := addedBefore(list[:at], n); put != nil {
			name := norms.NameInEdit{Kind: n.Kind, Key: n.Key, Name: n.Key, Position: position}
			if i, ok := put.(norms.PutInitiative); ok {
				name.Name, name.Summary = i.Title, i.Summary
			}
			out = append(out, name)
		}
	}
	return out
}

// addedBefore finds the edit that adds what a later one names; nil for none.
func addedBefore(list []norms.ProposedEdit, n norms.Called) (norms.Edit, int) {
	for _, e := range list {
		if e.Proposed == nil {
			continue
		}
		if added, ok := norms.New(e.Edit); ok && added == n {
			return e.Edit, e.Position
		}
	}
	return nil, 0
}

// basisOf is what an edit rests on: for a link from an initiative that the same
// proposal adds, the document which that names.
func basisOf(list []norms.ProposedEdit, at int) norms.EditBasis {
	b := norms.BasisOf(list[at].Edit)
	if b.Initiative == "" || b.Source != "" {
		return b
	}
	put, _ := addedBefore(list[:at], norms.Called{Kind: "initiative", Key: b.Initiative})
	if i, ok := put.(norms.PutInitiative); ok {
		b.Source, b.Place = i.Source, i.Place
	}
	return b
}
