create or replace function texts_changed() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if current_setting('normmap.texts_changed', true) is distinct from 'yes' and not history.is_preview() then
    update text_version set version = version + 1;
    perform set_config('normmap.texts_changed', 'yes', true);
  end if;
  return null;
end $$;
drop table history.text_revision;
delete from schema_applied where version = 38;
