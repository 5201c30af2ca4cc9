package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// patience is how long a page may take to show what a test looks for.
const patience = 20 * time.Second

// tab is a page in a browser profile of its own, with no cookies at first.
type tab struct {
	t    testing.TB
	ctx  context.Context
	base string

	expected []string // parts of messages on the console that are no complaints
	heard    *heard
}

// newTab opens a tab on the service; when t ends it is closed, and t fails if
// the browser complained.
func newTab(t testing.TB, s *service, scripts bool) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(chromium.context, chromedp.WithNewBrowserContext())
	b := &tab{t: t, ctx: ctx, base: s.base, heard: &heard{}}
	t.Cleanup(cancel)
	b.watch()
	t.Cleanup(func() {
		for _, complaint := range b.complaints() {
			t.Error(complaint)
		}
	})
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts})
	return b
}

// call sends the browser one command.
func call[P, R any](b *tab, c cdp.Command[P, R], params P) R {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	r, err := chromedp.Call(ctx, c, params)
	if err != nil {
		b.t.Fatalf("%s: %v", c.Method, err)
	}
	return r
}

// eval returns what an expression is on the page. It works without scripts:
// those are the page's own.
func eval[T any](b *tab, expression string, options ...chromedp.EvaluateOption) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, options...))
	if err != nil {
		b.t.Fatalf("%.300s: %v", expression, err)
	}
	return v
}

// load runs steps that lead to another page, waits for it and fails the test
// unless it comes with the status.
func (b *tab) load(status int64, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	res, err := chromedp.RunResponse(ctx, steps...)
	if err != nil {
		b.t.Fatalf("no page after the one that says %.300q: %v", b.text(), err)
	}
	if res.Status != status {
		b.t.Fatalf("%s answers %d: %.1000s", res.URL, res.Status, b.text())
	}
}

// open goes to an address of the service.
func (b *tab) open(path string) *tab {
	b.t.Helper()
	b.load(http.StatusOK, chromedp.Navigate(b.base+strings.TrimPrefix(path, b.base)))
	return b
}

// refused goes to an address that answers with an error; the browser's own
// word about that is no complaint.
func (b *tab) refused(path string, status int64) *tab {
	b.t.Helper()
	b.expect(fmt.Sprintf("the server responded with a status of %d", status))
	b.load(status, chromedp.Navigate(b.base+strings.TrimPrefix(path, b.base)))
	return b
}

// element is something on the page as assistive technology hears it.
type element struct {
	name string
	id   cdp.BackendNodeID
}

// all lists the elements with a role, in the order of the page.
func (b *tab) all(role string) []element {
	b.t.Helper()
	root := eval[*runtime.RemoteObject](b, `document`).ObjectID
	tree := call(b, accessibility.QueryAXTree, accessibility.QueryAXTreeParams{ObjectID: root, Role: role})
	var out []element
	for _, n := range tree.Nodes {
		e := element{id: n.BackendDOMNodeID}
		if n.Ignored || n.Name == nil || json.Unmarshal(n.Name.Value, &e.name) != nil {
			continue
		}
		out = append(out, e)
	}
	return out
}

// find waits for an element with that role and name. When none has the name
// itself, the first one whose name begins with it is taken: labels go on with
// hints such as "(required)".
func (b *tab) find(role, name string) element {
	b.t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		all := b.all(role)
		for _, e := range all {
			if e.name == name {
				return e
			}
		}
		for _, e := range all {
			if strings.HasPrefix(e.name, name) {
				return e
			}
		}
		if time.Now().After(deadline) {
			b.t.Fatalf("%s has no %s %q, only %v", b.path(), role, name, all)
		}
	}
}

// click presses the mouse on an element once it lies still.
func (b *tab) click(e element) chromedp.Action[chromedp.Void] {
	b.t.Helper()
	x, y := b.place(e)
	for range 100 {
		time.Sleep(20 * time.Millisecond)
		nx, ny := b.place(e)
		if x == nx && y == ny {
			break
		}
		x, y = nx, ny
	}
	return chromedp.MouseClickXY(x, y)
}

// place brings an element into view and returns its middle.
func (b *tab) place(e element) (x, y float64) {
	b.t.Helper()
	call(b, dom.ScrollIntoViewIfNeeded, dom.ScrollIntoViewIfNeededParams{BackendNodeID: e.id})
	quads := call(b, dom.GetContentQuads, dom.GetContentQuadsParams{BackendNodeID: e.id}).Quads
	if len(quads) == 0 {
		b.t.Fatalf("%q cannot be seen", e.name)
	}
	q := quads[0] // its four corners, clockwise
	return (q[0] + q[4]) / 2, (q[1] + q[5]) / 2
}

// follow clicks a link.
func (b *tab) follow(name string) *tab {
	b.t.Helper()
	b.load(http.StatusOK, b.click(b.find("link", name)))
	return b
}

// press clicks a button that sends a form.
func (b *tab) press(name string) *tab {
	b.t.Helper()
	b.load(http.StatusOK, b.click(b.find("button", name)))
	return b
}

// fill types into the field with that label, in place of what it holds.
func (b *tab) fill(label, text string) *tab {
	b.t.Helper()
	call(b, dom.Focus, dom.FocusParams{BackendNodeID: b.find("textbox", label).id})
	eval[chromedp.Void](b, `document.activeElement.select()`)
	if text == "" {
		b.keys(kb.Delete)
		return b
	}
	call(b, input.InsertText, input.InsertTextParams{Text: text})
	return b
}

// tick clicks a checkbox, or with role radio one of several choices.
func (b *tab) tick(role, label string) *tab {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, b.click(b.find(role, label))); err != nil {
		b.t.Fatalf("ticking %s: %v", label, err)
	}
	return b
}

// choose takes an option of a menu by typing its beginning, as people do.
func (b *tab) choose(label, option string) *tab {
	b.t.Helper()
	call(b, dom.Focus, dom.FocusParams{BackendNodeID: b.find("combobox", label).id})
	b.keys(option)
	if got := eval[string](b, `document.activeElement.selectedOptions[0].text`); !strings.HasPrefix(got, option) {
		b.t.Fatalf("%s is %q, want %q", label, got, option)
	}
	return b
}

// keys types on the keyboard, wherever the focus is.
func (b *tab) keys(keys string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.KeyEvent(keys)); err != nil {
		b.t.Fatalf("typing %q: %v", keys, err)
	}
}
