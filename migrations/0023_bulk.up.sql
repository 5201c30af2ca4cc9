-- Many rows at once: names are claimed for all rows of a statement together, and
-- a row may be given its number before it is written, so that its parts can be
-- made at the same time.

-- A changeset of thousands of edits took longer to compress than to write.
do $$ begin
  alter table changeset alter column edits set compression lz4;
exception when feature_not_supported then null; -- a server that was built without it goes on as before
end $$;

create or replace function claim_address() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare lost text;
begin
  insert into address (kind, slug, id) select tg_table_name, n.slug, n.id from new_rows n on conflict do nothing;
  select n.slug into lost from new_rows n join address a on a.kind = tg_table_name and a.slug = n.slug
    where a.id <> n.id order by n.slug limit 1;
  if lost is not null then
    raise exception 'the slug % is taken', lost using errcode = 'unique_violation', constraint = 'address_pkey', table = tg_table_name;
  end if;
  return null;
end $$;
comment on function claim_address is 'Records the slugs of a statement''s rows in address, or refuses one that another thing has or had.';

create or replace function claim_address_within() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare lost text;
begin
  if tg_table_name = 'edition' then
    insert into address_within (kind, within_id, slug, id) select 'edition', n.agreement_id, n.slug, n.id from new_rows n on conflict do nothing;
    select n.slug into lost from new_rows n join address_within a on a.kind = 'edition' and a.within_id = n.agreement_id and a.slug = n.slug
      where a.id <> n.id order by n.slug limit 1;
  else
    insert into address_within (kind, within_id, slug, id) select 'principle', n.edition_id, n.label, n.id from new_rows n on conflict do nothing;
    select n.label into lost from new_rows n join address_within a on a.kind = 'principle' and a.within_id = n.edition_id and a.slug = n.label
      where a.id <> n.id order by n.label limit 1;
  end if;
  if lost is not null then
    raise exception 'the name % is taken', lost using errcode = 'unique_violation', constraint = 'address_within_pkey', table = tg_table_name;
  end if;
  return null;
end $$;
comment on function claim_address_within is 'Records the names of a statement''s editions or principles in address_within, or refuses one that another has or had.';

do $$ declare t text; f text; begin
  for t, f in values ('agreement', 'claim_address'), ('organization', 'claim_address'), ('source', 'claim_address'), ('initiative', 'claim_address'),
    ('element', 'claim_address'), ('edition', 'claim_address_within'), ('principle', 'claim_address_within')
  loop
    execute format('drop trigger %I on %I', f, t);
    execute format('create trigger %1$I after insert on %2$I referencing new table as new_rows for each statement execute function %1$I()', f, t);
    execute format('create trigger %2$I after update on %3$I referencing new table as new_rows for each statement execute function %1$I()', f, f || '_anew', t);
  end loop;
  foreach t in array array['organization', 'source', 'adherence', 'principle', 'initiative', 'initiative_partner', 'link', 'citation_line',
    'reference', 'citation', 'citation_candidate', 'assessment']
  loop
    execute format('grant usage on sequence %I to normmap_app', t || '_id_seq');
  end loop;
end $$;

insert into schema_applied (version) values (23);
