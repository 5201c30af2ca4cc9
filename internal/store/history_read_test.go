package store_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
	"normmap/internal/norms"
)

func TestChangesetSaysWhoWhyAndWhat(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by, ctx := editor(t, pool), t.Context()
	link := aLink("paris-call/8")
	done := apply(t, s, by, link)
	link.ID, link.Version, link.Strength = done.IDs[0], done.Revision, "direct"
	changed := apply(t, s, by, link)
	withdrawn := apply(t, s, by, norms.WithdrawLink{ID: link.ID, Version: changed.Revision})

	c := read[norms.Changeset](t)(s.Changeset(ctx, changed.Revision, norms.Page{}))
	thing := norms.Thing{Kind: "link", ID: link.ID, Key: fmt.Sprint(link.ID),
		Name: "Secure development and secure operation (SDL and OSA) → Paris Call principle 8"}
	want := []norms.Change{{Thing: thing, Action: "changed", Fields: []norms.Changed{{Field: "strength", After: "direct"}}}}
	if d := cmp.Diff(want, c.Changes); d != "" {
		t.Error(d)
	}
	if c.By != "Ada Editor" || c.Reason != "because the test says so" || c.Rows != 1 || c.More != 0 || c.At.IsZero() {
		t.Errorf("%+v", c.ChangesetRow)
	}
	c = read[norms.Changeset](t)(s.Changeset(ctx, withdrawn.Revision, norms.Page{}))
	if c.Changes[0].Action != "withdrawn" || c.Changes[0].Thing != thing {
		t.Errorf("a withdrawn link reads %+v", c.Changes[0])
	}
	wantField := norms.Changed{Field: "principle", Before: "Paris Call principle 8"}
	if got := c.Changes[0].Fields[1]; got != wantField {
		t.Errorf("field %+v, want %+v", got, wantField)
	}
}

// A long changeset is read page by page; each of its rows is on one of them.
func TestEveryRowOfALongChangesetCanBeRead(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	all := count(t, pool, "select count(*) from history.changes(1)")
	seen := map[string]bool{}
	for p := (norms.Page{Limit: norms.MaxLimit}); ; {
		c := read[norms.Changeset](t)(s.Changeset(t.Context(), 1, p))
		for _, ch := range c.Changes {
			if ch.Thing.Name == "" || ch.Thing.Key == "" || len(ch.Fields) == 0 {
				t.Errorf("a change without words: %+v", ch)
			}
			seen[fmt.Sprint(ch.Thing.Kind, ch.Thing.ID)] = true
		}
		if c.More != all-len(seen) || c.Rows != all || c.By != "seed files" || len(c.Changes) > norms.MaxLimit {
			t.Errorf("%d changes and %d more of %d by %s, %d seen", len(c.Changes), c.More, c.Rows, c.By, len(seen))
		}
		if c.Next == nil {
			break
		}
		p.Cursor = *c.Next
	}
	if len(seen) != all || all <= 2*norms.MaxLimit {
		t.Errorf("%d rows seen of %d", len(seen), all)
	}
	_, err := s.Changeset(t.Context(), 1, norms.Page{Cursor: "yesterday"})
	wantKind(t, "a cursor that cannot be read", err, norms.Malformed)
}

// Rows of every table with a history are counted: each is written here once.
func TestEveryTrackedTableCounts(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	rows, err := pool.Query(t.Context(), "select name from history.tracked")
	must(t, err)
	var tables []string
	for rows.Next() {
		var name string
		must(t, rows.Scan(&name))
		tables = append(tables, name)
	}
	must(t, rows.Err())
	for _, table := range tables {
		set := "id = id"
		if count(t, pool, "select count(*) from pg_attribute where attname = 'version' and attrelid = '"+table+"'::regclass") > 0 {
			set = "version = (select max(id) from changeset)"
		}
		rewrite(t, pool, "update "+table+" set "+set+" where id = (select min(id) from "+table+")")
		got := read[norms.List[norms.ChangesetRow]](t)(s.Changes(t.Context(), norms.Page{Limit: 1})).Items[0]
		if want := count(t, pool, "select count(*) from history.changes((select max(id) from changeset))"); got.Rows != want {
			t.Errorf("%s: the list counts %d rows, the changeset has %d", table, got.Rows, want)
		}
	}
}

func TestHistoryOfAPrinciple(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := addAccount(t, s, account.Admin).Actor()
	added := apply(t, s, by, aLink("paris-call/4"))
	reverted := apply(t, s, by, norms.Revert{Changeset: added.Revision})
	h := read[norms.History](t)(s.History(t.Context(), "principle", "paris-call/4", norms.Page{}))
	if h.Thing.Name != "Paris Call principle 4" || h.Thing.Key != "paris-call/4" {
		t.Errorf("history of %+v", h.Thing)
	}
	var got []string
	for _, e := range h.Entries {
		for _, c := range e.Changes {
			got = append(got, fmt.Sprintf("%d %s %s by %s", e.Changeset.ID, c.Action, c.Thing.Kind, e.Changeset.By))
		}
	}
	want := []string{
		fmt.Sprintf("%d withdrawn link by %s", reverted.Revision, by.Name),
		fmt.Sprintf("%d added link by %s", added.Revision, by.Name),
		"1 added principle by seed files",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if e := h.Entries; e[0].Changeset.Reverts != added.Revision || e[1].Changeset.RevertedBy != reverted.Revision {
		t.Errorf("the revert is not told: %+v and %+v", e[0].Changeset, e[1].Changeset)
	}
	if n := count(t, pool, "select count(*) from link where origin = 'curator'"); n != 0 {
		t.Errorf("%d links left", n)
	}
}

func TestHistoryOfADecision(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by, ctx := editor(t, pool), t.Context()
	c := read[norms.List[norms.CitationRow]](t)(s.Citations(ctx, norms.CitationFilter{Resolution: "ambiguous"}, norms.Page{})).Items[0]
	done := apply(t, s, by, norms.ResolveCitation{ID: c.ID, Version: c.Version, Decision: "resolve", Principle: "gcsc/6", Note: "an index one lower"})
	for kind, key := range map[string]string{"initiative": c.Initiative, "principle": "gcsc/6"} {
		h := read[norms.History](t)(s.History(ctx, kind, key, norms.Page{}))
		if h.Entries[0].Changeset.ID != done.Revision {
			t.Fatalf("%s: the newest entry is %d, want %d", kind, h.Entries[0].Changeset.ID, done.Revision)
		}
		fields := map[string]string{}
		for _, ch := range h.Entries[0].Changes {
			if ch.Thing.Kind == "citation" && ch.Action == "changed" && ch.Thing.Name == "GCSC 5" {
				for _, f := range ch.Fields {
					fields[f.Field] = f.Before + " → " + f.After
				}
			}
		}
		want := map[string]string{
			"resolution": "ambiguous → resolved", "decided_by": " → Ada Editor", "note": " → an index one lower",
			"link": " → " + c.InitiativeTitle + " → GCSC norm 6",
		}
		if d := cmp.Diff(want, fields); d != "" {
			t.Errorf("%s: %s", kind, d)
		}
	}
}

func TestHistoryOfEveryKind(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	for kind, key := range map[string]string{"agreement": "gcsc", "organization": "microsoft", "source": "microsoft-bpf-2019",
		"initiative": "microsoft-cvd-policy", "principle": "gcsc@singapore-2018/5", "link": "1"} {
		h := read[norms.History](t)(s.History(t.Context(), kind, key, norms.Page{}))
		if h.Thing.Kind != kind || h.Thing.Key != key || len(h.Entries) != 1 || len(h.Entries[0].Changes) < 2 || h.Entries[0].Changes[0].Thing != h.Thing {
			t.Errorf("%s %s: %+v with %d entries", kind, key, h.Thing, len(h.Entries))
		}
	}
	for _, unknown := range [][2]string{{"agreement", "nothing"}, {"principle", "gcsc/99"}, {"principle", "manrs/1"}, {"principle", "x"}, {"link", "9999"}, {"link", "x"}, {"citation", "1"}} {
		_, err := s.History(t.Context(), unknown[0], unknown[1], norms.Page{})
		wantKind(t, fmt.Sprint(unknown), err, norms.NotFound)
	}
}

func TestWithdrawnThingsKeepTheirHistory(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	by := addAccount(t, s, account.Admin).Actor()
	done := apply(t, s, by, newInitiative("short-lived"))
	apply(t, s, by, norms.Revert{Changeset: done.Revision})
	h := read[norms.History](t)(s.History(t.Context(), "initiative", "short-lived", norms.Page{}))
	if len(h.Entries) != 2 || h.Thing.Name != "100% of _everything_" || h.Entries[0].Changes[0].Action != "withdrawn" {
		t.Errorf("%+v", h)
	}
}

// A history comes page by page, and of a large changeset the first rows.
func TestHistoryPageByPage(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	const many = norms.HistoryRowsEach + 5
	var initiatives, links []norms.Edit
	for i := range many {
		e := newInitiative(fmt.Sprint("many-", i))
		link := aLink("paris-call/4")
		link.Initiative = e.Slug
		initiatives, links = append(initiatives, e), append(links, link)
	}
	apply(t, s, by, initiatives...)
	large := apply(t, s, by, links...)
	later := apply(t, s, by, aLink("paris-call/4"))
	var revs []int64
	for page := (norms.Page{Limit: 1}); ; {
		h := read[norms.History](t)(s.History(t.Context(), "principle", "paris-call/4", page))
		if h.Total != 3 || h.Thing.Name != "Paris Call principle 4" || len(h.Entries) != 1 {
			t.Fatalf("%d changesets of %s, %d entries", h.Total, h.Thing.Name, len(h.Entries))
		}
		e := h.Entries[0]
		revs = append(revs, e.Changeset.ID)
		if e.Changeset.ID == large.Revision && (e.Rows != many || len(e.Changes) != norms.HistoryRowsEach) {
			t.Errorf("%d of %d rows of the large one", len(e.Changes), e.Rows)
		}
		if h.Next == nil {
			break
		}
		page.Cursor = *h.Next
	}
	if d := cmp.Diff([]int64{later.Revision, large.Revision, 1}, revs); d != "" {
		t.Error(d)
	}
	whole := read[norms.History](t)(s.History(t.Context(), "principle", "paris-call/4", norms.Page{}))
	if len(whole.Entries) != 3 || whole.Next != nil {
		t.Errorf("%d entries at once, then %v", len(whole.Entries), whole.Next)
	}
}
