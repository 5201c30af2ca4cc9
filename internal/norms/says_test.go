package norms_test

import (
	"strings"
	"testing"

	"normmap/internal/norms"
)

// problemsOf are the fields that an edit's check names.
func problemsOf(t *testing.T, e norms.Edit) string {
	t.Helper()
	err := e.Check()
	if err == nil {
		return ""
	}
	bad, ok := err.(*norms.Error)
	if !ok {
		t.Fatal(err)
	}
	var fields []string
	for _, p := range bad.Problems {
		fields = append(fields, p.Field)
	}
	return strings.Join(fields, " ")
}

func TestWhatAStatementNeeds(t *testing.T) {
	t.Parallel()
	good := norms.PutStatement{Kind: "position", Title: "It helps", Element: "human-rights", Organization: "acme", Stance: "for",
		Summary: "It helps.", Source: "letter", Quote: strings.Repeat("ü", norms.MaxQuote), Place: "page 1"}
	for want, change := range map[string]func(*norms.PutStatement){
		"":                           func(*norms.PutStatement) {},
		"element":                    func(e *norms.PutStatement) { e.Element = "" },
		"principle":                  func(e *norms.PutStatement) { e.Principle = "paris-call" },
		"kind stance":                func(e *norms.PutStatement) { e.Kind, e.Stance = "opinion", "maybe" },
		"question":                   func(e *norms.PutStatement) { e.Question = 7 },
		"quote":                      func(e *norms.PutStatement) { e.Quote += "ü" },
		"place":                      func(e *norms.PutStatement) { e.Place = "" },
		"title organization summary": func(e *norms.PutStatement) { e.Title, e.Organization, e.Summary = " ", "", "" },
		"source":                     func(e *norms.PutStatement) { e.Source = "" },
		"version":                    func(e *norms.PutStatement) { e.ID = 3 },
	} {
		e := good
		change(&e)
		if got := problemsOf(t, e); got != want {
			t.Errorf("problems with %q, want %q", got, want)
		}
	}
}

func TestWhatAComparisonNeeds(t *testing.T) {
	t.Parallel()
	good := norms.PutCrosswalk{Subject: "paris-call/2", Relation: "subset_of", Object: "gcsc/1", RationaleKind: "functional", Rationale: "Both do.",
		Origin: "curator", Confidence: "known"}
	for want, change := range map[string]func(*norms.PutCrosswalk){
		"":                         func(*norms.PutCrosswalk) {},
		"object":                   func(e *norms.PutCrosswalk) { e.Object = e.Subject },
		"relation":                 func(e *norms.PutCrosswalk) { e.Relation = "close" },
		"rationale_kind rationale": func(e *norms.PutCrosswalk) { e.RationaleKind, e.Rationale = "", "" },
		"origin":                   func(e *norms.PutCrosswalk) { e.Origin = "contributor" },
		"asserter":                 func(e *norms.PutCrosswalk) { e.Origin = "third_party" },
		"source":                   func(e *norms.PutCrosswalk) { e.Confidence = "seen" },
		"version":                  func(e *norms.PutCrosswalk) { e.ID = 3 },
	} {
		e := good
		change(&e)
		if got := problemsOf(t, e); got != want {
			t.Errorf("problems with %q, want %q", got, want)
		}
	}
	named := good
	named.Asserter = "acme"
	if got := problemsOf(t, named); got != "asserter" {
		t.Errorf("a curator's with an organization: %q", got)
	}
}

func TestRelationsTurn(t *testing.T) {
	t.Parallel()
	for _, r := range norms.CrosswalkRelations {
		if r.Inverse().Inverse() != r {
			t.Errorf("%s turned twice is %s", r, r.Inverse().Inverse())
		}
		if changes := r.Inverse() != r; changes != (r == "subset_of" || r == "superset_of") {
			t.Errorf("%s is turned to %s", r, r.Inverse())
		}
	}
	row := norms.CrosswalkRow{ID: 1, Subject: "a/1", SubjectName: "A 1", SubjectAgreement: "a", SubjectCurrent: true, Relation: "subset_of",
		Object: "b/2", ObjectName: "B 2", ObjectAgreement: "b", Rationale: "why"}
	turned := row.Turn()
	if turned.Subject != "b/2" || turned.Object != "a/1" || turned.Relation != "superset_of" || turned.SubjectCurrent || !turned.Turned || turned.Rationale != "why" {
		t.Errorf("turned: %+v", turned)
	}
	if turned.Turn() != row {
		t.Errorf("turned twice: %+v", turned.Turn())
	}
}

func TestSidesOfPairs(t *testing.T) {
	t.Parallel()
	for want, f := range map[string]norms.PairFilter{
		" to ":   {},
		"a to ":  {Agreements: []string{"a"}},
		"a to b": {Agreements: []string{"a", "b"}},
		" to a":  {Agreements: []string{"a"}, Principle: "b/1"},
		"b to a": {Agreements: []string{"b", "a"}, Principle: "b/1"},
	} {
		from, to := f.Sides()
		if got := from + " to " + to; got != want {
			t.Errorf("%+v is read from %q, want %q", f, got, want)
		}
	}
	if err := (norms.PairFilter{Agreements: []string{"a", "b", "c"}}).Check(); norms.KindOf(err) != norms.Invalid {
		t.Errorf("three agreements: %v", err)
	}
}
