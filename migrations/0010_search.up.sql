-- Search: how texts become words, what of each thing is looked through, and
-- the indexes for it. History has the same ones, so that the past is searched
-- like the present. Nothing is stored twice: columns that are computed would
-- be copied by history and by undo.

create extension if not exists pg_trgm with schema public;
create extension if not exists unaccent with schema public;

create text search configuration search (copy = pg_catalog.english);
comment on text search configuration search is 'English words by their stem, without accents. Addresses of e-mail are no words: nobody is found by them.';
alter text search configuration search alter mapping for hword, hword_part, word with unaccent, english_stem;
alter text search configuration search drop mapping for email;

create function search_plain(value text) returns text
  language sql immutable parallel safe strict
  return lower(public.unaccent('public.unaccent'::regdictionary, value));
comment on function search_plain is 'A text in lower case without accents. Unlike unaccent() it may be indexed: the rules that it uses are named.';

create function search_query(words text, starts boolean) returns tsquery
  language sql immutable parallel safe strict
  return case
    when starts and right(websearch_to_tsquery('public.search', words)::text, 1) = ''''
      then (websearch_to_tsquery('public.search', words)::text || ':*')::tsquery
    else websearch_to_tsquery('public.search', words)
  end;
comment on function search_query is 'What a reader''s words look for: all of them, with quotes, minus and or as on the web; with starts, the last word may be the beginning of one.';

create function search_some(words text) returns tsquery
  language sql immutable parallel safe strict
  return replace(plainto_tsquery('public.search', words)::text, ' & ', ' | ')::tsquery;
comment on function search_some is 'Looks for any of a reader''s words.';

create function search_name(name text) returns tsvector
  language sql immutable parallel safe
  return setweight(to_tsvector('public.search', name), 'A');
comment on function search_name is 'The words of a name, which weigh most.';

create function agreement_document(title text, short_title text, convener text, summary text) returns tsvector
  language sql immutable parallel safe
  return setweight(to_tsvector('public.search', title || ' ' || short_title), 'A') || setweight(to_tsvector('public.search', convener || ' ' || summary), 'B');
comment on function agreement_document is 'The words of an agreement, those of its titles above the others.';

create function principle_document(number text, title text, summary text) returns tsvector
  language sql immutable parallel safe
  return setweight(to_tsvector('public.search', number || ' ' || title), 'A') || setweight(to_tsvector('public.search', summary), 'B');
comment on function principle_document is 'The words of a principle, those of its number and title above the others.';

create function organization_document(name text, summary text) returns tsvector
  language sql immutable parallel safe
  return setweight(to_tsvector('public.search', name), 'A') || setweight(to_tsvector('public.search', summary), 'B');
comment on function organization_document is 'The words of an organization, those of its name above the others.';

create function initiative_document(title text, summary text, heading text, status_note text) returns tsvector
  language sql immutable parallel safe
  return setweight(to_tsvector('public.search', title), 'A') || setweight(to_tsvector('public.search', summary), 'B')
    || setweight(to_tsvector('public.search', heading || ' ' || status_note), 'C');
comment on function initiative_document is 'The words of an initiative: title, then summary, then the rest.';

create function source_document(title text, publisher text, note text) returns tsvector
  language sql immutable parallel safe
  return setweight(to_tsvector('public.search', title), 'A') || setweight(to_tsvector('public.search', publisher || ' ' || note), 'B');
comment on function source_document is 'The words of a source, those of its title above the others.';

create function source_body(body text) returns tsvector
  language sql immutable parallel safe
  return setweight(to_tsvector('public.search', left(body, 200000)), 'D');
comment on function source_body is 'The words of a source''s text, of its first 200,000 characters: more may not fit an index.';

-- Words by which a thing is found: table, name of the function, its columns.
-- Names are found as a whole and by similar spelling, too.
do $$ declare s text; d record; n record; begin
  foreach s in array array['public', 'history'] loop
    for d in select t, f, args from (values
      ('agreement', 'agreement_document', 'title, short_title, convener, summary'), ('agreement_alias', 'search_name', 'alias'),
      ('principle', 'principle_document', 'number, title, summary'), ('organization', 'organization_document', 'name, summary'),
      ('initiative', 'initiative_document', 'title, summary, heading, status_note'), ('initiative_partner', 'search_name', 'name'),
      ('source', 'source_document', 'title, publisher, note'), ('source', 'source_body', 'body')) x (t, f, args)
    loop
      execute format('create index %1$I on %2$I.%3$I using gin (%4$I(%5$s))',
        case d.f when 'source_body' then 'source_body_idx' else d.t || '_document_idx' end, s, d.t, d.f, d.args);
    end loop;
    for n in select t, c from (values ('agreement', 'title'), ('agreement', 'short_title'), ('agreement_alias', 'alias'),
      ('principle', 'title'), ('organization', 'name'), ('initiative', 'title'), ('source', 'title')) x (t, c)
    loop
      execute format('create index %1$I on %2$I.%3$I using gin (search_plain(%4$I) gin_trgm_ops)', n.t || '_' || n.c || '_similar_idx', s, n.t, n.c);
      execute format('create index %1$I on %2$I.%3$I using hash (search_plain(%4$I))', n.t || '_' || n.c || '_plain_idx', s, n.t, n.c);
    end loop;
  end loop;
end $$;

-- A thing has an entry for each place that is looked through by itself: what
-- it says of itself, a name more, a text. The past has the same view on its
-- own tables.
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

insert into schema_applied (version) values (10);
