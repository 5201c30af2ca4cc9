package intake

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

const proposalOfTable = `
select p.id
from proposed_table t
join proposal p on p.id = t.proposal_id
where t.digest = @digest and p.state = 'open'
order by p.id
limit 1`

// ProposalOfTable is the open proposal that was made of a table, 0 for none.
func (s *Store) ProposalOfTable(ctx context.Context, digest []byte) (int64, error) {
	type only struct{ ID int64 }
	found, err := postgres.Collect[only](ctx, s.db, "a proposal of a table", proposalOfTable, pgx.StrictNamedArgs{"digest": digest})
	if err != nil || len(found) == 0 {
		return 0, err
	}
	return found[0].ID, nil
}

// tableLock begins the advisory lock under which those who send one table take
// turns.
const tableLock = `select pg_advisory_xact_lock(hashtextextended('table ' || encode($1, 'hex'), 7226039))`

// LockTable keeps others from proposing the same table until the transaction
// ends, so that the second finds what the first proposed.
func (s *Store) LockTable(ctx context.Context, digest []byte) error {
	return postgres.LockPatiently(ctx, s.db, "waiting for others who send a table", tableLock, digest)
}

const noteTable = `insert into proposed_table (proposal_id, digest) values (@proposal, @digest)`

// NoteTable notes of which table a proposal was made.
func (s *Store) NoteTable(ctx context.Context, proposal int64, digest []byte) error {
	if _, err := s.db.Exec(ctx, noteTable, pgx.StrictNamedArgs{"proposal": proposal, "digest": digest}); err != nil {
		return fmt.Errorf("noting of which table a proposal was made: %w", postgres.Failure(err))
	}
	return nil
}

const organizationNames = `select 'organization' as kind, slug, name as title from organization order by id`

const initiativeNames = `select 'initiative' as kind, slug, title from initiative order by id`

// InitiativeNames lists the titles of all initiatives.
func (s *Store) InitiativeNames(ctx context.Context) ([]norms.Choice, error) {
	return postgres.Collect[norms.Choice](ctx, s.db, "the titles of initiatives", initiativeNames, pgx.StrictNamedArgs{})
}

// OrganizationNames lists the names of all organizations.
func (s *Store) OrganizationNames(ctx context.Context) ([]norms.Choice, error) {
	return postgres.Collect[norms.Choice](ctx, s.db, "the names of organizations", organizationNames, pgx.StrictNamedArgs{})
}
