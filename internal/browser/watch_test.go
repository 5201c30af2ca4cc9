package browser

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// heard are complaints of the browser, written while it goes on.
type heard struct {
	mu  sync.Mutex
	all []string
}

func (h *heard) add(format string, args ...any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.all = append(h.all, fmt.Sprintf(format, args...))
}

// watch hears the warnings and errors on the console, breaches of the content
// security policy among them, and requests that leave the service.
func (b *tab) watch() {
	go listen(chromedp.Console(b.ctx), func(m chromedp.ConsoleMessage) {
		if complains(m) {
			b.heard.add("the browser says %s", m)
		}
	})
	go listen(chromedp.Events(b.ctx, network.RequestWillBeSent), func(e network.EventRequestWillBeSent) {
		if !strings.HasPrefix(e.Request.URL, b.base+"/") {
			b.heard.add("%s asks for %s", e.DocumentURL, e.Request.URL)
		}
	})
}

func listen[E any](events iter.Seq2[E, error], hear func(E)) {
	for e, err := range events {
		if err != nil {
			return
		}
		hear(e)
	}
}

func complains(m chromedp.ConsoleMessage) bool {
	return m.IsException() || m.Type == chromedp.ConsoleError || m.Type == chromedp.ConsoleWarning
}

// expect says that messages with that part are no complaints.
func (b *tab) expect(part string) { b.expected = append(b.expected, part) }

// complaints are those so far that no test expects.
func (b *tab) complaints() []string {
	b.t.Helper()
	b.text() // what was written before comes first
	b.heard.mu.Lock()
	defer b.heard.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(b.heard.all), func(m string) bool {
		return slices.ContainsFunc(b.expected, func(part string) bool { return strings.Contains(m, part) })
	})
}
