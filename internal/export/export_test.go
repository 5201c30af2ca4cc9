package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/export"
	"normmap/internal/norms"
)

var moment = time.Date(2026, 11, 22, 16, 0, 0, 0, time.FixedZone("", 3600))

// things is a table with a column of every kind.
func things(rows ...[]any) export.Table {
	columns := []norms.Column{
		{Name: "name", Kind: norms.TextColumn}, {Name: "count", Kind: norms.NumberColumn}, {Name: "yes", Kind: norms.TruthColumn},
		{Name: "at", Kind: norms.MomentColumn}, {Name: "words", Kind: norms.ListColumn},
	}
	return export.Table{Dataset: norms.Dataset{Name: "things", Key: []string{"name"}, Columns: columns}, Rows: seq(nil, rows...)}
}

// seq yields rows and then, where there is one, an error.
func seq(end error, rows ...[]any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
		if end != nil {
			yield(nil, end)
		}
	}
}

var sample = [][]any{
	{`He said "no", <twice>`, int64(-3), true, moment, []string{"a", "b"}},
	{"=1+1", nil, false, moment, []string{}},
}

func TestCSVGoesRoundTrip(t *testing.T) {
	t.Parallel()
	tests := []struct {
		raw  bool
		want [][]string
	}{
		{false, [][]string{{`He said "no", <twice>`, "'-3", "true", "2026-11-22T15:00:00Z", "a; b"}, {"'=1+1", "", "false", "2026-11-22T15:00:00Z", ""}}},
		{true, [][]string{{`He said "no", <twice>`, "-3", "true", "2026-11-22T15:00:00Z", "a; b"}, {"=1+1", "", "false", "2026-11-22T15:00:00Z", ""}}},
	}
	for _, tt := range tests {
		var b bytes.Buffer
		if err := export.CSV(&b, things(sample...), tt.raw); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&b).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(append([][]string{{"name", "count", "yes", "at", "words"}}, tt.want...), rows); d != "" {
			t.Error(d)
		}
	}
}

func TestJSONSaysWhatItIsAndHowMuch(t *testing.T) {
	t.Parallel()
	about := export.About{Title: "Things & more", Revision: 12, Written: moment.UTC()}
	for _, rows := range [][][]any{nil, sample} {
		var b bytes.Buffer
		if err := export.JSON(&b, about, things(rows...)); err != nil {
			t.Fatal(err)
		}
		var got struct {
			Dataset, Title  string
			Revision, Total int
			Items           []map[string]any
		}
		if err := json.Unmarshal(b.Bytes(), &got); err != nil {
			t.Fatalf("%v in %s", err, b.String())
		}
		if got.Dataset != "things" || got.Title != "Things & more" || got.Revision != 12 || got.Total != len(rows) || len(got.Items) != len(rows) {
			t.Errorf("got %+v", got)
		}
		if strings.Contains(b.String(), `\u0026`) {
			t.Error("signs of HTML are written as numbers")
		}
	}
}

// Every table is in the one document, with its rows as they are.
func TestEverythingIsOneDocument(t *testing.T) {
	t.Parallel()
	other := things(sample[0])
	other.Name = "others"
	var b bytes.Buffer
	if err := export.Everything(&b, export.About{}, []export.Table{things(), other}); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Datasets map[string]struct {
			Items []map[string]any
			Total int
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatalf("%v in %s", err, b.String())
	}
	want := map[string]any{"name": `He said "no", <twice>`, "count": -3.0, "yes": true, "at": "2026-11-22T16:00:00+01:00", "words": []any{"a", "b"}}
	if d := cmp.Diff([]map[string]any{want}, got.Datasets["others"].Items); d != "" || got.Datasets["things"].Total != 0 {
		t.Errorf("%s in %s", d, b.String())
	}
}

func TestTheArchiveOpens(t *testing.T) {
	t.Parallel()
	archive := func() []byte {
		var b bytes.Buffer
		a := export.Archive{About: export.About{Revision: 3, Written: moment}, ReadMe: "Read me", Licence: "Free", Tables: []export.Table{things(sample...)}, Raw: true}
		if err := export.Zip(&b, a); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	made := archive()
	if !bytes.Equal(made, archive()) {
		t.Error("the same record gives other bytes")
	}
	z, err := zip.NewReader(bytes.NewReader(made), int64(len(made)))
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
	if files["README.txt"] != "Read me" || files["LICENSE.txt"] != "Free" || !strings.Contains(files["things.csv"], "=1+1,,false") || !json.Valid([]byte(files["datapackage.json"])) {
		t.Errorf("the archive holds %q", files)
	}
}

// A table that cannot be read to its end leaves nothing that passes for a whole.
func TestABrokenTableIsNoWholeFile(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	table := things()
	table.Rows = seq(broken, sample...)
	for name, write := range map[string]func(io.Writer) error{
		"CSV":        func(w io.Writer) error { return export.CSV(w, table, false) },
		"JSON":       func(w io.Writer) error { return export.JSON(w, export.About{}, table) },
		"everything": func(w io.Writer) error { return export.Everything(w, export.About{}, []export.Table{table, things()}) },
		"zip":        func(w io.Writer) error { return export.Zip(w, export.Archive{Tables: []export.Table{table}}) },
	} {
		var b bytes.Buffer
		if err := write(&b); !errors.Is(err, broken) {
			t.Errorf("%s: error %v, want %v", name, err, broken)
		}
		_, zipped := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
		if json.Valid(b.Bytes()) || name == "zip" && zipped == nil {
			t.Errorf("%s passes for a whole: %s", name, b.String())
		}
	}
}

// What a spreadsheet was kept from running comes back letter for letter.
func FuzzGuardedTextsComeBack(f *testing.F) {
	for _, text := range []string{"=1+1", "'=1", "''=1", "'", "it's", "＝1", "\t", "a"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		safe := export.Harmless(text)
		if strings.IndexAny(safe, "=+-@\t\r\x00＝＋－＠") == 0 {
			t.Errorf("%q is a formula", safe)
		}
		if got := export.Unguarded(safe); got != text {
			t.Errorf("%q came back as %q", text, got)
		}
	})
}
