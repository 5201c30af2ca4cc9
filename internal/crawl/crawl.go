// Package crawl finds the pages of a running service by itself, following its
// links from page to page. It is for tests, which then need no list of pages.
package crawl

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// atOnce is how many pages are asked for at a time.
const atOnce = 4

// tries is how often a page is asked for at most while the service is too busy,
// and longestWait how long it is waited before the next time.
const (
	tries       = 12
	longestWait = 10 * time.Second
)

// Page is what an address answered with.
type Page struct {
	Address string // path and query
	From    string // the first page that links to it
	At      *url.URL
	Status  int
	Kind    string // media type, without parameters
	Header  http.Header
	Body    []byte
	Doc     *goquery.Document // nil unless it is HTML
	Err     error             // why there is no answer
}

// Crawler follows links as one visitor or one account.
type Crawler struct {
	Client      *http.Client // keeps the session
	PagesOnly   bool         // leave out data and files, by their suffix
	PresentOnly bool         // leave out the past
	Few         int          // of addresses that are alike, how many are looked at; 0 = all of them

	base  *url.URL
	seen  map[string]string // address to the page that links to it
	alike map[string]int    // how many addresses of each family were seen
	next  []string
	past  string // the one moment of the past that is looked at
}

// New returns a visitor of the service at base.
func New(base string) (*Crawler, error) {
	u, err := url.Parse(base)
	if err != nil {
		return nil, fmt.Errorf("parsing the service's address: %w", err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, fmt.Errorf("making a cookie jar: %w", err)
	}
	return &Crawler{base: u, Client: &http.Client{Jar: jar}, seen: map[string]string{}, alike: map[string]int{}}, nil
}

// SignIn sends the sign-in form; the crawler then is who signed in.
func (c *Crawler) SignIn(email, password string) error {
	form := url.Values{"email": {email}, "password": {password}, "next": {"/account"}}
	res, err := c.Client.PostForm(c.base.JoinPath("login").String(), form)
	if err != nil {
		return fmt.Errorf("signing in: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK || res.Request.URL.Path != "/account" {
		return fmt.Errorf("signing in ends at %s with %d", res.Request.URL, res.StatusCode)
	}
	return nil
}

// Saw tells whether some page links to the address.
func (c *Crawler) Saw(address string) bool {
	_, ok := c.seen[address]
	return ok
}

// Walk reads the pages in rounds, each of them what the last one found, and
// hands them over one after the other in an order that is always the same. It
// returns how many addresses it found and gives up when those are more than
// most: then pages make up new ones without end.
func (c *Crawler) Walk(start string, most int, visit func(*Page)) int {
	c.seen[start], c.next = "the start", []string{start}
	for len(c.next) > 0 && len(c.seen) <= most {
		pages := c.round(c.next)
		c.next = nil
		for _, p := range pages {
			visit(p)
			for _, link := range p.Links() {
				c.note(link, p.Address)
			}
		}
	}
	return len(c.seen)
}

func (c *Crawler) round(addresses []string) []*Page {
	pages := make([]*Page, len(addresses))
	gate := make(chan struct{}, atOnce)
	var wg sync.WaitGroup
	for i, address := range addresses {
		wg.Go(func() {
			gate <- struct{}{}
			defer func() { <-gate }()
			pages[i] = c.read(address)
		})
	}
	wg.Wait()
	return pages
}

func (c *Crawler) read(address string) *Page {
	p := &Page{Address: address, From: c.seen[address]}
	res, err := c.ask(address)
	if err != nil {
		p.Err = err
		return p
	}
	defer res.Body.Close()
	p.At, p.Status, p.Header = res.Request.URL, res.StatusCode, res.Header
	p.Kind, _, _ = mime.ParseMediaType(res.Header.Get("Content-Type"))
	if p.Body, p.Err = io.ReadAll(res.Body); p.Err == nil && p.Kind == "text/html" {
		p.Doc, p.Err = goquery.NewDocumentFromReader(bytes.NewReader(p.Body))
	}
	return p
}

// ask asks again, as a well-behaved robot does, as long as the service says
// that it is busy and when it is worth to come back. Whoever never gets an
// answer is told what the service said last.
func (c *Crawler) ask(address string) (*http.Response, error) {
	for try := 1; ; try++ {
		res, err := c.Client.Get(c.base.String() + address)
		if err != nil {
			return nil, err
		}
		wait, busy := later(res)
		if !busy || try == tries {
			return res, nil
		}
		if err := res.Body.Close(); err != nil {
			return nil, fmt.Errorf("putting a refusal aside: %w", err)
		}
		time.Sleep(min(wait, longestWait))
	}
}

// later tells whether the service is too busy to answer, and when it wants to
// be asked again.
func later(res *http.Response) (wait time.Duration, busy bool) {
	if res.StatusCode != http.StatusTooManyRequests && res.StatusCode != http.StatusServiceUnavailable {
		return 0, false
	}
	seconds, err := strconv.Atoi(res.Header.Get("Retry-After"))
	return time.Duration(max(seconds, 0)) * time.Second, err == nil
}

// Links are the addresses that the page leads to or is made of, resolved.
func (p *Page) Links() []*url.URL {
	if p.Doc == nil {
		return nil
	}
	var links []*url.URL
	p.Doc.Find("a[href], link[href], script[src]").Each(func(_ int, e *goquery.Selection) {
		if u, err := p.At.Parse(e.AttrOr("href", e.AttrOr("src", ""))); err == nil {
			links = append(links, u)
		}
	})
	return links
}

// Resource is what stands for a link's target among addresses: path and query.
// That of the sign-in page is cut: it differs on every page.
func Resource(u *url.URL) string {
	if u.Path == "/login" {
		return u.Path
	}
	return u.RequestURI()
}

// note remembers a link for the next round unless it leads elsewhere.
func (c *Crawler) note(u *url.URL, from string) {
	if u.Host != c.base.Host || c.PagesOnly && path.Ext(u.Path) != "" || c.anotherPast(u) {
		return
	}
	address := Resource(u)
	if c.Saw(address) || c.enough(u) {
		return
	}
	c.seen[address] = from
	c.next = append(c.next, address)
}

// enough tells whether as many as wanted were seen of the family of an address:
// the same path, and the same names in the query. For every thing and every
// cell there is a link to the form that withdraws, cites or reviews it; those
// forms differ in what they are filled with and in nothing else. What kind of
// thing a form is about makes another form of it.
func (c *Crawler) enough(u *url.URL) bool {
	if c.Few == 0 || u.RawQuery == "" {
		return false
	}
	q := u.Query()
	family := u.Path + "?" + strings.Join(slices.Sorted(maps.Keys(q)), "&") + "=" + q.Get("kind")
	c.alike[family]++
	return c.alike[family] > c.Few
}

// anotherPast tells whether a link leads to a second moment of the past. One
// is enough for everybody: there are as many as changes, and each has all the
// pages.
func (c *Crawler) anotherPast(u *url.URL) bool {
	at := u.Query().Get("as_of")
	if at != "" && c.past == "" {
		c.past = at
	}
	return at != "" && (c.PresentOnly || at != c.past)
}
