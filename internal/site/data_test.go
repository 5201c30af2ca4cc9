package site

import (
	"archive/zip"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"normmap/internal/norms"
	"normmap/internal/store/dataset"
)

// sheet reads a CSV file: its rows by the names of the columns.
func sheet(t *testing.T, text string) []map[string]string {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// items reads a JSON file.
func items(t *testing.T, text string) (out struct {
	Revision int64
	Items    []map[string]any
	Total    int
}) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatalf("%v in %.300s", err, text)
	}
	return out
}

// The figures of the record can be counted again from the files.
func TestTheFilesHoldWhatTheFiguresCount(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	stats, err := h.store.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]int{}
	for _, set := range dataset.Datasets() {
		rows := sheet(t, h.get("/data/"+set.Name+".csv").status(http.StatusOK).body)
		data := items(t, h.get("/data/"+set.Name+".json").status(http.StatusOK).body)
		if len(rows) != data.Total || len(rows) != len(data.Items) || data.Revision != stats.Revision {
			t.Errorf("%s has %d rows as CSV, %d of %d at revision %d as JSON", set.Name, len(rows), len(data.Items), data.Total, data.Revision)
		}
		have[set.Name] = len(rows)
		for _, row := range rows {
			for column, value := range row {
				have[set.Name+" "+column+" "+value]++
			}
		}
	}
	want := map[string]int{
		"agreements": stats.Agreements, "editions": stats.Editions, "principles current true": stats.Principles,
		"organizations": stats.Organizations, "initiatives": stats.Initiatives, "references": stats.References,
		"citations": stats.Citations, "links counted true": stats.Links, "citations resolution ambiguous": stats.Unresolved,
	}
	for what, n := range want {
		if have[what] != n {
			t.Errorf("%s: the files hold %d, the figures say %d", what, have[what], n)
		}
	}
}

// unzip opens the archive.
func unzip(t *testing.T, body string) map[string]string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	return files
}

func TestTheArchiveHoldsEveryFile(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a := h.get("/data/everything.zip").status(http.StatusOK)
	if got := a.Header.Get("Content-Disposition"); got != `attachment; filename="norms-to-evidence-r1-everything.zip"` {
		t.Errorf("the archive is called %s", got)
	}
	files := unzip(t, a.body)
	for _, set := range dataset.Datasets() {
		if alone := h.get("/data/" + set.Name + ".csv").body; files[set.Name+".csv"] != alone {
			t.Errorf("%s.csv differs from the one in the archive", set.Name)
		}
	}
	if files["datapackage.json"] != h.get("/data/datapackage.json").status(http.StatusOK).body {
		t.Error("the dictionary differs from the one in the archive")
	}
	for _, says := range []string{"revision 1 of ", "/data?as_of=1", "links.csv  Links, 34 rows"} {
		if !strings.Contains(files["README.txt"], says) {
			t.Errorf("the read-me does not say %q:\n%s", says, files["README.txt"])
		}
	}
	var all struct {
		Revision int64
		Datasets map[string]struct{ Total int }
	}
	if err := json.Unmarshal([]byte(h.get("/data/everything.json").status(http.StatusOK).body), &all); err != nil {
		t.Fatal(err)
	}
	if all.Revision != 1 || len(all.Datasets) != len(dataset.Datasets()) || all.Datasets["links"].Total != strings.Count(files["links.csv"], "\r\n")-1 {
		t.Errorf("the document says %+v", all)
	}
}

// Every key leads to a row, so that the tables can be joined.
func TestKeysBetweenTheTablesLeadSomewhere(t *testing.T) {
	t.Parallel()
	files := unzip(t, newHouse(t).get("/data/everything.zip").body)
	columns := map[string][]string{}
	for _, set := range dataset.Datasets() {
		for _, row := range sheet(t, files[set.Name+".csv"]) {
			for column, value := range row {
				columns[set.Name+"."+column] = append(columns[set.Name+"."+column], value)
			}
		}
	}
	for _, set := range dataset.Datasets() {
		for _, c := range set.Columns {
			for _, value := range columns[set.Name+"."+c.Name] {
				if c.Refers != "" && value != "" && !slices.Contains(columns[c.Refers], value) {
					t.Errorf("%s.%s names %q, which is no %s", set.Name, c.Name, value, c.Refers)
				}
			}
		}
	}
}

func TestEveryColumnIsExplained(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var data struct{ Datasets []norms.Dataset }
	if err := json.Unmarshal([]byte(h.get("/data.json").status(http.StatusOK).body), &data); err != nil {
		t.Fatal(err)
	}
	for _, set := range data.Datasets {
		if set.Description == "" || set.Title == strings.ReplaceAll(set.Name, "_", " ") {
			t.Errorf("%s is called %q and explained as %q", set.Name, set.Title, set.Description)
		}
		page := h.get("/data/"+set.Name).status(http.StatusOK).has("h1", set.Title)
		for _, c := range set.Columns {
			if unexplained(c) {
				t.Errorf("%s.%s is not explained", set.Name, c.Name)
			}
			page.has("tbody", c.Description)
		}
	}
	if !unexplained(norms.Column{Name: "text_held", Description: "text held"}) || !unexplained(norms.Column{Name: "x"}) {
		t.Error("the check finds nothing")
	}
}

// unexplained tells whether a column's description is missing; one of a
// derived column that is in no catalogue is its name.
func unexplained(c norms.Column) bool {
	return c.Description == "" || c.Description == strings.ReplaceAll(c.Name, "_", " ")
}

// Texts that spreadsheets would run are guarded unless asked for raw, and the
// past is as it was.
func TestDownloadsOfThePastAndRawOnes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.apply(norms.PutOrganization{Slug: "later", Name: "=1+1", Kind: "body"})
	names := func(address string) (names []string) {
		for _, row := range sheet(t, h.get(address).status(http.StatusOK).body) {
			names = append(names, row["name"])
		}
		return names
	}
	for address, want := range map[string]string{
		"/data/organizations.csv": "'=1+1", "/data/organizations.csv?raw=1": "=1+1", "/data/organizations.csv?as_of=2": "'=1+1",
	} {
		if got := names(address); got[len(got)-1] != want {
			t.Errorf("%s ends in %q, want %q", address, got, want)
		}
	}
	if got := names("/data/organizations.csv?as_of=1"); slices.Contains(got, "'=1+1") || len(got) == 0 {
		t.Errorf("the past has %q", got)
	}
	then := h.get("/data/organizations.json?as_of=1").status(http.StatusOK)
	if then.Header.Get("Memento-Datetime") == "" || items(t, then.body).Revision != 1 {
		t.Error("a file of the past does not say of when it is")
	}
	h.get("/data?as_of=1").status(http.StatusOK).has(`a[href="/data/everything.zip?as_of=1"]`, "ZIP").has(".citation", "/data?as_of=1").has("div.past strong", "revision 1")
	if rows := sheet(t, unzip(t, h.get("/data/everything.zip?as_of=1").status(http.StatusOK).body)["organizations.csv"]); len(rows) != len(names("/data/organizations.csv?as_of=1")) {
		t.Error("the archive of the past has other rows")
	}
}

func TestDownloadsThatAreNotThere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.get("/data/accounts").status(http.StatusNotFound).says("those that can be downloaded are")
	h.get("/data/accounts.csv").status(http.StatusNotFound)
	h.get("/data/everything.csv").status(http.StatusNotFound).says("/data/everything.json")
	h.get("/data/everything.zip.json").status(http.StatusNotFound).says("/data/everything.zip")
	h.get("/data/links.csv?as_of=99").status(http.StatusNotFound)
	for _, address := range []string{"/data/links.csv?raw=yes", "/data/everything.zip?raw=yes"} {
		h.get(address).status(http.StatusUnprocessableEntity).says("raw=1")
	}
	head := h.do(httptest.NewRequestWithContext(t.Context(), http.MethodHead, "/data/links.csv", nil)).status(http.StatusOK)
	if head.body != "" || !strings.HasPrefix(head.Header.Get("Content-Type"), "text/csv") {
		t.Errorf("HEAD answers %q as %s", head.body, head.Header.Get("Content-Type"))
	}
}
