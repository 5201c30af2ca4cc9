package browser

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// window sets the size of the window, without motion that would take time.
func (b *tab) window(width, height int64) *tab {
	b.t.Helper()
	call(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1})
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}},
	})
	return b
}

// covered lists the links of the matrix that something else lies upon while
// they have the focus, going down and up again.
const covered = `(() => {
	const links = [...document.querySelectorAll(".matrix a")], hidden = [];
	for (const a of [...links, ...links.toReversed()]) {
		a.focus();
		const r = a.getBoundingClientRect();
		const top = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
		if (!top || !a.contains(top)) hidden.push(a.innerText + " below " + (top ? top.outerHTML.slice(0, 80) : "nothing"));
	}
	return {Links: links.length, Hidden: hidden};
})()`

type coveredLinks struct {
	Links  int
	Hidden []string
}

func TestHeadsOfTheMatrixNeverHideTheFocus(t *testing.T) {
	t.Parallel()
	b := newTab(t, start(t), false)
	for _, width := range []int64{1280, 800} {
		b.window(width, 700).open("/coverage?by=stakeholder_group&agreement=paris-call&agreement=gcsc&agreement=tech-accord").heading("Coverage")
		if got := eval[coveredLinks](b, covered); got.Links < 40 || len(got.Hidden) > 0 {
			t.Errorf("at %d px %d of %d links are hidden: %.300q", width, len(got.Hidden), got.Links, got.Hidden)
		}
	}
	eval[string](b, `document.querySelector(".matrix").style.scrollPadding = "0px"`)
	if got := eval[coveredLinks](b, covered); len(got.Hidden) == 0 {
		t.Error("the check finds nothing hidden where heads lie upon the focus")
	}
}

// The region that scrolls can be reached and has a name; in a narrow window
// the matrix is a list of who is cited.
func TestCoverageInNarrowWindows(t *testing.T) {
	t.Parallel()
	b := newTab(t, start(t), false)
	b.window(1280, 800).open("/coverage?agreement=paris-call").find("region", "Principles, and the links on record of each organization")
	b.row("principle 1", "10", "1 of 1").row("principle 4", "none cited or reviewed", "2 not reviewed")
	b.window(320, 800).open("/coverage?agreement=paris-call").says("Microsoft: 10", "Organizations cited: 1 of 1")
	b.lacks("Cybersecurity Tech Accord: not reviewed")
}
