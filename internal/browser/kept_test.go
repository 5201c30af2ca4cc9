package browser

import (
	"net/http"
	"testing"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp/kb"
)

// forget drops the tab's session, as time does, and returns its value.
func (b *tab) forget() (value string) {
	b.t.Helper()
	for _, c := range call(b, network.GetCookies, network.GetCookiesParams{}).Cookies {
		if c.Name == "__Host-session" {
			value = c.Value
		}
	}
	call(b, network.DeleteCookies, network.DeleteCookiesParams{Name: "__Host-session", URL: b.base})
	b.expect("the server responded with a status of 401")
	return value
}

// remember gives the tab a session, as signing in in another tab does.
func (b *tab) remember(value string) {
	b.t.Helper()
	call(b, network.SetCookie, network.SetCookieParams{Name: "__Host-session", Value: value, URL: b.base, Path: "/", Secure: new(true)})
}

func TestEnterInTheReasonSearchesNothing(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, scripts bool) {
		s := start(t)
		b := newTab(t, s, scripts)
		b.signIn(s.account("editor"))
		b.open("/initiatives/microsoft-newsguard/links/edit?agreement=paris-call").tick("checkbox", "Paris Call principle 4")
		b.fill("Rationale", "It names who is behind a site")
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
	b.signIn(s.account("editor"))
	b.open("/initiatives/microsoft-newsguard/links/edit?agreement=paris-call").tick("checkbox", "Paris Call principle 4")
	b.fill("Rationale", "It names who is behind a site").fill("Reason", "Read its web page")
	session := b.forget()
	b.fill("Number or words", "hack back")
	b.find("link", "Sign in in another tab")
	b.heading("Links of").says("Still chosen: paris-call/4")

	b.load(http.StatusUnauthorized, b.click(b.find("button", "Add the ticked links")))
	b.heading("You are signed out").says("It names who is behind a site")
	b.remember(session)
	b.press("Send it again").heading("NewsGuard").row("Paris Call principle 4", "It names who is behind a site")
}
