do $$ declare t text; f text; begin
  foreach t in array array['organization', 'source', 'adherence', 'principle', 'initiative', 'initiative_partner', 'link', 'citation_line',
    'reference', 'citation', 'citation_candidate', 'assessment']
  loop
    execute format('revoke usage on sequence %I from normmap_app', t || '_id_seq');
  end loop;
  for t, f in values ('agreement', 'claim_address'), ('organization', 'claim_address'), ('source', 'claim_address'), ('initiative', 'claim_address'),
    ('element', 'claim_address'), ('edition', 'claim_address_within'), ('principle', 'claim_address_within')
  loop
    execute format('drop trigger %I on %I', f || '_anew', t);
    execute format('drop trigger %I on %I', f, t);
  end loop;
end $$;

create or replace function claim_address() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare owner bigint;
begin
  insert into address (kind, slug, id) values (tg_table_name, new.slug, new.id) on conflict do nothing;
  select id into owner from address where kind = tg_table_name and slug = new.slug;
  if owner <> new.id then
    raise exception 'the slug % is taken', new.slug using errcode = 'unique_violation', constraint = 'address_pkey', table = tg_table_name;
  end if;
  return null;
end $$;
comment on function claim_address is 'Records a row''s slug in address, or refuses one that another thing has or had.';
create trigger claim_address after insert or update of slug on agreement for each row execute function claim_address();
create trigger claim_address after insert or update of slug on organization for each row execute function claim_address();
create trigger claim_address after insert or update of slug on source for each row execute function claim_address();
create trigger claim_address after insert or update of slug on initiative for each row execute function claim_address();
create trigger claim_address after insert or update of slug on element for each row execute function claim_address();

create or replace function claim_address_within() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare owner bigint; name text; place bigint;
begin
  if tg_table_name = 'edition' then
    name := new.slug; place := new.agreement_id;
  else
    name := new.label; place := new.edition_id;
  end if;
  insert into address_within (kind, within_id, slug, id) values (tg_table_name, place, name, new.id) on conflict do nothing;
  select id into owner from address_within where kind = tg_table_name and within_id = place and slug = name;
  if owner <> new.id then
    raise exception 'the name % is taken', name using errcode = 'unique_violation', constraint = 'address_within_pkey', table = tg_table_name;
  end if;
  return null;
end $$;
comment on function claim_address_within is 'Records the name of an edition or principle in address_within, or refuses one that another has or had.';
create trigger claim_address_within after insert or update of slug, agreement_id on edition for each row execute function claim_address_within();
create trigger claim_address_within after insert or update of label, edition_id on principle for each row execute function claim_address_within();

alter table changeset alter column edits set compression default;

delete from schema_applied where version = 23;
