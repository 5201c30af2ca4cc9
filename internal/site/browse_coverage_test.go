package site

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"normmap/internal/norms"
)

// cellText is what the page shows in the column under a heading, in the row
// of a principle.
func cellText(t *testing.T, a answer, principle, column string) string {
	t.Helper()
	table := a.page().Find("div.matrix table")
	at := -1
	table.Find("thead th").Each(func(i int, th *goquery.Selection) {
		if strings.Contains(th.Text(), column) {
			at = i
		}
	})
	row := table.Find(`tbody th[scope=row] a[href="` + principle + `"]`).Closest("tr")
	if at < 0 || row.Length() != 1 {
		t.Fatalf("%d rows for %s, column %d for %s", row.Length(), principle, at, column)
	}
	return strings.Join(strings.Fields(row.Children().Eq(at).Text()), " ")
}

func TestCoverageShowsWhoIsCited(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a := h.get("/coverage?agreement=paris-call&agreement=gcsc&agreement=manrs").status(http.StatusOK)
	for principle, want := range map[string]string{
		"/agreements/paris-call/principles/1":             "Microsoft: 10 links to Paris Call principle 1 of Microsoft",
		"/agreements/paris-call/principles/4":             "not reviewed",
		"/agreements/paris-call/principles/8":             "not reviewed",
		"/agreements/gcsc/principles/6":                   "Microsoft: not reviewed possibly cited: GCSC norm 6 by Microsoft",
		"/agreements/manrs/editions/ixps/principles/4":    "not reviewed",
		"/agreements/manrs/editions/vendors/principles/1": "not reviewed",
	} {
		if got := cellText(t, a, principle, "Microsoft"); got != want {
			t.Errorf("%s: %q, want %q", principle, got, want)
		}
	}
	if got := cellText(t, a, "/agreements/paris-call/principles/1", "Organizations cited"); got != "Organizations cited: 1 of 1 1 not reviewed" {
		t.Errorf("the share of Paris Call 1 is %q", got)
	}
	if got := cellText(t, a, "/agreements/paris-call/principles/4", "Organizations cited"); got != "Organizations cited: none cited or reviewed 2 not reviewed" {
		t.Errorf("the share of Paris Call 4 is %q", got)
	}
	a.has("tfoot", "7 of 7").has("tfoot", "All columns: 22")
}

// Every cited cell leads to its links.
func TestCitedCellsLeadToTheirLinks(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, by := range norms.CoverageBys {
		cells := h.get("/coverage?by=" + string(by)).page().Find("td a.cited")
		if cells.Length() == 0 {
			t.Fatalf("no cited cell by %s", by)
		}
		cells.Each(func(_ int, a *goquery.Selection) {
			address, place, _ := strings.Cut(a.AttrOr("href", ""), "#")
			n, _, _ := strings.Cut(a.Text(), " ")
			rows := "main tbody tr"
			if place != "" {
				rows = "section[aria-labelledby=" + place + "] tbody tr"
			}
			if got := h.get(address).status(http.StatusOK).page().Find(rows).Length(); fmt.Sprint(got) != n {
				t.Errorf("by %s: %s lists %d links, not %s", by, address, got, n)
			}
		})
	}
}

func TestOnlyThePrivateSectorReports(t *testing.T) {
	t.Parallel()
	a := newHouse(t).get("/coverage?by=stakeholder_group").status(http.StatusOK)
	a.has("main", "Only private sector: links of no other stakeholder group are on record here. None recorded: government,")
	if got := a.page().Find("div.matrix thead th").Length(); got != 1+len(norms.StakeholderGroups)+3 {
		t.Errorf("%d columns", got)
	}
}

// The table in long form says what the data say, cell by cell, over all pages.
func TestCoverageAsData(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var edits []norms.Edit
	for i := range columnsShown {
		slug := fmt.Sprintf("many-%02d", i)
		edits = append(edits, norms.PutOrganization{Slug: slug, Name: slug, Kind: "body"},
			norms.PutAdherence{Organization: slug, Agreement: "paris-call", Relation: "supported", Source: "microsoft-bpf-2019"})
	}
	h.apply(edits...)
	var shown []string
	for address := "/coverage?agreement=paris-call"; address != ""; {
		page := h.get(address).status(http.StatusOK).page()
		shown = append(shown, page.Find("thead th > a").Map(func(_ int, a *goquery.Selection) string { return a.Text() })...)
		address = page.Find("a[rel=next]").AttrOr("href", "")
	}
	rows, err := csv.NewReader(strings.NewReader(h.get("/coverage.csv?agreement=paris-call").status(http.StatusOK).body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	const head = "ref,agreement,edition,number,title,by,column,column_name,stakeholder_group,state,links,contested,curator_links,third_party_links,possibly_cited,initiatives"
	if strings.Join(rows[0], ",") != head || len(shown) != columnsShown+2 || len(rows)-1 != 9*len(shown) {
		t.Errorf("%d cells for %d columns under %v", len(rows)-1, len(shown), rows[0])
	}
	var c norms.Coverage
	if err := json.Unmarshal([]byte(h.get("/coverage.json?agreement=paris-call&limit=200").body), &c); err != nil {
		t.Fatal(err)
	}
	for i, e := range c.Entries() {
		if got, want := strings.Join(rows[i+1][6:11], " "), fmt.Sprint(e.Column, " ", e.ColumnName, " ", e.StakeholderGroup, " ", e.State, " ", e.Links); got != want {
			t.Errorf("row %d says %q, the data %q", i, got, want)
		}
	}
}

func TestCoverageAsItWas(t *testing.T) {
	t.Parallel()
	h := withLater(t)
	const address = "/coverage?agreement=paris-call"
	if got := cellText(t, h.get(address), "/agreements/paris-call/principles/8", "Microsoft"); got != "Microsoft: not reviewed 1 by curators" {
		t.Errorf("now: %q", got)
	}
	then := h.get(address+"&as_of=1").status(http.StatusOK).has("div.past strong", "revision 1")
	if got := cellText(t, then, "/agreements/paris-call/principles/8?as_of=1", "Microsoft"); got != "not reviewed" {
		t.Errorf("then: %q", got)
	}
	h.get("/coverage.csv?agreement=paris-call&as_of=1").status(http.StatusOK)
	h.get("/gaps.json?as_of=1").status(http.StatusOK).says(`"day":"` + time.Now().UTC().Format(time.DateOnly))
}

func TestWordsThatCannotBeApplied(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for address, says := range map[string]string{
		"/coverage?by=country": "is none of", "/coverage?agreement=Paris%20Call": "lower-case", "/coverage?agreement=gcsc&agreement=A": "lower-case",
		"/coverage?edition=2018": "exactly one agreement", "/coverage?agreement=gcsc&agreement=manrs&edition=2018": "exactly one agreement",
		"/coverage?organization=Micro+Soft": "lower-case", "/coverage?stakeholder_group=states": "is none of", "/coverage?limit=0": "number of 1 or more",
		"/gaps?show=everything": "is none of",
	} {
		h.get(address).status(http.StatusUnprocessableEntity).has("main", says)
	}
	h.get("/coverage?cursor=nonsense").status(http.StatusBadRequest)
	h.apply(norms.PutAgreement{Slug: "empty", Title: "An empty agreement", ShortTitle: "Empty", LegalNature: "voluntary_commitment", Space: "within_stakeholder_group"})
	h.get("/coverage?agreement=empty").status(http.StatusOK).has("main", "No principle is recorded for this choice.")
	h.get("/coverage?organization=microsoft&stakeholder_group=government").status(http.StatusOK).has("main", "Nobody is recorded")
}

func TestCoverageKeepsItsFilters(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const address = "/coverage?agreement=gcsc&agreement=manrs&by=stakeholder_group&stakeholder_group=private_sector"
	a := h.get(address + "&agreement=&utm_source=x").status(http.StatusOK)
	got, err := url.Parse(a.page().Find("link[rel=canonical]").AttrOr("href", ""))
	if err != nil || got.RequestURI() != address {
		t.Errorf("its permanent address is %q, %v", got, err)
	}
	if n := a.page().Find("form.filters input[name=agreement][checked]").Length(); n != 2 {
		t.Errorf("%d agreements are ticked", n)
	}
	a.has(`thead a[href^="/coverage?agreement=gcsc&agreement=manrs&stakeholder_group=private_sector"]`, "private sector")
}
