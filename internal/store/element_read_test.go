package store_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// readIn gives what is read in an agreement, by element.
func readIn(rows []norms.ReadingRow) map[string]norms.Reading {
	out := map[string]norms.Reading{}
	for _, r := range rows {
		out[r.Element] = r.Reading
	}
	return out
}

func TestElementsOfTheParisCall(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	a := read[norms.Agreement](t)(s.Agreement(t.Context(), "paris-call"))
	got := ""
	for i, r := range a.Elements {
		if r.ElementNumber != i+1 {
			t.Errorf("element %d stands at place %d", r.ElementNumber, i+1)
		}
		if r.Reading != norms.ReadNo {
			got += fmt.Sprintf("%d %s, ", r.ElementNumber, r.Reading)
		}
	}
	if want := "1 yes, 3 yes, 4 yes, 7 yes, 8 partly, 9 yes, "; got != want {
		t.Errorf("%s want %s", got, want)
	}
}

func TestWhereMultiStakeholderismIs(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	e := read[norms.Element](t)(s.Element(t.Context(), "multi-stakeholderism"))
	got := map[string]norms.Reading{}
	for _, r := range e.Readings {
		got[r.Agreement] = r.Reading
	}
	for agreement, want := range map[string]norms.Reading{
		"tech-accord": norms.ReadYes, "paris-call": norms.ReadYes, "manrs": norms.ReadPartly, "nis-directive": norms.ReadNo,
		"nis2-directive": norms.NotAssessed, "digital-cooperation-panel": norms.NotAssessed,
	} {
		if got[agreement] != want {
			t.Errorf("%s: %s, want %s", agreement, got[agreement], want)
		}
	}
	figures := fmt.Sprintf("%d yes, %d partly of %d, %s", e.Yes, e.Partly, e.Assessed, e.Recurrence)
	if want := "4 yes, 3 partly of 8, several"; figures != want {
		t.Errorf("%s; want %s", figures, want)
	}
	if e.Facts[1].Field != "title" || e.Facts[1].Place == "" {
		t.Errorf("facts: %+v", e.Facts)
	}
}

func TestElementsByForceAndSpace(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	for f, want := range map[norms.ElementFilter]string{
		{}:                       "8 of 8 assessed; 10 elements",
		{LegalNature: "binding"}: "2 of 2 assessed; 10 elements",
		{LegalNature: "treaty"}:  "0 of 0 assessed; 10 elements",
		{Space: "within_un"}:     "1 of 1 assessed; 10 elements",
		{Space: "between_stakeholder_groups", LegalNature: "voluntary_commitment"}: "2 of 2 assessed; 10 elements",
	} {
		l := read[norms.List[norms.ElementRow]](t)(s.Elements(t.Context(), f, norms.Page{}))
		assessed := map[string]bool{}
		for _, r := range l.Items[5].Readings {
			if r.Reading != norms.NotAssessed {
				assessed[r.Agreement] = true
			}
		}
		if got := fmt.Sprintf("%d of %d assessed; %d elements", len(assessed), l.Items[5].Assessed, l.Total); got != want {
			t.Errorf("%+v: %s, want %s", f, got, want)
		}
	}
	everyPage(t, "elements", func(p norms.Page) (norms.List[norms.ElementRow], error) {
		return s.Elements(t.Context(), norms.ElementFilter{}, p)
	}, func(e norms.ElementRow) string { return e.Slug })
}

// Others read beside us: their readings are named, and counted nowhere.
func TestReadingsOfOthers(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	_, err := pool.Exec(t.Context(), "update account set organization_id = (select id from organization where slug = 'microsoft') where id = $1", by.ID)
	must(t, err)
	reading := norms.PutElementReading{Element: "content-restrictions", Agreement: "paris-call", Reading: norms.ReadYes, Assessor: "organization",
		Organization: "microsoft", Confidence: "known", Note: "Theirs."}
	own := reading
	own.Assessor, own.Organization, own.Reading = "account", "", norms.NotApplicable
	done, err := s.Apply(t.Context(), by, "two readings", []norms.Edit{reading, own})
	must(t, err)
	e := read[norms.Element](t)(s.Element(t.Context(), "content-restrictions"))
	var got []string
	for _, r := range e.Readings {
		if r.Agreement == "paris-call" {
			got = append(got, fmt.Sprintf("%s: %s %s", r.Assessor, r.Reading, r.AssessorName))
		}
	}
	want := []string{"curator: no ", "organization: yes Microsoft", "account: not_applicable " + by.Name}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if e.Present() != 1 || e.Assessed != 8 {
		t.Errorf("present in %d of %d; others' readings must not count", e.Present(), e.Assessed)
	}
	if _, err := s.Apply(t.Context(), by, "again", []norms.Edit{reading}); norms.KindOf(err) != norms.Conflict {
		t.Errorf("the same reading again: %v", err)
	}
	reading.Version, reading.Reading = done.Revision, norms.ReadPartly
	done, err = s.Apply(t.Context(), by, "looked closer", []norms.Edit{reading})
	must(t, err)
	set := read[norms.Changeset](t)(s.Changeset(t.Context(), done.Revision, norms.Page{}))
	thing := norms.Thing{Kind: "element_reading", ID: set.Changes[0].Thing.ID, Name: "Paris Call: References to content restrictions, partly",
		Key: "content-restrictions"}
	if d := cmp.Diff(thing, set.Changes[0].Thing); d != "" || set.Rows != 1 {
		t.Errorf("%d rows: %s", set.Rows, d)
	}
}

func TestReadingsThatAreRefused(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	good := norms.PutElementReading{Element: "human-rights", Agreement: "nis2-directive", Reading: norms.ReadNo, Assessor: norms.Curator, Confidence: "known"}
	for field, change := range map[string]func(*norms.PutElementReading){
		"element":   func(e *norms.PutElementReading) { e.Element = "mind-reading" },
		"agreement": func(e *norms.PutElementReading) { e.Agreement = "nowhere" },
		"edition":   func(e *norms.PutElementReading) { e.Edition = "2018" },
		"source":    func(e *norms.PutElementReading) { e.Source = "nowhere" },
	} {
		e := good
		change(&e)
		if _, err := s.Apply(t.Context(), by, "a mistake", []norms.Edit{e}); norms.KindOf(err) != norms.Invalid {
			t.Errorf("%s: %v", field, err)
		}
	}
	e := good
	e.Assessor = "account"
	if _, err := s.Apply(t.Context(), account.SeedFiles(), "a file", []norms.Edit{e}); norms.KindOf(err) != norms.Invalid {
		t.Errorf("a file reads as a person: %v", err)
	}
	if _, err := s.Apply(t.Context(), by, "read", []norms.Edit{good}); err != nil {
		t.Errorf("the control: %v", err)
	}
	again := norms.PutElement{Slug: "humour", Number: 9, Title: "Reference to Humour"}
	if _, err := s.Apply(t.Context(), by, "a joke", []norms.Edit{again}); norms.KindOf(err) != norms.Conflict {
		t.Errorf("a second element 9: %v", err)
	}
}

// A reading can be looked at as of any revision, and taken back.
func TestReadingsHaveAPast(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	e := norms.PutElementReading{Element: "human-rights", Agreement: "nis2-directive", Reading: norms.ReadNo, Assessor: norms.Curator, Confidence: "known"}
	done, err := s.Apply(t.Context(), by, "read", []norms.Edit{e})
	must(t, err)
	now := read[norms.Agreement](t)(s.Agreement(t.Context(), "nis2-directive"))
	if got := readIn(now.Elements)["human-rights"]; got != norms.ReadNo {
		t.Errorf("now: %s", got)
	}
	earlier, err := postgres.OpenPast(t.Context(), pool.Config().ConnString())
	must(t, err)
	t.Cleanup(earlier.Close)
	past := s.WithPast(earlier).AsOf(done.Revision - 1)
	then := read[norms.Agreement](t)(past.Agreement(t.Context(), "nis2-directive"))
	if got := readIn(then.Elements)["human-rights"]; got != norms.NotAssessed {
		t.Errorf("before: %s", got)
	}
	_, err = s.Apply(t.Context(), by, "no", []norms.Edit{norms.Revert{Changeset: done.Revision}})
	must(t, err)
	if got := readIn(read[norms.Agreement](t)(s.Agreement(t.Context(), "nis2-directive")).Elements)["human-rights"]; got != norms.NotAssessed {
		t.Errorf("taken back: %s", got)
	}
}
