package browser

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// tabs is how many read the pages of one account at a time.
const tabs = 3

func TestEveryKindOfPageForVisitors(t *testing.T) {
	t.Parallel()
	s := start(t)
	shared(t, s.samples(t, ""), func(t *testing.T, addresses []string) {
		b := newTab(t, s, true)
		for _, address := range addresses {
			b.open(address).judge(wide)
		}
	})
}

// Pages differ by who reads them in what they hold, not in how it looks: so
// that these are judged in the other looks. Every form is also sent empty, and
// what comes back is judged too.
func TestEveryKindOfPageForAdministrators(t *testing.T) {
	t.Parallel()
	s := start(t)
	email := s.account("admin")
	shared(t, s.samples(t, email), func(t *testing.T, addresses []string) {
		b := newTab(t, s, true)
		b.signIn(email)
		b.expect("the server responded with a status of 422")
		for _, address := range addresses {
			b.open(address).judge(night, narrow)
			if b.sendEmpty() {
				b.judge(night, narrow)
			}
		}
	})
}

// shared deals addresses out to as many tests as there are tabs.
func shared(t *testing.T, addresses []string, read func(*testing.T, []string)) {
	for i := range tabs {
		var own []string
		for j := i; j < len(addresses); j += tabs {
			own = append(own, addresses[j])
		}
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			read(t, own)
		})
	}
}

// The form that needs something to be typed, if there is one, without anything.
const emptied = `(() => {
	const form = [...document.querySelectorAll("main form[method=post]")].find(f => f.querySelector("[required]"));
	if (!form) return false;
	form.noValidate = true;
	form.querySelectorAll("textarea, input:not([type=hidden], [type=radio], [type=checkbox])").forEach(e => e.value = "");
	return true;
})()`

// A form's last button that sends it is the one that changes something.
const sent = `[...[...document.forms].find(f => f.noValidate).querySelectorAll("button:not([type=button])")].at(-1).click()`

// sendEmpty sends the page's form with nothing in it, against the browser's
// advice, and tells whether there is one.
func (b *tab) sendEmpty() bool {
	b.t.Helper()
	if !eval[bool](b, emptied) {
		return false
	}
	b.load(http.StatusUnprocessableEntity, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		return chromedp.Evaluate[chromedp.Void](sent)(ctx, t)
	})
	return true
}

func TestPagesThatNothingLinksTo(t *testing.T) {
	t.Parallel()
	s := start(t)
	b := newTab(t, s, true)
	for _, path := range []string{s.setup, "/login?next=%2Fgaps", "/initiatives?q=nothing+matches+this", "/agreements?page=9"} {
		b.open(path).judge(looks...)
	}
	for path, status := range map[string]int64{
		"/nowhere": 404, "/agreements/nowhere": 404, "/agreements/paris-call/principles/99": 404, "/initiatives/microsoft-newsgard": 404,
		"/setup/no-such-secret": 404, "/logout": 405, "/changes?cursor=x": 400,
	} {
		b.refused(path, status).judge(looks...)
	}
	s.account("admin")
	b.refused(s.setup, http.StatusGone).judge(looks...)
	b.signIn(s.account("editor"))
	b.refused("/admin/accounts", http.StatusForbidden).judge(looks...)
}

// few is what decides which pages are judged.
func TestEverythingIsShownBySomeSample(t *testing.T) {
	t.Parallel()
	traits := func(names ...string) map[string]bool {
		m := map[string]bool{}
		for _, n := range names {
			m[n] = true
		}
		return m
	}
	got := few([]found{
		{address: "/huge", size: 2 * large, traits: traits("list", "table")},
		{address: "/small", size: 1, traits: traits("list", "route of a thing")},
		{address: "/large", size: 9, traits: traits("list", "table", "route of a thing")},
		{address: "/other", size: 2, traits: traits("list", "route of another thing")},
		{address: "/quote", size: 3, traits: traits("quote", "route of a thing")},
	})
	slices.Sort(got)
	if want := []string{"/large", "/other", "/quote"}; !slices.Equal(got, want) {
		t.Errorf("chosen are %v, want %v", got, want)
	}
}
