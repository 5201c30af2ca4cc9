-- How often principles are cited, and together with which others, in the course
-- of the revisions. To count that anew for one of them takes time for each link
-- of a principle, of which some have very many. It is written down afterwards:
-- whoever writes evidence does not wait for it.

create table history.principle_course (
  principle_id bigint   not null,
  since_rev    bigint   not null,
  links        int      not null,
  about        bigint[] not null,
  figures      int[]    not null,
  later_rev    bigint[] not null,
  later_about  bigint[] not null,
  later_more   int[]    not null,
  constraint principle_course_pkey primary key (principle_id, since_rev)
);
comment on table history.principle_course is 'Figures of principles as they were at a revision, and how they changed after it up to the next row of the principle, or to course_end. Nothing in it changes but that more is added to the last row.';
comment on column history.principle_course.principle_id is 'The principle.';
comment on column history.principle_course.since_rev is 'The revision.';
comment on column history.principle_course.links is 'How many links led to it then, of all origins, that support it.';
comment on column history.principle_course.about is 'What each of the figures is about: the number of a principle that initiatives cite together with this one, 0 for the links of contributors, -1 of curators, -2 of third parties.';
comment on column history.principle_course.figures is 'The figures, beside each other. What is nought is left out.';
comment on column history.principle_course.later_rev is 'Revisions that changed figures, in their order.';
comment on column history.principle_course.later_about is 'What figure they changed.';
comment on column history.principle_course.later_more is 'By how much.';

create table history.course_end (
  one      boolean not null default true constraint course_end_pkey primary key constraint course_end_one_check check (one),
  revision bigint not null
);
comment on table history.course_end is 'One row: the revision up to which principle_course goes.';
comment on column history.course_end.one is 'Always true, so that there is one row.';
comment on column history.course_end.revision is 'The revision.';
insert into history.course_end (revision) values (0);
grant select on history.principle_course, history.course_end to normmap_app, normmap_past;

-- figures_changed are the changes of figures after a revision and up to another,
-- of one principle or of all. An initiative cites two principles together in all
-- revisions in which it has a link that counts to both, whichever version of
-- whichever link that is.
create function history.figures_changed(p_after bigint, p_upto bigint, p_principle bigint)
  returns table (principle_id bigint, rev bigint, about bigint, more int)
  language plpgsql stable set enable_seqscan = off set jit = off as $$
#variable_conflict use_column
begin
  return query
  with changed as materialized (
    select l.id, l.initiative_id from history.link l where l.since_rev > p_after and l.since_rev <= p_upto
    union
    select l.id, l.initiative_id from history.link l where l.until_rev > p_after and l.until_rev <= p_upto and l.until_rev < 9223372036854775807
  ),
  cited as materialized (
    select l.initiative_id, l.principle_id, range_agg(int8range(l.since_rev, l.until_rev)) as span
    from (select distinct c.initiative_id from changed c) i
    join history.link l on l.initiative_id = i.initiative_id
    where l.relation = 'supports' and l.origin = 'contributor' and l.since_rev <= p_upto and l.until_rev > p_after
      and (p_principle is null or exists (select from history.link o where o.initiative_id = i.initiative_id and o.principle_id = p_principle))
    group by l.initiative_id, l.principle_id
  ),
  event as (
    select e.principle_id, e.rev, e.about, e.more
    from (
      select a.principle_id, b.principle_id as about, unnest(a.span * b.span) as span
      from cited a
      join cited b on b.initiative_id = a.initiative_id and b.principle_id <> a.principle_id
      where p_principle is null or a.principle_id = p_principle) x
    cross join lateral (values (x.principle_id, lower(x.span), x.about, 1), (x.principle_id, upper(x.span), x.about, -1)) e(principle_id, rev, about, more)
    union all
    select e.principle_id, e.rev, e.about, e.more
    from changed c
    join history.link l on l.id = c.id
    cross join lateral (select case l.origin when 'contributor' then 0 when 'curator' then -1 else -2 end as about) o
    cross join lateral (values (l.principle_id, l.since_rev, o.about, 1), (l.principle_id, l.until_rev, o.about, -1)) e(principle_id, rev, about, more)
    where l.relation = 'supports' and (p_principle is null or l.principle_id = p_principle)
  )
  select e.principle_id, e.rev, e.about::bigint, sum(e.more)::int
  from event e
  where e.rev > p_after and e.rev <= p_upto
  group by e.principle_id, e.rev, e.about
  having sum(e.more) <> 0;
end $$;
comment on function history.figures_changed is 'How figures of a principle, or with null of all, changed after a revision and up to another: see history.principle_course.';
revoke all on function history.figures_changed(bigint, bigint, bigint) from public;
grant execute on function history.figures_changed(bigint, bigint, bigint) to normmap_past;

-- keep_course goes on by at least so many versions of links, in steps that a
-- statement has time for. A row of a principle ends before the revision by which
-- it would have so many changes, so that reading it takes the same time everywhere.
create function history.keep_course(p_least int, p_most int, p_row int) returns bigint
  language plpgsql security definer set search_path = pg_catalog, history, public, pg_temp set enable_nestloop = off set jit = off as $$
declare
  v_after bigint;
  v_upto bigint;
begin
  select revision into v_after from course_end for update skip locked;
  if v_after is null then
    return null; -- another instance is at it
  end if;
  if (select count(*) from (
      (select from link where since_rev > v_after order by since_rev limit p_least)
      union all
      (select from link where until_rev > v_after and until_rev < 9223372036854775807 order by until_rev limit p_least)) x) < p_least then
    return null;
  end if;
  select least(
      (select max(c.id) from changeset c where c.id < 4611686018427387904),
      (select since_rev from link where since_rev > v_after order by since_rev offset p_most limit 1),
      (select until_rev from link where until_rev > v_after and until_rev < 9223372036854775807 order by until_rev offset p_most limit 1))
    into v_upto;
  with event as materialized (
    select principle_id, rev, about, more from figures_changed(v_after, v_upto, null)
  ),
  newest as materialized (
    select k.principle_id, k.since_rev, k.about, k.figures, k.later_rev, k.later_about, k.later_more
    from (select distinct principle_id from event) p
    join lateral (
      select c.principle_id, c.since_rev, c.about, c.figures, c.later_rev, c.later_about, c.later_more
      from principle_course c where c.principle_id = p.principle_id order by c.since_rev desc limit 1) k on true
  ),
  of_revision as (
    select principle_id, rev, count(*) as events from event group by principle_id, rev
  ),
  placed as (
    select r.principle_id, r.rev,
      trunc((coalesce(cardinality(n.later_rev), p_row) + sum(r.events) over (partition by r.principle_id order by r.rev)) / p_row)::int as part
    from of_revision r
    left join newest n on n.principle_id = r.principle_id
  ),
  part as materialized (
    select principle_id, part, min(rev) as since_rev, max(rev) as until_rev from placed group by principle_id, part
  ),
  later as materialized (
    select p.principle_id, p.part, array_agg(e.rev order by e.rev, e.about) as revs, array_agg(e.about order by e.rev, e.about) as abouts,
      array_agg(e.more order by e.rev, e.about) as mores
    from part p
    join event e on e.principle_id = p.principle_id and e.rev > case when p.part > 0 then p.since_rev else 0 end and e.rev <= p.until_rev
    group by p.principle_id, p.part
  ),
  course as materialized (
    select n.principle_id, x.about, x.more, 0::bigint as rev
    from newest n
    cross join lateral (
      select a.about, a.more from unnest(n.about, n.figures) a(about, more)
      union all
      select l.about, l.more from unnest(n.later_about, n.later_more) l(about, more)) x
    union all
    select principle_id, about, more, rev from event
  ),
  figure as (
    select p.principle_id, p.part, c.about, sum(c.more)::int as figure
    from part p
    join course c on c.principle_id = p.principle_id and c.rev <= p.since_rev
    where p.part > 0
    group by p.principle_id, p.part, c.about
    having sum(c.more) <> 0
  ),
  figures as (
    select principle_id, part, coalesce(sum(figure) filter (where about <= 0), 0)::int as links,
      array_agg(about order by about) as abouts, array_agg(figure order by about) as figures
    from figure
    group by principle_id, part
  ),
  added as (
    update principle_course c
    set later_rev = c.later_rev || l.revs, later_about = c.later_about || l.abouts, later_more = c.later_more || l.mores
    from newest n, later l
    where l.principle_id = n.principle_id and l.part = 0 and c.principle_id = n.principle_id and c.since_rev = n.since_rev
  )
  insert into principle_course (principle_id, since_rev, links, about, figures, later_rev, later_about, later_more)
  select p.principle_id, p.since_rev, coalesce(f.links, 0), coalesce(f.abouts, '{}'), coalesce(f.figures, '{}'),
    coalesce(l.revs, '{}'), coalesce(l.abouts, '{}'), coalesce(l.mores, '{}')
  from part p
  left join figures f on f.principle_id = p.principle_id and f.part = p.part
  left join later l on l.principle_id = p.principle_id and l.part = p.part
  where p.part > 0;
  update course_end set revision = v_upto;
  return v_upto;
end $$;
comment on function history.keep_course is 'Goes on with principle_course where at least so many versions of links began or ended since, by about so many at most, with so many changes in a row; the revision that it got to, or null.';
revoke all on function history.keep_course(int, int, int) from public;
grant execute on function history.keep_course(int, int, int) to normmap_app;

-- Of a revision that principle_course has got to, the figures stand there. Of a
-- later one they are those of its end with what changed since, or if that is
-- more than there is to count, counted anew.
create function asof.figures_of(p_principle bigint) returns table (about bigint, figure int) language plpgsql stable as $$
#variable_conflict use_column
declare
  v_rev bigint := current_setting('normmap.as_of')::bigint;
  v_end bigint;
  v_course history.principle_course;
  v_few int;
begin
  select least(v_rev, revision) into v_end from history.course_end;
  select k.principle_id, k.since_rev, k.links, k.about, k.figures, k.later_rev, k.later_about, k.later_more into v_course
    from history.principle_course k where k.principle_id = p_principle and k.since_rev <= v_end order by k.since_rev desc limit 1;
  if v_end < v_rev then
    v_few := greatest(20, v_course.links);
    if (select count(*) from (
        (select from history.link l where l.since_rev > v_end and l.since_rev <= v_rev limit v_few)
        union all
        (select from history.link l where l.until_rev > v_end and l.until_rev <= v_rev and l.until_rev < 9223372036854775807 limit v_few)) x) >= v_few then
      return query
      select m.about, count(*)::int
      from (
        select distinct o.principle_id as about, l.initiative_id
        from asof.link l
        join asof.link o on o.initiative_id = l.initiative_id and o.principle_id <> p_principle
        where l.principle_id = p_principle and l.relation = 'supports' and l.origin = 'contributor' and o.relation = 'supports' and o.origin = 'contributor') m
      group by m.about
      union all
      select case l.origin when 'contributor' then 0 when 'curator' then -1 else -2 end, count(*)::int
      from asof.link l
      where l.principle_id = p_principle and l.relation = 'supports'
      group by l.origin;
      return;
    end if;
  end if;
  return query
  select x.about, sum(x.more)::int
  from (
    select f.about, f.more from unnest(v_course.about, v_course.figures) f(about, more)
    union all
    select l.about, l.more from unnest(v_course.later_rev, v_course.later_about, v_course.later_more) l(rev, about, more) where l.rev <= v_end
    union all
    select c.about, c.more from history.figures_changed(v_end, v_rev, p_principle) c where v_end < v_rev) x
  group by x.about
  having sum(x.more) <> 0;
end $$;
comment on function asof.figures_of is 'The figures of a principle as they were at the revision that is looked at: see history.principle_course.';

-- Few links are counted sooner than what is written down is read.
create function asof.links_of(p_principle bigint, out links int, out curator_links int, out third_party_links int) language plpgsql stable as $$
begin
  if coalesce((select k.links from history.principle_course k where k.principle_id = p_principle order by k.since_rev desc limit 1), 0) < 1000 then
    select count(*) filter (where l.origin = 'contributor'), count(*) filter (where l.origin = 'curator'), count(*) filter (where l.origin = 'third_party')
      into links, curator_links, third_party_links
      from asof.link l where l.principle_id = p_principle and l.relation = 'supports';
  else
    select coalesce(sum(f.figure) filter (where f.about = 0), 0), coalesce(sum(f.figure) filter (where f.about = -1), 0), coalesce(sum(f.figure) filter (where f.about = -2), 0)
      into links, curator_links, third_party_links
      from asof.figures_of(p_principle) f;
  end if;
end $$;
comment on function asof.links_of is 'How many links led to a principle at the revision that is looked at.';
revoke all on function asof.figures_of(bigint), asof.links_of(bigint) from public;
grant execute on function asof.figures_of(bigint), asof.links_of(bigint) to normmap_past;

create or replace view asof.principle_figures as
select p.id as principle_id, l.links, l.curator_links, l.third_party_links, d.contested, k.possibly_cited, r.reviewed_cells
from asof.principle p
cross join lateral asof.links_of(p.id) l
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
drop view asof.cocitation_now;
drop view asof.link_now;
drop view asof.link_change;

insert into schema_applied (version) values (35);
