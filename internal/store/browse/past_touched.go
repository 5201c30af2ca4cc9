package browse

import (
	"context"

	"normmap/internal/norms"
	"normmap/internal/store/history"
	"normmap/internal/store/postgres"
)

// mostCounted is how much may belong to a thing of a kind for its pages of the
// past to count what touched it since: finding what is around takes time for
// each. The page of a principle is the one that is asked for most.
func mostCounted(kind string) int64 {
	if kind == "principle" {
		return 12
	}
	return 200
}

// amount lists what grows without bound of what belongs to a thing t.
var amount = map[string]string{
	"agreement": `
    select from history.edition e cross join lateral (
      select from history.principle p cross join lateral (select from history.link h where h.principle_id = p.id limit @most) l
      where p.edition_id = e.id limit @most) l
    where e.agreement_id = t.id`,
	"principle": `
    select from history.link h where h.principle_id = t.id`,
	"organization": `
    (select from history.initiative h where h.organization_id = t.id limit @most)
    union all (select from history.initiative h where h.reported_by_id = t.id limit @most)
    union all (select from history.link h where h.asserter_id = t.id limit @most)`,
	"source": `
    (select from history.initiative h where h.source_id = t.id limit @most)
    union all (select from history.citation_line h where h.source_id = t.id limit @most)`,
	"initiative": `
    select from history.link h where h.initiative_id = t.id`,
	"element": `
    select from history.element_reading h where h.element_id = t.id`,
}

// momentWithThing finds a revision as momentOf does, whether a thing was
// recorded then, and how much belongs to it, as far as @most.
var momentWithThing = history.EachThing(func(kind string) string {
	return history.SpanAsked + "," + history.ThingAsked(kind, "(select since from span)") + `
select c.id as revision, c.at, span.until - span.since as since, (select at from changeset order by id desc limit 1) as newest,
  ` + history.Textual + ` as textual,
  (select count(*) from thing) as things,
  (select count(*) from thing t cross join lateral (` + amount[kind] + `
    limit @most) x) as amount
from span join changeset c on c.id = span.since`
})

// touchedSince counts the revisions since one that touched what belongs to a
// thing; without any, those that touched what is around it.
var touchedSince = history.EachThing(func(kind string) string {
	return history.SpanAsked + "," + history.ThingAsked(kind, "(select since from span)") + "," + history.Belonging[kind] + history.Around(kind) +
		history.Touching("touching", "scope") + history.Touching("touching_around", "around") + `
select (select count(*) from touching) as changesets,
  case when exists (select from touching) then 0 else (select count(*) from touching_around) end as around`
})

// MomentOf is Moment, and says how much of what came since is about a thing,
// in its written form. A thing that was never recorded is left out.
func (s *Store) MomentOf(ctx context.Context, q norms.AsOf, thing string) (norms.Moment, error) {
	a, err := history.Ask(norms.ChangeFilter{Thing: thing})
	if err != nil || thing == "" {
		return s.history.Moment(ctx, q)
	}
	a.Begin = q
	args := a.SpanArgs()
	a.Name(args)
	args["most"] = mostCounted(a.Of) + 1
	type with struct {
		norms.Moment
		Things, Amount int64
	}
	found, err := postgres.Collect[with](ctx, s.db, "a revision", momentWithThing.Of(a.Of), args)
	if err != nil {
		return norms.Moment{}, err
	}
	if len(found) == 0 {
		return s.history.Moment(ctx, q) // says why there is none
	}
	m := found[0].Moment
	m.Asked = q.At
	if found[0].Things != 1 || m.Since == 0 {
		return m, nil
	}
	m.Touched = &norms.Touched{Thing: thing, Uncounted: found[0].Amount > mostCounted(a.Of)}
	if !m.Touched.Uncounted {
		err = s.countTouched(ctx, m, a)
	}
	return m, err
}

func (s *Store) countTouched(ctx context.Context, m norms.Moment, a history.Asked) error {
	a.Begin = norms.AsOf{Revision: m.Revision}
	args := a.SpanArgs()
	args["kind"] = ""
	a.Name(args)
	type touched struct{ Changesets, Around int64 }
	found, err := postgres.Collect[touched](ctx, s.db, "what came since", touchedSince.Of(a.Of), args)
	if err != nil {
		return err
	}
	m.Touched.Changesets, m.Touched.Around = found[0].Changesets, found[0].Around // the statement has exactly one row
	return nil
}
