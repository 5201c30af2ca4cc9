package main

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"normmap/web/href"
)

// measureMatrix times the whole coverage by stakeholder group, made anew for
// every request, beside adding it up from the links.
func measureMatrix(ctx context.Context, b *bench, st *stage) ([]figure, error) {
	path := href.Coverage() + "?by=stakeholder_group"
	f, err := page(ctx, st.kept.Listen, path)
	if err != nil {
		return nil, err
	}
	sides, err := b.inTurn(ctx, st.work(st.uncached, 1, same(get(st.uncached.Listen, path))))
	if err != nil {
		return nil, err
	}
	var raw series
	for range b.rounds {
		took, err := st.timed(ctx, 1, matrixOfLinks)
		if err != nil {
			return nil, err
		}
		raw = append(raw, took...)
	}
	return []figure{
		{name: "cold, middle", unit: "ms", ours: sides[0].p50, limit: raw, of: "statement on the links", goal: atMost(20)},
		{name: "slowest 5 %", unit: "ms", ours: sides[0].p95},
		{name: "CPU of a request", unit: "µs", ours: sides[0].cost},
		{name: "size", unit: "kB", ours: series{float64(len(f.body)) / 1000}, goal: atMost(20), note: "sent as " + or(f.from.header("content-encoding"), "identity")},
	}, nil
}

const matrixOfLinks = `
select l.principle_id, o.stakeholder_group, count(*)
from link l join initiative i on i.id = l.initiative_id join organization o on o.id = i.organization_id
where l.relation = 'supports' group by 1, 2`

// Counts of one principle: from the links, and as pages read them.
const (
	hottestPrinciple = "select principle_id from link group by principle_id order by count(*) desc, principle_id limit 1"
	countsRaw        = "select origin, count(*), count(distinct initiative_id) from link where principle_id = $1 and relation = 'supports' group by origin"
	countsKept       = `
select sum(links), sum(contested), sum(curator_links), sum(third_party_links), sum(possibly_cited), sum(initiatives)
from group_tally where about = 'principle' and about_id = $1`
)

// measureCounts times a statement for the figures about the principle with most
// links, beside counting its links, on one connection.
func measureCounts(ctx context.Context, b *bench, st *stage) ([]figure, error) {
	var id int64
	if err := st.conn.QueryRow(ctx, hottestPrinciple).Scan(&id); err != nil {
		return nil, err
	}
	var links int
	if err := st.conn.QueryRow(ctx, "select count(*) from link where principle_id = $1", id).Scan(&links); err != nil {
		return nil, err
	}
	var raw, kept series
	for range b.rounds {
		for _, one := range []struct {
			into  *series
			sql   string
			times int
		}{{&raw, countsRaw, 5}, {&kept, countsKept, 100}} {
			took, err := st.timed(ctx, one.times, one.sql, id)
			if err != nil {
				return nil, err
			}
			*one.into = append(*one.into, took.median())
		}
	}
	return []figure{{name: fmt.Sprintf("statement, %d links", links), unit: "ms", ours: kept, limit: raw, of: "counting", goal: atMost(1)}}, nil
}

// timed does a statement so many times and tells how long each took, in
// milliseconds. One time before is not counted: it is planned.
func (st *stage) timed(ctx context.Context, times int, sql string, args ...any) (took series, err error) {
	for n := range times + 1 {
		began := time.Now()
		rows, err := st.conn.Query(ctx, sql, args...)
		if err != nil {
			return nil, err
		}
		rows.Close()
		if err := rows.Err(); err != nil {
			return nil, err
		}
		if n > 0 {
			took = append(took, float64(time.Since(began).Microseconds())/1000)
		}
	}
	return took, nil
}

// measureSearch times searches over HTTP, made anew for every request: of the
// word that most descriptions hold, and of a name that is spelled wrongly.
func measureSearch(ctx context.Context, b *bench, st *stage) ([]figure, error) {
	search := func(words string) work {
		return st.work(st.uncached, 1, same(get(st.uncached.Listen, href.API()+"/search?limit=25&q="+url.QueryEscape(words))))
	}
	sides, err := b.inTurn(ctx, search(st.paths.common), search(st.paths.spelled))
	if err != nil {
		return nil, err
	}
	return []figure{
		{name: "slowest 5 %, commonest word", unit: "ms", ours: sides[0].p95, goal: atMost(6), note: fmt.Sprintf("%q", st.paths.common)},
		{name: "slowest 5 %, with a typo", unit: "ms", ours: sides[1].p95, goal: atMost(10), note: fmt.Sprintf("%q", st.paths.spelled)},
		{name: "CPU of a search, commonest word", unit: "µs", ours: sides[0].cost},
		{name: "CPU of a search, with a typo", unit: "µs", ours: sides[1].cost},
	}, nil
}

// measurePast compares the present's pages with the same ones as of the revision
// before the newest, and of that by which half of the links had been made.
func measurePast(ctx context.Context, b *bench, st *stage) ([]figure, error) {
	var lately, middle int64
	const revisions = `select (select max(id) - 1 from changeset),
  (select since_rev from history.link order by since_rev offset (select count(*) / 2 from history.link) limit 1)`
	if err := st.conn.QueryRow(ctx, revisions).Scan(&lately, &middle); err != nil {
		return nil, err
	}
	pages := st.principlePages(mostPages)
	asOf := func(revision int64) work {
		past := make([]string, len(pages))
		for i, path := range pages {
			past[i] = fmt.Sprintf("%s?as_of=%d", path, revision)
		}
		return st.work(st.uncached, few, cycle(gets(st.uncached, past)))
	}
	sides, err := b.inTurn(ctx, st.work(st.uncached, few, cycle(gets(st.uncached, pages))), asOf(lately), asOf(middle))
	if err != nil {
		return nil, err
	}
	return []figure{
		{name: "CPU of a principle page, lately", unit: "µs", ours: sides[1].cost, limit: sides[0].cost, of: "the present", goal: atMostTimes(2)},
		{name: "CPU of a principle page, half of the links ago", unit: "µs", ours: sides[2].cost, limit: sides[0].cost, of: "the present", goal: atMostTimes(2)},
		{name: "slowest 5 %, lately", unit: "ms", ours: sides[1].p95, limit: sides[0].p95, of: "the present"},
		{name: "slowest 5 %, half of the links ago", unit: "ms", ours: sides[2].p95, limit: sides[0].p95, of: "the present"},
	}, nil
}
