package table_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"normmap/internal/citation"
	"normmap/internal/document"
	"normmap/internal/export"
	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/store"
	"normmap/internal/store/dataset"
	"normmap/internal/table"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// download is a dataset of the founding record, as a sheet and as edits.
type download struct {
	csv  []byte
	rows []map[string]any
}

func downloaded(t *testing.T, s *store.Store, name string) download {
	t.Helper()
	set, err := dataset.Dataset(name)
	if err != nil {
		t.Fatal(err)
	}
	var d download
	var all [][]any
	for after, more := int64(0), true; more; {
		p, err := s.DatasetRows(t.Context(), name, after)
		if err != nil {
			t.Fatal(err)
		}
		all, after, more = append(all, p.Rows...), p.Last, p.More
	}
	for _, values := range all {
		row := map[string]any{}
		for i, c := range set.Columns {
			row[c.Name] = values[i]
		}
		d.rows = append(d.rows, row)
	}
	var b bytes.Buffer
	table := export.Table{Dataset: set, Rows: func(yield func([]any, error) bool) {
		for _, row := range all {
			if !yield(row, nil) {
				return
			}
		}
	}}
	if err := export.CSV(&b, table, false); err != nil {
		t.Fatal(err)
	}
	d.csv = b.Bytes()
	return d
}

// puts makes edits of the rows of a download; own names the column that holds
// the slug.
func puts[T norms.Edit](t *testing.T, d download, own string) []T {
	t.Helper()
	var all []T
	for _, row := range d.rows {
		row["version"] = row["revision"]
		if own != "" {
			row["slug"] = row[own]
		}
		if own == "initiative" || own == "agreement" {
			delete(row, own)
		}
		data, err := json.Marshal(row)
		if err != nil {
			t.Fatal(err)
		}
		var e T
		if err := json.Unmarshal(data, &e); err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

// What anyone downloads and gives back changes nothing; one changed cell
// changes one thing, from the version that was downloaded.
func TestOurOwnDownloadsChangeNothing(t *testing.T) {
	t.Parallel()
	s, end, err := store.Connect(t.Context(), pgtest.Founding(t), 2, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	files := map[string]download{}
	for _, name := range []string{"organizations", "initiatives", "agreements", "adherences", "links", "sources", "citations"} {
		files[name] = downloaded(t, s, name)
	}
	rec := func() *table.Record {
		return &table.Record{
			Organizations: puts[norms.PutOrganization](t, files["organizations"], "organization"), Initiatives: puts[norms.PutInitiative](t, files["initiatives"], "initiative"),
			Agreements: puts[norms.PutAgreement](t, files["agreements"], "agreement"), Adherences: puts[norms.PutAdherence](t, files["adherences"], ""),
			Links: puts[norms.PutLink](t, files["links"], ""), Sources: sources(t, files["sources"]), Citations: citations(t, s, files["citations"]),
			Documents: puts[norms.PutSource](t, files["sources"], "source"),
		}
	}()
	for name, file := range files {
		r := reread(t, file.csv, rec)
		if edits, err := r.Edits(); err != nil || len(edits) > 0 || len(r.Rows) != len(file.rows) || len(r.Rows) == 0 {
			t.Errorf("%s: %d of %d rows, %v\n%s", name, len(r.Rows), len(file.rows), err, brief(r))
		}
	}
	changed := bytes.Replace(files["initiatives"].csv, []byte(",completed,"), []byte(",ended,"), 1)
	if bytes.Equal(changed, files["initiatives"].csv) {
		changed = bytes.Replace(files["initiatives"].csv, []byte(",ongoing,"), []byte(",ended,"), 1)
	}
	edits, err := reread(t, changed, rec).Edits()
	if err != nil || len(edits) != 1 || norms.VersionOf(edits[0]) == 0 || edits[0].(norms.PutInitiative).Status != "ended" {
		t.Errorf("one cell was changed: %v, %v", edits, err)
	}
}

func citations(t *testing.T, s *store.Store, d download) []norms.CitationRow {
	t.Helper()
	var ids []int64
	for _, row := range d.rows {
		ids = append(ids, row["id"].(int64))
	}
	all, err := s.CitationsByID(t.Context(), ids)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func sources(t *testing.T, d download) []norms.Choice {
	t.Helper()
	var all []norms.Choice
	for _, row := range d.rows {
		all = append(all, norms.Choice{Kind: "source", Slug: row["source"].(string), Title: row["title"].(string)})
	}
	return all
}

func reread(t *testing.T, file []byte, rec *table.Record) table.Reading {
	t.Helper()
	d, err := document.Extract("a.csv", file, document.DefaultLimits(), document.Tools{})
	if err != nil {
		t.Fatal(err)
	}
	m, ok := table.Guess(d.Sheets[0], rec)
	if !ok || !strings.HasPrefix(m.Profile, "our ") {
		t.Fatalf("%s is taken for %+v", file[:100], m)
	}
	return table.Read(d.Sheets[0], m, rec)
}

// The lists of pages are recognized, too: their columns are the fields of the
// rows' JSON form.
func TestOurOwnListsChangeNothing(t *testing.T) {
	t.Parallel()
	rec := recorded()
	o, i, a, h, l := rec.Organizations[0], rec.Initiatives[0], rec.Agreements[0], rec.Adherences[0], rec.Links
	for _, row := range []any{
		norms.OrganizationRow{Slug: o.Slug, Name: o.Name, Kind: o.Kind, StakeholderGroup: o.StakeholderGroup, Links: 4},
		norms.InitiativeRow{Slug: i.Slug, Title: i.Title, Kind: i.Kind, Status: i.Status, Organization: i.Organization, OrganizationName: "Microsoft", Principles: []string{"paris-call/1"}},
		norms.AgreementRow{Slug: a.Slug, Title: a.Title, ShortTitle: a.ShortTitle, LegalNature: a.LegalNature, Space: a.Space, PublishedOn: "2018"},
		norms.AdherenceRow{ID: h.ID, Organization: h.Organization, Agreement: h.Agreement, Relation: h.Relation, Source: h.Source, Place: h.Place, Note: h.Note, Version: h.Version},
		norms.LinkRow{ID: l[0].ID, Initiative: l[0].Initiative, Principle: l[0].Principle, Relation: "supports", Origin: "contributor", Version: l[0].Version, Source: "register"},
		norms.SourceRow{Slug: "register", Title: "Register of supporters", Kind: "dataset", Exhaustiveness: "unknown", TextHeld: true, ReferenceCount: 3},
		rec.Citations[0], rec.Citations[1],
		norms.LinkRow{ID: l[1].ID, Initiative: l[1].Initiative, Principle: l[1].Principle, Relation: "supports", Origin: "curator", Rationale: l[1].Rationale, Version: l[1].Version},
	} {
		r := reread(t, listed(t, row), rec)
		if edits, err := r.Edits(); err != nil || len(edits) > 0 || len(r.Rows) != 1 {
			t.Errorf("%T: %v\n%s", row, err, brief(r))
		}
	}
}

// listed is a list of one row.
func listed(t *testing.T, row any) []byte {
	t.Helper()
	v := reflect.ValueOf(row)
	var heads, cells []string
	for _, f := range reflect.VisibleFields(v.Type()) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		heads, cells = append(heads, name), append(cells, strings.Trim(fmt.Sprint(v.FieldByIndex(f.Index)), "[]"))
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll([][]string{heads, cells}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// FuzzRead checks that a table, whatever is in it, is read to the end: each
// mistake at a cell that is there, and no edit that would be refused.
func FuzzRead(f *testing.F) {
	f.Add("name,category,nationality,nature,website,twitter,date_signed\nX,state,,,,,2018\n", "paris-call")
	f.Add("initiative;Paris Call;Tech Accord\nNight watch;1, 5;'=2\nx;principle 3 of the Paris Call;\n", "microsoft")
	f.Add("organization,Paris Call principle 1,Paris Call 2\nMicrosoft,done it,done it\n", "register")
	f.Add("id,organization,agreement,relation,since\n7,microsoft,paris-call,supported,31/12/2018\n", "")
	f.Fuzz(func(t *testing.T, file, value string) {
		d, err := document.Extract("a.csv", []byte(file), document.DefaultLimits(), document.Tools{})
		if err != nil || len(d.Sheets) == 0 {
			return
		}
		rec := recorded()
		_, m, _ := table.GuessBest(d.Sheets, table.Wish{}, rec)
		m.Values = map[string]string{"source": value, "organization": value, "agreement": value}
		for _, k := range append(table.Kinds, "none") {
			m.Kind = k
			r := table.Read(d.Sheets[0], m, rec)
			for _, p := range r.Problems() {
				if p.What == "" || p.Row < 1 {
					t.Errorf("%+v", p)
				}
			}
			edits, err := r.Edits()
			for _, e := range edits {
				if wrong := e.Check(); wrong != nil && err == nil {
					t.Errorf("%+v: %v", e, wrong)
				}
			}
		}
	})
}

// FuzzNames holds the names of agreements against any text.
func FuzzNames(f *testing.F) {
	f.Add("Paris Call", "Paris Call principle 5")
	f.Fuzz(func(t *testing.T, name, cell string) {
		rec := recorded()
		rec.Names = []citation.Name{{Agreement: "x", Text: name}}
		s := document.Sheet{Rows: [][]string{{"initiative", name}, {"a", cell}}}
		m, _ := table.Guess(s, rec)
		table.Read(s, m, rec)
	})
}
