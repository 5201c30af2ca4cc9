package browser

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// focused is the label or the words of what has the focus.
func (b *tab) focused() string {
	b.t.Helper()
	return eval[string](b, `(e => e.labels && e.labels.length ? e.labels[0].innerText : e.innerText)(document.activeElement)`)
}

// mostStops is more than any page has before what a test looks for.
const mostStops = 500

// tabTo goes on with the tabulator until something so named has the focus,
// which must be seen.
func (b *tab) tabTo(name string) *tab {
	b.t.Helper()
	var passed []string
	for range mostStops {
		b.keys(kb.Tab)
		at := b.focused()
		if strings.HasPrefix(flat(at), flat(name)) {
			if why := b.unseenFocus(); why != "" {
				b.t.Errorf("%s: the focus on %q is not seen: %s", b.path(), name, why)
			}
			return b
		}
		passed = append(passed, at)
	}
	b.t.Fatalf("the keyboard does not reach %q, only %q", name, passed)
	return b
}

// unseenFocus says why one does not see what has the focus, once the page has
// scrolled there.
func (b *tab) unseenFocus() (why string) {
	b.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if why = eval[string](b, hidden+`(document.activeElement)`); why == "" {
			break
		}
	}
	return why
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
		b.show(wide)
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
		b.tabTo("Relation").keys("supports")
		b.tabTo("Rationale").keys("It names who is behind a site")
		b.tabTo("Reason").keys("Read its web page")
		b.tabTo("Add the ticked links").enter()
		b.heading("NewsGuard").row("Paris Call principle 4", "It names who is behind a site")

		b.tabTo("Change or withdraw").enter().heading("Change a link")
		b.tabTo("Reason").keys("It is about news, not secrets")
		b.tabTo("Withdraw this link").enter().heading("NewsGuard").lacks("It names who is behind a site")
		b.tabTo("Changes").enter().tabTo("3").enter().heading("It is about news, not secrets")
		b.tabTo("Take this changeset back").enter().tabTo("Reason").keys("It is about secrets too")
		b.tabTo("Take it back").enter().says("It is about secrets too")
		b.open("/initiatives/microsoft-newsguard").row("Paris Call principle 4", "It names who is behind a site")
	})
}

func TestKeysAloneFindEvidence(t *testing.T) {
	t.Parallel()
	s := start(t)
	for _, l := range []look{wide, narrow} {
		b := newTab(t, s, false)
		b.show(l)
		b.open("/").tabTo("Paris Call").enter().tabTo("principle 1:").enter()
		b.heading("Principle 1 Protect individuals").tabTo("Digital Crimes Unit").enter()
		b.heading("Digital Crimes Unit").tabTo("Microsoft contribution to the 2019 IGF").enter().says("Paris Call principles 1 and 5")

		b.tabTo("Initiatives").enter().tabTo("Words").keys("monthly work")
		b.tabTo("Linked to").keys("Tech")
		b.tabTo("Show").enter().says("1 initiative").row("Monthly work within the Tech Accord")

		b.tabTo("Gaps").enter().tabTo("Paris Call principle 4").enter().heading("Defend intellectual property")
	}
}
