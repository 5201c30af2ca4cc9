package href_test

import (
	"testing"

	"normmap/internal/norms"
	"normmap/web/href"
)

func TestAddresses(t *testing.T) {
	t.Parallel()
	tests := []struct{ got, want string }{
		{href.Principle("paris-call/5"), "/agreements/paris-call/principles/5"},
		{href.Principle("gcsc@final-2019/6"), "/agreements/gcsc/editions/final-2019/principles/6"},
		{href.Principle("un-norms/13-f"), "/agreements/un-norms/principles/13-f"},
		{href.Principle("not a ref"), "/agreements"},
		{href.PrincipleLinksEdit("manrs@ixps/2-1"), "/agreements/manrs/editions/ixps/principles/2-1/links/edit"},
		{href.PrincipleHistory("paris-call/1"), "/agreements/paris-call/principles/1/history"},
		{href.Edition("manrs", "ixps"), "/agreements/manrs/editions/ixps"},
		{href.Organization("microsoft"), "/organizations/microsoft"},
		{href.AdherenceNew("microsoft"), "/organizations/microsoft/adherences/new"},
		{href.Statement(12), "/statements/12"},
		{href.StatementEdit(12), "/statements/12/edit"},
		{href.CrosswalkOf("paris-call/2"), "/crosswalk?principle=paris-call%2F2"},
		{href.CitedTogether(), "/crosswalk/cited-together"},
		{href.AdherenceEdit(4), "/adherences/4/edit"},
		{href.InitiativeLinksEdit("cvd"), "/initiatives/cvd/links/edit"},
		{href.PrincipleEdit("gcsc@final-2019/6"), "/agreements/gcsc/editions/final-2019/principles/6/edit"},
		{href.PrincipleList("manrs", "ixps"), "/agreements/manrs/editions/ixps/principles/new/list"},
		{href.PartNew("cvd", "microsoft", "", "letter"), "/initiatives/new?organization=microsoft&parent=cvd&source=letter"},
		{href.ChangesetRevert(12), "/changesets/12/revert"},
		{href.Source("a/b"), "/sources/a%2Fb"},
		{href.LoginNext("/initiatives/new?x=1"), "/login?next=%2Finitiatives%2Fnew%3Fx%3D1"},
		{href.APILink(7), "/api/v1/links/7"},
		{href.APIChangeset(7), "/api/v1/changesets/7"},
		{href.APIProposal(7), "/api/v1/proposals/7"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("address %q, want %q", tt.got, tt.want)
		}
	}
}

func TestDataAddressesKeepTheQuery(t *testing.T) {
	t.Parallel()
	list := href.With(href.Initiatives(), "status", "planned", "q", "", "organization", "microsoft")
	tests := []struct{ got, want string }{
		{list, "/initiatives?organization=microsoft&status=planned"},
		{href.JSON(list), "/initiatives.json?organization=microsoft&status=planned"},
		{href.CSV(href.Gaps()), "/gaps.csv"},
		{href.JSON(href.Home()), "/index.json"},
		{href.With(href.Gaps(), "q", ""), "/gaps"},
		{href.With("/a?b=c", "d", "e f"), "/a?b=c&d=e+f"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("address %q, want %q", tt.got, tt.want)
		}
	}
}

func TestThingWithoutAPageHasNoAddress(t *testing.T) {
	t.Parallel()
	tests := []struct {
		thing norms.Thing
		want  string
	}{
		{norms.Thing{Kind: "principle", Key: "paris-call/5"}, "/agreements/paris-call/principles/5"},
		{norms.Thing{Kind: "initiative", Key: "cvd"}, "/initiatives/cvd"},
		{norms.Thing{Kind: "link", ID: 4, Key: "4"}, "/links/4"},
		{norms.Thing{Kind: "answer", ID: 7, Key: "4"}, "/links/4"},
		{norms.Thing{Kind: "cell_review", ID: 4, Key: "paris-call/5"}, "/agreements/paris-call/principles/5#cells"},
		{norms.Thing{Kind: "citation", ID: 4, Key: "4"}, ""},
		{norms.Thing{Kind: "organization"}, ""},
	}
	for _, tt := range tests {
		if got := href.Thing(tt.thing); got != tt.want {
			t.Errorf("Thing(%+v) = %q, want %q", tt.thing, got, tt.want)
		}
	}
}
