package app_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"normmap/internal/pgtest"
)

// Bounds of a crawl: fewer addresses mean that links are missing, more that a
// page makes up new ones without end.
const (
	fewest = 100
	most   = 3000
)

func TestEveryLinkLeadsToAPage(t *testing.T) {
	t.Parallel()
	env := vars{"DATABASE_URL": pgtest.Founding(t)}
	s := start(t, env)
	const email, password = "ada@example.org", "five words make a passphrase"
	ok(t, command(t, env, "", "user", "add", "--email", email, "--name", "Ada", "--role", "editor"))
	ok(t, command(t, env, password+"\n", "user", "reset", "--email", email, "--password-stdin"))
	before := s.revision()

	visitor := newCrawler(t, s.base)
	visitor.crawl("/")
	visitor.crawl("/search") // which forms lead to
	editor := newCrawler(t, s.base)
	editor.signIn(email, password)
	editor.crawl("/")

	for _, form := range []string{"/initiatives/new", "/initiatives/microsoft-newsguard/cite", "/agreements/paris-call/principles/4/links/edit"} {
		if visitor.saw(form) || !editor.saw(form) {
			t.Errorf("%s is linked for a visitor (%v) or not for an editor (%v)", form, visitor.saw(form), editor.saw(form))
		}
	}
	if after := s.revision(); after != before {
		t.Errorf("reading changed the record from revision %d to %d", before, after)
	}
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

// crawler follows every link from an address to others of the same service.
type crawler struct {
	t      *testing.T
	base   *url.URL
	client *http.Client
	mu     sync.Mutex
	seen   map[string]string // address to the page that links to it
	parts  map[string]string // the same for addresses with a fragment
	ids    map[string]bool   // address and id of elements that fragments may name
	next   []string
}

func newCrawler(t *testing.T, base string) *crawler {
	t.Helper()
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &crawler{
		t: t, base: u, client: &http.Client{Jar: jar},
		seen: map[string]string{}, parts: map[string]string{}, ids: map[string]bool{},
	}
}

// signIn sends the sign-in form; the crawler then is who signed in.
func (c *crawler) signIn(email, password string) {
	c.t.Helper()
	form := url.Values{"email": {email}, "password": {password}, "next": {"/account"}}
	res, err := c.client.PostForm(c.base.JoinPath("login").String(), form)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK || res.Request.URL.Path != "/account" {
		c.t.Fatalf("signing in ends at %s with %d", res.Request.URL, res.StatusCode)
	}
}

func (c *crawler) saw(address string) bool {
	_, ok := c.seen[address]
	return ok
}

// crawl reads the pages in rounds: all that the last round found, a few at
// once.
func (c *crawler) crawl(start string) {
	c.t.Helper()
	c.seen[start], c.next = "the test", []string{start}
	for len(c.next) > 0 && len(c.seen) <= most {
		round := c.next
		c.next = nil
		var wg sync.WaitGroup
		gate := make(chan struct{}, 4)
		for _, address := range round {
			wg.Go(func() {
				gate <- struct{}{}
				defer func() { <-gate }()
				c.read(address)
			})
		}
		wg.Wait()
	}
	if n := len(c.seen); n < fewest || n > most {
		c.t.Errorf("%d addresses were found, want %d to %d", n, fewest, most)
	}
	for address, from := range c.parts {
		if !c.ids[address] {
			c.t.Errorf("%s, linked on %s, names no part of the page", address, from)
		}
	}
	c.t.Logf("%d addresses", len(c.seen))
}

// read checks what one address answers, by the kind of what it answers with.
func (c *crawler) read(address string) {
	res, err := c.client.Get(c.base.String() + address)
	if err != nil {
		c.t.Errorf("%s, linked on %s: %v", address, c.seenOn(address), err)
		return
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		c.t.Errorf("%s, linked on %s, answers %d: %.300s %v", address, c.seenOn(address), res.StatusCode, body, err)
		return
	}
	kind, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type"))
	path, _, _ := strings.Cut(address, "?")
	switch {
	case strings.HasSuffix(path, ".json"):
		if !strings.HasSuffix(kind, "json") || !json.Valid(body) {
			c.t.Errorf("%s is %s and no JSON: %.300s", address, kind, body)
		}
	case strings.HasSuffix(path, ".csv"):
		if rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll(); kind != "text/csv" || err != nil || len(rows) == 0 {
			c.t.Errorf("%s is %s with %d rows: %v", address, kind, len(rows), err)
		}
	case kind == "text/html":
		c.readPage(address, res.Request.URL, body)
	}
}

// readPage checks what every page must have, and takes its links.
func (c *crawler) readPage(address string, at *url.URL, body []byte) {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		c.t.Errorf("%s: %v", address, err)
		return
	}
	if n := doc.Find("h1").Length(); n != 1 {
		c.t.Errorf("%s has %d h1", address, n)
	}
	if doc.Find("nav[aria-label=Breadcrumb] [aria-current=page]").Length() != 1 {
		c.t.Errorf("%s has no breadcrumb that ends in it", address)
	}
	permanent, has := doc.Find("link[rel=canonical]").Attr("href")
	if data := doc.Find("link[rel=alternate]").Length(); has != (data > 0) {
		c.t.Errorf("%s has the permanent address %q and %d kinds of data", address, permanent, data)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	doc.Find("[id]").Each(func(_ int, e *goquery.Selection) { c.ids[address+"#"+e.AttrOr("id", "")] = true })
	doc.Find("a[href], link[href], script[src]").Each(func(_ int, e *goquery.Selection) {
		c.note(at, e.AttrOr("href", e.AttrOr("src", "")), address)
	})
	if has {
		c.note(at, permanent, address)
	}
}

// note remembers a link for the next round unless it leads elsewhere.
func (c *crawler) note(at *url.URL, link, from string) {
	u, err := at.Parse(link)
	if err != nil {
		c.t.Errorf("%s links to %q: %v", from, link, err)
		return
	}
	if u.Host != c.base.Host {
		return
	}
	address := u.RequestURI()
	if u.Path == "/login" { // its query differs on every page
		address = u.Path
	}
	if u.Fragment != "" {
		c.parts[address+"#"+u.Fragment] = from
	}
	if _, ok := c.seen[address]; !ok {
		c.seen[address] = from
		c.next = append(c.next, address)
	}
}

func (c *crawler) seenOn(address string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.seen[address]
}
