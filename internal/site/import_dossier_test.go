package site

import (
	"net/http"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/web/href"
)

// A dossier that was downloaded, edited and pasted again is shown as what was
// changed in it, and proposed as that.
func TestAnEditedDossierIsSentBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsDocuments)
	h.signIn(account.Contributor)
	text := h.get(href.DossierFile("microsoft", "md")).body
	send := func(text, do string) answer {
		t.Helper()
		return h.upload("", "", "organization", "microsoft", "text", text, "reason", "It came by mail", "do", do)
	}
	send(text, "read").status(http.StatusOK).has("#found ~ h3", "0 changes").has("#found ~ p", "as of revision 1")
	send(text, "propose").status(http.StatusOK).has("#settled ~ p", "nobody changed anything in it")
	edited := strings.Replace(text, "**Digital Crimes Unit**", "**Unit against crime**", 1)
	send(edited, "read").status(http.StatusOK).has("ol.readings del", "Digital Crimes Unit").has("ol.readings ins", "Unit against crime")
	proposal := send(edited, "propose").status(http.StatusSeeOther).Header.Get("Location")
	h.get(proposal).status(http.StatusOK).has("main", "Unit against crime").has("section[aria-labelledby=elsewhere] del", "Digital Crimes Unit").lacks("section[aria-labelledby=besides] del")
	struck := strings.Replace(text, "Cybersecurity Tech Accord principle 1, Paris Call principles 1 and 5", "Cybersecurity Tech Accord principle 1, Paris Call principles 1 and 8", 1)
	cards := h.get(send(struck, "propose").status(http.StatusSeeOther).Header.Get("Location")).status(http.StatusOK).
		has("#elsewhere ~ .beside h3", "What a recorded citation means").has("#elsewhere ~ .beside ins", "set aside").has("#elsewhere ~ .beside ins", "(“Dossier of Microsoft as of revision 1, edited”)")
	if said := cards.page().Find("#elsewhere ~ .beside").Text(); strings.Contains(said, "Decided by") {
		t.Errorf("somebody is said to have decided what nobody has: %s", said)
	}
	h.upload("dossier.md", text, "organization", "cybersecurity-tech-accord", "reason", "r", "do", "propose").
		status(http.StatusUnprocessableEntity).has("main", "is the dossier of Microsoft (microsoft), not of Cybersecurity Tech Accord")
}
