package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/rig"
)

// pair is a link that is not recorded.
type pair struct {
	Initiative   string
	Principle    string
	InitiativeID int64
	PrincipleID  int64
}

// freePairs spread over all initiatives and principles, in a fixed order, each
// once: an initiative meets principles seven apart until it has been around. The
// principle with most links is left to the hammer.
const freePairs = `
with i as (select id, slug, row_number() over (order by id) as n from initiative where slug not like '%withdrawn%'),
p as (
  select p.id, a.slug || '/' || p.label as ref, row_number() over (order by p.id) - 1 as n
  from principle p join edition e on e.id = p.edition_id join agreement a on a.id = e.agreement_id
  where e.current and (select count(*) from principle q join edition f on f.id = q.edition_id
    where f.agreement_id = a.id and f.current and q.label = p.label) = 1
)
select i.slug, p.ref, i.id, p.id
from generate_series(0, (select least(240000 / (select count(*) from i), count(*) / gcd(count(*), 7) - 1) from p)) k cross join i join p on p.n = (i.n * 31 + k * 7) % (select count(*) from p)
where p.id <> (` + hottestPrinciple + `) and not exists (select from link l where l.initiative_id = i.id and l.principle_id = p.id)
order by k, i.n limit 200000`

// free finds links to record, once for each stage.
func (st *stage) free(ctx context.Context) error {
	if len(st.pairs) > 0 {
		return nil
	}
	rows, err := st.conn.Query(ctx, freePairs)
	if err != nil {
		return err
	}
	st.pairs, err = pgx.CollectRows(rows, pgx.RowToStructByPos[pair])
	return err
}

// nextLink is a request that records a link which was not recorded before, in
// the name of the next editor; nil when there is none left.
func (st *stage) nextLink(host string) []byte {
	n := int(st.written.Add(1) - 1)
	if n >= len(st.pairs) {
		return nil
	}
	return linkRequest(host, st.tokens[n%len(st.tokens)], st.pairs[n].Initiative, st.pairs[n].Principle)
}

// edits are the closed loop that records links one by one.
func (st *stage) edits(connections int) work { return st.editsOn(st.kept, connections) }

func (st *stage) editsOn(i *rig.Instance, connections int) work {
	w := st.work(i, connections, func(int) []byte { return st.nextLink(i.Listen) })
	w.status = 201
	return w
}

// measureEdits compares links that are recorded over HTTP with pgbench, which
// inserts the bare row.
func measureEdits(ctx context.Context, b *bench, st *stage) (figures []figure, err error) {
	if err := st.free(ctx); err != nil {
		return nil, err
	}
	if err := b.profiled(ctx, st, "edits", func(i *rig.Instance) work { return st.editsOn(i, 16) }); err != nil {
		return nil, err
	}
	limit, err := st.newPgbench(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range []struct {
		connections int
		share       float64
	}{{16, 0.50}, {1, 0.55}} {
		var ours, bare side
		for round := range b.rounds + 1 {
			inserted, err := limit.run(ctx, c.connections, b.each)
			if err != nil {
				return nil, err
			}
			l, err := st.edits(c.connections).run(ctx, b.each)
			if err != nil {
				return nil, err
			}
			if round > 0 {
				bare.add(inserted)
				ours.add(l)
			}
		}
		on := fmt.Sprintf(", %d connections", c.connections)
		figures = append(figures,
			figure{name: "edits a second" + on, ours: ours.perSecond, limit: bare.perSecond, of: "pgbench", goal: atLeastTimes(c.share)},
			figure{name: "CPU of an edit" + on, unit: "µs", ours: ours.cost, limit: bare.cost, of: "pgbench"},
			figure{name: "middle" + on, unit: "ms", ours: ours.p50},
			figure{name: "slowest 1 %" + on, unit: "ms", ours: ours.p99})
	}
	return figures, nil
}

// pgbench inserts rows into a copy of the table of links.
type pgbench struct {
	st              *stage
	program, script string
}

// bareLinks is the table of links with its rows, constraints, keys and indexes,
// and without any trigger of ours. What it refers to is numbered without gaps,
// so that numbers can be drawn.
var bareLinks = []string{
	"create schema bench",
	"create table bench.initiative as select generate_series(1, (select count(*) from initiative)) as id",
	"create table bench.principle as select generate_series(1, (select count(*) from principle)) as id",
	"alter table bench.initiative add primary key (id)",
	"alter table bench.principle add primary key (id)",
	"create table bench.link (like link including all)",
	`insert into bench.link (initiative_id, principle_id, relation, property, origin, asserter_id, rationale, strength, version)
select 1 + initiative_id % (select count(*) from initiative), 1 + principle_id % (select count(*) from principle),
  relation, property, origin, asserter_id, rationale, strength, version from link on conflict do nothing`,
	"alter table bench.link add foreign key (initiative_id) references bench.initiative deferrable",
	"alter table bench.link add foreign key (principle_id) references bench.principle deferrable",
	"alter table bench.link add foreign key (asserter_id) references organization deferrable",
	"vacuum (analyze) bench.initiative", "vacuum (analyze) bench.principle", "vacuum (analyze) bench.link", "checkpoint",
}

const pgbenchScript = `\set i random(1, %d)
\set p random(1, %d)
insert into bench.link (initiative_id, principle_id, relation, origin, rationale, version) values (:i, :p, 'supports', 'curator', 'Measured.', 1) on conflict do nothing;
`

func (st *stage) newPgbench(ctx context.Context) (*pgbench, error) {
	p := &pgbench{st: st}
	var dir string
	if err := st.conn.QueryRow(ctx, "select setting from pg_config where name = 'BINDIR'").Scan(&dir); err != nil {
		return nil, err
	}
	p.program = filepath.Join(dir, "pgbench")
	if _, err := os.Stat(p.program); err != nil {
		if p.program, err = exec.LookPath("pgbench"); err != nil {
			return nil, errors.New("there is no pgbench: it comes with PostgreSQL's server programs or with its contrib package")
		}
	}
	for _, sql := range bareLinks {
		if _, err := st.conn.Exec(ctx, sql); err != nil {
			return nil, fmt.Errorf("copying the links: %w", err)
		}
	}
	var initiatives, principles int
	err := st.conn.QueryRow(ctx, "select (select count(*) from bench.initiative), (select count(*) from bench.principle)").Scan(&initiatives, &principles)
	p.script = fmt.Sprintf(pgbenchScript, initiatives, principles)
	return p, err
}

var (
	tps       = regexp.MustCompile(`(?m)^tps = ([0-9.]+)`)
	processed = regexp.MustCompile(`(?m)^number of transactions actually processed: ([0-9]+)`)
)

// parsePgbench reads for how long pgbench did transactions.
func parsePgbench(text string) (time.Duration, error) {
	speed, done := tps.FindStringSubmatch(text), processed.FindStringSubmatch(text)
	if speed == nil || done == nil {
		return 0, fmt.Errorf("pgbench tells no speed: %.300s", text)
	}
	perSecond, err := strconv.ParseFloat(speed[1], 64)
	if err != nil || perSecond == 0 {
		return 0, fmt.Errorf("pgbench tells the speed %q", speed[1])
	}
	transactions, err := strconv.ParseFloat(done[1], 64)
	return time.Duration(transactions / perSecond * float64(time.Second)), err
}

// run inserts for so long, in whole seconds. Rows that were there already do
// not count.
func (p *pgbench) run(ctx context.Context, clients int, each time.Duration) (l load, err error) {
	const count = "select count(*) from bench.link"
	var before, after int
	if err := p.st.conn.QueryRow(ctx, count).Scan(&before); err != nil {
		return l, err
	}
	seconds := int(math.Ceil(each.Seconds()))
	c := exec.CommandContext(ctx, p.program, "--no-vacuum", "--protocol=prepared", "--client", fmt.Sprint(clients),
		"--jobs", fmt.Sprint(min(clients, 2)), "--time", fmt.Sprint(seconds), "--file=-", p.st.url())
	c.Stdin = strings.NewReader(p.script)
	began, err := used(p.st.postgres())
	if err != nil {
		return l, err
	}
	out, err := c.CombinedOutput()
	if err != nil {
		return l, fmt.Errorf("pgbench: %w: %.300s", err, out)
	}
	ended, err := used(p.st.postgres())
	if err != nil {
		return l, err
	}
	if l.took, err = parsePgbench(string(out)); err != nil {
		return l, err
	}
	err = p.st.conn.QueryRow(ctx, count).Scan(&after)
	l.requests, l.processor = after-before, ended-began
	return l, err
}
