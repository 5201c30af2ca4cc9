-- Search in a large record: what a text is found by is asked of indexes alone,
-- names apart from the rest, and a word that nothing holds is looked up among
-- the words of names, which are far fewer than the names. Elements and
-- statements are found, too.

-- To make words of a text takes long, and the database weighs it only where it
-- cannot see through the function: else it reads small tables as a whole, whose
-- texts are long.
create or replace function search_plain(value text) returns text language plpgsql immutable parallel safe strict cost 100 as $$ begin
  return lower(public.unaccent('public.unaccent'::regdictionary, value));
end $$;
create or replace function search_name(name text) returns tsvector language plpgsql immutable parallel safe cost 200 as $$ begin
  return setweight(to_tsvector('public.search', name), 'A');
end $$;
create or replace function agreement_document(title text, short_title text, convener text, summary text) returns tsvector
  language plpgsql immutable parallel safe cost 1000 as $$ begin
  return setweight(to_tsvector('public.search', title || ' ' || short_title), 'A') || setweight(to_tsvector('public.search', convener || ' ' || summary), 'B');
end $$;
create or replace function principle_document(number text, title text, summary text) returns tsvector
  language plpgsql immutable parallel safe cost 1000 as $$ begin
  return setweight(to_tsvector('public.search', number || ' ' || title), 'A') || setweight(to_tsvector('public.search', summary), 'B');
end $$;
create function element_document(title text, summary text) returns tsvector
  language plpgsql immutable parallel safe cost 1000 as $$ begin
  return setweight(to_tsvector('public.search', title), 'A') || setweight(to_tsvector('public.search', summary), 'B');
end $$;
create or replace function organization_document(name text, summary text) returns tsvector
  language plpgsql immutable parallel safe cost 1000 as $$ begin
  return setweight(to_tsvector('public.search', name), 'A') || setweight(to_tsvector('public.search', summary), 'B');
end $$;
create or replace function initiative_document(title text, summary text, heading text, status_note text) returns tsvector
  language plpgsql immutable parallel safe cost 1000 as $$ begin
  return setweight(to_tsvector('public.search', title), 'A') || setweight(to_tsvector('public.search', summary), 'B')
    || setweight(to_tsvector('public.search', heading || ' ' || status_note), 'C');
end $$;
create function statement_document(title text, summary text, quote text) returns tsvector
  language plpgsql immutable parallel safe cost 1000 as $$ begin
  return setweight(to_tsvector('public.search', title), 'A') || setweight(to_tsvector('public.search', summary || ' ' || quote), 'B');
end $$;
create or replace function source_document(title text, publisher text, note text) returns tsvector
  language plpgsql immutable parallel safe cost 1000 as $$ begin
  return setweight(to_tsvector('public.search', title), 'A') || setweight(to_tsvector('public.search', publisher || ' ' || note), 'B');
end $$;
create or replace function source_body(body text) returns tsvector
  language plpgsql immutable parallel safe cost 10000 as $$ begin
  return setweight(to_tsvector('public.search', left(body, 200000)), 'D');
end $$;
comment on function element_document is 'The words of an element, those of its title above the others.';
comment on function statement_document is 'The words of a statement, those of its title above the others.';

-- Rows that were just written wait in a list that every search reads: it is
-- kept short.
do $$ declare s text; n record; begin
  foreach s in array array['public', 'history'] loop
    execute format('create index element_document_idx on %I.element using gin (element_document(title, summary))', s);
    execute format('create index statement_document_idx on %I.statement using gin (statement_document(title, summary, quote))', s);
    for n in select t, c from (values ('agreement', 'title'), ('principle', 'title'), ('organization', 'name'), ('initiative', 'title'), ('source', 'title'),
      ('element', 'title'), ('statement', 'title')) x (t, c)
    loop
      execute format('create index %1$I on %2$I.%3$I using gin (search_name(%4$I)) with (gin_pending_list_limit = 256)', n.t || '_' || n.c || '_words_idx', s, n.t, n.c);
      execute format('alter index %I.%I set (gin_pending_list_limit = 256)', s, n.t || '_document_idx');
      if n.t in ('element', 'statement') then
        execute format('create index %1$I on %2$I.%3$I using hash (search_plain(%4$I))', n.t || '_' || n.c || '_plain_idx', s, n.t, n.c);
      else
        execute format('drop index %I.%I', s, n.t || '_' || n.c || '_similar_idx');
      end if;
    end loop;
    execute format('drop index %1$I.agreement_short_title_similar_idx, %1$I.agreement_alias_alias_similar_idx', s);
  end loop;
end $$;

-- A word that very many initiatives hold is looked up among every sixteenth
-- first: what a search shows of so many is a part anyway.
do $$ declare s text; begin
  foreach s in array array['public', 'history'] loop
    execute format('create index initiative_title_sample_idx on %I.initiative using gin (search_name(title)) where id %% 16 = 0', s);
    execute format('create index initiative_document_sample_idx on %I.initiative using gin (initiative_document(title, summary, heading, status_note)) where id %% 16 = 0', s);
  end loop;
end $$;

-- What concerns an organization is looked for in the past, too.
create index initiative_organization_id_idx on history.initiative (organization_id);
create index initiative_reported_by_id_idx on history.initiative (reported_by_id);

-- The words of all names that there ever were. None is taken out: what nothing
-- is called any more finds nothing.
create table search_word (
  word text constraint search_word_pkey primary key constraint search_word_word_check check (length(word) between 3 and 40)
);
create index search_word_similar_idx on search_word using gin (word gin_trgm_ops);
comment on table search_word is 'Words of names, in lower case without accents, to find one that is spelled a little differently.';
comment on column search_word.word is 'The word.';

create function search_words(name text) returns setof text
  language sql immutable parallel safe
  begin atomic
    select w.word from unnest(tsvector_to_array(to_tsvector('simple', search_plain(name)))) as w (word)
    where length(w.word) between 3 and 40 and w.word ~ '[[:alpha:]]';
  end;
comment on function search_words is 'The words of a name that may be spelled differently: what has no letters may not.';

-- Every name's column has a function that learns the words of new rows.
do $$ declare n record; begin
  for n in select t, c from (values ('agreement', 'title'), ('agreement', 'short_title'), ('agreement_alias', 'alias'), ('principle', 'title'),
    ('organization', 'name'), ('initiative', 'title'), ('source', 'title'), ('element', 'title'), ('statement', 'title')) x (t, c)
  loop
    execute format($fn$
create function search_learn_%1$s_%2$s() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $body$
begin
  insert into search_word (word)
  select w.word from (select distinct w.word from new_rows r cross join lateral search_words(r.%2$I) as w (word)) w
  where not exists (select from search_word k where k.word = w.word)
  order by w.word
  on conflict do nothing;
  return null;
end $body$
$fn$, n.t, n.c);
    execute format('comment on function search_learn_%s_%s is %L', n.t, n.c, 'Learns the words of names that were written.');
    execute format('revoke all on function search_learn_%s_%s() from public', n.t, n.c);
    execute format('create trigger learn_new_%2$s after insert on %1$I referencing new table as new_rows for each statement execute function search_learn_%1$s_%2$s()', n.t, n.c);
    execute format('create trigger learn_changed_%2$s after update on %1$I referencing new table as new_rows for each statement execute function search_learn_%1$s_%2$s()', n.t, n.c);
    execute format('insert into search_word (word) select distinct w.word from history.%1$I r cross join lateral search_words(r.%2$I) as w (word) on conflict do nothing', n.t, n.c);
  end loop;
end $$;
create view search_word_recount as
select distinct w.word
from (
  select title as name from agreement union all select short_title from agreement union all select alias from agreement_alias
  union all select title from principle union all select title from element union all select name from organization
  union all select title from initiative union all select title from statement union all select title from source
) n
cross join lateral search_words(n.name) as w (word);
comment on view search_word_recount is 'Words that search_word must hold: those of the names that there are now.';
grant select on search_word_recount to normmap_app;
create view asof.search_word as select word from public.search_word;
comment on view asof.search_word is 'The words of all names, later ones too: they only help to find what there was.';
grant select on search_word to normmap_app;
grant select on asof.search_word to normmap_past;

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

insert into schema_applied (version) values (26);
