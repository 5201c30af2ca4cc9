package browser

import (
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp/kb"
)

func TestSearchByKeysAlone(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, scripts bool) {
		b := newTab(t, start(t), scripts)
		b.open("/agreements/paris-call").tabTo("Search the record").keys("cyber hygiene")
		b.enter().heading("Search").says("results for", "Paris Call principle 7")
		b.tabTo("Principles 3").enter().says("3 results for", "Paris Call principle 7")
		b.tabTo("Cyber hygiene").enter().heading("Cyber hygiene")
		b.open("/agreements?as_of=1").tabTo("Search the record").keys("gcsc norm 5")
		b.enter().says("as of revision 1", "May mean one of 3 principles")
	})
}

// slash presses the key / in one event, as a keyboard does: whoever takes the
// press takes the sign that it would type.
func (b *tab) slash() *tab {
	b.t.Helper()
	for _, step := range []input.DispatchKeyEventParams{{Type: "keyDown", Key: "/", Code: "Slash", Text: "/"}, {Type: "keyUp", Key: "/", Code: "Slash"}} {
		call(b, input.DispatchKeyEvent, step)
	}
	return b
}

// The key / goes to the search box, not where one types, and no more once it
// was switched off.
func TestTheKeyForSearch(t *testing.T) {
	t.Parallel()
	b := newTab(t, start(t), true)
	const value = `document.getElementById("search-box").value`
	b.open("/gaps").slash()
	if got := b.focused(); got != "Search the record" {
		t.Fatalf("/ goes to %q", got)
	}
	b.keys("a/b")
	if got := eval[string](b, value); got != "a/b" {
		t.Errorf("typing a/b into the box gives %q", got)
	}
	b.open("/search?q=norm").slash()
	b.keys("13f")
	if got := eval[string](b, value); got != "13f" {
		t.Errorf("typing over what was searched for gives %q", got)
	}
	b.tabTo("The key / goes to the search box").keys(" ")
	for _, path := range []string{"/search", "/gaps"} {
		b.open(path).slash()
		if eval[bool](b, `document.activeElement.id === "search-box"`) {
			t.Errorf("%s: the key works although it is switched off", path)
		}
	}
	b.open("/search").tabTo("The key / goes to the search box").keys(" ")
	b.open("/gaps").slash().keys(kb.Tab)
	if got := b.focused(); got != "Search" {
		t.Errorf("after the box comes %q", got)
	}
}
