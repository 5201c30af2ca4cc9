package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
)

// anAssessment disagrees with a link as a curator.
func anAssessment(link int64) norms.PutAssessment {
	return norms.PutAssessment{Link: link, Assessor: norms.ByCurator, View: norms.Disagrees, Relation: "no_relationship", Strength: "indirect",
		Rationale: "The initiative began before the text."}
}

// speaker is an account that may answer for an organization and edit nothing.
func speaker(t *testing.T, s *store.Store, pool *pgxpool.Pool, organization string) account.Actor {
	t.Helper()
	a := addAccount(t, s, account.Contributor).Actor()
	a.Organization = organization
	must(t, pool.QueryRow(t.Context(), "select id from organization where slug = $1", organization).Scan(&a.OrganizationID))
	return a
}

// someLink is a contributor's link that is counted, with its citation.
func someLink(t *testing.T, pool *pgxpool.Pool) (link, citation int64) {
	t.Helper()
	citation = linked(t, pool)
	must(t, pool.QueryRow(t.Context(), "select link_id from citation where id = $1", citation).Scan(&link))
	return link, citation
}

func assessedLink(t *testing.T, s *store.Store, id int64) norms.AssessedLink {
	t.Helper()
	return read[norms.AssessedLink](t)(s.AssessedLink(t.Context(), id))
}

// The claim has the same digest, version and words whatever is made of it, and
// another one when it changes.
func TestAssessingLeavesTheClaimAsItIs(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	link, _ := someLink(t, pool)
	before := assessedLink(t, s, link)
	if len(before.ClaimDigest) != 64 || len(before.References) == 0 || before.References[0].Start < 0 {
		t.Fatalf("the claim: %+v", before)
	}
	same := func(step string) norms.AssessedLink {
		t.Helper()
		now := assessedLink(t, s, link)
		ignore := cmpopts.IgnoreFields(norms.LinkRow{}, "Disagreed", "Answered")
		if d := cmp.Diff(before, now, ignore, cmpopts.IgnoreFields(norms.AssessedLink{}, "Assessments")); d != "" {
			t.Errorf("%s: the claim changed: %s", step, d)
		}
		return now
	}
	made := apply(t, s, by, anAssessment(link))
	same("assessed")
	apply(t, s, speaker(t, s, pool, "microsoft"), norms.PutAnswer{Assessment: made.IDs[0], Version: made.Revision, Text: "It was renewed for it."})
	got := same("answered")
	want := []norms.AssessmentRow{{ID: made.IDs[0], Link: link, Assessor: "curator", Person: "Ada Editor", View: norms.Disagrees, Relation: "no_relationship",
		Strength: "indirect", Rationale: "The initiative began before the text.", Version: made.Revision,
		Answer: &norms.AnswerRow{Organization: "microsoft", OrganizationName: "Microsoft", Text: "It was renewed for it.", Version: made.Revision + 1}}}
	if d := cmp.Diff(want, got.Assessments, cmpopts.IgnoreFields(norms.AssessmentRow{}, "At"), cmpopts.IgnoreFields(norms.AnswerRow{}, "At")); d != "" {
		t.Error(d)
	}
	if got.Disagreed != 1 || got.Answered != 1 || got.Assessments[0].At.IsZero() || got.Assessments[0].Outdated() {
		t.Errorf("marks: %+v", got.LinkRow)
	}
	apply(t, s, addAccount(t, s, account.Reviewer).Actor(), norms.WithdrawAssessment{ID: made.IDs[0], Version: made.Revision})
	if same("withdrawn"); count(t, pool, "select count(*) from answer") != 0 {
		t.Error("the answer stays without its assessment")
	}
	rewrite(t, pool, "update link set strength = 'direct', version = (select max(id) from changeset) where id = "+number(link))
	if now := assessedLink(t, s, link); now.ClaimDigest == before.ClaimDigest {
		t.Error("the claim changed and its digest did not")
	}
}

func TestWhoMayAssess(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	ada := editor(t, pool)
	ben, chief := addAccount(t, s, account.Editor).Actor(), addAccount(t, s, account.Reviewer).Actor()
	link, _ := someLink(t, pool)
	refused := func(step string, by account.Actor, want norms.Kind, e norms.Edit) {
		t.Helper()
		_, err := s.Apply(t.Context(), by, "a test", []norms.Edit{e})
		wantKind(t, step, err, want)
	}
	e := anAssessment(link)
	made := apply(t, s, ada, e)
	apply(t, s, ben, e) // each curator has a view
	refused("twice by one curator", ada, norms.Conflict, e)
	refused("by a contributor", addAccount(t, s, account.Contributor).Actor(), norms.Forbidden, e)
	refused("of no link", ada, norms.Invalid, anAssessment(9999))
	third := e
	third.Assessor, third.Organization = norms.ByThirdParty, "cybersecurity-tech-accord"
	other := apply(t, s, ada, third)
	refused("twice by one organization", ben, norms.Conflict, third)

	e.ID, e.Version, e.View, e.Relation = made.IDs[0], made.Revision, norms.Agrees, ""
	refused("changed by another curator", ben, norms.Forbidden, e)
	refused("withdrawn by another curator", ben, norms.Forbidden, norms.WithdrawAssessment{ID: e.ID, Version: e.Version})
	moved := e
	moved.Link = link + 1
	refused("moved to another link", ada, norms.Conflict, moved)
	e.Version = apply(t, s, ada, e).Revision
	stale := e
	stale.Version = made.Revision
	refused("stale", ada, norms.Stale, stale)
	apply(t, s, chief, norms.WithdrawAssessment{ID: e.ID, Version: e.Version}) // whoever decides on others' work may
	refused("after it was withdrawn", ada, norms.Gone, e)
	apply(t, s, ben, norms.WithdrawAssessment{ID: other.IDs[0], Version: other.Revision}) // a third party's is any editor's
}

func TestTheOrganizationAnswersOnce(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	link, _ := someLink(t, pool)
	made := apply(t, s, by, anAssessment(link))
	answer := norms.PutAnswer{Assessment: made.IDs[0], Version: made.Revision, Text: "We see it otherwise."}
	own := speaker(t, s, pool, "microsoft")
	for step, tt := range map[string]struct {
		by   account.Actor
		edit norms.PutAnswer
		want norms.Kind
	}{
		"an editor who speaks for nobody": {by, answer, norms.Forbidden},
		"another organization":            {speaker(t, s, pool, "cybersecurity-tech-accord"), answer, norms.Forbidden},
		"to what was changed since":       {own, norms.PutAnswer{Assessment: answer.Assessment, Version: 1, Text: "x"}, norms.Stale},
		"to nothing":                      {own, norms.PutAnswer{Assessment: 9999, Version: 1, Text: "x"}, norms.Gone},
	} {
		_, err := s.Apply(t.Context(), tt.by, "a test", []norms.Edit{tt.edit})
		wantKind(t, step, err, tt.want)
	}
	apply(t, s, own, answer)
	_, err := s.Apply(t.Context(), own, "once more", []norms.Edit{answer})
	wantKind(t, "a second answer", err, norms.Conflict)
	_, err = s.Apply(t.Context(), own, "a test", []norms.Edit{anAssessment(link)})
	wantKind(t, "who answers does not edit", err, norms.Forbidden)
}

// The link of a third party is answered by it, and by whoever carries the
// initiative out.
func TestAThirdPartysLinkIsItsClaim(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	l := aLink("paris-call/6")
	l.Initiative, l.Origin, l.Asserter = firstInitiative(t, pool), "third_party", "cybersecurity-tech-accord"
	link := apply(t, s, by, l).IDs[0]
	for _, organization := range []string{"cybersecurity-tech-accord", "microsoft"} {
		made := apply(t, s, by, anAssessment(link))
		apply(t, s, speaker(t, s, pool, organization), norms.PutAnswer{Assessment: made.IDs[0], Version: made.Revision, Text: "Yes."})
		apply(t, s, addAccount(t, s, account.Reviewer).Actor(), norms.WithdrawAssessment{ID: made.IDs[0], Version: made.Revision})
	}
	if got := assessedLink(t, s, link).Answerers(); !cmp.Equal(got, []string{"cybersecurity-tech-accord", "microsoft"}) {
		t.Errorf("answered by %v", got)
	}
}

// Every filter finds what it says, and the others do not.
func TestLinksByWhatWasMadeOfThem(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	of := func(f norms.Assessed) int {
		return read[norms.List[norms.LinkRow]](t)(s.Links(t.Context(), norms.LinkFilter{Assessment: f}, norms.Page{})).Total
	}
	all := of("")
	e := anAssessment(1)
	made := apply(t, s, by, e)
	e.Link, e.View = 2, norms.Partly
	apply(t, s, by, e)
	third := anAssessment(1)
	third.Assessor, third.Organization, third.View, third.Relation = norms.ByThirdParty, "cybersecurity-tech-accord", norms.Agrees, ""
	apply(t, s, by, third)
	apply(t, s, speaker(t, s, pool, "microsoft"), norms.PutAnswer{Assessment: made.IDs[0], Version: made.Revision, Text: "No."})
	got := map[norms.Assessed]int{}
	for _, f := range norms.AssessedWords {
		got[f] = of(f)
	}
	want := map[norms.Assessed]int{"unassessed": all - 2, "agrees": 1, "partly": 1, "disagrees": 1, "answered": 1, "unanswered": 2}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
