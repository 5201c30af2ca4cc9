package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
)

// doubt is a fact that nobody has checked.
func doubt(kind norms.EntityKind, entity, field string) norms.PutFact {
	return norms.PutFact{Kind: kind, Entity: entity, Field: field, Confidence: "unverified"}
}

func TestEventsSayHowSureTheyAre(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	counted := norms.PutEvent{Agreement: "paris-call", Kind: "adherents_counted", On: "2031", Title: "About 1,500 supporters", Count: new(1500)}
	silent := norms.PutEvent{Agreement: "paris-call", Kind: "reaffirmed", On: "2032", Title: "Read out again"}
	apply(t, s, editor(t, pool), counted, silent, doubt("agreement", "paris-call", norms.EventField+counted.Title),
		doubt("agreement", "gcsc", norms.EventField+silent.Title))
	want := map[string]norms.Confidence{counted.Title: "unverified", silent.Title: ""}
	onPage, inWorld := map[string]norms.Confidence{}, map[string]norms.Confidence{}
	for _, e := range read[norms.Agreement](t)(s.Agreement(t.Context(), "paris-call")).Events {
		if e.On > "2030" {
			onPage[e.Title] = e.Confidence
		}
	}
	for _, e := range read[[]norms.Happening](t)(s.Happenings(t.Context(), norms.HappeningFilter{Since: "2031"})) {
		inWorld[e.Title] = e.Confidence
	}
	if d := cmp.Diff(want, onPage); d != "" {
		t.Error("on the agreement's page:", d)
	}
	if d := cmp.Diff(want, inWorld); d != "" {
		t.Error("in the world:", d)
	}
}

// What is unverified of a whole edition is unverified of each of its
// principles, but for those that have a fact of their own.
func TestPrinciplesSayWhatOfThemIsUnverified(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	sure := norms.PutFact{Kind: "principle", Entity: "paris-call@2018/2", Field: "title", Confidence: "known"}
	apply(t, s, editor(t, pool), asRecorded(t, pool, doubt("edition", "paris-call/2018", "titles"), doubt("edition", "paris-call/2018", "numbers"),
		doubt("edition", "paris-call/2018", "url"), doubt("principle", "paris-call@2018/2", "obligation"),
		doubt("principle", "paris-call@2018/2", "applicability"), sure)...)
	got := map[string][]string{}
	for _, p := range read[norms.List[norms.PrincipleRow]](t)(s.Principles(t.Context(), norms.PrincipleFilter{Agreement: "paris-call"}, norms.Page{})).Items {
		if p.Number < "3" {
			got[p.Ref] = p.Unverified
		}
	}
	want := map[string][]string{"paris-call/1": {"number", "title"}, "paris-call/2": {"number", "obligation"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if p := read[norms.Principle](t)(s.Principle(t.Context(), norms.Ref{Agreement: "un-norms", Label: "13-f"}, norms.Page{})); p.Doubtful("number") {
		t.Errorf("another agreement's principle is unverified, too: %v", p.Unverified)
	}
}

func TestLabelsOfAnUncertainNumberingAreUnverified(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	p := read[norms.Principle](t)(s.Principle(t.Context(), norms.Ref{Agreement: "gcsc", Label: "6"}, norms.Page{}))
	got := map[string]bool{}
	for _, l := range p.Labels {
		got[l.Label] = l.Unverified
	}
	if d := cmp.Diff(map[string]bool{"6": false, "5": true}, got); d != "" {
		t.Error(d)
	}
}

func TestRepealIsKnownWhereverTheAgreementIsShown(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	past, err := postgres.OpenPast(t.Context(), pool.Config().ConnString())
	must(t, err)
	t.Cleanup(past.Close)
	s = s.WithPast(past)
	repealed := norms.PutEvent{Agreement: "paris-call", Kind: "repealed", On: "2030-10-18", Title: "Repealed"}
	earlier := norms.PutEvent{Agreement: "paris-call", Kind: "repealed", On: "2029", Title: "Repealed in part"}
	amended := norms.PutEvent{Agreement: "gcsc", Kind: "amended", On: "2030", Title: "Amended"}
	done := apply(t, s, editor(t, pool), repealed, earlier, amended)
	for at, want := range map[*store.Store]norms.Date{s: repealed.On, s.AsOf(done.Revision): repealed.On, s.AsOf(done.Revision - 1): ""} {
		for shown, on := range repealedOn(t, at, "paris-call") {
			if on != want {
				t.Errorf("%s says repealed on %q, want %q", shown, on, want)
			}
		}
	}
	for shown, on := range repealedOn(t, s, "gcsc") {
		if on != "" {
			t.Errorf("%s of an agreement in force says repealed on %q", shown, on)
		}
	}
}

// repealedOn is what each page about an agreement says of its repeal.
func repealedOn(t *testing.T, s *store.Store, slug string) map[string]norms.Date {
	t.Helper()
	a := read[norms.Agreement](t)(s.Agreement(t.Context(), slug))
	edition := read[norms.Edition](t)(s.Edition(t.Context(), slug, a.Editions[0].Slug))
	principle := read[norms.Principle](t)(s.Principle(t.Context(), norms.Ref{Agreement: slug, Label: "1"}, norms.Page{}))
	f := norms.CoverageFilter{By: norms.ByOrganization, Agreements: []string{slug}}
	coverage := read[norms.Coverage](t)(s.Coverage(t.Context(), f, norms.Page{}))
	got := map[string]norms.Date{"agreement": a.RepealedOn, "edition": edition.RepealedOn, "principle": principle.RepealedOn,
		"coverage": coverage.Rows[0].RepealedOn}
	for _, row := range read[norms.List[norms.AgreementRow]](t)(s.Agreements(t.Context(), norms.Page{})).Items {
		if row.Slug == slug {
			got["list"] = row.RepealedOn
		}
	}
	return got
}

func TestLabelsThatOnlyANumberingKnows(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	other := norms.PutNumbering{Agreement: "un-norms", Slug: "other", Title: "Another count", Basis: "inferred", Position: 9,
		Labels: []norms.NumberingLabel{{Label: "7", Principle: "un-norms@2015/13-a"}, {Label: "13-b", Principle: "un-norms@2015/13-a"}}}
	apply(t, s, editor(t, pool), other)
	for label, want := range map[string][]string{
		"6": {"un-norms/13-f"}, "13f": {"un-norms/13-f"}, "f": {"un-norms/13-f"}, "13-b": {"un-norms/13-b"},
		"7": {"un-norms/13-a", "un-norms/13-g"}, "99": nil,
	} {
		var got []string
		for _, p := range read[[]norms.PrincipleRow](t)(s.PrinciplesLabelled(t.Context(), "un-norms", label)) {
			got = append(got, p.Ref)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", label, d)
		}
	}
}

// asRecorded are facts with the versions of those that are recorded already.
func asRecorded(t *testing.T, pool *pgxpool.Pool, facts ...norms.PutFact) []norms.Edit {
	t.Helper()
	var out []norms.Edit
	for _, f := range facts {
		const q = "select coalesce(max(version), 0) from fact_source where kind = $1 and entity = $2 and field = $3"
		must(t, pool.QueryRow(t.Context(), q, f.Kind, f.Entity, f.Field).Scan(&f.Version))
		out = append(out, f)
	}
	return out
}
