-- A link of which the initiative became another one is one link: in the course
-- of the figures it was counted for each of the initiatives.

create or replace function history.figures_changed(p_after bigint, p_upto bigint, p_principle bigint)
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
    from (select distinct c.id from changed c) c
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

-- The course is written down anew where it may have counted so.
delete from history.principle_course where exists (
  select from history.link l join history.link o on o.id = l.id and o.initiative_id <> l.initiative_id);
update history.course_end set revision = 0 where not exists (select from history.principle_course);

insert into schema_applied (version) values (40);
