package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/internal/store/naming"
)

// led follows an error for a renamed thing to its present name.
func led(t *testing.T, err error) string {
	t.Helper()
	moved, ok := errors.AsType[*naming.MovedError](err)
	if !ok {
		t.Fatalf("the old name gives %v", err)
	}
	return moved.Slug
}

func renamed(t *testing.T, s *store.Store, pool *pgxpool.Pool, by account.Actor, kind, key, to string) int64 {
	t.Helper()
	return apply(t, s, by, norms.Rename{Kind: kind, Key: key, To: to, Version: versionOf(t, s, pool, kind, key)}).Revision
}

func TestRenamedSlugsLeadOnAndAreNeverGivenAgain(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	things(t, s, pool)
	by := editor(t, pool)
	for kind, key := range map[string]string{"agreement": "tests", "organization": "testers", "initiative": "suite", "source": "test-letter", "element": "testing"} {
		before := rows(t, pool)
		rev := renamed(t, s, pool, by, kind, key, "new-"+key)
		_, err := s.History(t.Context(), kind, key, norms.Page{})
		if kind != "element" { // which has no history page
			if got := led(t, err); got != "new-"+key {
				t.Errorf("the %s leads to %q", kind, got)
			}
		}
		apply(t, s, by, norms.Revert{Changeset: rev})
		if diff := cmp.Diff(before, rows(t, pool)); diff != "" {
			t.Errorf("the renaming of the %s reverted:\n%s", kind, diff)
		}
		renamed(t, s, pool, by, kind, key, "new-"+key)
	}
	_, err := s.Apply(t.Context(), by, "again", []norms.Edit{norms.PutOrganization{Slug: "testers", Name: "Others", Kind: "body"}})
	if norms.KindOf(err) != norms.Conflict {
		t.Errorf("an old slug was given to another: %v", err)
	}
	taken := norms.Rename{Kind: "organization", Key: "microsoft", To: "testers", Version: versionOf(t, s, pool, "organization", "microsoft")}
	_, err = s.Apply(t.Context(), by, "again", []norms.Edit{taken})
	if norms.KindOf(err) != norms.Conflict || !strings.Contains(err.Error(), "to: ") {
		t.Errorf("renamed to an old slug of another: %v", err)
	}
	renamed(t, s, pool, by, "organization", "new-testers", "testers") // its own
	if _, err := s.Apply(t.Context(), by, "old", []norms.Edit{norms.Withdraw{Kind: "initiative", Key: "suite", Version: 1}}); norms.KindOf(err) != norms.Conflict {
		t.Errorf("an edit of an old name: %v", err)
	}
}

func TestRenamedEditionsAndPrinciplesLeadOn(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	things(t, s, pool)
	by := editor(t, pool)
	before := rows(t, pool)
	edition := renamed(t, s, pool, by, "edition", "tests/first", "draft")
	if _, err := s.Edition(t.Context(), "tests", "first"); led(t, err) != "draft" {
		t.Errorf("the old edition gives %v", err)
	}
	principle := renamed(t, s, pool, by, "principle", "tests/2", "2 (b)")
	p := read[norms.Principle](t)(s.Principle(t.Context(), norms.Ref{Agreement: "tests", Label: "2-b"}, norms.Page{}))
	if p.Number != "2 (b)" || len(p.Facts) != 1 {
		t.Errorf("the principle is %q with the facts %v", p.Number, p.Facts)
	}
	if _, err := s.Principle(t.Context(), norms.Ref{Agreement: "tests", Label: "2"}, norms.Page{}); led(t, err) != "2-b" {
		t.Errorf("the old label gives %v", err)
	}
	if _, err := s.Principle(t.Context(), norms.Ref{Agreement: "tests", Edition: "first", Label: "2"}, norms.Page{}); led(t, err) != "draft" {
		t.Errorf("the old edition of a principle gives %v", err)
	}
	for name, e := range map[string]norms.Edit{
		"edition":   norms.PutEdition{Agreement: "tests", Slug: "first", Title: "Another", Noun: "principle"},
		"principle": norms.PutPrinciple{Agreement: "tests", Edition: "draft", Number: "2", Title: "Another"},
	} {
		if _, err := s.Apply(t.Context(), by, "again", []norms.Edit{e}); norms.KindOf(err) != norms.Conflict {
			t.Errorf("an old name of the %s was given again: %v", name, err)
		}
	}
	apply(t, s, by, norms.Revert{Changeset: principle})
	apply(t, s, by, norms.Revert{Changeset: edition})
	if diff := cmp.Diff(before, rows(t, pool)); diff != "" {
		t.Errorf("reverted:\n%s", diff)
	}
}

// Facts name things in words; so do those about what belongs to a renamed thing.
func TestFactsFollowRenamedThings(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	entities := func(old string) int {
		return count(t, pool, "select count(*) from fact_source where entity ~ '(^|/)"+old+"($|[/@])'")
	}
	for kind, key := range map[string]string{"agreement": "gcsc", "organization": "microsoft"} {
		n := entities(key)
		renamed(t, s, pool, by, kind, key, "called-"+key)
		if now := entities("called-" + key); n == 0 || now != n || entities(key) != 0 {
			t.Errorf("%d facts name the %s by its new name, %d by the old; there were %d", now, kind, entities(key), n)
		}
	}
}

// The seeds come again at every start and leave what people renamed alone.
func TestSeedsDoNotBringOldNamesBack(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	renamed(t, s, pool, by, "initiative", "microsoft-newsguard", "newsguard")
	renamed(t, s, pool, by, "principle", "paris-call/8", "8 bis")
	before := rows(t, pool)
	read[norms.Applied](t)(s.Apply(t.Context(), account.SeedFiles(), "again", load(t)))
	if diff := cmp.Diff(before, rows(t, pool)); diff != "" {
		t.Errorf("the seeds change:\n%s", diff)
	}
}

func TestFiltersFollowRenamedPrinciplesAndEditions(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	renamed(t, s, pool, by, "edition", "gcsc/singapore-2018", "singapore")
	renamed(t, s, pool, by, "principle", "gcsc@singapore/5", "V")
	_, err := s.Links(t.Context(), norms.LinkFilter{Principle: "gcsc@singapore-2018/5"}, norms.Page{})
	moved, ok := errors.AsType[*naming.RenamedError](err)
	if want := []naming.Renaming{{Field: "principle", From: "gcsc@singapore-2018/5", To: "gcsc@singapore/v"}}; !ok || !slices.Equal(moved.Names, want) {
		t.Errorf("links of a principle by its old name: %v", err)
	}
	_, err = s.Principles(t.Context(), norms.PrincipleFilter{Agreement: "gcsc", Edition: "singapore-2018"}, norms.Page{})
	if moved, ok := errors.AsType[*naming.RenamedError](err); !ok || moved.Names[0].To != "singapore" {
		t.Errorf("principles of an edition by its old name: %v", err)
	}
}
