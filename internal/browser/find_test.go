package browser

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
)

// ticked lists what is chosen on the page.
func (b *tab) ticked() []string {
	b.t.Helper()
	return eval[[]string](b, `Array.from(document.querySelectorAll("input[type=checkbox]:checked"), e => e.value)`)
}

// slow makes every answer take that much longer.
func (b *tab) slow(by time.Duration) {
	b.t.Helper()
	call(b, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{Latency: float64(by.Milliseconds()), DownloadThroughput: -1, UploadThroughput: -1}},
	})
}

// gone waits until no element has that role and name.
func (b *tab) gone(role, name string) *tab {
	b.t.Helper()
	is := func(e element) bool { return strings.HasPrefix(e.name, name) }
	for deadline := time.Now().Add(patience); slices.ContainsFunc(b.all(role), is); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			b.t.Fatalf("%s still has the %s %q", b.path(), role, name)
		}
	}
	return b
}

func TestWhatIsTickedDuringASearchStaysTicked(t *testing.T) {
	t.Parallel()
	s := start(t)
	b := newTab(t, s, true)
	b.signIn(s.account("editor"))
	b.open("/initiatives/microsoft-newsguard/links/edit?agreement=paris-call").tick("checkbox", "Paris Call principle 4")
	b.slow(time.Second)
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	typing := chromedp.Func(func(context.Context, *chromedp.Target) error {
		b.fill("Number or words", "hack back")
		return nil
	})
	if _, err := chromedp.Run(ctx, chromedp.WaitEvent(network.RequestWillBeSent, nil, typing)); err != nil {
		t.Fatal(err)
	}
	b.tick("checkbox", "Paris Call principle 8")
	before := b.ticked()
	if n := eval[int](b, `document.querySelectorAll("main form button:enabled").length`); n != 0 {
		t.Errorf("%d buttons can send the form while what it found is on its way", n)
	}
	b.gone("checkbox", "Paris Call principle 3")
	if diff := cmp.Diff(before, b.ticked()); diff != "" {
		t.Errorf("what was ticked while the search was under way (-) differs from what is ticked after it (+):\n%s", diff)
	}
}
