drop view asof.principle_figures;
drop view principle_figures;
create or replace view asof.possible_citation as
select k.principle_id, k.citation_id from asof.citation_candidate k join asof.citation c on c.id = k.citation_id where c.resolution = 'ambiguous';
drop trigger once_contested on link;
drop trigger once_contested on assessment;
drop trigger once_possible on possible_citation;
drop function note_once_contested();
drop function note_once_possible();
drop table once_contested;
drop table once_possible;
drop index history.fact_source_entity_idx;
drop index history.numbering_label_principle_id_idx;
drop index history.citation_candidate_citation_id_idx;
drop index history.link_initiative_id_idx;
create index link_initiative_id_idx on history.link (initiative_id);
drop index history.link_principle_id_idx;
create index link_principle_id_idx on history.link (principle_id, origin, id);
create or replace function history.look_back(t text) returns void language plpgsql as $gen$
declare cols text;
begin
  select string_agg(quote_ident(attname), ', ' order by attnum) into cols
    from pg_attribute where attrelid = ('public.' || quote_ident(t))::regclass and attnum > 0 and not attisdropped;
  execute format('create or replace view asof.%1$I as select %2$s from history.%1$I
    where since_rev <= current_setting(''normmap.as_of'')::bigint and until_rev > current_setting(''normmap.as_of'')::bigint', t, cols);
  execute format('comment on view asof.%1$I is %2$L', t, t || ' as it was at the revision that is looked at.');
  execute format('grant select on asof.%1$I to normmap_past', t);
end $gen$;
do $$ declare t text; begin
  for t in select name from history.tracked order by position loop
    perform history.look_back(t);
  end loop;
end $$;
create or replace function history.look_back(t text) returns void language plpgsql as $gen$
declare cols text;
begin
  select string_agg(quote_ident(attname), ', ' order by attnum) into cols
    from pg_attribute where attrelid = ('public.' || quote_ident(t))::regclass and attnum > 0 and not attisdropped;
  execute format('create view asof.%1$I as select %2$s from history.%1$I
    where since_rev <= current_setting(''normmap.as_of'')::bigint and until_rev > current_setting(''normmap.as_of'')::bigint', t, cols);
  execute format('comment on view asof.%1$I is %2$L', t, t || ' as it was at the revision that is looked at.');
  execute format('grant select on asof.%1$I to normmap_past', t);
end $gen$;
delete from schema_applied where version = 32;
