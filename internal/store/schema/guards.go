package schema

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/store/postgres"
)

// wrongTriggers compares what writes the history of each tracked table with what
// history.track makes: a trigger that is there and switched on may still have a
// condition, or a function that does nothing. The functions are compared letter
// for letter, as they are made of the table's columns, but for that of new links,
// which is among wrongFunctions.
const wrongTriggers = `
with kept as (
  select t.name, t.position, to_regclass('public.' || quote_ident(t.name)) as oid,
    string_agg(quote_ident(a.attname), ', ' order by a.attnum) as cols, string_agg('n.' || quote_ident(a.attname), ', ' order by a.attnum) as new_cols,
    bool_or(a.attname = 'version') as versioned
  from history.tracked t
  left join pg_attribute a on a.attrelid = to_regclass('public.' || quote_ident(t.name)) and a.attnum > 0 and not a.attisdropped
  group by t.name, t.position
), step as (
  select k.*, ' declare rev bigint := history.current_rev(); begin ' as head,
    format('delete from history.%1$I h using old_rows o where h.id = o.id and h.until_rev = 9223372036854775807 and h.since_rev = rev; ' ||
      'update history.%1$I h set until_rev = rev from old_rows o where h.id = o.id and h.until_rev = 9223372036854775807; ', k.name) as close_old,
    case when k.versioned then 'if exists (select from new_rows where version <> rev) then ' ||
      'raise exception ''a row must carry the changeset that writes it as its version'' using errcode = ''NM003''; end if; ' else '' end ||
      format('insert into history.%1$I (since_rev, %2$s) select rev, %3$s from new_rows n; ', k.name, k.cols, k.new_cols) as add_new
  from kept k
), due as (
  select s.name, s.position, s.oid, w.trigger, w.function, w.body,
    format('CREATE TRIGGER %I %s ON public.%I %sFOR EACH STATEMENT EXECUTE FUNCTION history.%I()', w.trigger, w.event, s.name, w.rows, w.function) as definition
  from step s
  cross join lateral (values
    ('history_insert', 'AFTER INSERT', 'REFERENCING NEW TABLE AS new_rows ', s.name || '_insert', case when s.name <> 'link' then s.head || s.add_new || 'return null; end ' end),
    ('history_update', 'AFTER UPDATE', 'REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows ', s.name || '_update', s.head || s.close_old || s.add_new || 'return null; end '),
    ('history_delete', 'AFTER DELETE', 'REFERENCING OLD TABLE AS old_rows ', s.name || '_delete', s.head || s.close_old || 'return null; end '),
    ('history_truncate', 'BEFORE TRUNCATE', '', 'no_truncate', null)) w(trigger, event, rows, function, body)
), found as (
  select d.*, g.tgenabled in ('O', 'A') as works, pg_get_triggerdef(g.oid) = d.definition as defined,
    d.body is null or p.prosrc = d.body and p.prosecdef and p.proconfig = array['search_path=pg_catalog, pg_temp'] as written
  from due d
  left join pg_trigger g on g.tgrelid = d.oid and g.tgname = d.trigger
  left join pg_proc p on p.oid = g.tgfoid
)
select 'table ' || name || case
  when works is not true then ' has no working trigger ' || trigger
  when not defined then ' has a trigger ' || trigger || ' of another definition'
  else ' has a trigger ' || trigger || ' whose function history.' || function || ' is another' end as says
from found
where not coalesce(works and defined and written, false)
order by position, trigger`

// wrongFunctions compares the functions that are not made of a table's columns
// with what they are, by the digest of their text.
const wrongFunctions = `
select 'the function ' || w.name || ' is another' as says
from (values
  ('open_changeset(text, bigint, text, jsonb, bigint)', 'e4246bdbd4e027edb85d5a41fafa1fc0', true),
  ('open_preview(text, bigint, text, jsonb, bigint)', '817238bb92a23c73347f7013f8b9fdd1', true),
  ('changeset_is_real()', 'c372b3d41b2f589c3d9e82d29324d6bb', false),
  ('changeset_is_counted()', 'efad8cffd7aba7580f030071a58911ed', true),
  ('history.open_changesets(bigint[], text[], jsonb[])', 'abf83810d40b99347bdba4582aaaaf87', true),
  ('history.link_insert()', '6e33d833c4da206e1d7c80cfbbf5a4e8', true),
  ('history.current_rev()', '8905dfbb0302c5e7d33ed34ad3ed25e8', true),
  ('history.no_truncate()', 'ab3cf1aaf09907ff63f25e6c96a7a56d', false)) w(name, digest, definer)
left join pg_proc p on p.oid = to_regprocedure(w.name)
where md5(p.prosrc) is distinct from w.digest or p.prosecdef <> w.definer
order by w.name`

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
    when b.tracked or b.name in ('session', 'token', 'one_time_link', 'sign_in_attempt', 'sent_table', 'table_mapping') then true
    when b.name = 'account' then p.name <> 'delete'
    when b.name in ('changeset', 'schema_applied', 'address', 'address_within') then false
    when b.name in ('proposal_edit', 'proposal_decision', 'proposal_comment', 'proposal_applied', 'objection', 'objection_ruling', 'approval', 'document', 'document_sender', 'proposed_table', 'proposal_problem', 'text_sketch') then p.name = 'insert'
    when b.name = 'proposal' and p.name <> 'update' then p.name = 'insert' -- some columns of it may be changed
    end as due -- null for what this knows nothing about
  from base b
  cross join (values ('normmap_app'), ('normmap_past')) r(role)
  cross join (values ('select'), ('insert'), ('update'), ('delete'), ('truncate')) p(name)
)
select role || case when due then ' must be able to ' else ' must not be able to ' end || privilege || ' ' || full_name as says
from rule
where due is not null and due <> (has_table_privilege(role, oid, privilege)
  -- A right on a single column is a right, too.
  or not due and privilege in ('select', 'insert', 'update') and has_any_column_privilege(role, oid, privilege))
order by role, full_name, privilege`

const wrongMemberships = `
select says from (values
  (has_function_privilege('normmap_app', 'open_changeset(text, bigint, text, jsonb, bigint)', 'execute'), 'normmap_app must be able to execute open_changeset'),
  (has_function_privilege('normmap_app', 'add_links(bigint[], text[], jsonb[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[])', 'execute'), 'normmap_app must be able to execute add_links'),
  (has_function_privilege('normmap_app', 'open_preview(text, bigint, text, jsonb, bigint)', 'execute'), 'normmap_app must be able to execute open_preview'),
  (exists (select from pg_trigger where tgrelid = 'public.changeset'::regclass and tgfoid = to_regprocedure('changeset_is_real()') and tgenabled in ('O', 'A')
      and pg_get_triggerdef(oid) = 'CREATE CONSTRAINT TRIGGER changeset_is_real AFTER INSERT ON public.changeset DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.id >= ''4611686018427387904''::bigint)) EXECUTE FUNCTION changeset_is_real()'),
    'a changeset of a preview can be committed'),
  (exists (select from pg_trigger where tgrelid = 'public.changeset'::regclass and tgfoid = to_regprocedure('changeset_is_counted()') and tgenabled in ('O', 'A')
      and pg_get_triggerdef(oid) = 'CREATE CONSTRAINT TRIGGER changeset_is_counted AFTER INSERT ON public.changeset DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.id < ''4611686018427387904''::bigint) AND (current_setting(''normmap.counting''::text, true) = ''later''::text))) EXECUTE FUNCTION changeset_is_counted()'),
    'what is written can be committed without being counted'),
  (not exists (select from pg_roles where rolname in ('normmap_app', 'normmap_past') and (rolsuper or rolcanlogin or rolbypassrls or rolcreaterole)),
    'normmap_app and normmap_past must have no rights of their own, nor sign in'),
  (pg_has_role('normmap_app', 'normmap_past', 'MEMBER'), 'normmap_app must be a member of normmap_past')
) w(holds, says) where not holds order by says`

// WrongGuards tells, in words, which of the triggers that write history, the
// functions that they call and the rights of the service's roles on tables are
// not as the migrations made them. Other triggers, functions and constraints are
// not looked at.
func (s *Store) WrongGuards(ctx context.Context) ([]string, error) {
	type wrong struct{ Says string }
	var out []string
	for _, q := range []string{wrongTriggers, wrongFunctions, wrongRights, wrongMemberships} {
		found, err := postgres.Collect[wrong](ctx, s.db, "the guards of the record", q, pgx.StrictNamedArgs{})
		if err != nil {
			return nil, err
		}
		for _, w := range found {
			out = append(out, w.Says)
		}
	}
	return out, nil
}
