create index link_principle_id_id_idx on link (principle_id, id);

do $$
declare v_name text; event text;
begin
  foreach v_name in array array['link', 'citation', 'assessment'] loop
    foreach event in array array['insert', 'update', 'delete'] loop
      execute format('drop trigger list_%s on %I', event, v_name);
    end loop;
  end loop;
  foreach v_name in array array['initiative', 'reference', 'citation_line'] loop
    execute format('drop trigger list_early on %I', v_name);
    execute format('drop trigger list_named on %I', v_name);
  end loop;
end $$;
drop trigger list_answered on answer;
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
  return query
  with named as materialized (
    select a.place, a.relation, a.property, a.origin, a.rationale, a.strength,
      i.id as initiative_id, p.id as principle_id, x.id as asserter_id, i.slug as initiative, i.title as initiative_title,
      o.slug as organization, o.name as organization_name, p.ref as principle, p.title as principle_title, p.name as principle_name,
      p.agreement, p.current, coalesce(x.slug, '') as asserter, coalesce(x.name, '') as asserter_name, p.agreement_id, p.edition_id
    from unnest(p_initiatives, p_agreements, p_editions, p_labels, p_relations, p_properties, p_origins, p_asserters, p_rationales, p_strengths)
      with ordinality a (initiative, agreement, edition, label, relation, property, origin, asserter, rationale, strength, place)
    cross join lateral (select p.*, count(*) over () as alike from named_principle p
      where p.agreement = a.agreement and p.label = a.label and (p.edition = a.edition or a.edition = '' and p.current) limit 2) p
    cross join lateral (select i.id, i.slug, i.title, i.organization_id, i.reported_by_id from initiative i where i.slug = a.initiative limit 1) i
    cross join lateral (select o.slug, o.name from organization o where o.id = i.organization_id limit 1) o
    left join lateral (select x.id, x.slug, x.name from organization x where x.slug = nullif(a.asserter, '') limit 1) x on true
    where p.alike = 1 and (a.asserter = '') = (x.id is null)
      and x.id is distinct from i.organization_id and (x.id is null or x.id is distinct from i.reported_by_id)
  ),
  added as (
    insert into link (initiative_id, principle_id, relation, property, origin, asserter_id, rationale, strength, version)
    select n.initiative_id, n.principle_id, n.relation, n.property, n.origin, n.asserter_id, n.rationale, n.strength, first + n.place - 1 from named n
    returning id, version
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
  if added <> cardinality(p_initiatives) then
    raise exception 'what one of the links names is not found' using errcode = 'NM005';
  end if;
  perform pg_notify('normmap_news', (first + added - 1)::text);
end $$;

drop function list_early(), list_link(), list_cited(), list_assessed(), list_answered(), list_named();
drop function history.list_links(bigint[]);
drop view listed_link_recount;
drop table listed_link;

delete from schema_applied where version = 36;
