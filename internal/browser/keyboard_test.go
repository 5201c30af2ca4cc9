package browser

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// focused is the label or the words of what has the focus.
func (b *tab) focused() string {
	b.t.Helper()
	return eval[string](b, `(e => e.labels && e.labels.length ? e.labels[0].innerText : e.innerText)(document.activeElement)`)
}

// tabTo goes on with the tabulator until something so named has the focus.
func (b *tab) tabTo(name string) *tab {
	b.t.Helper()
	var passed []string
	for range 150 {
		b.keys(kb.Tab)
		at := b.focused()
		if strings.HasPrefix(flat(at), flat(name)) {
			return b
		}
		passed = append(passed, at)
	}
	b.t.Fatalf("the keyboard does not reach %q, only %q", name, passed)
	return b
}

// enter presses the key that sends a form or follows a link.
func (b *tab) enter() *tab {
	b.t.Helper()
	b.load(http.StatusOK, chromedp.KeyEvent(kb.Enter))
	return b
}

func TestSkipLinkComesFirst(t *testing.T) {
	t.Parallel()
	b := newTab(t, start(t), false)
	for _, path := range []string{"/", "/agreements/paris-call", "/gaps", "/login"} {
		b.open(path).keys(kb.Tab)
		if got := b.focused(); got != "Skip to the content" {
			t.Errorf("%s: the first stop is %q", path, got)
			continue
		}
		b.keys(kb.Enter)
		b.keys(kb.Tab)
		if !eval[bool](b, `!document.activeElement.closest("header, nav[aria-label=Breadcrumb]")`) {
			t.Errorf("%s: after skipping, the next stop is %q", path, b.focused())
		}
	}
}

func TestKeysAloneSignInAndLink(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, scripts bool) {
		s := start(t)
		b := newTab(t, s, scripts)
		email := s.account("editor")
		b.open("/initiatives/microsoft-newsguard").tabTo("Sign in").enter()
		b.tabTo("E-mail address").keys(email)
		b.tabTo("Password").keys(password)
		b.enter().heading("NewsGuard").tabTo("Add or withdraw curator's links").enter()
		b.tabTo("Number or words").keys("intellectual")
		if !scripts {
			b.enter().tabTo("Number or words")
		}
		b.find("checkbox", "Paris Call principle 4")
		b.tabTo("Paris Call principle 4").keys(" ")
		b.tabTo("Rationale").keys("It names who is behind a site")
		b.tabTo("Reason").keys("Read its web page")
		b.tabTo("Add the ticked links").enter()
		b.heading("NewsGuard").row("Paris Call principle 4", "It names who is behind a site")
	})
}
