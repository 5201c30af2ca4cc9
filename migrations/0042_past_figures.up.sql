-- In the past nothing is kept of what lists count, so that it must be counted
-- quickly. Whoever asks only how many adherences there are is spared counting all
-- evidence: what is on record of an organization is one row here, which nobody
-- needs who does not ask for it. And citations that wait for a decision, which are
-- few, have an index.
create or replace view asof.adherence_tally as
  select d.organization_id, x.agreement_id, o.stakeholder_group, count(*)::int as adherences,
    bool_or(d.relation in ('signed', 'endorsed', 'supported', 'participant', 'party')) as signed,
    coalesce(bool_or(t.links > 0), false) as evident, bool_and(t.organization_id is null) as bare
  from asof.adherence d
  join asof.organization o on o.id = d.organization_id
  cross join lateral (values (d.agreement_id, 'agreement'), (0, 'record')) x (agreement_id, about)
  left join (
    select r.organization_id, r.about, r.about_id, max(r.links) as links from asof.organization_tally r group by r.organization_id, r.about, r.about_id
  ) t on t.organization_id = d.organization_id and t.about = x.about and t.about_id = x.agreement_id
  group by d.organization_id, x.agreement_id, o.stakeholder_group;

create index citation_unresolved_idx on history.citation (reference_id) where resolution in ('ambiguous', 'out_of_range', 'unknown_agreement');

insert into schema_applied (version) values (42);
