package browser

import (
	"fmt"
	"os"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp/kb"
	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
)

func TestMeasureGrid(t *testing.T) {
	s := start(t)
	email := s.account("editor")
	pool, err := store.Open(t.Context(), s.databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	edits := []norms.Edit{norms.PutAgreement{Slug: "big", Title: "Big", ShortTitle: "Big", LegalNature: "voluntary_commitment", Space: "within_un"},
		norms.PutEdition{Agreement: "big", Slug: "one", Title: "One", Noun: "principle", Current: true}}
	for i := range 50 {
		edits = append(edits, norms.PutPrinciple{Agreement: "big", Edition: "one", Number: fmt.Sprint(i + 1), Position: i, Title: fmt.Sprintf("Protect the public core of things %d", i), Obligation: "optional"})
	}
	for i := range 280 {
		edits = append(edits, norms.PutInitiative{Slug: fmt.Sprintf("big-%d", i), Title: fmt.Sprintf("An initiative with a rather long name %d", i), Kind: "programme", Organization: "microsoft", ReportedBy: "microsoft", Status: "ongoing"})
	}
	for i := range 280 {
		edits = append(edits, norms.PutLink{Initiative: fmt.Sprintf("big-%d", i), Principle: fmt.Sprintf("big/%d", i%50+1), Origin: "curator", Relation: "supports", Rationale: "x"})
	}
	if _, err := store.New(pool).Apply(t.Context(), account.Actor{ID: 1, Role: account.Admin}, "x", edits); err != nil {
		t.Fatal(err)
	}
	b := newTab(t, s, true)
	b.window(1280, 900)
	b.signIn(email)
	for range 3 {
		b.open("/agreements/big/grid")
		t.Log(eval[string](b, `(() => { const n = performance.getEntriesByType("navigation")[0]; const p = performance.getEntriesByType("paint").map(e => e.name + " " + Math.round(e.startTime)).join(", "); return JSON.stringify({bytes: n.decodedBodySize, response: Math.round(n.responseEnd), interactive: Math.round(n.domInteractive), dcl: Math.round(n.domContentLoadedEventEnd), load: Math.round(n.loadEventEnd), paint: p, cells: document.querySelectorAll("#grid td").length}) })()`))
	}
	eval[bool](b, `(() => { document.querySelector("#grid input[tabindex='0']").focus();
  window.times = []; 
  addEventListener("keydown", e => { const at = performance.now(); requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => times.push([e.key, performance.now() - at]); c.port2.postMessage(0); }); }, true); return true })()`)
	for range 8 {
		for _, k := range []string{kb.ArrowDown, kb.ArrowRight, " ", kb.PageDown, kb.End, " ", kb.Home} {
			b.keys(k)
		}
	}
	t.Log(eval[string](b, `(() => { const by = {}; for (const [k, ms] of times) { (by[k] ??= []).push(Math.round(ms*10)/10) } return JSON.stringify(by) })()`))
	b.keys(kb.Escape)
	t.Log(eval[string](b, `(() => { const press = (key, more={}) => { const at = performance.now(); document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true, ...more})); document.body.offsetHeight; return Math.round((performance.now() - at)*10)/10 };
  const out = {}; out.home = press("Home", {ctrlKey: true}); out.all = press("End", {ctrlKey: true, shiftKey: true}); out.space = press(" "); out.undo = press("z", {ctrlKey: true}); out.home2 = press("Home", {ctrlKey: true}); out.down = press("ArrowDown"); return JSON.stringify(out) })()`))
	t.Log(eval[string](b, `document.querySelector("#staged").textContent`))
	var shot []byte
	shot = eval2(b)
	os.WriteFile("/tmp/b4/grid.png", shot, 0o644)
	b.window(320, 700)
	os.WriteFile("/tmp/b4/grid320.png", eval2(b), 0o644)
}

func eval2(b *tab) []byte {
	r := call(b, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: "png"})
	return r.Data
}
