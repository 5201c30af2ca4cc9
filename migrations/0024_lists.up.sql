-- Lists that begin anywhere by an index, and say how many there are without
-- counting them: what 0021 does for pages, for lists.

-- Organizations and sources are listed by name, initiatives by organization and
-- source.
create index organization_name_idx on organization (lower(name), id);
create index organization_name_idx on history.organization (lower(name), id);
create index source_title_idx on source (lower(title), id);
create index source_title_idx on history.source (lower(title), id);
create index citation_line_place_idx on citation_line (source_id, id);
drop index history.citation_line_source_id_idx;
create index citation_line_source_id_idx on history.citation_line (source_id, id);

create table link_tally (
  principle_id bigint not null,
  origin       text not null,
  relation     text not null,
  links        bigint not null,
  constraint link_tally_pkey primary key (principle_id, origin, relation)
) with (fillfactor = 60);
comment on table link_tally is 'How many links there are, of every kind; kept by triggers. Noughts may stay.';
comment on column link_tally.principle_id is 'The principle to which they lead.';
comment on column link_tally.origin is 'Their origin.';
comment on column link_tally.relation is 'Their relation.';
comment on column link_tally.links is 'How many.';

create table unresolved_tally (
  agreement_id bigint constraint unresolved_tally_pkey primary key,
  citations    bigint not null
) with (fillfactor = 40);
comment on table unresolved_tally is 'How many citations of an agreement wait for a decision; kept by triggers. Noughts may stay.';
comment on column unresolved_tally.agreement_id is 'The agreement.';
comment on column unresolved_tally.citations is 'How many.';

-- The past is counted anew, and so is whoever checks the present.
do $$
declare v record;
begin
  for v in select * from (values ('public', 'link_recount', 'unresolved_recount'), ('asof', 'link_tally', 'unresolved_tally')) x (s, links, unresolved) loop
    execute format('create view %1$I.%2$I as
      select l.principle_id, l.origin, l.relation, count(*) as links from %1$I.link l group by l.principle_id, l.origin, l.relation', v.s, v.links);
    execute format('create view %1$I.%2$I as
      select r.agreement_id, count(*) as citations from %1$I.citation c join %1$I.reference r on r.id = c.reference_id
      where r.agreement_id is not null and c.resolution in (''ambiguous'', ''out_of_range'', ''unknown_agreement'') group by r.agreement_id', v.s, v.unresolved);
  end loop;
end $$;
comment on view link_recount is 'What link_tally must hold, counted from the record.';
comment on view asof.link_tally is 'link_tally as it was at the revision that is looked at, counted anew.';
comment on view unresolved_recount is 'What unresolved_tally must hold, counted from the record.';
comment on view asof.unresolved_tally is 'unresolved_tally as it was at the revision that is looked at, counted anew.';
grant select on link_tally, link_recount, unresolved_tally, unresolved_recount to normmap_app;
grant select on asof.link_tally, asof.unresolved_tally to normmap_past;

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

-- A citation counts while its reference is there, too: whichever of the two is
-- added last, or goes first, finds the other.
create function count_unresolved() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare was bigint[]; is_now bigint[]; -- one agreement for each citation
begin
  if history.is_preview() then
    return null;
  end if;
  if tg_table_name = 'citation' then
    if tg_op <> 'INSERT' then
      select array_agg(r.agreement_id) into was from old_rows c join reference r on r.id = c.reference_id
      where c.resolution in ('ambiguous', 'out_of_range', 'unknown_agreement');
    end if;
    if tg_op <> 'DELETE' then
      select array_agg(r.agreement_id) into is_now from new_rows c join reference r on r.id = c.reference_id
      where c.resolution in ('ambiguous', 'out_of_range', 'unknown_agreement');
    end if;
  else
    if tg_op <> 'INSERT' then
      select array_agg(r.agreement_id) into was from old_rows r join citation c on c.reference_id = r.id
      where c.resolution in ('ambiguous', 'out_of_range', 'unknown_agreement');
    end if;
    if tg_op <> 'DELETE' then
      select array_agg(r.agreement_id) into is_now from new_rows r join citation c on c.reference_id = r.id
      where c.resolution in ('ambiguous', 'out_of_range', 'unknown_agreement');
    end if;
  end if;
  if was is null and is_now is null then
    return null;
  end if;
  insert into unresolved_tally as t (agreement_id, citations)
  select agreement_id, sum(n) from (
    select agreement_id, 1 as n from unnest(is_now) agreement_id union all select agreement_id, -1 from unnest(was) agreement_id) x
  where agreement_id is not null group by agreement_id having sum(n) <> 0 order by agreement_id
  on conflict on constraint unresolved_tally_pkey do update set citations = t.citations + excluded.citations;
  return null;
end $$;
revoke all on function count_link(), count_unresolved() from public;

do $$
declare t record; event text;
begin
  for t in select * from (values ('link', 'count_link'), ('citation', 'count_unresolved'), ('reference', 'count_unresolved')) x (name, function) loop
    foreach event in array array['insert', 'update', 'delete'] loop
      execute format('create trigger count_%2$s after %2$s on %1$I referencing %3$s for each statement execute function %4$I()', t.name, event,
        case event when 'insert' then 'new table as new_rows' when 'delete' then 'old table as old_rows' else 'old table as old_rows new table as new_rows' end,
        t.function);
    end loop;
  end loop;
end $$;

insert into link_tally (principle_id, origin, relation, links) select principle_id, origin, relation, links from link_recount;
insert into unresolved_tally (agreement_id, citations) select agreement_id, citations from unresolved_recount;

-- How many rows a changeset wrote never changes. For one of many edits it is
-- kept when it is written; lists would count them on every visit.
create table changeset_tally (
  changeset_id bigint constraint changeset_tally_pkey primary key,
  rows         bigint not null
);
comment on table changeset_tally is 'How many rows large changesets wrote.';
comment on column changeset_tally.changeset_id is 'The changeset.';
comment on column changeset_tally.rows is 'How many rows it added, changed or withdrew.';
create view asof.changeset_tally as select changeset_id, rows from public.changeset_tally;
comment on view asof.changeset_tally is 'changeset_tally: what a changeset wrote is the same whenever it is looked at.';
grant select, insert on changeset_tally to normmap_app;
grant select on asof.changeset_tally to normmap_past;

do $$
declare every text;
begin
  select string_agg(format('select since_rev as rev, %1$L as kind, id from history.%1$I union select until_rev, %1$L, id from history.%1$I where until_rev < 9223372036854775807', name), ' union all ')
  into every from history.tracked;
  execute 'insert into changeset_tally (changeset_id, rows) select rev, count(*) from (' || every || ') x group by rev having count(*) > 100';
end $$;

insert into schema_applied (version) values (24);
