alter function history.note_cocitations(bigint[], bigint[], int[]) reset plan_cache_mode;
alter function history.note_cocitations(bigint[], bigint[], int[]) reset enable_seqscan;
alter function history.current_rev() reset enable_seqscan;
alter function open_changeset(text, bigint, text, jsonb, bigint) reset enable_seqscan;
drop trigger changeset_is_counted on changeset;
drop function changeset_is_counted();
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
  insert into changeset (id, xid, actor, account_id, reason, at, edits, reverts_id, hash)
  values (coalesce(last, 0) + 1, pg_current_xact_id(), p_actor, p_account, p_reason, moment, p_edits, p_reverts,
    sha256(coalesce(last_hash, '') || convert_to(jsonb_build_array(coalesce(last, 0) + 1, p_actor, p_account, p_reason, moment, p_edits, p_reverts)::text, 'utf8')));
  perform set_config('normmap.changeset', (coalesce(last, 0) + 1)::text, true);
  return coalesce(last, 0) + 1;
end $$;

create or replace function history.recount(p_organizations bigint[]) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if cardinality(p_organizations) is null or history.is_preview() then
    return;
  elsif current_setting('normmap.recount', true) like '{%' then
    perform set_config('normmap.recount', (select array_agg(distinct o) from unnest(current_setting('normmap.recount')::bigint[] || p_organizations) o)::text, true);
    return;
  end if;
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
    where s.about_id is not null
    group by v.organization_id, s.about, s.about_id, v.stakeholder_group
  ),
  both_sides as materialized (
    select organization_id, about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives, settled, 1 as side
    from counted
    union all
    select organization_id, about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives, settled, -1
    from organization_tally where organization_id = any (p_organizations)
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

create or replace function history.recount_later() returns void language sql
  begin atomic select set_config('normmap.recount', coalesce(nullif(current_setting('normmap.recount', true), ''), '{}'), true); end;
comment on function history.recount_later is 'From now on organizations are only noted, until recount_now().';
create or replace function history.recount_now() returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare noted bigint[] := nullif(current_setting('normmap.recount', true), '')::bigint[];
begin
  perform set_config('normmap.recount', '', true);
  perform history.recount(nullif(noted, '{}'));
end $$;
comment on function history.recount_now is 'Puts right the tallies of the organizations that were noted, in the same transaction.';
comment on function history.recount_now is 'Puts right the tallies of the organizations that were noted, in the same transaction.';

create or replace function tally_link() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if history.is_preview() then
    return null;
  end if;
  if tg_op = 'DELETE' then
    perform history.recount(array_agg(distinct i.organization_id))
    from old_rows l join initiative i on i.id = l.initiative_id
    where l.relation = 'supports';
    perform history.note_cocitations(array_agg(initiative_id), array_agg(principle_id), array_agg(-1))
    from old_rows where relation = 'supports' and origin = 'contributor';
    return null;
  elsif tg_op = 'UPDATE' then
    perform history.recount(array_agg(distinct i.organization_id))
    from (select o.initiative_id, n.initiative_id as now
      from old_rows o join new_rows n on n.id = o.id
      where (o.initiative_id, o.principle_id, o.relation, o.origin) <> (n.initiative_id, n.principle_id, n.relation, n.origin)) l
    join initiative i on i.id in (l.initiative_id, l.now);
    perform history.note_cocitations(array_agg(initiative_id), array_agg(principle_id), array_agg(more))
    from (select initiative_id, principle_id, relation, origin, 1 as more from new_rows
      union all select initiative_id, principle_id, relation, origin, -1 from old_rows) x
    where relation = 'supports' and origin = 'contributor';
    return null;
  end if;
  perform history.note_cocitations(array_agg(initiative_id), array_agg(principle_id), array_agg(1))
  from new_rows where relation = 'supports' and origin = 'contributor';
  with added as materialized (
    select i.organization_id, i.stakeholder_group, l.initiative_id, l.principle_id, e.agreement_id, l.origin, l.origin = 'contributor' as counts,
      l.origin = 'contributor' and exists (select from assessment s where s.link_id = l.id and s.view = 'disagrees') as contested
    from new_rows l
    cross join lateral (select i.organization_id, o.stakeholder_group from initiative i join organization o on o.id = i.organization_id
      where i.id = l.initiative_id limit 1) i
    cross join lateral (select case when e.current then e.agreement_id end as agreement_id from principle p join edition e on e.id = p.edition_id
      where p.id = l.principle_id limit 1) e
    where l.relation = 'supports'
  ),
  -- All links that count of the initiatives to which one was added: where there
  -- are no others about the same, the initiative is new there.
  held as (
    select a.organization_id, a.stakeholder_group, a.initiative_id, h.principle_id, h.agreement_id
    from (select distinct organization_id, stakeholder_group, initiative_id from added where counts) a
    cross join lateral (select l.principle_id, case when e.current then e.agreement_id end as agreement_id
      from link l join principle p on p.id = l.principle_id join edition e on e.id = p.edition_id
      where l.initiative_id = a.initiative_id and l.relation = 'supports' and l.origin = 'contributor' limit 1000000) h
  ),
  part as (
    select v.organization_id, v.stakeholder_group, s.about, s.about_id, v.counts::int as links, v.contested::int as contested,
      (v.origin = 'curator')::int as curator_links, (v.origin = 'third_party')::int as third_party_links, 0 as initiatives
    from added v cross join lateral (values ('principle', v.principle_id), ('agreement', v.agreement_id),
      ('record', case when v.agreement_id is not null then 0 end)) s (about, about_id)
    where s.about_id is not null
    union all
    select u.organization_id, u.stakeholder_group, u.about, u.about_id, 0, 0, 0, 0, 1
    from (
      select v.organization_id, v.stakeholder_group, v.initiative_id, s.about, s.about_id, v.fresh
      from (select organization_id, stakeholder_group, initiative_id, principle_id, agreement_id, 1 as fresh from added where counts
        union all select organization_id, stakeholder_group, initiative_id, principle_id, agreement_id, -1 from held) v
      cross join lateral (values ('principle', v.principle_id), ('agreement', v.agreement_id),
        ('record', case when v.agreement_id is not null then 0 end)) s (about, about_id)
      where s.about_id is not null) u
    group by u.organization_id, u.stakeholder_group, u.initiative_id, u.about, u.about_id
    having max(u.fresh) > 0 and sum(u.fresh) = 0
  ),
  change as materialized (
    select d.*, t.settled as was, coalesce(t.links, 0) as had,
      case when d.contested + coalesce(t.contested, 0) > 0 then 'contested'
        when d.links + coalesce(t.links, 0) > 0 then 'cited' else coalesce(t.settled, '') end as settled
    from (
      select organization_id, stakeholder_group, about, about_id, sum(links)::int as links, sum(contested)::int as contested,
        sum(curator_links)::int as curator_links, sum(third_party_links)::int as third_party_links, sum(initiatives)::int as initiatives
      from part group by organization_id, stakeholder_group, about, about_id) d
    left join lateral (select t.settled, t.links, t.contested from organization_tally t
      where t.organization_id = d.organization_id and t.about = d.about and t.about_id = d.about_id limit 1) t on true
  ),
  written as (
    insert into organization_tally as t (organization_id, about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives, settled)
    select organization_id, about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, 0, initiatives,
      case about when 'principle' then settled else '' end
    from change
    on conflict on constraint organization_tally_pkey do update set links = t.links + excluded.links, contested = t.contested + excluded.contested,
      curator_links = t.curator_links + excluded.curator_links, third_party_links = t.third_party_links + excluded.third_party_links,
      initiatives = t.initiatives + excluded.initiatives, settled = excluded.settled
  )
  insert into group_tally as g (about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives,
    organizations, evident, contested_cells, cited_cells, reviewed_cells, outside_cells, inside_cells)
  select about, about_id, stakeholder_group, sum(links), sum(contested), sum(curator_links), sum(third_party_links), 0, sum(initiatives),
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
    initiatives = g.initiatives + excluded.initiatives,
    organizations = g.organizations + excluded.organizations, evident = g.evident + excluded.evident,
    contested_cells = g.contested_cells + excluded.contested_cells, cited_cells = g.cited_cells + excluded.cited_cells,
    reviewed_cells = g.reviewed_cells + excluded.reviewed_cells, outside_cells = g.outside_cells + excluded.outside_cells,
    inside_cells = g.inside_cells + excluded.inside_cells;
  return null;
end $$;

create or replace function tally_candidate() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare cited bigint[];
begin
  if tg_op = 'INSERT' then
    select array_agg(distinct citation_id) into cited from new_rows;
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

create or replace function tally_edition() returns trigger -- on editions and principles
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare principles bigint[];
begin
  if tg_table_name = 'edition' then
    select array_agg(distinct p.id) into principles from old_rows o join new_rows n on n.id = o.id join principle p on p.edition_id = n.id
    where (o.current, o.agreement_id) <> (n.current, n.agreement_id);
  else
    select array_agg(distinct n.id) into principles from old_rows o join new_rows n on n.id = o.id where o.edition_id <> n.edition_id;
  end if;
  if principles is not null then
    perform history.recount(array_agg(distinct t.organization_id)) from organization_tally t where t.about = 'principle' and t.about_id = any (principles);
  end if;
  return null;
end $$;

create function count_link() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if history.is_preview() then
    return null;
  elsif tg_op = 'INSERT' then
    insert into link_tally as t (principle_id, origin, relation, links)
    select principle_id, origin, relation, count(*) from new_rows group by 1, 2, 3 order by 1, 2, 3
    on conflict on constraint link_tally_pkey do update set links = t.links + excluded.links;
  elsif tg_op = 'DELETE' then
    insert into link_tally as t (principle_id, origin, relation, links)
    select principle_id, origin, relation, -count(*) from old_rows group by 1, 2, 3 order by 1, 2, 3
    on conflict on constraint link_tally_pkey do update set links = t.links + excluded.links;
  else
    insert into link_tally as t (principle_id, origin, relation, links)
    select principle_id, origin, relation, sum(n) from (
      select principle_id, origin, relation, 1 as n from new_rows
      union all select principle_id, origin, relation, -1 from old_rows) x
    group by 1, 2, 3 having sum(n) <> 0 order by 1, 2, 3
    on conflict on constraint link_tally_pkey do update set links = t.links + excluded.links;
  end if;
  return null;
end $$;

revoke all on function count_link() from public;
do $$
declare event text;
begin
  foreach event in array array['insert', 'update', 'delete'] loop
    execute format('create trigger count_%1$s after %1$s on link referencing %2$s for each statement execute function count_link()', event,
      case event when 'insert' then 'new table as new_rows' when 'delete' then 'old table as old_rows' else 'old table as old_rows new table as new_rows' end);
  end loop;
end $$;

drop function history.count_noted(), history.count_added(bigint[], bigint[], bigint[]), history.count_organizations(bigint[], boolean),
  history.noted(text), history.note(text, text);
drop type history.link_note;
delete from schema_applied where version = 25;
