package store_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/internal/store/schema"
)

// imported is a batch as an import brings it: so many initiatives, each with a
// curator's link. Each edit writes one row.
func imported(initiatives int) []norms.Edit {
	var edits []norms.Edit
	for i := range initiatives {
		e := newInitiative(fmt.Sprintf("import-%d", i))
		e.Partners = nil
		edits = append(edits, e)
	}
	for i := range initiatives {
		l := aLink("paris-call/6")
		l.Initiative = fmt.Sprintf("import-%d", i)
		edits = append(edits, l)
	}
	return edits
}

// intact fails the test unless the hashes of all changesets follow from each
// other and every row is what its history says.
func intact(t *testing.T, s *store.Store) {
	t.Helper()
	if c := read[schema.Chain](t)(s.Chain(t.Context())); c.Broken != 0 {
		t.Errorf("the chain is broken at changeset %d", c.Broken)
	}
	if flaws := read[[]schema.Flaw](t)(s.Flaws(t.Context())); len(flaws) > 0 {
		t.Errorf("history does not bear out: %v", flaws)
	}
}

// editedByHand changes the initiatives import-0, import-1 and import-2.
func editedByHand(t *testing.T, s *store.Store, by account.Actor, version int64) {
	t.Helper()
	for i := range 3 {
		e := newInitiative(fmt.Sprintf("import-%d", i))
		e.Partners, e.Version, e.Summary = nil, version, "By hand."
		apply(t, s, by, e)
	}
}

const importedRows = `select (select count(*) from initiative where slug like 'import-%') + (select count(*) from link l join initiative i on i.id = l.initiative_id where i.slug like 'import-%')`

func TestAnImportOfAThousandEditsIsTakenBackButForWhatWasEditedByHand(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	done := apply(t, s, by, imported(500)...)
	editedByHand(t, s, by, done.Revision)
	back := apply(t, s, by, norms.Revert{Changeset: done.Revision})
	if n := count(t, pool, importedRows); n != 3 {
		t.Errorf("%d rows of the import are left, want the 3 that were edited by hand", n)
	}
	var names []string
	for _, c := range back.Conflicts {
		names = append(names, c.Kind+" "+c.Key)
	}
	slices.Sort(names)
	if want := []string{"initiative import-0", "initiative import-1", "initiative import-2"}; !slices.Equal(names, want) {
		t.Errorf("reported as left alone: %v, want %v", names, want)
	}
	c := read[norms.Changeset](t)(s.Changeset(t.Context(), back.Revision, norms.Page{}))
	if c.Rows != 997 {
		t.Errorf("taking it back wrote %d rows, want 997", c.Rows)
	}
	if left := read[[]norms.Thing](t)(s.LeftAlone(t.Context(), c.ChangesetRow)); !cmp.Equal(left, back.Conflicts) {
		t.Errorf("told later as left alone: %s", cmp.Diff(back.Conflicts, left))
	}
	intact(t, s)
	apply(t, s, by, norms.Revert{Changeset: back.Revision})
	if n := count(t, pool, importedRows); n != 1000 {
		t.Errorf("%d rows of the import after taking the taking back back, want all", n)
	}
	if n := count(t, pool, "select count(*) from initiative where summary = 'By hand.'"); n != 3 {
		t.Errorf("%d rows are as edited by hand, want 3", n)
	}
	intact(t, s)
}

func TestWhatWasEditedByHandKeepsWhatItRestsOn(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	done := apply(t, s, by, imported(10)...)
	l := aLink("paris-call/6")
	l.Initiative, l.ID, l.Version, l.Rationale = "import-0", done.IDs[10], done.Revision, "By hand."
	apply(t, s, by, l)
	sub := newInitiative("part-of-import-1")
	sub.Parent = "import-1"
	apply(t, s, by, sub)
	back := apply(t, s, by, norms.Revert{Changeset: done.Revision})
	left := map[string]bool{}
	for _, c := range back.Conflicts {
		left[c.Kind+" "+c.Name] = true
	}
	want := map[string]bool{"initiative 100% of _everything_": true, "link 100% of _everything_ → Paris Call principle 6": true}
	if len(back.Conflicts) != 3 || !maps.Equal(left, want) {
		t.Errorf("left alone: %+v; want a link, its initiative and the initiative with a later part", back.Conflicts)
	}
	intact(t, s)
}

func TestPartsOfWhatIsLeftAloneStayWithIt(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	done := apply(t, s, by, newInitiative("import-0"), newInitiative("import-1"))
	e := newInitiative("import-0")
	e.Version, e.Summary = done.Revision, "By hand."
	apply(t, s, by, e)
	apply(t, s, by, norms.Revert{Changeset: done.Revision})
	const partners = "select count(*) from initiative_partner p join initiative i on i.id = p.initiative_id where i.slug = 'import-0'"
	if n := count(t, pool, partners); n != 1 {
		t.Errorf("%d partners of what was edited by hand, want its one", n)
	}
}

func TestWhatCannotComeBackIsLeftAlone(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	made := apply(t, s, by, imported(2)...)
	gone := apply(t, s, by, norms.WithdrawLink{ID: made.IDs[2], Version: made.Revision}, norms.WithdrawLink{ID: made.IDs[3], Version: made.Revision})
	withdraw(t, pool, "import-0")
	back := apply(t, s, by, norms.Revert{Changeset: gone.Revision})
	if len(back.Conflicts) != 1 || back.Conflicts[0].ID != made.IDs[2] {
		t.Errorf("left alone: %+v; want the link whose initiative is gone", back.Conflicts)
	}
	if n := count(t, pool, importedRows); n != 2 {
		t.Errorf("%d rows, want the other initiative and its link", n)
	}
	intact(t, s)
}

// withdraw takes an initiative back on which nothing rests.
func withdraw(t *testing.T, pool *pgxpool.Pool, slug string) {
	t.Helper()
	rewrite(t, pool, "delete from initiative where slug = '"+slug+"'")
}
