package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
)

var day = time.Date(2026, 11, 22, 23, 59, 0, 0, time.UTC)

func TestGaps(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	g := read[norms.Gaps](t)(s.Gaps(t.Context(), day, "", norms.Page{}))
	var paris []string
	for _, p := range g.Principles {
		if p.Agreement == "paris-call" {
			paris = append(paris, p.Ref)
		}
		if p.Links > 0 || !p.Current {
			t.Errorf("%s is no gap", p.Ref)
		}
	}
	if fmt.Sprint(paris) != "[paris-call/4 paris-call/8]" || len(g.Unresolved) != 4 || g.Day != "2026-11-22" {
		t.Errorf("Paris Call gaps %v, %d unresolved on %s", paris, len(g.Unresolved), g.Day)
	}
	if len(g.Addresses) == 0 || g.Addresses[0].Kind != "initiative" || g.Addresses[0].Source != "microsoft-bpf-2019" {
		t.Errorf("without a web address: %+v", g.Addresses)
	}
}

func standing(g norms.Gaps, organization, agreement string) string {
	i := slices.IndexFunc(g.Adherences, func(r norms.StandingRow) bool { return r.Organization == organization && r.Agreement == agreement })
	if i < 0 {
		return ""
	}
	r := g.Adherences[i]
	return fmt.Sprint(r.Standing, " ", r.Relations, " ", r.Links)
}

// Adherence and evidence are two things: who mentions an agreement does not
// stand by it, and who reports something for it has not signed it thereby.
func TestAdherenceBesideEvidence(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	work := newInitiative("work")
	work.Organization = "cybersecurity-tech-accord"
	apply(t, s, by, work)
	apply(t, s, by, norms.PutCitationLine{Source: "microsoft-bpf-2019", Initiative: "work", Text: "(MANRS action 9, Cybersecurity Tech Accord principle 1)",
		References: []norms.Reference{{Text: "Cybersecurity Tech Accord principle 1", Start: -1, End: -1, Name: "Cybersecurity Tech Accord", Agreement: "tech-accord", Labels: []string{"1"}}}})
	g := read[norms.Gaps](t)(s.Gaps(t.Context(), day, "", norms.Page{}))
	for pair, want := range map[[2]string]string{
		{"microsoft", "tech-accord"}:                 "signed_and_evidenced [signed] 12",
		{"microsoft", "paris-call"}:                  "signed_and_evidenced [endorsed] 22",
		{"microsoft", "gcsc"}:                        "signed_none_recorded [supported] 0",
		{"microsoft", "nis-directive"}:               "",
		{"cybersecurity-tech-accord", "paris-call"}:  "signed_none_recorded [endorsed] 0",
		{"cybersecurity-tech-accord", "tech-accord"}: "evidenced_not_signed [] 1",
	} {
		if got := standing(g, pair[0], pair[1]); got != want {
			t.Errorf("%v: %q, want %q", pair, got, want)
		}
	}
	i := slices.IndexFunc(g.Adherences, func(r norms.StandingRow) bool { return r.Agreement == "manrs" })
	if r := g.Adherences[i]; r.Standing != norms.SignedNoneRecorded || !slices.Contains(r.Relations, "endorsed") {
		t.Errorf("MANRS: %+v", r)
	}
}

// Under the reading in which its numbers are those of the later report, the
// letter cites norms for states.
func TestAddresseesWhoAreNotThoseWhoReport(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	found := func() []string {
		var out []string
		for _, a := range read[norms.Gaps](t)(s.Gaps(t.Context(), day, "", norms.Page{})).Addressees {
			out = append(out, fmt.Sprint(a.Citation > 0, " ", a.Principle, " ", a.Addressees, " ", a.Reference))
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	letter := []string{
		"true gcsc/5 [states] GCSC norm 5", "true gcsc/7 [states] GCSC norm 7",
	}
	if d := cmp.Diff(letter, found()); d != "" {
		t.Error(d)
	}
	unresolved := read[norms.List[norms.CitationRow]](t)(s.Citations(t.Context(), norms.CitationFilter{Resolution: "unresolved"}, norms.Page{}))
	c := unresolved.Items[0]
	apply(t, s, by, norms.ResolveCitation{ID: c.ID, Version: c.Version, Decision: "resolve", Principle: "gcsc/5", Note: "For a test."})
	if d := cmp.Diff(append([]string{"false gcsc/5 [states] "}, letter...), found()); d != "" {
		t.Errorf("once resolved: %s", d)
	}
}

// A decision on whom a principle speaks to stands before what follows from its
// addressees, either way.
func TestDecisionsOnAddresseesStandBeforeTheRule(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	found := func(ref string) (all []norms.AddresseeGap) {
		for _, a := range read[norms.Gaps](t)(s.Gaps(t.Context(), day, "", norms.Page{})).Addressees {
			if a.Principle == ref {
				all = append(all, a)
			}
		}
		return all
	}
	if len(found("gcsc/5")) == 0 || len(found("paris-call/1")) > 0 {
		t.Fatal("the test is about a principle that is found by the rule, and one that is not")
	}
	inside := apply(t, s, by, aRuling("gcsc/5", false))
	apply(t, s, by, aRuling("paris-call/1", true))
	if got := found("gcsc/5"); len(got) > 0 {
		t.Errorf("decided to speak to it, and found: %+v", got)
	}
	if got := found("paris-call/1"); len(got) == 0 || got[0].Ruling != "As the text says elsewhere." {
		t.Errorf("decided not to speak to it: %+v", got)
	}
	apply(t, s, by, norms.WithdrawAddresseeRuling{ID: inside.IDs[0], Version: inside.Revision})
	if got := found("gcsc/5"); len(got) == 0 || got[0].Ruling != "" {
		t.Errorf("once the decision is withdrawn: %+v", got)
	}
}

func TestPromises(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	var edits []norms.Edit
	promise := func(slug string, status norms.Status, due norms.Date) {
		e := newInitiative(slug)
		e.Title, e.Status, e.DueOn = slug, status, due
		edits = append(edits, e)
	}
	promise("undated", "planned", "")
	promise("this-year", "planned", "2026")
	promise("today", "ongoing", "2026-11-22")
	promise("yesterday", "planned", "2026-11-21")
	promise("last-month", "ongoing", "2026-10")
	promise("kept", "completed", "2019")
	promise("under-way", "ongoing", "")
	apply(t, s, editor(t, pool), edits...)
	var got []string
	for _, p := range read[norms.Gaps](t)(s.Gaps(t.Context(), day, "", norms.Page{})).Promises {
		got = append(got, fmt.Sprint(p.Initiative, " ", p.DatePassed))
	}
	want := []string{"this-year false", "last-month true", "yesterday true", "today false", "undated false"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// Page by page every gap comes once, and as many come as the figures say.
func TestGapsPageByPage(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	for i := range 4 {
		e := newInitiative(fmt.Sprint("promise-", i))
		e.Status, e.DueOn = "planned", []norms.Date{"2027", "", "2027", "2026-12"}[i]
		apply(t, s, by, e)
	}
	apply(t, s, by, aRuling("paris-call/1", true), norms.PutCellReview{Principle: "paris-call/4", Organization: "microsoft", ReviewedOn: "2026-11", Note: "Searched."})
	for link := range int64(3) {
		apply(t, s, by, norms.PutAssessment{Link: link + 1, Assessor: norms.ByCurator, View: norms.Disagrees, Rationale: "Not so."})
	}
	all := read[norms.Gaps](t)(s.Gaps(t.Context(), day, "", norms.Page{Limit: norms.MaxLimit}))
	for show, rows := range map[norms.GapSection]func(norms.Gaps) []any{
		norms.GapPrinciples: func(g norms.Gaps) []any { return anys(g.Principles) },
		norms.GapAdherences: func(g norms.Gaps) []any { return anys(g.Adherences) },
		norms.GapAddressees: func(g norms.Gaps) []any { return anys(g.Addressees) },
		norms.GapUnresolved: func(g norms.Gaps) []any { return anys(g.Unresolved) },
		norms.GapContested:  func(g norms.Gaps) []any { return anys(g.Contested) },
		norms.GapReviewed:   func(g norms.Gaps) []any { return anys(g.Reviewed) },
		norms.GapPromises:   func(g norms.Gaps) []any { return anys(g.Promises) },
		norms.GapAddresses:  func(g norms.Gaps) []any { return anys(g.Addresses) },
	} {
		var paged []any
		for page := (norms.Page{Limit: 3}); ; {
			g := read[norms.Gaps](t)(s.Gaps(t.Context(), day, show, page))
			paged = append(paged, rows(g)...)
			if g.Totals[show] != all.Totals[show] || len(g.Totals) != 1 {
				t.Errorf("%s: %v of %d", show, g.Totals, all.Totals[show])
			}
			if g.Next == nil {
				break
			}
			page.Cursor = *g.Next
		}
		if d := cmp.Diff(rows(all), paged); d != "" {
			t.Errorf("%s: page by page it is not what it is at once: %s", show, d)
		}
		want := all.Totals[show]
		if show == norms.GapAdherences {
			want += all.Standings[norms.SignedAndEvidenced]
		}
		if len(paged) != want || want == 0 {
			t.Errorf("%s has %d rows, and the figure says %d", show, len(paged), want)
		}
	}
}

func anys[T any](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}

// A citation that may mean many principles has a row for each; the figure is
// that of the rows, and the list of all gaps says where it goes on.
func TestAddresseesOfACitationThatMayMeanMuch(t *testing.T) {
	t.Parallel()
	s, pool := owned(t)
	rewrite(t, pool, `insert into citation_candidate (citation_id, position, principle_id, reason)
select c.id, 9 + p.id, p.id, 'x' from (select id from citation where resolution = 'ambiguous' order by id limit 1) c, principle p
on conflict do nothing`)
	all := read[norms.Gaps](t)(s.Gaps(t.Context(), day, "", norms.Page{}))
	rows, page := len(all.Addressees), norms.Page{Limit: 100, Cursor: all.More[norms.GapAddressees]}
	for page.Cursor != "" {
		g := read[norms.Gaps](t)(s.Gaps(t.Context(), day, norms.GapAddressees, page))
		rows, page.Cursor = rows+len(g.Addressees), g.More[norms.GapAddressees]
	}
	if rows <= norms.GapsShown || rows != all.Totals[norms.GapAddressees] {
		t.Errorf("%d rows, and the total is %d", rows, all.Totals[norms.GapAddressees])
	}
}

// Which adherences are commitments is said in one list, and looked up in the
// database as it says.
func TestCommitmentsAreThoseOfTheList(t *testing.T) {
	t.Parallel()
	_, pool := owned(t)
	rewrite(t, pool, "delete from adherence")
	commits := 0
	for _, relation := range norms.AdherenceRelations {
		rewrite(t, pool, fmt.Sprintf(`insert into adherence (organization_id, agreement_id, relation, source_id, version)
select (select min(id) from organization), (select min(id) from agreement), '%s', (select min(id) from source), history.current_rev()`, relation))
		for _, kept := range []string{"adherence_tally", "adherence_recount"} {
			if got := count(t, pool, "select count(*) from "+kept+" where signed") == 2; got != relation.Commits() { // of it and of all
				t.Errorf("%s is a commitment in %s: %v", relation, kept, got)
			}
		}
		if relation.Commits() {
			commits++
		}
		rewrite(t, pool, "delete from adherence")
	}
	if commits == 0 || commits == len(norms.AdherenceRelations) {
		t.Errorf("%d of %d are commitments", commits, len(norms.AdherenceRelations))
	}
}
