package search

// searchHeldBefore is what searchHeld found: few.
const searchHeldBefore = `
with asked as materialized (
  select search_plain(@q) as plain
),
wordless as (select false as so),
kinds as materialized (
  select kind, place from unnest((select @kinds::text[])) with ordinality as k (kind, place)
),
held as materialized (
  select kind, id, match, rank
  from unnest(@held_kinds::text[], @held_ids::bigint[], @held_matches::int[], @held_ranks::real[]) as h (kind, id, match, rank)
),
held_few as (select true as so),
held_cut as (select ''::text as kind where false),`

// searchSpelling finds words that are spelled like those that were typed. They
// are looked up among the words of all names, which are far fewer than the
// names; a name has to hold one for each.
const searchSpelling = `
likely as materialized (
  select search_some(@q) as words, @close::int as close, (select so from held_few) and not exists (select from held) as none
),
spelled as materialized (
  select t.place, w.word
  from unnest((select @typed::text[] where (select so from held_few))) with ordinality as t (word, place)
  cross join lateral (
    select t.word
    union all
    (select k.word
     from search_word k
     where length(t.word) >= @spelled and k.word % t.word and search_likeness(k.word, t.word) > 0
     order by search_likeness(k.word, t.word) desc, k.word
     limit @likely)
  ) w
),
alike as materialized (
  select string_agg('(' || x.words || ')', ' & ')::tsquery as words
  from (
    select s.place, string_agg(q.words::text, ' | ') as words
    from spelled s
    cross join lateral plainto_tsquery('public.search', s.word) as q (words)
    where numnode(q.words) > 0
    group by s.place
  ) x
),`

// searchLikelySteps find names by these words and, where there is nothing, what
// holds some of the words. Like searchSteps they look at no more than so many,
// and at a sample before.
const searchLikelySteps = `
close_sample as materialized (
  select e.id, e.name
  from search_entry e
  where (select agreement || organization = '' from narrowed) and e.kind = 'initiative' and e.sampled and e.words @@ (select words from alike)
  limit (select close from likely)
),
close_names as materialized (
  select k.kind, h.id, h.name
  from kinds k
  cross join lateral (
    select e.id, e.name
    from (
      select k.kind, e.id, e.name
      from search_entry e
      where e.kind = k.kind and e.words @@ (select words from alike)
      offset 0
    ) e
    where` + isWithin + `
    limit (select close from likely)
  ) h
  where k.kind <> 'initiative' or (select count(*) from close_sample) < (select close from likely)
  union all
  select 'initiative', id, name from close_sample where (select count(*) from close_sample) >= (select close from likely)
),
some_sample as materialized (
  select e.id, e.field
  from search_entry e
  where (select agreement || organization = '' from narrowed) and (select none from likely)
    and e.kind = 'initiative' and e.sampled and e.document @@ (select words from likely)
  limit (select close from likely)
),
some_hits as materialized (
  select k.kind, h.id, h.field
  from kinds k
  cross join lateral (
    select e.id, e.field
    from (
      select k.kind, e.id, e.field
      from search_entry e
      where (select none from likely) and e.kind = k.kind and e.document @@ (select words from likely)
      offset 0
    ) e
    where` + isWithin + `
    limit (select close from likely)
  ) h
  where k.kind <> 'initiative' or (select count(*) from some_sample) < (select close from likely)
  union all
  select 'initiative', id, field from some_sample where (select count(*) from some_sample) >= (select close from likely)
),
many as materialized (
  select count(*) > @ranked as so from some_hits
),
some_name_sample as materialized (
  select e.id, ts_rank(e.words, (select words from likely), 32) as rank
  from search_entry e
  where (select agreement || organization = '' from narrowed) and (select so from many)
    and e.kind = 'initiative' and e.sampled and e.words @@ (select words from likely)
  limit (select close from likely)
),
some_names as materialized (
  select k.kind, h.id, h.rank
  from kinds k
  cross join lateral (
    select e.id, e.rank
    from (
      select k.kind, e.id, ts_rank(e.words, (select words from likely), 32) as rank
      from search_entry e
      where (select so from many) and e.kind = k.kind and e.words @@ (select words from likely)
      offset 0
    ) e
    where` + isWithin + `
    limit (select close from likely)
  ) h
  where k.kind <> 'initiative' or (select count(*) from some_name_sample) < (select close from likely)
  union all
  select 'initiative', id, rank from some_name_sample where (select count(*) from some_name_sample) >= (select close from likely)
),
meant as (select coalesce(string_agg(word, ' ' order by place, word), '') as words from spelled),
few as (select false as so),
cut as materialized (
  select kind from held_cut
  union all
  select kind from some_hits group by kind having count(*) >= (select close from likely)
  union all
  select kind from close_names group by kind having count(*) >= (select close from likely)
),
fitting as materialized (
  select kind, id, match, rank from held
  union all
  select kind, id, 4, word_similarity((select plain from asked), name) from close_names
  union all
  select c.kind, c.id, 5, r.rank
  from some_hits c
  cross join lateral (
    select case when e.field = 'text' then 0 else ts_rank(e.document, (select words from likely), 32) end as rank
    from search_entry e
    where e.kind = c.kind and e.id = c.id and e.field = c.field and e.document is not null
    offset 0
  ) r
  where not (select so from many)
  union all
  select kind, id, 5, 0.5 + rank / 2 from some_names
  union all
  select kind, id, 5, 0 from some_hits where (select so from many)
),`

// searchLikely finds what fits less, anywhere.
const searchLikely = searchHeldBefore + searchAnywhere + searchSpelling + searchLikelySteps + searchPlaced

// searchLikelyWithin finds it where it belongs to what was asked for.
const searchLikelyWithin = searchHeldBefore + searchWithin + searchSpelling + searchLikelySteps + searchPlaced

// searchEither does both in one statement, where others had to be asked before.
const searchEither = searchAsked + searchAnywhere + searchSteps + searchSpelling + searchLikelySteps + searchPlaced

// searchEitherWithin does it where things belong to what was asked for.
const searchEitherWithin = searchAsked + searchWithin + searchSteps + searchSpelling + searchLikelySteps + searchPlaced
