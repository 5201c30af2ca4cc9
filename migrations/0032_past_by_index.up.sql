-- The past at the price of what a page shows, whichever revision it is of.

-- A condition on since_rev that an index serves made the plan depend on the
-- revision that was asked for first: of an early one hardly any rows are
-- expected, so they were found by their revision, and a connection that keeps
-- its plans read whole tables for all later ones. What a revision shows is
-- found by what it is about, and its revision looked at then.
create or replace function history.look_back(t text) returns void language plpgsql as $gen$
declare cols text;
begin
  select string_agg(quote_ident(attname), ', ' order by attnum) into cols
    from pg_attribute where attrelid = ('public.' || quote_ident(t))::regclass and attnum > 0 and not attisdropped;
  execute format('create or replace view asof.%1$I as select %2$s from history.%1$I
    where since_rev - current_setting(''normmap.as_of'')::bigint <= 0 and until_rev > current_setting(''normmap.as_of'')::bigint', t, cols);
  execute format('comment on view asof.%1$I is %2$L', t, t || ' as it was at the revision that is looked at.');
  execute format('grant select on asof.%1$I to normmap_past', t);
end $gen$;
do $$ declare t text; begin
  for t in select name from history.tracked order by position loop
    perform history.look_back(t);
  end loop;
end $$;

-- Links are counted, many at a time, within their indexes. There the revision
-- is found out once, and the planner cannot see it.
create or replace view asof.link as
select id, initiative_id, principle_id, relation, property, origin, asserter_id, rationale, strength, version from history.link
where since_rev - (select current_setting('normmap.as_of')::bigint) <= 0 and until_rev > (select current_setting('normmap.as_of')::bigint);
drop index history.link_principle_id_idx;
create index link_principle_id_idx on history.link (principle_id, origin, id, since_rev, until_rev) include (relation, initiative_id);
drop index history.link_initiative_id_idx;
create index link_initiative_id_idx on history.link (initiative_id, principle_id, since_rev, until_rev) include (origin, relation);

-- By what else a page of a principle looks things up.
create index citation_candidate_citation_id_idx on history.citation_candidate (citation_id, principle_id);
create index numbering_label_principle_id_idx on history.numbering_label (principle_id);
create index fact_source_entity_idx on history.fact_source (kind, entity);

-- Most citations never could mean several principles, and nobody ever disagreed
-- with most links. Those of which it was ever so are noted once and for all: the
-- past looks among them for what was so then.
create table once_possible (
  principle_id bigint not null,
  citation_id  bigint not null,
  constraint once_possible_pkey primary key (principle_id, citation_id)
);
comment on table once_possible is 'All that ever was in possible_citation; kept by a trigger, and nothing leaves it.';
comment on column once_possible.principle_id is 'The principle that may have been meant.';
comment on column once_possible.citation_id is 'The citation.';
insert into once_possible (principle_id, citation_id)
select distinct k.principle_id, k.citation_id from history.citation_candidate k
where exists (select from history.citation c where c.id = k.citation_id and c.resolution = 'ambiguous');

create table once_contested (
  principle_id bigint not null,
  link_id      bigint not null,
  constraint once_contested_pkey primary key (principle_id, link_id)
);
create index once_contested_link_id_idx on once_contested (link_id);
comment on table once_contested is 'Links with which somebody ever disagreed; kept by triggers, and nothing leaves it.';
comment on column once_contested.principle_id is 'A principle to which the link led.';
comment on column once_contested.link_id is 'The link.';
insert into once_contested (principle_id, link_id)
select distinct l.principle_id, l.id from history.link l
where exists (select from history.assessment s where s.link_id = l.id and s.view = 'disagrees');
grant select on once_possible, once_contested to normmap_app;

create function note_once_possible() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into once_possible (principle_id, citation_id) values (new.principle_id, new.citation_id)
  on conflict on constraint once_possible_pkey do nothing;
  return null;
end $$;
comment on function note_once_possible is 'Keeps once_possible.';
create trigger once_possible after insert on possible_citation for each row execute function note_once_possible();

create function note_once_contested() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_table_name = 'assessment' then
    insert into once_contested (principle_id, link_id) select l.principle_id, l.id from link l where l.id = new.link_id
    on conflict on constraint once_contested_pkey do nothing;
  else
    insert into once_contested (principle_id, link_id)
    select new.principle_id, new.id where exists (select from once_contested o where o.link_id = new.id)
    on conflict on constraint once_contested_pkey do nothing;
  end if;
  return null;
end $$;
comment on function note_once_contested is 'Keeps once_contested for an assessment, and for a link that leads elsewhere.';
create trigger once_contested after insert or update on assessment for each row when (new.view = 'disagrees') execute function note_once_contested();
create trigger once_contested after update on link for each row when (old.principle_id <> new.principle_id) execute function note_once_contested();
revoke all on function note_once_possible(), note_once_contested() from public;

create or replace view asof.possible_citation as
select o.principle_id, o.citation_id from once_possible o
where exists (select from asof.citation c where c.id = o.citation_id and c.resolution = 'ambiguous')
  and exists (select from asof.citation_candidate k where k.citation_id = o.citation_id and k.principle_id = o.principle_id);

-- The figures of a principle: in the present they are kept, and in the past
-- counted without asking whose the initiatives are.
create view principle_figures as
select about_id as principle_id, links, curator_links, third_party_links, contested, possibly_cited, reviewed_cells
from group_tally where about = 'principle';
comment on view principle_figures is 'What is on record for a principle, in rows to be added up.';
create view asof.principle_figures as
select p.id as principle_id, l.links, l.curator_links, l.third_party_links, d.contested, k.possibly_cited, r.reviewed_cells
from asof.principle p
cross join lateral (
  select count(*) filter (where l.origin = 'contributor')::int as links, count(*) filter (where l.origin = 'curator')::int as curator_links,
    count(*) filter (where l.origin = 'third_party')::int as third_party_links
  from asof.link l where l.principle_id = p.id and l.relation = 'supports') l
cross join lateral (
  select count(*)::int as contested from once_contested o
  where o.principle_id = p.id
    and exists (select from asof.link l where l.id = o.link_id and l.principle_id = p.id and l.relation = 'supports' and l.origin = 'contributor')
    and exists (select from asof.assessment s where s.link_id = o.link_id and s.view = 'disagrees')) d
cross join lateral (select count(*)::int as possibly_cited from asof.possible_citation k where k.principle_id = p.id) k
cross join lateral (
  select count(*)::int as reviewed_cells from asof.cell_review v
  where v.principle_id = p.id and not exists (
    select from asof.initiative i join asof.link l on l.initiative_id = i.id
    where i.organization_id = v.organization_id and l.principle_id = p.id and l.relation = 'supports' and l.origin = 'contributor')) r;
comment on view asof.principle_figures is 'principle_figures as it was at the revision that is looked at, counted anew.';
grant select on principle_figures to normmap_app;
grant select on asof.principle_figures to normmap_past;

insert into schema_applied (version) values (32);
