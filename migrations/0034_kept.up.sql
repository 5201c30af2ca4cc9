-- What instances keep in memory to show links beside their principles, and the
-- order in which the links of a principle are listed.

-- Texts, and the names of organizations and sources, hardly change while the
-- evidence does. One number says whether they did.
create table text_version (
  one     boolean not null default true constraint text_version_pkey primary key constraint text_version_one_check check (one),
  version bigint not null
);
comment on table text_version is 'One row: how often the texts changed, or a name that is shown beside them. Instances keep them in memory until it rises.';
comment on column text_version.one is 'Always true, so that there is one row.';
comment on column text_version.version is 'Raised at most once by a transaction, or by each savepoint of it.';
insert into text_version (version) values (0);
grant select on text_version to normmap_app;

-- It is raised once, however many statements a transaction has: each would
-- leave a row behind that the next one goes through. What says that it was
-- raised ends with the transaction, and goes back with a savepoint. Whoever only
-- looks at what edits would do leaves it alone: others write meanwhile.
create function texts_changed() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if current_setting('normmap.texts_changed', true) is distinct from 'yes' and not history.is_preview() then
    update text_version set version = version + 1;
    perform set_config('normmap.texts_changed', 'yes', true);
  end if;
  return null;
end $$;
comment on function texts_changed is 'Says that what instances keep in memory has changed.';
revoke all on function texts_changed() from public;

do $$
declare v_name text;
begin
  foreach v_name in array array['agreement', 'agreement_event', 'edition', 'principle', 'numbering', 'numbering_label', 'fact_source', 'statement',
    'crosswalk', 'addressee_ruling'] loop
    execute format('create trigger texts_changed after insert or update or delete on %I for each statement execute function texts_changed()', v_name);
  end loop;
  -- A name that is new is kept nowhere yet.
  foreach v_name in array array['organization', 'source', 'element'] loop
    execute format('create trigger texts_changed after delete on %I for each row execute function texts_changed()', v_name);
  end loop;
end $$;
create trigger texts_renamed after update on organization for each row
  when ((old.slug, old.name) is distinct from (new.slug, new.name)) execute function texts_changed();
create trigger texts_renamed after update on source for each row
  when ((old.slug, old.title) is distinct from (new.slug, new.title)) execute function texts_changed();
create trigger texts_renamed after update on element for each row
  when ((old.slug, old.title) is distinct from (new.slug, new.title)) execute function texts_changed();

-- The list of links goes by their numbers, within a principle too.
create index link_principle_id_id_idx on link (principle_id, id);

insert into schema_applied (version) values (34);
