package edit

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

// moreTime gives a statement that concerns thousands of rows more time than
// others have, until the transaction ends. Whoever asked waits no longer than
// for any answer.
const moreTime = "set local statement_timeout = '30s'"

// revert takes a changeset back: every row that it wrote gets its values from
// before. Rows changed since are left alone and reported, with those that
// later ones rest on. The inverse is
// computed by the database from history (history.undo), because a changeset
// is undone row by row whatever kinds of edit made it.
func (w *writing) revert(ctx context.Context, e norms.Revert) (bool, error) {
	if err := w.revertible(ctx, e.Changeset); err != nil {
		return false, err
	}
	if _, err := w.db.Exec(ctx, "set constraints all deferred"); err != nil {
		return false, postgres.Failure(err)
	}
	if _, err := w.db.Exec(ctx, moreTime); err != nil {
		return false, postgres.Failure(err)
	}
	undone, left, err := w.undo(ctx, e.Changeset)
	if err != nil {
		return false, err
	}
	texts, err := w.textsGoBack(ctx, e.Changeset, left)
	if err != nil {
		return false, err
	}
	if len(texts) > 0 {
		undone["source"] = append(undone["source"], texts...)
	}
	if len(undone) == 0 {
		return false, norms.Errorf(norms.Conflict, "nothing of changeset %d can be taken back: every row was changed since, or something recorded since rests on it, or it is what somebody else said", e.Changeset)
	}
	if err := w.settle(ctx, undone); err != nil {
		return false, err
	}
	if err := w.answersStay(ctx); err != nil {
		return false, err
	}
	if err := w.claimsHold(ctx); err != nil {
		return false, err
	}
	if w.done.Conflicts, err = w.leftAlone(ctx, left); err != nil {
		return false, err
	}
	if _, err := w.db.Exec(ctx, settleNow); err != nil {
		return false, postgres.Failure(err) // something written since rests on a row that would go
	}
	return w.wrote(0, true, nil)
}

// comesFromSeeds follows a revert to what it reverts: taking back the revert
// of a revert of the seeds takes the seeds back. It is null for no changeset.
const comesFromSeeds = `
with recursive back as (
  select id, actor, reverts_id from changeset where id = $1 and id < $2
  union all
  select c.id, c.actor, c.reverts_id from changeset c join back b on c.id = b.reverts_id
)
select bool_or(actor = 'seed') from back`

func (w *writing) revertible(ctx context.Context, id int64) error {
	var seeds *bool
	if err := w.db.QueryRow(ctx, comesFromSeeds, id, w.rev).Scan(&seeds); err != nil {
		return postgres.Failure(err)
	}
	if seeds == nil {
		return norms.NotFoundf("there is no changeset %d", id)
	}
	if *seeds && !w.by.Can(account.RevertSeeds) {
		return norms.Errorf(norms.Forbidden, "changeset %d holds the founding data, on which nearly everything rests; only an administrator can take it back", id)
	}
	return nil
}

// undo gives the rows back their values from before and returns the ids of
// those that it wrote, by kind, and the rows that it left alone.
func (w *writing) undo(ctx context.Context, changeset int64) (map[string][]int64, []naming.ThingKey, error) {
	words, err := w.wordsOfOthers(ctx, changeset)
	if err != nil {
		return nil, nil, err
	}
	rows, err := w.db.Query(ctx, "select kind, id, conflict from history.undo($1, $2)", changeset, words)
	if err != nil {
		return nil, nil, postgres.Failure(err)
	}
	undone := map[string][]int64{}
	var left []naming.ThingKey
	var kind string
	var id int64
	var conflict bool
	_, err = pgx.ForEachRow(rows, []any{&kind, &id, &conflict}, func() error {
		if conflict {
			left = append(left, naming.ThingKey{Kind: kind, ID: id})
		} else {
			undone[kind] = append(undone[kind], id)
		}
		return nil
	})
	return undone, left, postgres.Failure(err)
}

// renewals give a new version to things whose parts were undone, so that an
// edit based on the parts as they were is found stale.
var renewals = map[string]string{
	"agreement_alias": `
update agreement set version = @rev
where version <> @rev and id in (select agreement_id from history.agreement_alias where id = any (@ids))`,
	"numbering_label": `
update numbering set version = @rev
where version <> @rev and id in (select numbering_id from history.numbering_label where id = any (@ids))`,
	"initiative_partner": `
update initiative set version = @rev
where version <> @rev and id in (select initiative_id from history.initiative_partner where id = any (@ids))`,
	"citation_candidate": `
update citation set version = @rev
where version <> @rev and id in (select citation_id from history.citation_candidate where id = any (@ids))`,
}

// A contributor's link and the citations resolved to it go together, even if
// different changesets wrote them: a citation that got its meaning back finds
// its link recorded under another id, or gets it back, and a link that no
// citation rests on any more goes.
const (
	findLinks = `
update citation c set link_id = l.id, version = @rev
from history.link h
join link l on l.initiative_id = h.initiative_id and l.principle_id = h.principle_id and l.origin = h.origin and l.asserter_id = h.asserter_id
where c.id = any (@citations) and h.id = c.link_id and not exists (select from link o where o.id = c.link_id)`

	restoreLinks = `
insert into link (id, initiative_id, principle_id, relation, property, origin, asserter_id, rationale, strength, version)
select distinct on (h.id) h.id, h.initiative_id, h.principle_id, h.relation, h.property, h.origin, h.asserter_id, h.rationale, h.strength, @rev
from history.link h
where h.id in (select c.link_id from citation c where c.id = any (@citations) and not exists (select from link o where o.id = c.link_id))
order by h.id, h.until_rev desc
returning id`

	dropLinks = `
delete from link l
where l.origin = 'contributor' and not exists (select from citation c where c.link_id = l.id)
  and (l.id = any (@links) or l.id in (select h.link_id from history.citation h where h.id = any (@citations)))`
)

// settle keeps what belongs together together after an undo.
func (w *writing) settle(ctx context.Context, undone map[string][]int64) error {
	for kind, q := range renewals {
		if len(undone[kind]) == 0 {
			continue
		}
		if _, err := w.db.Exec(ctx, q, pgx.StrictNamedArgs{"rev": w.rev, "ids": undone[kind]}); err != nil {
			return postgres.Failure(err)
		}
	}
	if err := w.nameFacts(ctx, undone["fact_source"]); err != nil {
		return err
	}
	citations := pgx.StrictNamedArgs{"rev": w.rev, "citations": undone["citation"]}
	if _, err := w.db.Exec(ctx, findLinks, citations); err != nil {
		return postgres.Failure(err)
	}
	rows, err := w.db.Query(ctx, restoreLinks, citations)
	if err != nil {
		return postgres.Failure(err)
	}
	restored, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return postgres.Failure(err)
	}
	if err := w.settleAssessments(ctx, undone["assessment"], restored); err != nil {
		return err
	}
	if _, err = w.db.Exec(ctx, dropLinks, pgx.StrictNamedArgs{"links": undone["link"], "citations": undone["citation"]}); err != nil {
		return postgres.Failure(err)
	}
	return w.placesStand(ctx, undone)
}
