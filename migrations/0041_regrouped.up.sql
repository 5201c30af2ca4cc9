-- A reviewer who parts a staged initiative in two adds the second one, as a
-- correction of what was proposed; what is there only its proposer changes.

create or replace function only_the_proposer() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from proposal p where p.id = new.proposal_id and p.proposer_id = new.by_id) then
    return new;
  end if;
  if new.version = 1 and new.edit is not null
    and exists (select from account a where a.id = new.by_id and a.role in ('reviewer', 'admin') and a.disabled_at is null) then
    return new;
  end if;
  raise exception 'only the proposer changes the edits of proposal %', new.proposal_id using errcode = 'NM011';
end $$;

-- What a reviewer adds is decided in the same transaction, so that it is never
-- taken for what was proposed.
create function added_is_decided() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from proposal p where p.id = new.proposal_id and p.proposer_id = new.by_id)
    and not exists (select from proposal_decision d where d.proposal_id = new.proposal_id and d.position = new.position and d.edit_version = 1
      and d.decision = 'corrected' and d.by_id = new.by_id) then
    raise exception 'what a reviewer adds to proposal % is a correction', new.proposal_id using errcode = 'NM011';
  end if;
  return null;
end $$;
create constraint trigger proposal_added after insert on proposal_edit deferrable initially deferred
  for each row execute function added_is_decided();
revoke all on function added_is_decided() from public;

comment on table proposal_edit is 'The edits of proposals, each in every version that its proposer gave it, and those that a reviewer added as a correction.';
comment on column proposal_edit.by_id is 'Who wrote this version: the proposer, or the reviewer who added the edit.';

insert into schema_applied (version) values (41);
