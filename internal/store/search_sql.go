package store

// searchKinds numbers the kinds of things, whose order @kinds gives.
const searchKinds = `
with kinds as (
  select kind, place from unnest(@kinds::text[]) with ordinality as k (kind, place)
),`

// searchWithin is what belongs to the agreement and the organization that were
// asked for; of two both have to hold.
const searchWithin = `
agreed as (
  select a.id, a.slug from agreement a where a.slug = @agreement
),
of_agreement as (
  select 'agreement' as kind, x.id from agreed x
  union select 'principle', n.id from principle_name n join agreed x on x.id = n.agreement_id
  union select 'organization', h.organization_id from adherence h join agreed x on x.id = h.agreement_id
  union select 'organization', o.id from organization o join agreed x on x.id = o.agreement_id
  union select 'initiative', l.initiative_id from link l join principle_name n on n.id = l.principle_id join agreed x on x.id = n.agreement_id
  union select 'source', h.source_id from adherence h join agreed x on x.id = h.agreement_id
  union select 'source', t.source_id from citation_line t join reference r on r.line_id = t.id join agreed x on x.id = r.agreement_id
),
organized as (
  select o.id, o.slug from organization o where o.slug = @organization
),
of_organization as (
  select 'organization' as kind, x.id from organized x
  union select 'agreement', h.agreement_id from adherence h join organized x on x.id = h.organization_id
  union select 'initiative', i.id from initiative i join organized x on x.id in (i.organization_id, i.reported_by_id)
  union select 'principle', l.principle_id from link l join initiative i on i.id = l.initiative_id join organized x on x.id = i.organization_id
  union select 'source', s.id from source s join organized x on x.id = s.organization_id
),`

const isWithin = `
      and (@agreement = '' or (e.kind, e.id) in (select kind, id from of_agreement))
      and (@organization = '' or (e.kind, e.id) in (select kind, id from of_organization))`

// searchSteps look for things more and more generously: principles of the
// number that was asked for, the likeliest first; what is called exactly so; those that hold all the words; where these are few, names of similar
// spelling; and where there are none, what holds some of the words. A word that very many hold is
// ranked among the first @most that come: ranking reads each text again.
const searchSteps = `
numbered as (
  select id, place from unnest(@numbered::bigint[]) with ordinality as n (id, place)
),
named as (
  select e.kind, e.id
  from search_entry e
  where (e.name = search_plain(@q) or e.slug = nullif(@slug, ''))` + isWithin + `
),
hits as materialized (
  select k.kind, h.id, h.rank
  from kinds k
  cross join lateral (
    select e.id, case e.field when 'text' then 0 else ts_rank_cd(e.document, search_query(@q, @starts), 32) end as rank
    from search_entry e
    where e.kind = k.kind and e.document @@ search_query(@q, @starts)` + isWithin + `
    limit @most
  ) h
),
few as materialized (
  select count(*) < @few as so, count(*) = 0 and @few > 0 as none from (select n.kind, n.id from named n union select h.kind, h.id from hits h) x
),
similar_names as (
  select k.kind, h.id, h.rank
  from kinds k
  cross join lateral (
    select e.id, word_similarity(search_plain(@q), e.name) as rank
    from search_entry e
    where (select so from few) and e.kind = k.kind and search_plain(@q) <% e.name` + isWithin + `
    limit @most
  ) h
  where h.rank >= @similar::real
),
some_hits as (
  select k.kind, h.id, h.rank
  from kinds k
  cross join lateral (
    select e.id, case e.field when 'text' then 0 else ts_rank(e.document, search_some(@some), 32) end as rank
    from search_entry e
    where (select none from few) and e.kind = k.kind and e.document @@ search_some(@some)` + isWithin + `
    limit @most
  ) h
),
found as (
  select distinct on (x.kind, x.id) x.kind, x.id, x.match, x.rank
  from (
    select 'principle' as kind, id, 1 as match, (1 - place / 1000.0)::real as rank from numbered
    union all select kind, id, 2, 0 from named
    union all select kind, id, 3, rank from hits
    union all select kind, id, 4, rank from similar_names
    union all select kind, id, 5, rank from some_hits
  ) x
  order by x.kind, x.id, x.match, x.rank desc
),
matching as (
  select f.kind, f.id, (@matches::text[])[f.match] as match, k.place,
    concat_ws('/', f.match, to_char((1 - f.rank) * 1000000, 'FM0000000'), k.place) as key
  from found f
  join kinds k on k.kind = f.kind
),
chosen as (
  select m.kind, m.id, m.match, m.key
  from matching m
  where @kind in ('', m.kind) and (@after_id::bigint is null or (m.key, m.id) > (@after_key::text, @after_id::bigint))
  order by m.key, m.id
  limit @limit
)`

const searchMatching = searchKinds + searchWithin + searchSteps + `
select (select count(*) from matching m where @kind in ('', m.kind)) as total,
  exists (select from hits h group by h.kind having count(*) >= @most) as capped,
  (@agreement = '' or exists (select from agreed)) and (@organization = '' or exists (select from organized)) as named,
  (select coalesce(json_agg(json_build_object('kind', x.kind, 'count', x.count) order by x.place), '[]')
   from (select k.kind, k.place, count(m.id) as count from kinds k left join matching m on m.kind = k.kind group by k.kind, k.place) x) as kinds,
  (select coalesce(json_agg(json_build_object('kind', c.kind, 'id', c.id, 'match', c.match, 'key', c.key) order by c.key, c.id), '[]')
   from chosen c) as page`

// searchRows shows things with what was looked for marked. @personal is taken
// out of texts before: a piece of a number would not be known for one.
const searchRows = `
select c.kind, d.key, d.title, d.context, c.match,
  ts_headline('public.search', translate(d.title, @marks, ''), w.words, @whole) as marked_title,
  ts_headline('public.search', translate(d.body, @marks, ''), w.words, case when length(d.body) <= @short then @whole else @pieces end) as marked_body
from unnest(@kinds::text[], @ids::bigint[], @matches::text[]) with ordinality as c (kind, id, match, place)
cross join lateral (
  select case c.match when 'some_words' then search_some(@some) else search_query(@q, @starts) end as words
) w
cross join lateral (
  select a.slug as key, a.title, a.convener as context,
    concat_ws(E'\n', (select string_agg(v.alias, ', ' order by v.id) from agreement_alias v where v.agreement_id = a.id), a.summary) as body
  from agreement a
  where c.kind = 'agreement' and a.id = c.id
  union all
  select n.ref, p.title, n.name, p.summary
  from principle p
  join principle_name n on n.id = p.id
  where c.kind = 'principle' and p.id = c.id
  union all
  select o.slug, o.name, '', o.summary
  from organization o
  where c.kind = 'organization' and o.id = c.id
  union all
  select i.slug, i.title, o.name, concat_ws(E'\n', i.summary, nullif(i.heading, ''), nullif(i.status_note, ''),
    (select string_agg(v.name, ', ' order by v.id) from initiative_partner v where v.initiative_id = i.id))
  from initiative i
  join organization o on o.id = i.organization_id
  where c.kind = 'initiative' and i.id = c.id
  union all
  select s.slug, s.title, concat_ws(', ', nullif(s.publisher, ''), nullif(s.published_on, '')),
    concat_ws(E'\n', nullif(s.note, ''), regexp_replace(left(s.body, @shown), @personal, '•••', 'g'))
  from source s
  where c.kind = 'source' and s.id = c.id
) d
order by c.place`
