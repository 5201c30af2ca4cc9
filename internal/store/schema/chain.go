package schema

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/store/postgres"
)

// Server is the database server as a connection of the service meets it.
type Server struct {
	Version string    // as in 15.20
	Number  int       // as in 150020
	Login   string    // as whom we signed in
	Owns    bool      // that login may do what the owner of the schema may
	Clock   time.Time // of the server
}

const serverFacts = `
select current_setting('server_version') as version, current_setting('server_version_num')::int as number, session_user::text as login,
  pg_has_role(session_user, c.relowner, 'USAGE') as owns, clock_timestamp() as clock
from pg_class c where c.oid = 'public.changeset'::regclass`

// Server tells what server this is.
func (s *Store) Server(ctx context.Context) (Server, error) {
	found, err := postgres.Collect[Server](ctx, s.db, "the server", serverFacts, pgx.StrictNamedArgs{})
	if err != nil {
		return Server{}, err
	}
	return found[0], nil
}

// Chain is what the chain of changesets says about itself.
type Chain struct {
	Changesets int64
	At         *time.Time // of the last one
	Head       string     // its hash in hexadecimal, to be kept elsewhere and compared later; "" when there is none
	Broken     int64      // the first whose hash or number does not follow from the one before; 0 when all do
}

// chain computes each hash as open_changeset does, and so must change with it.
// The moment is part of the hash as text, in UTC like every connection of ours.
const chain = `
select count(*) as changesets, max(at) as at, coalesce((select encode(l.hash, 'hex') from changeset l order by l.id desc limit 1), '') as head,
  coalesce(min(id) filter (where hash <> due or id <> before + 1), 0) as broken
from (
  select id, at, hash, coalesce(lag(id) over w, 0) as before,
    sha256(coalesce(lag(hash) over w, '') || convert_to(jsonb_build_array(id, actor, account_id, reason, at, edits, reverts_id)::text, 'utf8')) as due
  from changeset
  window w as (order by id)
) c`

// Chain checks the chain of changesets, each of which is hashed with the hash
// of the one before. Whoever could compute all the hashes anew, as the owner of
// the schema can, is found out only by a head that was kept elsewhere.
func (s *Store) Chain(ctx context.Context) (Chain, error) {
	found, err := postgres.Collect[Chain](ctx, s.db, "the changesets", chain, pgx.StrictNamedArgs{})
	if err != nil {
		return Chain{}, err
	}
	return found[0], nil
}

// Flaw is a row whose history does not bear it out.
type Flaw struct {
	Table string
	ID    int64
	What  string
}

func (f Flaw) String() string { return fmt.Sprintf("%s %d %s", f.Table, f.ID, f.What) }

// flawOf finds the first row of one table and its twin that is wrong. The name
// of the table is filled in; it comes from history.tracked, quoted.
const flawOf = `
select id, what from (
  select coalesce(p.id, h.id) as id, case
    when h.id is null then 'is recorded, but its history has no present version'
    when p.id is null then 'is gone, but its history has a present version'
    else 'is not what its history says' end as what
  from public.%[1]s p full join (
    select v.id, to_jsonb(v) - array['since_rev', 'until_rev'] as body from history.%[1]s v where v.until_rev = 9223372036854775807
  ) h on h.id = p.id
  where p.id is null or h.id is null or h.body <> to_jsonb(p)
  union all
  select v.id, 'has a version from or until a changeset that is not recorded' from history.%[1]s v
  where v.since_rev not in (select c.id from changeset c)
     or v.until_rev < 9223372036854775807 and v.until_rev not in (select c.id from changeset c)
  union all
  select v.id, 'has a version that names another changeset than the one that wrote it' from history.%[1]s v
  where (to_jsonb(v) ->> 'version')::bigint <> v.since_rev
  union all
  select v.id, 'has two versions for the same time' from history.%[1]s v
  join history.%[1]s o on o.id = v.id and o.since_rev < v.since_rev and o.until_rev > v.since_rev
) flaw
order by id, what limit 1`

const trackedTables = `select name from history.tracked order by position, name`

// Flaws compares every present row with its history, and the history with the
// changesets. It tells the first flaw of each table.
func (s *Store) Flaws(ctx context.Context) ([]Flaw, error) {
	type named struct{ Name string }
	tables, err := postgres.Collect[named](ctx, s.db, "the tracked tables", trackedTables, pgx.StrictNamedArgs{})
	if err != nil {
		return nil, err
	}
	var flaws []Flaw
	for _, t := range tables {
		f := Flaw{Table: t.Name}
		err := s.db.QueryRow(ctx, fmt.Sprintf(flawOf, pgx.Identifier{t.Name}.Sanitize())).Scan(&f.ID, &f.What)
		if errors.Is(err, pgx.ErrNoRows) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("comparing %s with its history: %w", t.Name, postgres.Failure(err))
		}
		flaws = append(flaws, f)
	}
	return flaws, nil
}

const wrongApprovals = `
select 'changeset ' || v.changeset_id || ' of proposal ' || v.proposal_id || case
  when v.hash <> edits_hash(c.edits) then ' holds other edits than were approved'
  when v.proposer_id <> p.proposer_id then ' names another proposer than the proposal'
  when not v.by_silence and c.account_id is distinct from v.reviewer_id then ' was not written by who approved it'
  when v.reviewer_id = v.proposer_id then ' was approved by its proposer' end as says
from approval v
join changeset c on c.id = v.changeset_id
join proposal p on p.id = v.proposal_id
where v.hash <> edits_hash(c.edits) or v.proposer_id <> p.proposer_id or v.reviewer_id = v.proposer_id
  or not v.by_silence and c.account_id is distinct from v.reviewer_id
union all
select 'changeset ' || a.changeset_id || ' has no approval' from proposal_applied a
where a.changeset_id is not null and a.changeset_id not in (select changeset_id from approval)
order by 1`

// WrongApprovals tells, in words, which changesets that were made of proposals
// are not what was approved.
func (s *Store) WrongApprovals(ctx context.Context) (wrong []string, approvals int, err error) {
	type found struct{ Says string }
	list, err := postgres.Collect[found](ctx, s.db, "approvals", wrongApprovals, pgx.StrictNamedArgs{})
	if err != nil {
		return nil, 0, err
	}
	for _, w := range list {
		wrong = append(wrong, w.Says)
	}
	err = s.db.QueryRow(ctx, "select count(*) from approval").Scan(&approvals)
	return wrong, approvals, postgres.Failure(err)
}
