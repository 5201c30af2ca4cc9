package proposals

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

const proposedEdits = `
with ` + editsNow + `
select n.position, n.version, n.edit, n.base, coalesce(n.decision, 'undecided') as decision, coalesce(n.decision_id, 0) as decision_id, n.corrected, n.corrected_base, n.code, n.note,
  coalesce(a.name, '') as decided_by, n.decided_at, n.applied, n.changeset
from edits_now n
left join account a on a.id = n.decided_by_id
order by n.position`

type proposedEdit struct {
	Position, Version        int
	Edit, Base               []byte
	Decision                 norms.Verdict
	DecisionID               int64
	Corrected, CorrectedBase []byte
	Code                     norms.RejectionCode
	Note, DecidedBy          string
	DecidedAt                *time.Time
	Applied                  bool
	Changeset                int64
}

// proposedEdits reads all edits of a proposal with their decisions, not yet
// held against the record, in the order in which they are applied. What was
// renamed since has its present name.
func (s *Store) proposedEdits(ctx context.Context, proposal int64) ([]norms.ProposedEdit, error) {
	rows, err := postgres.Collect[proposedEdit](ctx, s.db, "the edits of a proposal", proposedEdits, pgx.StrictNamedArgs{"ids": []int64{proposal}})
	if err != nil {
		return nil, err
	}
	out := make([]norms.ProposedEdit, len(rows))
	for i, r := range rows {
		if out[i], err = r.read(); err != nil {
			return nil, fmt.Errorf("reading edit %d of proposal %d: %w", r.Position, proposal, err)
		}
	}
	if err := s.names.WithPresentNames(ctx, out); err != nil {
		return nil, err
	}
	return norms.ApplyingOrder(out), nil
}

func (r proposedEdit) read() (norms.ProposedEdit, error) {
	out := norms.ProposedEdit{Position: r.Position, Version: r.Version, Decision: r.Decision, DecisionID: r.DecisionID, Code: r.Code, Note: r.Note, DecidedBy: r.DecidedBy,
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
	if err := json.Unmarshal(r.Base, &out.Base); err != nil || r.Corrected == nil {
		return out, err
	}
	proposed := out.Base
	if out.Edit, err = readEdit(r.Corrected); err != nil {
		return out, err
	}
	out.Base = nil
	err = json.Unmarshal(r.CorrectedBase, &out.Base)
	out.Corrections = norms.Corrections(proposed, out.Base)
	return out, err
}

const correctedIn = `
select count(*)
from proposal_applied a
where a.changeset_id = $1 and (
  select d.decision from proposal_decision d
  where d.proposal_id = a.proposal_id and d.position = a.position
  order by d.edit_version desc, d.id desc limit 1) = 'corrected'`

// CorrectedIn counts the edits of a changeset that its reviewer had corrected.
func (s *Store) CorrectedIn(ctx context.Context, changeset int64) (n int, err error) {
	err = s.db.QueryRow(ctx, correctedIn, changeset).Scan(&n)
	return n, postgres.Failure(err)
}

// readEdit reads one edit as jsonOf wrote it.
func readEdit(b []byte) (norms.Edit, error) {
	list, err := norms.UnmarshalEdits(fmt.Appendf(nil, "[%s]", b))
	if err != nil {
		return nil, err
	}
	return list[0], nil
}
