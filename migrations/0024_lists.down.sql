do $$
declare t record;
begin
  for t in select tgname, tgrelid::regclass as rel from pg_trigger where tgname in ('count_insert', 'count_update', 'count_delete') and not tgisinternal loop
    execute format('drop trigger %I on %s', t.tgname, t.rel);
  end loop;
end $$;
drop function count_link(), count_unresolved();
drop view asof.changeset_tally, asof.link_tally, asof.unresolved_tally, link_recount, unresolved_recount;
drop table changeset_tally, link_tally, unresolved_tally;
drop index organization_name_idx, history.organization_name_idx, source_title_idx, history.source_title_idx, citation_line_place_idx, history.citation_line_source_id_idx;
create index citation_line_source_id_idx on history.citation_line (source_id);
delete from schema_applied where version = 24;
