package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

// editsNow are the edits of the proposals @ids in the version that counts,
// each with the decision that counts about it.
const editsNow = `
edits_now as (
  select distinct on (e.proposal_id, e.position) e.proposal_id, e.position, e.version, e.edit, e.base, d.decision, d.edit as corrected, d.base as corrected_base,
    coalesce(d.code, '') as code, coalesce(d.note, '') as note, d.by_id as decided_by_id, d.at as decided_at, a.position is not null as applied,
    coalesce(a.changeset_id, 0) as changeset
  from proposal_edit e
  left join lateral (select x.decision, x.edit, x.base, x.code, x.note, x.by_id, x.at from proposal_decision x
    where x.proposal_id = e.proposal_id and x.position = e.position and x.edit_version = e.version order by x.id desc limit 1) d on true
  left join proposal_applied a on a.proposal_id = e.proposal_id and a.position = e.position
  where e.proposal_id = any (@ids)
  order by e.proposal_id, e.position, e.version desc
)`

const proposalCols = `p.id, p.reason, p.state, p.made_from, p.proposer_id, a.name as proposer, p.made_at, p.closed_at,
  coalesce(to_char(p.adopt_on, 'YYYY-MM-DD'), '') as adopt_on, coalesce(b.name, '') as adoption_by, p.version,
  (select count(*) from edits_now n where n.proposal_id = p.id and n.edit is not null) as edits,
  (select count(*) from edits_now n where n.proposal_id = p.id and n.edit is not null and not n.applied and coalesce(n.decision, 'undecided') = 'undecided') as undecided,
  (select count(*) from edits_now n where n.proposal_id = p.id and n.edit is not null and not n.applied and n.decision in ('accepted', 'corrected')) as ready,
  (select count(*) from edits_now n where n.proposal_id = p.id and n.edit is not null and not n.applied and n.decision = 'rejected') as rejected,
  (select count(*) from edits_now n where n.proposal_id = p.id and n.applied) as applied,
  (select count(*) from objection o where o.proposal_id = p.id and not exists (select from objection_ruling r where r.objection_id = o.id)) as objections`

const proposalRows = `
with ` + editsNow + `
select ` + proposalCols + `
from proposal p
join account a on a.id = p.proposer_id
left join account b on b.id = p.adoption_by_id
where p.id = any (@ids)
order by p.id desc`

const proposalIDs = `
with matching as (
  select p.id from proposal p
  where (@state = '' or p.state = @state) and (@proposer = 0 or p.proposer_id = @proposer)
    and (@to_review = 0 or p.state = 'open' and p.proposer_id <> @to_review)
)
select (select count(*) from matching) as total,
  (select coalesce(array_agg(id order by id desc), '{}') from (
    select id from matching where @before = 0 or id < @before order by id desc limit @limit) m) as ids`

// Proposals lists proposals, the newest first.
func (s *Store) Proposals(ctx context.Context, f norms.ProposalFilter, p norms.Page) (norms.List[norms.ProposalRow], error) {
	var out norms.List[norms.ProposalRow]
	if err := f.Check(); err != nil {
		return out, err
	}
	before, err := numberOf(p.Cursor)
	if err != nil {
		return out, err
	}
	type chosen struct {
		Total int
		IDs   []int64
	}
	found, err := collect[chosen](ctx, s.db, "proposals", proposalIDs, pgx.StrictNamedArgs{
		"state": string(f.State), "proposer": f.Proposer, "to_review": f.ToReview, "before": before, "limit": p.Size() + 1})
	if err != nil {
		return out, err
	}
	ids := found[0].IDs
	out.Total = found[0].Total
	if len(ids) > p.Size() {
		ids = ids[:p.Size()]
		out.Next = new(cursor{ID: ids[len(ids)-1]}.String())
	}
	out.Items, err = collect[norms.ProposalRow](ctx, s.db, "proposals", proposalRows, pgx.StrictNamedArgs{"ids": ids})
	return out, err
}

// proposalRow reads one proposal without its edits.
func (s *Store) proposalRow(ctx context.Context, id int64) (norms.ProposalRow, error) {
	found, err := collect[norms.ProposalRow](ctx, s.db, "a proposal", proposalRows, pgx.StrictNamedArgs{"ids": []int64{id}})
	if err != nil {
		return norms.ProposalRow{}, err
	}
	if len(found) == 0 {
		return norms.ProposalRow{}, norms.NotFoundf("there is no proposal %d", id)
	}
	return found[0], nil
}

// lockProposal reads a proposal that is still open and keeps others from
// changing it until the transaction ends. It comes before the lock under which
// changesets are written, everywhere.
func (s *Store) lockProposal(ctx context.Context, id int64) (norms.ProposalRow, error) {
	if _, err := s.db.Exec(ctx, "select id from proposal where id = $1 for update", id); err != nil {
		return norms.ProposalRow{}, failure(err)
	}
	p, err := s.proposalRow(ctx, id)
	if err == nil && !p.Open() {
		err = norms.Errorf(norms.Conflict, "proposal %d is not open any more: it was %s", id, p.State)
	}
	return p, err
}

const proposedEdits = `
with ` + editsNow + `
select n.position, n.version, n.edit, n.base, coalesce(n.decision, 'undecided') as decision, n.corrected, n.corrected_base, n.code, n.note,
  coalesce(a.name, '') as decided_by, n.decided_at, n.applied, n.changeset
from edits_now n
left join account a on a.id = n.decided_by_id
order by n.position`

type proposedEdit struct {
	Position, Version        int
	Edit, Base               []byte
	Decision                 norms.Verdict
	Corrected, CorrectedBase []byte
	Code                     norms.RejectionCode
	Note, DecidedBy          string
	DecidedAt                *time.Time
	Applied                  bool
	Changeset                int64
}

// proposedEdits reads all edits of a proposal with their decisions, not yet
// held against the record.
func (s *Store) proposedEdits(ctx context.Context, proposal int64) ([]norms.ProposedEdit, error) {
	rows, err := collect[proposedEdit](ctx, s.db, "the edits of a proposal", proposedEdits, pgx.StrictNamedArgs{"ids": []int64{proposal}})
	if err != nil {
		return nil, err
	}
	out := make([]norms.ProposedEdit, len(rows))
	for i, r := range rows {
		if out[i], err = r.read(); err != nil {
			return nil, fmt.Errorf("reading edit %d of proposal %d: %w", r.Position, proposal, err)
		}
	}
	return out, nil
}

func (r proposedEdit) read() (norms.ProposedEdit, error) {
	out := norms.ProposedEdit{Position: r.Position, Version: r.Version, Decision: r.Decision, Code: r.Code, Note: r.Note, DecidedBy: r.DecidedBy,
		DecidedAt: r.DecidedAt, Changeset: r.Changeset, State: norms.EditReady}
	switch {
	case r.Edit == nil:
		out.State = norms.EditOut
		return out, nil
	case r.Applied:
		out.State = norms.EditApplied
	}
	var err error
	if out.Proposed, err = readEdit(r.Edit); err != nil {
		return out, err
	}
	out.Edit = out.Proposed
	base := r.Base
	if r.Corrected != nil {
		base = r.CorrectedBase
		if out.Edit, err = readEdit(r.Corrected); err != nil {
			return out, err
		}
	}
	return out, json.Unmarshal(base, &out.Base)
}

// readEdit reads one edit as jsonOf wrote it.
func readEdit(b []byte) (norms.Edit, error) {
	list, err := norms.UnmarshalEdits(fmt.Appendf(nil, "[%s]", b))
	if err != nil {
		return nil, err
	}
	return list[0], nil
}
