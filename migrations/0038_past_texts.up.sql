-- Texts change at few of all revisions: those between two such revisions have
-- the same ones, which instances keep in memory for the past, too.

create table history.text_revision (
  revision bigint not null,
  constraint text_revision_pkey primary key (revision)
);
comment on table history.text_revision is 'The revisions that changed texts, or a name that is shown beside them.';
comment on column history.text_revision.revision is 'The revision.';
grant select on history.text_revision to normmap_app, normmap_past;

do $$
declare v_name text;
begin
  foreach v_name in array array['agreement', 'agreement_event', 'edition', 'principle', 'numbering', 'numbering_label', 'fact_source', 'statement',
    'crosswalk', 'addressee_ruling'] loop
    execute format('insert into history.text_revision (revision) select distinct since_rev from history.%I on conflict do nothing', v_name);
    execute format('insert into history.text_revision (revision) select distinct until_rev from history.%I where until_rev < 9223372036854775807 on conflict do nothing', v_name);
  end loop;
  foreach v_name in array array['organization', 'source', 'element'] loop
    execute format('insert into history.text_revision (revision) select distinct until_rev from history.%I where until_rev < 9223372036854775807 on conflict do nothing', v_name);
  end loop;
end $$;

create or replace function texts_changed() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if history.is_preview() then
    return null;
  end if;
  insert into history.text_revision (revision) values (history.current_rev()) on conflict on constraint text_revision_pkey do nothing;
  if current_setting('normmap.texts_changed', true) is distinct from 'yes' then
    update text_version set version = version + 1;
    perform set_config('normmap.texts_changed', 'yes', true);
  end if;
  return null;
end $$;

insert into schema_applied (version) values (38);
