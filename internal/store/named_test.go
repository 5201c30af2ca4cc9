package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

// filtered are reads that filters with names choose from.
func filtered(ctx context.Context, s *store.Store) map[string]func(value string) error {
	page := norms.Page{}
	coverage := func(f norms.CoverageFilter) error {
		if f.By == "" {
			f.By = norms.ByOrganization
		}
		_, err := s.Coverage(ctx, f, page)
		return err
	}
	initiatives := func(f norms.InitiativeFilter) error { _, err := s.Initiatives(ctx, f, page); return err }
	links := func(f norms.LinkFilter) error { _, err := s.Links(ctx, f, page); return err }
	citations := func(f norms.CitationFilter) error { _, err := s.Citations(ctx, f, page); return err }
	adherences := func(f norms.AdherenceFilter) error { _, err := s.Adherences(ctx, f, page); return err }
	principles := func(f norms.PrincipleFilter) error { _, err := s.Principles(ctx, f, page); return err }
	search := func(f norms.SearchFilter) error { _, err := s.Search(ctx, f, page); return err }
	return map[string]func(value string) error{
		"initiatives organization": func(v string) error { return initiatives(norms.InitiativeFilter{Organization: v}) },
		"initiatives agreement":    func(v string) error { return initiatives(norms.InitiativeFilter{Agreement: v}) },
		"initiatives principle":    func(v string) error { return initiatives(norms.InitiativeFilter{Principle: v}) },
		"organizations agreement": func(v string) error {
			_, err := s.Organizations(ctx, norms.OrganizationFilter{Agreement: v}, page)
			return err
		},
		"links principle":         func(v string) error { return links(norms.LinkFilter{Principle: v}) },
		"links initiative":        func(v string) error { return links(norms.LinkFilter{Initiative: v}) },
		"links organization":      func(v string) error { return links(norms.LinkFilter{Organization: v}) },
		"links agreement":         func(v string) error { return links(norms.LinkFilter{Agreement: v}) },
		"citations agreement":     func(v string) error { return citations(norms.CitationFilter{Agreement: v}) },
		"citations source":        func(v string) error { return citations(norms.CitationFilter{Source: v}) },
		"citations initiative":    func(v string) error { return citations(norms.CitationFilter{Initiative: v}) },
		"adherences organization": func(v string) error { return adherences(norms.AdherenceFilter{Organization: v}) },
		"adherences agreement":    func(v string) error { return adherences(norms.AdherenceFilter{Agreement: v}) },
		"principles agreement":    func(v string) error { return principles(norms.PrincipleFilter{Agreement: v}) },
		"principles edition":      func(v string) error { return principles(norms.PrincipleFilter{Edition: v}) },
		"principles gcsc edition": func(v string) error { return principles(norms.PrincipleFilter{Agreement: "gcsc", Edition: v}) },
		"happenings agreement": func(v string) error {
			_, err := s.Happenings(ctx, norms.HappeningFilter{Since: "2001", Agreement: v})
			return err
		},
		"coverage agreement":         func(v string) error { return coverage(norms.CoverageFilter{Agreements: []string{v}}) },
		"coverage further agreement": func(v string) error { return coverage(norms.CoverageFilter{Agreements: []string{"gcsc", v}}) },
		"coverage edition": func(v string) error {
			return coverage(norms.CoverageFilter{Agreements: []string{"gcsc"}, Edition: v})
		},
		"coverage organization": func(v string) error { return coverage(norms.CoverageFilter{Organization: v}) },
		"coverage groups organization": func(v string) error {
			return coverage(norms.CoverageFilter{By: norms.ByStakeholderGroup, Organization: v})
		},
		"search agreement":           func(v string) error { return search(norms.SearchFilter{Q: "security", Agreement: v}) },
		"search number agreement":    func(v string) error { return search(norms.SearchFilter{Q: "paris call 5", Agreement: v}) },
		"search nothing agreement":   func(v string) error { return search(norms.SearchFilter{Agreement: v}) },
		"search organization":        func(v string) error { return search(norms.SearchFilter{Q: "security", Organization: v}) },
		"search number organization": func(v string) error { return search(norms.SearchFilter{Q: "paris call 5", Organization: v}) },
	}
}

// fieldOf is the field that the name of a read of filtered ends with.
func fieldOf(name string) string { return name[strings.LastIndexByte(name, ' ')+1:] }

// earlierToo is a store that can be asked about the past, too.
func earlierToo(t *testing.T, s *store.Store, pool *pgxpool.Pool) *store.Store {
	t.Helper()
	past, err := postgres.OpenPast(t.Context(), pool.Config().ConnString())
	must(t, err)
	t.Cleanup(past.Close)
	return s.WithPast(past)
}

// What names nothing is not answered as if nothing were recorded, and what is
// recorded is answered even where nothing matches.
func TestFiltersThatNameNothing(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	s = earlierToo(t, s, pool)
	known := map[string]string{"agreement": "manrs", "organization": "microsoft", "principle": "paris-call@2018/9",
		"initiative": "microsoft-cvd-policy", "source": "microsoft-bpf-2019", "edition": "singapore-2018"}
	for when, s := range map[string]*store.Store{"now": s, "then": s.AsOf(1)} {
		for name, read := range filtered(t.Context(), s) {
			err := read("nope")
			wantKind(t, when+" "+name, err, norms.Invalid)
			if e, ok := errors.AsType[*norms.Error](err); ok && (len(e.Problems) != 1 || e.Problems[0].Field != fieldOf(name)) {
				t.Errorf("%s %s: %v", when, name, e)
			}
			if err := read(known[fieldOf(name)]); err != nil {
				t.Errorf("%s %s %s: %v", when, name, known[fieldOf(name)], err)
			}
		}
	}
}

// A name of a thing that is called something else at the revision that is
// looked at is not answered as if nothing were recorded of it.
func TestFiltersFollowRenamedThings(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	s = earlierToo(t, s, pool)
	names := map[string][2]string{ // at first, and since the second changeset
		"agreement": {"paris-call", "paris-appeal"}, "organization": {"microsoft", "msft"}, "principle": {"paris-call@2018/1", "paris-appeal@2018/1"},
		"initiative": {"microsoft-cvd-policy", "cvd-policy"}, "source": {"microsoft-bpf-2019", "bpf-2019"},
	}
	rewrite(t, pool, `with a as (update agreement set slug = 'paris-appeal', version = 2 where slug = 'paris-call'),
		o as (update organization set slug = 'msft', version = 2 where slug = 'microsoft'),
		i as (update initiative set slug = 'cvd-policy', version = 2 where slug = 'microsoft-cvd-policy')
		update source set slug = 'bpf-2019', version = 2 where slug = 'microsoft-bpf-2019'`)
	for _, when := range []struct {
		name       string
		s          *store.Store
		other, own int
	}{{"now", s, 0, 1}, {"in the past", s.AsOf(2), 0, 1}, {"before", s.AsOf(1), 1, 0}} {
		for name, read := range filtered(t.Context(), when.s) {
			n, ok := names[fieldOf(name)]
			if !ok {
				continue // editions keep their names
			}
			renamed, _ := errors.AsType[*naming.RenamedError](read(n[when.other]))
			want := &naming.RenamedError{Names: []naming.Renaming{{Field: fieldOf(name), From: n[when.other], To: n[when.own]}}}
			if d := cmp.Diff(want, renamed); d != "" {
				t.Errorf("%s, %s (-want +got): %s", name, when.name, d)
			}
			if err := read(n[when.own]); err != nil {
				t.Errorf("%s, %s: %v", name, when.name, err)
			}
		}
	}
}

// A filter says of each name what is wrong with it.
func TestMistakesInTheNamesOfAFilter(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	s = earlierToo(t, s, pool)
	by := editor(t, pool)
	apply(t, s, by, norms.PutOrganization{Slug: "short-lived", Name: "Short-lived", Kind: "body"})
	apply(t, s, by, norms.Revert{Changeset: 2})
	for _, tt := range []struct {
		s       *store.Store
		f       norms.LinkFilter
		mistake string
	}{
		{s, norms.LinkFilter{Agreement: "nope", Organization: "nobody"}, `organization: no organization "nobody" is recorded; agreement: no agreement "nope" is recorded`},
		{s, norms.LinkFilter{Organization: "short-lived"}, `organization: the organization "short-lived" was withdrawn in changeset 3`},
		{s.AsOf(1), norms.LinkFilter{Organization: "short-lived"}, `organization: the organization "short-lived" was not on record at revision 1`},
		{s.AsOf(2), norms.LinkFilter{Organization: "short-lived"}, ``},
		{s, norms.LinkFilter{Principle: "paris-call"}, `principle: "paris-call" names no principle: write agreement/label or agreement@edition/label, for example paris-call/5`},
		{s, norms.LinkFilter{Principle: "paris-call/10"}, `principle: no principle "paris-call/10" is recorded`},
		{s, norms.LinkFilter{Principle: "paris-call@2019/1"}, `principle: no principle "paris-call@2019/1" is recorded`},
		{s, norms.LinkFilter{Principle: "gcsc@singapore-2018/1"}, ``},
	} {
		got := ""
		if _, err := tt.s.Links(t.Context(), tt.f, norms.Page{}); err != nil {
			got = err.Error()
		}
		if got != tt.mistake {
			t.Errorf("%+v: %q, want %q", tt.f, got, tt.mistake)
		}
	}
	_, err := s.Coverage(t.Context(), norms.CoverageFilter{By: norms.ByOrganization, Agreements: []string{"nope"}, Edition: "nope"}, norms.Page{})
	if want := `agreement: no agreement "nope" is recorded`; err == nil || err.Error() != want {
		t.Errorf("an edition of nothing: %v, want %s", err, want)
	}
}

// Looking at the names costs an answer no statement where they are right.
func TestNamesOfAFilterKeepToTheBudget(t *testing.T) {
	t.Parallel()
	_, pool := seeded(t)
	s, c := counted(t, pool)
	for name, read := range filtered(t.Context(), s) {
		for _, value := range []string{"manrs", "microsoft", "nope"} {
			before := c.n.Load()
			_ = read(value) // other tests look at what it says
			if n := c.n.Load() - before; n > pageBudget {
				t.Errorf("%s %s takes %d statements, want at most %d", name, value, n, pageBudget)
			}
		}
	}
}
