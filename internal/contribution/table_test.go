package contribution_test

import (
	"strings"
	"testing"

	"normmap/internal/contribution"
	"normmap/internal/document"
	"normmap/internal/norms"
	"normmap/internal/table"
)

// sheets are those of a CSV file, read in this process.
func (d desk) sheets(csv string) contribution.Sheets {
	d.Helper()
	read, err := document.Extract("a.csv", []byte(csv), document.DefaultLimits(), document.Tools{})
	if err != nil {
		d.Fatal(err)
	}
	s := contribution.Sheets{List: read.Sheets, Received: norms.Document{FileSHA256: read.FileSHA256, TextSHA256: read.TextSHA256, MediaType: "text/csv",
		Name: "a.csv", Bytes: int64(len(csv)), Text: read.Text}}
	known, err := d.store.KnownFile(d.Context(), read.FileSHA256)
	if err != nil {
		d.Fatal(err)
	}
	if known != nil {
		s.Known = known.Slug
	}
	return s
}

// reads reads a CSV file as it is guessed; title is under which it becomes a
// source.
func (d desk) reads(csv string, w contribution.TableWish, title string) contribution.Table {
	d.Helper()
	s := d.sheets(csv)
	found, err := d.reader.Guess(d.Context(), s, w)
	if err != nil {
		d.Fatal(err)
	}
	t, err := d.reader.Table(d.Context(), s, contribution.TableAsked{Mapping: found.Mapping, AsSource: title}, today)
	if err != nil {
		d.Fatal(err)
	}
	return t
}

func (d desk) proposes(t contribution.Table) contribution.Proposed {
	d.Helper()
	done, err := d.reader.ProposeTable(d.Context(), d.proposer, t, "A table came")
	if err != nil {
		d.Fatal(err)
	}
	return done
}

const supporters = `name,category,nationality,nature,website,twitter,date_signed
Microsoft,private-sector,United States,Company,https://www.microsoft.com,,2018-11-12
Ville de Nulle-Part,state,France,City,nulle-part.example,,12/11/2019
École Neuve,civil-society,France,University,https://ecole.example,,25/12/2020
`

// A table is accepted in one changeset; the same table then changes nothing, and
// is known for the source that it became.
func TestATableIsOneChangeset(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	before := d.stats()
	done := d.proposes(d.reads(supporters, contribution.TableWish{}, "Register of supporters"))
	if d.accepts(done.Proposal); d.stats().Revision != before.Revision+1 || d.stats().Organizations != before.Organizations+2 {
		t.Errorf("before %+v, after %+v", before, d.stats())
	}
	again := d.reads(supporters, contribution.TableWish{}, "")
	if edits, err := again.Edits(); err != nil || len(edits) != 0 || again.Values["source"] != "register-of-supporters" {
		t.Errorf("the same table: %d edits, %v, source %q", len(edits), err, again.Values["source"])
	}
	source, err := d.store.Source(t.Context(), "register-of-supporters")
	if err != nil || !source.TextHeld || source.Kind != "dataset" {
		t.Errorf("%+v, %v", source, err)
	}
	who, err := d.store.Organization(t.Context(), "ecole-neuve")
	if err != nil || who.Name != "École Neuve" || who.StakeholderGroup != "civil_society" {
		t.Errorf("%+v, %v", who, err)
	}
}

// What is recorded under a name is found without regard to case and accents;
// what was withdrawn keeps its name in addresses.
func TestTablesFindWhatIsRecorded(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	first := d.proposes(d.reads("organization,website\nÉcole Neuve,ecole.example\n", contribution.TableWish{}, ""))
	d.accepts(first.Proposal)
	found := d.reads("organization,website\nECOLE NEUVE,https://ecole.example\nEcole neuve,other.example\n", contribution.TableWish{}, "")
	if p := found.Reading.Problems(); len(p) != 1 || !strings.Contains(p[0].What, "row 2 is about the same thing") {
		t.Errorf("two rows about one thing: %+v", found.Reading)
	}
	who, err := d.store.Organization(t.Context(), "ecole-neuve")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.store.Apply(t.Context(), d.reviewer, "gone", []norms.Edit{norms.Withdraw{Kind: "organization", Key: "ecole-neuve", Version: who.Version}}); err != nil {
		t.Fatal(err)
	}
	anew := d.reads("organization,website\nEcole Neuve,other.example\n", contribution.TableWish{}, "")
	edits, err := anew.Edits()
	if err != nil || len(edits) != 1 || edits[0].(norms.PutOrganization).Slug != "ecole-neuve-2" {
		t.Errorf("%+v, %v", edits, err)
	}
}

// A matrix cites for initiatives; accepted, it is read again as no change.
func TestAMatrixCitesAndIsKnownAgain(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	matrix, w := "Initiative,Paris Call,Cybersecurity Tech Accord\nA help desk for schools,\"1, 5\",3\nA school,,principle 4\n", contribution.TableWish{Organization: "microsoft"}
	w.Kind = table.Matrix
	before := d.stats()
	d.accepts(d.proposes(d.reads(matrix, w, "Our matrix")).Proposal)
	if got := more(before, d.stats()); got["initiatives"] != 2 || got["citations"] != 4 || got["links"] != 4 || got["revisions"] != 1 {
		t.Errorf("there are more: %v", got)
	}
	if edits, err := d.reads(matrix, w, "").Edits(); err != nil || len(edits) != 0 {
		t.Errorf("the same matrix: %+v, %v", edits, err)
	}
}

// Links name principles as they are printed; one that may be several is a
// mistake of its cell.
func TestLinksNamePrinciplesAsTheyArePrinted(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	list, err := d.store.Initiatives(t.Context(), norms.InitiativeFilter{}, norms.Page{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	head := "initiative,principle,origin,relation,rationale\n" + list.Items[0].Slug
	good := d.reads(head+",Paris Call principle 1,curator,supports,It fits.\n", contribution.TableWish{}, "")
	if edits, err := good.Edits(); err != nil || len(edits) != 1 || edits[0].(norms.PutLink).Principle != "paris-call/1" {
		t.Errorf("%+v, %v", edits, err)
	}
	bad := d.reads(head+",GCSC norm 5,curator,supports,It fits.\n", contribution.TableWish{}, "")
	if p := bad.Reading.Problems(); len(p) != 1 || p[0].Column != "B" || !strings.Contains(p[0].What, "may be gcsc") {
		t.Errorf("%+v", p)
	}
}

// A table that is longer than a proposal says which of its rows fit.
func TestATableThatIsTooLongComesInParts(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	csv := "organization,website\n" + strings.Repeat("X%,https://x.example\n", norms.MaxProposed+1)
	for i := range norms.MaxProposed + 1 {
		csv = strings.Replace(csv, "%", " number "+strings.Repeat("i", i%40)+string(rune('a'+i/40)), 1)
	}
	long := d.reads(csv, contribution.TableWish{}, "")
	_, err := d.reader.ProposeTable(t.Context(), d.proposer, long, "A long one")
	if norms.KindOf(err) != norms.Invalid || !strings.Contains(err.Error(), "1001 rows would be a proposal of 1001 edits; at most 1000 fit") || !strings.Contains(err.Error(), "read rows 2 to 999 first") {
		t.Fatal(err)
	}
	asked := long.TableAsked
	asked.Last = 20
	part, err := d.reader.Table(t.Context(), long.Sheets, asked, today)
	if err != nil || len(part.Reading.Rows) != 19 {
		t.Errorf("%d rows, %v", len(part.Reading.Rows), err)
	}
}
