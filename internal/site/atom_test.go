package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// atomProblems checks a feed by the rules of RFC 4287 that its schema cannot
// say, and by the schema itself where the founding documents are at hand.
func atomProblems(t *testing.T, feed string) []string {
	t.Helper()
	root, err := parseXML(strings.NewReader(feed))
	if err != nil {
		return []string{err.Error()}
	}
	problems := wanting(root, "feed", "id", "title", "updated")
	seen := map[string]bool{}
	for _, n := range append([]*xmlNode{root}, entriesOf(root)...) {
		id := child(n, "id").content()
		if u, err := url.Parse(id); err != nil || !u.IsAbs() || seen[id] {
			problems = append(problems, "the id "+id+" is not absolute or not unique")
		}
		seen[id] = true
		if _, err := time.Parse(time.RFC3339, child(n, "updated").content()); err != nil {
			problems = append(problems, err.Error())
		}
	}
	for _, e := range entriesOf(root) {
		problems = append(problems, wanting(e, "entry", "id", "title", "updated", "author", "link")...)
		if child(child(e, "author"), "name").content() == "" || child(child(e, "author"), "email").content() != "" {
			problems = append(problems, "an author has no name, or an address")
		}
	}
	if schema := atomSchema(t); schema != "" {
		check := exec.CommandContext(t.Context(), "xmllint", "--noout", "--nonet", "--relaxng", schema, "-")
		check.Stdin = strings.NewReader(feed)
		if out, err := check.CombinedOutput(); err != nil {
			problems = append(problems, string(out))
		}
	}
	return problems
}

// atomSchema is the file of Atom's official schema, "" where it or what reads
// it is not at hand. In CI it has to be.
func atomSchema(t *testing.T) string {
	t.Helper()
	folder := os.Getenv("NORMMAP_FIXTURES")
	if _, err := exec.LookPath("xmllint"); folder != "" && err == nil {
		return filepath.Join(folder, "schemas", "atom", "atom.rng")
	}
	const without = "feeds are held against our own checks only: NORMMAP_FIXTURES is not set, or there is no xmllint (apt-get install libxml2-utils)"
	if folder != "" && os.Getenv("CI") != "" {
		t.Error(without)
	}
	t.Log(without)
	return ""
}

// wanting says what n is not or has not.
func wanting(n *xmlNode, name string, parts ...string) (problems []string) {
	if n.name.Local != name || n.name.Space != "http://www.w3.org/2005/Atom" {
		problems = append(problems, fmt.Sprintf("%v is no %s of Atom", n.name, name))
	}
	for _, p := range parts {
		if child(n, p).name.Local == "" {
			problems = append(problems, name+" has no "+p)
		}
	}
	return problems
}

func child(n *xmlNode, name string) *xmlNode {
	for _, k := range n.children() {
		if k.name.Local == name {
			return k
		}
	}
	return &xmlNode{}
}

func entriesOf(feed *xmlNode) []*xmlNode {
	return slices.DeleteFunc(feed.children(), func(n *xmlNode) bool { return n.name.Local != "entry" })
}

func links(n *xmlNode) map[string]string {
	out := map[string]string{}
	for _, k := range n.children() {
		if k.name.Local == "link" {
			out[k.attr("rel")] = k.attr("href")
		}
	}
	return out
}

func TestTheFeedOfChanges(t *testing.T) {
	t.Parallel()
	h := withLater(t)
	a := h.get("/changes.atom").status(http.StatusOK)
	if got := a.Header.Get("Content-Type"); got != "application/atom+xml; charset=utf-8" {
		t.Error(got)
	}
	for _, p := range atomProblems(t, a.body) {
		t.Error(p)
	}
	root, _ := parseXML(strings.NewReader(a.body))
	entries := entriesOf(root)
	if len(entries) != 2 {
		t.Fatalf("%d entries, want 2", len(entries))
	}
	got := []string{child(entries[0], "title").content(), child(child(entries[0], "author"), "name").content(), child(entries[0], "summary").content(), links(entries[0])["alternate"]}
	if d := cmp.Diff([]string{"for a test", "Grace Editor", "Grace Editor wrote 1 row in revision 2.", "/changesets/2"}, got); d != "" {
		t.Error(d)
	}
	if strings.Contains(a.body, "@example.org") {
		t.Error("the feed tells an e-mail address")
	}
	if d := cmp.Diff(map[string]string{"self": "/changes.atom", "alternate": "/changes"}, links(root)); d != "" {
		t.Error(d)
	}
	for _, page := range []string{"/", "/changes"} {
		h.get(page).has(`link[rel=alternate][type="application/atom+xml"][href="/changes.atom"]`, "")
	}
}

// A feed that breaks a rule is refused: by the structure alone, and by the
// schema what the structure does not see.
func TestBrokenFeedsAreRefused(t *testing.T) {
	t.Parallel()
	good := newHouse(t).get("/changes.atom").body
	breaks := map[string][2]string{
		"no id":               {"<id>", "<!--"},
		"not well formed":     {"</feed>", ""},
		"no author":           {"author>", "contributor>"},
		"another namespace":   {"http://www.w3.org/2005/Atom", "http://www.w3.org/2005/atom"},
		"a moment in words":   {"<updated>2", "<updated>on 2"},
		"a relative id":       {"<id>urn:uuid:", "<id>"},
		"an e-mail address":   {"</name>", "</name><email>ada@example.org</email>"},
		"a feed with no name": {"<title>", "<title hidden='x'>"},
		"an unknown element":  {"<rights>", "<licence>x</licence><rights>"},
		"a link to nothing":   {` href="/changes"`, ""},
		"text between":        {"<entry>", "and <entry>"},
	}
	bySchema := []string{"a feed with no name", "an unknown element", "a link to nothing", "text between"}
	for name, b := range breaks {
		bad := strings.Replace(good, b[0], b[1], 1)
		if name == "no author" {
			bad = strings.ReplaceAll(good, b[0], b[1])
		}
		if bad == good {
			t.Errorf("%s: the feed has no %q to break", name, b[0])
		}
		if slices.Contains(bySchema, name) && atomSchema(t) == "" {
			continue
		}
		if len(atomProblems(t, bad)) == 0 {
			t.Errorf("%s: nothing is found wrong", name)
		}
	}
}

// Ids say what a changeset is, not where the service is: they stay when its
// address changes, and no request can make up others.
func TestIdsOfTheFeedLast(t *testing.T) {
	t.Parallel()
	h := withLater(t)
	ids := func(a answer) (out []string) {
		root, err := parseXML(strings.NewReader(a.status(http.StatusOK).body))
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range append([]*xmlNode{root}, entriesOf(root)...) {
			out = append(out, child(n, "id").content())
		}
		return out
	}
	want := ids(h.get("/changes.atom"))
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/changes.atom", nil)
	r.Host = "evil.example"
	evil := h.do(r)
	if d := cmp.Diff(want, ids(evil)); d != "" || strings.Contains(evil.body, "evil") {
		t.Errorf("the host that is asked decides: %s", d)
	}
	h.site.server.PublicURL = "https://norms.example.org"
	public := h.get("/changes.atom").says(`href="https://norms.example.org/changesets/2"`, `href="https://norms.example.org/changes.atom"`)
	if d := cmp.Diff(want, ids(public)); d != "" {
		t.Errorf("the service moved, and its ids with it: %s", d)
	}
	narrow := ids(h.get("/changes.atom?thing=agreement/paris-call"))
	if narrow[0] == want[0] || narrow[1] != want[1] {
		t.Errorf("another feed of the same changeset: %v and %v", narrow, want)
	}
}

func TestTheFeedIsFiltered(t *testing.T) {
	t.Parallel()
	h := withLater(t)
	h.signIn(account.Editor)
	for query, want := range map[string]int{
		"?thing=agreement%2Fparis-call": 2, "?thing=agreement%2Fgcsc": 1, "?kind=link&by=Grace+Editor": 1, "?by=nobody": 0, "?since=1": 1,
	} {
		a := h.get("/changes.atom" + query).status(http.StatusOK)
		for _, p := range atomProblems(t, a.body) {
			t.Errorf("%s: %s", query, p)
		}
		root, _ := parseXML(strings.NewReader(a.body))
		if got := len(entriesOf(root)); got != want {
			t.Errorf("%s: %d entries, want %d", query, got, want)
		}
	}
	h.get("/changes?thing=agreement%2Fparis-call&since=1").has(`link[type="application/atom+xml"][href="/changes.atom?thing=agreement%2Fparis-call"]`, "")
	h.get("/changes.atom?kind=nothing").status(http.StatusUnprocessableEntity)
	h.get("/changes.atom?as_of=1").status(http.StatusBadRequest)
	h.get("/changes.atom.json").status(http.StatusNotFound)
	if h.get("/changes.atom").Header.Get("Cache-Control") != "no-store" {
		t.Error("the feed of somebody who is signed in may be kept")
	}
}

// Fifty entries are all that a feed holds; whatever people write is text.
func TestALongFeed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	by := h.signIn(account.Editor)
	for i := range 55 {
		o := norms.PutOrganization{Slug: fmt.Sprintf("o-%d", i), Name: "Another", Kind: "body"}
		if _, err := h.store.Apply(t.Context(), by, `<b>&amp; ]]> "quoted"`, []norms.Edit{o}); err != nil {
			t.Fatal(err)
		}
	}
	a := h.get("/changes.atom").status(http.StatusOK)
	for _, p := range atomProblems(t, a.body) {
		t.Error(p)
	}
	root, _ := parseXML(strings.NewReader(a.body))
	if n := len(entriesOf(root)); n != 50 {
		t.Errorf("%d entries", n)
	}
	if got := child(entriesOf(root)[0], "title").content(); got != `<b>&amp; ]]> "quoted"` {
		t.Errorf("a reason reads %q", got)
	}
}

func TestAFeedHasNoPages(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, address := range []string{"/changes.atom?cursor=x", "/changes.atom?limit=5"} {
		h.get(address).status(http.StatusUnprocessableEntity).says("/changes.json")
	}
}
