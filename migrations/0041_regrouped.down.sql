drop trigger proposal_added on proposal_edit;
drop function added_is_decided();
create or replace function only_the_proposer() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from proposal p where p.id = new.proposal_id and p.proposer_id = new.by_id) then
    raise exception 'only the proposer changes the edits of proposal %', new.proposal_id using errcode = 'NM011';
  end if;
  return new;
end $$;
comment on table proposal_edit is 'The edits of proposals, each in every version that its proposer gave it.';
comment on column proposal_edit.by_id is 'Who wrote this version: the proposer.';
delete from schema_applied where version = 41;
