-- The record as of a revision: a schema of views with the names of the tables,
-- which answer the same statements with the rows of one revision. The setting
-- normmap.as_of says which; without it they are an error.

do $$ begin
  if not exists (select from pg_roles where rolname = 'normmap_past') then
    create role normmap_past nologin;
  end if;
exception when duplicate_object or unique_violation then null; -- another database of this server just made it
end $$;
-- Who may act as the application may look at the past, too.
do $$ begin
  if not pg_has_role('normmap_app', 'normmap_past', 'MEMBER') then
    grant normmap_past to normmap_app;
  end if;
exception when unique_violation then null;
end $$;

create schema asof;
comment on schema asof is 'The tables of public as they were at the revision that the setting normmap.as_of names.';

-- look_back makes the view that shows a tracked table in the past.
create function history.look_back(t text) returns void language plpgsql as $gen$
declare cols text;
begin
  select string_agg(quote_ident(attname), ', ' order by attnum) into cols
    from pg_attribute where attrelid = ('public.' || quote_ident(t))::regclass and attnum > 0 and not attisdropped;
  execute format('create view asof.%1$I as select %2$s from history.%1$I
    where since_rev <= current_setting(''normmap.as_of'')::bigint and until_rev > current_setting(''normmap.as_of'')::bigint', t, cols);
  execute format('comment on view asof.%1$I is %2$L', t, t || ' as it was at the revision that is looked at.');
  execute format('grant select on asof.%1$I to normmap_past', t);
end $gen$;
comment on function history.look_back is 'Makes the view of a domain table that shows one revision.';

do $$ declare t text; begin
  for t in select name from history.tracked order by position loop
    perform history.look_back(t);
  end loop;
end $$;

-- Tables that have no twin because they only ever grow, or name accounts.
create view asof.changeset as
select id, xid, actor, account_id, reason, at, edits, reverts_id, hash from public.changeset
where id <= current_setting('normmap.as_of')::bigint;
comment on view asof.changeset is 'The changesets up to the revision that is looked at.';
create view asof.address as select kind, slug, id from public.address;
comment on view asof.address is 'Every slug that was ever given out, later ones too: they lead back to what had another slug then.';
create view asof.account as select id, name from public.account;
comment on view asof.account is 'The present names of accounts; history knows accounts by number only.';

create view asof.principle_name as
select p.id, p.edition_id, a.id as agreement_id, a.slug as agreement, a.short_title as agreement_title, e.slug as edition,
       e.title as edition_title, e.noun, e.current, p.number, p.title, p.position,
       a.slug || case when sole then '' else '@' || e.slug end || '/' || p.label as ref,
       concat_ws(' ', a.short_title, e.noun, p.number) || case when sole then '' else ' (' || e.title || ')' end as name
from asof.principle p
join asof.edition e on e.id = p.edition_id
join asof.agreement a on a.id = e.agreement_id
cross join lateral (select e.current and not exists (
  select from asof.edition o where o.agreement_id = e.agreement_id and o.current and o.id <> e.id) as sole) s;
comment on view asof.principle_name is 'How principles were named: ref, name, agreement, edition, number.';

-- The reader of the past has no rights in public: a table without a view here
-- is an error, never the present.
grant usage on schema asof, history, public to normmap_past;
grant select on all tables in schema asof, history to normmap_past;

-- From now on a table gets its view together with its twin.
alter function history.track(text) rename to track_twin;
comment on function history.track_twin is 'Gives a domain table its history twin, triggers and rights.';
create function history.track(t text) returns void language plpgsql as $$
begin
  perform history.track_twin(t);
  execute format('grant select on history.%I to normmap_past', t);
  perform history.look_back(t);
end $$;
comment on function history.track is 'Gives a domain table its history twin, triggers, rights and its view of the past.';
alter function history.untrack(text) rename to untrack_twin;
comment on function history.untrack_twin is 'Drops a tracked table with its twin.';
create function history.untrack(t text) returns void language plpgsql as $$
begin
  execute format('drop view asof.%I', t);
  perform history.untrack_twin(t);
end $$;
comment on function history.untrack is 'Drops a tracked table with its twin and its view of the past; for migrations that go down.';
revoke all on function history.look_back(text), history.track(text), history.untrack(text) from public;

insert into schema_applied (version) values (7);
