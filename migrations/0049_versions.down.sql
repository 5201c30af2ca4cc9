create or replace function source_text_stays() returns trigger language plpgsql as $$
begin
  raise exception 'the text of source % is held and stays as it is', old.id using errcode = 'NM004';
end $$;
alter function source_text_stays() reset all;

-- Views that rest on the one that loses a column are made anew, the oldest first.
create temporary table resting on commit drop as
with recursive rests (oid) as (
  select 'asof.reference'::regclass::oid
  union
  select w.ev_class from rests r join pg_depend d on d.refobjid = r.oid and d.classid = 'pg_rewrite'::regclass join pg_rewrite w on w.oid = d.objid
)
select c.oid, c.oid::regclass::text as name, pg_get_viewdef(c.oid) as definition, obj_description(c.oid) as says
from rests join pg_class c using (oid)
where c.oid <> 'asof.reference'::regclass;
drop view asof.reference cascade;
alter table history.reference drop column place_as_of;
alter table reference drop column place_as_of;
comment on column reference.prefix is 'What stands before it in the line.';
comment on column reference.suffix is 'What stands after it in the line.';
select history.retrack('reference');
do $$ declare v record; begin
  for v in select * from resting order by oid loop
    execute 'create view ' || v.name || ' as ' || v.definition;
    execute format('comment on view %s is %L', v.name, v.says);
    execute 'grant select on ' || v.name || ' to normmap_past';
  end loop;
end $$;
drop function history.retrack(text);
drop table text_sketch;
drop index history.source_sha256_idx;

delete from schema_applied where version = 49;
