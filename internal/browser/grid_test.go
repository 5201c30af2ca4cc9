package browser

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// chord presses a key together with others.
func (b *tab) chord(key string, with ...chromedp.Modifier) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.KeyEvent(key, chromedp.KeyModifiers(with...))); err != nil {
		b.t.Fatalf("pressing %q: %v", key, err)
	}
}

// paste pastes a text where the focus is, as the browser tells a page.
func (b *tab) paste(text string) {
	b.t.Helper()
	eval[bool](b, fmt.Sprintf(`(() => { const d = new DataTransfer(); d.setData("text/plain", %q);
  return document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: d, bubbles: true, cancelable: true})); })()`, text))
}

// copied is what copying gives where the focus is.
func (b *tab) copied() string {
	b.t.Helper()
	return eval[string](b, `(() => { const d = new DataTransfer();
  document.activeElement.dispatchEvent(new ClipboardEvent("copy", {clipboardData: d, bubbles: true, cancelable: true})); return d.getData("text/plain"); })()`)
}

// ticks are the cells of the grid, row by row, from the top left: x for a
// ticked one, o for one that is not, = for one that is fixed.
func (b *tab) ticks(rows, columns int) string {
	b.t.Helper()
	return eval[string](b, fmt.Sprintf(`[...document.querySelectorAll("#grid tbody tr:not(.group)")].slice(0, %d).map(r => [...r.cells].slice(1, 1 + %d)
  .map(c => (i => i ? (i.checked ? "x" : "o") : "=")(c.querySelector("input"))).join("")).join(" ")`, rows, columns))
}

// shows fails the test unless the cells are so, and the count of what is staged.
func (b *tab) shows(cells, counted string) {
	b.t.Helper()
	if got := b.ticks(3, 3); got != cells {
		b.t.Errorf("the cells are %q, want %q", got, cells)
	}
	if got := eval[string](b, `document.getElementById("staged").textContent`); got != counted {
		b.t.Errorf("it says %q, want %q", got, counted)
	}
}

// grid opens the grid of initiatives that have no link to the accord's first
// principles, with the focus in its first cell.
func (b *tab) grid() *tab {
	b.t.Helper()
	b.open(emptyGrid)
	eval[bool](b, `(() => { document.querySelector("#grid input[tabindex='0']").focus(); return true })()`)
	return b
}

const emptyGrid = "/agreements/contract-for-the-web/grid"

func TestGridIsFilledByKeys(t *testing.T) {
	t.Parallel()
	s := start(t)
	b := newTab(t, s, true)
	b.signIn(s.account("editor"))
	b.grid().shows("ooo ooo ooo", "Nothing is staged.")
	b.keys(" " + kb.ArrowRight + kb.ArrowDown + " ")
	b.shows("xoo oxo ooo", "2 added, 0 withdrawn.")
	b.chord(kb.Home, chromedp.ModifierCtrl)
	b.chord(kb.ArrowRight, chromedp.ModifierShift)
	b.chord(kb.ArrowDown, chromedp.ModifierShift)
	if got := b.copied(); got != "x\t\n\tx" {
		t.Errorf("copied %q", got)
	}
	b.keys(" ")
	b.shows("xxo xxo ooo", "4 added, 0 withdrawn.")
	b.keys(" ")
	b.shows("ooo ooo ooo", "Nothing is staged.")
	b.chord("z", chromedp.ModifierCtrl)
	b.chord("z", chromedp.ModifierCtrl)
	b.shows("xoo oxo ooo", "2 added, 0 withdrawn.")
	b.keys(kb.Enter)
	b.fill("Rationale of the new links", "By keys").fill("Reason", "A first pass").press("Save all staged changes")
	b.says("saved").shows("xoo oxo ooo", "Nothing is staged.")
}

func TestGridTakesABlockOfASpreadsheet(t *testing.T) {
	t.Parallel()
	s := start(t)
	b := newTab(t, s, true)
	b.signIn(s.account("editor"))
	b.grid().paste("x\t0\tYes\r\n\t1\tno\r\n")
	b.shows("xox oxo ooo", "3 added, 0 withdrawn.")
	b.paste("x\tperhaps\n")
	b.says("Nothing was pasted: “perhaps”").shows("xox oxo ooo", "3 added, 0 withdrawn.")
	b.chord(kb.End, chromedp.ModifierCtrl)
	b.paste("1\t1")
	b.says("1 × 2 cells are more than the grid has").shows("xox oxo ooo", "3 added, 0 withdrawn.")
	b.chord("z", chromedp.ModifierCtrl)
	b.shows("ooo ooo ooo", "Nothing is staged.")
}

func TestStagedCellsSurviveAReload(t *testing.T) {
	t.Parallel()
	s := start(t)
	b := newTab(t, s, true)
	b.signIn(s.account("editor"))
	b.grid().keys(" ")
	b.fill("Reason", "Half a thought")
	eval[bool](b, `(() => { window.before = true; setTimeout(() => location.reload(), 0); return true })()`)
	b.leave()
	b.until(`!window.before && document.getElementById("staged") !== null && document.getElementById("staged").textContent.startsWith("1 added")`)
	b.says("Put back as you left it")
	b.shows("xoo ooo ooo", "1 added, 0 withdrawn.")
	if got := eval[string](b, `document.querySelector("[name=reason]").value`); got != "Half a thought" {
		t.Errorf("the reason is %q", got)
	}
	eval[bool](b, `(() => { document.getElementById("discard").click(); return true })()`)
	b.shows("ooo ooo ooo", "Nothing is staged.")
}

// leave waits until the browser asks whether to leave the page, and says yes.
func (b *tab) leave() {
	b.t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(b.ctx, patience)
		_, err := chromedp.Call(ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
		cancel()
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			b.t.Fatalf("the page is left without a question: %v", err)
		}
	}
}

// until waits for something to hold on the page, whichever page that is by now.
// Between two pages there is none that could be asked.
func (b *tab) until(expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	for ask := chromedp.Evaluate[bool]("(" + expression + ") === true"); ; time.Sleep(20 * time.Millisecond) {
		held, err := chromedp.Run(ctx, ask)
		if held && err == nil {
			return
		}
		if ctx.Err() != nil {
			b.t.Fatalf("never: %s (%v)", expression, err)
		}
	}
}

func TestGridWorksWithoutScripts(t *testing.T) {
	t.Parallel()
	s := start(t)
	b := newTab(t, s, false)
	b.signIn(s.account("editor"))
	b.open(parisCallGrid).tick("checkbox", "Support for the NewsGuard app Paris Call principle 6")
	b.fill("Rationale of the new links", "It fits").fill("Reason", "A first pass")
	b.press("Preview").says("1 added, 0 withdrawn", "NewsGuard app → Paris Call principle 6, added")
	b.press("Save all staged changes").says("saved")
	b.open("/initiatives/microsoft-newsguard").row("Paris Call principle 6", "It fits")
}

const parisCallGrid = "/agreements/paris-call/grid?q=newsguard"
