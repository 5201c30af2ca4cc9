package store

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// missingGuards lists what keeps the history and is not there or switched off.
const missingGuards = `
select 'table ' || t.name || ' has no working trigger ' || w.name as says
from history.tracked t
cross join (values ('history_insert'), ('history_update'), ('history_delete'), ('history_truncate')) w(name)
where not exists (
  select from pg_trigger g
  where g.tgrelid = to_regclass('public.' || quote_ident(t.name)) and g.tgname = w.name and g.tgenabled in ('O', 'A'))
order by t.position, w.name`

// wrongRights lists what the roles of the service may not do and must, or may
// do and must not: the service writes domain tables and accounts, nobody writes
// history by hand, and who looks at the past sees no present.
const wrongRights = `
with base as (
  select c.oid, n.nspname as schema, c.relname as name, n.nspname || '.' || c.relname as full_name, t.name is not null as tracked
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join history.tracked t on t.name = c.relname
  where n.nspname in ('public', 'history') and c.relkind in ('r', 'p') and c.relname <> 'schema_migrations'
), rule as (
  select b.oid, b.full_name, r.role, p.name as privilege, case
    when p.name = 'truncate' then false
    when r.role = 'normmap_past' then b.schema = 'history' and p.name = 'select'
    when p.name = 'select' then true
    when b.schema = 'history' then false
    when b.tracked or b.name in ('session', 'token', 'one_time_link', 'sign_in_attempt') then true
    when b.name = 'account' then p.name <> 'delete'
    when b.name in ('changeset', 'schema_applied', 'address') then false
    end as due -- null for what this knows nothing about
  from base b
  cross join (values ('normmap_app'), ('normmap_past')) r(role)
  cross join (values ('select'), ('insert'), ('update'), ('delete'), ('truncate')) p(name)
)
select role || case when due then ' must be able to ' else ' must not be able to ' end || privilege || ' ' || full_name as says
from rule
where due is not null and due <> has_table_privilege(role, oid, privilege)
order by role, full_name, privilege`

const wrongMemberships = `
select says from (values
  (has_function_privilege('normmap_app', 'open_changeset(text, bigint, text, jsonb, bigint)', 'execute'), 'normmap_app must be able to execute open_changeset'),
  (not exists (select from pg_roles where rolname in ('normmap_app', 'normmap_past') and (rolsuper or rolcanlogin or rolbypassrls or rolcreaterole)),
    'normmap_app and normmap_past must have no rights of their own, nor sign in'),
  (pg_has_role('normmap_app', 'normmap_past', 'MEMBER'), 'normmap_app must be a member of normmap_past')
) w(holds, says) where not holds order by says`

// WrongGuards tells, in words, which triggers are missing and which rights of
// the service's roles are not as the migrations made them.
func (s *Store) WrongGuards(ctx context.Context) ([]string, error) {
	type wrong struct{ Says string }
	var out []string
	for _, q := range []string{missingGuards, wrongRights, wrongMemberships} {
		found, err := collect[wrong](ctx, s.db, "the guards of the record", q, pgx.StrictNamedArgs{})
		if err != nil {
			return nil, err
		}
		for _, w := range found {
			out = append(out, w.Says)
		}
	}
	return out, nil
}
