package store_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/account"
	"normmap/internal/anchor"
	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/store"
	"normmap/internal/store/intake"
	"normmap/internal/store/postgres"
)

// heldTexts are sources enough that no planner would rather read all their texts.
const heldTexts = `
begin;
select open_changeset('seed', null, 'many texts', '[]', null);
insert into account (email, name, role) values ('ada@example.org', 'Ada', 'admin');
insert into document (file_sha256, text_sha256, media_type, bytes, text, received_by_id)
select encode(sha256(convert_to(t, 'utf8')), 'hex'), encode(sha256(convert_to(t, 'utf8')), 'hex'), 'text/plain', length(t), t, a.id
from generate_series(1, 4000) g cross join lateral (select 'Letter ' || g || ' ' || string_agg(md5(g || ' ' || w), ' ') as t from generate_series(1, 40) w) x, account a;
insert into text_sketch (document_id, marks)
select d.id, array(select hashtextextended(d.id || ' ' || n, 0) from generate_series(1, 64) n) from document d;
insert into source (slug, title, kind, exhaustiveness, sha256, body, version)
select 'held-' || id, 'Letter', 'contribution', 'unknown', file_sha256, text, 2 from document;
commit`

// Whether a text is an earlier version is found out without reading those that are
// not.
func TestEarlierVersionsAreFoundWithoutReadingAllTexts(t *testing.T) {
	t.Parallel()
	conn := connect(t, pgtest.Founding(t))
	for _, sql := range []string{heldTexts, "vacuum analyze"} {
		_, err := conn.Exec(t.Context(), sql)
		must(t, err)
	}
	r := &recorder{}
	pool, err := postgres.Open(t.Context(), conn.Config().ConnString(), func(c *pgxpool.Config) { c.ConnConfig.Tracer, c.MaxConns = r, 1 })
	must(t, err)
	t.Cleanup(pool.Close)
	s := store.New(pool)
	must(t, s.Ping(t.Context()))
	r.asked = nil
	_, err = s.LikelyTexts(t.Context(), edition1)
	must(t, err)
	_, err = s.EarlierFile(t.Context(), received(edition1).FileSHA256)
	must(t, err)
	if len(r.asked) != 2 {
		t.Fatalf("%d statements were asked", len(r.asked))
	}
	for _, asked := range r.asked {
		var raw []byte
		must(t, conn.QueryRow(t.Context(), "explain (format json) "+asked.SQL, asked.Args...).Scan(&raw))
		var told []struct{ Plan planStep }
		must(t, json.Unmarshal(raw, &told))
		for _, table := range []string{"source", "document", "text_sketch"} {
			if slices.Contains(told[0].Plan.scanned(), table) {
				t.Errorf("all of %s is read: %s", table, raw)
			}
		}
	}
}

func TestTheLikeliestTextIsFound(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	dice := rand.New(rand.NewPCG(1, 1))
	sentences := func(n int) string {
		var b strings.Builder
		for range n {
			fmt.Fprintf(&b, "We did %d, %d, %d, %d and %d.\n", dice.IntN(1e6), dice.IntN(1e6), dice.IntN(1e6), dice.IntN(1e6), dice.IntN(1e6))
		}
		return b.String()
	}
	var texts []string
	for n := range 8 {
		text := sentences(200)
		texts = append(texts, text)
		must(t, s.KeepDocument(t.Context(), by, received(text)))
		slug := fmt.Sprintf("letter-%d", n)
		apply(t, s, by, letterSource(slug, ""), norms.PutSourceText{Source: slug, FileSHA256: received(text).FileSHA256})
	}
	again := texts[3][len(texts[3])/4:] + sentences(50)
	finds := func(when string) {
		t.Helper()
		if found, err := s.LikelyTexts(t.Context(), again); err != nil || len(found) == 0 || found[0].Slug != "letter-3" || found[0].Text != texts[3] {
			t.Errorf("%s: found are %d, %v", when, len(found), err)
		}
		if found, err := s.LikelyTexts(t.Context(), sentences(100)); err != nil || len(found) != 0 {
			t.Errorf("%s: of another letter, found are %d, %v", when, len(found), err)
		}
	}
	finds("received")
	_, err := connect(t, pool.Config().ConnString()).Exec(t.Context(), "delete from text_sketch")
	must(t, err)
	for more := 1; more > 0; {
		var err error
		more, err = s.SketchTexts(t.Context())
		must(t, err)
	}
	if n := count(t, pool, "select count(*) from text_sketch where cardinality(marks) = "+fmt.Sprint(anchor.MaxSketch)); n != 8 {
		t.Errorf("%d documents have sketches", n)
	}
	finds("sketched later")
}

// A file whose text was taken back can be sent again; one that gave way to a later
// version is known as an earlier one.
func TestAFileThatWasTakenBackIsNoEarlierVersion(t *testing.T) {
	t.Parallel()
	l := newLetter(t)
	earlier := func(text string) bool {
		t.Helper()
		return read[*intake.HeldText](t)(l.store.EarlierFile(t.Context(), received(text).FileSHA256)) != nil
	}
	done := apply(t, l.store, l.by, becomes(edition1, edition2))
	if !earlier(edition1) || earlier(edition2) {
		t.Errorf("replaced: the first is known as earlier: %v, the second: %v", earlier(edition1), earlier(edition2))
	}
	apply(t, l.store, person(t, l.pool, "Rev", account.Reviewer), norms.Revert{Changeset: done.Revision})
	if earlier(edition1) || earlier(edition2) {
		t.Errorf("taken back: the first is known as earlier: %v, the second: %v", earlier(edition1), earlier(edition2))
	}
	apply(t, l.store, l.by, becomes(edition1, edition2))
	if !earlier(edition1) || earlier(edition2) {
		t.Errorf("replaced again: the first is known as earlier: %v, the second: %v", earlier(edition1), earlier(edition2))
	}
	l.stands("replaced again")
}
