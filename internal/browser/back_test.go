package browser

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
)

// back goes back in the tab's history, as the browser's button does. The page
// may come out of the browser's memory, without any answer of the service.
func (b *tab) back() *tab {
	b.t.Helper()
	h := call(b, page.GetNavigationHistory, cdp.Empty{})
	call(b, page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: h.Entries[h.CurrentIndex-1].ID})
	there := func() bool {
		ctx, cancel := context.WithTimeout(b.ctx, patience)
		defer cancel()
		state, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.readyState + " " + location.href`))
		return err == nil && state == "complete "+h.Entries[h.CurrentIndex-1].URL
	}
	for deadline := time.Now().Add(patience); !there() || call(b, page.GetNavigationHistory, cdp.Empty{}).CurrentIndex != h.CurrentIndex-1; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			b.t.Fatalf("not back at %s but at %s", h.Entries[h.CurrentIndex-1].URL, b.path())
		}
	}
	return b
}

// value is what a field holds.
func (b *tab) value(selector string) string {
	b.t.Helper()
	return eval[string](b, `document.querySelector(`+"`"+selector+"`"+`).value`)
}

// holdsValues fails the test unless fields of the page hold values, by their names.
func (b *tab) holdsValues(want map[string]string) *tab {
	b.t.Helper()
	got := map[string]string{}
	for name := range want {
		got[name] = b.value("form.edit [name='" + name + "']")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		b.t.Fatalf("the form at %s (-want +got):\n%s", b.path(), diff)
	}
	return b
}

// Whatever came of sending a form, going back shows it with what was typed and
// with the version that the writer saw, so that nobody's save is overwritten.
func TestBackBringsAFormBack(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, scripts bool) {
		s := start(t)
		b := newTab(t, s, scripts)
		b.signIn(s.account("editor"))
		b.expect("the server responded with a status of 422")
		typed := map[string]string{"title": "Typed title", "summary": "Typed summary", "version": "1"}
		b.open("/initiatives/microsoft-newsguard/edit").fill("Title", "Typed title").fill("Summary", "Typed summary")
		b.load(http.StatusUnprocessableEntity, b.click(b.find("button", "Save")))
		b.back().holdsValues(typed)
		b.load(http.StatusUnprocessableEntity, b.click(b.find("button", "Save")))
		b.fill("Reason", "They call it so").press("Save").heading("Typed title")
		typed["reason"] = "They call it so"
		b.back().holdsValues(typed)
		typed["reason"] = ""
		b.back().holdsValues(typed)
	})
}

// The same after the session ended and one signed in on the way.
func TestBackBringsAFormBackAfterSigningIn(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, scripts bool) {
		s := start(t)
		b := newTab(t, s, scripts)
		email := s.account("editor")
		b.signIn(email)
		b.open("/initiatives/microsoft-newsguard/edit").fill("Summary", "Typed summary").fill("Reason", "r")
		b.forget()
		b.load(http.StatusUnauthorized, b.click(b.find("button", "Save")))
		b.heading("You are signed out").says("Typed summary").fill("E-mail address", email).fill("Password", password)
		b.press("Sign in and go on").heading("Change Support for the NewsGuard app").says("Nothing was saved yet", "Ada editor")
		typed := map[string]string{"summary": "Typed summary", "reason": "r", "version": "1"}
		b.holdsValues(typed).press("Save").heading("NewsGuard").says("Typed summary")
		b.back().holdsValues(typed)
	})
}

// Two people change the same thing at once: the second one sees all sides, what
// only one changed is taken by itself, and nothing is lost.
func TestTwoPeopleEditTheSameThingAtOnce(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, scripts bool) {
		s := start(t)
		ada, grace := newTab(t, s, scripts), newTab(t, s, scripts)
		ada.signIn(s.account("editor"))
		grace.signIn(s.account("reviewer"))
		const edit = "/initiatives/microsoft-newsguard/edit"
		ada.open(edit).fill("Title", "As Ada calls it").fill("Place in the source", "On page 7").fill("Reason", "Ada's reason")
		grace.open(edit).fill("Title", "As Grace calls it").fill("Summary", "Grace's summary").fill("Reason", "Grace's reason").press("Save")

		ada.expect("the server responded with a status of 409")
		ada.load(http.StatusConflict, ada.click(ada.find("button", "Save")))
		ada.says("Someone else changed this", "Ada reviewer saved it", "Grace's reason", "When you began", "Support for the NewsGuard app", "As Grace calls it", "As Ada calls it")
		ada.holdsValues(map[string]string{"title": "As Ada calls it", "summary": "Grace's summary", "place": "On page 7", "version": "2"})
		ada.tick("radio", "Theirs, as recorded now").press("Save").heading("As Grace calls it").says("Grace's summary", "On page 7")
		grace.open("/initiatives/microsoft-newsguard").follow("History of this record").says("Ada's reason", "Grace's reason")
	})
}

// A withdrawn thing's address says what happened, and an editor restores it.
func TestEditorWithdrawsRestoresAndRenames(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, scripts bool) {
		s := start(t)
		b := newTab(t, s, scripts)
		b.signIn(s.account("editor"))
		b.expect("the server responded with a status of 410")
		b.open("/initiatives/microsoft-newsguard/edit").follow("Withdraw it").heading("NewsGuard").says("This goes with it", "partner: 1")
		b.fill("Reason", "Not theirs")
		b.load(http.StatusGone, b.click(b.find("button", "Withdraw it")))
		b.heading("NewsGuard").says("Ada editor withdrew this", "Not theirs")
		b.fill("Reason", "It is theirs").press("Restore it").heading("NewsGuard").says("Saved as changeset 3")
		b.follow("Change this initiative").follow("Change its address").fill("New name in addresses", "newsguard").fill("Reason", "Shorter").press("Change the address")
		b.heading("NewsGuard").open("/initiatives/microsoft-newsguard").heading("NewsGuard")
		if got := b.path(); got != "/initiatives/newsguard" {
			t.Errorf("the old address leads to %s", got)
		}
	})
}
