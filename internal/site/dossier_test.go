package site

import (
	"net/http"
	"testing"

	"normmap/internal/account"
	"normmap/web/href"
)

// Whoever answers for an organization finds there what waits, answers it, and
// then sees claim, assessment and answer together.
func TestADossierLeadsToWhatWaitsForAnAnswer(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	l := h.claim()
	h.signIn(account.Editor)
	form := href.AssessmentNew(l.ID)
	h.post(form, h.get(form).typed("assessor", "curator", "view", "disagrees", "rationale", "Too broad", "reason", "r")...).status(http.StatusSeeOther)
	dossier := href.Dossier("microsoft")
	h.get(href.Organization("microsoft")).has("main a[href='"+dossier+"']", "Dossier")
	h.get(dossier).status(http.StatusOK).has("article.assessment", "Too broad").has("#contested ~ table", "1 of 10").lacks("article.assessment a[href$='/answer']")

	h.speakFor(h.signIn(account.Contributor), "microsoft")
	h.get(href.Account()).has("main a[href='"+dossier+"']", "dossier")
	shown := h.get(dossier).status(http.StatusOK).has("#citations ~ table a[href$='/edit']", "Decide").has("#proposals ~ .none", "no open proposal")
	answer := shown.page().Find("article.assessment a[href$='/answer']").AttrOr("href", "")
	h.post(answer, h.get(answer).status(http.StatusOK).typed("text", "It is narrow enough.", "reason", "r")...).status(http.StatusSeeOther)
	h.get(dossier).status(http.StatusOK).has("#waiting ~ .none", "No assessment waits").has("td[data-label=Answers]", "It is narrow enough.").
		has("td[data-label=Assessments]", "Too broad")
}

// Others than the organization's own people and editors may not see it.
func TestADossierIsForTheOrganizationAndEditors(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	dossier := href.Dossier("microsoft")
	h.get(dossier).leads(http.StatusSeeOther, href.LoginNext(dossier))
	by := h.signIn(account.Contributor)
	h.get(dossier).status(http.StatusForbidden)
	h.get(href.Organization("microsoft")).lacks("main a[href='" + dossier + "']")
	h.speakFor(by, "cybersecurity-tech-accord")
	h.get(dossier).status(http.StatusForbidden).has("main", "another organization than cybersecurity-tech-accord")
	h.get(href.Organization("microsoft")).lacks("main a[href='" + dossier + "']")
	h.get(href.Dossier("cybersecurity-tech-accord")).status(http.StatusOK)
	h.signIn(account.Editor)
	h.queries.take()
	h.get(dossier).status(http.StatusOK)
	if n := len(h.queries.take()); n > maxStatements {
		t.Errorf("%d statements", n)
	}
}

// A dossier comes in parts, none of which leaves an initiative out or shows it
// twice.
func TestADossierGoesOn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	seen := map[string]bool{}
	address, parts := href.With(href.Dossier("microsoft"), "limit", "4"), 0
	for ; address != "" && parts < 50; parts++ {
		page := h.get(address).status(http.StatusOK).page()
		for _, a := range page.Find("#initiatives ~ h3 a").EachIter() {
			to := a.AttrOr("href", "")
			if seen[to] {
				t.Errorf("%s is shown twice", to)
			}
			seen[to] = true
		}
		address = page.Find(".more a").AttrOr("href", "")
	}
	d, err := h.store.Organization(t.Context(), "microsoft")
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range d.Initiatives {
		if !seen[href.Initiative(i.Slug)] {
			t.Errorf("%s is left out", i.Slug)
		}
	}
	if parts < 2 {
		t.Errorf("only %d parts", parts)
	}
}
