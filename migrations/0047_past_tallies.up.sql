-- Pages of the past as flat as those of the present. What tallies hold in the
-- present is written down for every revision as well: in the background, so that
-- writers pay nothing for it. A row says how much there was from a revision on,
-- until the next row of the same key; of rows of which nothing is left, the last
-- one is of noughts. Nothing is ever changed in them.
--
-- What there is more or less at a revision follows from when versions of rows
-- began and ended. So whatever was written, one by one or thousands at once, is
-- gone through once, and nothing is counted anew for each revision.

create table history.organization_course (
  organization_id   bigint  not null,
  about             text    not null,
  about_id          bigint  not null,
  since_rev         bigint  not null,
  first             boolean not null,
  links             int     not null,
  contested         int     not null,
  curator_links     int     not null,
  third_party_links int     not null,
  possibly_cited    int     not null,
  initiatives       int     not null,
  reviewed          int     not null,
  outside           int     not null,
  inside            int     not null,
  adherences        int     not null,
  signed            int     not null,
  constraint organization_course_pkey primary key (organization_id, about, about_id, since_rev)
);
create index organization_course_first_idx on history.organization_course (organization_id, about, about_id) where first;
create index organization_course_about_idx on history.organization_course (about, about_id, organization_id) where first;
comment on table history.organization_course is 'organization_tally and adherence_tally from each revision on that changed them, up to tally_end.';
comment on column history.organization_course.organization_id is 'The organization.';
comment on column history.organization_course.about is 'As in organization_tally.';
comment on column history.organization_course.about_id is 'As in organization_tally.';
comment on column history.organization_course.since_rev is 'The revision.';
comment on column history.organization_course.first is 'Whether it is the first row of the organization and what it is about: there is one for each of them.';
comment on column history.organization_course.links is 'As in organization_tally.';
comment on column history.organization_course.contested is 'As in organization_tally.';
comment on column history.organization_course.curator_links is 'As in organization_tally.';
comment on column history.organization_course.third_party_links is 'As in organization_tally.';
comment on column history.organization_course.possibly_cited is 'As in organization_tally.';
comment on column history.organization_course.initiatives is 'As in organization_tally.';
comment on column history.organization_course.reviewed is 'Reviews of cells.';
comment on column history.organization_course.outside is 'Rulings that a principle does not speak to the organization.';
comment on column history.organization_course.inside is 'Rulings that it does.';
comment on column history.organization_course.adherences is 'As in adherence_tally.';
comment on column history.organization_course.signed is 'Those of them that are a commitment.';

create table history.group_course (
  about             text    not null,
  about_id          bigint  not null,
  stakeholder_group text    not null,
  since_rev         bigint  not null,
  first             boolean not null,
  links             int     not null,
  contested         int     not null,
  curator_links     int     not null,
  third_party_links int     not null,
  possibly_cited    int     not null,
  initiatives       int     not null,
  organizations     int     not null,
  evident           int     not null,
  contested_cells   int     not null,
  cited_cells       int     not null,
  reviewed_cells    int     not null,
  outside_cells     int     not null,
  inside_cells      int     not null,
  adhering          int     not null,
  adherences        int     not null,
  signed            int     not null,
  met               int     not null,
  bare              int     not null,
  constraint group_course_pkey primary key (about, about_id, stakeholder_group, since_rev)
);
create index group_course_first_idx on history.group_course (about, about_id, stakeholder_group) where first;
comment on table history.group_course is 'group_tally and adherence_group_tally from each revision on that changed them, up to tally_end.';
comment on column history.group_course.about is 'As in group_tally.';
comment on column history.group_course.about_id is 'As in group_tally.';
comment on column history.group_course.stakeholder_group is 'The group; empty for organizations of none.';
comment on column history.group_course.since_rev is 'The revision.';
comment on column history.group_course.first is 'Whether it is the first row of the group and what it is about.';
comment on column history.group_course.links is 'As in group_tally.';
comment on column history.group_course.contested is 'As in group_tally.';
comment on column history.group_course.curator_links is 'As in group_tally.';
comment on column history.group_course.third_party_links is 'As in group_tally.';
comment on column history.group_course.possibly_cited is 'As in group_tally.';
comment on column history.group_course.initiatives is 'As in group_tally.';
comment on column history.group_course.organizations is 'As in group_tally.';
comment on column history.group_course.evident is 'As in group_tally.';
comment on column history.group_course.contested_cells is 'As in group_tally.';
comment on column history.group_course.cited_cells is 'As in group_tally.';
comment on column history.group_course.reviewed_cells is 'As in group_tally.';
comment on column history.group_course.outside_cells is 'As in group_tally.';
comment on column history.group_course.inside_cells is 'As in group_tally.';
comment on column history.group_course.adhering is 'What adherence_group_tally calls organizations.';
comment on column history.group_course.adherences is 'As in adherence_group_tally.';
comment on column history.group_course.signed is 'As in adherence_group_tally.';
comment on column history.group_course.met is 'As in adherence_group_tally.';
comment on column history.group_course.bare is 'As in adherence_group_tally.';

create table history.link_course (
  principle_id bigint  not null,
  origin       text    not null,
  relation     text    not null,
  since_rev    bigint  not null,
  first        boolean not null,
  links        bigint  not null,
  constraint link_course_pkey primary key (principle_id, origin, relation, since_rev)
);
create index link_course_first_idx on history.link_course (principle_id, origin, relation) where first;
comment on table history.link_course is 'link_tally from each revision on that changed it, up to tally_end.';
comment on column history.link_course.principle_id is 'As in link_tally.';
comment on column history.link_course.origin is 'As in link_tally.';
comment on column history.link_course.relation is 'As in link_tally.';
comment on column history.link_course.since_rev is 'The revision.';
comment on column history.link_course.first is 'Whether it is the first row of the principle, the origin and the relation.';
comment on column history.link_course.links is 'As in link_tally.';

create table history.row_course (
  what         text    not null,
  agreement_id bigint  not null,
  since_rev    bigint  not null,
  first        boolean not null,
  rows         bigint  not null,
  constraint row_course_pkey primary key (what, agreement_id, since_rev)
);
create index row_course_first_idx on history.row_course (what, agreement_id) where first;
comment on table history.row_course is 'record_tally and unresolved_tally from each revision on that changed them, up to tally_end.';
comment on column history.row_course.what is 'As in record_tally.';
comment on column history.row_course.agreement_id is 'The agreement of unresolved_tally; 0 for the record.';
comment on column history.row_course.since_rev is 'The revision.';
comment on column history.row_course.first is 'Whether it is the first row of what is counted.';
comment on column history.row_course.rows is 'How many.';

create table history.tally_end (
  one      boolean not null default true constraint tally_end_pkey primary key constraint tally_end_one_check check (one),
  revision bigint not null
);
comment on table history.tally_end is 'One row: the revision up to which tallies are written down.';
comment on column history.tally_end.one is 'Always true, so that there is one row.';
comment on column history.tally_end.revision is 'The revision.';
insert into history.tally_end (revision) values (0);
grant select on history.organization_course, history.group_course, history.link_course, history.row_course, history.tally_end to normmap_app, normmap_past;

create function history.changed_rows(p_table text, p_after bigint, p_upto bigint) returns setof bigint language plpgsql stable as $$
begin
  return query execute format('select id from history.%1$I where since_rev > $1 and since_rev <= $2
    union select id from history.%1$I where until_rev > $1 and until_rev <= $2 and until_rev < 9223372036854775807', p_table) using p_after, p_upto;
end $$;
comment on function history.changed_rows is 'The rows of a tracked table of which a version began or ended after a revision and up to another.';

-- tally_changes is what there was more or less on record of an organization at
-- each revision after one and up to another. Whatever touches an initiative, all
-- of its evidence is looked at, so that what counts once for several rows (an
-- initiative for its links, a citation for its candidates) is seen as a whole.
create function history.tally_changes(p_after bigint, p_upto bigint)
  returns table (organization_id bigint, about text, about_id bigint, rev bigint, links int, contested int, curator_links int, third_party_links int,
    possibly_cited int, initiatives int, reviewed int, outside int, inside int, adherences int, signed int)
  language plpgsql stable set enable_seqscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
  with moved as materialized ( -- principles that came into a current edition, or out of it
    select p.id as principle_id
    from history.changed_rows('edition', p_after, p_upto) c (id)
    cross join lateral (select count(distinct (h.current, h.agreement_id)) as states from history.edition h
      where h.id = c.id and h.since_rev <= p_upto and h.until_rev > p_after) e
    join history.principle p on p.edition_id = c.id and p.since_rev <= p_upto and p.until_rev > p_after
    where e.states > 1
    union
    select c.id
    from history.changed_rows('principle', p_after, p_upto) c (id)
    cross join lateral (select count(distinct h.edition_id) as editions from history.principle h
      where h.id = c.id and h.since_rev <= p_upto and h.until_rev > p_after) p
    where p.editions > 1
  ),
  citations as materialized (
    select id from history.changed_rows('citation', p_after, p_upto) c (id)
    union
    select h.citation_id from history.changed_rows('citation_candidate', p_after, p_upto) c (id)
    cross join lateral (select k.citation_id from history.citation_candidate k where k.id = c.id and k.since_rev <= p_upto and k.until_rev > p_after offset 0) h
    union
    select h.citation_id from moved m
    cross join lateral (select k.citation_id from history.citation_candidate k where k.principle_id = m.principle_id and k.since_rev <= p_upto and k.until_rev > p_after offset 0) h
  ),
  refs as materialized (
    select id from history.changed_rows('reference', p_after, p_upto) c (id)
    union
    select h.reference_id from citations c
    cross join lateral (select k.reference_id from history.citation k where k.id = c.id and k.since_rev <= p_upto and k.until_rev > p_after offset 0) h
  ),
  lines as materialized (
    select id from history.changed_rows('citation_line', p_after, p_upto) c (id)
    union
    select h.line_id from refs r
    cross join lateral (select k.line_id from history.reference k where k.id = r.id and k.since_rev <= p_upto and k.until_rev > p_after offset 0) h
  ),
  changed_links as materialized (
    select id from history.changed_rows('link', p_after, p_upto) c (id)
    union
    select h.link_id from history.changed_rows('assessment', p_after, p_upto) c (id)
    cross join lateral (select k.link_id from history.assessment k where k.id = c.id and k.since_rev <= p_upto and k.until_rev > p_after offset 0) h
  ),
  touched as materialized (
    select id from history.changed_rows('initiative', p_after, p_upto) c (id)
    union
    select h.initiative_id from lines t
    cross join lateral (select k.initiative_id from history.citation_line k where k.id = t.id and k.since_rev <= p_upto and k.until_rev > p_after offset 0) h
    union
    select h.initiative_id from changed_links l
    cross join lateral (select k.initiative_id from history.link k where k.id = l.id and k.since_rev <= p_upto and k.until_rev > p_after offset 0) h
    union
    select h.initiative_id from moved m
    cross join lateral (select k.initiative_id from history.link k where k.principle_id = m.principle_id and k.since_rev <= p_upto and k.until_rev > p_after offset 0) h
  ),
  theirs as materialized (
    select i.id, i.organization_id, i.span from touched t
    cross join lateral (select h.id, h.organization_id, int8range(h.since_rev, h.until_rev) as span from history.initiative h
      where h.id = t.id and h.since_rev <= p_upto and h.until_rev > p_after offset 0) i
  ),
  linked as materialized (
    select t.organization_id, l.principle_id, l.origin, l.id as link_id, t.id as initiative_id, t.span * l.span as span
    from theirs t
    cross join lateral (select h.id, h.principle_id, h.origin, int8range(h.since_rev, h.until_rev) as span from history.link h
      where h.initiative_id = t.id and h.relation = 'supports' and h.since_rev <= p_upto and h.until_rev > p_after offset 0) l
    where t.span && l.span
  ),
  found as materialized (
    select organization_id, principle_id, origin as what, link_id as unit, span from linked
    union all
    select organization_id, principle_id, 'initiative', initiative_id, span from linked where origin = 'contributor'
    union all
    select l.organization_id, l.principle_id, 'contested', l.link_id, l.span * s.span
    from linked l
    cross join lateral (select int8range(h.since_rev, h.until_rev) as span from history.assessment h
      where h.link_id = l.link_id and h.view = 'disagrees' and h.since_rev <= p_upto and h.until_rev > p_after offset 0) s
    where l.origin = 'contributor' and l.span && s.span
    union all
    select t.organization_id, k.principle_id, 'possible', k.citation_id, t.span * k.span
    from theirs t
    cross join lateral (
      select k.principle_id, k.citation_id, int8range(x.since_rev, x.until_rev) * int8range(r.since_rev, r.until_rev)
        * int8range(c.since_rev, c.until_rev) * int8range(k.since_rev, k.until_rev) as span
      from history.citation_line x
      cross join lateral (select r.id, r.since_rev, r.until_rev from history.reference r where r.line_id = x.id and r.since_rev <= p_upto and r.until_rev > p_after offset 0) r
      cross join lateral (select c.id, c.since_rev, c.until_rev from history.citation c
        where c.reference_id = r.id and c.resolution = 'ambiguous' and c.since_rev <= p_upto and c.until_rev > p_after offset 0) c
      cross join lateral (select k.principle_id, k.citation_id, k.since_rev, k.until_rev from history.citation_candidate k
        where k.citation_id = c.id and k.since_rev <= p_upto and k.until_rev > p_after offset 0) k
      where x.initiative_id = t.id and x.since_rev <= p_upto and x.until_rev > p_after offset 0) k
    where t.span && k.span
    union all
    select d.organization_id, d.principle_id, 'reviewed', d.id, int8range(d.since_rev, d.until_rev)
    from (select id from history.changed_rows('cell_review', p_after, p_upto) c (id)
      union select h.id from history.cell_review h where h.principle_id in (select principle_id from moved)) c
    join history.cell_review d on d.id = c.id and d.since_rev <= p_upto and d.until_rev > p_after
    union all
    select d.organization_id, d.principle_id, case when d.outside then 'outside' else 'inside' end, d.id, int8range(d.since_rev, d.until_rev)
    from (select id from history.changed_rows('addressee_ruling', p_after, p_upto) c (id)
      union select h.id from history.addressee_ruling h where h.principle_id in (select principle_id from moved)) c
    join history.addressee_ruling d on d.id = c.id and d.since_rev <= p_upto and d.until_rev > p_after
  ),
  current as materialized (
    select p.id as principle_id, e.agreement_id, range_agg(int8range(p.since_rev, p.until_rev) * int8range(e.since_rev, e.until_rev)) as span
    from (select distinct principle_id as id from found) f
    join history.principle p on p.id = f.id and p.since_rev <= p_upto and p.until_rev > p_after
    join history.edition e on e.id = p.edition_id and e.current and e.since_rev <= p_upto and e.until_rev > p_after
    where int8range(p.since_rev, p.until_rev) && int8range(e.since_rev, e.until_rev)
    group by p.id, e.agreement_id
  ),
  part as (
    select f.organization_id, 'principle' as about, f.principle_id as about_id, f.what, f.unit, int8multirange(f.span) as span from found f
    union all
    select f.organization_id, a.about, a.about_id, f.what, f.unit, int8multirange(f.span) * k.span
    from found f
    join current k on k.principle_id = f.principle_id
    cross join lateral (values ('agreement', k.agreement_id), ('record', 0)) a (about, about_id)
    union all
    select d.organization_id, a.about, a.about_id, w.what, d.id, int8multirange(int8range(d.since_rev, d.until_rev))
    from history.changed_rows('adherence', p_after, p_upto) c (id)
    join history.adherence d on d.id = c.id and d.since_rev <= p_upto and d.until_rev > p_after
    cross join lateral (values ('agreement', d.agreement_id), ('record', 0)) a (about, about_id)
    cross join lateral (values ('adherence'), (case when d.relation in ('signed', 'endorsed', 'supported', 'participant', 'party') then 'signed' end)) w (what)
    where w.what is not null
  ),
  there as (
    select p.organization_id, p.about, p.about_id, p.what, unnest(range_agg(p.span)) as span
    from (select organization_id, about, about_id, what, unit, unnest(span) as span from part) p
    group by p.organization_id, p.about, p.about_id, p.what, p.unit
  ),
  event as (
    select t.organization_id, t.about, t.about_id, t.what, e.rev, e.more
    from there t
    cross join lateral (values (lower(t.span), 1), (upper(t.span), -1)) e (rev, more)
    where e.rev > p_after and e.rev <= p_upto
  ),
  change as (
    select e.organization_id, e.about, e.about_id, e.rev,
      coalesce(sum(e.more) filter (where e.what = 'contributor'), 0)::int as links, coalesce(sum(e.more) filter (where e.what = 'contested'), 0)::int as contested,
      coalesce(sum(e.more) filter (where e.what = 'curator'), 0)::int as curator_links,
      coalesce(sum(e.more) filter (where e.what = 'third_party'), 0)::int as third_party_links,
      coalesce(sum(e.more) filter (where e.what = 'possible'), 0)::int as possibly_cited,
      coalesce(sum(e.more) filter (where e.what = 'initiative'), 0)::int as initiatives,
      coalesce(sum(e.more) filter (where e.what = 'reviewed'), 0)::int as reviewed, coalesce(sum(e.more) filter (where e.what = 'outside'), 0)::int as outside,
      coalesce(sum(e.more) filter (where e.what = 'inside'), 0)::int as inside, coalesce(sum(e.more) filter (where e.what = 'adherence'), 0)::int as adherences,
      coalesce(sum(e.more) filter (where e.what = 'signed'), 0)::int as signed
    from event e
    group by e.organization_id, e.about, e.about_id, e.rev
  )
  select c.organization_id, c.about, c.about_id::bigint, c.rev, c.links, c.contested, c.curator_links, c.third_party_links, c.possibly_cited, c.initiatives,
    c.reviewed, c.outside, c.inside, c.adherences, c.signed
  from change c
  where (c.links, c.contested, c.curator_links, c.third_party_links, c.possibly_cited, c.initiatives, c.reviewed, c.outside, c.inside, c.adherences, c.signed)
    <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
end $$;
comment on function history.tally_changes is 'What there was more or less on record of organizations at each revision after one and up to another.';

-- The rows of organizations, and with them those of their groups: an organization
-- counts for its group from when either of the two changed until the next time.
create function history.keep_organizations(p_after bigint, p_upto bigint) returns void
  language plpgsql set enable_seqscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
begin
  with change as materialized (
    select c.organization_id, c.about, c.about_id, c.rev, c.links, c.contested, c.curator_links, c.third_party_links, c.possibly_cited, c.initiatives,
      c.reviewed, c.outside, c.inside, c.adherences, c.signed
    from history.tally_changes(p_after, p_upto) c
  ),
  regrouped as materialized (
    select c.id as organization_id
    from history.changed_rows('organization', p_after, p_upto) c (id)
    cross join lateral (select count(distinct h.stakeholder_group) as groups from history.organization h
      where h.id = c.id and h.since_rev <= p_upto and h.until_rev > p_after) o
    where o.groups > 1
  ),
  touched as materialized (
    select organization_id, about, about_id from change
    union
    select r.organization_id, k.about, k.about_id from regrouped r
    cross join lateral (select c.about, c.about_id from history.organization_course c where c.organization_id = r.organization_id and c.first offset 0) k
  ),
  before as materialized (
    select t.organization_id, t.about, t.about_id, c.since_rev, c.links, c.contested, c.curator_links, c.third_party_links, c.possibly_cited, c.initiatives,
      c.reviewed, c.outside, c.inside, c.adherences, c.signed
    from touched t
    cross join lateral (
      select c.since_rev, c.links, c.contested, c.curator_links, c.third_party_links, c.possibly_cited, c.initiatives, c.reviewed, c.outside, c.inside,
        c.adherences, c.signed
      from history.organization_course c
      where c.organization_id = t.organization_id and c.about = t.about and c.about_id = t.about_id
      order by c.since_rev desc limit 1) c
  ),
  since as materialized (
    select x.organization_id, x.about, x.about_id, x.rev, x.fresh, row_number() over w as place, lead(x.rev, 1, 9223372036854775807) over w as until_rev,
      sum(x.links) over w as links, sum(x.contested) over w as contested, sum(x.curator_links) over w as curator_links,
      sum(x.third_party_links) over w as third_party_links, sum(x.possibly_cited) over w as possibly_cited, sum(x.initiatives) over w as initiatives,
      sum(x.reviewed) over w as reviewed, sum(x.outside) over w as outside, sum(x.inside) over w as inside,
      sum(x.adherences) over w as adherences, sum(x.signed) over w as signed
    from (
      select organization_id, about, about_id, since_rev as rev, false as fresh, links, contested, curator_links, third_party_links, possibly_cited, initiatives,
        reviewed, outside, inside, adherences, signed from before
      union all
      select organization_id, about, about_id, rev, true, links, contested, curator_links, third_party_links, possibly_cited, initiatives,
        reviewed, outside, inside, adherences, signed from change) x
    window w as (partition by x.organization_id, x.about, x.about_id order by x.rev)
  ),
  added as (
    insert into history.organization_course (organization_id, about, about_id, since_rev, first, links, contested, curator_links, third_party_links,
      possibly_cited, initiatives, reviewed, outside, inside, adherences, signed)
    select organization_id, about, about_id, rev, place = 1, links, contested, curator_links, third_party_links,
      possibly_cited, initiatives, reviewed, outside, inside, adherences, signed
    from since where fresh
  ),
  grouped as materialized (
    select o.organization_id, h.stakeholder_group, range_agg(int8range(h.since_rev, h.until_rev)) as span
    from (select distinct organization_id from touched) o
    cross join lateral (select h.stakeholder_group, h.since_rev, h.until_rev from history.organization h
      where h.id = o.organization_id and h.since_rev <= p_upto and h.until_rev > p_after offset 0) h
    group by o.organization_id, h.stakeholder_group
  ),
  told as materialized (
    select s.about, s.about_id, g.stakeholder_group, unnest(g.span * int8multirange(int8range(s.rev, s.until_rev))) as span,
      s.links, s.contested, s.curator_links, s.third_party_links, s.possibly_cited, s.initiatives, s.adherences, s.signed,
      s.links + s.curator_links + s.third_party_links + s.possibly_cited + s.reviewed + s.outside + s.inside > 0 as recorded,
      case when s.about <> 'principle' then '' when s.contested > 0 then 'contested' when s.links > 0 then 'cited' when s.reviewed > 0 then 'reviewed'
        when s.outside > 0 then 'outside' when s.inside > 0 then 'inside' else '' end as settled
    from since s
    join grouped g on g.organization_id = s.organization_id
  ),
  more as (
    select t.about, t.about_id, t.stakeholder_group, e.rev, sum(e.side * t.links) as links, sum(e.side * t.contested) as contested,
      sum(e.side * t.curator_links) as curator_links, sum(e.side * t.third_party_links) as third_party_links,
      sum(e.side * t.possibly_cited) as possibly_cited, sum(e.side * t.initiatives) as initiatives,
      sum(e.side * t.recorded::int) as organizations, sum(e.side * (t.links > 0)::int) as evident,
      sum(e.side * (t.settled = 'contested')::int) as contested_cells, sum(e.side * (t.settled = 'cited')::int) as cited_cells,
      sum(e.side * (t.settled = 'reviewed')::int) as reviewed_cells, sum(e.side * (t.settled = 'outside')::int) as outside_cells,
      sum(e.side * (t.settled = 'inside')::int) as inside_cells, sum(e.side * (t.adherences > 0)::int) as adhering,
      sum(e.side * t.adherences) as adherences, sum(e.side * (t.signed > 0)::int) as signed,
      sum(e.side * (t.signed > 0 and t.links > 0)::int) as met, sum(e.side * (t.adherences > 0 and not t.recorded)::int) as bare
    from told t
    cross join lateral (values (lower(t.span), 1), (upper(t.span), -1)) e (rev, side)
    where e.rev > p_after and e.rev <= p_upto
    group by t.about, t.about_id, t.stakeholder_group, e.rev
  ),
  other as materialized (
    select m.about, m.about_id, m.stakeholder_group, m.rev, m.links, m.contested, m.curator_links, m.third_party_links, m.possibly_cited, m.initiatives,
      m.organizations, m.evident, m.contested_cells, m.cited_cells, m.reviewed_cells, m.outside_cells, m.inside_cells, m.adhering, m.adherences, m.signed, m.met, m.bare
    from more m
    where (m.links, m.contested, m.curator_links, m.third_party_links, m.possibly_cited, m.initiatives, m.organizations, m.evident, m.contested_cells,
      m.cited_cells, m.reviewed_cells, m.outside_cells, m.inside_cells, m.adhering, m.adherences, m.signed, m.met, m.bare)
      <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
  ),
  kept as materialized (
    select k.about, k.about_id, k.stakeholder_group, c.links, c.contested, c.curator_links, c.third_party_links, c.possibly_cited, c.initiatives,
      c.organizations, c.evident, c.contested_cells, c.cited_cells, c.reviewed_cells, c.outside_cells, c.inside_cells, c.adhering, c.adherences, c.signed, c.met, c.bare
    from (select distinct about, about_id, stakeholder_group from other) k
    cross join lateral (
      select c.links, c.contested, c.curator_links, c.third_party_links, c.possibly_cited, c.initiatives,
        c.organizations, c.evident, c.contested_cells, c.cited_cells, c.reviewed_cells, c.outside_cells, c.inside_cells, c.adhering, c.adherences, c.signed, c.met, c.bare
      from history.group_course c
      where c.about = k.about and c.about_id = k.about_id and c.stakeholder_group = k.stakeholder_group
      order by c.since_rev desc limit 1) c
  )
  insert into history.group_course (about, about_id, stakeholder_group, since_rev, first, links, contested, curator_links, third_party_links, possibly_cited,
    initiatives, organizations, evident, contested_cells, cited_cells, reviewed_cells, outside_cells, inside_cells, adhering, adherences, signed, met, bare)
  select o.about, o.about_id, o.stakeholder_group, o.rev, k.about is null and row_number() over w = 1,
    coalesce(k.links, 0) + sum(o.links) over w, coalesce(k.contested, 0) + sum(o.contested) over w, coalesce(k.curator_links, 0) + sum(o.curator_links) over w,
    coalesce(k.third_party_links, 0) + sum(o.third_party_links) over w, coalesce(k.possibly_cited, 0) + sum(o.possibly_cited) over w,
    coalesce(k.initiatives, 0) + sum(o.initiatives) over w, coalesce(k.organizations, 0) + sum(o.organizations) over w,
    coalesce(k.evident, 0) + sum(o.evident) over w, coalesce(k.contested_cells, 0) + sum(o.contested_cells) over w,
    coalesce(k.cited_cells, 0) + sum(o.cited_cells) over w, coalesce(k.reviewed_cells, 0) + sum(o.reviewed_cells) over w,
    coalesce(k.outside_cells, 0) + sum(o.outside_cells) over w, coalesce(k.inside_cells, 0) + sum(o.inside_cells) over w,
    coalesce(k.adhering, 0) + sum(o.adhering) over w, coalesce(k.adherences, 0) + sum(o.adherences) over w, coalesce(k.signed, 0) + sum(o.signed) over w,
    coalesce(k.met, 0) + sum(o.met) over w, coalesce(k.bare, 0) + sum(o.bare) over w
  from other o
  left join kept k on k.about = o.about and k.about_id = o.about_id and k.stakeholder_group = o.stakeholder_group
  window w as (partition by o.about, o.about_id, o.stakeholder_group order by o.rev);
end $$;
comment on function history.keep_organizations is 'Goes on with organization_course and group_course.';

create function history.keep_rows(p_after bigint, p_upto bigint) returns void
  language plpgsql set enable_seqscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
begin
  with event as (
    select h.principle_id, h.origin, h.relation, e.rev, sum(e.more) as more
    from history.changed_rows('link', p_after, p_upto) c (id)
    cross join lateral (select h.principle_id, h.origin, h.relation, h.since_rev, h.until_rev from history.link h
      where h.id = c.id and h.since_rev <= p_upto and h.until_rev > p_after offset 0) h
    cross join lateral (values (h.since_rev, 1), (h.until_rev, -1)) e (rev, more)
    where e.rev > p_after and e.rev <= p_upto
    group by h.principle_id, h.origin, h.relation, e.rev
    having sum(e.more) <> 0
  )
  insert into history.link_course (principle_id, origin, relation, since_rev, first, links)
  select e.principle_id, e.origin, e.relation, e.rev, k.links is null and row_number() over w = 1, coalesce(k.links, 0) + sum(e.more) over w
  from event e
  left join lateral (select c.links from history.link_course c where c.principle_id = e.principle_id and c.origin = e.origin and c.relation = e.relation
    order by c.since_rev desc limit 1) k on true
  window w as (partition by e.principle_id, e.origin, e.relation order by e.rev);

  with undecided as materialized ( -- citations that may be of those that wait for a decision
    select id from history.changed_rows('citation', p_after, p_upto) c (id)
    union
    select k.id from history.changed_rows('reference', p_after, p_upto) c (id)
    cross join lateral (select k.id from history.citation k where k.reference_id = c.id and k.since_rev <= p_upto and k.until_rev > p_after offset 0) k
  ),
  version as (
    select w.what, 0 as agreement_id, h.span
    from history.changed_rows('initiative', p_after, p_upto) c (id)
    cross join lateral (select h.status, h.due_on, int8range(h.since_rev, h.until_rev) as span from history.initiative h
      where h.id = c.id and h.since_rev <= p_upto and h.until_rev > p_after offset 0) h
    cross join lateral (select 'initiative' as what union all select 'promise' where h.status = 'planned' or h.status = 'ongoing' and h.due_on <> ''
      union all select 'undated' where h.status = 'planned' and h.due_on = '') w
    union all
    select 'reference', 0, h.span
    from history.changed_rows('reference', p_after, p_upto) c (id)
    cross join lateral (select int8range(h.since_rev, h.until_rev) as span from history.reference h
      where h.id = c.id and h.since_rev <= p_upto and h.until_rev > p_after offset 0) h
    union all
    select w.what, 0, h.span
    from history.changed_rows('citation', p_after, p_upto) c (id)
    cross join lateral (select h.resolution, int8range(h.since_rev, h.until_rev) as span from history.citation h
      where h.id = c.id and h.since_rev <= p_upto and h.until_rev > p_after offset 0) h
    cross join lateral (select 'citation' as what union all select 'unresolved' where h.resolution in ('ambiguous', 'out_of_range', 'unknown_agreement')) w
    union all
    select 'organization ' || h.stakeholder_group, 0, h.span
    from history.changed_rows('organization', p_after, p_upto) c (id)
    cross join lateral (select h.stakeholder_group, int8range(h.since_rev, h.until_rev) as span from history.organization h
      where h.id = c.id and h.since_rev <= p_upto and h.until_rev > p_after offset 0) h
    union all
    select 'unresolved', r.agreement_id, h.span * r.span
    from undecided c
    cross join lateral (select h.reference_id, int8range(h.since_rev, h.until_rev) as span from history.citation h
      where h.id = c.id and h.resolution in ('ambiguous', 'out_of_range', 'unknown_agreement') and h.since_rev <= p_upto and h.until_rev > p_after offset 0) h
    cross join lateral (select r.agreement_id, int8range(r.since_rev, r.until_rev) as span from history.reference r
      where r.id = h.reference_id and r.agreement_id is not null and r.since_rev <= p_upto and r.until_rev > p_after offset 0) r
    where h.span && r.span
  ),
  event as (
    select v.what, v.agreement_id, e.rev, sum(e.more) as more
    from version v
    cross join lateral (values (lower(v.span), 1), (upper(v.span), -1)) e (rev, more)
    where e.rev > p_after and e.rev <= p_upto
    group by v.what, v.agreement_id, e.rev
    having sum(e.more) <> 0
  )
  insert into history.row_course (what, agreement_id, since_rev, first, rows)
  select e.what, e.agreement_id, e.rev, k.rows is null and row_number() over w = 1, coalesce(k.rows, 0) + sum(e.more) over w
  from event e
  left join lateral (select c.rows from history.row_course c where c.what = e.what and c.agreement_id = e.agreement_id order by c.since_rev desc limit 1) k on true
  window w as (partition by e.what, e.agreement_id order by e.rev);
end $$;
comment on function history.keep_rows is 'Goes on with link_course and row_course.';

create function history.keep_tallies(p_revisions int, p_links int) returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  v_after bigint;
  v_upto bigint;
begin
  select revision into v_after from history.tally_end for update skip locked;
  select least(v_after + p_revisions,
      (select max(id) from public.changeset where id < 4611686018427387904),
      (select since_rev from history.link where since_rev > v_after order by since_rev offset p_links limit 1),
      (select until_rev from history.link where until_rev > v_after and until_rev < 9223372036854775807 order by until_rev offset p_links limit 1))
    into v_upto;
  if v_after is null or v_upto is null or v_upto <= v_after then
    return null; -- another instance is at it, or nothing is left to be written down
  end if;
  perform history.keep_organizations(v_after, v_upto);
  perform history.keep_rows(v_after, v_upto);
  update history.tally_end set revision = v_upto;
  return v_upto;
end $$;
comment on function history.keep_tallies is 'Goes on with what tallies held, by at most so many revisions and about so many versions of links; the revision that it got to, or null.';
revoke all on function history.changed_rows(text, bigint, bigint), history.tally_changes(bigint, bigint), history.keep_organizations(bigint, bigint),
  history.keep_rows(bigint, bigint), history.keep_tallies(int, int) from public;
grant execute on function history.keep_tallies(int, int) to normmap_app;

-- What counts anew is there for revisions that are not written down yet. Whoever
-- looks at one of them has this schema in the search path, before asof.
create schema recounted;
comment on schema recounted is 'The views of asof that read what was written down of tallies, counted anew: for revisions of which that is still to be done, and to check by.';
grant usage on schema recounted to normmap_past;
do $$
declare t text;
begin
  foreach t in array array['organization_tally', 'group_tally', 'adherence_tally', 'adherence_group_tally', 'record_tally', 'link_tally', 'unresolved_tally'] loop
    execute format('alter view asof.%I set schema recounted', t);
  end loop;
end $$;

create function asof.all_counted() returns boolean language plpgsql stable as $$
begin
  if current_setting('normmap.as_of')::bigint > (select revision from history.tally_end) then
    raise exception 'the tallies of revision % are not written down yet', current_setting('normmap.as_of') using hint = 'put recounted before asof in the search path';
  end if;
  return true;
end $$;
comment on function asof.all_counted is 'True; an error where the tallies of the revision that is looked at are not written down yet.';
revoke all on function asof.all_counted() from public;
grant execute on function asof.all_counted() to normmap_past;

-- Of each key the last row up to the revision counts. Whatever a statement knows
-- of keys finds their first rows, and each of these the one that counts.
create view asof.organization_tally as
select k.organization_id, k.about, k.about_id, (select o.stakeholder_group from asof.organization o where o.id = k.organization_id) as stakeholder_group,
  c.links, c.contested, c.curator_links, c.third_party_links, c.possibly_cited, c.initiatives,
  case when k.about <> 'principle' then '' when c.contested > 0 then 'contested' when c.links > 0 then 'cited' when c.reviewed > 0 then 'reviewed_none_found'
    when c.outside > 0 then 'outside_addressee' when c.inside > 0 then 'not_reviewed' else '' end as settled
from history.organization_course k
cross join lateral (
  select c.links, c.contested, c.curator_links, c.third_party_links, c.possibly_cited, c.initiatives, c.reviewed, c.outside, c.inside
  from history.organization_course c
  where c.organization_id = k.organization_id and c.about = k.about and c.about_id = k.about_id and c.since_rev <= current_setting('normmap.as_of')::bigint
  order by c.since_rev desc limit 1) c
where (select asof.all_counted()) and k.first and c.links + c.curator_links + c.third_party_links + c.possibly_cited + c.reviewed + c.outside + c.inside > 0;
comment on view asof.organization_tally is 'organization_tally as it was at the revision that is looked at.';

create view asof.adherence_tally as
select k.organization_id, k.about_id as agreement_id, (select o.stakeholder_group from asof.organization o where o.id = k.organization_id) as stakeholder_group,
  c.adherences, c.signed > 0 as signed, c.links > 0 as evident,
  c.links + c.curator_links + c.third_party_links + c.possibly_cited + c.reviewed + c.outside + c.inside = 0 as bare
from history.organization_course k
cross join lateral (
  select c.adherences, c.signed, c.links, c.curator_links, c.third_party_links, c.possibly_cited, c.reviewed, c.outside, c.inside
  from history.organization_course c
  where c.organization_id = k.organization_id and c.about = k.about and c.about_id = k.about_id and c.since_rev <= current_setting('normmap.as_of')::bigint
  order by c.since_rev desc limit 1) c
where (select asof.all_counted()) and k.first and k.about in ('agreement', 'record') and c.adherences > 0;
comment on view asof.adherence_tally is 'adherence_tally as it was at the revision that is looked at.';

create view asof.group_tally as
select k.about, k.about_id, k.stakeholder_group, c.links, c.contested, c.curator_links, c.third_party_links, c.possibly_cited, c.initiatives,
  c.organizations, c.evident, c.contested_cells, c.cited_cells, c.reviewed_cells, c.outside_cells, c.inside_cells
from history.group_course k
cross join lateral (
  select c.links, c.contested, c.curator_links, c.third_party_links, c.possibly_cited, c.initiatives,
    c.organizations, c.evident, c.contested_cells, c.cited_cells, c.reviewed_cells, c.outside_cells, c.inside_cells
  from history.group_course c
  where c.about = k.about and c.about_id = k.about_id and c.stakeholder_group = k.stakeholder_group and c.since_rev <= current_setting('normmap.as_of')::bigint
  order by c.since_rev desc limit 1) c
where (select asof.all_counted()) and k.first and c.organizations > 0;
comment on view asof.group_tally is 'group_tally as it was at the revision that is looked at.';

create view asof.adherence_group_tally as
select k.about_id as agreement_id, k.stakeholder_group, c.adhering as organizations, c.adherences, c.signed, c.met, c.bare
from history.group_course k
cross join lateral (
  select c.adhering, c.adherences, c.signed, c.met, c.bare
  from history.group_course c
  where c.about = k.about and c.about_id = k.about_id and c.stakeholder_group = k.stakeholder_group and c.since_rev <= current_setting('normmap.as_of')::bigint
  order by c.since_rev desc limit 1) c
where (select asof.all_counted()) and k.first and k.about in ('agreement', 'record') and c.adhering > 0;
comment on view asof.adherence_group_tally is 'adherence_group_tally as it was at the revision that is looked at.';

create view asof.link_tally as
select k.principle_id, k.origin, k.relation, c.links
from history.link_course k
cross join lateral (
  select c.links from history.link_course c
  where c.principle_id = k.principle_id and c.origin = k.origin and c.relation = k.relation and c.since_rev <= current_setting('normmap.as_of')::bigint
  order by c.since_rev desc limit 1) c
where (select asof.all_counted()) and k.first and c.links > 0;
comment on view asof.link_tally is 'link_tally as it was at the revision that is looked at.';

create view asof.record_tally as
select k.what, c.rows
from history.row_course k
cross join lateral (
  select c.rows from history.row_course c
  where c.what = k.what and c.agreement_id = k.agreement_id and c.since_rev <= current_setting('normmap.as_of')::bigint
  order by c.since_rev desc limit 1) c
where (select asof.all_counted()) and k.first and k.agreement_id = 0 and c.rows > 0;
comment on view asof.record_tally is 'record_tally as it was at the revision that is looked at.';

create view asof.unresolved_tally as
select k.agreement_id, c.rows as citations
from history.row_course k
cross join lateral (
  select c.rows from history.row_course c
  where c.what = k.what and c.agreement_id = k.agreement_id and c.since_rev <= current_setting('normmap.as_of')::bigint
  order by c.since_rev desc limit 1) c
where (select asof.all_counted()) and k.first and k.what = 'unresolved' and k.agreement_id > 0 and c.rows > 0;
comment on view asof.unresolved_tally is 'unresolved_tally as it was at the revision that is looked at.';
grant select on asof.organization_tally, asof.adherence_tally, asof.group_tally, asof.adherence_group_tally, asof.link_tally, asof.record_tally,
  asof.unresolved_tally to normmap_past;

-- Lists of gaps begin anywhere by an index, in the past as well.
create index initiative_promise_idx on history.initiative ((case when due_on = '' then '1' else '0' end || due_on || chr(31) || lower(title)), id)
  where status = 'planned' or status = 'ongoing' and due_on <> '';
create index initiative_without_url_idx on history.initiative (lower(title), id) where url = '';
create index source_without_url_idx on history.source (lower(title), id) where url = '' and archive_url = '';

insert into schema_applied (version) values (47);
