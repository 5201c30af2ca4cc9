package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// kinds are addresses of every kind of page, those of forms included. Numbers
// are of rows that the seeds make.
func kinds() []string {
	return []string{
		"/", "/agreements", "/agreements/paris-call", "/agreements/gcsc", "/agreements/nis-directive", "/agreements/gcsc/editions/singapore-2018",
		"/agreements/manrs/principles/1", "/agreements/manrs/editions/ixps/principles/1", "/agreements/paris-call/principles/1",
		"/agreements/gcsc/principles/6", "/agreements/gcsc/editions/final-2019/principles/6", "/agreements/paris-call/history", "/agreements/gcsc/principles/6/history",
		"/elements", "/elements?legal_nature=binding", "/elements/human-rights",
		"/organizations", "/organizations/microsoft", "/organizations/cybersecurity-tech-accord", "/organizations/microsoft/history",
		"/initiatives", "/initiatives?q=nothing+matches+this", "/initiatives/microsoft-tech-accord-work", "/initiatives/microsoft-newsguard/history",
		"/sources", "/sources/microsoft-bpf-2019", "/sources/microsoft-bpf-2019/history", "/gaps", "/coverage", "/coverage?by=stakeholder_group", "/changes", "/changesets/1", "/method",
		"/search", "/search?q=security", "/search?q=gcsc+norm+5", "/search?q=cyber+hygeine&as_of=1",
		"/account", "/admin/accounts", "/admin/accounts/1", "/initiatives/new", "/initiatives/microsoft-newsguard/edit", "/initiatives/microsoft-newsguard/cite",
		"/initiatives/microsoft-newsguard/links/edit?agreement=gcsc", "/agreements/paris-call/principles/4/links/edit?q=webinar", "/links/1/edit", "/citations/1/edit",
		"/organizations/new", "/organizations/microsoft/edit", "/organizations/microsoft/adherences/new", "/adherences/1/edit", "/changesets/1/revert",
	}
}

// look is how a page shows in a window.
type look struct {
	Window   int64  // its width in CSS pixels
	Sideways int    // how much wider than the window the page is
	Beyond   string // what reaches furthest to the right of the window
	Paper    string // colour behind the page
}

const lookAt = `(() => {
	const d = document.documentElement, wide = d.scrollWidth - d.clientWidth;
	const right = e => e.getBoundingClientRect().right;
	const last = () => [...document.querySelectorAll("body *")].reduce((a, e) => right(e) > right(a) ? e : a);
	const paper = [document.body, d].map(e => getComputedStyle(e).backgroundColor).find(c => c !== "rgba(0, 0, 0, 0)") ?? "none";
	return {Window: innerWidth, Sideways: wide, Beyond: wide > 0 ? last().outerHTML.slice(0, 80) : "", Paper: paper};
})()`

func TestPagesFitEveryWindow(t *testing.T) {
	t.Parallel()
	s := start(t)
	b := newTab(t, s, true)
	for _, path := range []string{"/", "/gaps", "/login", s.setup} {
		b.fits(path)
	}
	b.signIn(s.account("admin"))
	for _, path := range kinds() {
		b.fits(path)
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
		b.fits(path)
	}
}

// fits fails the test where a page does not fit a window or looks the same by
// day and by night.
func (b *tab) fits(path string) {
	b.t.Helper()
	b.open(path).heading("")
	for _, width := range []int64{320, 1280} {
		call(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 800, DeviceScaleFactor: 1})
		papers := map[string]bool{}
		for _, scheme := range []string{"light", "dark"} {
			call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
			})
			got := eval[look](b, lookAt)
			papers[got.Paper] = true
			if got.Sideways > 0 || got.Window != width {
				b.t.Errorf("%s at %d px in %s does not fit: %+v", path, width, scheme, got)
			}
		}
		if len(papers) != 2 {
			b.t.Errorf("%s at %d px has one paper for light and dark: %v", path, width, papers)
		}
	}
}
