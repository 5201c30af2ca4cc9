package browse

import (
	"context"
	"strconv"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

const cocitationColumns = `s.ref as subject, s.name as subject_name, s.title as subject_title,
  s.agreement as subject_agreement, s.agreement_title as subject_agreement_title,
  o.ref as object, o.name as object_name, o.title as object_title, o.agreement as object_agreement, o.agreement_title as object_agreement_title`

// cocitationMatching reads every pair of principles of current editions and
// keeps the direction that the filter lets through, the order of the texts where
// both fit. Citations that nobody has resolved make no link and are not in it.
// The keys of the two principles are written as one number. There may be tens of
// thousands of pairs, so the texts by which they are sorted are looked up only
// of those that so many initiatives cite as a page needs: those at the cursor,
// and as many as fit on the page of those that fewer cite.
const cocitationMatching = `
with named as materialized (
  select principle_id as id, agreement, agreement_title, edition, position, row_number() over (order by lower(agreement_title), edition, position, principle_id) as place,
    ` + ofRef + ` as asked, @from in ('', agreement) as "from", @to in ('', agreement) as "to"
  from (select id as principle_id, agreement, agreement_title, edition, position from principle_name where current) n
),
fitting as materialized (
  select t.principle_id, t.other_id, t.initiatives,
    case when s.place < o.place then s.asked and s."from" and o."to" else not (o.asked and o."from" and s."to") end as forward
  from cocitation_tally t
  join named s on s.id = t.principle_id
  join named o on o.id = t.other_id
  where t.initiatives > 0 and (s.asked and s."from" and o."to" or o.asked and o."from" and s."to")
),
begun as materialized (
  select case when split_part(@after_key::text, '/', 1) ~ '^[0-9]{10}$' then 1000000000 - split_part(@after_key::text, '/', 1)::bigint end as initiatives
),
fewer as materialized (
  select min(f.initiatives) as initiatives
  from (
    select f.initiatives
    from fitting f
    where f.initiatives < coalesce((select initiatives from begun), 1000000000)
    order by f.initiatives desc
    limit @limit) f
),
matching as (
  select (s.id << 31) + o.id as id, to_char(1000000000 - f.initiatives, 'FM0000000000') || '/' || concat_ws('/', ` + pairKey + `) as key
  from fitting f
  join named s on s.id = case when f.forward then f.principle_id else f.other_id end
  join named o on o.id = case when f.forward then f.other_id else f.principle_id end
  where f.initiatives between coalesce((select initiatives from fewer), 0) and coalesce((select initiatives from begun), 1000000000)
)`

const cocitationRows = `
select ` + cocitationColumns + `, (
    select t.initiatives from cocitation_tally t
    where t.principle_id = least(s.id, o.id) and t.other_id = greatest(s.id, o.id)) as initiatives` + postgres.FromChosen + `
join principle_name s on s.id = chosen.id >> 31
join principle_name o on o.id = chosen.id & ((1::bigint << 31) - 1)` + postgres.ByPlace

// Cocitations lists the pairs of principles that contributors cite together,
// those that most initiatives cite first. It is computed and says nothing of
// the texts.
func (s *Store) Cocitations(ctx context.Context, f norms.PairFilter, p norms.Page) (norms.List[norms.CocitationRow], error) {
	return naming.List[norms.CocitationRow](ctx, s.names, "what is cited together", postgres.Listing{Matching: cocitationMatching, Total: "(select count(*) from fitting)", Rows: cocitationRows}, pairArgs(f), p, f.Names()...)
}

var citedShown = strconv.Itoa(norms.CitedShown)

// citedWith gives the principles that are cited together with the principle p,
// named n, as arrays beside each other; the page of a principle shows the first.
// Those cited most are chosen before anything is looked up about them: a
// principle may be cited together with all others.
var citedWith = citedFirst(citedMostWith("n.current"))

// citedMostWith are the numbers of those that are cited most together with the
// principle p, if a condition holds. Which editions are current is looked up from
// the top, until enough are found: most pairs are cited once or twice.
func citedMostWith(condition string) string {
	return `
      select k.principle_id, k.initiatives
      from (` + citedFromTop("principle_id", "other_id", condition) + `
        union all` + citedFromTop("other_id", "principle_id", condition) + `
        order by weight desc, initiatives desc, principle_id offset 0) k
      where (select u.current from principle_name u where u.id = k.principle_id)
      order by k.weight desc, k.initiatives desc, k.principle_id
      limit ` + citedShown
}

// citedFirst looks up what is said of the principles that were chosen.
func citedFirst(chosen string) string {
	return `
  select coalesce(array_agg(y.ref order by y.place), '{}') as refs, coalesce(array_agg(y.name order by y.place), '{}') as names,
    coalesce(array_agg(y.title order by y.place), '{}') as titles, coalesce(array_agg(y.agreement order by y.place), '{}') as agreements,
    coalesce(array_agg(y.agreement_title order by y.place), '{}') as agreement_titles,
    coalesce(array_agg(y.initiatives order by y.place), '{}') as initiatives
  from (
    select o.ref, o.name, o.title, o.agreement, o.agreement_title, c.initiatives,
      row_number() over (order by c.initiatives desc, lower(o.agreement_title), o.position, o.id) as place
    from (` + chosen + `) c
    cross join lateral (
      select x.id, x.ref, x.name, x.title, x.agreement, x.agreement_title, x.position
      from principle_name x
      where x.id = c.principle_id
      limit 1) o) y`
}

// citedFromTop are the other sides of pairs, from those that are cited most.
func citedFromTop(one, other, condition string) string {
	return `
        (select t.` + other + ` as principle_id, t.initiatives, t.weight
        from cocitation_tally t
        where t.` + one + ` = p.id and t.initiatives > 0 and ` + condition + `
        order by t.weight desc, t.initiatives desc, t.` + other + ` offset 0)`
}

// citedWithThen is citedWith for the past. Which editions were current is looked
// up from the top, until enough are found.
var citedWithThen = citedFirst(citedMostThen("n.current"))

// citedMostThen is citedMostWith for the past.
func citedMostThen(condition string) string {
	return `
      select k.about as principle_id, k.figure as initiatives
      from (select f.about, f.figure from asof.figures_of(p.id) f where f.about > 0 and ` + condition + ` order by f.figure desc, f.about offset 0) k
      where (select e.current from principle u join edition e on e.id = u.edition_id where u.id = k.about)
      order by k.figure desc, k.about
      limit ` + citedShown
}

// principlePage is the statement for the principle of a page.
func (s *Store) principlePage() postgres.Statement {
	if postgres.AsOf(s.db) > 0 {
		return askPastOne
	}
	return askPrinciple
}
