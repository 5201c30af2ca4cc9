package site

import (
	"net/http"
	"strings"
	"testing"

	"normmap/internal/account"
)

// TestAWholeContributionIsProposed goes from an organization that nobody
// recorded to a link of its initiative, all in one proposal.
func TestAWholeContributionIsProposed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Contributor)
	form := h.get("/organizations/new")
	to := h.post("/organizations/new", form.typed("name", "Acme", "kind", "body", "reason", "their letter")...).status(http.StatusSeeOther).Header.Get("Location")
	h.get(to).has("#edit-1 a", "Add an initiative")
	form = h.get("/initiatives/new?organization=acme&reported_by=acme&into="+strings.TrimPrefix(to, "/proposals/")).
		has("select[name=organization] option[selected]", "Acme (proposed, no. ").has("select[name=into] option[selected]", "added to proposal")
	h.post("/initiatives/new", form.typed("title", "Acme reports", "kind", "policy", "status", "ongoing", "reason", "r", "into", "new")...).leads(http.StatusSeeOther, to)
	h.get(to).has("#edit-2 .tools", "Add a part").has("#edit-2 .passages a", "acme")
	links := to + "/edits/2/links"
	form = h.get(links).status(http.StatusOK).has("h1", "Acme reports")
	h.post(links, form.typed("step", "save", "principle", "tech-accord/1", "rationale", "It says so.", "relation", "supports", "reason", "r")...).leads(http.StatusSeeOther, to)
	h.get(to).has("#edit-3 .passages", "Acme reports")
	h.get(to + "/edits/1/links").status(http.StatusNotFound)
	cite := to + "/edits/2/cite"
	h.post(cite, h.get(cite).status(http.StatusOK).typed("source", "microsoft-bpf-2019", "text", "(Tech Accord, principle 1)", "reason", "r", "step", "read")...).
		status(http.StatusOK).has(".understood", "Tech Accord")
	h.signIn(account.Contributor) // another one
	h.get(links).status(http.StatusNotFound)
	h.get("/initiatives/new").has("select[name=organization]", "Microsoft")
	if strings.Contains(h.get("/initiatives/new").body, "Acme") {
		t.Error("another's proposal is among the choices")
	}
}
