package edit

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// resolveCitation records a person's decision. A link that no citation stands
// for any more goes with it.
func (w *writing) resolveCitation(ctx context.Context, e norms.ResolveCitation) (bool, error) {
	found, err := citationTable.find(ctx, w.db, idIs, pgx.StrictNamedArgs{"id": e.ID})
	if err != nil {
		return false, err
	}
	if err := withdrawable(found, e.ID, e.Version, "citation"); err != nil {
		return false, err
	}
	data, err := w.decide(ctx, found.Data, e)
	if err != nil {
		return false, err
	}
	if err := citationTable.update(ctx, w.db, e.ID, data, w.rev); err != nil {
		return false, err
	}
	if old := found.Data.LinkID; old != nil && (data.LinkID == nil || *data.LinkID != *old) {
		err = w.releaseLink(ctx, *old)
	}
	return w.wrote(e.ID, true, err)
}

func (w *writing) decide(ctx context.Context, c citationData, e norms.ResolveCitation) (citationData, error) {
	about, err := w.cited(ctx, c.ReferenceID)
	if err != nil {
		return c, err
	}
	ref := e.Principle
	c.DecidedByID, c.Note, c.LinkID = &w.by.ID, e.Note, nil
	switch e.Decision {
	case "resolve":
		c.Resolution = norms.Resolved
		if err := w.belongs(ctx, ref, about); err != nil {
			return c, err
		}
	case "set_aside":
		c.Resolution = norms.SetAside
	case "reopen": // the rule decides again, by the numberings as they are now
		candidates, err := w.reopen(ctx, &c, about, e.ID)
		if err != nil {
			return c, err
		}
		if c.Resolution == norms.Resolved {
			ref = candidates[0].Principle
		}
	}
	if c.Resolution == norms.Resolved {
		c.LinkID, err = w.contributorLink(ctx, about, ref)
	}
	return c, err
}

// decideNew records what was decided about a label together with it, in the
// name of whoever applies that.
func (w *writing) decideNew(ctx context.Context, about cited, c *citationData, d norms.LabelDecided) (err error) {
	c.DecidedByID, c.Note = &w.by.ID, d.Note
	if d.Decision == "set_aside" {
		c.Resolution = norms.SetAside
		return nil
	}
	c.Resolution = norms.Resolved
	if err := w.belongs(ctx, d.Principle, about); err != nil {
		return err
	}
	c.LinkID, err = w.contributorLink(ctx, about, d.Principle)
	return err
}

// belongs refuses a principle of another agreement than the cited one.
func (w *writing) belongs(ctx context.Context, ref string, about cited) error {
	r, err := norms.ParseRef(ref)
	if err != nil {
		return norms.Field("principle", "%s", err)
	}
	if about.Agreement != "" && r.Agreement != about.Agreement {
		return norms.Field("principle", "is one of %s, but the citation names %s; choose one of its principles, or set the citation aside", r.Agreement, about.Agreement)
	}
	return nil
}

func (w *writing) reopen(ctx context.Context, c *citationData, about cited, id int64) ([]norms.Candidate, error) {
	var candidates []norms.Candidate
	var err error
	c.DecidedByID = nil
	if c.Resolution, candidates, err = w.rule(ctx, about, c.Label); err != nil {
		return nil, err
	}
	if _, err := w.db.Exec(ctx, "delete from citation_candidate where citation_id = $1", id); err != nil {
		return nil, postgres.Failure(err)
	}
	return candidates, w.putCandidates(ctx, id, candidates)
}

func (w *writing) releaseLink(ctx context.Context, id int64) error {
	var held bool
	if err := w.db.QueryRow(ctx, "select exists (select from citation where link_id = $1)", id).Scan(&held); err != nil || held {
		return postgres.Failure(err)
	}
	return linkTable.drop(ctx, w.db, id)
}

// cited reads what deciding about a citation of a recorded reference needs.
func (w *writing) cited(ctx context.Context, reference int64) (cited, error) {
	const q = `
select coalesce(a.slug, '') as agreement, s.published_on, l.initiative_id, i.reported_by_id
from reference r
join citation_line l on l.id = r.line_id
join source s on s.id = l.source_id
join initiative i on i.id = l.initiative_id
left join agreement a on a.id = r.agreement_id
where r.id = $1`
	rows, err := w.db.Query(ctx, q, reference)
	if err != nil {
		return cited{}, postgres.Failure(err)
	}
	c, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[cited])
	if err != nil {
		return c, fmt.Errorf("reading reference %d: %w", reference, postgres.Failure(err))
	}
	return c, nil
}
