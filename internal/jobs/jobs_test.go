package jobs_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"normmap/internal/account"
	"normmap/internal/jobs"
	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

var announced = time.Date(2030, 3, 1, 12, 0, 0, 0, time.UTC)

// waiting is a store with a proposal that is adopted a week after announced.
func waiting(t *testing.T) (*store.Store, int64, account.Actor) {
	t.Helper()
	pool, err := postgres.Open(t.Context(), pgtest.Founding(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	s := store.New(pool)
	by, err := s.AddAccount(t.Context(), pgtest.Slug(t)+"@example.org", "Ed Editor", account.Editor)
	if err != nil {
		t.Fatal(err)
	}
	edit := norms.PutInitiative{Slug: "by-silence", Title: "By silence", Kind: "policy", Organization: "microsoft", ReportedBy: "microsoft", Status: "planned"}
	id, err := s.Propose(t.Context(), by.Actor(), norms.Staging{Reason: "r", Edits: []norms.Edit{edit}})
	if err == nil {
		err = s.SetAdoption(t.Context(), by.Actor(), id, "2030-03-08", announced)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s, id, by.Actor()
}

func deps(s *store.Store, log *bytes.Buffer, now time.Time) jobs.Deps {
	return jobs.Deps{Store: s, Log: slog.New(slog.NewJSONHandler(log, nil)), Now: func() time.Time { return now }}
}

func stateOf(t *testing.T, s *store.Store, by account.Actor, id int64) norms.ProposalState {
	t.Helper()
	p, err := s.Proposal(t.Context(), by, id, norms.Page{})
	if err != nil {
		t.Fatal(err)
	}
	return p.State
}

func TestJobsAdoptByTheirClock(t *testing.T) {
	t.Parallel()
	s, id, by := waiting(t)
	var log bytes.Buffer
	early := jobs.Jobs{Deps: deps(s, &log, announced.AddDate(0, 0, 6))}
	early.Adopt(t.Context())
	if got := stateOf(t, s, by, id); got != "open" {
		t.Fatalf("a day early the proposal is %s", got)
	}
	late := jobs.Jobs{Deps: deps(s, &log, announced.AddDate(0, 0, 7))}
	late.Adopt(t.Context())
	late.Adopt(t.Context())
	if got := stateOf(t, s, by, id); got != "accepted" || strings.Count(log.String(), "adopted by silence") != 1 {
		t.Errorf("the proposal is %s; log:\n%s", got, &log)
	}
}

func TestJobsRunUntilTheyAreEnded(t *testing.T) {
	t.Parallel()
	s, id, by := waiting(t)
	var log bytes.Buffer
	j := jobs.Start(t.Context(), deps(s, &log, announced.AddDate(0, 0, 7)))
	for deadline := time.Now().Add(time.Minute); stateOf(t, s, by, id) == "open"; {
		if time.Now().After(deadline) {
			t.Fatal("nothing was adopted within a minute")
		}
	}
	j.End()
	var never *jobs.Jobs
	never.End()
}

func TestJobsLogWhatFails(t *testing.T) {
	t.Parallel()
	pool, err := postgres.Open(t.Context(), pgtest.Founding(t))
	if err != nil {
		t.Fatal(err)
	}
	pool.Close()
	var log bytes.Buffer
	j := jobs.Jobs{Deps: deps(store.New(pool), &log, announced)}
	j.Adopt(t.Context())
	if !strings.Contains(log.String(), "ERROR") {
		t.Errorf("nothing was logged: %s", &log)
	}
}
