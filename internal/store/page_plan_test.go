package store_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
)

// manyThings are rows enough, in the tables that grow, that no planner would
// rather read them all.
const manyThings = `
begin;
select open_changeset('seed', null, 'many rows', '[]', null);
insert into organization (slug, name, kind, stakeholder_group, version)
select 'many-' || g, 'Organization ' || g, 'body', 'private_sector', 2 from generate_series(1, 2000) g;
insert into source (slug, title, kind, exhaustiveness, url, organization_id, version)
select slug, 'Contribution of ' || slug, 'contribution', 'unknown', 'https://example.org/' || slug, id, 2 from organization where slug like 'many-%';
insert into adherence (organization_id, agreement_id, relation, source_id, version)
select o.id, a.id, 'signed', s.id, 2 from organization o join source s on s.slug = o.slug
cross join lateral (select id from agreement order by (id * 7919 + o.id * 104729) % 211, id limit 2) a where o.slug like 'many-%';
insert into initiative (slug, title, kind, organization_id, reported_by_id, status, source_id, url, version)
select o.slug || '-' || g, 'Programme ' || g || ' of ' || o.slug, 'programme', o.id, o.id, 'ongoing', s.id, 'https://example.org/' || g, 2
from organization o join source s on s.slug = o.slug cross join generate_series(1, 6) g where o.slug like 'many-%';
insert into link (initiative_id, principle_id, relation, origin, rationale, version)
select i.id, p.id, 'supports', 'curator', 'For a test.', 2 from initiative i
cross join lateral (select id from principle order by (id * 7919 + i.id * 104729) % 211, id limit 2) p where i.slug like 'many-%';
insert into citation_line (source_id, initiative_id, text, version) select source_id, id, '(norm 1)', 2 from initiative where slug like 'many-%';
insert into reference (line_id, position, text, agreement_name)
select id, 1, 'norm 1', 'norm' from citation_line where text = '(norm 1)';
insert into citation (reference_id, position, label, resolution, note, version)
select id, 1, '1', 'set_aside', 'For a test.', 2 from reference where text = 'norm 1';
insert into changeset_tally (changeset_id, rows) values (2, 100000);
commit`

// recorder keeps the statements of a page, with their arguments.
type recorder struct {
	counter
	asked []pgx.TraceQueryStartData
}

func (r *recorder) TraceQueryStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	r.asked = append(r.asked, d)
	return ctx
}

// grows lists the tables that grow with the evidence. There are fewer rows of
// those who give it.
var grows = []string{"initiative", "link", "citation_line", "reference", "citation", "organization_tally"}

// No page reads a table that grows from end to end, whatever it is narrowed by;
// but pairs of organizations and agreements, of which all are ranked.
func TestPagesReadNoWholeTable(t *testing.T) {
	t.Parallel()
	conn := connect(t, pgtest.Founding(t))
	for _, sql := range []string{manyThings, "vacuum analyze"} {
		_, err := conn.Exec(t.Context(), sql)
		must(t, err)
	}
	r := &recorder{}
	pool, err := postgres.Open(t.Context(), conn.Config().ConnString(), func(c *pgxpool.Config) { c.ConnConfig.Tracer, c.MaxConns = r, 1 })
	must(t, err)
	t.Cleanup(pool.Close)
	s, ctx, page := store.New(pool), t.Context(), norms.Page{}
	must(t, s.Ping(ctx)) // connected: what comes now is the pages'
	scanned := func(asked pgx.TraceQueryStartData) []string {
		var raw []byte
		must(t, conn.QueryRow(ctx, "explain (format json) "+asked.SQL, asked.Args...).Scan(&raw))
		var told []struct{ Plan planStep }
		must(t, json.Unmarshal(raw, &told))
		return slices.DeleteFunc(told[0].Plan.scanned(), func(table string) bool { return !slices.Contains(grows, table) })
	}
	initiatives := func(f norms.InitiativeFilter) func() error {
		return func() error { _, err := s.Initiatives(ctx, f, page); return err }
	}
	links := func(f norms.LinkFilter) func() error {
		return func() error { _, err := s.Links(ctx, f, page); return err }
	}
	gaps := func(show norms.GapSection) func() error {
		return func() error { _, err := s.Gaps(ctx, time.Now(), show, page); return err }
	}
	for _, c := range []struct {
		name  string
		read  func() error
		whole []string // what it reads as a whole all the same
	}{
		{"organization", func() error { _, err := s.Organization(ctx, "many-77"); return err }, nil},
		{"source", func() error { _, err := s.Source(ctx, "many-77"); return err }, nil},
		{"agreement", func() error { _, err := s.Agreement(ctx, "paris-call"); return err }, nil},
		{"element", func() error { _, err := s.Element(ctx, "human-rights"); return err }, nil},
		{"initiative", func() error { _, err := s.Initiative(ctx, "many-77-3"); return err }, nil},
		{"organizations", func() error { _, err := s.Organizations(ctx, norms.OrganizationFilter{}, page); return err }, nil},
		{"sources", func() error { _, err := s.Sources(ctx, norms.SourceFilter{}, page); return err }, nil},
		{"initiatives", initiatives(norms.InitiativeFilter{}), nil},
		{"initiatives of an organization", initiatives(norms.InitiativeFilter{Organization: "many-77"}), nil},
		{"links", links(norms.LinkFilter{}), nil},
		{"links of an organization", links(norms.LinkFilter{Organization: "many-77"}), nil},
		{"links of an initiative", links(norms.LinkFilter{Initiative: "many-77-3"}), nil},
		{"links to a principle", links(norms.LinkFilter{Principle: "paris-call/1"}), nil},
		{"citations", func() error {
			_, err := s.Citations(ctx, norms.CitationFilter{Resolution: "unresolved"}, page)
			return err
		}, nil},
		{"gaps: principles", gaps(norms.GapPrinciples), nil},
		{"gaps: pairs", gaps(norms.GapAdherences), []string{"organization_tally"}},
		{"gaps: addressees", gaps(norms.GapAddressees), nil},
		{"gaps: unresolved", gaps(norms.GapUnresolved), nil},
		{"gaps: contested", gaps(norms.GapContested), nil},
		{"gaps: reviewed", gaps(norms.GapReviewed), nil},
		{"gaps: promises", gaps(norms.GapPromises), nil},
		{"gaps: addresses", gaps(norms.GapAddresses), nil},
	} {
		r.asked = nil
		must(t, c.read())
		if len(r.asked) == 0 {
			t.Errorf("%s asks nothing", c.name)
		}
		for _, asked := range r.asked {
			for _, table := range scanned(asked) {
				if !slices.Contains(c.whole, table) {
					t.Errorf("%s reads all of %s: %.200s", c.name, table, asked.SQL)
				}
			}
		}
	}
	control := pgx.TraceQueryStartData{SQL: "select id from link order by rationale limit 51"}
	if !slices.Contains(scanned(control), "link") {
		t.Error("the check does not see that a whole table is read")
	}
}
