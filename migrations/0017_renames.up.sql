-- Old names of editions and principles lead to the new ones, as slugs do; and
-- withdrawn rows can be given back.

create table address_within (
  kind      text not null constraint address_within_kind_check check (kind in ('edition', 'principle')),
  within_id bigint not null,
  slug      text not null constraint address_within_slug_check check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  id        bigint not null,
  constraint address_within_pkey primary key (kind, within_id, slug)
);
create index address_within_id_idx on address_within (id, kind);
comment on table address_within is 'Every slug of an edition within its agreement and every label of a principle within its edition that was ever given out: never used again for another one.';
comment on column address_within.kind is 'What sort of thing.';
comment on column address_within.within_id is 'The agreement of an edition, the edition of a principle.';
comment on column address_within.slug is 'The slug or label.';
comment on column address_within.id is 'The edition or principle that has, or had, it.';

-- Claims the name of an edition or principle; refuses one that another has or had.
create function claim_address_within() returns trigger
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
revoke all on function claim_address_within() from public; -- else anyone could claim names by a table of his own
comment on function claim_address_within is 'Records the name of an edition or principle in address_within, or refuses one that another has or had.';
create trigger claim_address_within after insert or update of slug, agreement_id on edition for each row execute function claim_address_within();
create trigger claim_address_within after insert or update of label, edition_id on principle for each row execute function claim_address_within();

-- What is recorded keeps its name; then whoever had it last.
insert into address_within (kind, within_id, slug, id)
select distinct on (agreement_id, slug) 'edition', agreement_id, slug, id from history.edition order by agreement_id, slug, until_rev desc, id desc;
insert into address_within (kind, within_id, slug, id)
select distinct on (edition_id, label) 'principle', edition_id, label, id from history.principle order by edition_id, label, until_rev desc, id desc;
grant select on address_within to normmap_app;

create view asof.address_within as select kind, within_id, slug, id from public.address_within;
comment on view asof.address_within is 'Every name of editions and principles that was ever given out, later ones too: they lead back to what had another name then.';
grant select on asof.address_within to normmap_past;

create function history.bring_back(p_kind text, p_ids bigint[], p_until bigint) returns void
  language plpgsql as $$
declare
  cols text; source_cols text; rev bigint := nullif(current_setting('normmap.changeset', true), '')::bigint;
begin
  if not exists (select from history.tracked where name = p_kind) then
    raise exception 'no tracked table %', p_kind;
  end if;
  select string_agg(quote_ident(attname), ', ' order by attnum), string_agg(case attname when 'version' then '$3' else quote_ident(attname) end, ', ' order by attnum)
    into cols, source_cols from pg_attribute
    where attrelid = ('public.' || quote_ident(p_kind))::regclass and attnum > 0 and not attisdropped;
  execute format('insert into public.%1$I (%2$s) select %3$s from history.%1$I where id = any ($1) and until_rev = $2 and $3 > 0 order by id', p_kind, cols, source_cols)
    using p_ids, p_until, rev;
end $$;
comment on function history.bring_back is 'Gives rows of one kind back with the values that they had until a changeset took them. Inside a changeset.';
revoke all on function history.bring_back(text, bigint[], bigint) from public;
grant execute on function history.bring_back(text, bigint[], bigint) to normmap_app;

insert into schema_applied (version) values (17);
