package site

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
)

// What changed on the Paris Call: the changesets, and what is different.
func TestChangesOfAThingAndBetweenRevisions(t *testing.T) {
	t.Parallel()
	h := withLater(t)
	h.apply(norms.PutOrganization{Slug: "another", Name: "Another", Kind: "body"})
	a := h.get("/changes?thing=agreement%2Fparis-call&since=1").status(http.StatusOK)
	a.has("h1", "Changes: Paris Call").has("section[aria-labelledby=changesets] .total", "1 changeset").has("#difference", "What is different")
	a.has("section[aria-labelledby=difference]", "After revision 1, up to revision 3").has(".change .what", "Added").has(".change .what", "link")
	a.has(`select[name=thing] option[selected][value="agreement/paris-call"]`, "Agreement: Paris Call").has(`a[href="/agreements/paris-call#events"]`, "dates of their own")
	h.get("/changes?since=1&until=2").has("section[aria-labelledby=changesets] .total", "1 changeset").has("table a[href='/changes?kind=link&since=1&until=2&show=difference']", "link")
	h.get("/changes?thing=initiative%2Fmicrosoft-cvd-policy").has(`select[name=thing] option[selected][value="initiative/microsoft-cvd-policy"]`, "")
	h.get("/changes?since=3").says("No changeset matches", "Nothing is different")
	h.get("/changes?since=1&as_of=2").has("section[aria-labelledby=changesets] .total", "1 changeset").has("div.past", "revision 2")
	if n := h.get("/changes").page().Find("section[aria-labelledby=difference]").Length(); n != 0 {
		t.Error("a difference to nothing is shown")
	}
}

func TestADifferenceAsData(t *testing.T) {
	t.Parallel()
	h := withLater(t)
	var page struct {
		norms.ChangeList
		Difference *norms.Difference
	}
	read := func(address string, into any) {
		t.Helper()
		if err := json.Unmarshal([]byte(h.get(address).status(http.StatusOK).body), into); err != nil {
			t.Fatal(err)
		}
	}
	read("/changes.json?since=1", &page)
	if page.Total != 1 || *page.Span != (norms.Span{Since: 1, Until: 2}) || page.Difference.Total != 1 || page.Difference.Items[0].Action != "added" {
		t.Errorf("%+v", page)
	}
	var d norms.Difference
	read("/changes.json?since=1&show=difference", &d)
	if diff := cmp.Diff(*page.Difference, d); diff != "" {
		t.Error(diff)
	}
	if body := h.get("/changes.json").body; strings.Contains(body, `"since"`) || strings.Contains(body, "difference") {
		t.Errorf("nothing was asked since: %.200s", body)
	}
	rows, err := csv.NewReader(strings.NewReader(h.get("/changes.csv?since=1&show=difference").status(http.StatusOK).body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"kind", "name", "key", "action", "field", "before", "after"}, rows[0]); diff != "" || len(rows) < 3 {
		t.Errorf("%d rows, %s", len(rows), diff)
	}
}

// Every row of a long difference is on one of its pages.
func TestALongDifferenceLeadsOn(t *testing.T) {
	t.Parallel()
	h := withLater(t)
	const since = "2001-09-09"
	page := h.get("/changes?thing=agreement%2Fparis-call&kind=numbering_label&since=" + since).status(http.StatusOK).page()
	rest, found := page.Find("section[aria-labelledby=difference] .more a").Attr("href")
	if found {
		t.Errorf("a short difference leads on to %s", rest)
	}
	address, _ := h.get("/changes?since=" + since).page().Find("section[aria-labelledby=difference] .more a").Attr("href")
	address += "&limit=200"
	shown, pages := 0, 0
	for ; address != ""; pages++ {
		doc := h.get(address).status(http.StatusOK).page()
		shown += doc.Find("article.change").Length()
		address = doc.Find("a[rel=next]").AttrOr("href", "")
		if address != "" && !strings.Contains(address, "limit") {
			address += "&limit=200"
		}
	}
	var d norms.Difference
	if err := json.Unmarshal([]byte(h.get("/changes.json?show=difference&since="+since).body), &d); err != nil {
		t.Fatal(err)
	}
	if shown != d.Total || pages < 3 {
		t.Errorf("%d rows on %d pages, want %d", shown, pages, d.Total)
	}
}

// When something happened and when it was written down are two lists.
func TestEventsInTheWorldSinceADate(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a := h.get("/changes?happened_since=2019").status(http.StatusOK).says("NIS", "Repealed")
	a.has("ol.events a[href='/agreements/nis-directive#events']", "").has("form input[name=happened_since][value='2019']", "")
	only := h.get("/changes?happened_since=2019&agreement=nis-directive").page()
	if n, all := only.Find("ol.events > li").Length(), a.page().Find("ol.events > li").Length(); n == 0 || n >= all {
		t.Errorf("%d events of %d", n, all)
	}
	h.get("/changes?happened_since=2999").says("No event since then is recorded")
	h.get("/changes.csv?happened_since=2019").status(http.StatusOK).says("agreement,agreement_title,kind,on,title")
}

func TestAsksAboutChangesThatMeanNothing(t *testing.T) {
	t.Parallel()
	h := withLater(t)
	for address, want := range map[string]struct {
		status int
		says   string
	}{
		"/changes?since=yesterday":                 {422, "write a revision (12), a day"},
		"/changes?since=2&until=1":                 {422, "is before since"},
		"/changes?since=9":                         {404, "no revision 9"},
		"/changes?until=2001-09-09":                {404, "the record begins on"},
		"/changes?thing=paris-call":                {422, "names no thing"},
		"/changes?thing=agreement%2Fnobody":        {404, "No agreement"},
		"/changes?kind=account":                    {422, "is no kind of row"},
		"/changes?show=everything":                 {422, "none of the ways"},
		"/changes?show=difference":                 {422, "say with which revision"},
		"/changes?show=difference&since=9":         {404, "no revision 9"},
		"/changes?happened_since=last+week":        {422, "write a year, a month or a day"},
		"/changes?happened_since=2019&agreement=X": {422, "lower-case"},
	} {
		h.get(address).status(want.status).says(want.says)
	}
}
