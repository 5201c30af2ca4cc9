package site

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
)

func TestTheSearchPage(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a := h.get("/search?q=hygiene").status(http.StatusOK)
	a.has("h1", "Search").has("[role=status]", "results for hygiene").has(`a[href="/agreements/paris-call/principles/7"] mark`, "hygiene")
	a.has(`[aria-current=true]`, "All").has(`a[href="/search?kind=principle&q=hygiene"]`, "Principles")
	a.has(`form[role=search] input[name=q][value=hygiene]`, "")
	h.get("/search?q=hygiene&kind=principle").has(`[aria-current=true]`, "Principles")
	h.get("/search?q=hygeine").has(".found .badge", "similar spelling").has("main", "Shown is what comes near")
	h.get("/search?q=paris+call+5").has(".understood h2", "Understood as a principle").has(`.understood a[href="/agreements/paris-call/principles/5"]`, "Paris Call principle 5")
	h.get("/search?q=gcsc+norm+5").has(".understood h2", "May mean one of 3 principles").has(".understood", "by the numbering: D.")
	h.get("/search?q=paris+call+5").has("[role=status]", "1 result for").has("main", "Nothing else on record holds these words")
	h.get("/search.csv?q=paris+call+5").says("principle,paris-call/5")
	h.get("/search?q=paris+call+5&kind=organization").has("main", "None recorded that match")
	h.get("/search?q=nis2+art+21(2)").has(".understood", "the number is that of a part of it")
	h.get("/search?q=1-50").has(".understood", "Name the agreement as well")
	h.get("/search?q=zzqqxx").status(http.StatusOK).has("main", "None recorded that match").has(`main a[href="/initiatives"]`, "initiatives")
	h.get("/search").status(http.StatusOK).has(`main a[href="/search?q=13f"]`, "13f")
	h.get("/search?q=security&organization=microsoft").has(`select[name=organization] option[selected]`, "Microsoft")
}

// Every page leads to search with the keyboard and without scripts; the page
// of search has one box only.
func TestEveryPageHasASearchBox(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, p := range browsed {
		doc := h.get(p.address).page()
		if n := doc.Find(`header form[role=search][method=get][action="/search"] input[name=q]`).Length(); n != 1 && p.address != "/search" {
			t.Errorf("%s has %d search boxes in its header", p.address, n)
		}
		if n := doc.Find("#search-box").Length(); n != 1 {
			t.Errorf("%s has %d boxes for the key /", p.address, n)
		}
		if doc.Find(`link[rel=search][href="/opensearch.xml"]`).Length() != 1 {
			t.Errorf("%s does not tell browsers of search", p.address)
		}
	}
}

func TestSearchKeepsToTheBudget(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, role := range []account.Role{account.Visitor, account.Editor} {
		budget := maxStatements
		if role != account.Visitor {
			h.signIn(role)
			budget++ // the session
		}
		for _, q := range []string{"", "?q=hygiene", "?q=gcsc+norm+5", "?q=cyber+hygeine&kind=source", "?q=security&as_of=1"} {
			h.queries.take()
			h.get("/search" + q).status(http.StatusOK)
			if n := h.queries.take(); len(n) > budget {
				t.Errorf("%s runs %d statements:\n%s", q, len(n), strings.Join(n, "\n---\n"))
			}
		}
	}
}

func TestSearchOfThePast(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.apply(norms.PutOrganization{Slug: "zebra", Name: "Zebra <b>Institute</b>", Kind: "body", Summary: "Watches stripes & \"spots\"."})
	h.get("/search?q=zebra").has(`.found a[href="/organizations/zebra"]`, "Zebra <b>Institute</b>")
	then := h.get("/search?q=zebra&as_of=1").status(http.StatusOK).has("main", "None recorded that match")
	if then.page().Find(`form[action="/search"] input[name=as_of][value="1"]`).Length() != 1 {
		t.Error("searching again leaves the past")
	}
	h.get("/agreements?as_of=1").has(`header form[role=search]`, "")
	if h.get("/agreements?as_of=1").page().Find(`header form input[name=as_of][value="1"]`).Length() != 1 {
		t.Error("the box of a past page leaves the past")
	}
}

func TestSearchAsData(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var found norms.Search
	if err := json.Unmarshal([]byte(h.get("/search.json?q=security&limit=5").status(http.StatusOK).body), &found); err != nil {
		t.Fatal(err)
	}
	if len(found.Items) != 5 || found.Next == nil || found.Total <= 5 || found.Total != found.All() {
		t.Errorf("%d of %d items, %d of all kinds, next %v", len(found.Items), found.Total, found.All(), found.Next)
	}
	rows, err := csv.NewReader(strings.NewReader(h.get("/search.csv?q=security").status(http.StatusOK).body)).ReadAll()
	if err != nil || len(rows)-1 != found.Total || rows[0][0] != "kind" {
		t.Errorf("%d rows for %d things, %v", len(rows)-1, found.Total, err)
	}
}

func TestSearchesThatCannotBeAnswered(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for query, says := range map[string]string{
		"q=" + strings.Repeat("x", 201): "at most 200", "q=x&kind=person": "is none of agreement", "q=x&agreement=Paris+Call": "lower-case", "q=x&limit=0": "number of 1 or more",
	} {
		h.get("/search?"+query).status(http.StatusUnprocessableEntity).has("main", says)
	}
	h.get("/search?q=x&cursor=nonsense").status(http.StatusBadRequest)
	for _, q := range []string{"'", `\`, "%", "a:*&|!()<->", `"`, "-", "<script>alert(1)</script>", "' or 1=1 --", strings.Repeat("(", 200), "\u202e"} {
		a := h.get("/search?q=" + url.QueryEscape(q)).status(http.StatusOK)
		if strings.Contains(a.body, "<script>alert") {
			t.Errorf("%q is on the page as it came", q)
		}
	}
}

func TestBrowsersAreToldHowToSearch(t *testing.T) {
	t.Parallel()
	a := newHouse(t, func(d *Deps) { d.PublicURL = "https://norms.example.org" }).get("/opensearch.xml").status(http.StatusOK)
	var d struct {
		ShortName string
		URLs      []struct {
			Template string `xml:"template,attr"`
		} `xml:"Url"`
	}
	if err := xml.Unmarshal([]byte(a.body), &d); err != nil {
		t.Fatal(err)
	}
	if len([]rune(d.ShortName)) > 16 || d.URLs[0].Template != "https://norms.example.org/search?q={searchTerms}" {
		t.Errorf("%+v", d)
	}
}
