package site

import (
	"net/http"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/page"
)

// proposed is the proposal to which a save leads.
func (a answer) proposed() string {
	a.t.Helper()
	to := a.status(http.StatusSeeOther).Header.Get("Location")
	if !strings.HasPrefix(to, "/proposals/") {
		a.t.Fatalf("what was saved leads to %q, want a proposal", to)
	}
	return to
}

func TestAContributorsGridIsProposed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Contributor)
	six, eight := h.cell("microsoft-newsguard", "paris-call/6"), h.cell("microsoft-newsguard", "paris-call/8")
	show := h.get(parisGrid).status(http.StatusOK).has("form#grid-form[data-proposes]", "What you save is proposed")
	texts := []string{"rationale", "It fits.", "reason", "A first pass"}
	sent := show.tick([]page.GridCell{six}, nil, texts...)
	h.post(parisGrid, append(sent, "step", "preview")...).status(http.StatusOK).has("#staged", "1 added")
	to := h.post(parisGrid, sent...).proposed()
	h.get(to).has("h1", "A first pass").has("#edit-1", "NewsGuard")
	again := h.get(parisGrid).has("select[name=into] option", "added to proposal")
	more := again.tick([]page.GridCell{eight}, nil, append(texts, "into", strings.TrimPrefix(to, "/proposals/"))...)
	if next := h.post(parisGrid, more...).proposed(); next != to {
		t.Errorf("what is added to %s leads to %s", to, next)
	}
	h.get(to).has("#edit-2", "NewsGuard")
	if links := h.curatorLinks("microsoft-newsguard"); len(links) != 0 {
		t.Errorf("a contributor's grid was published: %+v", links)
	}
}

func TestAnEditorsGridIsProposedByItsButton(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	cells := []page.GridCell{h.cell("microsoft-newsguard", "paris-call/6")}
	sent := h.get(parisGrid).has("#grid-form button[name=do][value=propose]", "Propose").tick(cells, nil, "rationale", "It fits.", "reason", "Look at this")
	h.post(parisGrid, append(sent, "do", "propose")...).proposed()
	if links := h.curatorLinks("microsoft-newsguard"); len(links) != 0 {
		t.Errorf("what was proposed is published: %+v", links)
	}
}

func TestBatchesAreProposed(t *testing.T) {
	t.Parallel()
	for role, with := range map[account.Role][]string{account.Contributor: {"step", "save"}, account.Editor: {"do", "propose"}} {
		h := newHouse(t)
		h.signIn(role)
		h.get("/initiatives").has("form#batch-initiative button", "With the ticked initiatives")
		show := h.post("/batch", pick("initiative", "/initiatives", "microsoft-newsguard", "microsoft-cvd-policy")...).status(http.StatusOK)
		h.post("/batch", append(show.typed("action", "status", "set_status", "ended"), with...)...).status(http.StatusUnprocessableEntity).has("#field-reason-problem", "say why")
		sent := show.typed("action", "status", "set_status", "ended", "reason", "They are over")
		h.post("/batch", append(sent, "step", "preview")...).status(http.StatusOK).has(".total", "2 will change")
		to := h.post("/batch", append(sent, with...)...).proposed()
		h.get(to).has("h1", "They are over").has("#edit-2", "ended")
		if i, err := h.store.Initiative(t.Context(), "microsoft-newsguard"); err != nil || i.Status == "ended" {
			t.Errorf("%s: what was proposed is published: %v %v", role, i.Status, err)
		}
	}
}

func TestARefusedFormStillSaysWhereItWasToBeStaged(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	to := h.proposes("title", "A better title", "reason", "as printed")
	h.signIn(account.Editor)
	mine := h.post(cvd, append(h.get(cvd).typed("title", "Another title", "reason", "by an editor"), "do", "propose")...).proposed()
	if mine == to {
		t.Fatal("an editor's proposal is the contributor's")
	}
	into := strings.TrimPrefix(mine, "/proposals/")
	a := h.post(cvd, h.get(cvd).typed("title", "", "into", into, "reason", "r")...).status(http.StatusUnprocessableEntity)
	if !a.page().Find("select[name=into] option[value='" + into + "']").Is("[selected]") {
		t.Error("the form would be published now")
	}
}

func TestTickedLinksAreAssessedInOnesName(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	by := h.signIn(account.Editor)
	claim := h.claim()
	h.get("/links").status(http.StatusOK).has("form#batch-link button[name=all]", "that the filter chooses").has("td input[form=batch-link]", "")
	show := h.post("/batch", "kind", "link", "from", "/links?origin=contributor", "filter", "principle=paris-call/1&origin=contributor", "all", "9").status(http.StatusOK)
	show.has(".choice", claim.InitiativeTitle)
	h.post("/batch", append(show.typed("action", "assess", "set_assess_view", "partly", "reason", "r"), "step", "save")...).
		status(http.StatusUnprocessableEntity).has("#field-set-assess-rationale-problem", "is missing")
	sent := show.typed("action", "assess", "set_assess_view", "partly", "set_assess_relation", "supports", "set_assess_strength", "indirect",
		"set_assess_rationale", "A part of it.", "reason", "r")
	h.post("/batch", append(sent, "step", "preview")...).status(http.StatusOK).has(".total", "will change")
	h.post("/batch", append(sent, "step", "save")...).leads(http.StatusSeeOther, "/links?origin=contributor")
	now := h.claim()
	if len(now.Assessments) != 1 || now.Assessments[0].Person != by.Name || now.Assessments[0].View != norms.Partly || now.Assessments[0].Rationale != "A part of it." {
		t.Errorf("assessments %+v", now.Assessments)
	}
	if now.ClaimDigest != claim.ClaimDigest || now.Version != claim.Version {
		t.Error("assessing changed the claim")
	}
	h.post("/batch", append(sent, "step", "save")...).status(http.StatusConflict).has(".errors", "already recorded")
}

func TestStatementsAndComparisonsAreWithdrawnTogether(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	for kind, list := range map[string]string{"statement": "/statements", "crosswalk": "/crosswalk"} {
		shown := h.get(list).status(http.StatusOK)
		ticks := shown.page().Find("input[form=batch-" + kind + "]")
		if ticks.Length() < 3 {
			t.Fatalf("%d rows of %s can be ticked", ticks.Length(), list)
		}
		keys := []string{ticks.Eq(0).AttrOr("value", ""), ticks.Eq(1).AttrOr("value", "")}
		show := h.post("/batch", pick(kind, list, keys...)...).status(http.StatusOK)
		h.post("/batch", append(show.typed("action", "withdraw", "reason", "r"), "step", "save")...).leads(http.StatusSeeOther, list)
		if left := h.get(list).page().Find("input[form=batch-" + kind + "]").Length(); left != ticks.Length()-2 {
			t.Errorf("%s: %d rows are left of %d", list, left, ticks.Length())
		}
		all := h.post("/batch", "kind", kind, "from", list, "filter", "", "all", "1").status(http.StatusOK)
		if n := all.page().Find("input[name=item]").Length(); n != ticks.Length()-2 {
			t.Errorf("%s: %d rows are chosen by no filter", list, n)
		}
	}
}
