-- Of a recent revision, what is cited together is what is cited now, but for
-- the links that changed since: where those are few, they are looked at and not
-- all links of the principle.
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

insert into schema_applied (version) values (33);
