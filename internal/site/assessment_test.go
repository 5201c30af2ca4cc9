package site

import (
	"net/http"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// speakFor binds the account that is signed in to an organization, as an
// administrator does.
func (h *house) speakFor(by account.Actor, organization string) {
	h.t.Helper()
	const q = "update account set organization_id = (select id from organization where slug = $1) where id = $2"
	if _, err := h.pool.Exec(h.t.Context(), q, organization, by.ID); err != nil {
		h.t.Fatal(err)
	}
}

// claim is a counted link to Paris Call 1.
func (h *house) claim() norms.AssessedLink {
	h.t.Helper()
	list, err := h.store.Links(h.t.Context(), norms.LinkFilter{Principle: "paris-call/1", Origin: "contributor"}, norms.Page{Limit: 1})
	if err != nil {
		h.t.Fatal(err)
	}
	l, err := h.store.AssessedLink(h.t.Context(), list.Items[0].ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return l
}

func TestAssessAndAnswerALink(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	before := h.claim()
	page := "/links/" + number(before.ID)
	h.get(page).status(http.StatusOK).has("code.digest", before.ClaimDigest).has("#assessments ~ .none", "Nobody has recorded").has("q.printed", before.Reference)
	ada := h.signIn(account.Editor)
	form := page + "/assessments/new"
	refused := h.post(form, h.get(form).status(http.StatusOK).typed("assessor", "curator", "rationale", "Typed once", "reason", "r")...).status(http.StatusUnprocessableEntity)
	refused.has("textarea[name=rationale]", "Typed once")
	h.post(form, refused.typed("view", "disagrees", "relation", "no_relationship", "account", "1", "person", "Somebody else")...).
		leads(http.StatusSeeOther, page+"#assessments")
	shown := h.get(page).status(http.StatusOK).has("article.assessment.disagrees h3", "Ada editor disagrees").has("article.assessment", "Typed once").
		has("article.assessment", "Not answered by Microsoft").has("code.digest", before.ClaimDigest)
	change := shown.page().Find("article.assessment a[href$='/edit']").AttrOr("href", "")
	h.get(change).status(http.StatusOK).has("option[selected]", "disagrees")
	answer := strings.TrimSuffix(change, "edit") + "answer"
	h.get(answer).status(http.StatusForbidden)

	h.signIn(account.Editor) // another curator
	h.post(change, h.get(change).typed("view", "partly", "reason", "r")...).status(http.StatusForbidden)

	h.speakFor(h.signIn(account.Contributor), "cybersecurity-tech-accord")
	h.get(answer).status(http.StatusForbidden)
	h.speakFor(h.signIn(account.Contributor), "microsoft")
	h.get(page).has("article.assessment a.tool", "Answer")
	h.get("/").has(".who a[href$='microsoft/dossier#waiting']", "1 assessment waits for your answer")
	h.post(answer, h.get(answer).status(http.StatusOK).typed("text", "It was renewed for it.", "reason", "Our view")...).leads(http.StatusSeeOther, page+"#assessments")
	h.get(page).has(".answer h4", "Answer of Microsoft").has(".answer", "It was renewed for it.").has("code.digest", before.ClaimDigest)
	h.get(answer).status(http.StatusConflict).has("main a[href='"+page+"#assessments']", "See the assessment").lacks("main:contains('save once more')")
	h.post(answer, "text", "Once more", "version", "2", "reason", "r").status(http.StatusConflict)

	h.cookies = map[string]*http.Cookie{} // a visitor
	h.get("/initiatives/"+before.Initiative).has("a.assessed[href='"+page+"']", "disagreed 1 · answered")
	h.get("/agreements/paris-call/principles/1").has("a.assessed[href='"+page+"']", "disagreed 1 · answered").has(".states", "contested")
	h.get("/links?assessment=disagreed").status(http.StatusOK).has("a.assessed[href='"+page+"']", "disagreed 1").has(".total", "1 link")
	h.get(page+"/history").status(http.StatusOK).has("main", ada.Name).has("main", "Ada contributor")
	h.get(page+"?as_of=1").status(http.StatusOK).has("#assessments ~ .none", "Nobody has recorded")
	if d := h.claim().ClaimDigest; d != before.ClaimDigest {
		t.Errorf("the claim's digest is %s, was %s", d, before.ClaimDigest)
	}
}

func TestAWithdrawnLinkIsGone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	made := h.apply(norms.PutLink{Initiative: "microsoft-cvd-policy", Principle: "paris-call/8", Relation: "supports", Origin: "curator", Rationale: "A test."})
	page := "/links/" + number(made.IDs[0])
	said := h.apply(norms.PutAssessment{Link: made.IDs[0], Assessor: norms.ByThirdParty, Organization: "cybersecurity-tech-accord", View: norms.Agrees, Rationale: "So."})
	h.get(page).status(http.StatusOK)
	h.apply(norms.WithdrawLink{ID: made.IDs[0], Version: made.Revision})
	h.get(page).status(http.StatusGone)
	h.get(page+"?as_of="+number(said.Revision)).status(http.StatusOK).has("article.assessment.agrees", "So.")
	h.signIn(account.Editor)
	h.get(page + "/assessments/new").status(http.StatusGone)
	h.get("/assessments/" + number(said.IDs[0]) + "/edit").status(http.StatusGone)
	h.get("/assessments/9999/edit").status(http.StatusNotFound)
}

func TestLinksAreAListAsData(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.get("/links.json?assessment=unassessed&principle=paris-call/1").status(http.StatusOK).says(`"total":10`)
	h.get("/links.csv?agreement=gcsc").status(http.StatusOK).says("id,initiative,initiative_title")
	h.get("/links?assessment=liked").status(http.StatusUnprocessableEntity)
	h.get("/links?principle=paris-call/99").status(http.StatusUnprocessableEntity)
	h.get("/links?limit=5").status(http.StatusOK).has("a[rel=next]", "Next page")
	h.get("/links.json?assessment=disagreed&as_of=1").status(http.StatusOK).says(`"total":0`)
}
