-- A condition is looked for inside a union only where its parts have the same
-- types. Without that a principle as it was added up what every organization
-- had ever said.
do $$
declare
  counted constant text := 'v.stakeholder_group,
    count(*) filter (where v.what = ''contributor'')::int as links, count(*) filter (where v.contested)::int as contested,
    count(*) filter (where v.what = ''curator'')::int as curator_links, count(*) filter (where v.what = ''third_party'')::int as third_party_links,
    count(distinct v.citation_id) filter (where v.what = ''possible'')::int as possibly_cited,
    count(distinct v.initiative_id) filter (where v.what = ''contributor'')::int as initiatives';
  v record;
begin
  for v in select * from (values ('public', 'organization_recount'), ('asof', 'organization_tally')) x (s, name) loop
    execute format('create or replace view %1$I.%2$I as
      select v.organization_id, ''principle'' as about, v.principle_id as about_id, %3$s,
        case when bool_or(v.contested) then ''contested'' when bool_or(v.what = ''contributor'') then ''cited''
          when bool_or(v.what = ''reviewed'') then ''reviewed_none_found'' when bool_or(v.what = ''outside'') then ''outside_addressee''
          when bool_or(v.what = ''inside'') then ''not_reviewed'' else '''' end as settled
      from %1$I.evidence v group by v.organization_id, v.principle_id, v.stakeholder_group
      union all
      select v.organization_id, ''agreement'', v.agreement_id, %3$s, ''''
      from %1$I.evidence v where v.agreement_id is not null group by v.organization_id, v.agreement_id, v.stakeholder_group
      union all
      select v.organization_id, ''record'', 0::bigint, %3$s, ''''
      from %1$I.evidence v where v.agreement_id is not null group by v.organization_id, v.stakeholder_group', v.s, v.name, counted);
  end loop;
end $$;

-- Of the candidates of a citation few are undecided.
create index citation_ambiguous_idx on history.citation (id) where resolution = 'ambiguous';

insert into schema_applied (version) values (28);
