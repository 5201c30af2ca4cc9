package store_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
)

// recorded is the initiative of a link as the seeds put it, at its version.
func recorded(t *testing.T, pool *pgxpool.Pool, link int64) norms.PutInitiative {
	t.Helper()
	var slug string
	var version int64
	must(t, pool.QueryRow(t.Context(), "select i.slug, i.version from initiative i join link l on l.initiative_id = i.id where l.id = $1", link).Scan(&slug, &version))
	e := put[norms.PutInitiative](t, func(e norms.PutInitiative) bool { return e.Slug == slug })
	e.Version = version
	return e
}

func refused(t *testing.T, s *store.Store, by account.Actor, step string, want norms.Kind, says string, e norms.Edit) {
	t.Helper()
	_, err := s.Apply(t.Context(), by, "a test", []norms.Edit{e})
	wantKind(t, step, err, want)
	if err != nil && !strings.Contains(err.Error(), says) {
		t.Errorf("%s: %q does not say %q", step, err, says)
	}
}

// Who asserts a contributor's link is part of the claim, which no edit of the
// initiative rewrites.
func TestAnInitiativeWithClaimsKeepsItsReporter(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	link, _ := someLink(t, pool)
	before := assessedLink(t, s, link)
	e := recorded(t, pool, link)
	e.ReportedBy = "cybersecurity-tech-accord"
	refused(t, s, by, "another reporter", norms.Conflict, before.PrincipleName, e)
	if d := cmp.Diff(before, assessedLink(t, s, link)); d != "" {
		t.Errorf("the claim: %s", d)
	}
	e.ReportedBy, e.Title = "microsoft", "Another title"
	apply(t, s, by, e)

	free := newInitiative("no-claims")
	made := apply(t, s, by, free)
	free.Version, free.ReportedBy = made.Revision, "cybersecurity-tech-accord"
	apply(t, s, by, free)
}

// A citation that comes back by an undo claims what it claimed, by whom it was
// claimed.
func TestNoRevertGivesAClaimToAnotherReporter(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	work := newInitiative("work")
	made := apply(t, s, by, work)
	cites := apply(t, s, by, norms.PutCitationLine{Source: "microsoft-bpf-2019", Initiative: "work", Text: "(Cybersecurity Tech Accord principle 1)",
		References: []norms.Reference{{Text: "Cybersecurity Tech Accord principle 1", Start: -1, End: -1, Name: "Cybersecurity Tech Accord", Agreement: "tech-accord", Labels: []string{"1"}}}})
	gone := apply(t, s, by, norms.Revert{Changeset: cites.Revision})
	work.Version, work.ReportedBy = made.Revision, "cybersecurity-tech-accord"
	moved := apply(t, s, by, work)
	refused(t, s, by, "the claim comes back", norms.Conflict, "Microsoft", norms.Revert{Changeset: gone.Revision})
	back := apply(t, s, by, norms.Revert{Changeset: moved.Revision})
	apply(t, s, by, norms.Revert{Changeset: gone.Revision})
	refused(t, s, by, "the other reporter comes back", norms.Conflict, "Microsoft", norms.Revert{Changeset: back.Revision})
}

// Nobody is a third party in a matter of its own.
func TestAThirdPartyIsNeitherCarrierNorReporter(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	link, _ := someLink(t, pool)
	own := anAssessment(link)
	own.Assessor, own.Organization = norms.ByThirdParty, "microsoft"
	refused(t, s, by, "its own assessment", norms.Invalid, "organization: ", own)

	l := aLink("paris-call/4")
	l.Origin, l.Asserter = "third_party", "microsoft"
	refused(t, s, by, "its own link", norms.Invalid, "asserter: ", l)
	l.Asserter = "cybersecurity-tech-accord"
	made := apply(t, s, by, l)
	own = anAssessment(made.IDs[0])
	own.Assessor, own.Organization = norms.ByThirdParty, "cybersecurity-tech-accord"
	refused(t, s, by, "an assessment by who asserts the link", norms.Invalid, "organization: ", own)
	e := recorded(t, pool, made.IDs[0])
	e.Organization = "cybersecurity-tech-accord"
	refused(t, s, by, "the third party carries it out", norms.Conflict, "third party", e)

	reported := newInitiative("reported")
	reported.ReportedBy = "cybersecurity-tech-accord"
	apply(t, s, by, reported)
	l.Initiative = "reported"
	refused(t, s, by, "a link by who reported it", norms.Invalid, "asserter: ", l)
}

// A contributor's link comes back by its citation and by nothing else.
func TestAContributorsLinkIsNotRestored(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	link, citation := someLink(t, pool)
	decide(t, s, by, citation, 1, "set_aside", "")
	refused(t, s, by, "restoring it", norms.Conflict, "citation", norms.Restore{Kind: "link", Key: number(link)})

	l := aLink("paris-call/4")
	made := apply(t, s, by, l)
	apply(t, s, by, norms.WithdrawLink{ID: made.IDs[0], Version: made.Revision})
	apply(t, s, by, norms.Restore{Kind: "link", Key: number(made.IDs[0])})
}
