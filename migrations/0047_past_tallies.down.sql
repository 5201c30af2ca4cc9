drop index history.source_without_url_idx;
drop index history.initiative_without_url_idx;
drop index history.initiative_promise_idx;
drop view asof.organization_tally, asof.adherence_tally, asof.group_tally, asof.adherence_group_tally, asof.link_tally, asof.record_tally, asof.unresolved_tally;
do $$
declare t text;
begin
  foreach t in array array['organization_tally', 'group_tally', 'adherence_tally', 'adherence_group_tally', 'record_tally', 'link_tally', 'unresolved_tally'] loop
    execute format('alter view recounted.%I set schema asof', t);
  end loop;
end $$;
drop schema recounted;
drop function asof.all_counted();
drop function history.keep_tallies(int, int);
drop function history.keep_rows(bigint, bigint);
drop function history.keep_organizations(bigint, bigint);
drop function history.tally_changes(bigint, bigint);
drop function history.changed_rows(text, bigint, bigint);
drop table history.tally_end;
drop table history.row_course;
drop table history.link_course;
drop table history.group_course;
drop table history.organization_course;

delete from schema_applied where version = 47;
