package site

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"normmap/internal/coding"
)

// Limits of the first view of a page, in bytes as sent. What fits into 14,000
// comes with one round trip.
const (
	mostHTML      = 10_000
	mostToRead    = 14_000 // with the style sheet: then it can be read
	mostView      = 30_000
	mostRequests  = 4
	mostScript    = 20_000 // and all of it after the page is there
	mostCellsHTML = 20_000 // of a matrix
)

// firstView is what a browser without anything kept loads for a page.
type firstView struct {
	html, styles, scripts, rest int // bytes
	requests, blocking          int
}

func (w firstView) bytes() int { return w.html + w.styles + w.scripts + w.rest }

// weigh loads a page and what it names, coded as browsers ask for it.
func (h *house) weigh(address string) (w firstView) {
	h.t.Helper()
	load := func(address string) (int, []byte) {
		a := h.with(address, "Accept-Encoding", "gzip, deflate, br").status(http.StatusOK)
		body, err := coding.Decode(coding.Brotli, []byte(a.body))
		if a.Header.Get("Content-Encoding") == "" {
			body, err = []byte(a.body), nil
		}
		if err != nil {
			h.t.Fatal(err)
		}
		w.requests++
		return len(a.body), body
	}
	var page []byte
	w.html, page = load(address)
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(page)))
	if err != nil {
		h.t.Fatal(err)
	}
	each := func(selector, attribute string, add *int) {
		doc.Find(selector).Each(func(_ int, s *goquery.Selection) {
			n, _ := load(s.AttrOr(attribute, ""))
			*add += n
		})
	}
	each("link[rel=stylesheet]", "href", &w.styles)
	each("link[rel=icon]", "href", &w.rest)
	each("img[src]", "src", &w.rest)
	each("script[src]", "src", &w.scripts)
	w.blocking = doc.Find("script").Not("[defer]").Not("[async]").Not("[type=module]").Length()
	return w
}

func TestWeightOfPages(t *testing.T) {
	t.Parallel()
	h := newKeeping(t)
	for _, address := range []string{"/", principlePage, "/agreements/gcsc/principles/4", "/agreements/paris-call", "/organizations/microsoft",
		"/initiatives", "/initiatives/microsoft-newsguard", "/changes", "/search?q=norms"} {
		w := h.weigh(address)
		long := strings.HasPrefix(address, "/organizations/") // with all initiatives of one that has many
		if w.html > mostHTML || w.html+w.styles > mostToRead && !long {
			t.Errorf("%s: %d bytes, with styles %d", address, w.html, w.html+w.styles)
		}
		if w.bytes() > mostView || w.requests > mostRequests || w.blocking > 0 || w.scripts > mostScript {
			t.Errorf("%s: %+v", address, w)
		}
	}
	for _, address := range []string{"/coverage", "/gaps"} {
		if w := h.weigh(address); w.html > mostCellsHTML || w.requests > mostRequests {
			t.Errorf("%s: %+v", address, w)
		}
	}
	h.rewrite(manyStatements)
	if w := h.weigh(principlePage + "?limit=24"); w.html+w.styles > mostToRead {
		t.Errorf("with many statements: %+v", w)
	}
	if w := h.weigh("/statements.json?limit=200&principle=paris-call/1"); w.html < mostToRead {
		t.Errorf("the statements are too short to weigh: %+v", w)
	}
}
