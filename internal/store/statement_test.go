package store_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
)

func aStatement(about norms.PutStatement) norms.PutStatement {
	about.Kind, about.Stance, about.Title, about.Summary = "challenge", "qualified", "It takes long", "Carrying it out takes longer than was hoped."
	about.Organization, about.Source, about.Question = "microsoft", "microsoft-bpf-2019", 5
	return about
}

func TestStatementsByEachFilter(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	apply(t, s, addAccount(t, s, "editor").Actor(), aStatement(norms.PutStatement{Principle: "paris-call/9"}))
	for want, f := range map[string]norms.StatementFilter{
		"all 22":             {},
		"positions 7":        {Kind: "position"},
		"qualified 6":        {Stance: "qualified"},
		"element 5":          {Element: "multi-stakeholderism"},
		"agreement 5":        {Agreement: "paris-call"}, // one of them about its principle
		"principle 1":        {Principle: "paris-call/9"},
		"of an edition 1":    {Principle: "paris-call@2018/9"},
		"organization 22":    {Organization: "microsoft"},
		"of another 0":       {Organization: "cybersecurity-tech-accord"},
		"source 22":          {Source: "microsoft-bpf-2019"},
		"question 7":         {Question: "5"},
		"of no question 0":   {Question: "none"},
		"several at once 1":  {Kind: "outcome", Agreement: "tech-accord", Question: "4"},
		"an element alone 1": {Element: "content-restrictions", Stance: "against"},
	} {
		all := everyPage(t, want, func(p norms.Page) (norms.List[norms.StatementRow], error) { return s.Statements(t.Context(), f, p) },
			func(r norms.StatementRow) string { return fmt.Sprint(r.ID) })
		name := want[:len(want)-len(fmt.Sprint(" ", len(all)))]
		if got := fmt.Sprint(name, " ", len(all)); got != want {
			t.Errorf("%d statements, want %s", len(all), want)
		}
	}
	_, err := s.Statements(t.Context(), norms.StatementFilter{Element: "humour"}, norms.Page{})
	wantKind(t, "an element that is not there", err, norms.Invalid)
}

func TestStatementIsAddedChangedAndWithdrawn(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	by := addAccount(t, s, "editor").Actor()
	e := aStatement(norms.PutStatement{Agreement: "manrs", Element: "capacity-building"})
	done := apply(t, s, by, e)
	_, err := s.Apply(t.Context(), by, "again", []norms.Edit{e})
	wantKind(t, "the same twice", err, norms.Conflict)
	e.ID, e.Version, e.Stance, e.Question = done.IDs[0], done.Revision, "for", 0
	apply(t, s, by, e)
	got := read[norms.StatementRow](t)(s.Statement(t.Context(), e.ID))
	if got.Stance != "for" || got.Question != 0 || got.AgreementTitle != "MANRS" || got.ElementTitle != "Reference to Capacity Building" {
		t.Errorf("recorded: %+v", got)
	}
	_, err = s.Apply(t.Context(), by, "late", []norms.Edit{norms.Withdraw{Kind: "statement", Key: strconv.FormatInt(e.ID, 10), Version: e.Version}})
	wantKind(t, "seen before the change", err, norms.Stale)
	apply(t, s, by, norms.Withdraw{Kind: "statement", Key: strconv.FormatInt(e.ID, 10), Version: got.Version})
	_, err = s.Statement(t.Context(), e.ID)
	wantKind(t, "after it was withdrawn", err, norms.Gone)
}

func TestQuotationStandsInTheTextThatIsHeld(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	rewrite(t, pool, `update source set body = 'We welcome the agreement. It takes long.', version = (select max(id) from changeset) where slug = 'microsoft-norms-paper'`)
	by := addAccount(t, s, "editor").Actor()
	e := aStatement(norms.PutStatement{Agreement: "manrs"})
	e.Source, e.Place, e.Quote = "microsoft-norms-paper", "page 1", "it takes long"
	_, err := s.Apply(t.Context(), by, "quoted", []norms.Edit{e})
	wantKind(t, "an altered quotation", err, norms.Invalid)
	e.Quote = "It takes long."
	apply(t, s, by, e)
}

// What organizations say and what is alike is no evidence.
func TestNoFigureCountsStatementsOrComparisons(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	day := time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)
	figures := func() []any {
		stats := read[norms.Stats](t)(s.Stats(t.Context()))
		stats.Revision = 0
		coverage := read[norms.Coverage](t)(s.Coverage(t.Context(), norms.CoverageFilter{By: norms.ByOrganization}, norms.Page{}))
		p := read[norms.Principle](t)(s.Principle(t.Context(), norms.Ref{Agreement: "paris-call", Label: "4"}, norms.Page{})).PrincipleRow
		a := read[norms.Agreement](t)(s.Agreement(t.Context(), "paris-call")).AgreementRow
		return []any{stats, coverage, read[norms.Gaps](t)(s.Gaps(t.Context(), day, "", norms.Page{})), p, a}
	}
	before, by := figures(), addAccount(t, s, "editor").Actor()
	said := aStatement(norms.PutStatement{Agreement: "paris-call", Element: "human-rights", Principle: "paris-call/4"})
	apply(t, s, by, said, aComparison("paris-call/4", "equal", "tech-accord/4"))
	if d := cmp.Diff(before, figures()); d != "" {
		t.Errorf("figures change: %s", d)
	}
	apply(t, s, by, aLink("paris-call/4"))
	if cmp.Diff(before, figures()) == "" {
		t.Error("the check notices nothing, not even a link")
	}
}

func TestPagesShowWhatIsSaid(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	done := apply(t, s, addAccount(t, s, "editor").Actor(), aStatement(norms.PutStatement{Principle: "paris-call/9", Element: "human-rights"}))
	ctx, all := t.Context(), norms.PartPage{Page: norms.Page{Limit: norms.MaxLimit}}
	for page, rows := range map[string][]norms.StatementRow{
		"agreement":    read[norms.Agreement](t)(s.Agreement(ctx, "paris-call")).Statements,
		"principle":    read[norms.Principle](t)(s.Principle(ctx, norms.Ref{Agreement: "paris-call", Label: "9"}, norms.Page{})).Statements,
		"element":      read[norms.Element](t)(s.Element(ctx, "human-rights")).Statements,
		"organization": read[norms.Organization](t)(s.OrganizationAt(ctx, "microsoft", all)).Statements,
		"source":       read[norms.Source](t)(s.SourceAt(ctx, "microsoft-bpf-2019", all)).Statements,
	} {
		found := false
		for _, r := range rows {
			found = found || r == read[norms.StatementRow](t)(s.Statement(ctx, done.IDs[0]))
		}
		if !found {
			t.Errorf("the %s does not show it among %d", page, len(rows))
		}
	}
}

func TestSeededStatementsComeInOrder(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	rows := read[norms.Element](t)(s.Element(t.Context(), "multi-stakeholderism")).Statements
	var got []string
	for _, r := range rows {
		got = append(got, fmt.Sprint(r.Question, " ", r.Kind))
	}
	if d := cmp.Diff([]string{"3 position", "3 position", "4 outcome", "4 outcome", "6 tension"}, got); d != "" {
		t.Error(d)
	}
}
