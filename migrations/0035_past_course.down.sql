create view asof.link_change as
select id, initiative_id, relation, origin from history.link where since_rev > (select current_setting('normmap.as_of')::bigint)
union all
select id, initiative_id, relation, origin from history.link
where until_rev > (select current_setting('normmap.as_of')::bigint) and until_rev < 9223372036854775807
  and since_rev - (select current_setting('normmap.as_of')::bigint) <= 0;
comment on view asof.link_change is 'The versions of links that began or ended after the revision that is looked at.';
create view asof.link_now as select id, initiative_id, principle_id, relation, origin from public.link;
comment on view asof.link_now is 'The links of the present, from which the past is told by what changed since.';
create view asof.cocitation_now as
select principle_id, other_id, initiatives from public.cocitation_tally
union all
select other_id, principle_id, initiatives from public.cocitation_tally;
comment on view asof.cocitation_now is 'The tally of the present, each pair both ways, from which the past is told by what changed since.';
grant select on asof.link_change, asof.link_now, asof.cocitation_now to normmap_past;
create or replace view asof.principle_figures as
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
drop function asof.links_of(bigint);
drop function asof.figures_of(bigint);
drop function history.keep_course(int, int, int);
drop function history.figures_changed(bigint, bigint, bigint);
drop table history.course_end;
drop table history.principle_course;
delete from schema_applied where version = 35;
