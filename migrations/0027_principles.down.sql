drop view asof.cocitation_tally;
create view asof.cocitation_tally as
select a.principle_id, b.principle_id as other_id, count(distinct a.initiative_id)::int as initiatives
from asof.link a join asof.link b on b.initiative_id = a.initiative_id and b.principle_id > a.principle_id
where a.relation = 'supports' and a.origin = 'contributor' and b.relation = 'supports' and b.origin = 'contributor'
group by a.principle_id, b.principle_id;
comment on view asof.cocitation_tally is 'cocitation_tally as it was at the revision that is looked at, counted anew.';
grant select on asof.cocitation_tally to normmap_past;
drop index cocitation_tally_weight_idx, cocitation_tally_other_id_idx;
create index cocitation_tally_other_id_idx on cocitation_tally (other_id);
alter table cocitation_tally drop column weight;
drop trigger possible_delete on citation;
drop trigger possible_update on citation;
drop trigger possible_insert on citation;
drop trigger possible on citation_candidate;
drop function note_possible_candidate(), note_possible_citation();
drop view possible_recount, asof.possible_citation;
drop table possible_citation;
drop trigger names_changed on agreement;
drop trigger names_changed on edition;
drop trigger names on edition;
drop trigger names_changed on principle;
drop trigger names on principle;
drop function name_principle(), name_edition(), name_agreement();
drop function history.name_principles(bigint[], bigint[]);
drop view principle_name, principle_rename, asof.principle_name;
drop table named_principle;
do $$
declare s text;
begin
  foreach s in array array['public', 'asof'] loop
    execute replace($view$
create view SCHEMA.principle_name as
select p.id, p.edition_id, a.id as agreement_id, a.slug as agreement, a.short_title as agreement_title, e.slug as edition,
       e.title as edition_title, e.noun, e.current, p.number, p.title, p.position,
       a.slug || case when sole then '' else '@' || e.slug end || '/' || p.label as ref,
       concat_ws(' ', a.short_title, e.noun, p.number) || case when sole then '' else ' (' || e.title || ')' end as name
from SCHEMA.principle p
join SCHEMA.edition e on e.id = p.edition_id
join SCHEMA.agreement a on a.id = e.agreement_id
cross join lateral (select e.current and not exists (
  select from SCHEMA.edition o where o.agreement_id = e.agreement_id and o.current and o.id <> e.id) as sole) s$view$, 'SCHEMA', s);
  end loop;
end $$;
comment on view principle_name is 'How principles are named: ref, name, agreement, edition, number.';
comment on view asof.principle_name is 'How principles were named: ref, name, agreement, edition, number.';
grant select on principle_name to normmap_app;
grant select on asof.principle_name to normmap_past;
delete from schema_applied where version = 27;
