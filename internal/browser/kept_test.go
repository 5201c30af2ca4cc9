package browser

import (
	"net/http"
	"testing"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp/kb"
)

// forget drops the tab's session, as time does.
func (b *tab) forget() {
	b.t.Helper()
	call(b, network.DeleteCookies, network.DeleteCookiesParams{Name: "__Host-session", URL: b.base})
	b.expect("the server responded with a status of 401")
}

func TestEnterInTheReasonSearchesNothing(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, scripts bool) {
		s := start(t)
		b := newTab(t, s, scripts)
		b.signIn(s.account("editor"))
		b.open("/initiatives/microsoft-newsguard/links/edit?agreement=paris-call").tick("checkbox", "Paris Call principle 4")
		b.choose("Relation", "supports").fill("Rationale", "It names who is behind a site")
		eval[bool](b, `window.stays = true`)
		call(b, dom.Focus, dom.FocusParams{BackendNodeID: b.find("textbox", "Reason").id})
		b.keys("Read its" + kb.Enter + "web page")
		if !eval[bool](b, `window.stays === true`) {
			t.Fatal("the enter key sent the form")
		}
		b.press("Add the ticked links").heading("NewsGuard").row("Paris Call principle 4", "It names who is behind a site")
		b.follow("History of this record").says("Read its web page")
	})
}

func TestSearchAfterTheSessionEndedStaysInItsForm(t *testing.T) {
	t.Parallel()
	s := start(t)
	b := newTab(t, s, true)
	email := s.account("editor")
	b.signIn(email)
	b.open("/initiatives/microsoft-newsguard/links/edit?agreement=paris-call").tick("checkbox", "Paris Call principle 4")
	b.choose("Relation", "supports").fill("Rationale", "It names who is behind a site").fill("Reason", "Read its web page")
	b.forget()
	b.fill("Number or words", "hack back")
	b.find("link", "Sign in in another tab")
	b.heading("Links of").says("Still chosen: paris-call/4")

	b.load(http.StatusUnauthorized, b.click(b.find("button", "Add the ticked links")))
	b.heading("You are signed out").says("It names who is behind a site")
	b.fill("E-mail address", email).fill("Password", password).press("Sign in and go on").heading("Links of").says("Nothing was saved yet")
	b.press("Add the ticked links").heading("NewsGuard").row("Paris Call principle 4", "It names who is behind a site")
}
