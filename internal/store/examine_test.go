package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/store"
)

// verdicts is everything that an examination finds wrong, in words.
func verdicts(t *testing.T, s *store.Store) (wrong []string) {
	t.Helper()
	must(t, s.Examine(t.Context(), func(tx *store.Store) error {
		chain, err := tx.Chain(t.Context())
		if err != nil {
			return err
		}
		if chain.Broken != 0 {
			wrong = append(wrong, fmt.Sprint("changeset ", chain.Broken, " is broken"))
		}
		flaws, err := tx.Flaws(t.Context())
		if err != nil {
			return err
		}
		for _, f := range flaws {
			wrong = append(wrong, f.String())
		}
		guards, err := tx.WrongGuards(t.Context())
		wrong = append(wrong, guards...)
		return err
	}))
	return wrong
}

// busy is a record on which people have worked: rows were added, changed,
// withdrawn and brought back.
func busy(t *testing.T) (*store.Store, string) {
	t.Helper()
	url := pgtest.Founding(t)
	s, end, err := store.Connect(t.Context(), url, 4, 0)
	must(t, err)
	t.Cleanup(end)
	a, err := s.AddAccount(t.Context(), "ada@example.org", "Ada", account.Admin)
	must(t, err)
	by := a.Actor()
	link := apply(t, s, by, aLink("paris-call/6"))
	apply(t, s, by, norms.WithdrawLink{ID: link.IDs[0], Version: link.Revision})
	apply(t, s, by, norms.Revert{Changeset: link.Revision + 1})
	apply(t, s, by, newInitiative("examined"))
	return s, url
}

func TestARecordThatPeopleWorkedOnIsWithoutFault(t *testing.T) {
	t.Parallel()
	s, _ := busy(t)
	if wrong := verdicts(t, s); len(wrong) > 0 {
		t.Errorf("%q", wrong)
	}
	chain, err := s.Chain(t.Context())
	must(t, err)
	if chain.Changesets != 5 || len(chain.Head) != 64 || chain.At == nil {
		t.Errorf("%+v", chain)
	}
	if rev, err := s.Revision(t.Context()); err != nil || rev != 5 || s.Written() != 4 {
		t.Errorf("revision %d, %d written, %v", rev, s.Written(), err)
	}
	server, err := s.Server(t.Context())
	must(t, err)
	if server.Number < 150000 || !strings.HasPrefix(server.Version, fmt.Sprint(server.Number/10000)) || server.Login == "" || time.Since(server.Clock).Abs() > time.Hour {
		t.Errorf("%+v", server)
	}
}

// What a superuser can do behind the service's back, each in a record of its
// own, and how it is found.
func TestTamperingIsFound(t *testing.T) {
	t.Parallel()
	const past = "set session_replication_role = replica; " // no triggers
	const otherTrigger = "drop trigger history_delete on link; create trigger history_delete after delete on link referencing old table as old_rows for each statement "
	for tamper, want := range map[string]string{
		"update changeset set reason = 'Another reason' where id = 2":                                                                     "changeset 2 is broken",
		"update changeset set at = at + interval '1 second' where id = 5":                                                                 "changeset 5 is broken",
		past + "update changeset set account_id = null, actor = 'seed' where id = 3":                                                      "changeset 3 is broken",
		past + "delete from changeset where id = 3":                                                                                       "changeset 4 is broken",
		past + "delete from changeset where id = 5":                                                                                       "initiative ",
		"update history.link set rationale = 'Another' where id = (select min(id) from history.link) and until_rev > 99":                  "link 1 is not what its history says",
		past + "update link set rationale = 'Another' where id = (select min(id) from link)":                                              "link 1 is not what its history says",
		past + "update principle set number = '99', label = '99' where id = 7":                                                            "principle 7 is not what its history says",
		past + "delete from fact_source where id = 2":                                                                                     "fact_source 2 is gone, but its history has a present version",
		"delete from history.adherence where id = 1":                                                                                      "adherence 1 is recorded, but its history has no present version",
		"update history.link set version = 3 where id = 1":                                                                                "link 1 ",
		"insert into history.agreement_alias (since_rev, until_rev, id, agreement_id, alias) values (0, 5, 1, 1, 'x')":                    "agreement_alias 1 has a version from or until a changeset",
		"insert into history.agreement_alias (since_rev, until_rev, id, agreement_id, alias) values (1, 4, 1, 1, 'x'), (2, 5, 1, 1, 'x')": "agreement_alias 1 has two versions for the same time",
		"drop trigger history_update on link":                                                                                             "table link has no working trigger history_update",
		"alter table principle disable trigger history_truncate":                                                                          "table principle has no working trigger history_truncate",
		"create or replace function history.link_update() returns trigger language plpgsql as $$ begin return null; end $$":               "table link has a trigger history_update whose function history.link_update is another",
		"alter function history.link_update() security invoker":                                                                           "table link has a trigger history_update whose function history.link_update is another",
		otherTrigger + "when (current_setting('x.y', true) is null) execute function history.link_delete()":                               "table link has a trigger history_delete of another definition",
		otherTrigger + "execute function history.citation_delete()":                                                                       "table link has a trigger history_delete of another definition",
		"create or replace function history.no_truncate() returns trigger language plpgsql as $$ begin return null; end $$":               "the function history.no_truncate() is another",
		"grant update (rationale) on history.link to normmap_app":                                                                         "normmap_app must not be able to update history.link",
		"grant select (data) on session to normmap_past":                                                                                  "normmap_past must not be able to select public.session",
		"grant update on history.link to normmap_app":                                                                                     "normmap_app must not be able to update history.link",
		"grant insert on changeset to normmap_app":                                                                                        "normmap_app must not be able to insert public.changeset",
		"grant truncate on initiative to normmap_app":                                                                                     "normmap_app must not be able to truncate public.initiative",
		"revoke update on initiative from normmap_app":                                                                                    "normmap_app must be able to update public.initiative",
		"grant select on session to normmap_past":                                                                                         "normmap_past must not be able to select public.session",
		"revoke select on history.source from normmap_past":                                                                               "normmap_past must be able to select history.source",
		"revoke execute on function open_preview(text, bigint, text, jsonb, bigint) from normmap_app":                                     "normmap_app must be able to execute open_preview",
		"drop trigger changeset_is_counted on changeset":                                                                                  "what is written can be committed without being counted",
		"drop trigger changeset_is_real on changeset":                                                                                     "a changeset of a preview can be committed",
		"revoke execute on function open_changeset(text, bigint, text, jsonb, bigint) from normmap_app":                                   "normmap_app must be able to execute open_changeset",
	} {
		t.Run(tamper, func(t *testing.T) {
			t.Parallel()
			s, url := busy(t)
			_, err := connect(t, url).Exec(t.Context(), tamper)
			must(t, err)
			wrong := verdicts(t, s)
			if len(wrong) == 0 || !strings.HasPrefix(wrong[0], want) {
				t.Errorf("found %q, want %q", wrong, want)
			}
		})
	}
}

func TestAnExaminationCannotWrite(t *testing.T) {
	t.Parallel()
	s, _ := busy(t)
	err := s.Examine(t.Context(), func(tx *store.Store) error {
		_, err := tx.AddAccount(t.Context(), "eve@example.org", "Eve", account.Admin)
		return err
	})
	if err == nil {
		t.Error("an account was added")
	}
}

func TestCensus(t *testing.T) {
	t.Parallel()
	s, url := busy(t)
	now := time.Now()
	conn := connect(t, url)
	_, err := conn.Exec(t.Context(), "insert into session (token, data, expires_at, account_id, seen_at) select 'x', '', $1::timestamptz + interval '1 hour', id, $1 from account", now)
	must(t, err)
	before, err := s.Census(t.Context(), now)
	must(t, err)
	if before.Agreements == 0 || before.SeedChangesets != 1 || before.Administrators != 0 || before.Invited != 1 || before.Sessions != 1 || before.Orphans != 0 {
		t.Errorf("%+v", before)
	}
	_, err = conn.Exec(t.Context(), "update account set disabled_at = now(), password_hash = 'x'; update session set expires_at = now() + interval '1 hour'")
	must(t, err)
	after, err := s.Census(t.Context(), now)
	must(t, err)
	if after.Administrators != 0 || after.Invited != 0 || after.Orphans != 1 {
		t.Errorf("%+v", after)
	}
}
