package store_test

import (
	"fmt"
	"testing"

	"normmap/internal/norms"
)

func TestListsCanBeReadPageByPage(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by, ctx := editor(t, pool), t.Context()
	for range 4 {
		apply(t, s, by, newInitiative(fmt.Sprintf("programme-%d", count(t, pool, "select count(*) from initiative"))))
	}
	number := func(id int64) string { return fmt.Sprint(id) }
	everyPage(t, "agreements", func(p norms.Page) (norms.List[norms.AgreementRow], error) { return s.Agreements(ctx, p) },
		func(r norms.AgreementRow) string { return r.Slug })
	everyPage(t, "principles", func(p norms.Page) (norms.List[norms.PrincipleRow], error) {
		return s.Principles(ctx, norms.PrincipleFilter{}, p)
	}, func(r norms.PrincipleRow) string { return r.Ref })
	everyPage(t, "organizations", func(p norms.Page) (norms.List[norms.OrganizationRow], error) {
		return s.Organizations(ctx, norms.OrganizationFilter{}, p)
	}, func(r norms.OrganizationRow) string { return r.Slug })
	everyPage(t, "initiatives", func(p norms.Page) (norms.List[norms.InitiativeRow], error) {
		return s.Initiatives(ctx, norms.InitiativeFilter{}, p)
	}, func(r norms.InitiativeRow) string { return r.Slug })
	everyPage(t, "sources", func(p norms.Page) (norms.List[norms.SourceRow], error) {
		return s.Sources(ctx, norms.SourceFilter{}, p)
	}, func(r norms.SourceRow) string { return r.Slug })
	everyPage(t, "links", func(p norms.Page) (norms.List[norms.LinkRow], error) { return s.Links(ctx, norms.LinkFilter{}, p) },
		func(r norms.LinkRow) string { return number(r.ID) })
	everyPage(t, "citations", func(p norms.Page) (norms.List[norms.CitationRow], error) {
		return s.Citations(ctx, norms.CitationFilter{}, p)
	}, func(r norms.CitationRow) string { return number(r.ID) })
	everyPage(t, "adherences", func(p norms.Page) (norms.List[norms.AdherenceRow], error) {
		return s.Adherences(ctx, norms.AdherenceFilter{}, p)
	}, func(r norms.AdherenceRow) string { return number(r.ID) })
	changes := everyPage(t, "changes", func(p norms.Page) (norms.List[norms.ChangesetRow], error) { return s.Changes(ctx, p) },
		func(r norms.ChangesetRow) string { return number(r.ID) })
	if changes[0].ID != 5 || changes[4].ID != 1 {
		t.Errorf("changes run from %d to %d, want the newest first", changes[0].ID, changes[4].ID)
	}
}

func TestListsFollowTheOrderOfTheText(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	var numbers []string
	paris := read[norms.List[norms.PrincipleRow]](t)(s.Principles(t.Context(), norms.PrincipleFilter{Agreement: "paris-call"}, norms.Page{}))
	for _, p := range paris.Items {
		numbers = append(numbers, p.Number)
	}
	if fmt.Sprint(numbers) != "[1 2 3 4 5 6 7 8 9]" {
		t.Errorf("principles in the order %v", numbers)
	}
	all := read[norms.List[norms.InitiativeRow]](t)(s.Initiatives(t.Context(), norms.InitiativeFilter{}, norms.Page{})).Items
	for i, in := range all {
		if in.Parent != "" && all[i-1].Slug != in.Parent && all[i-1].Parent != in.Parent {
			t.Errorf("the part %s does not follow %s", in.Slug, in.Parent)
		}
	}
}

func TestFiltersChoose(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	apply(t, s, editor(t, pool), newInitiative("percent"))
	ctx, page := t.Context(), norms.Page{Limit: 1}
	initiatives := func(f norms.InitiativeFilter) func() (int, error) {
		return func() (int, error) { l, err := s.Initiatives(ctx, f, page); return l.Total, err }
	}
	principles := func(f norms.PrincipleFilter) func() (int, error) {
		return func() (int, error) { l, err := s.Principles(ctx, f, page); return l.Total, err }
	}
	links := func(f norms.LinkFilter) func() (int, error) {
		return func() (int, error) { l, err := s.Links(ctx, f, page); return l.Total, err }
	}
	citations := func(f norms.CitationFilter) func() (int, error) {
		return func() (int, error) { l, err := s.Citations(ctx, f, page); return l.Total, err }
	}
	adherences := func(f norms.AdherenceFilter) func() (int, error) {
		return func() (int, error) { l, err := s.Adherences(ctx, f, page); return l.Total, err }
	}
	sources := func(f norms.SourceFilter) func() (int, error) {
		return func() (int, error) { l, err := s.Sources(ctx, f, page); return l.Total, err }
	}
	organizations := func(f norms.OrganizationFilter) func() (int, error) {
		return func() (int, error) { l, err := s.Organizations(ctx, f, page); return l.Total, err }
	}
	for _, c := range []struct {
		name string
		of   func() (int, error)
		want int
	}{
		{"initiatives of Microsoft", initiatives(norms.InitiativeFilter{Organization: "microsoft"}), 18},
		{"planned initiatives", initiatives(norms.InitiativeFilter{Status: "planned", Q: "programme."}), 1},
		{"initiatives for Paris Call 1", initiatives(norms.InitiativeFilter{Principle: "paris-call/1"}), 10},
		{"the same, edition named", initiatives(norms.InitiativeFilter{Principle: "paris-call@2018/1"}), 10},
		{"initiatives for MANRS", initiatives(norms.InitiativeFilter{Agreement: "manrs"}), 0},
		{"a percent sign is no word", initiatives(norms.InitiativeFilter{Q: "%"}), 0},
		{"a backslash is no word", initiatives(norms.InitiativeFilter{Q: `\`}), 0},
		{"words in any order", initiatives(norms.InitiativeFilter{Q: "disclosure vulnerabilities"}), 1},
		{"a percent sign is a letter", principles(norms.PrincipleFilter{Q: "%"}), 0},
		{"an underscore is a letter", principles(norms.PrincipleFilter{Q: "hack_back"}), 0},
		{"the beginning of a word", initiatives(norms.InitiativeFilter{Q: "vulnerability discl"}), 1},
		{"words in any case", initiatives(norms.InitiativeFilter{Q: "VULNERABILITY DISCLOSURE"}), 1},
		{"Paris Call without evidence", principles(norms.PrincipleFilter{Agreement: "paris-call", Evidence: "none"}), 2},
		{"an evidence that is no word", principles(norms.PrincipleFilter{Evidence: "much"}), 0},
		{"an edition that is not current", principles(norms.PrincipleFilter{Agreement: "gcsc", Edition: "singapore-2018"}), 6},
		{"current editions only", principles(norms.PrincipleFilter{Agreement: "gcsc"}), 8},
		{"principles by words", principles(norms.PrincipleFilter{Agreement: "paris-call", Q: "hack back"}), 1},
		{"links", links(norms.LinkFilter{}), 34},
		{"links to Paris Call 1", links(norms.LinkFilter{Principle: "paris-call/1"}), 10},
		{"links to the Tech Accord", links(norms.LinkFilter{Agreement: "tech-accord"}), 12},
		{"links of Microsoft", links(norms.LinkFilter{Organization: "microsoft", Relation: "supports"}), 34},
		{"curators' links", links(norms.LinkFilter{Origin: "curator"}), 0},
		{"unresolved citations", citations(norms.CitationFilter{Resolution: "unresolved"}), 4},
		{"ambiguous citations", citations(norms.CitationFilter{Resolution: "ambiguous", Agreement: "gcsc"}), 4},
		{"resolved citations", citations(norms.CitationFilter{Resolution: "resolved", Source: "microsoft-bpf-2019"}), 34},
		{"citations of an initiative", citations(norms.CitationFilter{Initiative: "microsoft-cvd-policy"}), 3},
		{"Microsoft and the Paris Call", adherences(norms.AdherenceFilter{Organization: "microsoft", Agreement: "paris-call"}), 2},
		{"unknown relation", adherences(norms.AdherenceFilter{Relation: "liked"}), 0},
		{"contributions", sources(norms.SourceFilter{Kind: "contribution"}), 1},
		{"sources by publisher", sources(norms.SourceFilter{Q: "microsoft contribution"}), 1},
		{"who adheres to the Tech Accord", organizations(norms.OrganizationFilter{Agreement: "tech-accord", StakeholderGroup: "private_sector", Q: "micro"}), 1},
	} {
		if got := read[int](t)(c.of()); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestCursorsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	for _, bad := range []string{"x", "%%%", "e30", "bnVsbA", "eyJrIjoiXHUwMDAwIiwiaSI6MX0"} {
		_, err := s.Initiatives(t.Context(), norms.InitiativeFilter{}, norms.Page{Cursor: bad})
		wantKind(t, bad, err, norms.Malformed)
	}
}
