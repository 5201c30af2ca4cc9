package app_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"normmap/internal/crawl"
	"normmap/internal/pgtest"
)

// Bounds of a crawl: fewer addresses mean that links are missing, more that a
// page makes up new ones without end.
const (
	fewest = 100
	most   = 6000
)

func TestEveryLinkLeadsToAPage(t *testing.T) {
	t.Parallel()
	env := vars{"DATABASE_URL": pgtest.Founding(t)}
	s := start(t, env)
	const email, password = "ada@example.org", "five words make a passphrase"
	ok(t, command(t, env, "", "user", "add", "--email", email, "--name", "Ada", "--role", "editor"))
	ok(t, command(t, env, password+"\n", "user", "reset", "--email", email, "--password-stdin"))
	before := s.revision()

	visitor := newReader(t, s.base)
	visitor.read("/")
	visitor.read("/search") // which forms lead to
	editor := newReader(t, s.base)
	editor.PresentOnly = true // nobody edits the past
	editor.Few = 8            // of the forms that only what they are filled with tells apart
	if err := editor.SignIn(email, password); err != nil {
		t.Fatal(err)
	}
	editor.read("/")

	for _, form := range []string{"/initiatives/new", "/initiatives/microsoft-newsguard/cite", "/agreements/paris-call/principles/4/links/edit"} {
		if visitor.Saw(form) || !editor.Saw(form) {
			t.Errorf("%s is linked for a visitor (%v) or not for an editor (%v)", form, visitor.Saw(form), editor.Saw(form))
		}
	}
	if after := s.revision(); after != before {
		t.Errorf("reading changed the record from revision %d to %d", before, after)
	}
	checkHTML(t, append(visitor.html, editor.html...))
}

// revision is that of the record, by the service's own account.
func (s *service) revision() int64 {
	s.t.Helper()
	var stats struct{ Revision int64 }
	if _, body := s.get("/api/v1/stats"); json.Unmarshal([]byte(body), &stats) != nil || stats.Revision == 0 {
		s.t.Fatalf("stats say %s", body)
	}
	return stats.Revision
}

// reader looks at every page that it can reach.
type reader struct {
	*crawl.Crawler
	t     *testing.T
	parts map[string]string // address and fragment of links, to the page with the link
	ids   map[string]bool   // address and id of elements that fragments may name
	html  []htmlFile
}

func newReader(t *testing.T, base string) *reader {
	t.Helper()
	c, err := crawl.New(base)
	if err != nil {
		t.Fatal(err)
	}
	return &reader{Crawler: c, t: t, parts: map[string]string{}, ids: map[string]bool{}}
}

func (r *reader) read(start string) {
	r.t.Helper()
	n := r.Walk(start, most, r.check)
	if n < fewest || n > most {
		r.t.Errorf("%d addresses were found, want %d to %d", n, fewest, most)
	}
	for address, from := range r.parts {
		if page, _, _ := strings.Cut(address, "#"); r.Saw(page) && !r.ids[address] {
			r.t.Errorf("%s, linked on %s, names no part of the page", address, from)
		}
	}
	r.t.Logf("%d addresses, %d pages", n, len(r.html))
}

// check looks at what one address answers, by the kind of what it answers with.
func (r *reader) check(p *crawl.Page) {
	if p.Err != nil || p.Status != http.StatusOK {
		r.t.Errorf("%s, linked on %s, answers %d: %.300s %v", p.Address, p.From, p.Status, p.Body, p.Err)
		return
	}
	path, _, _ := strings.Cut(p.Address, "?")
	switch {
	case strings.HasSuffix(path, ".json"):
		if !strings.HasSuffix(p.Kind, "json") || !json.Valid(p.Body) {
			r.t.Errorf("%s is %s and no JSON: %.300s", p.Address, p.Kind, p.Body)
		}
	case strings.HasSuffix(path, ".csv"):
		if rows, err := csv.NewReader(bytes.NewReader(p.Body)).ReadAll(); p.Kind != "text/csv" || err != nil || len(rows) == 0 {
			r.t.Errorf("%s is %s with %d rows: %v", p.Address, p.Kind, len(rows), err)
		}
	case p.Doc != nil:
		r.checkPage(p)
	}
}

// checkPage looks at what every page must have, and remembers its parts.
func (r *reader) checkPage(p *crawl.Page) {
	r.html = append(r.html, htmlFile{p.Address, p.Body})
	if n := p.Doc.Find("h1").Length(); n != 1 {
		r.t.Errorf("%s has %d h1", p.Address, n)
	}
	if p.Doc.Find("nav[aria-label=Breadcrumb] [aria-current=page]").Length() != 1 {
		r.t.Errorf("%s has no breadcrumb that ends in it", p.Address)
	}
	_, has := p.Doc.Find("link[rel=canonical]").Attr("href")
	cited := !strings.HasPrefix(p.At.Path, "/proposals") // pages that only some may read are not
	if data := p.Doc.Find("link[rel=alternate]").Length(); has != (data > 0 && cited) {
		r.t.Errorf("%s has a permanent address (%v) and %d kinds of data", p.Address, has, data)
	}
	if d := p.Doc.Find("meta[name=description]").AttrOr("content", ""); len(d) < 30 {
		r.t.Errorf("%s describes itself as %q", p.Address, d)
	}
	p.Doc.Find("[id]").Each(func(_ int, e *goquery.Selection) { r.ids[p.Address+"#"+e.AttrOr("id", "")] = true })
	for _, u := range p.Links() {
		if u.Fragment != "" && u.Host == p.At.Host {
			r.parts[crawl.Resource(u)+"#"+u.Fragment] = p.Address
		}
	}
}
