drop function search_likeness;
drop view search_entry, asof.search_entry;
do $$ declare s text; begin
  foreach s in array array['public', 'asof'] loop
    execute format($view$
create view %1$I.search_entry as
select 'agreement'::text as kind, id, 'itself'::text as field, slug, search_plain(title) as name, search_name(title) as words,
       agreement_document(title, short_title, convener, summary) as document, false as sampled
from %1$I.agreement
union all
select 'agreement', id, 'name', null::text, search_plain(short_title), null, null, false from %1$I.agreement
union all
select 'agreement', agreement_id, 'name', null, search_plain(alias), search_name(alias), search_name(alias), false from %1$I.agreement_alias
union all
select 'principle', id, 'itself', null, search_plain(title), search_name(title), principle_document(number, title, summary), false from %1$I.principle
union all
select 'element', id, 'itself', slug, search_plain(title), search_name(title), element_document(title, summary), false from %1$I.element
union all
select 'organization', id, 'itself', slug, search_plain(name), search_name(name), organization_document(name, summary), false from %1$I.organization
union all
select 'initiative', id, 'itself', slug, search_plain(title), search_name(title), initiative_document(title, summary, heading, status_note), id %% 16 = 0 from %1$I.initiative
union all
select 'initiative', initiative_id, 'partner', null, null, null, search_name(name), false from %1$I.initiative_partner
union all
select 'statement', id, 'itself', null, search_plain(title), search_name(title), statement_document(title, summary, quote), false from %1$I.statement
union all
select 'source', id, 'itself', slug, search_plain(title), search_name(title), source_document(title, publisher, note), false from %1$I.source
union all
select 'source', id, 'text', null, null, null, source_body(body), false from %1$I.source where body is not null$view$, s);
    execute format('comment on view %I.search_entry is %L', s, 'What search looks through: for each thing what it says of itself, its other names, its partners, its text.');
  end loop;
end $$;
grant select on search_entry to normmap_app;
grant select on asof.search_entry to normmap_past;
drop index initiative_document_sparse_idx, history.initiative_document_sparse_idx;
delete from schema_applied where version = 30;
