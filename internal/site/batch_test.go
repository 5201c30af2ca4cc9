package site

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// pick is what the batch form of a list sends with some rows ticked.
func pick(kind, from string, keys ...string) []string {
	out := []string{"kind", kind, "from", from}
	for _, k := range keys {
		out = append(out, "item", k)
	}
	return out
}

func TestBatchSetsOneFieldOfTickedInitiatives(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	list := h.get("/initiatives").status(http.StatusOK)
	if n := list.page().Find("input[form=batch-initiative][name=item]").Length(); n < 10 {
		t.Fatalf("%d rows can be ticked", n)
	}
	before, err := h.store.Initiative(t.Context(), "microsoft-newsguard")
	if err != nil {
		t.Fatal(err)
	}
	show := h.post("/batch", pick("initiative", "/initiatives", "microsoft-newsguard", "microsoft-cvd-policy")...).status(http.StatusOK)
	show.has("h1", "With the ticked initiatives").has(".choice", before.Title)
	asked := show.typed("action", "status", "set_status", "ended", "set_heading", "not chosen")
	h.post("/batch", append(asked, "step", "preview")...).status(http.StatusOK).has(".total", "2 will change").has("ins", "ended")
	h.post("/batch", append(asked, "step", "save")...).status(http.StatusUnprocessableEntity).has("#field-reason-problem", "say why")
	h.post("/batch", append(show.typed("action", "status", "set_status", "ended", "reason", "They are over"), "step", "save")...).leads(http.StatusSeeOther, "/initiatives")
	after, err := h.store.Initiative(t.Context(), "microsoft-newsguard")
	if err != nil {
		t.Fatal(err)
	}
	if after.Status != "ended" || after.Version != 2 || after.Title != before.Title || after.Heading != before.Heading || len(after.Partners) != len(before.Partners) {
		t.Errorf("after: %+v", after)
	}
}

func TestBatchSavesNothingOverWhatSomeoneElseChanged(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	made := h.apply(curatorLink("microsoft-newsguard", "paris-call/4"), curatorLink("microsoft-newsguard", "paris-call/8"))
	keys := []string{number(made.IDs[0]), number(made.IDs[1])}
	show := h.post("/batch", pick("link", "/initiatives/microsoft-newsguard", keys...)...).status(http.StatusOK)
	theirs := curatorLink("microsoft-newsguard", "paris-call/4")
	theirs.ID, theirs.Version, theirs.Rationale = made.IDs[0], made.Revision, "Their words"
	h.apply(theirs)
	texts := []string{"action", "strength", "set_strength", "direct", "reason", "r"}
	a := h.post("/batch", append(show.typed(texts...), "step", "save")...).status(http.StatusConflict)
	a.has(".errors", "1 thing was changed by someone else").has(".choice .problem", "Someone else changed this")
	h.post("/batch", append(a.typed(texts...), "step", "save")...).leads(http.StatusSeeOther, "/initiatives/microsoft-newsguard")
	links := h.curatorLinks("microsoft-newsguard")
	if len(links) != 2 || links[0].Strength != "direct" || links[1].Strength != "direct" || links[0].Rationale != "Their words" {
		t.Errorf("links %+v", links)
	}
	withdrawn := h.post("/batch", pick("link", "https://elsewhere.example/", keys...)...)
	h.post("/batch", append(withdrawn.typed("action", "withdraw", "reason", "r"), "step", "save")...).leads(http.StatusSeeOther, "/")
	if left := h.curatorLinks("microsoft-newsguard"); len(left) != 0 {
		t.Errorf("left %+v", left)
	}
}

func TestBatchLeavesContributorsLinksAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	own := h.contributorLink()
	show := h.post("/batch", pick("link", "/", number(own.ID), "999999", "x")...).status(http.StatusOK).has(".problem", "2 of the ticked things are not recorded")
	for _, action := range []string{"withdraw", "relation"} {
		sent := show.typed("action", action, "set_relation", "contrary", "reason", "r")
		h.post("/batch", append(sent, "step", "preview")...).has(".choice .problem", "contributor's own link").has(".total", "1 cannot be changed")
		h.post("/batch", append(sent, "step", "save")...).status(http.StatusConflict).has(".errors", "contributor's own link")
	}
	if l, err := h.store.Link(t.Context(), own.ID); err != nil || l.Version != own.Version {
		t.Errorf("the contributor's link is %+v, %v", l, err)
	}
}

func TestBatchTakesAllThatAFilterChooses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	h.get("/initiatives?status=ongoing").has("form#batch-initiative", "that the filter chooses")
	all := h.post("/batch", "kind", "initiative", "from", "/initiatives", "filter", "q=newsguard", "all", "1").status(http.StatusOK)
	if n := all.page().Find("input[name=item]").Length(); n != 1 {
		t.Errorf("%d initiatives are about NewsGuard", n)
	}
	h.post("/batch", "kind", "initiative", "filter", "status=no-such", "all", "1").status(http.StatusUnprocessableEntity)
	h.post("/batch", "kind", "initiative").leads(http.StatusSeeOther, "/")
	h.get("/").has(".notice", "Nothing is ticked")
	h.post("/batch", "kind", "account", "item", "1").status(http.StatusBadRequest)
	var edits []norms.Edit
	for i := range norms.MaxBatch + 1 {
		edits = append(edits, norms.PutOrganization{Slug: fmt.Sprintf("many-%d", i), Name: fmt.Sprintf("Many %d", i), Kind: "body"})
	}
	h.apply(edits...)
	h.post("/batch", "kind", "organization", "from", "/organizations", "filter", "q=Many", "all", "1001").leads(http.StatusSeeOther, "/organizations")
	h.get("/organizations").has(".notice", "At most 1000 things")
	h.apply(norms.Withdraw{Kind: "organization", Key: "many-0", Version: 2})
	show := h.post("/batch", "kind", "organization", "from", "/organizations", "filter", "q=Many", "all", "1000").status(http.StatusOK)
	h.post("/batch", append(show.typed("action", "stakeholder_group", "set_stakeholder_group", "private_sector", "reason", "r"), "step", "save")...).leads(http.StatusSeeOther, "/organizations")
}

func TestOtherKindsAreChangedInBatches(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	cite, adherence := h.ambiguous(), h.adherence()
	show := h.post("/batch", pick("citation", "/gaps", number(cite.ID))...).status(http.StatusOK)
	h.post("/batch", append(show.typed("action", "set_aside", "reason", "r"), "step", "preview")...).status(http.StatusUnprocessableEntity).has(".problem", "is missing")
	h.post("/batch", append(show.typed("action", "set_aside", "set_set_aside", "Too vague", "reason", "r"), "step", "save")...).leads(http.StatusSeeOther, "/gaps")
	show = h.post("/batch", pick("adherence", "/organizations/microsoft", number(adherence.ID))...).status(http.StatusOK)
	h.post("/batch", append(show.typed("action", "since", "set_since", "soon", "reason", "r"), "step", "save")...).status(http.StatusUnprocessableEntity)
	h.post("/batch", append(show.typed("action", "since", "set_since", "2018-11", "reason", "r"), "step", "save")...).leads(http.StatusSeeOther, "/organizations/microsoft")
	if c, err := h.store.Citation(t.Context(), cite.ID); err != nil || c.Resolution != "set_aside" || c.Note != "Too vague" {
		t.Errorf("citation %+v, %v", c, err)
	}
	if a := h.adherence(); a.ID == adherence.ID && (a.Since != "2018-11" || a.Source != adherence.Source) {
		t.Errorf("adherence %+v", a)
	}
}

// Sources, elements and agreements are withdrawn together from their lists, and
// the notice leads to where all of them come back.
func TestWhatIsWithdrawnTogetherComesBackTogether(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	h.apply(norms.PutSource{Slug: "memo-1", Title: "Memo 1", Kind: "web_page", Exhaustiveness: "unknown"},
		norms.PutSource{Slug: "memo-2", Title: "Memo 2", Kind: "web_page", Exhaustiveness: "unknown"},
		norms.PutElement{Slug: "memory", Number: 900, Title: "Memory", Summary: "Memos"})
	for kind, list := range map[string]string{"source": "/sources", "element": "/elements", "agreement": "/agreements"} {
		h.get(list).status(http.StatusOK).has("form#batch-"+kind, "With the ticked").has("input[form=batch-"+kind+"][name=item]", "")
	}
	h.post("/batch", "kind", "source", "from", "/sources", "filter", "q=Memo", "all", "2").status(http.StatusOK).has(".choice", "Memo 1").has(".choice", "Memo 2")
	for kind, keys := range map[string][]string{"source": {"memo-1", "memo-2"}, "element": {"memory"}} {
		show := h.post("/batch", pick(kind, "/sources", keys...)...).status(http.StatusOK)
		h.post("/batch", append(show.typed("action", "withdraw", "reason", "r"), "step", "save")...).leads(http.StatusSeeOther, "/sources")
		notice := h.get("/sources").has(".notice", "restores all that was withdrawn")
		address := "/" + kind + "s/" + keys[0]
		h.get(address).status(http.StatusGone)
		revert := notice.page().Find(".notice a[href$='/revert']").AttrOr("href", "")
		h.post(revert, h.get(revert).typed("reason", "r")...).status(http.StatusSeeOther)
		h.get(address).status(http.StatusOK)
	}
	show := h.post("/batch", pick("agreement", "/agreements", "paris-call")...).status(http.StatusOK)
	h.post("/batch", append(show.typed("action", "withdraw", "reason", "r"), "step", "preview")...).has(".choice .problem", "").has(".total", "1 cannot be changed")
}

func TestVisitorsTickNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, page := range []string{"/initiatives", "/organizations", "/sources", "/elements", "/agreements", "/gaps", "/agreements/paris-call"} {
		if n := h.get(page).page().Find("input[name=item], form.with-ticked").Length(); n != 0 {
			t.Errorf("%s shows %d things to tick to visitors", page, n)
		}
	}
	if a := h.post("/batch", pick("initiative", "/", "microsoft-newsguard")...); !slices.Contains([]int{http.StatusUnauthorized, http.StatusSeeOther}, a.StatusCode) {
		t.Errorf("a visitor's batch answers %d", a.StatusCode)
	}
}
