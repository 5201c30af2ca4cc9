package browser

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"normmap/internal/crawl"
)

// mostPages is more than a crawl finds unless pages make up new ones.
const mostPages = 10_000

// found is a page that the crawl found.
type found struct {
	address, request string
	size             int
	traits           map[string]bool // what it is made of
}

// samples finds all pages that an account can reach, or a visitor when email
// is empty, and returns as few of them as show everything there is: each
// route, each set of filters, and each kind of element inside each other.
func (s *service) samples(t testing.TB, email string) []string {
	t.Helper()
	c, err := crawl.New(s.base)
	if err != nil {
		t.Fatal(err)
	}
	c.PagesOnly = true
	if email != "" {
		c.PresentOnly = true // nobody edits the past
		c.Few = 8            // forms that only what they are filled with tells apart
		if err := c.SignIn(email, password); err != nil {
			t.Fatal(err)
		}
	}
	var all []found
	if n := c.Walk("/", mostPages, func(p *crawl.Page) {
		if p.Doc != nil {
			all = append(all, found{p.Address, p.Header.Get("X-Request-Id"), len(p.Body), traits(p)})
		}
	}); n > mostPages {
		t.Fatalf("more than %d pages", mostPages)
	}
	s.addRoutes(t, all)
	chosen := few(all)
	t.Logf("%d of %d pages show everything", len(chosen), len(all))
	return chosen
}

// traits of a page are the names in its query and the kinds of its elements.
func traits(p *crawl.Page) map[string]bool {
	names := slices.Sorted(maps.Keys(p.At.Query()))
	t := map[string]bool{}
	p.Doc.Find("body *").Each(func(_ int, e *goquery.Selection) { t[kind(e.Parent())+" > "+kind(e)] = true })
	t["? "+strings.Join(names, " ")] = true
	return t
}

func kind(e *goquery.Selection) string {
	return strings.Join([]string{goquery.NodeName(e), e.AttrOr("class", ""), e.AttrOr("role", ""), e.AttrOr("type", "")}, " ")
}

// addRoutes adds to the traits of each page the route that led to it and, with
// it, the names in its query; the program's log knows the route.
func (s *service) addRoutes(t testing.TB, all []found) {
	t.Helper()
	var routes map[string]string
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		routes = s.routes()
		if !slices.ContainsFunc(all, func(f found) bool { return routes[f.request] == "" }) {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("the log does not know the routes of all pages: %.2000s", s.log)
		}
	}
	for _, f := range all {
		_, query, _ := strings.Cut(f.address, "?")
		values, _ := url.ParseQuery(query)
		f.traits[strings.Join(append([]string{routes[f.request]}, slices.Sorted(maps.Keys(values))...), " ")] = true
	}
}

// routes are those of all requests so far, by the request's number.
func (s *service) routes() map[string]string {
	routes := map[string]string{}
	for line := range strings.Lines(s.log.String()) {
		var r struct{ Request, Route string }
		if json.Unmarshal([]byte(line), &r) == nil && r.Request != "" {
			routes[r.Request] = r.Route
		}
	}
	return routes
}

// large is a page in bytes that takes long to judge.
const large = 60_000

// few leaves out each page that shows nothing which the others do not show
// too: first the large ones, which take long, then the poorest.
func few(all []found) []string {
	shown := map[string]int{}
	for _, f := range all {
		for trait := range f.traits {
			shown[trait]++
		}
	}
	slices.SortFunc(all, func(a, b found) int {
		return cmp.Or(-cmp.Compare(max(a.size, large), max(b.size, large)), cmp.Compare(a.size, b.size), cmp.Compare(a.address, b.address))
	})
	var chosen []string
	for _, f := range all {
		if needed(f, shown) {
			chosen = append(chosen, f.address)
			continue
		}
		for trait := range f.traits {
			shown[trait]--
		}
	}
	return chosen
}

func needed(f found, shown map[string]int) bool {
	for trait := range f.traits {
		if shown[trait] == 1 {
			return true
		}
	}
	return false
}
