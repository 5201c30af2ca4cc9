-- Which principles are cited together was counted anew for each page of the past
-- that lists the pairs, though each principle's course tells it.
alter view asof.cocitation_tally set schema recounted;

-- Each pair is in the courses of both of its principles, and taken from the one
-- with the lower number. What changed after the end of the courses is added.
create view asof.cocitation_tally as
select x.principle_id, x.other_id, sum(x.more)::int as initiatives, (3 * ln(sum(x.more)::float8))::int as weight
from (
  select p.id as principle_id, f.about as other_id, f.more
  from (select distinct c.principle_id as id from history.principle_course c) p
  cross join lateral (
    select k.about, k.figures, k.later_rev, k.later_about, k.later_more
    from history.principle_course k
    where k.principle_id = p.id and k.since_rev <= current_setting('normmap.as_of')::bigint
    order by k.since_rev desc limit 1) k
  cross join lateral (
    select f.about, sum(f.more) as more
    from (
      select f.about, f.more from unnest(k.about, k.figures) f (about, more)
      union all
      select l.about, l.more from unnest(k.later_rev, k.later_about, k.later_more) l (rev, about, more)
      where l.rev <= current_setting('normmap.as_of')::bigint) f
    where f.about > p.id
    group by f.about) f
  union all
  select c.principle_id, c.about, c.more
  from history.course_end e
  cross join lateral history.figures_changed(e.revision, current_setting('normmap.as_of')::bigint, null) c
  where e.revision < current_setting('normmap.as_of')::bigint and c.about > c.principle_id) x
group by x.principle_id, x.other_id
having sum(x.more) > 0;
comment on view asof.cocitation_tally is 'cocitation_tally as it was at the revision that is looked at.';
grant select on asof.cocitation_tally to normmap_past;

insert into schema_applied (version) values (48);
