drop index history.citation_unresolved_idx;
create or replace view asof.adherence_tally as
  select d.organization_id, x.agreement_id, o.stakeholder_group, count(*)::int as adherences,
    bool_or(d.relation in ('signed', 'endorsed', 'supported', 'participant', 'party')) as signed,
    coalesce(bool_or(t.links > 0), false) as evident, bool_and(t.organization_id is null) as bare
  from asof.adherence d
  join asof.organization o on o.id = d.organization_id
  cross join lateral (values (d.agreement_id, 'agreement'), (0, 'record')) x (agreement_id, about)
  left join asof.organization_tally t on t.organization_id = d.organization_id and t.about = x.about and t.about_id = x.agreement_id
  group by d.organization_id, x.agreement_id, o.stakeholder_group;

delete from schema_applied where version = 42;
