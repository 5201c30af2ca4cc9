package edit

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

type agreementData struct {
	Slug        string            `db:"slug"`
	Title       string            `db:"title"`
	ShortTitle  string            `db:"short_title"`
	LegalNature norms.LegalNature `db:"legal_nature"`
	Space       norms.Space       `db:"space"`
	Convener    string            `db:"convener"`
	URL         string            `db:"url"`
	Summary     string            `db:"summary"`
}

var agreementTable = newTable[agreementData]("agreement")

func (w *writing) putAgreement(ctx context.Context, e norms.PutAgreement) (bool, error) {
	have, err := w.texts(ctx, "select al.alias from agreement_alias al join agreement a on a.id = al.agreement_id where a.slug = $1", e.Slug)
	if err != nil {
		return false, err
	}
	added, removed := difference(e.Aliases, have)
	id, changed, err := put(ctx, w, agreementTable, wish[agreementData]{
		thing: norms.Thing{Kind: "agreement", Key: e.Slug, Name: e.ShortTitle},
		where: "slug = @slug", key: pgx.StrictNamedArgs{"slug": e.Slug}, seen: e.Version, refused: "slug",
		data: agreementData{
			Slug: e.Slug, Title: e.Title, ShortTitle: e.ShortTitle, LegalNature: e.LegalNature, Space: e.Space,
			Convener: e.Convener, URL: e.URL, Summary: e.Summary,
		},
		force: len(added)+len(removed) > 0,
	})
	if err != nil || !changed {
		return w.wrote(id, false, err)
	}
	err = w.each(ctx, "delete from agreement_alias where agreement_id = $1 and alias = $2", id, removed)
	if err == nil {
		err = w.each(ctx, "insert into agreement_alias (agreement_id, alias) values ($1, $2)", id, added)
	}
	return w.wrote(id, true, err)
}

// texts reads a column of texts about one thing.
func (w *writing) texts(ctx context.Context, q, key string) ([]string, error) {
	rows, err := w.db.Query(ctx, q, key)
	if err != nil {
		return nil, postgres.Failure(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return list, postgres.Failure(err)
}

// each runs a statement of (parent, value) for every value.
func (w *writing) each(ctx context.Context, q string, parent int64, values []string) error {
	for _, v := range values {
		if _, err := w.db.Exec(ctx, q, parent, v); err != nil {
			return postgres.Failure(err)
		}
	}
	return nil
}

// difference tells what want has beyond have, and have beyond want; values
// given twice count once.
func difference[T comparable](want, have []T) (added, removed []T) {
	for _, v := range want {
		if !slices.Contains(have, v) && !slices.Contains(added, v) {
			added = append(added, v)
		}
	}
	for _, v := range have {
		if !slices.Contains(want, v) {
			removed = append(removed, v)
		}
	}
	return added, removed
}

type eventData struct {
	AgreementID int64           `db:"agreement_id"`
	Kind        norms.EventKind `db:"kind"`
	On          norms.Date      `db:"happened_on"`
	Title       string          `db:"title"`
	Note        string          `db:"note"`
	Count       *int            `db:"count"`
	SourceID    *int64          `db:"source_id"`
}

var eventTable = newTable[eventData]("agreement_event")

func (w *writing) putEvent(ctx context.Context, e norms.PutEvent) (bool, error) {
	agreement, err := w.id(ctx, "agreement", "agreement", e.Agreement)
	if err != nil {
		return false, err
	}
	source, err := w.optionalID(ctx, "source", "source", e.Source)
	if err != nil {
		return false, err
	}
	want := wish[eventData]{
		thing: norms.Thing{Kind: "agreement_event", ID: e.ID, Key: e.Agreement, Name: e.Title},
		where: "agreement_id = @agreement and kind = @kind and happened_on = @on and title = @title",
		key:   pgx.StrictNamedArgs{"agreement": agreement, "kind": e.Kind, "on": e.On, "title": e.Title},
		data:  eventData{agreement, e.Kind, e.On, e.Title, e.Note, e.Count, source},
		seen:  e.Version, refused: "title",
	}
	if e.ID != 0 {
		want.where, want.key = idIs, pgx.StrictNamedArgs{"id": e.ID}
	}
	id, changed, err := put(ctx, w, eventTable, want)
	if err != nil || !changed || e.ID == 0 {
		return w.wrote(id, changed, err)
	}
	return w.wrote(id, true, w.moveEventFact(ctx, e))
}

// moveEventFact lets the fact that says how sure an event is follow the
// event's title, by which it names the event.
func (w *writing) moveEventFact(ctx context.Context, e norms.PutEvent) error {
	const q = `
update fact_source set field = @event || @title, version = @rev
where kind = 'agreement' and entity = @agreement
  and field = @event || (select h.title from history.agreement_event h where h.id = @id and h.until_rev = @rev)
  and field <> @event || @title and length(@event || @title) <= 100`
	_, err := w.db.Exec(ctx, q, pgx.StrictNamedArgs{"event": norms.EventField, "title": e.Title, "agreement": e.Agreement, "id": e.ID, "rev": w.rev})
	return postgres.Failure(err)
}
