package search

// A search takes one statement, and a second when that finds few: what it does
// before it reads anything grows with the tables that a statement names.

// searchAsked is what was asked for. The steps take it from here and not from
// the parameters: the database then plans them once for a connection and not
// for each search, which takes longer than to run them.
const searchAsked = `
with asked as materialized (
  select search_query(@q, @starts) as words, @without::boolean as without, search_plain(@q) as plain, nullif(@slug, '') as slug,
    @most::int as most, @few::int as few
),
kinds as materialized (
  select kind, place from unnest((select @kinds::text[])) with ordinality as k (kind, place)
),`

// searchAnywhere is what searchWithin is where everything belongs.
const searchAnywhere = `
narrowed as materialized (
  select @agreement as agreement, @organization as organization
),
agreed as (select 0 where false),
of_agreement as (select '' as kind, 0::bigint as id where false),
organized as (select 0 where false),
of_organization as (select '' as kind, 0::bigint as id where false),`

// searchWithin is what belongs to the agreement and the organization that were
// asked for; of two both have to hold.
const searchWithin = `
narrowed as materialized (
  select @agreement as agreement, @organization as organization
),
agreed as (
  select a.id, a.slug from agreement a where a.slug = @agreement
),
of_agreement as (
  select 'agreement' as kind, x.id from agreed x
  union select 'principle', n.id from principle_name n join agreed x on x.id = n.agreement_id
  union select 'organization', h.organization_id from adherence h join agreed x on x.id = h.agreement_id
  union select 'organization', o.id from organization o join agreed x on x.id = o.agreement_id
  union select 'element', r.element_id from element_reading r join agreed x on x.id = r.agreement_id
  union select 'initiative', l.initiative_id from link l join principle_name n on n.id = l.principle_id join agreed x on x.id = n.agreement_id
  union select 'statement', t.id from statement t join agreed x on x.id = t.agreement_id
  union select 'statement', t.id from statement t join principle_name n on n.id = t.principle_id join agreed x on x.id = n.agreement_id
  union select 'source', h.source_id from adherence h join agreed x on x.id = h.agreement_id
  union select 'source', t.source_id from citation_line t join reference r on r.line_id = t.id join agreed x on x.id = r.agreement_id
),
organized as (
  select o.id, o.slug from organization o where o.slug = @organization
),
of_organization as (
  select 'organization' as kind, x.id from organized x
  union select 'agreement', h.agreement_id from adherence h join organized x on x.id = h.organization_id
  union select 'initiative', i.id from organized x join initiative i on i.organization_id = x.id
  union select 'initiative', i.id from organized x join initiative i on i.reported_by_id = x.id
  union select 'principle', l.principle_id from link l join initiative i on i.id = l.initiative_id join organized x on x.id = i.organization_id
  union select 'statement', t.id from statement t join organized x on x.id = t.organization_id
  union select 'source', s.id from source s join organized x on x.id = s.organization_id
),`

const isWithin = `
      ((select agreement from narrowed) = '' or (e.kind, e.id) in (select kind, id from of_agreement))
      and ((select organization from narrowed) = '' or (e.kind, e.id) in (select kind, id from of_organization))`

// searchPlaced puts what fits in its order and counts it.
const searchPlaced = `
numbered as (
  select id, place from unnest(@numbered::bigint[]) with ordinality as n (id, place)
),
found as (
  select distinct on (x.place, x.id) x.place, x.kind, x.id, x.match, x.rank
  from (
    select k.place, k.kind, n.id, 1 as match, (1 - n.place / 1000.0)::real as rank from numbered n join kinds k on k.kind = 'principle'
    union all select k.place, k.kind, f.id, f.match, f.rank from fitting f join kinds k on k.kind = f.kind
  ) x
  order by x.place, x.id, x.match, x.rank desc
),
matching as materialized (
  select f.kind, f.id, f.match, ((1 - f.rank) * 1000000)::int as score, f.place from found f
),
chosen as (
  select m.kind, m.id, m.match, m.score, m.place
  from matching m
  where @kind in ('', m.kind) and (@after_id::bigint is null or (m.match, m.score, m.place, m.id) > (@after_match::int, @after_score::int, @after_place::int, @after_id::bigint))
  order by m.match, m.score, m.place, m.id
  limit @limit
)
select (select count(*) from matching m where @kind in ('', m.kind)) as total,
  exists (select from cut where @kind in ('', kind)) as capped,
  (@agreement = '' or exists (select from agreed)) and (@organization = '' or exists (select from organized)) as named,
  (select coalesce(json_agg(json_build_object('kind', k.kind, 'count', coalesce(x.count, 0)) order by k.place), '[]')
   from kinds k left join (select m.place, count(*) as count from matching m group by m.place) x on x.place = k.place) as kinds,
  (select coalesce(json_agg(json_build_object('kind', c.kind, 'id', c.id, 'match', c.match, 'score', c.score, 'place', c.place)
     order by c.match, c.score, c.place, c.id), '[]')
   from chosen c) as page,
  (select so from few) as few,
  (select so from wordless) as wordless,
  (select coalesce(json_agg(json_build_object('kind', f.kind, 'id', f.id, 'match', f.match, 'rank', f.rank) order by f.kind, f.id, f.match), '[]')
   from fitting f
   where (select so from few)) as held,
  (select words from meant) as meant`

// searchRows shows things with what was looked for marked: of a name that is
// spelled alike, the words that were meant. @personal is taken out of texts
// before, and before that is cut after @shown characters, of which @beyond more
// are looked at: a piece of a number would not be known for one. Of a long text only
// what is around the first word found is read, @lead characters before it and
// @span in all; where none is there as it is spelled, the whole text is, and
// where none can be there, its beginning stands for it, which is quicker than to
// look. A word may be there when all of it but its last letter is, which stems
// change; of words of less than @sure letters they change more. Texts seldom hold @marks,
// and to take them out takes longer than to look. Where it says offset 0, a step
// is done once for each row and not wherever it is used.
const searchRows = `
with looked as materialized (
  select tsvector_to_array(to_tsvector('public.search', search_plain(@q || ' ' || @meant))) as words,
    search_query(@q, @starts) as every, search_some(@q) as some_of, search_some(@meant) as meant
)
select c.kind, d.key, d.title, d.context, c.match,
  ts_headline('public.search', x.title, w.words, @whole) as marked_title,
  case when m.held then ts_headline('public.search', x.body, w.words, case when length(d.body) <= @short then @whole else @pieces end) else x.body end as marked_body
from unnest((select @kinds::text[]), (select @ids::bigint[]), (select @matches::text[])) with ordinality as c (kind, id, match, place)
cross join lateral (
  select case c.match when 'some_words' then k.some_of when 'similar_spelling' then k.meant else k.every end as words
  from looked k
  offset 0
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
  select m.slug, m.title, '', m.summary
  from element m
  where c.kind = 'element' and m.id = c.id
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
  select t.id::text, t.title, o.name, concat_ws(E'\n', t.summary, nullif(t.quote, ''))
  from statement t
  join organization o on o.id = t.organization_id
  where c.kind = 'statement' and t.id = c.id
  union all
  select s.slug, s.title, concat_ws(', ', nullif(s.publisher, ''), nullif(s.published_on, '')),
    concat_ws(E'\n', nullif(s.note, ''), left(regexp_replace(left(s.body, @shown::int + @beyond::int), @personal, '•••', 'g'), @shown))
  from source s
  where c.kind = 'source' and s.id = c.id
) d
cross join lateral (
  select lower(d.body) as body
  offset 0
) l
cross join lateral (
  select min(nullif(strpos(l.body, k.word), 0)) as first
  from unnest((select words from looked)) as k (word)
) n
cross join lateral (
  select case when n.first is not null then '' when octet_length(l.body) = length(l.body) then l.body else search_plain(d.body) end as body
  offset 0
) p
cross join lateral (
  select n.first is not null or exists (
    select from unnest((select words from looked)) as k (word) where length(k.word) < @sure or strpos(p.body, left(k.word, -1)) > 0) as held
  offset 0
) m
cross join lateral (
  select case when n.first is null and m.held or length(d.body) <= case when m.held then @span::int else @short::int end then d.body
    else substr(' ' || d.body || ' ', greatest(1, coalesce(n.first, 0) - @lead), case when m.held then @span::int else @short::int end) end as part
  offset 0
) s
cross join lateral (
  select case when s.part = d.body then s.part
    else coalesce(nullif(substr(s.part, strpos(s.part, ' ') + 1, greatest(0, length(s.part) - strpos(s.part, ' ') - strpos(reverse(s.part), ' '))), ''), s.part) end as body
  offset 0
) t
cross join lateral (
  select exists (select from unnest(@marks::text[]) as k (mark) where strpos(d.title || t.body, k.mark) > 0) as so
  offset 0
) f
cross join lateral (
  select case when f.so then translate(d.title, array_to_string(@marks::text[], ''), '') else d.title end as title,
    case when f.so then translate(t.body, array_to_string(@marks::text[], ''), '') else t.body end as body
  offset 0
) x
order by c.place`
