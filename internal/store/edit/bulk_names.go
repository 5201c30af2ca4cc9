package edit

import (
	"context"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// namesAsked are the names in the edits of a run, by kind of what they name.
type namesAsked map[string]map[string]bool

func (a namesAsked) add(kind string, names ...string) {
	if a[kind] == nil {
		a[kind] = map[string]bool{}
	}
	for _, n := range names {
		if n != "" {
			a[kind][n] = true
		}
	}
}

// lookupsOfMany are the lookups for several names at once.
var lookupsOfMany = map[string]string{
	"agreement":    "select slug as name, id from agreement where slug = any (@names) order by id",
	"organization": "select slug as name, id from organization where slug = any (@names) order by id",
	"source":       "select slug as name, id from source where slug = any (@names) order by id",
	"edition":      "select a.slug || '/' || e.slug as name, e.id from edition e join agreement a on a.id = e.agreement_id where a.slug || '/' || e.slug = any (@names) order by e.id",
}

type namedID struct {
	Name string
	ID   int64
}

// know looks names up that are not known yet. One that is not recorded stays
// unknown: whoever asks for it by itself is told so.
func (w *writing) know(ctx context.Context, asked namesAsked) error {
	for _, kind := range slices.Sorted(maps.Keys(asked)) {
		names := make([]string, 0, len(asked[kind]))
		for n := range asked[kind] {
			if _, known := w.known[kind+" "+n]; !known {
				names = append(names, n)
			}
		}
		if len(names) == 0 {
			continue
		}
		slices.Sort(names)
		found, err := w.lookUp(ctx, kind, names)
		if err != nil {
			return err
		}
		for _, f := range found {
			w.known[kind+" "+f.Name] = f.ID
		}
	}
	return nil
}

func (w *writing) lookUp(ctx context.Context, kind string, names []string) ([]namedID, error) {
	switch kind {
	case "principle":
		return w.lookUpPrinciples(ctx, names)
	case "initiative":
		return w.lookUpInitiatives(ctx, names)
	}
	return postgres.Collect[namedID](ctx, w.db, "what edits name", lookupsOfMany[kind], pgx.StrictNamedArgs{"names": names})
}

const initiativesOfMany = "select slug as name, id, organization_id, reported_by_id from initiative where slug = any (@names) order by id"

// lookUpInitiatives finds initiatives, and whose they are on the way.
func (w *writing) lookUpInitiatives(ctx context.Context, slugs []string) ([]namedID, error) {
	type named struct {
		Name string
		parties
	}
	found, err := postgres.Collect[named](ctx, w.db, "the initiatives that edits name", initiativesOfMany, pgx.StrictNamedArgs{"names": slugs})
	out := make([]namedID, len(found))
	for i, f := range found {
		out[i] = namedID{f.Name, f.ID}
		w.run.parties[f.ID] = f.parties
	}
	return out, err
}

const principlesOfMany = `
select r.ref as name, min(p.id) as id
from unnest(@refs::text[], @agreements::text[], @editions::text[], @labels::text[]) r (ref, agreement, edition, label)
join agreement a on a.slug = r.agreement
join edition e on e.agreement_id = a.id and (e.slug = r.edition or r.edition = '' and e.current)
join principle p on p.edition_id = e.id and p.label = r.label
group by r.ref
having count(*) = 1
order by r.ref`

// lookUpPrinciples finds refs that mean one principle.
func (w *writing) lookUpPrinciples(ctx context.Context, refs []string) ([]namedID, error) {
	var good, agreements, editions, labels []string
	for _, ref := range refs {
		r, err := norms.ParseRef(ref)
		if err != nil {
			continue
		}
		good, agreements = append(good, ref), append(agreements, r.Agreement)
		editions, labels = append(editions, r.Edition), append(labels, r.Label)
	}
	return postgres.Collect[namedID](ctx, w.db, "the principles that edits name", principlesOfMany,
		pgx.StrictNamedArgs{"refs": good, "agreements": agreements, "editions": editions, "labels": labels})
}

// knows says whether names were found; empty ones need not be.
func (w *writing) knows(kind string, names ...string) bool {
	for _, n := range names {
		if _, known := w.known[kind+" "+n]; n != "" && !known {
			return false
		}
	}
	return true
}
