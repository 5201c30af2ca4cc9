-- New links of several changesets are written by one statement: whoever waits
-- with a link is written together with those who wait as well, and what a
-- statement costs whatever it does is paid once by all of them.

-- open_changesets opens a changeset for each account, reason and edits.
create function history.open_changesets(p_accounts bigint[], p_reasons text[], p_edits jsonb[]) returns bigint
  language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp set timezone = 'UTC' set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$ -- the hash contains the moment as text
declare
  last bigint;
  last_hash bytea;
  moments timestamptz[];
  hashes bytea[];
begin
  perform pg_advisory_xact_lock(7226001); -- as open_changeset
  select id, hash into last, last_hash from changeset order by id desc limit 1;
  last := coalesce(last, 0);
  for i in 1 .. cardinality(p_accounts) loop
    moments[i] := clock_timestamp();
    last_hash := sha256(coalesce(last_hash, '') || convert_to(jsonb_build_array(last + i, 'account', p_accounts[i], p_reasons[i], moments[i], p_edits[i], null)::text, 'utf8'));
    hashes[i] := last_hash;
  end loop;
  insert into changeset (id, xid, actor, account_id, reason, at, edits, hash)
  select last + n.place, pg_current_xact_id(), 'account', n.account_id, n.reason, n.at, n.edits, n.hash
  from unnest(p_accounts, p_reasons, moments, p_edits, hashes) with ordinality n (account_id, reason, at, edits, hash, place);
  perform set_config('normmap.changeset', (last + cardinality(p_accounts))::text, true);
  return last + 1;
end $$;
comment on function history.open_changesets is 'Opens changesets of accounts, one after the other, for the current transaction, and returns the first revision. READ COMMITTED only.';

-- Links of several changesets may be written together. Each carries its own,
-- which must be of this transaction, and must be one that was never there.
create or replace function history.link_insert() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare rev bigint := history.current_rev();
begin
  if exists (select from new_rows n where n.version <> rev
    and (not exists (select from public.changeset c where c.id = n.version and c.id < rev and c.xid = pg_current_xact_id_if_assigned())
      or exists (select from history.link h where h.id = n.id))) then
    raise exception 'a row must carry the changeset that writes it as its version' using errcode = 'NM003';
  end if;
  insert into history.link (since_rev, id, initiative_id, principle_id, relation, property, origin, asserter_id, rationale, strength, version)
  select n.version, n.id, n.initiative_id, n.principle_id, n.relation, n.property, n.origin, n.asserter_id, n.rationale, n.strength, n.version from new_rows n;
  return null;
end $$;

-- Whoever adds links tells the other instances in the same transaction. Nobody
-- waits for that any longer than for the lock that writers take anyway, and
-- what is told is the revision, after which nobody need ask.
create function add_links(p_accounts bigint[], p_reasons text[], p_edits jsonb[], p_initiatives text[], p_agreements text[], p_editions text[], p_labels text[],
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
comment on function add_links is 'Opens a changeset for each of several links, adds them, and gives them with the names that they go by; or adds none.';

-- count_links counts links that came and went, as they were noted, but for
-- organizations that are counted anew. What contributors cite is more than that:
-- see count_added.
create function history.count_links(p_links history.link_note[], p_but bigint[]) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
  with noted as materialized (
    select n.link_id, n.initiative_id, n.principle_id, n.origin, n.relation, n.more from unnest(p_links) n
  ),
  by_kind as (
    insert into link_tally as t (principle_id, origin, relation, links)
    select principle_id, origin, relation, sum(more) from noted group by principle_id, origin, relation having sum(more) <> 0 order by principle_id, origin, relation
    on conflict on constraint link_tally_pkey do update set links = t.links + excluded.links
  ),
  change as materialized (
    select i.organization_id, i.stakeholder_group, s.about, s.about_id,
      count(*) filter (where n.origin = 'curator')::int as curator_links, count(*) filter (where n.origin = 'third_party')::int as third_party_links
    from noted n
    cross join lateral (select i.organization_id, o.stakeholder_group from initiative i join organization o on o.id = i.organization_id
      where i.id = n.initiative_id limit 1) i
    cross join lateral (select case when e.current then e.agreement_id end as agreement_id from principle p join edition e on e.id = p.edition_id
      where p.id = n.principle_id limit 1) e
    cross join lateral (values ('principle', n.principle_id), ('agreement', e.agreement_id),
      ('record', case when e.agreement_id is not null then 0 end)) s (about, about_id)
    where n.link_id is not null and n.origin <> 'contributor' and n.relation = 'supports' and s.about_id is not null
      and (p_but is null or i.organization_id <> all (p_but))
    group by i.organization_id, i.stakeholder_group, s.about, s.about_id
  ),
  -- Who writes is alone, so what is not there to be changed can be added.
  changed as (
    update organization_tally t set curator_links = t.curator_links + d.curator_links, third_party_links = t.third_party_links + d.third_party_links
    from change d where t.organization_id = d.organization_id and t.about = d.about and t.about_id = d.about_id
    returning d.organization_id, d.stakeholder_group, d.about, d.about_id, d.curator_links, d.third_party_links
  ),
  fresh as (
    insert into organization_tally (organization_id, stakeholder_group, about, about_id, curator_links, third_party_links, links, contested, possibly_cited, initiatives, settled)
    select n.organization_id, n.stakeholder_group, n.about, n.about_id, n.curator_links, n.third_party_links, 0, 0, 0, 0, ''
    from (select organization_id, stakeholder_group, about, about_id, curator_links, third_party_links from change
      except select organization_id, stakeholder_group, about, about_id, curator_links, third_party_links from changed) n
    returning about, about_id, stakeholder_group
  )
  insert into group_tally as g (about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives,
    organizations, evident, contested_cells, cited_cells, reviewed_cells, outside_cells, inside_cells)
  select about, about_id, stakeholder_group, 0, 0, sum(curator_links), sum(third_party_links), 0, 0, sum(organizations), 0, 0, 0, 0, 0, 0
  from (select about, about_id, stakeholder_group, curator_links, third_party_links, 0 as organizations from change
    union all select about, about_id, stakeholder_group, 0, 0, 1 from fresh) d
  group by about, about_id, stakeholder_group
  on conflict on constraint group_tally_pkey do update set curator_links = g.curator_links + excluded.curator_links,
    third_party_links = g.third_party_links + excluded.third_party_links, organizations = g.organizations + excluded.organizations;
end $$;
comment on function history.count_links is 'Adds to the tallies what links add that came and went, but for what contributors cite and for organizations that are counted anew.';

create or replace function history.count_noted() returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  links history.link_note[] := '{' || history.noted('normmap.links') || '}';
  candidates bigint[] := '{' || history.noted('normmap.candidates') || '}';
  organizations bigint[] := (select array_agg(distinct o) from unnest(('{' || history.noted('normmap.organizations') || '}')::bigint[]) o);
  moved bigint[] := '{' || history.noted('normmap.moved') || '}'; -- principles came into a current edition, or out of it
  cited bigint[]; -- links of contributors that came
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
    perform history.count_links(links, organizations);
    if exists (select from unnest(links) n where n.origin = 'contributor') then
      perform history.note_cocitations(array_agg(n.initiative_id), array_agg(n.principle_id), array_agg(n.more))
      from unnest(links) n where n.relation = 'supports' and n.origin = 'contributor';
      cited := (select array_agg(distinct n.link_id) from unnest(links) n where n.link_id is not null and n.origin = 'contributor');
    end if;
  end if;
  if cited is not null or candidates is not null then
    perform history.count_added(cited, candidates, organizations);
  end if;
  if organizations is not null then
    perform history.count_organizations(organizations, true);
  end if;
end $$;

-- Links that are written together are counted at once, unless they are few and
-- more may follow that share their rows, or organizations are counted anew.
create or replace function tally_link() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare links text; organizations text; later boolean := current_setting('normmap.counting', true) is not distinct from 'later';
begin
  if history.is_preview() then
    return null;
  elsif tg_op = 'INSERT' then
    if (not later or coalesce(current_setting('normmap.organizations', true), '') = '' and (select count(*) from (select from new_rows limit 100) x) = 100)
      and not exists (select from new_rows where origin = 'contributor') then
      perform history.count_links(array_agg(row(id, initiative_id, principle_id, origin, relation, 1)::history.link_note), null) from new_rows having count(*) > 0;
      return null;
    end if;
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
  if not later then
    perform history.count_noted();
  end if;
  return null;
end $$;

-- There is nothing to be told of a changeset of which nothing is put off.
drop trigger changeset_is_counted on changeset;
create constraint trigger changeset_is_counted after insert on changeset deferrable initially deferred
  for each row when (new.id < 4611686018427387904 and current_setting('normmap.counting', true) = 'later') execute function changeset_is_counted();

revoke all on function history.open_changesets(bigint[], text[], jsonb[]), history.count_links(history.link_note[], bigint[]),
  add_links(bigint[], text[], jsonb[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[]) from public;
grant execute on function add_links(bigint[], text[], jsonb[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[]) to normmap_app;

insert into schema_applied (version) values (31);
