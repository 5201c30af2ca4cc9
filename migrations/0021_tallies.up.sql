-- What pages count on every visit, kept beside the record: a page of a principle
-- with twenty thousand links, or a matrix of thousands of cells, adds up nothing.
--
-- organization_tally says what is on record for an organization and a principle,
-- or all principles of an agreement, or all of the record; group_tally the same
-- for stakeholder groups; record_tally how many rows there are;
-- cocitation_tally which principles are cited together. Triggers keep
-- them in the transaction that changes what they count. They have no history:
-- the past is counted anew. organization_recount counts the present anew, for
-- whoever wants to check them.

-- A page of a principle's links begins anywhere, contributors' first.
drop index link_principle_id_idx;
create index link_principle_id_idx on link (principle_id, origin, id);
drop index history.link_principle_id_idx;
create index link_principle_id_idx on history.link (principle_id, origin, id);

-- Everything that may fill a cell, one row each, in the present and in the past.
do $$
declare s text;
begin
  foreach s in array array['public', 'asof'] loop
    execute replace($view$
create view SCHEMA.evidence as
select v.principle_id, case when e.current then e.agreement_id end as agreement_id, v.organization_id, o.stakeholder_group,
  v.initiative_id, v.citation_id, v.what, v.contested
from (
  select l.principle_id, i.organization_id, l.initiative_id, null::bigint as citation_id, l.origin as what,
    l.origin = 'contributor' and exists (select from SCHEMA.assessment s where s.link_id = l.id and s.view = 'disagrees') as contested
  from SCHEMA.link l
  join SCHEMA.initiative i on i.id = l.initiative_id
  where l.relation = 'supports'
  union all
  select k.principle_id, i.organization_id, i.id, c.id, 'possible', false
  from SCHEMA.initiative i
  join SCHEMA.citation_line t on t.initiative_id = i.id
  join SCHEMA.reference r on r.line_id = t.id
  join SCHEMA.citation c on c.reference_id = r.id
  join SCHEMA.citation_candidate k on k.citation_id = c.id
  where c.resolution = 'ambiguous'
  union all
  select d.principle_id, d.organization_id, null, null, 'reviewed', false
  from SCHEMA.cell_review d
  union all
  select d.principle_id, d.organization_id, null, null, case when d.outside then 'outside' else 'inside' end, false
  from SCHEMA.addressee_ruling d
) v
join SCHEMA.organization o on o.id = v.organization_id
left join SCHEMA.principle p on p.id = v.principle_id
left join SCHEMA.edition e on e.id = p.edition_id$view$, 'SCHEMA', s);
    execute format('comment on view %I.evidence is %L', s,
      'What is on record for a principle and an organization, one row each: links that support, citations that may mean the principle, reviews and rulings. agreement_id is null for principles of earlier editions.');
  end loop;
end $$;

-- The tallies by organization, counted from evidence: the columns of the table.
do $$
declare
  counted constant text := 'v.stakeholder_group,
    count(*) filter (where v.what = ''contributor'')::int as links, count(*) filter (where v.contested)::int as contested,
    count(*) filter (where v.what = ''curator'')::int as curator_links, count(*) filter (where v.what = ''third_party'')::int as third_party_links,
    count(distinct v.citation_id) filter (where v.what = ''possible'')::int as possibly_cited,
    count(distinct v.initiative_id) filter (where v.what = ''contributor'')::int as initiatives';
  v record;
begin
  for v in select * from (values ('public', 'organization_recount'), ('asof', 'organization_tally')) x (s, name) loop
    execute format('create view %1$I.%2$I as
      select v.organization_id, ''principle'' as about, v.principle_id as about_id, %3$s,
        case when bool_or(v.contested) then ''contested'' when bool_or(v.what = ''contributor'') then ''cited''
          when bool_or(v.what = ''reviewed'') then ''reviewed_none_found'' when bool_or(v.what = ''outside'') then ''outside_addressee''
          when bool_or(v.what = ''inside'') then ''not_reviewed'' else '''' end as settled
      from %1$I.evidence v group by v.organization_id, v.principle_id, v.stakeholder_group
      union all
      select v.organization_id, ''agreement'', v.agreement_id, %3$s, ''''
      from %1$I.evidence v where v.agreement_id is not null group by v.organization_id, v.agreement_id, v.stakeholder_group
      union all
      select v.organization_id, ''record'', 0, %3$s, ''''
      from %1$I.evidence v where v.agreement_id is not null group by v.organization_id, v.stakeholder_group', v.s, v.name, counted);
  end loop;
end $$;
comment on view organization_recount is 'What organization_tally must hold, counted from the record.';
comment on view asof.organization_tally is 'organization_tally as it was at the revision that is looked at, counted anew.';

create table organization_tally (
  organization_id   bigint not null,
  about             text not null constraint organization_tally_about_check check (about in ('principle', 'agreement', 'record')),
  about_id          bigint not null,
  stakeholder_group text not null,
  links             int not null,
  contested         int not null,
  curator_links     int not null,
  third_party_links int not null,
  possibly_cited    int not null,
  initiatives       int not null,
  settled           text not null,
  constraint organization_tally_pkey primary key (organization_id, about, about_id)
) with (fillfactor = 80);
create index organization_tally_about_idx on organization_tally (about, about_id, organization_id);
comment on table organization_tally is 'What is on record for an organization, by principle, by agreement and in all; kept by triggers. Without a row nothing is.';
comment on column organization_tally.organization_id is 'The organization.';
comment on column organization_tally.about is 'principle, or all principles of the current editions of an agreement, or of the record.';
comment on column organization_tally.about_id is 'The principle or the agreement; 0 for the record.';
comment on column organization_tally.stakeholder_group is 'The group of the organization.';
comment on column organization_tally.links is 'Links of support that contributors assert: the ones that count.';
comment on column organization_tally.contested is 'Those of them with which somebody disagrees.';
comment on column organization_tally.curator_links is 'Links of support that curators assert.';
comment on column organization_tally.third_party_links is 'Links of support that third parties assert.';
comment on column organization_tally.possibly_cited is 'Ambiguous citations that may mean one of the principles, each once.';
comment on column organization_tally.initiatives is 'Initiatives behind the links that count.';
comment on column organization_tally.settled is 'For a principle, the state of the cell that is settled by what is on record; empty when nothing settles it.';

create table group_tally (
  about             text not null constraint group_tally_about_check check (about in ('principle', 'agreement', 'record')),
  about_id          bigint not null,
  stakeholder_group text not null,
  links             int not null,
  contested         int not null,
  curator_links     int not null,
  third_party_links int not null,
  possibly_cited    int not null,
  initiatives       int not null,
  organizations     int not null,
  evident           int not null,
  contested_cells   int not null,
  cited_cells       int not null,
  reviewed_cells    int not null,
  outside_cells     int not null,
  inside_cells      int not null,
  constraint group_tally_pkey primary key (about, about_id, stakeholder_group)
) with (fillfactor = 40); -- room for the next values beside the last
comment on table group_tally is 'organization_tally added up by stakeholder group; kept by triggers. Rows of noughts may stay.';
comment on column group_tally.about is 'As in organization_tally.';
comment on column group_tally.about_id is 'As in organization_tally.';
comment on column group_tally.stakeholder_group is 'The group; empty for organizations of none.';
comment on column group_tally.links is 'Links of support that contributors assert: the ones that count.';
comment on column group_tally.contested is 'Those of them with which somebody disagrees.';
comment on column group_tally.curator_links is 'Links of support that curators assert.';
comment on column group_tally.third_party_links is 'Links of support that third parties assert.';
comment on column group_tally.possibly_cited is 'Ambiguous citations that may mean one of the principles, each once.';
comment on column group_tally.initiatives is 'Initiatives behind the links that count.';
comment on column group_tally.organizations is 'Organizations of which anything is on record.';
comment on column group_tally.evident is 'Organizations with links that count.';
comment on column group_tally.contested_cells is 'For a principle, organizations whose cell is contested.';
comment on column group_tally.cited_cells is 'Organizations whose cell is cited.';
comment on column group_tally.reviewed_cells is 'Organizations whose cell was reviewed, and nothing found.';
comment on column group_tally.outside_cells is 'Organizations to which the principle does not speak, by a ruling.';
comment on column group_tally.inside_cells is 'Organizations to which it does speak, by a ruling, and of which nothing else is on record.';

-- Added up by group, with the columns of group_tally: the past, and a recount.
do $$
declare v record;
begin
  for v in select * from (values ('public', 'organization_recount', 'group_recount'), ('asof', 'organization_tally', 'group_tally')) x (s, source, name) loop
    execute format('create view %1$I.%3$I as
      select t.about, t.about_id, t.stakeholder_group, sum(t.links)::int as links, sum(t.contested)::int as contested,
        sum(t.curator_links)::int as curator_links, sum(t.third_party_links)::int as third_party_links,
        sum(t.possibly_cited)::int as possibly_cited, sum(t.initiatives)::int as initiatives,
        count(*)::int as organizations, count(*) filter (where t.links > 0)::int as evident,
        count(*) filter (where t.settled = ''contested'')::int as contested_cells, count(*) filter (where t.settled = ''cited'')::int as cited_cells,
        count(*) filter (where t.settled = ''reviewed_none_found'')::int as reviewed_cells,
        count(*) filter (where t.settled = ''outside_addressee'')::int as outside_cells, count(*) filter (where t.settled = ''not_reviewed'')::int as inside_cells
      from %1$I.%2$I t group by t.about, t.about_id, t.stakeholder_group', v.s, v.source, v.name);
  end loop;
end $$;
comment on view group_recount is 'What group_tally must hold, counted from the record.';
comment on view asof.group_tally is 'group_tally as it was at the revision that is looked at, counted anew.';

-- How many initiatives are cited for two principles both. A pair is kept once.
create table cocitation_tally (
  principle_id bigint not null,
  other_id     bigint not null,
  initiatives  int not null,
  constraint cocitation_tally_pkey primary key (principle_id, other_id),
  constraint cocitation_tally_pair_check check (principle_id < other_id)
) with (fillfactor = 80);
create index cocitation_tally_other_id_idx on cocitation_tally (other_id);
comment on table cocitation_tally is 'How many initiatives contributors link to both of two principles, of whatever editions; kept by triggers. Noughts may stay.';
comment on column cocitation_tally.principle_id is 'The principle with the lower number.';
comment on column cocitation_tally.other_id is 'The other one.';
comment on column cocitation_tally.initiatives is 'Initiatives with links that count to both.';
do $$
declare v record;
begin
  for v in select * from (values ('public', 'cocitation_recount'), ('asof', 'cocitation_tally')) x (s, name) loop
    execute format('create view %1$I.%2$I as
      select a.principle_id, b.principle_id as other_id, count(distinct a.initiative_id)::int as initiatives
      from %1$I.link a join %1$I.link b on b.initiative_id = a.initiative_id and b.principle_id > a.principle_id
      where a.relation = ''supports'' and a.origin = ''contributor'' and b.relation = ''supports'' and b.origin = ''contributor''
      group by a.principle_id, b.principle_id', v.s, v.name);
  end loop;
end $$;
comment on view cocitation_recount is 'What cocitation_tally must hold, counted from the record.';
comment on view asof.cocitation_tally is 'cocitation_tally as it was at the revision that is looked at, counted anew.';

create table record_tally (
  what text constraint record_tally_pkey primary key,
  rows bigint not null
) with (fillfactor = 10);
comment on table record_tally is 'How many rows there are of what grows without bound; kept by triggers.';
comment on column record_tally.what is 'initiative, reference, citation, or unresolved for the citations that wait for a decision.';
comment on column record_tally.rows is 'How many.';
do $$
declare v record;
begin
  for v in select * from (values ('public', 'record_recount'), ('asof', 'record_tally')) x (s, name) loop
    execute format('create view %1$I.%2$I as
      select ''initiative'' as what, count(*) as rows from %1$I.initiative
      union all select ''reference'', count(*) from %1$I.reference
      union all select ''citation'', count(*) from %1$I.citation
      union all select ''unresolved'', count(*) from %1$I.citation where resolution in (''ambiguous'', ''out_of_range'', ''unknown_agreement'')', v.s, v.name);
  end loop;
end $$;
comment on view record_recount is 'What record_tally must hold, counted from the record.';
comment on view asof.record_tally is 'record_tally as it was at the revision that is looked at, counted anew.';

grant select on evidence, organization_tally, organization_recount, group_tally, group_recount, record_tally, record_recount, cocitation_tally, cocitation_recount to normmap_app;
grant select on asof.evidence, asof.organization_tally, asof.group_tally, asof.record_tally, asof.cocitation_tally to normmap_past;

-- A preview is rolled back; were it to touch the tallies, which writers of quite
-- different things have in common, they would wait for it.
create function history.is_preview() returns boolean language sql stable
  return coalesce(nullif(current_setting('normmap.changeset', true), '')::bigint, 0) >= 4611686018427387904;
comment on function history.is_preview is 'Whether the changeset that is open is a preview.';
revoke all on function history.is_preview() from public;

-- recount puts the tallies of organizations right, whatever happened to them.
create function history.recount(p_organizations bigint[]) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if cardinality(p_organizations) is null or history.is_preview() then
    return;
  elsif current_setting('normmap.recount', true) like '{%' then
    perform set_config('normmap.recount', (select array_agg(distinct o) from unnest(current_setting('normmap.recount')::bigint[] || p_organizations) o)::text, true);
    return;
  end if;
  with both_sides as materialized (
    select organization_id, about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives, settled, 1 as side
    from organization_recount where organization_id = any (p_organizations)
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
-- What writes thousands of rows one by one counts at its end.
create function history.recount_later() returns void language sql
  begin atomic select set_config('normmap.recount', coalesce(nullif(current_setting('normmap.recount', true), ''), '{}'), true); end;
comment on function history.recount_later is 'From now on organizations are only noted, until recount_now().';
create function history.recount_now() returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare noted bigint[] := nullif(current_setting('normmap.recount', true), '')::bigint[];
begin
  perform set_config('normmap.recount', '', true);
  perform history.recount(nullif(noted, '{}'));
end $$;
comment on function history.recount_now is 'Puts right the tallies of the organizations that were noted, in the same transaction.';
revoke all on function history.recount_later(), history.recount_now() from public;
grant execute on function history.recount_later(), history.recount_now() to normmap_app;
comment on function history.recount is 'Puts the tallies of organizations right, and those of their groups with them.';
revoke all on function history.recount(bigint[]) from public;

-- note_cocitations adds to how often principles are cited together what changed
-- about links that count: each by its initiative and principle, with 1 for one
-- that came and -1 for one that went.
create function history.note_cocitations(p_initiatives bigint[], p_principles bigint[], p_more int[]) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if cardinality(p_initiatives) is null then
    return;
  end if;
  with touched as materialized (
    select initiative_id, principle_id, sum(n)::int as n from unnest(p_initiatives, p_principles, p_more) x (initiative_id, principle_id, n)
    group by initiative_id, principle_id
  ),
  sides as materialized (
    select initiative_id, principle_id, sum(n) as now, sum(n) - sum(more) as before
    from (
      select initiative_id, principle_id, 0 as n, n as more from touched
      union all
      select t.initiative_id, l.principle_id, 1, 0
      from (select distinct initiative_id from touched) t
      cross join lateral (select l.principle_id from link l
        where l.initiative_id = t.initiative_id and l.relation = 'supports' and l.origin = 'contributor' limit 1000000) l) x
    group by initiative_id, principle_id
  ),
  of_one as (
    select initiative_id, array_agg(principle_id) filter (where now > 0) as now, array_agg(principle_id) filter (where before > 0) as before
    from sides group by initiative_id having bool_or((now > 0) <> (before > 0))
  )
  insert into cocitation_tally as t (principle_id, other_id, initiatives)
  select a, b, sum(n) from (
    select a, b, 1 as n from of_one, unnest(now) a, unnest(now) b where a < b
    union all
    select a, b, -1 from of_one, unnest(before) a, unnest(before) b where a < b) x
  group by a, b having sum(n) <> 0
  on conflict on constraint cocitation_tally_pkey do update set initiatives = t.initiatives + excluded.initiatives;
end $$;
comment on function history.note_cocitations is 'Keeps cocitation_tally: initiatives, principles and 1 or -1 of links that count and came or went.';
revoke all on function history.note_cocitations(bigint[], bigint[], int[]) from public;

-- Links are added often, many at once or one by one, so what they add is added
-- and nothing counted; whatever else happens to a link has its organization
-- counted anew. The lookups are lateral with a limit, so that the plan that a
-- connection keeps is a good one for a single link and for thousands.
create function tally_link() returns trigger
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

-- What else fills cells. Rows are added after what they belong to, and may go
-- in any order in one changeset; each of these finds the organizations of the
-- rows that it can still place.
create function tally_assessment() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform history.recount(array_agg(distinct i.organization_id))
    from new_rows h join link l on l.id = h.link_id join initiative i on i.id = l.initiative_id where h.view = 'disagrees';
  elsif tg_op = 'DELETE' then
    perform history.recount(array_agg(distinct i.organization_id))
    from old_rows h join link l on l.id = h.link_id join initiative i on i.id = l.initiative_id where h.view = 'disagrees';
  else
    perform history.recount(array_agg(distinct i.organization_id))
    from old_rows o join new_rows n on n.id = o.id join link l on l.id in (o.link_id, n.link_id) join initiative i on i.id = l.initiative_id
    where o.view <> n.view or o.link_id <> n.link_id;
  end if;
  return null;
end $$;

create function tally_candidate() returns trigger
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

create function tally_citation() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare lines bigint[]; unresolved constant text[] := array['ambiguous', 'out_of_range', 'unknown_agreement']; more bigint; open bigint;
begin
  if history.is_preview() then
    return null;
  end if;
  if tg_op = 'INSERT' then
    select count(*), count(*) filter (where resolution = any (unresolved)) into more, open from new_rows;
  elsif tg_op = 'DELETE' then
    select -count(*), -count(*) filter (where resolution = any (unresolved)) into more, open from old_rows;
    select array_agg(distinct r.line_id) into lines from old_rows c join reference r on r.id = c.reference_id where c.resolution = 'ambiguous';
  else
    select 0, (select count(*) from new_rows where resolution = any (unresolved)) - (select count(*) from old_rows where resolution = any (unresolved)) into more, open;
    select array_agg(distinct r.line_id) into lines
    from old_rows o join new_rows n on n.id = o.id join reference r on r.id in (o.reference_id, n.reference_id)
    where 'ambiguous' in (o.resolution, n.resolution) and (o.resolution, o.reference_id) <> (n.resolution, n.reference_id);
  end if;
  perform history.recount(array_agg(distinct i.organization_id))
  from citation_line t join initiative i on i.id = t.initiative_id where t.id = any (lines);
  if more <> 0 then
    insert into record_tally as t values ('citation', more) on conflict on constraint record_tally_pkey do update set rows = t.rows + excluded.rows;
  end if;
  if open <> 0 then
    insert into record_tally as t values ('unresolved', open) on conflict on constraint record_tally_pkey do update set rows = t.rows + excluded.rows;
  end if;
  return null;
end $$;

create function tally_reference() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare more bigint;
begin
  if history.is_preview() then
    return null;
  end if;
  if tg_op = 'INSERT' then
    select count(*) into more from new_rows;
  elsif tg_op = 'DELETE' then
    select -count(*) into more from old_rows;
    perform history.recount(array_agg(distinct i.organization_id))
    from old_rows r join citation_line t on t.id = r.line_id join initiative i on i.id = t.initiative_id
    where exists (select from citation c where c.reference_id = r.id and c.resolution = 'ambiguous');
  else
    perform history.recount(array_agg(distinct i.organization_id))
    from old_rows o join new_rows n on n.id = o.id join citation_line t on t.id in (o.line_id, n.line_id) join initiative i on i.id = t.initiative_id
    where o.line_id <> n.line_id;
  end if;
  if more <> 0 then
    insert into record_tally as t values ('reference', more) on conflict on constraint record_tally_pkey do update set rows = t.rows + excluded.rows;
  end if;
  return null;
end $$;

create function tally_line() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    perform history.recount(array_agg(distinct i.organization_id))
    from old_rows t join initiative i on i.id = t.initiative_id
    where exists (select from reference r join citation c on c.reference_id = r.id where r.line_id = t.id and c.resolution = 'ambiguous');
  else
    perform history.recount(array_agg(distinct i.organization_id))
    from old_rows o join new_rows n on n.id = o.id join initiative i on i.id in (o.initiative_id, n.initiative_id)
    where o.initiative_id <> n.initiative_id;
  end if;
  return null;
end $$;

create function tally_initiative() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare more bigint;
begin
  if history.is_preview() then
    return null;
  end if;
  if tg_op = 'INSERT' then
    select count(*) into more from new_rows;
  elsif tg_op = 'DELETE' then
    select -count(*) into more from old_rows;
    perform history.recount(array_agg(distinct i.organization_id)) from old_rows i
    where exists (select from link l where l.initiative_id = i.id) or exists (select from citation_line t where t.initiative_id = i.id);
  else
    perform history.recount(array_agg(distinct x.organization_id))
    from old_rows o join new_rows n on n.id = o.id cross join lateral (values (o.organization_id), (n.organization_id)) x (organization_id)
    where o.organization_id <> n.organization_id;
  end if;
  if more <> 0 then
    insert into record_tally as t values ('initiative', more) on conflict on constraint record_tally_pkey do update set rows = t.rows + excluded.rows;
  end if;
  return null;
end $$;

create function tally_noted() returns trigger -- on reviews and rulings
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform history.recount(array_agg(distinct organization_id)) from new_rows;
  elsif tg_op = 'DELETE' then
    perform history.recount(array_agg(distinct organization_id)) from old_rows;
  else
    perform history.recount(array_agg(distinct x.organization_id)) from (select organization_id from old_rows union all select organization_id from new_rows) x;
  end if;
  return null;
end $$;

create function tally_organization() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    perform history.recount(array_agg(distinct o.id)) from old_rows o where exists (select from organization_tally t where t.organization_id = o.id);
  else
    perform history.recount(array_agg(distinct n.id)) from old_rows o join new_rows n on n.id = o.id where o.stakeholder_group <> n.stakeholder_group;
  end if;
  return null;
end $$;

create function tally_edition() returns trigger -- on editions and principles
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

revoke all on function tally_link(), tally_assessment(), tally_candidate(), tally_citation(), tally_reference(), tally_line(), tally_initiative(),
  tally_noted(), tally_organization(), tally_edition() from public;

do $$
declare t record; event text;
begin
  for t in select * from (values
    ('link', 'tally_link', 'insert update delete'), ('assessment', 'tally_assessment', 'insert update delete'),
    ('citation_candidate', 'tally_candidate', 'insert update delete'), ('citation', 'tally_citation', 'insert update delete'),
    ('reference', 'tally_reference', 'insert update delete'), ('citation_line', 'tally_line', 'update delete'),
    ('initiative', 'tally_initiative', 'insert update delete'), ('cell_review', 'tally_noted', 'insert update delete'),
    ('addressee_ruling', 'tally_noted', 'insert update delete'), ('organization', 'tally_organization', 'update delete'),
    ('edition', 'tally_edition', 'update'), ('principle', 'tally_edition', 'update')) x (name, function, events)
  loop
    foreach event in array string_to_array(t.events, ' ') loop
      execute format('create trigger tally_%2$s after %2$s on %1$I referencing %3$s for each statement execute function %4$I()', t.name, event,
        case event when 'insert' then 'new table as new_rows' when 'delete' then 'old table as old_rows' else 'old table as old_rows new table as new_rows' end,
        t.function);
    end loop;
  end loop;
end $$;

-- What is there already.
insert into organization_tally (organization_id, about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives, settled)
select organization_id, about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives, settled
from organization_recount;
insert into group_tally (about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives,
  organizations, evident, contested_cells, cited_cells, reviewed_cells, outside_cells, inside_cells)
select about, about_id, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives,
  organizations, evident, contested_cells, cited_cells, reviewed_cells, outside_cells, inside_cells
from group_recount;
insert into cocitation_tally (principle_id, other_id, initiatives) select principle_id, other_id, initiatives from cocitation_recount;
insert into record_tally (what, rows) select what, rows from record_recount where rows > 0;

insert into schema_applied (version) values (21);
