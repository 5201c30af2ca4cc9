package edit

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

const keptText = `
select exists (select from document k where k.file_sha256 = s.sha256 and k.text = s.body)
from source s
where s.id = @id`

const replaceText = `
update source s set body = d.text, sha256 = d.file_sha256, version = @rev,
  published_on = coalesce(nullif(@published_on, ''), s.published_on), retrieved_on = coalesce(nullif(@retrieved_on, ''), s.retrieved_on)
from document d
where s.id = @id and d.id = @document`

// replaceText gives a source the text of a new version of its document, with the
// days of that. What was quoted is looked for in it; what does not stand there
// stays where it stood in the text before, and says so.
func (w *writing) replaceText(ctx context.Context, have heldText, e norms.PutSourceText) error {
	var kept bool
	if err := w.db.QueryRow(ctx, keptText, pgx.StrictNamedArgs{"id": have.ID}).Scan(&kept); err != nil {
		return postgres.Failure(err)
	}
	if !kept {
		return norms.Errorf(norms.Conflict, "the text of %q stays as it is, because no file that was received holds it; record the new version as a source of its own", have.Title)
	}
	_, err := w.db.Exec(ctx, replaceText, pgx.StrictNamedArgs{"id": have.ID, "document": have.Document, "rev": w.rev,
		"published_on": string(e.PublishedOn), "retrieved_on": string(e.RetrievedOn)})
	if err != nil {
		return postgres.Failure(err)
	}
	return w.reanchor(ctx, have.ID)
}

// textsGiven are texts that a changeset gave to sources which were changed since,
// with what gave them another one after that, 0 for nothing.
const textsGiven = `
select s.id, s.title, s.body = b.body as held,
  coalesce((select min(h.since_rev) from history.source h where h.id = s.id and h.since_rev > @changeset and h.since_rev < @rev and h.body is distinct from b.body), 0) as by
from source s
join history.source a on a.id = s.id and a.until_rev = @changeset
join history.source b on b.id = s.id and b.since_rev = @changeset
where s.id = any (@sources) and a.body <> b.body
order by s.id`

const giveTextBack = `
update source s set body = a.body, sha256 = a.sha256, version = @rev,
  published_on = case s.published_on when b.published_on then a.published_on else s.published_on end,
  retrieved_on = case s.retrieved_on when b.retrieved_on then a.retrieved_on else s.retrieved_on end
from history.source a
join history.source b on b.id = a.id and b.since_rev = @changeset
where s.id = @id and a.id = s.id and a.until_rev = @changeset`

// textsGoBack takes the texts back that a changeset gave to sources, with their
// days, where something else of the source was changed since. One that gave way
// to yet another text cannot go before that does.
func (w *writing) textsGoBack(ctx context.Context, changeset int64, left []naming.ThingKey) (back []int64, err error) {
	sources := []int64{}
	for _, l := range left {
		if l.Kind == "source" {
			sources = append(sources, l.ID)
		}
	}
	if len(sources) == 0 {
		return nil, nil
	}
	type given struct {
		ID    int64
		Title string
		Held  bool
		By    int64
	}
	args := pgx.StrictNamedArgs{"changeset": changeset, "rev": w.rev, "sources": sources}
	found, err := postgres.Collect[given](ctx, w.db, "texts of sources that were changed since", textsGiven, args)
	if err != nil {
		return nil, err
	}
	for _, g := range found {
		if !g.Held {
			return nil, norms.Errorf(norms.Conflict, "changeset %d gave %q another text, and changeset %d gave it yet another one: take changeset %[3]d back first", changeset, g.Title, g.By)
		}
		if _, err := w.db.Exec(ctx, giveTextBack, pgx.StrictNamedArgs{"changeset": changeset, "rev": w.rev, "id": g.ID}); err != nil {
			return nil, postgres.Failure(err)
		}
		back = append(back, g.ID)
	}
	return back, nil
}

// movedTexts are the sources that have had several texts among those of which
// rows came back.
const movedTexts = `
select s.id
from source s
where s.body is not null and exists (select from history.source h where h.id = s.id and h.body <> s.body)
  and (s.id = any (@sources)
    or exists (select from initiative i where i.source_id = s.id and i.id = any (@initiatives))
    or exists (select from citation_line t where t.source_id = s.id
      and (t.id = any (@lines) or exists (select from reference r where r.line_id = t.id and r.id = any (@references)))))
order by s.id`

// placesStand sees that after rows got their values from before every reference
// that has a place stands there.
func (w *writing) placesStand(ctx context.Context, back map[string][]int64) error {
	args := pgx.StrictNamedArgs{}
	some := 0
	for arg, kind := range map[string]string{"sources": "source", "initiatives": "initiative", "lines": "citation_line", "references": "reference"} {
		args[arg] = append([]int64{}, back[kind]...)
		some += len(back[kind])
	}
	if some == 0 {
		return nil
	}
	rows, err := w.db.Query(ctx, movedTexts, args)
	if err != nil {
		return postgres.Failure(err)
	}
	sources, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return postgres.Failure(err)
	}
	for _, id := range sources {
		if err := w.reanchor(ctx, id); err != nil {
			return err
		}
	}
	return nil
}
