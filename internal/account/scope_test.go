package account_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
)

func TestParseScopes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		in      []string
		want    account.Scopes
		problem string
	}{
		{[]string{"publish", "propose"}, "propose publish", ""},
		{[]string{"publish", "publish"}, "publish", ""},
		{nil, "", "is missing"},
		{[]string{"propose", "admin"}, "", `"admin" is none of`},
		{[]string{"publish propose"}, "", "is none of"},
	} {
		got, err := account.ParseScopes(test.in)
		checkParsed(t, strings.Join(test.in, ","), string(got), err, string(test.want), test.problem)
	}
}

// What a token may do is what both its scopes and its account's role allow.
func TestScopesNarrowTheRole(t *testing.T) {
	t.Parallel()
	actions := account.Actions()
	for _, test := range []struct {
		role   account.Role
		scopes account.Scopes
		want   []account.Action
	}{
		{account.Contributor, "propose publish", []account.Action{account.Read, account.ProposeEdits}},
		{account.Editor, "propose", []account.Action{account.Read, account.ProposeEdits}},
		{account.Editor, "publish", []account.Action{account.Read, account.EditMappings, account.RevertChangesets}},
		{account.Admin, "propose publish", []account.Action{account.Read, account.ProposeEdits, account.EditMappings, account.RevertChangesets, account.RevertSeeds}},
	} {
		by := account.Actor{ID: 1, Role: test.role, Scopes: test.scopes}
		var got []account.Action
		for _, a := range actions {
			if by.Can(a) {
				got = append(got, a)
			}
		}
		if d := cmp.Diff(test.want, got); d != "" {
			t.Errorf("%s by %q: %s", test.role, test.scopes, d)
		}
	}
	bound := account.Actor{ID: 1, Role: account.Contributor, OrganizationID: 3, Scopes: "publish"}
	if !bound.Can(account.AnswerForOrganization) {
		t.Error("a token that publishes cannot answer for the organization of its account")
	}
}
