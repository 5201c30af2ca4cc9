do $$
declare t record;
begin
  for t in select tgname, tgrelid::regclass as rel from pg_trigger
    where tgfoid in ('tally_adherence'::regproc, 'count_organization'::regproc, 'count_promise'::regproc, 'count_adherence_evident'::regproc) loop
    execute format('drop trigger %I on %s', t.tgname, t.rel);
  end loop;
end $$;
drop function tally_adherence(), count_organization(), count_promise(), count_adherence_evident(), history.count_adherences(bigint[]);
drop view asof.adherence_group_tally, asof.adherence_tally, adherence_group_recount, adherence_recount;
drop table adherence_group_tally, adherence_tally;
delete from record_tally where what in ('promise', 'undated') or what like 'organization %';
comment on column record_tally.what is 'initiative, reference, citation, or unresolved for the citations that wait for a decision.';
do $$
declare v record;
begin
  for v in select * from (values ('public', 'record_recount'), ('asof', 'record_tally')) x (s, name) loop
    execute format('create or replace view %1$I.%2$I as
      select ''initiative'' as what, count(*) as rows from %1$I.initiative
      union all select ''reference'', count(*) from %1$I.reference
      union all select ''citation'', count(*) from %1$I.citation
      union all select ''unresolved'', count(*) from %1$I.citation where resolution in (''ambiguous'', ''out_of_range'', ''unknown_agreement'')', v.s, v.name);
  end loop;
end $$;
delete from schema_applied where version = 37;
