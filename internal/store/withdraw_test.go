package store_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/store"
	"normmap/internal/store/history"
)

// Every foreign key between tables of the record is known to whoever withdraws
// and restores.
func TestEveryForeignKeyIsADependence(t *testing.T) {
	t.Parallel()
	conn := connect(t, pgtest.URL(t))
	const keys = `
select format('%s.%s -> %s', c.conrelid::regclass, a.attname, c.confrelid::regclass)
from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
where c.contype = 'f' and c.conrelid::regclass::text in (select name from history.tracked) and c.confrelid::regclass::text in (select name from history.tracked)
order by 1`
	want := lines(t, conn, keys)
	if diff := cmp.Diff(want, slices.Sorted(slices.Values(history.Dependences()))); diff != "" {
		t.Errorf("foreign keys (-) and dependences (+):\n%s", diff)
	}
	if _, err := conn.Exec(t.Context(), "alter table element add column next_id bigint constraint element_next_id_fkey references element"); err != nil {
		t.Fatal(err)
	}
	if got := lines(t, conn, keys); slices.Equal(got, want) {
		t.Error("a key more is not seen")
	}
}

// rows is the record, row by row, without the numbers of changesets.
func rows(t *testing.T, pool *pgxpool.Pool) []string {
	t.Helper()
	conn := connect(t, pool.Config().ConnString())
	var each []string
	for _, kind := range lines(t, conn, "select name from history.tracked order by name") {
		each = append(each, fmt.Sprintf("select '%[1]s ' || (to_jsonb(x) - 'version')::text from %[1]s x", kind))
	}
	return lines(t, conn, strings.Join(each, " union all ")+" order by 1")
}

// things makes one thing of every kind, with parts, that nothing else rests on,
// and returns the keys.
func things(t *testing.T, s *store.Store, pool *pgxpool.Pool) map[string]string {
	t.Helper()
	by := editor(t, pool)
	line := "(The Accord of Tests, principle 1)"
	apply(t, s, by,
		norms.PutAgreement{Slug: "tests", Title: "The Accord of Tests", ShortTitle: "Tests", LegalNature: "proposal", Space: "within_un", Aliases: []string{"Accord of Tests"}},
		norms.PutEdition{Agreement: "tests", Slug: "first", Title: "First", Noun: "principle", Current: true},
		norms.PutPrinciple{Agreement: "tests", Edition: "first", Number: "1", Title: "Test"},
		norms.PutPrinciple{Agreement: "tests", Edition: "first", Number: "2", Title: "Test again"},
		norms.PutSource{Slug: "test-letter", Title: "A letter", Kind: "contribution", Exhaustiveness: "unknown"},
		norms.PutOrganization{Slug: "testers", Name: "Testers", Kind: "body"},
		norms.PutElement{Slug: "testing", Number: 999, Title: "Testing"},
		norms.PutInitiative{Slug: "suite", Title: "A suite", Kind: "programme", Organization: "microsoft", ReportedBy: "microsoft", Status: "ongoing",
			Partners: []norms.Partner{{Name: "A partner", Organization: ""}, {Name: "Another"}}},
		norms.PutFact{Kind: "principle", Entity: "tests/2", Field: "title", Confidence: "known"},
		norms.PutFact{Kind: "edition", Entity: "tests/first", Field: "titles", Confidence: "known"},
		norms.PutFact{Kind: "initiative", Entity: "suite", Field: "status", Confidence: "unverified"},
	)
	apply(t, s, by,
		norms.PutNumbering{Agreement: "tests", Slug: "printed", Title: "As printed", Basis: "printed", Labels: []norms.NumberingLabel{{Label: "1", Principle: "tests/1"}}},
		norms.PutEvent{Agreement: "tests", Kind: "launched", On: "2020", Title: "Launch"},
		norms.PutElementReading{Element: "human-rights", Agreement: "paris-call", Reading: "yes", Assessor: "account", Confidence: "known"},
		norms.PutAdherence{Organization: "testers", Agreement: "paris-call", Relation: "signed", Source: "microsoft-bpf-2019"},
		norms.PutCitationLine{Source: "test-letter", Initiative: "suite", Text: line,
			References: []norms.Reference{{Text: "The Accord of Tests, principle 1", Start: -1, End: -1, Name: "The Accord of Tests", Agreement: "tests", Labels: []string{"1"}}}},
		norms.PutLink{Initiative: "suite", Principle: "paris-call/4", Relation: "supports", Origin: "curator", Rationale: "It serves it."},
		aStatement(norms.PutStatement{Agreement: "paris-call", Element: "human-rights"}),
		aComparison("paris-call/4", "subset_of", "tech-accord/1"),
	)
	number := func(q string) string { return fmt.Sprint(count(t, pool, q)) }
	return map[string]string{
		"agreement": "tests", "organization": "testers", "initiative": "suite", "source": "test-letter", "element": "testing",
		"edition": "tests/first", "principle": "tests/2",
		"event":           number("select max(id) from agreement_event"),
		"numbering":       number("select max(id) from numbering"),
		"adherence":       number("select max(id) from adherence"),
		"link":            number("select max(id) from link where origin = 'curator'"),
		"citation_line":   number("select max(id) from citation_line"),
		"statement":       number("select max(id) from statement"),
		"crosswalk":       number("select max(id) from crosswalk"),
		"element_reading": number("select max(id) from element_reading"),
		"fact":            number("select max(id) from fact_source where entity = 'suite'"),
	}
}

// versionOf is the version of a thing that a key names.
func versionOf(t *testing.T, s *store.Store, pool *pgxpool.Pool, kind, key string) int64 {
	t.Helper()
	k, _ := norms.RecordKindOf(kind)
	if k.Keyed == norms.ByNumber {
		return version(t, pool, k.Table, k.Number(key))
	}
	name := key[strings.LastIndexByte(key, '/')+1:]
	column := map[norms.KeyForm]string{norms.BySlug: "slug", norms.ByEdition: "slug", norms.ByRef: "label"}[k.Keyed]
	return int64(count(t, pool, fmt.Sprintf("select max(version) from %s where %s = '%s'", k.Table, column, name)))
}

// Free the things of what rests on them, from which agreement and edition
// cannot be parted before.
func free(t *testing.T, s *store.Store, pool *pgxpool.Pool, keys map[string]string, kind string) {
	t.Helper()
	if kind == "agreement" || kind == "edition" {
		by := editor(t, pool)
		apply(t, s, by, norms.Withdraw{Kind: "citation_line", Key: keys["citation_line"], Version: versionOf(t, s, pool, "citation_line", keys["citation_line"])})
		if kind == "edition" {
			apply(t, s, by, norms.Withdraw{Kind: "numbering", Key: keys["numbering"], Version: versionOf(t, s, pool, "numbering", keys["numbering"])})
		}
	}
}

// What is withdrawn and restored is what it was, and a revert of the withdrawal
// does the same.
func TestWithdrawnAndRestoredThingsAreTheSame(t *testing.T) {
	t.Parallel()
	for _, k := range norms.RecordKinds {
		t.Run(k.Name, func(t *testing.T) {
			t.Parallel()
			s, pool := seeded(t)
			keys := things(t, s, pool)
			if len(keys) != len(norms.RecordKinds) {
				t.Fatalf("things of the kinds %v only", slices.Sorted(maps.Keys(keys)))
			}
			free(t, s, pool, keys, k.Name)
			by, key := editor(t, pool), keys[k.Name]
			before := rows(t, pool)
			withdraw := norms.Withdraw{Kind: k.Name, Key: key, Version: versionOf(t, s, pool, k.Name, key)}
			old := withdraw
			old.Version--
			if _, err := s.Apply(t.Context(), by, "too late", []norms.Edit{old}); norms.KindOf(err) != norms.Stale {
				t.Errorf("withdrawn as of an older version: %v", err)
			}
			gone := apply(t, s, by, withdraw)
			if slices.Equal(rows(t, pool), before) || count(t, pool, orphans) != 0 {
				t.Error("nothing went, or a link without its citation stayed")
			}
			for _, e := range []norms.Edit{withdraw, norms.Rename{Kind: k.Name, Key: key, To: "other", Version: withdraw.Version}} {
				if _, err := s.Apply(t.Context(), by, "again", []norms.Edit{e}); norms.KindOf(err) != norms.Gone && k.Renames() {
					t.Errorf("%T of a withdrawn thing: %v", e, err)
				}
			}
			apply(t, s, by, norms.Restore{Kind: k.Name, Key: key})
			if diff := cmp.Diff(before, rows(t, pool)); diff != "" {
				t.Errorf("restored:\n%s", diff)
			}
			if _, err := s.Apply(t.Context(), by, "again", []norms.Edit{norms.Restore{Kind: k.Name, Key: key}}); norms.KindOf(err) != norms.Conflict {
				t.Errorf("restored twice: %v", err)
			}
			again := apply(t, s, by, norms.Withdraw{Kind: k.Name, Key: key, Version: versionOf(t, s, pool, k.Name, key)})
			apply(t, s, by, norms.Revert{Changeset: again.Revision})
			if diff := cmp.Diff(before, rows(t, pool)); diff != "" {
				t.Errorf("withdrawal reverted:\n%s", diff)
			}
			if gone.IDs[0] == 0 {
				t.Error("the edit names no row")
			}
		})
	}
}

func TestNothingIsWithdrawnOnWhichOthersRest(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	keys, by := things(t, s, pool), editor(t, pool)
	apply(t, s, by, norms.PutInitiative{Slug: "case", Title: "A case", Kind: "programme", Parent: "suite", Organization: "microsoft", ReportedBy: "microsoft", Status: "ongoing"})
	cited := linked(t, pool)
	tests := []struct{ kind, key, says string }{
		{"initiative", "suite", "1 initiative (A case) rests on it"},
		{"organization", "microsoft", "19 initiatives ("},
		{"principle", "paris-call/4", "1 link (A suite → Paris Call principle 4)"},
		{"principle", "tests/1", "citation"},
		{"source", "microsoft-bpf-2019", "initiatives"},
		{"element", "human-rights", "element reading"},
		{"agreement", "paris-call", "adherences"},
		{"edition", "tests/first", "numbering label"},
		{"link", fmt.Sprint(count(t, pool, fmt.Sprintf("select link_id from citation where id = %d", cited))), "contributor's own link"},
	}
	for _, tt := range tests {
		_, err := s.Apply(t.Context(), by, "away", []norms.Edit{norms.Withdraw{Kind: tt.kind, Key: tt.key, Version: versionOf(t, s, pool, tt.kind, tt.key)}})
		if norms.KindOf(err) != norms.Conflict || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s %s: %v, want a conflict with %q", tt.kind, tt.key, err, tt.says)
		}
	}
	for _, e := range []norms.Edit{
		norms.Withdraw{Kind: "initiative", Key: "nothing", Version: 1}, norms.Restore{Kind: "initiative", Key: "nothing"},
		norms.Restore{Kind: "link", Key: "999999"}, norms.Rename{Kind: "edition", Key: "tests/none", To: "x", Version: 1},
		norms.Withdraw{Kind: "principle", Key: "tests/77", Version: 1}, norms.Withdraw{Kind: "word", Key: "x", Version: 1},
		norms.Rename{Kind: "link", Key: keys["link"], To: "x", Version: 1},
	} {
		if _, err := s.Apply(t.Context(), by, "away", []norms.Edit{e}); norms.KindOf(err) != norms.Invalid {
			t.Errorf("%+v gave %v, want Invalid", e, err)
		}
	}
}

func TestNothingIsRestoredWithoutWhatItRestsOn(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	keys, by := things(t, s, pool), editor(t, pool)
	away := func(kind string) {
		apply(t, s, by, norms.Withdraw{Kind: kind, Key: keys[kind], Version: versionOf(t, s, pool, kind, keys[kind])})
	}
	again := norms.PutLink{Initiative: "suite", Principle: "paris-call/4", Relation: "supports", Origin: "curator", Rationale: "Another one."}
	away("link")
	apply(t, s, by, again)
	_, err := s.Apply(t.Context(), by, "back", []norms.Edit{norms.Restore{Kind: "link", Key: keys["link"]}})
	if norms.KindOf(err) != norms.Conflict || !strings.Contains(err.Error(), "already linked") {
		t.Errorf("another link has taken the place: %v", err)
	}
	away("citation_line")
	away("initiative")
	_, err = s.Apply(t.Context(), by, "back", []norms.Edit{norms.Restore{Kind: "citation_line", Key: keys["citation_line"]}})
	if norms.KindOf(err) != norms.Conflict || !strings.Contains(err.Error(), "1 initiative (A suite); restore that first") {
		t.Errorf("a line without its initiative: %v", err)
	}
	apply(t, s, by, norms.Restore{Kind: "initiative", Key: "suite"}, norms.Restore{Kind: "citation_line", Key: keys["citation_line"]})
	if n := count(t, pool, orphans); n != 0 {
		t.Errorf("%d links without a citation", n)
	}
}

func TestDepartureSaysWhatGoesAndWhatStays(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	keys := things(t, s, pool)
	got := read[norms.Departure](t)(s.Departure(t.Context(), "initiative", "suite"))
	kinds := func(list []norms.Counted) (out []string) {
		for _, c := range list {
			out = append(out, fmt.Sprintf("%d %s", c.Count, c.Kind))
		}
		return out
	}
	want := []string{"2 initiative_partner", "2 link", "1 citation_line", "1 reference", "1 citation", "1 citation_candidate", "1 fact_source"}
	if diff := cmp.Diff(want, kinds(got.Parts)); diff != "" || len(got.Rests) != 0 {
		t.Errorf("goes along %s, rests %v", diff, got.Rests)
	}
	for _, k := range norms.RecordKinds {
		read[norms.Departure](t)(s.Departure(t.Context(), k.Name, keys[k.Name]))
	}
	got = read[norms.Departure](t)(s.Departure(t.Context(), "organization", "microsoft"))
	if !slices.Contains(kinds(got.Rests), "18 initiative") || len(got.Rests[0].Names) == 0 {
		t.Errorf("on an organization rests %+v", got.Rests)
	}
}
