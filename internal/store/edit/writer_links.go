package edit

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// addsLink says whether a changeset is one new link and nothing else.
func (b Batch) addsLink() bool {
	if len(b.Edits) != 1 || b.By.Seeds {
		return false
	}
	link, ok := b.Edits[0].(norms.PutLink)
	return ok && link.ID == 0
}

// addLinks opens a changeset for each of several links and adds them, or does
// nothing: see migration 0031.
const addLinks = `
select place, revision, at, id, initiative_id, principle_id, asserter_id, initiative, initiative_title, organization, organization_name,
  principle, principle_title, principle_name, agreement, current, asserter, asserter_name, first_initiative, first_principle, first_asserter
from add_links(@accounts, @reasons, @edits, @initiatives, @agreements, @editions, @labels, @relations, @properties, @origins,
  @asserters, @rationales, @strengths)`

// addedLink is a link that was added.
type addedLink struct {
	Place, Revision, ID int64
	linkNames
}

// addLinks writes a group of new links, a changeset each, with one statement
// that is a transaction by itself. When anything speaks against one of the
// links none is written, and it is for others to say which. Then told is
// false; otherwise everybody in the group knows what happened.
func (w *writer) addLinks(ctx context.Context, conn *pgx.Conn, group []*waiter) (told bool) {
	args, err := linksToAdd(group)
	if err != nil {
		return false
	}
	rows, err := conn.Query(ctx, addLinks, args)
	if err != nil {
		return w.linksFailed(conn, group, err)
	}
	added, err := pgx.CollectRows(rows, pgx.RowToStructByName[addedLink])
	if err != nil {
		return w.linksFailed(conn, group, err)
	}
	for _, l := range added {
		m := group[l.Place-1]
		m.done, m.told, m.err = norms.Applied{Revision: l.Revision, Written: 1, IDs: []int64{l.ID}}, true, nil
		if m.batch.shown != nil {
			*m.batch.shown = &l.linkNames
		}
	}
	return true
}

// linksFailed tells the group why nothing is known of their links. What the
// server refused it did not write, unless it refuses everything from now on.
func (w *writer) linksFailed(conn *pgx.Conn, group []*waiter, err error) (told bool) {
	_, refused := errors.AsType[*pgconn.PgError](err)
	if refused && !conn.IsClosed() {
		return false
	}
	if pgconn.SafeToRetry(err) {
		tell(group, postgres.Failure(err))
	} else {
		tell(group, postgres.CommitFailure(err))
	}
	return true
}

// linksToAdd are the arguments of addLinks.
func linksToAdd(group []*waiter) (pgx.StrictNamedArgs, error) {
	accounts := make([]int64, len(group))
	column := func() []string { return make([]string, len(group)) }
	reasons, edits, rationales := column(), column(), column()
	initiatives, agreements, editions, labels := column(), column(), column(), column()
	relations, properties, origins, asserters, strengths := column(), column(), column(), column(), column()
	for i, m := range group {
		e := m.batch.Edits[0].(norms.PutLink)
		r, err := norms.ParseRef(e.Principle)
		if err != nil {
			return nil, fmt.Errorf("reading the name of a principle: %w", err)
		}
		body, err := norms.MarshalEdits(m.batch.Edits)
		if err != nil {
			return nil, err
		}
		accounts[i], reasons[i], edits[i], rationales[i] = m.batch.By.ID, m.batch.Reason, string(body), e.Rationale
		initiatives[i], agreements[i], editions[i], labels[i] = e.Initiative, r.Agreement, r.Edition, r.Label
		relations[i], properties[i], origins[i] = string(e.Relation), string(e.Property), string(e.Origin)
		asserters[i], strengths[i] = e.Asserter, string(e.Strength)
	}
	return pgx.StrictNamedArgs{
		"accounts": accounts, "reasons": reasons, "edits": edits, "rationales": rationales,
		"initiatives": initiatives, "agreements": agreements, "editions": editions, "labels": labels,
		"relations": relations, "properties": properties, "origins": origins, "asserters": asserters, "strengths": strengths,
	}, nil
}
