-- Looking at what edits would do keeps nobody from writing, and silence adopts
-- only what was there when it was announced.

-- A preview writes in a transaction that is rolled back. It needs a changeset to
-- write in, but no place among the others: it takes no lock that writers wait
-- for, and its number is far above all that are ever recorded.
create sequence preview_changeset minvalue 4611686018427387904;
comment on sequence preview_changeset is 'Numbers of changesets that are rolled back, from 2^62.';

create function open_preview(p_actor text, p_account bigint, p_reason text, p_edits jsonb, p_reverts bigint)
  returns bigint language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare rev bigint := nextval('public.preview_changeset');
begin
  -- Shorter than deadlock_timeout, so that of a preview and a writer who wait
  -- for each other it is the preview that gives up.
  perform set_config('lock_timeout', '900ms', true);
  insert into changeset (id, xid, actor, account_id, reason, at, edits, reverts_id, hash)
  values (rev, pg_current_xact_id(), p_actor, p_account, p_reason, clock_timestamp(), p_edits, p_reverts, '');
  perform set_config('normmap.changeset', rev::text, true);
  return rev;
end $$;
comment on function open_preview is 'Opens a changeset that cannot be committed, for a transaction that looks at what edits would do, and returns its number.';
revoke all on function open_preview(text, bigint, text, jsonb, bigint) from public;
grant execute on function open_preview(text, bigint, text, jsonb, bigint) to normmap_app;

create function changeset_is_real() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'a preview cannot be committed' using errcode = 'NM014';
end $$;
create constraint trigger changeset_is_real after insert on changeset deferrable initially deferred
  for each row when (new.id >= 4611686018427387904) execute function changeset_is_real();

-- Whatever else adds to a proposal or changes it: nobody was shown that when the
-- day was announced.
create function silence_is_over() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  update proposal set adopt_on = null, adoption_by_id = null where id = new.proposal_id and adopt_on is not null;
  return null;
end $$;
create trigger silence_is_over after insert on proposal_edit for each row when (new.edit is not null) execute function silence_is_over();
create trigger silence_is_over after insert on proposal_decision for each row when (new.decision = 'corrected') execute function silence_is_over();

insert into schema_applied (version) values (20);
