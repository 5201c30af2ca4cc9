package browser

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"golang.org/x/text/unicode/norm"
)

// paper is what must be read on a printed page: all that the screen shows,
// folded or not, but nothing that leads on or takes input; and where links to
// elsewhere go, which nobody can follow on paper.
const paper = `(() => {
	const on = "form, nav, .tools, .tool, .more, .remark, .skip, .who, script, style, p > a[href^='/method']";
	const put = e => e && (getComputedStyle(e).clipPath !== "none" || put(e.parentElement)); // away, for those who hear
	const told = [];
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walk.nextNode()) {
		const e = walk.currentNode.parentElement;
		if (!e.closest(on) && !put(e) && (e.checkVisibility() || e.closest("details"))) told.push(...walk.currentNode.data.split(/\s+/));
	}
	const away = [...document.querySelectorAll("a[href^=http]")].filter(a => a.origin !== location.origin);
	return told.concat(away.map(a => a.getAttribute("href"))).filter(w => w);
})()`

// controls are what takes input on paper, which is of no use there.
const controls = `[...document.querySelectorAll("input, select, textarea, button")].filter(e => e.checkVisibility()).map(e => e.outerHTML)`

func TestPaperTellsWhatTheScreenTells(t *testing.T) {
	t.Parallel()
	if !here("pdftotext") {
		return
	}
	s := start(t)
	b := newTab(t, s, true)
	paths := eval[[]string](b.open("/"), `[...document.querySelectorAll("nav.main a")].map(a => a.pathname)`)
	paths = append(paths, "/", "/agreements/paris-call", "/agreements/gcsc/principles/6", "/agreements/paris-call/principles/1",
		"/organizations/microsoft", "/initiatives/microsoft-cvd-policy", "/sources/microsoft-bpf-2019", "/changesets/1")
	for _, path := range paths {
		b.show(wide)
		missing := lost(eval[[]string](b.open(path), paper), b.print())
		if len(missing) > 0 {
			t.Errorf("%d words of %s are not on paper: %q", len(missing), path, missing[:min(20, len(missing))])
		}
		if idle := eval[[]string](b, controls); len(idle) > 0 {
			t.Errorf("on paper %s has %q", path, idle)
		}
	}
}

// The control: what a sheet for print hides is missed.
func TestWhatPrintHidesIsMissed(t *testing.T) {
	t.Parallel()
	if !here("pdftotext") {
		return
	}
	s := serve(t, "", `<p class="x">Hidden from paper</p><p>Printed <button>Go</button></p>`, `@media print { .x { display: none } }`)
	b := newTab(t, s, true)
	missing := strings.Join(lost(eval[[]string](b.open("/"), paper), b.print()), " ")
	if idle := eval[[]string](b, controls); missing != "Hidden from paper" || len(idle) != 1 {
		t.Errorf("missing on paper is %q, idle there %q", missing, idle)
	}
}

// print returns the text of the page as printed on paper, without spaces, and
// shows it so.
func (b *tab) print() string {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
	if err != nil {
		b.t.Fatalf("printing %s: %v", b.path(), err)
	}
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	name := filepath.Join(b.t.TempDir(), "page.pdf")
	if err := os.WriteFile(name, pdf, 0o600); err != nil {
		b.t.Fatal(err)
	}
	text, err := exec.CommandContext(ctx, "pdftotext", "-raw", name, "-").Output()
	if err != nil {
		b.t.Fatalf("reading the printed %s: %v", b.path(), err)
	}
	return letters(string(text))
}

// lost are the words that a printed text lacks.
func lost(words []string, printed string) []string {
	var out []string
	for _, w := range words {
		if !strings.Contains(printed, letters(w)) {
			out = append(out, w)
		}
	}
	return out
}

// letters drops what printing changes: spaces, joined letters, case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(s))
}
