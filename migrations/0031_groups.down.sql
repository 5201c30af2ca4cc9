drop function add_links(bigint[], text[], jsonb[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[]);
drop function history.open_changesets(bigint[], text[], jsonb[]);
drop trigger changeset_is_counted on changeset;
create constraint trigger changeset_is_counted after insert on changeset deferrable initially deferred
  for each row when (new.id < 4611686018427387904) execute function changeset_is_counted();
create or replace function tally_link() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare links text; organizations text;
begin
  if history.is_preview() then
    return null;
  elsif tg_op = 'INSERT' then
    select string_agg(concat('"(', id, ',', initiative_id, ',', principle_id, ',', origin, ',', relation, ',1)",'), '') into links from new_rows;
  elsif tg_op = 'DELETE' then
    select string_agg(concat('"(,', initiative_id, ',', principle_id, ',', origin, ',', relation, ',-1)",'), '') into links from old_rows;
    select string_agg(distinct i.organization_id || ',', '') into organizations
    from old_rows l join initiative i on i.id = l.initiative_id where l.relation = 'supports';
  else
    with moved as (
      select o.initiative_id, o.principle_id, o.origin, o.relation, n.initiative_id as now_of, n.principle_id as now_to, n.origin as now_by, n.relation as now_is
      from old_rows o join new_rows n on n.id = o.id
      where (o.initiative_id, o.principle_id, o.relation, o.origin) <> (n.initiative_id, n.principle_id, n.relation, n.origin)
    )
    select string_agg(concat('"(,', initiative_id, ',', principle_id, ',', origin, ',', relation, ',-1)","(,', now_of, ',', now_to, ',', now_by, ',', now_is, ',1)",'), ''),
      (select string_agg(distinct i.organization_id || ',', '') from moved m join initiative i on i.id in (m.initiative_id, m.now_of))
    into links, organizations from moved;
  end if;
  perform history.note('normmap.organizations', organizations);
  perform history.note('normmap.links', links);
  if current_setting('normmap.counting', true) is distinct from 'later' then
    perform history.count_noted();
  end if;
  return null;
end $$;
create or replace function history.count_noted() returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  links history.link_note[] := '{' || history.noted('normmap.links') || '}';
  candidates bigint[] := '{' || history.noted('normmap.candidates') || '}';
  organizations bigint[] := (select array_agg(distinct o) from unnest(('{' || history.noted('normmap.organizations') || '}')::bigint[]) o);
  moved bigint[] := '{' || history.noted('normmap.moved') || '}'; -- principles came into a current edition, or out of it
begin
  if moved is not null then
    moved := (select array_agg(distinct m) from unnest(moved) m where m not in (select o from unnest(organizations) o));
    if links is not null or candidates is not null then
      organizations := organizations || moved;
    else
      perform history.count_organizations(moved, false);
    end if;
  end if;
  if links is not null then
    insert into link_tally as t (principle_id, origin, relation, links)
    select n.principle_id, n.origin, n.relation, sum(n.more) from unnest(links) n group by 1, 2, 3 having sum(n.more) <> 0 order by 1, 2, 3
    on conflict on constraint link_tally_pkey do update set links = t.links + excluded.links;
    perform history.note_cocitations(array_agg(n.initiative_id), array_agg(n.principle_id), array_agg(n.more))
    from unnest(links) n where n.relation = 'supports' and n.origin = 'contributor';
  end if;
  if links is not null or candidates is not null then
    perform history.count_added((select array_agg(distinct n.link_id) from unnest(links) n where n.link_id is not null), candidates, organizations);
  end if;
  if organizations is not null then
    perform history.count_organizations(organizations, true);
  end if;
end $$;
drop function history.count_links(history.link_note[], bigint[]);
create or replace function history.link_insert() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $b$ declare rev bigint := history.current_rev(); begin if exists (select from new_rows where version <> rev) then raise exception 'a row must carry the changeset that writes it as its version' using errcode = 'NM003'; end if; insert into history.link (since_rev, id, initiative_id, principle_id, relation, property, origin, asserter_id, rationale, strength, version) select rev, n.id, n.initiative_id, n.principle_id, n.relation, n.property, n.origin, n.asserter_id, n.rationale, n.strength, n.version from new_rows n; return null; end $b$;
delete from schema_applied where version = 31;
