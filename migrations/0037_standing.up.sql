-- How organizations stand to agreements, added up beside what is on record of
-- them: the columns of a coverage, and the pairs on the page of gaps, are
-- counted as little as cells are. adherence_tally has a row for each pair of an
-- organization and an agreement, and one for all agreements; the other adds
-- them up by stakeholder group.
do $$
declare v record;
begin
  for v in select * from (values ('public', 'adherence_recount', 'adherence_group_recount'), ('asof', 'adherence_tally', 'adherence_group_tally')) x (s, name, added) loop
    execute format('create view %1$I.%2$I as
      select d.organization_id, x.agreement_id, o.stakeholder_group, count(*)::int as adherences,
        bool_or(d.relation in (''signed'', ''endorsed'', ''supported'', ''participant'', ''party'')) as signed,
        coalesce(bool_or(t.links > 0), false) as evident, bool_and(t.organization_id is null) as bare
      from %1$I.adherence d
      join %1$I.organization o on o.id = d.organization_id
      cross join lateral (values (d.agreement_id, ''agreement''), (0, ''record'')) x (agreement_id, about)
      left join %1$I.organization_tally t on t.organization_id = d.organization_id and t.about = x.about and t.about_id = x.agreement_id
      group by d.organization_id, x.agreement_id, o.stakeholder_group', v.s, v.name);
    execute format('create view %1$I.%2$I as
      select t.agreement_id, t.stakeholder_group, count(*)::int as organizations, sum(t.adherences)::int as adherences, count(*) filter (where t.signed)::int as signed,
        count(*) filter (where t.signed and t.evident)::int as met, count(*) filter (where t.bare)::int as bare
      from %1$I.%3$I t group by t.agreement_id, t.stakeholder_group', v.s, v.added, v.name);
  end loop;
end $$;
comment on view adherence_recount is 'What adherence_tally must hold, counted from the record and organization_tally.';
comment on view asof.adherence_tally is 'adherence_tally as it was at the revision that is looked at, counted anew.';
comment on view adherence_group_recount is 'What adherence_group_tally must hold, counted from the record and organization_tally.';
comment on view asof.adherence_group_tally is 'adherence_group_tally as it was at the revision that is looked at, counted anew.';

create table adherence_tally (
  organization_id   bigint not null,
  agreement_id      bigint not null,
  stakeholder_group text not null,
  adherences        int not null,
  signed            boolean not null,
  evident           boolean not null,
  bare              boolean not null,
  constraint adherence_tally_pkey primary key (organization_id, agreement_id)
) with (fillfactor = 80);
create index adherence_tally_bare_idx on adherence_tally (agreement_id, organization_id) where bare;
comment on table adherence_tally is 'How an organization stands to an agreement, and to all; kept by triggers. Without a row it does in no way.';
comment on column adherence_tally.organization_id is 'The organization.';
comment on column adherence_tally.agreement_id is 'The agreement; 0 for all of them.';
comment on column adherence_tally.stakeholder_group is 'The group of the organization.';
comment on column adherence_tally.adherences is 'How many adherences there are.';
comment on column adherence_tally.signed is 'Whether one of them is a commitment of the organization: signed, endorsed, supported, participant or party.';
comment on column adherence_tally.evident is 'Whether links that count are recorded for the organization and the agreement.';
comment on column adherence_tally.bare is 'Whether the adherence is all there is: organization_tally has no row for the two.';

create table adherence_group_tally (
  agreement_id      bigint not null,
  stakeholder_group text not null,
  organizations     int not null,
  adherences        int not null,
  signed            int not null,
  met               int not null,
  bare              int not null,
  constraint adherence_group_tally_pkey primary key (agreement_id, stakeholder_group)
) with (fillfactor = 40);
comment on table adherence_group_tally is 'adherence_tally added up by stakeholder group; kept by triggers. Rows of noughts may stay.';
comment on column adherence_group_tally.agreement_id is 'The agreement; 0 for all of them.';
comment on column adherence_group_tally.stakeholder_group is 'The group; empty for organizations of none.';
comment on column adherence_group_tally.organizations is 'Organizations with an adherence.';
comment on column adherence_group_tally.adherences is 'How many adherences there are.';
comment on column adherence_group_tally.signed is 'Organizations that committed themselves.';
comment on column adherence_group_tally.met is 'Those of them with links that count.';
comment on column adherence_group_tally.bare is 'Organizations of which nothing but an adherence is recorded.';

-- Organizations by group, and promises, are counted with the rows of the record.
comment on column record_tally.what is 'initiative, reference, citation, unresolved for the citations that wait for a decision, promise for the initiatives that are one, undated for those of them without a date, or organization and a stakeholder group.';
do $$
declare v record;
begin
  for v in select * from (values ('public', 'record_recount'), ('asof', 'record_tally')) x (s, name) loop
    execute format('create or replace view %1$I.%2$I as
      select ''initiative'' as what, count(*) as rows from %1$I.initiative
      union all select ''reference'', count(*) from %1$I.reference
      union all select ''citation'', count(*) from %1$I.citation
      union all select ''unresolved'', count(*) from %1$I.citation where resolution in (''ambiguous'', ''out_of_range'', ''unknown_agreement'')
      union all select ''promise'', count(*) from %1$I.initiative where status = ''planned'' or status = ''ongoing'' and due_on <> ''''
      union all select ''undated'', count(*) from %1$I.initiative where status = ''planned'' and due_on = ''''
      union all select ''organization '' || stakeholder_group, count(*) from %1$I.organization group by stakeholder_group', v.s, v.name);
  end loop;
end $$;

grant select on adherence_tally, adherence_recount, adherence_group_tally, adherence_group_recount to normmap_app;
grant select on asof.adherence_tally, asof.adherence_group_tally to normmap_past;

-- count_adherences puts right how organizations stand, whatever happened to
-- their adherences. It is done at once: what is on record of them is noted until
-- the commit, and tells when it is counted.
create function history.count_adherences(p_organizations bigint[]) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
  with gone as (
    delete from adherence_tally where organization_id = any (p_organizations)
    returning agreement_id, stakeholder_group, adherences, signed, evident, bare
  )
  update adherence_group_tally g set organizations = g.organizations - d.organizations, adherences = g.adherences - d.adherences, signed = g.signed - d.signed, met = g.met - d.met, bare = g.bare - d.bare
  from (
    select agreement_id, stakeholder_group, count(*) as organizations, sum(adherences) as adherences, count(*) filter (where signed) as signed,
      count(*) filter (where signed and evident) as met, count(*) filter (where bare) as bare
    from gone group by agreement_id, stakeholder_group) d
  where g.agreement_id = d.agreement_id and g.stakeholder_group = d.stakeholder_group;
  with come as (
    insert into adherence_tally (organization_id, agreement_id, stakeholder_group, adherences, signed, evident, bare)
    select o.id, x.agreement_id, o.stakeholder_group, x.adherences, x.signed, coalesce(t.links > 0, false), t.links is null
    from organization o
    cross join lateral (
      select y.agreement_id, y.about, count(*) as adherences, bool_or(d.relation in ('signed', 'endorsed', 'supported', 'participant', 'party')) as signed
      from adherence d
      cross join lateral (values (d.agreement_id, 'agreement'), (0, 'record')) y (agreement_id, about)
      where d.organization_id = o.id
      group by y.agreement_id, y.about limit 1000000) x
    left join lateral (
      select t.links from organization_tally t where t.organization_id = o.id and t.about = x.about and t.about_id = x.agreement_id limit 1) t on true
    where o.id = any (p_organizations)
    returning agreement_id, stakeholder_group, adherences, signed, evident, bare
  )
  insert into adherence_group_tally as g (agreement_id, stakeholder_group, organizations, adherences, signed, met, bare)
  select agreement_id, stakeholder_group, count(*), sum(adherences), count(*) filter (where signed), count(*) filter (where signed and evident),
    count(*) filter (where bare)
  from come group by agreement_id, stakeholder_group
  on conflict on constraint adherence_group_tally_pkey do update set organizations = g.organizations + excluded.organizations,
    adherences = g.adherences + excluded.adherences, signed = g.signed + excluded.signed,
    met = g.met + excluded.met, bare = g.bare + excluded.bare;
end $$;
comment on function history.count_adherences is 'Puts right how organizations stand to agreements, and the sums of their groups with it.';

create function tally_adherence() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if history.is_preview() then
    return null;
  elsif tg_op = 'INSERT' then
    perform history.count_adherences(array_agg(distinct organization_id)) from new_rows;
  elsif tg_op = 'DELETE' then
    perform history.count_adherences(array_agg(distinct organization_id)) from old_rows;
  else
    perform history.count_adherences(array_agg(distinct organization_id))
    from (select organization_id from old_rows union all select organization_id from new_rows) x;
  end if;
  return null;
end $$;

create function count_organization() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if history.is_preview() then
    return null;
  elsif tg_op = 'INSERT' then
    insert into record_tally as t (what, rows) select 'organization ' || stakeholder_group, count(*) from new_rows group by 1 order by 1
    on conflict on constraint record_tally_pkey do update set rows = t.rows + excluded.rows;
  elsif tg_op = 'DELETE' then
    insert into record_tally as t (what, rows) select 'organization ' || stakeholder_group, -count(*) from old_rows group by 1 order by 1
    on conflict on constraint record_tally_pkey do update set rows = t.rows + excluded.rows;
    perform history.count_adherences(array_agg(id)) from old_rows;
  elsif exists (select from old_rows o join new_rows n on n.id = o.id where o.stakeholder_group <> n.stakeholder_group) then
    insert into record_tally as t (what, rows)
    select 'organization ' || stakeholder_group, sum(n)
    from (select stakeholder_group, 1 as n from new_rows union all select stakeholder_group, -1 from old_rows) x
    group by 1 having sum(n) <> 0 order by 1
    on conflict on constraint record_tally_pkey do update set rows = t.rows + excluded.rows;
    perform history.count_adherences(array_agg(n.id)) from old_rows o join new_rows n on n.id = o.id where o.stakeholder_group <> n.stakeholder_group;
  end if;
  return null;
end $$;

create function count_promise() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if history.is_preview() then
    return null;
  elsif tg_op = 'INSERT' then
    insert into record_tally as t (what, rows)
    select w.what, count(*) from new_rows i cross join lateral (
      select 'promise' as what where i.status = 'planned' or i.status = 'ongoing' and i.due_on <> ''
      union all select 'undated' where i.status = 'planned' and i.due_on = '') w
    group by w.what order by w.what
    on conflict on constraint record_tally_pkey do update set rows = t.rows + excluded.rows;
  elsif tg_op = 'DELETE' then
    insert into record_tally as t (what, rows)
    select w.what, -count(*) from old_rows i cross join lateral (
      select 'promise' as what where i.status = 'planned' or i.status = 'ongoing' and i.due_on <> ''
      union all select 'undated' where i.status = 'planned' and i.due_on = '') w
    group by w.what order by w.what
    on conflict on constraint record_tally_pkey do update set rows = t.rows + excluded.rows;
  else
    insert into record_tally as t (what, rows)
    select w.what, sum(i.n)
    from (select status, due_on, 1 as n from new_rows union all select status, due_on, -1 from old_rows) i
    cross join lateral (
      select 'promise' as what where i.status = 'planned' or i.status = 'ongoing' and i.due_on <> ''
      union all select 'undated' where i.status = 'planned' and i.due_on = '') w
    group by w.what having sum(i.n) <> 0 order by w.what
    on conflict on constraint record_tally_pkey do update set rows = t.rows + excluded.rows;
  end if;
  return null;
end $$;

-- When evidence of a pair begins or ends is seldom, so it is looked at row by
-- row, and most rows are let go by without looking. What adds to evidence that
-- there is pays nothing.
create function count_adherence_evident() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  pair organization_tally := case when tg_op = 'DELETE' then old else new end;
  now_bare boolean := tg_op = 'DELETE';
  now_evident boolean := tg_op <> 'DELETE' and pair.links > 0;
  was adherence_tally;
begin
  select * into was from adherence_tally where organization_id = pair.organization_id and agreement_id = pair.about_id;
  if found and (was.evident, was.bare) <> (now_evident, now_bare) then
    update adherence_tally set evident = now_evident, bare = now_bare
    where organization_id = was.organization_id and agreement_id = was.agreement_id;
    update adherence_group_tally set met = met + (was.signed and now_evident)::int - (was.signed and was.evident)::int,
      bare = bare + now_bare::int - was.bare::int
    where agreement_id = was.agreement_id and stakeholder_group = was.stakeholder_group;
  end if;
  return null;
end $$;
revoke all on function history.count_adherences(bigint[]), tally_adherence(), count_organization(), count_promise(), count_adherence_evident() from public;

do $$
declare t record; event text;
begin
  for t in select * from (values ('adherence', 'tally', 'tally_adherence'), ('organization', 'count', 'count_organization'), ('initiative', 'promise', 'count_promise')) x (name, trigger, function) loop
    foreach event in array array['insert', 'update', 'delete'] loop
      execute format('create trigger %5$s_%2$s after %2$s on %1$I referencing %3$s for each statement execute function %4$I()', t.name, event,
        case event when 'insert' then 'new table as new_rows' when 'delete' then 'old table as old_rows' else 'old table as old_rows new table as new_rows' end,
        t.function, t.trigger);
    end loop;
  end loop;
end $$;
create trigger evident_insert after insert on organization_tally for each row
  when (new.about <> 'principle') execute function count_adherence_evident();
create trigger evident_update after update on organization_tally for each row
  when ((old.links > 0) <> (new.links > 0) and new.about <> 'principle') execute function count_adherence_evident();
create trigger evident_delete after delete on organization_tally for each row
  when (old.about <> 'principle') execute function count_adherence_evident();

-- What is there already.
insert into adherence_tally (organization_id, agreement_id, stakeholder_group, adherences, signed, evident, bare)
select organization_id, agreement_id, stakeholder_group, adherences, signed, evident, bare from adherence_recount;
insert into adherence_group_tally (agreement_id, stakeholder_group, organizations, adherences, signed, met, bare)
select agreement_id, stakeholder_group, organizations, adherences, signed, met, bare from adherence_group_recount;
insert into record_tally (what, rows)
select what, rows from record_recount where rows > 0 and (what in ('promise', 'undated') or what like 'organization %');

insert into schema_applied (version) values (37);
