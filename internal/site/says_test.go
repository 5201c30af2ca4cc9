package site

import (
	"net/http"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
)

func TestStatementIsAddedThroughTheForm(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	const add = "/statements/new?element=human-rights"
	form := h.get(add).status(http.StatusOK).typed()
	h.post("/statements/new", form...).status(http.StatusUnprocessableEntity).has("#field-title-problem", "is missing").
		has("#field-stance-problem", "is missing").has("#field-reason-problem", "say why")
	form = h.get(add).typed("kind", "position", "title", "Rights hold online", "organization", "microsoft", "question", "3", "stance", "for",
		"summary", "Agreements should say that rights hold online.", "source", "microsoft-bpf-2019", "reason", "read it")
	h.post("/statements/new", form...).leads(http.StatusSeeOther, "/elements/human-rights#statements")
	h.get("/elements/human-rights").status(http.StatusOK).has("section[aria-labelledby=statements] th", "Rights hold online").
		has("section[aria-labelledby=statements] th", "Position · for it · question 3")
	if before := h.get("/elements/human-rights?as_of=1").status(http.StatusOK).page(); before.Find("section[aria-labelledby=statements]").Length() != 0 {
		t.Error("the element has statements before there were any")
	}
	h.get("/changesets/2").status(http.StatusOK).has("main a[href^='/statements/']", "Microsoft: Rights hold online")
	if got := h.stats(); got.Links != 34 {
		t.Errorf("%d links", got.Links)
	}
}

func TestStatementIsChangedAndWithdrawn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	const edit = "/statements/1/edit"
	form := h.get(edit).status(http.StatusOK).typed("stance", "qualified", "question", "", "reason", "read again")
	h.post(edit, form...).leads(http.StatusSeeOther, "/elements/multi-stakeholderism#statements")
	h.get("/statements/1").status(http.StatusOK).has(".kicker", "Position · for it in part or otherwise").has("q", "ought to be reflected")
	h.post(edit, form...).status(http.StatusConflict).has(".clash", "This is saved already")
	h.post(edit, h.get(edit).typed("do", "withdraw", "reason", "wrong")...).leads(http.StatusSeeOther, "/elements/multi-stakeholderism")
	h.get("/statements/1").status(http.StatusGone)
	h.get("/statements/1?as_of=1").status(http.StatusOK).has("h1", "Multistakeholder input")
}

func TestStatementsAsTables(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if lines := strings.Count(h.get("/statements.csv?stance=against").status(http.StatusOK).body, "\r\n"); lines != 2 {
		t.Errorf("the table has %d lines, want a head and one statement", lines)
	}
	h.get("/statements?stance=gentle").status(http.StatusUnprocessableEntity).says("for, qualified, against, neutral")
	h.get("/statements?element=humour").status(http.StatusUnprocessableEntity)
	h.get("/statements.json?question=none").status(http.StatusOK).says(`"total":0`)
	h.get("/organizations/microsoft").has("section[aria-labelledby=statements] h2", "Statements")
	if h.get("/sources/microsoft-norms-paper").status(http.StatusOK).page().Find("#statements").Length() != 0 {
		t.Error("a source without statements has a section for them")
	}
}

func TestComparisonIsAddedChangedAndWithdrawn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	form := h.get("/crosswalk/new?subject=paris-call%2F4").status(http.StatusOK).typed("relation", "subset_of", "object", "gcsc/3",
		"rationale_kind", "semantic", "rationale", "It is a part.", "origin", "curator", "confidence", "known", "reason", "compared")
	h.post("/crosswalk/new", form...).leads(http.StatusSeeOther, "/agreements/paris-call/principles/4")
	h.get("/agreements/paris-call/principles/4").has("section[aria-labelledby=alike] th", "is a subset of GCSC norm 3")
	h.get("/agreements/gcsc/principles/3").has("section[aria-labelledby=alike] th", "is a superset of Paris Call principle 4")
	h.get("/crosswalk?agreement=gcsc&agreement=paris-call&relation=superset_of").has("main h2", "GCSC and Paris Call").
		has("table td", "is a superset of Paris Call principle 4")
	rows, err := h.store.Crosswalk(t.Context(), norms.CrosswalkFilter{PairFilter: norms.PairFilter{Principle: "paris-call/4"}}, norms.Page{})
	if err != nil || len(rows.Items) != 1 {
		t.Fatalf("recorded: %+v, %v", rows, err)
	}
	edit := "/crosswalk/" + number(rows.Items[0].ID) + "/edit"
	h.post(edit, h.get(edit).status(http.StatusOK).typed("relation", "equal", "reason", "r")...).status(http.StatusSeeOther)
	h.get("/agreements/gcsc/principles/3").has("section[aria-labelledby=alike] th", "is equal to Paris Call principle 4")
	h.post(edit, h.get(edit).typed("do", "withdraw", "reason", "r")...).leads(http.StatusSeeOther, "/agreements/paris-call/principles/4")
	h.get(edit).status(http.StatusGone)
	h.get("/agreements/gcsc/principles/3?as_of=2").status(http.StatusOK).has("section[aria-labelledby=alike] th", "is a superset of Paris Call principle 4")
	h.post("/crosswalk/new", form...).status(http.StatusSeeOther)
	h.post("/crosswalk/new", form...).status(http.StatusConflict).has("#field-object-problem", "already")
}

func TestCitedTogetherIsShownApart(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.get("/agreements/tech-accord/principles/1").has("section[aria-labelledby=cited-with] tr", "Paris Call principle 1").page()
	if one.Find("section[aria-labelledby=alike]").Length() != 0 {
		t.Error("what is cited together is shown as alike")
	}
	if first := h.get("/crosswalk").page().Find("section[aria-labelledby=cited-together] tbody tr").First().Text(); !strings.Contains(first, "Tech Accord principle 1") {
		t.Errorf("the first pair is %q", first)
	}
	csv := h.get("/crosswalk/cited-together.csv?agreement=tech-accord&agreement=paris-call").status(http.StatusOK).body
	if !strings.Contains(csv, "tech-accord/1,") || strings.Contains(csv, "gcsc") {
		t.Errorf("the table is\n%.500s", csv)
	}
	h.get("/crosswalk?agreement=a&agreement=b&agreement=c").status(http.StatusUnprocessableEntity).says("a pair has two")
}
