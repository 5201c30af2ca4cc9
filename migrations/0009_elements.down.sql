select history.untrack('element_reading');
select history.untrack('element');

delete from address where kind = 'element';
alter table address drop constraint address_kind_check,
  add constraint address_kind_check check (kind in ('agreement', 'organization', 'initiative', 'source'));

-- Facts about elements stay as they are: the constraint then holds for what is
-- written from now on, and for every row where there are none.
alter table fact_source drop constraint fact_source_kind_check,
  add constraint fact_source_kind_check check (kind in ('agreement', 'edition', 'principle', 'numbering', 'organization', 'initiative', 'adherence', 'source')) not valid;
do $$ begin
  alter table fact_source validate constraint fact_source_kind_check;
exception when check_violation then null;
end $$;

delete from schema_applied where version = 9;
