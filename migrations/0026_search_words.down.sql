drop view search_entry, asof.search_entry, asof.search_word, search_word_recount;
do $$ declare s text; n record; begin
  for n in select t, c from (values ('agreement', 'title'), ('agreement', 'short_title'), ('agreement_alias', 'alias'), ('principle', 'title'),
    ('organization', 'name'), ('initiative', 'title'), ('source', 'title'), ('element', 'title'), ('statement', 'title')) x (t, c)
  loop
    execute format('drop trigger learn_new_%2$s on %1$I', n.t, n.c);
    execute format('drop trigger learn_changed_%2$s on %1$I', n.t, n.c);
    execute format('drop function search_learn_%1$s_%2$s()', n.t, n.c);
    continue when n.t in ('element', 'statement');
    foreach s in array array['public', 'history'] loop
      execute format('create index %1$I on %2$I.%3$I using gin (search_plain(%4$I) gin_trgm_ops)', n.t || '_' || n.c || '_similar_idx', s, n.t, n.c);
    end loop;
  end loop;
  for n in select t, c from (values ('agreement', 'title'), ('principle', 'title'), ('organization', 'name'), ('initiative', 'title'), ('source', 'title'),
    ('element', 'title'), ('statement', 'title')) x (t, c)
  loop
    foreach s in array array['public', 'history'] loop
      execute format('drop index %I.%I', s, n.t || '_' || n.c || '_words_idx');
      execute format('alter index %I.%I reset (gin_pending_list_limit)', s, n.t || '_document_idx');
      if n.t in ('element', 'statement') then
        execute format('drop index %I.%I', s, n.t || '_' || n.c || '_plain_idx');
      end if;
    end loop;
  end loop;
end $$;
drop table search_word;
drop index initiative_title_sample_idx, initiative_document_sample_idx, history.initiative_title_sample_idx, history.initiative_document_sample_idx;
drop index history.initiative_organization_id_idx, history.initiative_reported_by_id_idx;
create or replace function search_plain(value text) returns text
  language sql immutable parallel safe strict
  return lower(public.unaccent('public.unaccent'::regdictionary, value));
create or replace function search_name(name text) returns tsvector
  language sql immutable parallel safe
  return setweight(to_tsvector('public.search', name), 'A');
create or replace function agreement_document(title text, short_title text, convener text, summary text) returns tsvector
  language sql immutable parallel safe
  return setweight(to_tsvector('public.search', title || ' ' || short_title), 'A') || setweight(to_tsvector('public.search', convener || ' ' || summary), 'B');
create or replace function principle_document(number text, title text, summary text) returns tsvector
  language sql immutable parallel safe
  return setweight(to_tsvector('public.search', number || ' ' || title), 'A') || setweight(to_tsvector('public.search', summary), 'B');
create or replace function organization_document(name text, summary text) returns tsvector
  language sql immutable parallel safe
  return setweight(to_tsvector('public.search', name), 'A') || setweight(to_tsvector('public.search', summary), 'B');
create or replace function initiative_document(title text, summary text, heading text, status_note text) returns tsvector
  language sql immutable parallel safe
  return setweight(to_tsvector('public.search', title), 'A') || setweight(to_tsvector('public.search', summary), 'B')
    || setweight(to_tsvector('public.search', heading || ' ' || status_note), 'C');
create or replace function source_document(title text, publisher text, note text) returns tsvector
  language sql immutable parallel safe
  return setweight(to_tsvector('public.search', title), 'A') || setweight(to_tsvector('public.search', publisher || ' ' || note), 'B');
create or replace function source_body(body text) returns tsvector
  language sql immutable parallel safe
  return setweight(to_tsvector('public.search', left(body, 200000)), 'D');

-- The indexes go with the functions that they are made of.
drop function search_words(text), element_document(text, text), statement_document(text, text, text) cascade;

do $$ declare s text; begin
  foreach s in array array['public', 'asof'] loop
    execute format($view$
create view %1$I.search_entry as
select 'agreement'::text as kind, id, 'itself'::text as field, slug, search_plain(title) as name,
       agreement_document(title, short_title, convener, summary) as document
from %1$I.agreement
union all
select 'agreement', id, 'name', '', search_plain(short_title), null from %1$I.agreement
union all
select 'agreement', agreement_id, 'name', '', search_plain(alias), search_name(alias) from %1$I.agreement_alias
union all
select 'principle', id, 'itself', '', search_plain(title), principle_document(number, title, summary) from %1$I.principle
union all
select 'organization', id, 'itself', slug, search_plain(name), organization_document(name, summary) from %1$I.organization
union all
select 'initiative', id, 'itself', slug, search_plain(title), initiative_document(title, summary, heading, status_note) from %1$I.initiative
union all
select 'initiative', initiative_id, 'partner', '', null, search_name(name) from %1$I.initiative_partner
union all
select 'source', id, 'itself', slug, search_plain(title), source_document(title, publisher, note) from %1$I.source
union all
select 'source', id, 'text', '', null, source_body(body) from %1$I.source where body is not null$view$, s);
    execute format('comment on view %I.search_entry is %L', s, 'What search looks through: for each thing what it says of itself, its other names, its partners, its text.');
  end loop;
end $$;
grant select on search_entry to normmap_app;
grant select on asof.search_entry to normmap_past;

delete from schema_applied where version = 26;
