package browser

import (
	"fmt"

	"github.com/chromedp/chromedp/kb"
)

// hidden says why one does not see that an element has the focus: it has no
// ring, or lies under something that stays in its place while the page scrolls.
const hidden = `(e => {
	const style = getComputedStyle(e);
	const at = (x, y) => (top => top !== null && e.contains(top))(document.elementFromPoint(x, y));
	const points = [[0.1, 0.5], [0.5, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]];
	if (document.activeElement !== e) return "no focus";
	if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return "no ring";
	const part = (from, to, most, share) => Math.max(from, 0) + share * (Math.min(to, most) - Math.max(from, 0));
	const open = r => points.some(([x, y]) => at(part(r.left, r.right, innerWidth, x), part(r.top, r.bottom, innerHeight, y)));
	return [...e.getClientRects()].some(open) ? "" : "covered";
})`

// unseen goes to all stops of the tabulator, down the page and up again.
const unseen = `(() => {
	const hidden = ` + hidden + `;
	const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
		.filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length);
	const faults = new Set();
	for (const e of [...stops, ...stops.toReversed()]) {
		e.focus();
		const why = hidden(e);
		if (why) faults.add(why + ": " + e.outerHTML.slice(0, 100));
	}
	document.activeElement.blur();
	scrollTo(0, 0);
	return [...faults];
})()`

// stops lists where the tabulator stops without one seeing it. One key tells
// the browser that the reader uses the keyboard.
func (b *tab) stops() []string {
	b.t.Helper()
	b.keys(kb.Tab)
	var out []string
	for _, fault := range eval[[]string](b, unseen) {
		out = append(out, fmt.Sprintf("the focus is not seen, %s", fault))
	}
	return out
}
