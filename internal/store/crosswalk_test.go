package store_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
	"normmap/internal/store"
)

func aComparison(subject string, r norms.CrosswalkRelation, object string) norms.PutCrosswalk {
	return norms.PutCrosswalk{Subject: subject, Relation: r, Object: object, RationaleKind: "semantic", Rationale: "Both ask for it.",
		Origin: "curator", Confidence: "known"}
}

func compared(t *testing.T, s *store.Store, f norms.CrosswalkFilter) []string {
	t.Helper()
	rows := everyPage(t, fmt.Sprint(f), func(p norms.Page) (norms.List[norms.CrosswalkRow], error) { return s.Crosswalk(t.Context(), f, p) },
		func(r norms.CrosswalkRow) string { return fmt.Sprint(r.ID) })
	var out []string
	for _, r := range rows {
		out = append(out, r.Subject+" "+string(r.Relation)+" "+r.Object)
	}
	return out
}

func between(agreements ...string) norms.CrosswalkFilter {
	return norms.CrosswalkFilter{PairFilter: norms.PairFilter{Agreements: agreements}}
}

func TestCrosswalkIsReadFromEitherSide(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	apply(t, s, addAccount(t, s, "editor").Actor(), aComparison("paris-call/4", "subset_of", "tech-accord/1"))
	of := func(ref string, agreements ...string) norms.CrosswalkFilter {
		return norms.CrosswalkFilter{PairFilter: norms.PairFilter{Agreements: agreements, Principle: ref}}
	}
	related := func(f norms.CrosswalkFilter, r string) norms.CrosswalkFilter {
		f.Relation = r
		return f
	}
	for name, c := range map[string]struct {
		f    norms.CrosswalkFilter
		want []string
	}{
		"from the one": {between("paris-call", "tech-accord"), []string{"paris-call/4 subset_of tech-accord/1",
			"paris-call/5 intersects_with tech-accord/2", "paris-call/8 intersects_with tech-accord/2"}},
		"from the other": {between("tech-accord", "paris-call"), []string{"tech-accord/1 superset_of paris-call/4",
			"tech-accord/2 intersects_with paris-call/5", "tech-accord/2 intersects_with paris-call/8"}},
		"one agreement": {between("tech-accord"), []string{"tech-accord/1 superset_of paris-call/4",
			"tech-accord/2 intersects_with paris-call/5", "tech-accord/2 intersects_with paris-call/8"}},
		"a principle":                   {of("tech-accord/1"), []string{"tech-accord/1 superset_of paris-call/4"}},
		"a principle and the other":     {of("paris-call/8", "gcsc"), []string{"paris-call/8 intersects_with gcsc/8"}},
		"a relation as it is read":      {related(between("tech-accord"), "superset_of"), []string{"tech-accord/1 superset_of paris-call/4"}},
		"not as it was recorded":        {related(between("tech-accord"), "subset_of"), nil},
		"a relation from any side":      {related(between(), "superset_of"), []string{"tech-accord/1 superset_of paris-call/4"}},
		"within one agreement":          {between("paris-call", "paris-call"), nil},
		"a principle of many relations": {of("gcsc/6"), []string{"gcsc/6 intersects_with paris-call/6", "gcsc/6 intersects_with un-norms/13-j"}},
	} {
		if d := cmp.Diff(c.want, compared(t, s, c.f)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	if n := len(compared(t, s, between())); n != 20 {
		t.Errorf("%d comparisons in all, want each once", n)
	}
}

func TestAlikeIsReadFromThePrinciple(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	apply(t, s, addAccount(t, s, "editor").Actor(), aComparison("gcsc/8", "superset_of", "tech-accord/2"))
	p := read[norms.Principle](t)(s.Principle(t.Context(), norms.Ref{Agreement: "tech-accord", Label: "2"}, norms.Page{}))
	var got []string
	for _, r := range p.Alike {
		got = append(got, fmt.Sprint(r.Subject, " ", r.Relation, " ", r.Object, " ", r.Turned))
	}
	want := []string{"tech-accord/2 subset_of gcsc/8 true", "tech-accord/2 intersects_with paris-call/5 false", "tech-accord/2 intersects_with paris-call/8 false"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestAPairIsComparedOnceByEach(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	by := addAccount(t, s, "editor").Actor()
	ctx := t.Context()
	_, err := s.Apply(ctx, by, "again", []norms.Edit{aComparison("gcsc/1", "equal", "paris-call/2")})
	wantKind(t, "the other way round", err, norms.Conflict)
	_, err = s.Apply(ctx, by, "itself", []norms.Edit{aComparison("paris-call/2", "equal", "paris-call@2018/2")})
	wantKind(t, "with itself by another name", err, norms.Invalid)
	other := aComparison("gcsc/1", "equal", "paris-call/2")
	other.Origin, other.Asserter = "third_party", "microsoft"
	done := apply(t, s, by, other)
	r := read[norms.CrosswalkRow](t)(s.CrosswalkRow(ctx, done.IDs[0]))
	if r.AsserterName != "Microsoft" || r.Relation != "equal" || r.Subject != "gcsc/1" {
		t.Errorf("recorded: %+v", r)
	}
	apply(t, s, by, norms.Withdraw{Kind: "crosswalk", Key: strconv.FormatInt(r.ID, 10), Version: r.Version})
	_, err = s.CrosswalkRow(ctx, r.ID)
	wantKind(t, "after it was withdrawn", err, norms.Gone)
}

func TestCitedTogether(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	all := everyPage(t, "cited together", func(p norms.Page) (norms.List[norms.CocitationRow], error) {
		return s.Cocitations(t.Context(), norms.PairFilter{}, p)
	}, func(r norms.CocitationRow) string { return r.Subject + " " + r.Object })
	got := map[string]int{}
	for _, r := range all {
		got[r.Subject+" "+r.Object] = r.Initiatives
		if got[r.Object+" "+r.Subject] != 0 || r.SubjectAgreement == "gcsc" || r.ObjectAgreement == "gcsc" {
			t.Errorf("%+v is there twice, or rests on what nobody has resolved", r)
		}
	}
	for pair, want := range map[string]int{"paris-call/1 tech-accord/1": 4, "paris-call/1 tech-accord/2": 3, "paris-call/7 tech-accord/3": 3,
		"paris-call/1 tech-accord/4": 2, "paris-call/1 paris-call/9": 2, "paris-call/3 tech-accord/1": 0} {
		if got[pair] != want {
			t.Errorf("%s: %d initiatives, want %d", pair, got[pair], want)
		}
	}
	turned := read[norms.List[norms.CocitationRow]](t)(s.Cocitations(t.Context(), norms.PairFilter{Agreements: []string{"tech-accord", "paris-call"}}, norms.Page{}))
	if r := turned.Items[0]; r.Subject != "tech-accord/1" || r.Object != "paris-call/1" || r.Initiatives != 4 {
		t.Errorf("from the Tech Accord first: %+v", r)
	}
}

// Whatever others than contributors link is not cited together.
func TestCitedTogetherOnAPrinciplesPage(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	apply(t, s, addAccount(t, s, "editor").Actor(), aLink("paris-call/8"))
	p := read[norms.Principle](t)(s.Principle(t.Context(), norms.Ref{Agreement: "tech-accord", Label: "1"}, norms.Page{}))
	var got []string
	for _, r := range p.CitedWith {
		got = append(got, fmt.Sprint(r.Subject, " ", r.Object, " ", r.Initiatives))
	}
	if d := cmp.Diff([]string{"tech-accord/1 paris-call/1 4", "tech-accord/1 paris-call/5 1"}, got); d != "" {
		t.Error(d)
	}
	none := read[norms.Principle](t)(s.Principle(t.Context(), norms.Ref{Agreement: "paris-call", Label: "8"}, norms.Page{}))
	if len(none.CitedWith) != 0 {
		t.Errorf("cited together with %+v", none.CitedWith)
	}
}
