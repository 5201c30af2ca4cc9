-- What a transaction writes is counted once, at its end: how many changesets
-- share it, and how many rows each wrote one by one, matters little then.
--
-- Triggers only note what there is to count, in settings of the transaction,
-- which a savepoint that is rolled back takes with it. A constraint trigger on
-- the changeset counts it before the commit, or at once when whoever writes has
-- constraints checked at once: nothing that was noted is committed uncounted.

create type history.link_note as (
  link_id       bigint,
  initiative_id bigint,
  principle_id  bigint,
  origin        text,
  relation      text,
  more          int
);
comment on type history.link_note is 'A link that came or went, as it is noted until it is counted.';
comment on column history.link_note.link_id is 'The link when it is a new one; null for one that went or was changed.';
comment on column history.link_note.initiative_id is 'Its initiative.';
comment on column history.link_note.principle_id is 'Its principle.';
comment on column history.link_note.origin is 'Its origin.';
comment on column history.link_note.relation is 'Its relation.';
comment on column history.link_note.more is '1 for one that came, -1 for one that went.';

-- The settings: normmap.counting is later while things are noted, and the others
-- hold what was, each with a comma behind it.
create function history.note(p_setting text, p_notes text) returns void language plpgsql as $$
begin
  if p_notes <> '' then
    perform set_config(p_setting, concat(current_setting(p_setting, true), p_notes), true);
  end if;
end $$;
comment on function history.note is 'Adds to what was noted in the transaction.';

create function history.noted(p_setting text) returns text language plpgsql as $$
declare notes text := current_setting(p_setting, true);
begin
  if notes <> '' then
    perform set_config(p_setting, '', true);
  end if;
  return nullif(rtrim(notes, ','), '');
end $$;
comment on function history.noted is 'What was noted in the transaction, which is forgotten.';

-- count_organizations puts the tallies of organizations right, whatever happened
-- to them; when principles stayed what they were, those of principles are left.
create function history.count_organizations(p_organizations bigint[], p_whole boolean) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
  -- The same as the views evidence and organization_recount, but found from the
  -- organizations by indexes, and once.
  with theirs as materialized (
    select o.id as organization_id, o.stakeholder_group, i.id as initiative_id
    from organization o
    cross join lateral (select i.id from initiative i where i.organization_id = o.id limit 1000000) i
    where o.id = any (p_organizations)
  ),
  found as materialized (
    select v.organization_id, v.stakeholder_group, v.principle_id, case when e.current then e.agreement_id end as agreement_id,
      v.initiative_id, v.citation_id, v.what, v.contested
    from (
      select t.organization_id, t.stakeholder_group, l.principle_id, t.initiative_id, null::bigint as citation_id, l.origin as what,
        l.origin = 'contributor' and exists (select from assessment s where s.link_id = l.id and s.view = 'disagrees') as contested
      from theirs t
      cross join lateral (select l.id, l.principle_id, l.origin from link l where l.initiative_id = t.initiative_id and l.relation = 'supports' limit 1000000) l
      union all
      select t.organization_id, t.stakeholder_group, k.principle_id, t.initiative_id, k.citation_id, 'possible', false
      from theirs t
      cross join lateral (select k.principle_id, k.citation_id
        from citation_line x
        join reference r on r.line_id = x.id
        join citation c on c.reference_id = r.id
        join citation_candidate k on k.citation_id = c.id
        where x.initiative_id = t.initiative_id and c.resolution = 'ambiguous' limit 1000000) k
      union all
      select o.id, o.stakeholder_group, d.principle_id, null, null, d.what, false
      from (select organization_id, principle_id, 'reviewed' as what from cell_review where organization_id = any (p_organizations)
        union all select organization_id, principle_id, case when outside then 'outside' else 'inside' end from addressee_ruling
          where organization_id = any (p_organizations)) d
      join organization o on o.id = d.organization_id
    ) v
    left join principle p on p.id = v.principle_id
    left join edition e on e.id = p.edition_id
  ),
  counted as (
    select v.organization_id, s.about, s.about_id, v.stakeholder_group,
      count(*) filter (where v.what = 'contributor')::int as links, count(*) filter (where v.contested)::int as contested,
      count(*) filter (where v.what = 'curator')::int as curator_links, count(*) filter (where v.what = 'third_party')::int as third_party_links,
      count(distinct v.citation_id) filter (where v.what = 'possible')::int as possibly_cited,
      count(distinct v.initiative_id) filter (where v.what = 'contributor')::int as initiatives,
      case when s.about <> 'principle' then '' when bool_or(v.contested) then 'contested' when bool_or(v.what = 'contributor') then 'cited'
        when bool_or(v.what = 'reviewed') then 'reviewed_none_found' when bool_or(v.what = 'outside') then 'outside_addressee'
        when bool_or(v.what = 'inside') then 'not_reviewed' else '' end as settled
    from found v
    cross join lateral (values ('principle', v.principle_id), ('agreement', v.agreement_id), ('record', case when v.agreement_id is not null then 0 end)) s (about, about_id)
    where s.about_id is not null and (p_whole or s.about <> 'principle')
    group by v.organization_id, s.about, s.about_id, v.stakeholder_group
  ),
  both_sides as materialized (
    select organization_id, about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives, settled, 1 as side
    from counted
    union all
    select organization_id, about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives, settled, -1
    from organization_tally where organization_id = any (p_organizations) and (p_whole or about <> 'principle')
  ),
  changed as materialized (
    select organization_id, about, about_id from both_sides
    group by organization_id, about, about_id
    having sum(side * links) <> 0 or sum(side * contested) <> 0 or sum(side * curator_links) <> 0 or sum(side * third_party_links) <> 0
      or sum(side * possibly_cited) <> 0 or sum(side * initiatives) <> 0 or sum(side) <> 0
      or min(settled) <> max(settled) or min(stakeholder_group) <> max(stakeholder_group)
  ),
  affected as materialized (
    select b.* from both_sides b join changed using (organization_id, about, about_id)
  ),
  gone as (
    delete from organization_tally t using (
      select organization_id, about, about_id from affected group by organization_id, about, about_id having max(side) < 0) a
    where t.organization_id = a.organization_id and t.about = a.about and t.about_id = a.about_id
  ),
  written as (
    insert into organization_tally as t (organization_id, about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives, settled)
    select organization_id, about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives, settled
    from affected where side > 0
    on conflict on constraint organization_tally_pkey do update set stakeholder_group = excluded.stakeholder_group, links = excluded.links,
      contested = excluded.contested, curator_links = excluded.curator_links, third_party_links = excluded.third_party_links,
      possibly_cited = excluded.possibly_cited, initiatives = excluded.initiatives, settled = excluded.settled
  )
  insert into group_tally as g (about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives,
    organizations, evident, contested_cells, cited_cells, reviewed_cells, outside_cells, inside_cells)
  select about, about_id, stakeholder_group, sum(side * links), sum(side * contested), sum(side * curator_links), sum(side * third_party_links),
    sum(side * possibly_cited), sum(side * initiatives), sum(side), coalesce(sum(side) filter (where links > 0), 0),
    coalesce(sum(side) filter (where settled = 'contested'), 0), coalesce(sum(side) filter (where settled = 'cited'), 0),
    coalesce(sum(side) filter (where settled = 'reviewed_none_found'), 0),
    coalesce(sum(side) filter (where settled = 'outside_addressee'), 0), coalesce(sum(side) filter (where settled = 'not_reviewed'), 0)
  from affected
  group by about, about_id, stakeholder_group
  on conflict on constraint group_tally_pkey do update set links = g.links + excluded.links, contested = g.contested + excluded.contested,
    curator_links = g.curator_links + excluded.curator_links, third_party_links = g.third_party_links + excluded.third_party_links,
    possibly_cited = g.possibly_cited + excluded.possibly_cited, initiatives = g.initiatives + excluded.initiatives,
    organizations = g.organizations + excluded.organizations, evident = g.evident + excluded.evident,
    contested_cells = g.contested_cells + excluded.contested_cells, cited_cells = g.cited_cells + excluded.cited_cells,
    reviewed_cells = g.reviewed_cells + excluded.reviewed_cells, outside_cells = g.outside_cells + excluded.outside_cells,
    inside_cells = g.inside_cells + excluded.inside_cells;
end $$;
comment on function history.count_organizations is 'Puts the tallies of organizations right, and those of their groups with them.';

-- Links, and principles that an ambiguous citation may mean, are added often and
-- many at once, so what they add is added and nothing counted. The lookups are
-- lateral with a limit, so that the plan that a connection keeps is a good one
-- for a single link and for thousands.
create function history.count_added(p_links bigint[], p_candidates bigint[], p_but bigint[]) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
  with cited as materialized (
    select n.id as candidate_id, k.citation_id, k.principle_id, k.initiative_id
    from unnest(p_candidates) n (id)
    cross join lateral (select k.citation_id, k.principle_id, t.initiative_id
      from citation_candidate k
      join citation c on c.id = k.citation_id
      join reference r on r.id = c.reference_id
      join citation_line t on t.id = r.line_id
      where k.id = n.id and c.resolution = 'ambiguous' limit 1) k
  ),
  -- A link adds to the links, and its initiative or the citation, which is the
  -- unit, to what there is of it unless it was there.
  added as materialized (
    select i.organization_id, i.stakeholder_group, l.principle_id, e.agreement_id, l.origin as what, l.contested, l.unit
    from (
      select l.initiative_id, l.principle_id, l.origin, l.contested, case l.origin when 'contributor' then l.initiative_id end as unit
      from unnest(p_links) n (id)
      cross join lateral (select l.initiative_id, l.principle_id, l.origin,
          l.origin = 'contributor' and exists (select from assessment s where s.link_id = l.id and s.view = 'disagrees') as contested
        from link l where l.id = n.id and l.relation = 'supports' limit 1) l
      union all
      select initiative_id, principle_id, 'possible', false, citation_id from cited) l
    cross join lateral (select i.organization_id, o.stakeholder_group from initiative i join organization o on o.id = i.organization_id
      where i.id = l.initiative_id limit 1) i
    cross join lateral (select case when e.current then e.agreement_id end as agreement_id from principle p join edition e on e.id = p.edition_id
      where p.id = l.principle_id limit 1) e
    where i.organization_id not in (select o from unnest(p_but) o)
  ),
  unit as (
    select distinct organization_id, stakeholder_group, what, unit from added where unit is not null
  ),
  -- All that is on record of the units of which there is more.
  held as (
    select u.organization_id, u.stakeholder_group, u.what, u.unit, h.principle_id, e.agreement_id
    from unit u
    cross join lateral (
      select x.principle_id from (
        select l.principle_id from link l
        where u.what = 'contributor' and l.initiative_id = u.unit and l.relation = 'supports' and l.origin = 'contributor'
        union all
        select k.principle_id from citation_candidate k where u.what = 'possible' and k.citation_id = u.unit) x
      limit 1000000) h
    cross join lateral (select case when e.current then e.agreement_id end as agreement_id from principle p join edition e on e.id = p.edition_id
      where p.id = h.principle_id limit 1) e
  ),
  part as (
    select v.organization_id, v.stakeholder_group, s.about, s.about_id, (v.what = 'contributor')::int as links, v.contested::int as contested,
      (v.what = 'curator')::int as curator_links, (v.what = 'third_party')::int as third_party_links, 0 as possibly_cited, 0 as initiatives
    from added v cross join lateral (values ('principle', v.principle_id), ('agreement', v.agreement_id),
      ('record', case when v.agreement_id is not null then 0 end)) s (about, about_id)
    where s.about_id is not null
    union all
    select u.organization_id, u.stakeholder_group, u.about, u.about_id, 0, 0, 0, 0, (u.what = 'possible')::int, (u.what = 'contributor')::int
    from (
      select v.organization_id, v.stakeholder_group, v.what, v.unit, s.about, s.about_id, v.fresh
      from (select organization_id, stakeholder_group, what, unit, principle_id, agreement_id, 1 as fresh from added where unit is not null
        union all select organization_id, stakeholder_group, what, unit, principle_id, agreement_id, -1 from held) v
      cross join lateral (values ('principle', v.principle_id), ('agreement', v.agreement_id),
        ('record', case when v.agreement_id is not null then 0 end)) s (about, about_id)
      where s.about_id is not null) u
    group by u.organization_id, u.stakeholder_group, u.what, u.unit, u.about, u.about_id
    having max(u.fresh) > 0 and sum(u.fresh) = 0
  ),
  change as materialized (
    select d.*, t.settled as was, coalesce(t.links, 0) as had,
      case when d.contested + coalesce(t.contested, 0) > 0 then 'contested'
        when d.links + coalesce(t.links, 0) > 0 then 'cited' else coalesce(t.settled, '') end as settled
    from (
      select organization_id, stakeholder_group, about, about_id, sum(links)::int as links, sum(contested)::int as contested,
        sum(curator_links)::int as curator_links, sum(third_party_links)::int as third_party_links, sum(possibly_cited)::int as possibly_cited,
        sum(initiatives)::int as initiatives
      from part group by organization_id, stakeholder_group, about, about_id) d
    left join lateral (select t.settled, t.links, t.contested from organization_tally t
      where t.organization_id = d.organization_id and t.about = d.about and t.about_id = d.about_id limit 1) t on true
  ),
  written as (
    insert into organization_tally as t (organization_id, about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives, settled)
    select organization_id, about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives,
      case about when 'principle' then settled else '' end
    from change
    on conflict on constraint organization_tally_pkey do update set links = t.links + excluded.links, contested = t.contested + excluded.contested,
      curator_links = t.curator_links + excluded.curator_links, third_party_links = t.third_party_links + excluded.third_party_links,
      possibly_cited = t.possibly_cited + excluded.possibly_cited, initiatives = t.initiatives + excluded.initiatives, settled = excluded.settled
  )
  insert into group_tally as g (about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives,
    organizations, evident, contested_cells, cited_cells, reviewed_cells, outside_cells, inside_cells)
  select about, about_id, stakeholder_group, sum(links), sum(contested), sum(curator_links), sum(third_party_links), sum(possibly_cited), sum(initiatives),
    count(*) filter (where was is null), count(*) filter (where had = 0 and links > 0),
    count(*) filter (where about = 'principle' and settled = 'contested') - count(*) filter (where was = 'contested'),
    count(*) filter (where about = 'principle' and settled = 'cited') - count(*) filter (where was = 'cited'),
    count(*) filter (where about = 'principle' and settled = 'reviewed_none_found') - count(*) filter (where was = 'reviewed_none_found'),
    count(*) filter (where about = 'principle' and settled = 'outside_addressee') - count(*) filter (where was = 'outside_addressee'),
    count(*) filter (where about = 'principle' and settled = 'not_reviewed') - count(*) filter (where was = 'not_reviewed')
  from change
  group by about, about_id, stakeholder_group
  on conflict on constraint group_tally_pkey do update set links = g.links + excluded.links, contested = g.contested + excluded.contested,
    curator_links = g.curator_links + excluded.curator_links, third_party_links = g.third_party_links + excluded.third_party_links,
    possibly_cited = g.possibly_cited + excluded.possibly_cited, initiatives = g.initiatives + excluded.initiatives,
    organizations = g.organizations + excluded.organizations, evident = g.evident + excluded.evident,
    contested_cells = g.contested_cells + excluded.contested_cells, cited_cells = g.cited_cells + excluded.cited_cells,
    reviewed_cells = g.reviewed_cells + excluded.reviewed_cells, outside_cells = g.outside_cells + excluded.outside_cells,
    inside_cells = g.inside_cells + excluded.inside_cells;
end $$;
comment on function history.count_added is 'Adds to the tallies what new links and candidates of citations add, but for organizations that are counted anew.';

-- count_noted counts all that was noted. What a row was when it was noted
-- matters for the figures that are added up; organizations are what they are now,
-- and those that are counted anew get nothing added.
create function history.count_noted() returns void
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
    perform history.count_added((select array_agg(n.link_id) from unnest(links) n where n.link_id is not null), candidates, organizations);
  end if;
  if organizations is not null then
    perform history.count_organizations(organizations, true);
  end if;
end $$;
comment on function history.count_noted is 'Counts what was noted in the transaction.';

create or replace function history.recount(p_organizations bigint[]) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if cardinality(p_organizations) > 0 and not history.is_preview() then
    perform history.note('normmap.organizations', array_to_string(p_organizations, ',') || ',');
    if current_setting('normmap.counting', true) is distinct from 'later' then
      perform history.count_noted();
    end if;
  end if;
end $$;

-- Programs of before call these; there is nothing left to be told.
create or replace function history.recount_later() returns void language sql
  begin atomic select; end;
comment on function history.recount_later is 'Does nothing: organizations are noted until the commit.';
create or replace function history.recount_now() returns void language sql
  begin atomic select; end;
comment on function history.recount_now is 'Does nothing: what was noted is counted before the commit.';

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
do $$
declare event text;
begin
  foreach event in array array['insert', 'update', 'delete'] loop
    execute format('drop trigger count_%s on link', event);
  end loop;
end $$;
drop function count_link();

create or replace function tally_candidate() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare cited bigint[];
begin
  if history.is_preview() then
    return null;
  elsif tg_op = 'INSERT' then
    perform history.note('normmap.candidates', string_agg(id || ',', '')) from new_rows;
    if current_setting('normmap.counting', true) is distinct from 'later' then
      perform history.count_noted();
    end if;
    return null;
  elsif tg_op = 'DELETE' then
    select array_agg(distinct citation_id) into cited from old_rows;
  else
    select array_agg(distinct k.citation_id) into cited from (select citation_id, principle_id from old_rows union all select citation_id, principle_id from new_rows) k;
  end if;
  perform history.recount(array_agg(distinct i.organization_id))
  from citation c join reference r on r.id = c.reference_id join citation_line t on t.id = r.line_id join initiative i on i.id = t.initiative_id
  where c.id = any (cited) and c.resolution = 'ambiguous';
  return null;
end $$;

-- When another edition is the current one, all that is on record of principles
-- stays, and agreements and the record are counted anew.
create or replace function tally_edition() returns trigger -- on editions and principles
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare principles bigint[];
begin
  if history.is_preview() then
    return null;
  elsif tg_table_name = 'edition' then
    select array_agg(distinct p.id) into principles from old_rows o join new_rows n on n.id = o.id join principle p on p.edition_id = n.id
    where (o.current, o.agreement_id) <> (n.current, n.agreement_id);
  else
    select array_agg(distinct n.id) into principles from old_rows o join new_rows n on n.id = o.id where o.edition_id <> n.edition_id;
  end if;
  if principles is not null then
    perform history.note('normmap.moved', string_agg(distinct t.organization_id || ',', ''))
    from organization_tally t where t.about = 'principle' and t.about_id = any (principles);
    if current_setting('normmap.counting', true) is distinct from 'later' then
      perform history.count_noted();
    end if;
  end if;
  return null;
end $$;

-- Every writer opens a changeset, so this runs before every commit.
create function changeset_is_counted() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if current_setting('normmap.counting', true) = 'later' then
    perform set_config('normmap.counting', '', true);
    perform history.count_noted();
  end if;
  return null;
end $$;
comment on function changeset_is_counted is 'Counts what a transaction noted, before its commit; from then on everything is counted at once.';
create constraint trigger changeset_is_counted after insert on changeset deferrable initially deferred
  for each row when (new.id < 4611686018427387904) execute function changeset_is_counted();

create or replace function open_changeset(p_actor text, p_account bigint, p_reason text, p_edits jsonb, p_reverts bigint)
  returns bigint language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp set timezone = 'UTC' as $$ -- the hash contains the moment as text
declare
  last bigint;
  last_hash bytea;
  moment timestamptz;
begin
  perform pg_advisory_xact_lock(7226001); -- held until after the commit, so revisions are ordered as they become visible
  select id, hash into last, last_hash from changeset order by id desc limit 1;
  moment := clock_timestamp();
  perform set_config('normmap.counting', 'later', true); -- unless constraints are checked at once
  insert into changeset (id, xid, actor, account_id, reason, at, edits, reverts_id, hash)
  values (coalesce(last, 0) + 1, pg_current_xact_id(), p_actor, p_account, p_reason, moment, p_edits, p_reverts,
    sha256(coalesce(last_hash, '') || convert_to(jsonb_build_array(coalesce(last, 0) + 1, p_actor, p_account, p_reason, moment, p_edits, p_reverts)::text, 'utf8')));
  perform set_config('normmap.changeset', (coalesce(last, 0) + 1)::text, true);
  return coalesce(last, 0) + 1;
end $$;

-- How these look things up must not depend on how much there was when a
-- connection began: its plans are by index whatever is known of the tables.
alter function history.note_cocitations(bigint[], bigint[], int[]) set plan_cache_mode = force_generic_plan;
alter function history.note_cocitations(bigint[], bigint[], int[]) set enable_seqscan = off;
alter function history.current_rev() set enable_seqscan = off;
alter function open_changeset(text, bigint, text, jsonb, bigint) set enable_seqscan = off;

revoke all on function history.note(text, text), history.noted(text), history.count_organizations(bigint[], boolean),
  history.count_added(bigint[], bigint[], bigint[]), history.count_noted(), changeset_is_counted() from public;

insert into schema_applied (version) values (25);
