package site

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/href"
)

// browsed is every page of the record, once, on the seeds.
var browsed = []struct {
	address, heading string
	list             bool
}{
	{"/", "", false},
	{"/agreements", "Agreements", true},
	{"/agreements/paris-call", "Paris Call", false},
	{"/agreements/paris-call/history", "Paris Call", false},
	{"/agreements/gcsc/editions/singapore-2018", "Singapore", false},
	{"/agreements/paris-call/principles/1", "1", false},
	{"/agreements/paris-call/principles/1/history", "Paris Call", false},
	{"/agreements/manrs/principles/1", "1", false},
	{"/agreements/gcsc/editions/final-2019/principles/6", "6", false},
	{"/agreements/gcsc/editions/final-2019/principles/6/history", "GCSC", false},
	{"/elements", "Elements", true},
	{"/elements/human-rights", "Reference to Human Rights", true},
	{"/statements", "Statements", true},
	{"/statements?agreement=paris-call&question=5&stance=for", "Statements", true},
	{"/statements/1", "Multistakeholder input", false},
	{"/crosswalk", "Crosswalk", true},
	{"/crosswalk?agreement=paris-call&agreement=gcsc&relation=intersects_with", "Crosswalk", true},
	{"/crosswalk?agreement=paris-call&relation=equal", "Crosswalk", true},
	{"/crosswalk/cited-together", "Cited together", true},
	{"/organizations", "Organizations", true},
	{"/organizations/microsoft", "Microsoft", false},
	{"/organizations/microsoft/history", "Microsoft", false},
	{"/initiatives", "Initiatives", true},
	{"/sources", "Sources", true},
	{"/sources/microsoft-bpf-2019", "Microsoft", false},
	{"/sources/microsoft-bpf-2019/history", "Microsoft", false},
	{"/coverage", "Coverage", true},
	{"/gaps", "", true},
	{"/search", "Search", true},
	{"/changes", "Changes", true},
	{"/changes?since=2001-01-01&thing=agreement%2Fparis-call", "Changes: Paris Call", true},
	{"/changes?since=2001-01-01&until=1&show=difference", "What is different", true},
	{"/changes?happened_since=2019", "What happened in the world since 2019", true},
	{"/changesets/1", "load the seed files", false},
	{"/data", "Data", false},
	{"/data/agreements", "Agreements", true},
	{"/data/links", "Links", true},
	{"/method", "", false},
}

// maxStatements is what one page may ask of the database.
const maxStatements = 6

func TestEveryPage(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, p := range append(browsed, firstInitiative(h)...) {
		h.queries.take()
		a := h.get(p.address).status(http.StatusOK).has("h1", p.heading)
		if n := h.queries.take(); len(n) > maxStatements {
			t.Errorf("%s runs %d statements:\n%s", p.address, len(n), strings.Join(n, "\n---\n"))
		}
		checkFrame(a, p.address, p.list)
		checkData(h, p.address, p.list)
	}
}

// A page keeps to its budget whatever is kept of its texts: nothing, the texts
// without the names, all of it, and after a new source, which changes no texts.
func TestPrincipleKeepsToTheBudgetWhateverIsKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.apply(norms.PutCellReview{Principle: "gcsc/6", Organization: "microsoft", ReviewedOn: "2026-11", Note: "Its reports, by search."})
	const everyPart = "/agreements/gcsc/principles/6" // namesakes, reviews, and citations that may mean it
	ask := func(when string) {
		for _, address := range []string{principlePage, everyPart} {
			h.queries.take()
			h.get(address).status(http.StatusOK)
			// Those that begin and end the reading are not among them.
			if n := h.queries.take(); len(n) == 0 || len(n) > maxStatements-2 {
				t.Errorf("%s, %s: %d statements:\n%s", address, when, len(n), strings.Join(n, "\n---\n"))
			}
		}
	}
	for _, when := range []string{"at first", "with texts", "with names"} {
		ask(when)
	}
	h.apply(norms.PutSource{Slug: "budget-report", Title: "A report", Kind: "report", Exhaustiveness: "unknown"})
	ask("after a new source")
	ask("after a new source, again")
}

// Signed-in readers cost no more than their session.
func TestEveryPageForAnEditor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	for _, p := range append(browsed, firstInitiative(h)...) {
		h.queries.take()
		a := h.get(p.address).status(http.StatusOK)
		if n := h.queries.take(); len(n) > maxStatements+1 {
			t.Errorf("%s runs %d statements:\n%s", p.address, len(n), strings.Join(n, "\n---\n"))
		}
		if got := a.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: Cache-Control is %q", p.address, got)
		}
	}
}

func firstInitiative(h *house) []struct {
	address, heading string
	list             bool
} {
	list, err := h.store.Initiatives(h.t.Context(), norms.InitiativeFilter{}, norms.Page{Limit: 1})
	if err != nil {
		h.t.Fatal(err)
	}
	i := list.Items[0]
	return []struct {
		address, heading string
		list             bool
	}{{"/initiatives/" + i.Slug, i.Title, false}, {"/initiatives/" + i.Slug + "/history", i.Title, false}}
}

// checkFrame looks for what every page of the record has.
func checkFrame(a answer, address string, list bool) {
	a.t.Helper()
	doc := a.page()
	if n := doc.Find("h1").Length(); n != 1 {
		a.t.Errorf("%s has %d h1", address, n)
	}
	if address != "/" && doc.Find("nav.crumbs [aria-current=page]").Length() != 1 {
		a.t.Errorf("%s has no breadcrumb", address)
	}
	if got := doc.Find("link[rel=canonical]").AttrOr("href", ""); got != address {
		a.t.Errorf("%s calls its permanent address %q", address, got)
	}
	forms := map[string]bool{"application/json": true, "text/csv": list}
	for kind, want := range forms {
		if got := strings.Contains(strings.Join(a.Header.Values("Link"), ","), kind); got != want {
			a.t.Errorf("%s: Link has %s: %v, want %v", address, kind, got, want)
		}
	}
}

// checkData asks for the page's data by suffix and by header.
func checkData(h *house, address string, list bool) {
	h.t.Helper()
	data := h.get(href.JSON(address)).status(http.StatusOK)
	if !json.Valid([]byte(data.body)) || data.Header.Get("Content-Type") != "application/json" {
		h.t.Errorf("%s as data is %s: %.200s", address, data.Header.Get("Content-Type"), data.body)
	}
	if again := h.accepting(address, "application/json"); again.body != data.body {
		h.t.Errorf("%s answers something else when asked by header", address)
	}
	if !list {
		h.get(href.CSV(address)).status(http.StatusNotFound)
		return
	}
	table := h.get(href.CSV(address)).status(http.StatusOK)
	if again := h.accepting(address, "text/csv"); again.body != table.body {
		h.t.Errorf("%s answers another table when asked by header", address)
	}
}

func (h *house) accepting(address, kind string) answer {
	r := httptest.NewRequestWithContext(h.t.Context(), http.MethodGet, address, nil)
	r.Header.Set("Accept", kind)
	return h.do(r)
}

// The table holds what all pages of the data hold, whatever page was shown.
func TestTheTableIsAllPagesOfTheData(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var edits []norms.Edit
	for i := range norms.MaxLimit + 20 {
		edits = append(edits, norms.PutOrganization{Slug: fmt.Sprintf("many-%d", i), Name: fmt.Sprintf("=Many %d", i%7), Kind: "body"})
	}
	h.apply(edits...)
	for _, filter := range []string{"?limit=50", "?limit=7&q=many", "?q=nothing-like-it"} {
		var names []string
		for cursor := ""; ; {
			var list norms.List[norms.OrganizationRow]
			a := h.get("/organizations.json" + filter + "&cursor=" + url.QueryEscape(cursor)).status(http.StatusOK)
			if err := json.Unmarshal([]byte(a.body), &list); err != nil {
				t.Fatal(err)
			}
			for _, o := range list.Items {
				names = append(names, o.Slug)
			}
			if list.Next == nil {
				break
			}
			cursor = *list.Next
		}
		rows, err := csv.NewReader(strings.NewReader(h.get("/organizations.csv" + filter).status(http.StatusOK).body)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(rows)-1 != len(names) {
			t.Fatalf("%s: %d rows for %d items", filter, len(rows)-1, len(names))
		}
		for i, name := range names {
			if rows[i+1][0] != name {
				t.Errorf("%s: row %d is %q, item %q", filter, i, rows[i+1][0], name)
			}
		}
	}
}

func TestUnknownAddresses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, address := range []string{
		"/nowhere", "/agreements/nobody", "/agreements/Paris-Call", "/agreements/paris-call/editions/1900", "/agreements/nobody/principles/1",
		"/agreements/paris-call/editions/2018/principles/99", "/organizations/nobody", "/organizations/nobody/history", "/initiatives/nobody",
		"/sources/nobody", "/changesets/999999", "/changesets/01", "/changesets/x", "/changesets/99999999999999999999",
		"/agreements/paris-call/principles/13(f)", "/agreements/paris-call/principles/1/history/more", "/agreements/manrs/principles/1/history",
	} {
		h.get(address).status(http.StatusNotFound)
		h.get(address + ".json").status(http.StatusNotFound)
	}
	h.get("/agreements/paris-call/principles/12").status(http.StatusNotFound).says("those recorded are 1, 2, 3")
}

// A label that several programmes know is a page that lets one choose.
func TestUnqualifiedLabelsOfSeveralProgrammes(t *testing.T) {
	t.Parallel()
	a := newHouse(t).get("/agreements/manrs/principles/1").status(http.StatusOK)
	for _, edition := range []string{"network-operators", "ixps", "cdn-cloud", "vendors"} {
		a.has(`a[href="/agreements/manrs/editions/`+edition+`/principles/1"]`, "")
	}
}

func TestListsAreFiltered(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for address, want := range map[string]int{
		"/initiatives.json": 17, "/initiatives.json?agreement=manrs": 0, "/initiatives.json?agreement=paris-call&principle=paris-call/4": 0,
		"/initiatives.json?principle=paris-call/1": 10, "/initiatives.json?unknown=1&utm_source=x": 17,
	} {
		var list norms.List[norms.InitiativeRow]
		if err := json.Unmarshal([]byte(h.get(address).status(http.StatusOK).body), &list); err != nil {
			t.Fatal(err)
		}
		if list.Total != want {
			t.Errorf("%s holds %d, want %d", address, list.Total, want)
		}
	}
	h.get("/initiatives?cursor=nonsense").status(http.StatusBadRequest)
	for address, says := range map[string]string{
		"/initiatives?limit=x": "number of 1 or more", "/initiatives?limit=0": "number of 1 or more", "/changesets/1?limit=-1": "number of 1 or more",
		"/initiatives?status=finished": "planned", "/initiatives?principle=paris-call": "agreement/label",
		"/initiatives?principle=Paris%20Call%201": "agreement/label", "/initiatives?organization=Microsoft": "lower-case",
		"/initiatives?agreement=Paris%20Call": "lower-case", "/organizations?stakeholder_group=states": "is none of",
		"/organizations?agreement=x/y": "lower-case", "/sources?kind=rumour": "is none of",
	} {
		h.get(address).status(http.StatusUnprocessableEntity).has("main", says)
		path, q, _ := strings.Cut(address, "?")
		h.get(path + ".json?" + q).status(http.StatusUnprocessableEntity)
	}
	h.get("/initiatives?limit=5").status(http.StatusOK).has(`a[href*="cursor="]`, "")
}

// The permanent address names the filters that were applied and nothing else.
func TestPermanentAddresses(t *testing.T) {
	t.Parallel()
	configured := newHouse(t, func(d *Deps) { d.PublicURL = "https://norms.example.org/" })
	h := newHouse(t)
	list := "/initiatives?agreement=paris-call&principle=paris-call%2F1"
	for address, want := range map[string]string{
		list + "&utm_source=x&limit=3&status=&unknown=1": list, "/changes?limit=1&x=y": "/changes", "/changesets/1?limit=20": "/changesets/1",
		"/sources?kind=contribution&q=a+b": "/sources?kind=contribution&q=a+b", "/organizations?q=+accord+": "/organizations?q=accord",
		"/agreements/paris-call?utm_source=x": "/agreements/paris-call",
	} {
		for host, base := range map[string]string{
			"evil.example": "", "localhost.evil.example": "", "127.0.0.1.evil.example": "", "localhost:8080": "http://localhost:8080", "LocalHost.:8080": "http://LocalHost.:8080",
			"127.0.0.1:8080": "http://127.0.0.1:8080", "[::1]:8080": "http://[::1]:8080",
		} {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
			r.Host = host
			if got := h.do(r).status(http.StatusOK).page().Find("link[rel=canonical]").AttrOr("href", ""); got != base+want {
				t.Errorf("%s on %s: %q, want %q", address, host, got, base+want)
			}
		}
		if got := configured.get(address).page().Find("link[rel=canonical]").AttrOr("href", ""); got != "https://norms.example.org"+want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

// The page of a long changeset leads on until every row was shown.
func TestEveryRowOfAChangesetIsShown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var c norms.Changeset
	if err := json.Unmarshal([]byte(h.get("/changesets/1.json").status(http.StatusOK).body), &c); err != nil {
		t.Fatal(err)
	}
	if len(c.Changes) == 0 || c.More != c.Rows-len(c.Changes) || c.Next == nil {
		t.Errorf("%d rows and %d more of %d, next %v", len(c.Changes), c.More, c.Rows, c.Next)
	}
	shown := 0
	for address := "/changesets/1?limit=200"; address != ""; {
		page := h.get(address).status(http.StatusOK).page()
		shown += page.Find("article.change").Length()
		address = page.Find("a[rel=next]").AttrOr("href", "")
	}
	if shown != c.Rows {
		t.Errorf("%d rows are shown, want %d", shown, c.Rows)
	}
	h.get("/changesets/1?cursor=nonsense").status(http.StatusBadRequest)
}

// The database is away: readers are told to come back, the process stays up.
func TestWithoutADatabase(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	h.pool.Close()
	for _, address := range []string{"/", "/initiatives.json", "/gaps.csv"} {
		a := h.get(address).status(http.StatusServiceUnavailable)
		if a.Header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", address)
		}
	}
	h.get("/healthz").status(http.StatusOK)
}
