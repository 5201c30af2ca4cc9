package search

// searchSteps look for things that are called exactly as was asked for, and for
// those that hold all the words.
//
// Each looks at no more than @most of a kind, and asks indexes only. Names come
// first, and where these are enough the texts, of which very many may hold a
// word, are not asked; but a name that holds the words says nothing of a search
// that leaves some out. Of initiatives, of which there are very many, a sample
// that has small indexes of its own is asked before: a word that is held so
// often that it suffices is not looked up among all of them. To rank by how
// often and how near to each other words are held reads each text again, and is
// done where it is @ranked in all. Where it says offset 0, the database takes a
// part as it is written.
const searchSteps = `
wordless as (
  select numnode(words) = 0 as so from asked
),
called as materialized (
  select e.kind, e.id
  from search_entry e
  where e.name = (select plain from asked)
  union
  select e.kind, e.id
  from search_entry e
  where e.slug = (select slug from asked)
),
named as materialized (
  select e.kind, e.id from called e where` + isWithin + `
),
name_sample as materialized (
  select e.id
  from search_entry e
  where (select agreement || organization = '' from narrowed) and not (select without from asked)
    and e.kind = 'initiative' and e.sampled and e.words @@ (select words from asked)
  limit (select most from asked)
),
name_hits as materialized (
  select k.kind, h.id
  from kinds k
  cross join lateral (
    select e.id
    from (
      select k.kind, e.id
      from search_entry e
      where not (select without from asked) and e.kind = k.kind and e.words @@ (select words from asked)
      offset 0
    ) e
    where` + isWithin + `
    limit (select most from asked)
  ) h
  where k.kind <> 'initiative' or (select count(*) from name_sample) < (select most from asked)
  union all
  select 'initiative', id from name_sample where (select count(*) from name_sample) >= (select most from asked)
),
wanting as materialized (
  select k.kind from kinds k where (select count(*) from name_hits h where h.kind = k.kind) < (select most from asked)
),
sparse_sample as materialized (
  select e.id, e.field
  from search_entry e
  where (select agreement || organization = '' from narrowed) and exists (select from wanting where kind = 'initiative')
    and e.kind = 'initiative' and e.sparse and e.document @@ (select words from asked)
  limit (select most from asked)
),
text_sample as materialized (
  select e.id, e.field
  from (select e.id, e.field from search_entry e where e.kind = 'initiative' and e.sampled and e.document @@ (select words from asked)) e
  where (select agreement || organization = '' from narrowed) and exists (select from wanting where kind = 'initiative')
    and (select count(*) from sparse_sample) < (select most from asked)
  union all
  select id, field from sparse_sample where (select count(*) from sparse_sample) >= (select most from asked)
  limit (select most from asked)
),
text_hits as materialized (
  select k.kind, h.id, h.field
  from wanting k
  cross join lateral (
    select e.id, e.field
    from (
      select k.kind, e.id, e.field
      from search_entry e
      where e.kind = k.kind and e.document @@ (select words from asked)
      offset 0
    ) e
    where` + isWithin + `
    limit (select most from asked)
  ) h
  where k.kind <> 'initiative' or (select count(*) from text_sample) < (select most from asked)
  union all
  select 'initiative', id, field from text_sample where (select count(*) from text_sample) >= (select most from asked)
),
held_few as materialized (
  select count(*) < (select few from asked) as so
  from (
    select distinct x.kind, x.id
    from (select kind, id from named union all select kind, id from name_hits union all select kind, id from text_hits limit (select most from asked)) x
  ) y
),
held_cut as materialized (
  select kind from kinds where kind not in (select kind from wanting)
  union all
  select kind from text_hits group by kind having count(*) >= (select most from asked)
),
held_many as materialized (
  select (select count(*) from text_hits) > @ranked or exists (select from held_cut) as so
),
held as materialized (
  select kind, id, 2 as match, 0::real as rank from named
  union all
  select c.kind, c.id, 3, r.rank
  from text_hits c
  cross join lateral (
    select case when e.field = 'text' then 0 else ts_rank_cd(e.document, (select words from asked), 32) end as rank
    from search_entry e
    where e.kind = c.kind and e.id = c.id and e.field = c.field and e.document is not null
    offset 0
  ) r
  where not (select so from held_many)
  union all
  select kind, id, 3, 0.5 from name_hits where (select so from held_many)
  union all
  select kind, id, 3, 0 from text_hits where (select so from held_many)
),`

// searchOnlyHeld is where nothing else is looked for.
const searchOnlyHeld = `
meant as (select '' as words),
few as (select so from held_few),
cut as (select kind from held_cut),
fitting as (select kind, id, match, rank from held),`

// searchHeld finds what is called so and what holds all the words, anywhere.
const searchHeld = searchAsked + searchAnywhere + searchSteps + searchOnlyHeld + searchPlaced

// searchHeldWithin finds it where it belongs to what was asked for.
const searchHeldWithin = searchAsked + searchWithin + searchSteps + searchOnlyHeld + searchPlaced
