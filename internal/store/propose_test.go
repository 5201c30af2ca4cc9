package store_test

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/pgtest"
)

// person adds an account with a role.
func person(t *testing.T, pool *pgxpool.Pool, name string, role account.Role) account.Actor {
	t.Helper()
	a := account.Actor{Name: name, Role: role}
	args := pgx.StrictNamedArgs{"email": pgtest.Slug(t) + "@example.org", "name": name, "role": string(role)}
	must(t, pool.QueryRow(t.Context(), "insert into account (email, name, role) values (@email, @name, @role) returning id", args).Scan(&a.ID))
	return a
}

func TestProposingChangesNothingOfTheRecord(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := person(t, pool, "Carl Contributor", account.Contributor)
	before := count(t, pool, "select max(id) from changeset")
	id, err := s.Propose(t.Context(), by, norms.Staging{Reason: "found in the letter", Edits: []norms.Edit{newInitiative("proposed-one"), aLink("paris-call/6")}})
	must(t, err)
	if after := count(t, pool, "select max(id) from changeset"); after != before {
		t.Errorf("revision %d after proposing, was %d", after, before)
	}
	if n := count(t, pool, "select count(*) from initiative where slug = 'proposed-one'"); n != 0 {
		t.Error("the proposed initiative is in the record")
	}
	list := read[norms.List[norms.ProposalRow]](t)(s.Proposals(t.Context(), norms.ProposalFilter{Proposer: by.ID}, norms.Page{}))
	if len(list.Items) != 1 || list.Items[0].ID != id || list.Items[0].Edits != 2 || list.Items[0].Undecided != 2 || list.Items[0].Proposer != by.Name {
		t.Errorf("proposals %+v, want the one of two undecided edits", list.Items)
	}
}

func TestProposingTellsEveryProblem(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := person(t, pool, "Carl Contributor", account.Contributor)
	bad := newInitiative("orphan")
	bad.Organization = "nobody-known"
	_, err := s.Propose(t.Context(), by, norms.Staging{Reason: "r", Edits: []norms.Edit{bad, aLink("paris-call/99"), newInitiative("good-one")}})
	e := asError(t, err, norms.Invalid)
	if len(e.Problems) != 2 || e.Problems[0].Field != "edits[0].organization" || e.Problems[1].Field != "edits[1].principle" {
		t.Errorf("problems %+v, want those of both edits", e.Problems)
	}
	if n := count(t, pool, "select count(*) from proposal"); n != 0 {
		t.Errorf("%d proposals, want none", n)
	}
}

func TestAnEditMayRestOnOneBeforeIt(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := person(t, pool, "Carl Contributor", account.Contributor)
	link := aLink("paris-call/6")
	link.Initiative = "proposed-one"
	id, err := s.Propose(t.Context(), by, norms.Staging{Reason: "r", Edits: []norms.Edit{newInitiative("proposed-one")}})
	must(t, err)
	if _, err := s.Propose(t.Context(), by, norms.Staging{Reason: "r", Edits: []norms.Edit{link}}); norms.KindOf(err) != norms.Invalid {
		t.Errorf("a link of an initiative that is not recorded gave %v, want Invalid", err)
	}
	again, err := s.Propose(t.Context(), by, norms.Staging{Reason: "its link", Edits: []norms.Edit{link}, Into: id})
	must(t, err)
	if again != id || count(t, pool, "select count(*) from proposal_edit") != 2 {
		t.Errorf("the link went to proposal %d, want %d", again, id)
	}
	other := person(t, pool, "Carla Contributor", account.Contributor)
	if _, err := s.Propose(t.Context(), other, norms.Staging{Reason: "r", Edits: []norms.Edit{newInitiative("third")}, Into: id}); norms.KindOf(err) != norms.Forbidden {
		t.Errorf("adding to another's proposal gave %v, want Forbidden", err)
	}
}

func TestProposingNothingNewMakesNoProposal(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	e := norms.PutElement{Slug: "one-more", Number: 99, Title: "One more"}
	rev := apply(t, s, by, e).Revision
	e.Version = rev
	id, err := s.Propose(t.Context(), by, norms.Staging{Reason: "r", Edits: []norms.Edit{e}})
	if err != nil || id != 0 {
		t.Errorf("proposal %d, %v; want none", id, err)
	}
}

func TestVisitorsProposeNothing(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	_, err := s.Propose(t.Context(), account.Actor{}, norms.Staging{Reason: "r", Edits: []norms.Edit{newInitiative("x-one")}})
	if norms.KindOf(err) != norms.Forbidden {
		t.Errorf("a visitor's proposal gave %v, want Forbidden", err)
	}
}

// asError is err as one of a kind that a person can read.
func asError(t *testing.T, err error, kind norms.Kind) *norms.Error {
	t.Helper()
	e, ok := errors.AsType[*norms.Error](err)
	if !ok || e.Kind != kind {
		t.Fatalf("got %v, want an error of kind %d", err, kind)
	}
	return e
}
