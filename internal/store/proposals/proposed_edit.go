package proposals

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

const proposedEditRows = `
select n.position, n.version, n.edit, n.base, coalesce(n.decision, 'undecided') as decision, coalesce(n.decision_id, 0) as decision_id, n.corrected, n.corrected_base, n.code, n.note,
  coalesce(a.name, '') as decided_by, n.decided_at, n.applied, n.changeset,
  (select coalesce(array_agg(distinct x.edit ->> 'edit' || ' ' || (x.edit -> 'with' ->> 'slug')), '{}') from (
    select o.edit from proposal_edit o where o.proposal_id = n.proposal_id and o.position = n.position
    union all
    select o.edit from proposal_decision o where o.proposal_id = n.proposal_id and o.position = n.position) x
   where (n.version > 1 or n.decision_id is not null) and x.edit -> 'with' ->> 'slug' <> '' and coalesce(x.edit -> 'with' ->> 'version', '0') = '0') as names_given
from edits_now n
left join account a on a.id = n.decided_by_id
order by n.position`

const (
	proposedEdits = `
with ` + editsNow + proposedEditRows

	proposalWithEdits = `
with ` + editsNow + `
select ` + proposalCols + `, (select coalesce(json_agg(e order by e.position), '[]') from (` + proposedEditRows + `) e) as found` + proposalFrom
)

// proposedEdit is one edit as a row, or as JSON among the others.
type proposedEdit struct {
	Position      int                 `json:"position"`
	Version       int                 `json:"version"`
	Edit          *json.RawMessage    `json:"edit"`
	Base          json.RawMessage     `json:"base"`
	Decision      norms.Verdict       `json:"decision"`
	DecisionID    int64               `json:"decision_id"`
	Corrected     *json.RawMessage    `json:"corrected"`
	CorrectedBase json.RawMessage     `json:"corrected_base"`
	Code          norms.RejectionCode `json:"code"`
	Note          string              `json:"note"`
	DecidedBy     string              `json:"decided_by"`
	DecidedAt     *time.Time          `json:"decided_at"`
	Applied       bool                `json:"applied"`
	Changeset     int64               `json:"changeset"`
	NamesGiven    []string            `json:"names_given"`
}

// proposalWithEdits reads a proposal and all its edits in one statement.
func (s *Store) proposalWithEdits(ctx context.Context, id int64) (norms.ProposalRow, []norms.ProposedEdit, error) {
	type record struct {
		norms.ProposalRow
		Found []proposedEdit
	}
	found, err := postgres.Collect[record](ctx, s.db, "a proposal and its edits", proposalWithEdits, pgx.StrictNamedArgs{"ids": []int64{id}})
	if err != nil {
		return norms.ProposalRow{}, nil, err
	}
	if len(found) == 0 {
		return norms.ProposalRow{}, nil, noProposal(id)
	}
	list, err := s.readEdits(ctx, id, found[0].Found)
	return found[0].ProposalRow, list, err
}

// proposedEdits reads all edits of a proposal with their decisions, not yet
// held against the record, in the order in which they are applied. What was
// renamed since has its present name.
func (s *Store) proposedEdits(ctx context.Context, proposal int64) ([]norms.ProposedEdit, error) {
	rows, err := postgres.Collect[proposedEdit](ctx, s.db, "the edits of a proposal", proposedEdits, pgx.StrictNamedArgs{"ids": []int64{proposal}})
	if err != nil {
		return nil, err
	}
	return s.readEdits(ctx, proposal, rows)
}

func (s *Store) readEdits(ctx context.Context, proposal int64, rows []proposedEdit) ([]norms.ProposedEdit, error) {
	out := make([]norms.ProposedEdit, len(rows))
	var err error
	for i, r := range rows {
		if out[i], err = r.read(); err != nil {
			return nil, fmt.Errorf("reading edit %d of proposal %d: %w", r.Position, proposal, err)
		}
	}
	if err := norms.CarryNames(out); err != nil {
		return nil, err
	}
	if err := s.names.WithPresentNames(ctx, out); err != nil {
		return nil, err
	}
	return norms.ApplyingOrder(out), nil
}

func (r proposedEdit) read() (norms.ProposedEdit, error) {
	out := norms.ProposedEdit{Position: r.Position, Version: r.Version, Decision: r.Decision, DecisionID: r.DecisionID, Code: r.Code, Note: r.Note, DecidedBy: r.DecidedBy,
		DecidedAt: r.DecidedAt, Changeset: r.Changeset, State: norms.EditReady}
	for _, given := range r.NamesGiven {
		name, slug, _ := strings.Cut(given, " ")
		if kind := norms.OwnSlug(name); kind != "" {
			out.NamesGiven = append(out.NamesGiven, norms.Called{Kind: kind, Key: slug})
		}
	}
	switch {
	case r.Edit == nil:
		out.State = norms.EditOut
		return out, nil
	case r.Applied:
		out.State = norms.EditApplied
	}
	var err error
	if out.Proposed, err = readEdit(*r.Edit); err != nil {
		return out, err
	}
	out.Edit = out.Proposed
	if err := json.Unmarshal(r.Base, &out.Base); err != nil || r.Corrected == nil {
		return out, err
	}
	proposed := out.Base
	if out.Edit, err = readEdit(*r.Corrected); err != nil {
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
