-- Search costs little more in a large record than in a small one. A word that a
-- large part of very many initiatives hold is looked up among every 256th of them
-- first: in the sample of every sixteenth alone thousands may hold it.
do $$ declare s text; begin
  foreach s in array array['public', 'history'] loop
    execute format('create index initiative_document_sparse_idx on %I.initiative using gin (initiative_document(title, summary, heading, status_note)) where id %% 256 = 0', s);
  end loop;
  foreach s in array array['public', 'asof'] loop
    execute format($view$
create or replace view %1$I.search_entry as
select 'agreement'::text as kind, id, 'itself'::text as field, slug, search_plain(title) as name, search_name(title) as words,
       agreement_document(title, short_title, convener, summary) as document, false as sampled, false as sparse
from %1$I.agreement
union all
select 'agreement', id, 'name', null::text, search_plain(short_title), null, null, false, false from %1$I.agreement
union all
select 'agreement', agreement_id, 'name', null, search_plain(alias), search_name(alias), search_name(alias), false, false from %1$I.agreement_alias
union all
select 'principle', id, 'itself', null, search_plain(title), search_name(title), principle_document(number, title, summary), false, false from %1$I.principle
union all
select 'element', id, 'itself', slug, search_plain(title), search_name(title), element_document(title, summary), false, false from %1$I.element
union all
select 'organization', id, 'itself', slug, search_plain(name), search_name(name), organization_document(name, summary), false, false from %1$I.organization
union all
select 'initiative', id, 'itself', slug, search_plain(title), search_name(title), initiative_document(title, summary, heading, status_note), id %% 16 = 0, id %% 256 = 0 from %1$I.initiative
union all
select 'initiative', initiative_id, 'partner', null, null, null, search_name(name), false, false from %1$I.initiative_partner
union all
select 'statement', id, 'itself', null, search_plain(title), search_name(title), statement_document(title, summary, quote), false, false from %1$I.statement
union all
select 'source', id, 'itself', slug, search_plain(title), search_name(title), source_document(title, publisher, note), false, false from %1$I.source
union all
select 'source', id, 'text', null, null, null, source_body(body), false, false from %1$I.source where body is not null$view$, s);
  end loop;
end $$;

-- The database takes the likeness of two words for as cheap as a comparison, and
-- compares all words rather than ask their index. It cannot see through this one.
create function search_likeness(word text, typed text) returns real language plpgsql immutable parallel safe strict cost 100 as $$ begin
  return public.similarity(word, typed);
end $$;
comment on function search_likeness is 'How alike two words are spelled, from 0 to 1. It says what it costs, so that an index is asked before.';

insert into schema_applied (version) values (30);
