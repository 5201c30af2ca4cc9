package proposals

import (
	"cmp"
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/history"
	"normmap/internal/store/postgres"
)

// editsNow are the edits of the proposals @ids in the version that counts,
// each with the decision that counts about it.
const editsNow = `
edits_now as (
  select distinct on (e.proposal_id, e.position) e.proposal_id, e.position, e.version, e.edit, e.base, d.id as decision_id, d.decision, d.edit as corrected, d.base as corrected_base,
    coalesce(d.code, '') as code, coalesce(d.note, '') as note, d.by_id as decided_by_id, d.at as decided_at, a.position is not null as applied,
    coalesce(a.changeset_id, 0) as changeset
  from proposal_edit e
  left join lateral (select x.id, x.decision, x.edit, x.base, x.code, x.note, x.by_id, x.at from proposal_decision x
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

const (
	proposalFrom = `
from proposal p
join account a on a.id = p.proposer_id
left join account b on b.id = p.adoption_by_id
where p.id = any (@ids)
order by p.id desc`

	proposalRows = `
with ` + editsNow + `
select ` + proposalCols + proposalFrom
)

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
	before, err := history.NumberOf(p.Cursor)
	if err != nil {
		return out, err
	}
	type chosen struct {
		Total int
		IDs   []int64
	}
	found, err := postgres.Collect[chosen](ctx, s.db, "proposals", proposalIDs, pgx.StrictNamedArgs{
		"state": string(f.State), "proposer": f.Proposer, "to_review": f.ToReview, "before": before, "limit": p.Size() + 1})
	if err != nil {
		return out, err
	}
	ids := found[0].IDs
	out.Total = found[0].Total
	if len(ids) > p.Size() {
		ids = ids[:p.Size()]
		out.Next = new(postgres.Cursor{ID: ids[len(ids)-1]}.String())
	}
	out.Items, err = postgres.Collect[norms.ProposalRow](ctx, s.db, "proposals", proposalRows, pgx.StrictNamedArgs{"ids": ids})
	return out, err
}

// proposalRow reads one proposal without its edits.
func (s *Store) proposalRow(ctx context.Context, id int64) (norms.ProposalRow, error) {
	found, err := postgres.Collect[norms.ProposalRow](ctx, s.db, "a proposal", proposalRows, pgx.StrictNamedArgs{"ids": []int64{id}})
	if err != nil {
		return norms.ProposalRow{}, err
	}
	if len(found) == 0 {
		return norms.ProposalRow{}, noProposal(id)
	}
	return found[0], nil
}

func noProposal(id int64) error { return norms.NotFoundf("there is no proposal %d", id) }

// lockProposal reads a proposal that is still open and keeps others from
// changing it until the transaction ends. It comes before the lock under which
// changesets are written, everywhere.
func (s *Store) lockProposal(ctx context.Context, id int64) (norms.ProposalRow, error) {
	if _, err := s.db.Exec(ctx, "select id from proposal where id = $1 for update", id); err != nil {
		return norms.ProposalRow{}, postgres.Failure(err)
	}
	p, err := s.proposalRow(ctx, id)
	if err == nil && !p.Open() {
		err = norms.Errorf(norms.Conflict, "proposal %d is not open any more: it was %s", id, p.State)
	}
	return p, err
}

const (
	proposalComments = `
select coalesce(a.name, '') as by, c.text, c.at from proposal_comment c left join account a on a.id = c.by_id
where c.proposal_id = @id order by c.id`

	proposalObjections = `
select o.id, o.by_id, a.name as by, o.reason, o.at, coalesce(b.name, '') as ruling_by, coalesce(r.reason, '') as ruling, r.at as ruling_at
from objection o join account a on a.id = o.by_id
left join objection_ruling r on r.objection_id = o.id
left join account b on b.id = r.by_id
where o.proposal_id = @id order by o.id`

	proposalApprovals = `
select v.changeset_id as changeset, v.proposal_id as proposal, a.name as proposer, coalesce(b.name, '') as reviewer, v.by_silence,
  encode(v.hash, 'hex') as hash, v.at
from approval v join account a on a.id = v.proposer_id
left join account b on b.id = v.reviewer_id
where v.proposal_id = @id order by v.changeset_id`
)

// Proposal reads a proposal with a page of its edits, each held against the
// record as it is now. Everybody who is signed in may, as everybody may object.
func (s *Store) Proposal(ctx context.Context, by account.Actor, id int64, p norms.Page) (norms.Proposal, error) {
	row, err := s.shownTo(ctx, by, id)
	if err != nil {
		return norms.Proposal{}, err
	}
	out := norms.Proposal{ProposalRow: row}
	if err := s.readPart(ctx, by, &out, p); err != nil {
		return out, err
	}
	args := pgx.StrictNamedArgs{"id": id}
	if out.Comments, err = postgres.Collect[norms.Comment](ctx, s.db, "comments", proposalComments, args); err != nil {
		return out, err
	}
	if out.Objecting, err = postgres.Collect[norms.Objection](ctx, s.db, "objections", proposalObjections, args); err != nil {
		return out, err
	}
	if out.Approved, err = postgres.Collect[norms.Approval](ctx, s.db, "approvals", proposalApprovals, args); err != nil {
		return out, err
	}
	return out, s.readProblems(ctx, by, &out)
}

// shownTo reads one proposal for whoever may see it.
func (s *Store) shownTo(ctx context.Context, by account.Actor, id int64) (norms.ProposalRow, error) {
	if err := mayRead(by); err != nil {
		return norms.ProposalRow{}, err
	}
	return s.proposalRow(ctx, id)
}

func mayRead(by account.Actor) error {
	if !by.Can(account.ProposeEdits) {
		return norms.Errorf(norms.Forbidden, "sign in to read proposals")
	}
	return nil
}

// readPart reads a page of edits and holds these against the record; of a
// closed proposal nothing waits any more.
func (s *Store) readPart(ctx context.Context, by account.Actor, out *norms.Proposal, p norms.Page) error {
	after, err := history.NumberOf(p.Cursor)
	if err != nil {
		return err
	}
	all, err := s.proposedEdits(ctx, out.ID)
	if err != nil {
		return err
	}
	shown := positionsAfter(all, after, p.Size())
	if n := len(shown); n > 0 && n < remaining(all, after) {
		out.Next = new(postgres.Cursor{ID: int64(all[shown[n-1]].Position)}.String())
	}
	if out.Open() {
		if err := s.judgeThese(ctx, by, out.ProposerID, all, shown); err != nil {
			return err
		}
	}
	if err := s.edits.Passages(ctx, all, shown); err != nil {
		return err
	}
	if err := s.edits.NameWhat(ctx, all, shown); err != nil {
		return err
	}
	out.List = make([]norms.ProposedEdit, len(shown))
	for i, at := range shown {
		out.List[i] = all[at]
	}
	return nil
}

// positionsAfter are the places in a list of the edits after a position, at
// most so many, in the order of their positions.
func positionsAfter(list []norms.ProposedEdit, position int64, most int) []int {
	var out []int
	for i, e := range list {
		if int64(e.Position) > position {
			out = append(out, i)
		}
	}
	slices.SortFunc(out, func(a, b int) int { return cmp.Compare(list[a].Position, list[b].Position) })
	return out[:min(len(out), most)]
}

func remaining(list []norms.ProposedEdit, position int64) (n int) {
	for _, e := range list {
		if int64(e.Position) > position {
			n++
		}
	}
	return n
}

// ProposedEdit reads one edit of a proposal, held against the record.
func (s *Store) ProposedEdit(ctx context.Context, by account.Actor, id int64, position int) (norms.ProposedEdit, norms.Proposal, error) {
	p := norms.Page{Limit: 1}
	if position > 1 {
		p.Cursor = postgres.Cursor{ID: int64(position - 1)}.String()
	}
	row, err := s.shownTo(ctx, by, id)
	if err != nil {
		return norms.ProposedEdit{}, norms.Proposal{}, err
	}
	found := norms.Proposal{ProposalRow: row}
	if err := s.readPart(ctx, by, &found, p); err != nil {
		return norms.ProposedEdit{}, found, err
	}
	if len(found.List) == 0 {
		return norms.ProposedEdit{}, found, norms.NotFoundf("proposal %d has no edit %d", id, position)
	}
	return found.List[0], found, nil
}
