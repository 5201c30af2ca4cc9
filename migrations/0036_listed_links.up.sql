-- What lists of a principle's links show of each, in one place: a page of them
-- is a stretch of one index, and not a lookup in six tables for every row.

create table listed_link (
  principle_id     bigint not null,
  origin           text collate "C" not null,
  link_id          bigint not null,
  organization_id  bigint not null,
  asserter_id      bigint not null,
  citation_id      bigint not null,
  source_id        bigint not null,
  version          bigint not null,
  place            int not null,
  agreed           int not null,
  partly_agreed    int not null,
  disagreed        int not null,
  answered         int not null,
  initiative       text not null,
  initiative_title text not null,
  relation         text not null,
  property         text not null,
  strength         text not null,
  reference        text not null,
  rationale        text not null,
  constraint listed_link_pkey primary key (principle_id, origin, link_id)
) with (fillfactor = 90); -- room for the citation that comes after its link
comment on table listed_link is 'What lists of a principle''s links show of each but names of organizations and sources; kept by triggers.';
comment on column listed_link.principle_id is 'The principle.';
comment on column listed_link.origin is 'Who asserts the link: contributor, curator or third_party.';
comment on column listed_link.link_id is 'The link.';
comment on column listed_link.organization_id is 'The organization of the initiative.';
comment on column listed_link.asserter_id is 'The asserting organization; 0 for a curator''s link.';
comment on column listed_link.citation_id is 'The first citation that rests on the link; 0 for none.';
comment on column listed_link.source_id is 'The source of that citation; 0 for none.';
comment on column listed_link.version is 'That of the link.';
comment on column listed_link.place is 'The place of the initiative among those of its organization.';
comment on column listed_link.agreed is 'Assessments that agree.';
comment on column listed_link.partly_agreed is 'Assessments that agree in part.';
comment on column listed_link.disagreed is 'Assessments that disagree.';
comment on column listed_link.answered is 'Assessments that were answered.';
comment on column listed_link.initiative is 'The slug of the initiative.';
comment on column listed_link.initiative_title is 'Its title.';
comment on column listed_link.relation is 'As in the link.';
comment on column listed_link.property is 'As in the link.';
comment on column listed_link.strength is 'As in the link.';
comment on column listed_link.reference is 'The reference of the citation, as printed; empty for none.';
comment on column listed_link.rationale is 'As in the link.';

-- While a changeset is undone, rows may be there before what they point to.
create view listed_link_recount as
select l.principle_id, l.origin collate "C" as origin, l.id as link_id, coalesce(i.organization_id, 0) as organization_id, coalesce(l.asserter_id, 0) as asserter_id,
  coalesce(k.id, 0) as citation_id, coalesce(k.source_id, 0) as source_id, l.version, coalesce(i.position, 0) as place,
  h.agreed, h.partly_agreed, h.disagreed, h.answered, coalesce(i.slug, '') as initiative, coalesce(i.title, '') as initiative_title,
  l.relation, l.property, l.strength, coalesce(k.text, '') as reference, l.rationale
from link l
left join initiative i on i.id = l.initiative_id
left join lateral (
  select c.id, r.text, t.source_id
  from citation c
  left join reference r on r.id = c.reference_id
  left join citation_line t on t.id = r.line_id
  where c.link_id = l.id
  order by c.id
  limit 1
) k on true
cross join lateral (
  select (count(*) filter (where s.view = 'agrees'))::int as agreed, (count(*) filter (where s.view = 'partly'))::int as partly_agreed,
    (count(*) filter (where s.view = 'disagrees'))::int as disagreed,
    (count(*) filter (where exists (select from answer w where w.assessment_id = s.id)))::int as answered
  from assessment s
  where s.link_id = l.id
) h;
comment on view listed_link_recount is 'What listed_link must hold, looked up in the record.';
insert into listed_link select * from listed_link_recount order by principle_id, origin, link_id;
analyze listed_link;
grant select on listed_link, listed_link_recount to normmap_app;

create function history.list_links(p_links bigint[]) returns void language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare early text;
begin
  if cardinality(p_links) > 0 and not history.is_preview() then
    with listed as (
      insert into listed_link as s
      select v.* from listed_link_recount v where v.link_id = any (p_links)
      on conflict on constraint listed_link_pkey do update set organization_id = excluded.organization_id, asserter_id = excluded.asserter_id,
        citation_id = excluded.citation_id, source_id = excluded.source_id, version = excluded.version, place = excluded.place,
        agreed = excluded.agreed, partly_agreed = excluded.partly_agreed, disagreed = excluded.disagreed, answered = excluded.answered,
        initiative = excluded.initiative, initiative_title = excluded.initiative_title, relation = excluded.relation, property = excluded.property,
        strength = excluded.strength, reference = excluded.reference, rationale = excluded.rationale
      returning s.link_id, s.organization_id = 0 or s.citation_id <> 0 and s.source_id = 0 as early
    )
    select string_agg(link_id || ',', '') into early from listed where listed.early;
    perform history.note('normmap.listed_early', early);
  end if;
end $$;
comment on function history.list_links is 'Puts listed_link right for links, whatever happened to them, but for those that are gone.';

-- Links of which something was not there when they were listed are listed again.
create function list_early() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare links bigint[] := '{' || history.noted('normmap.listed_early') || '}';
begin
  perform history.list_links(links);
  return null;
end $$;
comment on function list_early is 'Lists links anew of which something came after them.';

create function list_link() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  if history.is_preview() then
    return null;
  elsif tg_op = 'DELETE' then
    delete from listed_link s using old_rows o where s.principle_id = o.principle_id and s.origin = o.origin and s.link_id = o.id;
    return null;
  elsif tg_op = 'UPDATE' then
    delete from listed_link s using old_rows o join new_rows n on n.id = o.id
    where (o.principle_id, o.origin) <> (n.principle_id, n.origin) and s.principle_id = o.principle_id and s.origin = o.origin and s.link_id = o.id;
  end if;
  perform history.list_links(array(select id from new_rows));
  return null;
end $$;
comment on function list_link is 'Keeps listed_link for links.';

create function list_cited() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  if tg_op = 'INSERT' then
    perform history.list_links(array(select distinct link_id from new_rows where link_id is not null));
  elsif tg_op = 'DELETE' then
    perform history.list_links(array(select distinct link_id from old_rows where link_id is not null));
  else
    perform history.list_links(array(
      select distinct k.link_id
      from old_rows o
      join new_rows n on n.id = o.id
      cross join lateral (values (o.link_id), (n.link_id)) k (link_id)
      where (o.link_id, o.reference_id) is distinct from (n.link_id, n.reference_id) and k.link_id is not null));
  end if;
  return null;
end $$;
comment on function list_cited is 'Keeps listed_link for citations.';

create function list_assessed() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  if tg_op = 'INSERT' then
    perform history.list_links(array(select distinct link_id from new_rows));
  elsif tg_op = 'DELETE' then
    perform history.list_links(array(select distinct link_id from old_rows));
  else
    perform history.list_links(array(select link_id from old_rows union select link_id from new_rows));
  end if;
  return null;
end $$;
comment on function list_assessed is 'Keeps listed_link for assessments.';

create function list_answered() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  perform history.list_links(array(select link_id from assessment where id in (old.assessment_id, new.assessment_id)));
  return null;
end $$;
comment on function list_answered is 'Keeps listed_link for answers.';

create function list_named() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  perform history.list_links(case tg_table_name
    when 'initiative' then array(select id from link where initiative_id = new.id)
    when 'reference' then array(select distinct link_id from citation where reference_id = new.id and link_id is not null)
    else array(select distinct c.link_id from reference r join citation c on c.reference_id = r.id where r.line_id = new.id and c.link_id is not null) end);
  return null;
end $$;
comment on function list_named is 'Keeps listed_link for what links and their citations point to.';

revoke all on function history.list_links(bigint[]), list_early(), list_link(), list_cited(), list_assessed(), list_answered(), list_named() from public;

do $$
declare v record; event text; seen text;
begin
  for v in select * from (values ('link', 'list_link'), ('citation', 'list_cited'), ('assessment', 'list_assessed')) x (name, does) loop
    foreach event in array array['insert', 'update', 'delete'] loop
      seen := case event when 'insert' then 'new table as new_rows' when 'delete' then 'old table as old_rows' else 'old table as old_rows new table as new_rows' end;
      execute format('create trigger list_%1$s after %1$s on %2$I referencing %3$s for each statement %5$s execute function %4$I()', event, v.name, seen, v.does,
        case when (v.name, event) = ('link', 'insert') then 'when (current_setting(''normmap.links_listed'', true) is distinct from ''yes'')' end);
    end loop;
  end loop;
  foreach seen in array array['initiative', 'reference', 'citation_line'] loop
    execute format('create trigger list_early after insert on %I for each statement
      when (current_setting(''normmap.listed_early'', true) <> '''') execute function list_early()', seen);
  end loop;
end $$;
create trigger list_answered after insert or update or delete on answer for each row execute function list_answered();
create trigger list_named after update on initiative for each row
  when ((old.slug, old.title, old.position, old.organization_id) is distinct from (new.slug, new.title, new.position, new.organization_id)) execute function list_named();
create trigger list_named after update on reference for each row
  when ((old.text, old.line_id) is distinct from (new.text, new.line_id)) execute function list_named();
create trigger list_named after update on citation_line for each row
  when (old.source_id is distinct from new.source_id) execute function list_named();

-- New links that are written one by one, or a few together, are listed by the
-- statement that adds them: it knows what the list shows of them already.
create or replace function add_links(p_accounts bigint[], p_reasons text[], p_edits jsonb[], p_initiatives text[], p_agreements text[], p_editions text[], p_labels text[],
    p_relations text[], p_properties text[], p_origins text[], p_asserters text[], p_rationales text[], p_strengths text[])
  returns table (place bigint, revision bigint, at timestamptz, id bigint, initiative_id bigint, principle_id bigint, asserter_id bigint,
    initiative text, initiative_title text, organization text, organization_name text,
    principle text, principle_title text, principle_name text, agreement text, current boolean, asserter text, asserter_name text,
    first_initiative text, first_principle text, first_asserter text)
  language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
#variable_conflict use_column
declare
  first bigint := history.open_changesets(p_accounts, p_reasons, p_edits);
  added bigint;
begin
  perform set_config('normmap.links_listed', 'yes', true);
  return query
  with named as materialized (
    select a.place, a.relation, a.property, a.origin, a.rationale, a.strength,
      i.id as initiative_id, p.id as principle_id, x.id as asserter_id, i.slug as initiative, i.title as initiative_title, i.organization_id, i.position,
      o.slug as organization, o.name as organization_name, p.ref as principle, p.title as principle_title, p.name as principle_name,
      p.agreement, p.current, coalesce(x.slug, '') as asserter, coalesce(x.name, '') as asserter_name, p.agreement_id, p.edition_id
    from unnest(p_initiatives, p_agreements, p_editions, p_labels, p_relations, p_properties, p_origins, p_asserters, p_rationales, p_strengths)
      with ordinality a (initiative, agreement, edition, label, relation, property, origin, asserter, rationale, strength, place)
    cross join lateral (select p.*, count(*) over () as alike from named_principle p
      where p.agreement = a.agreement and p.label = a.label and (p.edition = a.edition or a.edition = '' and p.current) limit 2) p
    cross join lateral (select i.id, i.slug, i.title, i.organization_id, i.reported_by_id, i.position from initiative i where i.slug = a.initiative limit 1) i
    cross join lateral (select o.slug, o.name from organization o where o.id = i.organization_id limit 1) o
    left join lateral (select x.id, x.slug, x.name from organization x where x.slug = nullif(a.asserter, '') limit 1) x on true
    where p.alike = 1 and (a.asserter = '') = (x.id is null)
      and x.id is distinct from i.organization_id and (x.id is null or x.id is distinct from i.reported_by_id)
  ),
  added as (
    insert into link (initiative_id, principle_id, relation, property, origin, asserter_id, rationale, strength, version)
    select n.initiative_id, n.principle_id, n.relation, n.property, n.origin, n.asserter_id, n.rationale, n.strength, first + n.place - 1 from named n
    returning id, version
  ),
  listed as (
    insert into listed_link (principle_id, origin, link_id, organization_id, asserter_id, citation_id, source_id, version, place,
      agreed, partly_agreed, disagreed, answered, initiative, initiative_title, relation, property, strength, reference, rationale)
    select n.principle_id, n.origin, l.id, n.organization_id, coalesce(n.asserter_id, 0), 0, 0, l.version, n.position,
      0, 0, 0, 0, n.initiative, n.initiative_title, n.relation, n.property, n.strength, '', n.rationale
    from added l
    join named n on n.place = l.version - first + 1
  )
  select n.place, l.version, c.at, l.id, n.initiative_id, n.principle_id, n.asserter_id, n.initiative, n.initiative_title,
    n.organization, n.organization_name, n.principle, n.principle_title, n.principle_name, n.agreement, n.current, n.asserter, n.asserter_name,
    (select h.slug from history.initiative h where h.id = n.initiative_id order by h.until_rev limit 1),
    (select h.slug from history.agreement h where h.id = n.agreement_id order by h.until_rev limit 1) || '@' ||
      (select h.slug from history.edition h where h.id = n.edition_id order by h.until_rev limit 1) || '/' ||
      (select h.label from history.principle h where h.id = n.principle_id order by h.until_rev limit 1),
    coalesce((select h.slug from history.organization h where h.id = n.asserter_id order by h.until_rev limit 1), '')
  from added l
  join named n on n.place = l.version - first + 1
  cross join lateral (select c.at from changeset c where c.id = l.version limit 1) c;
  get diagnostics added = row_count;
  perform set_config('normmap.links_listed', '', true);
  if added <> cardinality(p_initiatives) then
    raise exception 'what one of the links names is not found' using errcode = 'NM005';
  end if;
  perform pg_notify('normmap_news', (first + added - 1)::text);
end $$;

-- Lists by number go through listed_link, origin by origin.
drop index link_principle_id_id_idx;

insert into schema_applied (version) values (36);
