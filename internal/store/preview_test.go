package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// TestPreviewTellsWhatApplyDoes holds the outcome of each edit against the
// changeset that applying them makes, and sees that looking changed nothing.
func TestPreviewTellsWhatApplyDoes(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	edits := []norms.Edit{
		norms.PutOrganization{Slug: "example-org", Name: "Example Org", Kind: "body", StakeholderGroup: "private_sector"},
		norms.PutInitiative{Slug: "example-work", Title: "Example work", Kind: "policy", Organization: "example-org", ReportedBy: "example-org", Status: "ongoing"},
		norms.PutLink{Initiative: "example-work", Principle: "paris-call/4", Relation: "supports", Origin: "curator", Rationale: "It says so."},
	}
	before := count(t, pool, "select max(id) from changeset")
	seen, err := s.Preview(t.Context(), by, edits)
	if err != nil {
		t.Fatal(err)
	}
	if after := count(t, pool, "select max(id) from changeset"); after != before {
		t.Errorf("looking moved the revision from %d to %d", before, after)
	}
	var previewed []string
	for i, o := range seen {
		if o.Problem != nil {
			t.Errorf("edit %d: %v", i, o.Problem)
		}
		for _, c := range o.Changes {
			previewed = append(previewed, c.Action+" "+c.Thing.Kind+" "+c.Thing.Name)
		}
	}
	done := apply(t, s, by, edits...)
	made, err := s.Changeset(t.Context(), done.Revision, norms.Page{})
	if err != nil {
		t.Fatal(err)
	}
	var applied []string
	for _, c := range made.Changes {
		applied = append(applied, c.Action+" "+c.Thing.Kind+" "+c.Thing.Name)
	}
	if diff := cmp.Diff(applied, previewed); diff != "" {
		t.Errorf("applied (-) and previewed (+):\n%s", diff)
	}
}

func TestPreviewSaysWhyAnEditCannotBeApplied(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	link := norms.PutLink{Initiative: firstInitiative(t, pool), Principle: "paris-call/4", Relation: "supports", Origin: "curator", Rationale: "It says so."}
	unknown, unread := link, link
	unknown.Principle, unread.Rationale = "paris-call/44", ""
	seen, err := s.Preview(t.Context(), by, []norms.Edit{unknown, link, unread, link})
	if err != nil {
		t.Fatal(err)
	}
	want := []norms.Kind{norms.Invalid, 0, norms.Invalid, norms.Conflict}
	for i, o := range seen {
		if got := kindOf(o.Problem); got != want[i] {
			t.Errorf("edit %d: kind %d (%v), want %d", i, got, o.Problem, want[i])
		}
		if (len(o.Changes) > 0) != (want[i] == 0) {
			t.Errorf("edit %d: %d rows would be written", i, len(o.Changes))
		}
	}
}

func kindOf(e *norms.Error) norms.Kind {
	if e == nil {
		return 0
	}
	return e.Kind
}

// TestPreviewOfRevertNamesWhatIsLeftAlone takes two links back of which one
// was changed since.
func TestPreviewOfRevertNamesWhatIsLeftAlone(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	first, second := aLink("paris-call/4"), aLink("paris-call/8")
	first.Initiative = firstInitiative(t, pool)
	second.Initiative = first.Initiative
	made := apply(t, s, by, first, second)
	second.ID, second.Version, second.Strength = made.IDs[1], made.Revision, "direct"
	apply(t, s, by, second)
	seen, err := s.Preview(t.Context(), by, []norms.Edit{norms.Revert{Changeset: made.Revision}})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(seen[0].Changes); n != 1 || seen[0].Changes[0].Action != "withdrawn" || seen[0].Changes[0].Thing.ID != made.IDs[0] {
		t.Errorf("it would write %+v, want link %d withdrawn", seen[0].Changes, made.IDs[0])
	}
	if len(seen[0].LeftAlone) != 1 || seen[0].LeftAlone[0].ID != made.IDs[1] {
		t.Errorf("left alone %+v, want link %d", seen[0].LeftAlone, made.IDs[1])
	}
}

func TestVisitorsMayNotPreview(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	if _, err := s.Preview(t.Context(), account.Actor{}, nil); norms.KindOf(err) != norms.Forbidden {
		t.Errorf("a visitor's preview gave %v, want Forbidden", err)
	}
}
