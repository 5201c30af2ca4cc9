package search

import "normmap/internal/store/browse"

// suggestAsked is what suggestions are asked for: the words of an initiative,
// each as it is written, and the principles that it supports without those
// that @without hides. Words are looked for in titles and summaries (weights A
// and B): the heading under which a source lists an initiative is that of its
// neighbours, too, and the note on its status says where dates come from. Words without a letter say nothing by themselves, and
// could be taken for the numbers of principles.
const suggestAsked = `
with asked as (
  select i.id, i.source_id, i.heading, concat_ws(' ', i.title, i.summary) as text from initiative i where i.slug = @initiative
  union all
  select 0, null, '', @text where @initiative = ''
),
words as materialized (
  select x.lexeme, x.word, (q.quoted)::tsquery as query, (q.quoted || ':AB')::tsquery as in_text
  from (
    select distinct on (v.lexeme) v.lexeme, lower(t.token) as word, min(t.place) over (partition by v.lexeme) as place
    from asked a
    cross join lateral ts_parse('default', a.text) with ordinality as t (kind, token, place)
    cross join lateral unnest(to_tsvector('public.search', t.token)) as v (lexeme, positions, weights)
    where v.lexeme ~ '[[:alpha:]]'
    order by v.lexeme, length(t.token), t.place
  ) x
  cross join lateral (select '''' || replace(replace(x.lexeme, '\', '\\'), '''', '''''') || '''' as quoted) q
  order by x.place, x.lexeme
  limit @words
),
linked as materialized (
  select l.principle_id as id, bool_or(l.relation = 'supports') as supported
  from asked a
  join link l on l.initiative_id = a.id
  join principle_name n on n.id = l.principle_id
  where not n.ref = any (@without::text[])
  group by l.principle_id
),
cited as materialized (
  select id from linked where supported
),`

// suggestTogether counts with which principles those that the initiative cites
// are cited elsewhere, in the latest @most links to each.
const suggestTogether = `
elsewhere as materialized (
  select distinct c.id as cited, h.initiative_id
  from cited c
  cross join lateral (
    select l.initiative_id from link l
    where l.principle_id = c.id and ` + browse.Counts + ` and l.initiative_id not in (select id from asked)
    order by l.id desc
    limit @most
  ) h
),
together as materialized (
  select b.cited, p.principle_id as id, p.n, b.initiatives
  from (select cited, count(*) as initiatives from elsewhere group by cited) b
  join (
    select e.cited, l.principle_id, count(distinct e.initiative_id) as n
    from elsewhere e
    join link l on l.initiative_id = e.initiative_id and l.principle_id <> e.cited and ` + browse.Counts + `
    group by e.cited, l.principle_id
  ) p on p.cited = b.cited
),
`

// suggestNear finds the initiatives with citations whose words are nearest. A
// word weighs more the fewer initiatives hold it; one that @most hold says
// nothing, and is known for it by looking at no more of them than that. Of the
// others a heading or a note does not count, which only the text tells: it is
// read again where these hold the word.
const suggestNear = `
looked as materialized (
  select w.lexeme, w.word, w.query, w.in_text, h.id
  from words w
  cross join lateral (
    select i.id from initiative i where initiative_document(i.title, i.summary, i.heading, i.status_note) @@ w.query limit @most
  ) h
),
holding as materialized (
  select h.lexeme, h.word, h.id
  from looked h
  join (select lexeme from looked group by lexeme having count(*) < @most) r on r.lexeme = h.lexeme
  join initiative i on i.id = h.id
  where i.heading = '' and i.status_note = '' or not to_tsvector('public.search', i.heading || ' ' || i.status_note) @@ h.query
    or initiative_document(i.title, i.summary, i.heading, i.status_note) @@ h.in_text
),
rare as materialized (
  select h.lexeme, ln((1.0 + (select count(*) from (select from initiative order by id limit @most) i)) / count(*)) as weight
  from holding h
  group by h.lexeme
),
near as materialized (
  select h.id, sum(r.weight) as weight
  from holding h
  join rare r on r.lexeme = h.lexeme
  where h.id not in (select id from asked) and exists (select from link l where l.initiative_id = h.id and ` + browse.Counts + `)
  group by h.id
  order by weight desc, h.id
  limit @nearest
),
around as materialized (
  select l.principle_id as id, count(*) as initiatives, sum(l.weight) / (select sum(weight) + @against::numeric * max(weight) from near) as share
  from (select distinct l.principle_id, n.id, n.weight from near n join link l on l.initiative_id = n.id and ` + browse.Counts + `) l
  group by l.principle_id
),`

// suggestListed counts what the others cite that the source lists under the
// same heading, in their order the first @most of them.
const suggestListed = `
listed as materialized (
  select i.id
  from asked a
  join initiative i on i.source_id = a.source_id and i.heading = a.heading
  where a.heading <> '' and i.id <> a.id and exists (select from link l where l.initiative_id = i.id and ` + browse.Counts + `)
  order by i.position, i.id
  limit @most
),
under as materialized (
  select l.principle_id as id, count(distinct l.initiative_id) as initiatives,
    count(distinct l.initiative_id) / ((select count(*) from listed) + @against::numeric) as share
  from listed s
  join link l on l.initiative_id = s.id and ` + browse.Counts + `
  group by l.principle_id
),`

// suggestAlike is which principles somebody says are alike with those that the
// initiative cites. One that is alike with many says little of each.
const suggestAlike = `
beside as materialized (
  select c.id as cited, x.id, min(x.relation) as relation, count(*) over (partition by c.id) as many
  from cited c
  cross join lateral (
    select w.subject_id as id, w.relation from crosswalk w where w.object_id = c.id
    union all
    select w.object_id, case w.relation when 'subset_of' then 'superset_of' when 'superset_of' then 'subset_of' else w.relation end
    from crosswalk w where w.subject_id = c.id
  ) x
  where x.relation <> 'no_relationship'
  group by c.id, x.id
),`

// suggestWords finds the principles that share words with the initiative.
const suggestWords = `
current as materialized (
  select count(*) as principles from principle p join edition e on e.id = p.edition_id where e.current
),
naming as materialized (
  select w.lexeme, w.word, h.id, ln((1.0 + c.principles) / count(*) over (partition by w.lexeme)) as weight
  from current c
  cross join words w
  cross join lateral (
    select p.id from principle p join edition e on e.id = p.edition_id
    where e.current and principle_document(p.number, p.title, p.summary) @@ w.query
  ) h
),
shared as materialized (
  select n.id, sum(n.weight) / (select sum(weight) from (select distinct lexeme, weight from naming) w where weight > 0) as share
  from naming n
  group by n.id
),`

// suggestChosen puts the five together. Each is a share between 0 and 1, read
// as how likely the principle is by it alone; a principle is as likely as that
// not all of them are wrong. What nothing speaks for is not offered.
const suggestChosen = `
likely as (
  select x.id, 1 - (1 - sum(x.together)) * (1 - sum(x.near)) * (1 - sum(x.listed)) * (1 - sum(x.alike)) * (1 - sum(x.words)) as likely
  from (
    select id, sum(n / (initiatives + @against::numeric)) / (select count(*) from cited) as together, 0 as near, 0 as listed, 0 as alike, 0 as words
    from together where @only in ('', 'together') group by id
    union all select id, 0, share, 0, 0, 0 from around where @only in ('', 'near')
    union all select id, 0, 0, share, 0, 0 from under where @only in ('', 'listed')
    union all select id, 0, 0, 0, max(@alike::numeric / many), 0 from beside where @only in ('', 'alike') group by id
    union all select id, 0, 0, 0, 0, @word::numeric * share from shared where @only in ('', 'words')
  ) x
  group by x.id
),
chosen as materialized (
  select n.id, n.ref, n.name, n.title, n.agreement, n.agreement_title, row_number() over (order by round(k.likely, 6) desc, n.agreement, n.edition, n.position, n.id) as place
  from likely k
  join principle_name n on n.id = k.id
  where n.current and k.likely > 0 and n.id not in (select id from linked) and not n.ref = any (@not::text[])
    and (@among::text[] is null or n.agreement = any (@among::text[]))
  order by place
  limit @limit
)`

// suggestRows says for each of the chosen what speaks for it, as it may be
// counted again: of each sort the strongest few. Of the words that initiatives
// share, those are shown which are in the title of another: all are counted, but
// a rare word of a summary is often a filler and tells a reader nothing.
const suggestRows = suggestAsked + suggestTogether + suggestNear + suggestListed + suggestAlike + suggestWords + suggestChosen + `
select c.ref as principle, c.name, c.title, c.agreement, (
  select coalesce(json_agg(r.reason order by r.sort, r.place), '[]') from (
    (select 1 as sort, row_number() over (order by t.n::numeric / t.initiatives desc, t.n desc, t.cited) as place,
       json_build_object('kind', 'cited_together', 'principle', n.ref, 'name', n.name, 'count', t.n, 'of', t.initiatives) as reason
     from together t
     join principle_name n on n.id = t.cited
     where t.id = c.id
     order by place
     limit @reasons)
    union all
    (select 2, row_number() over (order by b.cited),
       json_build_object('kind', 'alike', 'principle', n.ref, 'name', n.name, 'relation', b.relation)
     from beside b
     join principle_name n on n.id = b.cited
     where b.id = c.id
     order by b.cited
     limit @reasons)
    union all
    select 3, 1, json_build_object('kind', 'similar_initiatives', 'count', a.initiatives, 'of', (select count(*) from near),
      'initiatives', (
        select json_agg(json_build_object('slug', i.slug, 'title', i.title) order by n.weight desc, n.id)
        from near n
        join initiative i on i.id = n.id
        where exists (select from link l where l.initiative_id = n.id and l.principle_id = c.id and ` + browse.Counts + `)),
      'words', (
        select json_agg(w.word order by w.weight desc, w.word) from (
          select h.word, sum(r.weight) as weight
          from holding h
          join rare r on r.lexeme = h.lexeme
          join words k on k.lexeme = h.lexeme
          join initiative t on t.id = h.id
          where to_tsvector('public.search', t.title) @@ k.query and h.id in (select n.id from near n join link l on l.initiative_id = n.id where l.principle_id = c.id and ` + browse.Counts + `)
          group by h.word
          order by weight desc, h.word
          limit @shown) w))
    from around a
    where a.id = c.id
    union all
    select 4, 1, json_build_object('kind', 'same_heading', 'count', u.initiatives, 'of', (select count(*) from listed),
      'initiatives', (
        select json_agg(json_build_object('slug', x.slug, 'title', x.title) order by x.position, x.id) from (
          select i.id, i.slug, i.title, i.position
          from listed s
          join initiative i on i.id = s.id
          where exists (select from link l where l.initiative_id = s.id and l.principle_id = c.id and ` + browse.Counts + `)
          order by i.position, i.id
          limit @shown) x))
    from under u
    where u.id = c.id
    union all
    select 5, 1, json_build_object('kind', 'words_in_common', 'words', (
      select json_agg(w.word order by w.weight desc, w.word) from (
        select n.word, max(n.weight) as weight from naming n where n.id = c.id group by n.word order by weight desc, n.word limit @shown) w))
    from shared s
    where s.id = c.id
  ) r) as reasons
from chosen c
order by c.place`
