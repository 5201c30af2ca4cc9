package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/internal/store/history"
)

func TestKindsAreTheTrackedTables(t *testing.T) {
	t.Parallel()
	_, pool := seeded(t)
	want := slices.Sorted(slices.Values(lines(t, connect(t, pool.Config().ConnString()), "select name from history.tracked")))
	if d := cmp.Diff(want, slices.Sorted(slices.Values(history.Kinds()))); d != "" {
		t.Errorf("kinds whose changes are not shown, or shown and not there: %s", d)
	}
}

// written is a record of six revisions.
func written(t *testing.T) *store.Store {
	t.Helper()
	s, pool := seeded(t)
	by := editor(t, pool)
	link := apply(t, s, by, aLink("paris-call/8"))
	apply(t, s, by, newInitiative("everything"))
	rewrite(t, pool, "update agreement set title = title || '!', version = 4 where slug = 'gcsc'")
	apply(t, s, by, norms.WithdrawLink{ID: link.IDs[0], Version: link.Revision})
	rewrite(t, pool, "update organization set slug = 'msft', version = 6 where slug = 'microsoft'")
	return s
}

func TestChangesAreChosen(t *testing.T) {
	t.Parallel()
	s := written(t)
	tests := map[norms.ChangeFilter][]int64{
		{}:           {6, 5, 4, 3, 2, 1},
		{Since: "4"}: {6, 5}, {Since: "2", Until: "4"}: {4, 3}, {Until: "1"}: {1}, {Since: "6"}: {}, {Since: "2001-09-09"}: {6, 5, 4, 3, 2, 1},
		{Since: "2999-01-01"}:           {},
		{Thing: "agreement/paris-call"}: {5, 2, 1}, {Thing: "principle/paris-call/8"}: {5, 2, 1}, {Thing: "principle/paris-call/9"}: {1},
		{Thing: "agreement/gcsc", Since: "1"}: {4}, {Thing: "organization/microsoft"}: {6, 5, 3, 2, 1}, {Thing: "organization/msft", Kind: "organization"}: {6, 1},
		{Thing: "element/human-rights"}: {1}, {Thing: "initiative/everything"}: {3}, {Thing: "source/microsoft-bpf-2019"}: {3, 1}, {Kind: "link"}: {5, 2, 1}, {Kind: "link", Until: "4", Since: "1"}: {2},
		{By: "seed files"}: {6, 4, 1}, {By: "ada EDITOR", Kind: "initiative"}: {3}, {By: "nobody"}: {},
	}
	for f, want := range tests {
		l := read[norms.ChangeList](t)(s.ChangesWhere(t.Context(), f, norms.Page{}))
		got := []int64{}
		for _, c := range l.Items {
			got = append(got, c.ID)
		}
		if d := cmp.Diff(want, got); d != "" || l.Total != len(want) {
			t.Errorf("%+v: total %d, %s", f, l.Total, d)
		}
		everyPage(t, fmt.Sprint(f), func(p norms.Page) (norms.List[norms.ChangesetRow], error) {
			l, err := s.ChangesWhere(t.Context(), f, p)
			return l.List, err
		}, func(c norms.ChangesetRow) string { return fmt.Sprint(c.ID) })
	}
	l := read[norms.ChangeList](t)(s.ChangesWhere(t.Context(), norms.ChangeFilter{Thing: "organization/microsoft", Since: "2", Until: "4"}, norms.Page{}))
	if l.Thing.Name != "Microsoft" || *l.Span != (norms.Span{Since: 2, Until: 4}) {
		t.Errorf("%+v %+v", l.Thing, l.Span)
	}
}

func TestWhatIsAskedAboutChangesMustMeanSomething(t *testing.T) {
	t.Parallel()
	s := written(t)
	tests := map[norms.ChangeFilter]norms.Kind{
		{Thing: "paris-call"}: norms.Invalid, {Thing: "link/7"}: norms.Invalid, {Thing: "principle/paris-call"}: norms.Invalid,
		{Kind: "account"}: norms.Invalid, {Since: "yesterday"}: norms.Invalid, {Until: "x"}: norms.Invalid, {Since: "4", Until: "2"}: norms.Invalid,
		{Since: "7"}: norms.NotFound, {Until: "99"}: norms.NotFound, {Until: "2001-09-09"}: norms.NotFound,
		{Thing: "agreement/nobody"}: norms.NotFound, {Thing: "principle/manrs/1"}: norms.NotFound,
	}
	for f, kind := range tests {
		_, err := s.ChangesWhere(t.Context(), f, norms.Page{})
		wantKind(t, fmt.Sprintf("%+v", f), err, kind)
	}
	_, err := s.Difference(t.Context(), norms.ChangeFilter{Until: "4"}, norms.Page{})
	wantKind(t, "a difference to nothing", err, norms.Invalid)
	_, err = s.Difference(t.Context(), norms.ChangeFilter{Since: "77"}, norms.Page{})
	wantKind(t, "a difference to what is not there", err, norms.NotFound)
}

func TestTheNetDifferenceBetweenTwoRevisions(t *testing.T) {
	t.Parallel()
	s := written(t)
	tests := map[norms.ChangeFilter][]string{
		{Since: "1", Until: "2"}:                                {"added link"},
		{Since: "1"}:                                            {"changed agreement gcsc", "changed organization msft", "added initiative everything", "added initiative_partner everything"},
		{Since: "1", Kind: "agreement"}:                         {"changed agreement gcsc"},
		{Since: "1", Thing: "agreement/paris-call"}:             {},
		{Since: "2", Thing: "agreement/paris-call"}:             {"withdrawn link"},
		{Since: "3", Until: "4", Thing: "agreement/gcsc"}:       {"changed agreement gcsc"},
		{Since: "2", Until: "2"}:                                {},
		{Since: "1", Thing: "initiative/everything", By: "Ada"}: {"added initiative everything", "added initiative_partner everything"},
	}
	for f, want := range tests {
		d := read[norms.Difference](t)(s.Difference(t.Context(), f, norms.Page{}))
		got := []string{}
		for _, c := range d.Items {
			word := c.Action + " " + c.Thing.Kind
			if c.Thing.Kind != "link" {
				word += " " + c.Thing.Key
			}
			got = append(got, word)
		}
		if diff := cmp.Diff(want, got); diff != "" || d.Total != len(want) {
			t.Errorf("%+v: total %d, %s", f, d.Total, diff)
		}
	}
	d := read[norms.Difference](t)(s.Difference(t.Context(), norms.ChangeFilter{Since: "1", Until: "5"}, norms.Page{}))
	title := norms.Changed{Field: "title", Before: d.Items[0].Fields[0].Before, After: d.Items[0].Fields[0].Before + "!"}
	if diff := cmp.Diff([]norms.Changed{title}, d.Items[0].Fields); diff != "" || title.Before == "" {
		t.Error(diff)
	}
	kinds := []norms.KindDifference{{Kind: "agreement", Changed: 1}, {Kind: "initiative", Added: 1}, {Kind: "initiative_partner", Added: 1}}
	if diff := cmp.Diff(kinds, d.Kinds); diff != "" {
		t.Error(diff)
	}
}

// From before the record began, the difference is everything there is, and the
// pages together are the whole.
func TestTheDifferenceFromNothingIsEverything(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	f := norms.ChangeFilter{Since: "2001-09-09", Thing: "agreement/paris-call"}
	all := everyPage(t, "paris call", func(p norms.Page) (norms.List[norms.Change], error) {
		d, err := s.Difference(t.Context(), f, p)
		return d.List, err
	}, func(c norms.Change) string { return fmt.Sprint(c.Thing.Kind, c.Thing.ID) })
	principles := 0
	for _, c := range all {
		if c.Action != "added" || c.Thing.Name == "" {
			t.Errorf("%+v", c)
		}
		if c.Thing.Kind == "principle" {
			principles++
		}
	}
	if principles != 9 {
		t.Errorf("%d principles, want the nine of the Paris Call", principles)
	}
	d := read[norms.Difference](t)(s.Difference(t.Context(), norms.ChangeFilter{Since: "2001-09-09"}, norms.Page{Limit: 1}))
	if want := count(t, pool, "select count(*) from history.changes(1)"); d.Total != want {
		t.Errorf("%d rows, want %d", d.Total, want)
	}
}

func TestWhatHappenedInTheWorld(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	all := read[[]norms.Happening](t)(s.Happenings(t.Context(), norms.HappeningFilter{Since: "2019"}))
	repealed := slices.ContainsFunc(all, func(h norms.Happening) bool { return h.Agreement == "nis-directive" && h.Kind == "repealed" })
	sorted := slices.IsSortedFunc(all, func(a, b norms.Happening) int { return cmpDates(a.On, b.On) })
	if !repealed || !sorted || len(all) < 5 {
		t.Errorf("repeal %v, in order %v: %+v", repealed, sorted, all)
	}
	for _, h := range all {
		if h.On < "2019" {
			t.Errorf("%s happened before", h.On)
		}
	}
	one := read[[]norms.Happening](t)(s.Happenings(t.Context(), norms.HappeningFilter{Since: "2018-11-12", Agreement: "paris-call"}))
	if len(one) == 0 || slices.ContainsFunc(one, func(h norms.Happening) bool { return h.Agreement != "paris-call" }) {
		t.Errorf("%+v", one)
	}
}

func cmpDates(a, b norms.Date) int { return strings.Compare(string(a), string(b)) }
