package app_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/api"
	"normmap/internal/export"
	"normmap/internal/store"
	"normmap/internal/store/dataset"
	"normmap/internal/table"
)

// written puts a file into a folder of its own.
func written(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// download writes a dataset as /data gives it away.
func download(t *testing.T, env vars, name string) string {
	t.Helper()
	s, end, err := store.Connect(t.Context(), env["DATABASE_URL"], 2, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	set, err := dataset.Dataset(name)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	rows := func(yield func([]any, error) bool) {
		for after, more := int64(0), true; more; {
			p, err := s.DatasetRows(t.Context(), name, after)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, row := range p.Rows {
				if !yield(row, nil) {
					return
				}
			}
			after, more = p.Last, p.More
		}
	}
	if err := export.CSV(&out, export.Table{Dataset: set, Rows: rows}, false); err != nil {
		t.Fatal(err)
	}
	return written(t, name+".csv", out.String())
}

func tableRead(t *testing.T, out string) api.ReadTable {
	t.Helper()
	var read api.ReadTable
	if err := json.Unmarshal([]byte(out), &read); err != nil {
		t.Fatal(err, out)
	}
	return read
}

const supporters = `name,category,nationality,nature,website,twitter,date_signed
Microsoft,private-sector,United States,Company,https://www.microsoft.com,@microsoft,2018-11-12
Ville de Nulle-Part,state,France,"City, town",nulle-part.example,,12/11/2019
École Neuve,civil-society,France,University,https://ecole.example,,25/12/2020
`

func TestImportOfSupporters(t *testing.T) {
	t.Parallel()
	env := recorded(t)
	ok(t, command(t, env, "", "user", "add", "--email", "ada@example.org", "--name", "Ada", "--role", "admin"))
	file := written(t, "supporters.csv", supporters)
	line := []string{"import", file, "--table", "--as-source", "Register of supporters"}
	out := ok(t, command(t, env, "", append(line, "--dry-run")...))
	for _, says := range []string{
		"supporters.csv: adherences, 3 rows: 3 new, 0 changed, 0 as recorded, 0 with mistakes\n", "  recognized: Paris Call supporters\n", "  headings in row 1\n",
		"  column B, category: organization_group\n", "  column F, twitter: not read\n", "  every row: agreement is paris-call\n", "supporters.csv:3: new: Ville de Nulle-Part\n",
	} {
		if !strings.Contains(out, says) {
			t.Errorf("it does not say %q:\n%s", says, out)
		}
	}
	if out := ok(t, command(t, env, "", line...)); !strings.Contains(out, "supporters.csv: proposal 1, 7 edits: http://127.0.0.1:8080/proposals/1\n") {
		t.Errorf("it says %s", out)
	}
	out = ok(t, command(t, env, "", line...))
	if !strings.Contains(out, "supporters.csv: nothing was proposed: this very table waits for review already, in proposal 1: http://127.0.0.1:8080/proposals/1\n") {
		t.Errorf("the same once more: it says %s", out)
	}
}

func TestImportOfATableWithMistakes(t *testing.T) {
	t.Parallel()
	env := recorded(t)
	ok(t, command(t, env, "", "user", "add", "--email", "ada@example.org", "--name", "Ada", "--role", "admin"))
	file := written(t, "list.csv", "Our list\n\nOrganization;Web site;Sector\nEaux du nord;eaux.example;private sector\nX;not an address;elves\n")
	for _, more := range [][]string{{"--dry-run"}, {}} {
		r := command(t, env, "", append([]string{"import", file, "--table"}, more...)...)
		for _, says := range []string{"organizations, 2 rows: 1 new, 0 changed, 0 as recorded, 1 with mistakes\n", "headings in row 3\n",
			`list.csv:5: cell B5 (Web site): "not an address" is no web address`, `list.csv:5: cell C5 (Sector): "elves" is none of government`} {
			if !strings.Contains(r.out, says) {
				t.Errorf("it does not say %q:\n%s", says, r.out)
			}
		}
		if r.code != 1 || !strings.Contains(r.err, "list.csv: nothing of this table was taken: 2 cells have mistakes") {
			t.Errorf("%d %q", r.code, r.err)
		}
	}
	r := command(t, env, "", "import", file, "--table", "--format", "json")
	read := tableRead(t, r.out)
	want := []table.Problem{{Row: 5, Column: "B", Heading: "Web site", Field: "url", Text: "not an address"}, {Row: 5, Column: "C", Heading: "Sector", Field: "stakeholder_group", Text: "elves"}}
	for i := range read.Problems {
		read.Problems[i].What = ""
	}
	if d := cmp.Diff(want, read.Problems); d != "" || r.code != 1 || read.Proposal != 0 {
		t.Errorf("%d, proposal %d (-want +got)\n%s", r.code, read.Proposal, d)
	}
	out := ok(t, command(t, env, "", "import", file, "--table=organizations", "--map", "web SITE=", "--map", "C=", "--last-row", "4"))
	if !strings.Contains(out, "list.csv: proposal 1, 1 edit: ") || !strings.Contains(out, "column B, Web site: not read") {
		t.Errorf("without these columns it says %s", out)
	}
	next := written(t, "next.csv", "Organization;Web site;Sector\nEaux du sud;not an address;elves\n")
	out = ok(t, command(t, env, "", "import", next, "--table", "--dry-run"))
	if !strings.Contains(out, "next.csv: read as a table with the same headings was read before\n") || !strings.Contains(out, "column C, Sector: not read") {
		t.Errorf("the next table with these headings: it says %s", out)
	}
}

// What anyone downloads and gives back changes nothing; one cell changes one
// thing.
func TestImportOfOurOwnDownloads(t *testing.T) {
	t.Parallel()
	env := recorded(t)
	ok(t, command(t, env, "", "user", "add", "--email", "ada@example.org", "--name", "Ada", "--role", "admin"))
	for _, name := range []string{"organizations", "initiatives", "agreements", "adherences", "links", "sources", "citations"} {
		out := ok(t, command(t, env, "", "import", download(t, env, name), "--table"))
		if !strings.Contains(out, name+".csv: no change: all that it says is recorded\n") || !strings.Contains(out, "recognized: our download of "+name+"\n") {
			t.Errorf("%s: it says %s", name, out)
		}
	}
	file := download(t, env, "initiatives")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	file = written(t, "initiatives.csv", strings.Replace(string(data), ",ongoing,", ",ended,", 1))
	read := tableRead(t, ok(t, command(t, env, "", "import", file, "--table", "--format", "json")))
	if want := map[table.State]int{table.New: 0, table.Changed: 1, table.Same: len(read.Rows) - 1, table.Wrong: 0}; !cmp.Equal(want, read.Counts) || read.Proposal != 1 || read.Proposed != 1 {
		t.Errorf("one cell: %v, proposal %d of %d edits", read.Counts, read.Proposal, read.Proposed)
	}
}

// What changes is told cell by cell; a name like a recorded one is asked for.
func TestImportTellsWhatChangesAndAsksForNames(t *testing.T) {
	t.Parallel()
	env := recorded(t)
	file := written(t, "list.csv", "name,website\nMicrosoft,https://new.example\nMicrosoft Corp.,https://corp.example\n")
	r := command(t, env, "", "import", file, "--table", "--dry-run")
	for _, says := range []string{"list.csv:2: changed: Microsoft\n    cell B2, url: \"https://www.microsoft.com\" becomes \"https://new.example\"\n",
		`list.csv:3: cell A3 (name): "Microsoft Corp." looks like Microsoft (microsoft): say whether it is the same, or a new one`, "--name 'NAME=SLUG'"} {
		if !strings.Contains(r.out, says) {
			t.Errorf("it does not say %q:\n%s", says, r.out)
		}
	}
	if out := ok(t, command(t, env, "", "import", file, "--table", "--dry-run", "--name", "Microsoft Corp.=new")); !strings.Contains(out, "1 new, 1 changed, 0 as recorded, 0 with mistakes") {
		t.Errorf("once it is said: %s", out)
	}
	if r := command(t, env, "", "import", file, "--table", "--dry-run", "--name", "Microsft=new"); r.code != 1 || !strings.Contains(r.err, `names: no row names "Microsft"`) {
		t.Errorf("of a name that is none: %d %s", r.code, r.err)
	}
}

// A matrix of what an organization did cites for initiatives that are recorded
// and for new ones.
func TestImportOfAMatrix(t *testing.T) {
	t.Parallel()
	env := recorded(t)
	ok(t, command(t, env, "", "user", "add", "--email", "ada@example.org", "--name", "Ada", "--role", "admin"))
	file := written(t, "matrix.csv", "Initiative,Paris Call,Cybersecurity Tech Accord\nA help desk for schools,\"1, 5\",3\nA school,,principle 4\n")
	out := ok(t, command(t, env, "", "import", file, "--table=matrix", "--organization", "microsoft", "--as-source", "Our matrix"))
	if !strings.Contains(out, "matrix.csv: proposal 1, 7 edits: ") {
		t.Errorf("it says %s", out)
	}
}

func TestImportSaysWhatATableNeeds(t *testing.T) {
	t.Parallel()
	env := recorded(t)
	csv, text := written(t, "a.csv", "name,website\nX,x.example\n"), written(t, "b.txt", "A letter\n")
	for _, c := range []struct {
		code int
		says string
		line []string
	}{
		{2, "--map is for tables: say --table, too", []string{csv, "--organization", "microsoft", "--map", "a=b"}},
		{2, "--own-document does not go with --table: rows are no document", []string{csv, "--table", "--own-document"}},
		{1, "record it first (on its site under Organizations, Add an organization, or by PUT /api/v1/organizations/elves)", []string{text, "--organization", "elves"}},
		{2, `--table is "elves"; the rows of a table are initiatives, organizations`, []string{csv, "--table=elves"}},
		{2, `"website" has no =`, []string{csv, "--table", "--map", "website"}},
		{1, `a.csv: map: no column is called "wand": the headings are name, website`, []string{csv, "--table", "--map", "wand=url"}},
		{1, `a.csv: map: organizations have no wand: a column of theirs may say slug, name`, []string{csv, "--table", "--map", "website=wand"}},
		{1, `a.csv: sheet: "Two" is none of the file's sheets`, []string{csv, "--table", "--sheet", "Two"}},
		{1, "b.txt: file: holds no table that can be read: tables come as .csv or .xlsx files", []string{text, "--table"}},
	} {
		r := command(t, env, "", append([]string{"import", "--dry-run"}, c.line...)...)
		if r.code != c.code || !strings.Contains(r.err, c.says) {
			t.Errorf("%v: %d %q, want %d %q", c.line, r.code, r.err, c.code, c.says)
		}
	}
}
