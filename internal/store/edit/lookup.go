package edit

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// lookups find the id behind a name that people use.
var lookups = map[string]string{
	"agreement":    "select id from agreement where slug = $1",
	"organization": "select id from organization where slug = $1",
	"initiative":   "select id from initiative where slug = $1",
	"source":       "select id from source where slug = $1",
	"element":      "select id from element where slug = $1",
	"edition":      "select e.id from edition e join agreement a on a.id = e.agreement_id where a.slug || '/' || e.slug = $1",
	"numbering":    "select n.id from numbering n join agreement a on a.id = n.agreement_id where a.slug || '/' || n.slug = $1",
}

// id looks up what an edit's field names; a name that is not recorded is that
// field's problem.
func (w *writing) id(ctx context.Context, field, kind, name string) (int64, error) {
	if id, ok := w.known[kind+" "+name]; ok {
		return id, nil
	}
	var id int64
	err := w.db.QueryRow(ctx, lookups[kind], name).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, norms.Field(field, "no %s %q is recorded", kind, name)
	}
	if err != nil {
		return 0, fmt.Errorf("looking up %s %q: %w", kind, name, postgres.Failure(err))
	}
	w.known[kind+" "+name] = id
	return id, nil
}

// optionalID is id for a field that may be empty.
func (w *writing) optionalID(ctx context.Context, field, kind, name string) (*int64, error) {
	if name == "" {
		return nil, nil
	}
	id, err := w.id(ctx, field, kind, name)
	return &id, err
}

const principleIDs = `
select p.id
from principle p
join edition e on e.id = p.edition_id
join agreement a on a.id = e.agreement_id
where a.slug = @agreement and p.label = @label and (e.slug = @edition or @edition = '' and e.current)
order by p.id
limit 2`

// principle looks up a ref. One without an edition means the current one and
// is refused where several are current at once.
func (w *writing) principle(ctx context.Context, field, ref string) (int64, error) {
	if id, ok := w.known["principle "+ref]; ok {
		return id, nil
	}
	r, err := norms.ParseRef(ref)
	if err != nil {
		return 0, norms.Field(field, "%s", err)
	}
	rows, err := w.db.Query(ctx, principleIDs, pgx.StrictNamedArgs{"agreement": r.Agreement, "edition": r.Edition, "label": r.Label})
	if err != nil {
		return 0, postgres.Failure(err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	switch {
	case err != nil:
		return 0, fmt.Errorf("looking up principle %q: %w", ref, postgres.Failure(err))
	case len(ids) == 0:
		return 0, norms.Field(field, "no principle %q is recorded", ref)
	case len(ids) > 1:
		return 0, norms.Field(field, "%q could be several principles; name the edition: agreement@edition/label", ref)
	}
	w.known["principle "+ref] = ids[0]
	return ids[0], nil
}
