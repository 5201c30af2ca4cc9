package browser

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// look is a way in which every page is shown.
type look struct {
	width  int64 // of the window in CSS pixels
	scheme string
}

func (l look) String() string { return fmt.Sprintf("%d px, %s", l.width, l.scheme) }

var (
	wide, night, narrow = look{1280, "light"}, look{1280, "dark"}, look{320, "light"}
	looks               = []look{wide, night, {320, "dark"}, narrow}
)

// shown is what a page looks like.
type shown struct {
	Window   int64    // its width
	Sideways int      // how much wider than the window the page is
	Beyond   string   // what reaches furthest to the right of the window
	Regions  []string // what has to be scrolled sideways without being a table that keys can scroll
	Paper    string   // colour behind the page
	Headings int      // of the first level
}

const lookAt = `(() => {
	const d = document.documentElement, wide = d.scrollWidth - d.clientWidth;
	const right = e => e.getBoundingClientRect().right;
	const every = [...document.querySelectorAll("body *")];
	const last = () => every.reduce((a, e) => right(e) > right(a) ? e : a);
	const scrolls = e => e.scrollWidth > e.clientWidth && ["auto", "scroll"].includes(getComputedStyle(e).overflowX);
	const fine = e => e.matches("input, textarea, select") || e.querySelector("table, svg") && (e.tabIndex === 0 || e.querySelector(":scope td [tabindex='0']"));
	const paper = [document.body, d].map(e => getComputedStyle(e).backgroundColor).find(c => c !== "rgba(0, 0, 0, 0)") ?? "none";
	const brief = e => e.outerHTML.slice(0, 80);
	return {
		Window: innerWidth, Sideways: wide, Beyond: wide > 0 ? brief(last()) : "", Paper: paper,
		Regions: every.filter(e => scrolls(e) && !fine(e)).map(brief), Headings: document.querySelectorAll("h1").length,
	};
})()`

// faults lists what is wrong with the page in each of its looks. Some are
// looked at closely, with axe and with every stop of the tabulator, which takes
// its time.
func (b *tab) faults(closely ...look) []string {
	b.t.Helper()
	var out []string
	papers := map[string]bool{}
	for _, l := range looks {
		b.show(l)
		add := func(format string, args ...any) { out = append(out, l.String()+": "+fmt.Sprintf(format, args...)) }
		got := eval[shown](b, lookAt)
		papers[got.Paper] = true
		if got.Sideways > 0 || got.Window != l.width || len(got.Regions) > 0 {
			add("it does not fit: %+v", got)
		}
		if got.Headings != 1 {
			add("it has %d headings of the first level", got.Headings)
		}
		if !slices.Contains(closely, l) {
			continue
		}
		if l != night {
			for _, fault := range b.stops() {
				add("%s", fault)
			}
		}
		if axeFile() != "" {
			for _, v := range b.axe() {
				add("%s", v)
			}
		}
	}
	if len(papers) != 2 {
		out = append(out, fmt.Sprintf("the papers by day and by night are %v", papers))
	}
	return out
}

// show makes the window look so at once, without transitions.
func (b *tab) show(l look) {
	b.t.Helper()
	call(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: l.width, Height: 800, DeviceScaleFactor: 1})
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: l.scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
	})
}

// judge fails the test for each fault of the page.
func (b *tab) judge(closely ...look) {
	b.t.Helper()
	for _, fault := range b.faults(closely...) {
		b.t.Errorf("%s at %s", b.path(), fault)
	}
}

func TestWordsWithoutBreaksFitEveryWindow(t *testing.T) {
	t.Parallel()
	s := start(t)
	b := newTab(t, s, true)
	b.signIn(s.account("editor"))
	long := strings.Repeat("W", 150)
	b.open("/initiatives/new").fill("Title", long).fill("Summary", long+" مبادرة "+long).fill("Heading in the source", long)
	b.fill("Place in the source", long).fill("Where status", long).fill("Name in addresses", "long-words")
	b.choose("Kind", "policy").choose("Carried out by", "Microsoft").choose("Reported by", "Microsoft").choose("Status", "ongoing")
	b.choose("Source", "Microsoft contribution").fill("Reason", long).press("Save the initiative")
	const at = "/initiatives/long-words"
	for _, path := range []string{
		at, at + "/history", at + "/edit", at + "/cite", at + "/links/edit?q=WWWW", "/initiatives", "/changes", "/changesets/2", "/changesets/2/revert",
		"/organizations/microsoft", "/sources/microsoft-bpf-2019", "/agreements/paris-call/principles/4/links/edit?q=WWWW",
	} {
		for _, fault := range b.open(path).faults() {
			t.Errorf("%s at %s", path, fault)
		}
	}
}
