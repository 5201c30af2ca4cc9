package browser

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// tall is what has to be scrolled, with links all the way.
var tall = strings.Repeat(`<p><a href="/1">a link that is long enough to be hit</a></p>`, 60)

// plain is a page without faults, into which others are planted.
const plain = `<!DOCTYPE html><html lang="en"><head><title>Page</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/site.css"><link rel="icon" href="/mark.svg"></head>
<body><main><h1>Page</h1>%s</main></body></html>`

const plainStyle = `body { background: #fff; color: #000; overflow-wrap: anywhere }
:focus { outline: 3px solid #777 }
@media (prefers-color-scheme: dark) { body { background: #000; color: #fff } }
`

// planted are faults that the judges must find, by what they say.
var planted = []struct{ want, body, style string }{
	{"", `<p>Nothing is wrong here.</p>`, ""},
	{"1280 px, dark: axe color-contrast", `<p class="x">dim by night</p>`, `.x { color: #555 }`},
	{"320 px, light: axe target-size", `<a href="/1">a</a><a href="/2">b</a>`, `a { font-size: 8px }`},
	{"axe label", `<form><input name="x"></form>`, `input { inline-size: 10rem }`},
	{"axe heading-order", `<h2>One</h2><h4>Two</h4>`, ""},
	{"Regions:[<div class", `<div class="x"><table><tr><td>a table that keys do not reach</td></tr></table></div>`, `.x { overflow: auto } table { inline-size: 90rem }`},
	{"320 px, dark: it does not fit", `<p class="x">wide</p>`, `.x { inline-size: 40rem }`},
	{"Regions:[<p class", `<p class="x" tabindex="0">text of which one sees a part</p>`, `.x { overflow: auto; white-space: nowrap; inline-size: 5rem }`},
	{"the focus is not seen, no ring: <a", `<a href="/1">one</a>`, `a:focus { outline: none }`},
	{"the focus is not seen, covered: <a", tall + `<div class="x">stays</div>`, `.x { position: fixed; inset: 0 0 auto; block-size: 6rem; background: #fff }`},
	{"2 headings of the first level", `<h1>Another</h1>`, ""},
	{"papers by day and by night", ``, `body { background: #888 !important; color: #000 }`},
	{"Content Security Policy", `<p style="color: #000">styled in place</p>`, ""},
	{"Content Security Policy", `<script>document.title = "x"</script>`, ""},
	{"asks for http://example.invalid/x.svg", `<img alt="" src="http://example.invalid/x.svg">`, ""},
	{"404 (Not Found)", `<img alt="" src="/none.svg">`, ""},
}

// The control: what is planted is found, and nothing is found where nothing is.
func TestPlantedFaultsAreFound(t *testing.T) {
	t.Parallel()
	policy := start(t).policy()
	for i, p := range planted {
		if axeFile() == "" && strings.Contains(p.want, "axe") {
			continue
		}
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			b := newTab(t, serve(t, policy, p.body, p.style), true)
			b.open("/")
			if p.want == "" {
				b.judge(looks...)
				return
			}
			has := func(fault string) bool { return strings.Contains(fault, p.want) }
			found := b.faults(looks...)
			for deadline := time.Now().Add(patience); !slices.ContainsFunc(found, has); time.Sleep(50 * time.Millisecond) {
				found = append(found, b.complaints()...)
				if time.Now().After(deadline) {
					t.Fatalf("%s with the style %q: %q is not among %q", p.body, p.style, p.want, found)
				}
			}
			b.expect("") // whatever else it leads to
		})
	}
}

// policy is the content security policy of the service.
func (s *service) policy() string {
	s.t.Helper()
	res, err := http.Get(s.base)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	return res.Header.Get("Content-Security-Policy")
}

// serve is a service of one page.
func serve(t *testing.T, policy, body, style string) *service {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		switch r.URL.Path {
		case "/":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = fmt.Fprintf(w, plain, body)
		case "/site.css":
			w.Header().Set("Content-Type", "text/css")
			_, _ = fmt.Fprint(w, plainStyle, style)
		case "/mark.svg":
			w.Header().Set("Content-Type", "image/svg+xml")
			_, _ = fmt.Fprint(w, `<svg xmlns="http://www.w3.org/2000/svg"/>`)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return &service{t: t, base: server.URL}
}
