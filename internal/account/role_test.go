package account_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
)

// TestPermissions holds every action of every role against the list a reader
// of the handbook would write.
func TestPermissions(t *testing.T) {
	t.Parallel()
	all := []account.Role{account.Visitor, account.Contributor, account.Editor, account.Reviewer, account.Admin}
	want := map[account.Action][]bool{ //  visitor, contributor, editor, reviewer, admin
		account.Read:             {true, true, true, true, true},
		account.ManageOwnAccount: {false, true, true, true, true},
		account.ProposeEdits:     {false, true, true, true, true},
		account.EditMappings:     {false, false, true, true, true},
		account.RevertChangesets: {false, false, true, true, true},
		account.DecideProposals:  {false, false, false, true, true},
		account.RevertSeeds:      {false, false, false, false, true},

		account.AnswerForOrganization: {false, true, true, true, true}, // given an organization
		account.ReadDossiers:          {false, true, true, true, true}, // a contributor given an organization
		account.ManageAccounts:        {false, false, false, false, true},
	}
	got := map[account.Action][]bool{}
	for _, a := range account.Actions() {
		for _, r := range all {
			got[a] = append(got[a], r.Can(a))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("permissions (-want +got):\n%s", diff)
	}
}

func TestUnknownRoleCanDoNothing(t *testing.T) {
	t.Parallel()
	for _, r := range []account.Role{"root", "Admin", "admin ", "visitor", "ADMIN"} {
		for _, a := range account.Actions() {
			if r.Can(a) {
				t.Errorf("role %q can %q", string(r), a)
			}
		}
	}
}

func TestUnknownActionIsForEverybodyForbidden(t *testing.T) {
	t.Parallel()
	for _, r := range account.Roles() {
		if r.Can("delete everything") || r.Can("") {
			t.Errorf("%s can do what is not in the table", r)
		}
	}
}

func TestRolesIncludeEachOther(t *testing.T) {
	t.Parallel()
	order := append([]account.Role{account.Visitor}, account.Roles()...)
	for i, r := range order {
		for j, o := range order {
			if got, want := r.Includes(o), i >= j; got != want {
				t.Errorf("%s includes %s: %t, want %t", r, o, got, want)
			}
		}
		if r.Includes("root") {
			t.Errorf("%s includes an unknown role", r)
		}
	}
}

func TestParseRole(t *testing.T) {
	t.Parallel()
	for _, r := range account.Roles() {
		if got, err := account.ParseRole(string(r)); err != nil || got != r {
			t.Errorf("ParseRole(%q) = %q, %v", r, got, err)
		}
	}
	for _, s := range []string{"", "visitor", "Editor", " editor", "root"} {
		if got, err := account.ParseRole(s); err == nil || got != account.Visitor {
			t.Errorf("ParseRole(%q) = %q, %v; want an error", s, got, err)
		}
	}
	_, err := account.ParseRole("boss")
	if got, want := err.Error(), `"boss" is none of contributor, editor, reviewer, admin`; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
}
