do $$
declare t record;
begin
  for t in select tgname, tgrelid::regclass as rel from pg_trigger where tgname like 'tally\_%' and not tgisinternal loop
    execute format('drop trigger %I on %s', t.tgname, t.rel);
  end loop;
end $$;
drop function tally_link(), tally_assessment(), tally_candidate(), tally_citation(), tally_reference(), tally_line(), tally_initiative(),
  tally_noted(), tally_organization(), tally_edition(), history.recount(bigint[]), history.recount_later(), history.recount_now(), history.note_cocitations(bigint[], bigint[], int[]), history.is_preview();
drop table organization_tally, group_tally, record_tally, cocitation_tally;
drop view group_recount, organization_recount, record_recount, cocitation_recount, evidence;
drop view asof.group_tally, asof.organization_tally, asof.record_tally, asof.cocitation_tally, asof.evidence;
drop index link_principle_id_idx;
create index link_principle_id_idx on link (principle_id, id desc);
drop index history.link_principle_id_idx;
create index link_principle_id_idx on history.link (principle_id);
delete from schema_applied where version = 21;
