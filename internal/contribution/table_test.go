package contribution_test

import (
	"fmt"
	"slices"
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
	var csv strings.Builder
	csv.WriteString("organization,website\n")
	for i := range norms.MaxImported + 1 {
		fmt.Fprintf(&csv, "X number %d,https://x.example\n", i)
	}
	long := d.reads(csv.String(), contribution.TableWish{}, "")
	_, err := d.reader.ProposeTable(t.Context(), d.proposer, long, "A long one")
	if norms.KindOf(err) != norms.Invalid || !strings.Contains(err.Error(), "3001 rows would be a proposal of 3001 edits; at most 3000 fit") || !strings.Contains(err.Error(), "read rows 2 to 2999 first") {
		t.Fatal(err)
	}
	asked := long.TableAsked
	asked.Last = 20
	part, err := d.reader.Table(t.Context(), long.Sheets, asked, today)
	if err != nil || len(part.Reading.Rows) != 19 {
		t.Errorf("%d rows, %v", len(part.Reading.Rows), err)
	}
}

// More rows than anybody proposes by hand are one proposal and one changeset.
func TestALongRegisterIsOneProposal(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var csv strings.Builder
	csv.WriteString("name,category,nationality,nature,website,twitter,date_signed\n")
	for i := range norms.MaxProposed/2 + 20 {
		fmt.Fprintf(&csv, "Supporter %d,private-sector,France,Company,,,2018-11-12\n", i)
	}
	done := d.proposes(d.reads(csv.String(), contribution.TableWish{}, "Register"))
	if want := norms.MaxProposed + 40 + 2; done.Edits != want {
		t.Errorf("%d edits are proposed, want %d", done.Edits, want)
	}
	before := d.stats().Revision
	p, err := d.store.Proposal(t.Context(), d.reviewer, done.Proposal, norms.Page{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := d.store.AcceptRemaining(t.Context(), d.reviewer, done.Proposal, p.Version); err != nil || n != done.Edits {
		t.Fatalf("%d of %d are accepted: %v", n, done.Edits, err)
	}
	if applied, err := d.store.ApplyProposal(t.Context(), d.reviewer, done.Proposal); err != nil || applied.Revision != before+1 || applied.Written != done.Edits {
		t.Errorf("%+v, %v", applied, err)
	}
}

// The same table is not proposed twice while it waits, whoever sends it and
// under whichever title; read otherwise it is another one, and after a rejection
// it may come again.
func TestATableThatWaitsIsNotProposedAgain(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	first := d.proposes(d.reads(supporters, contribution.TableWish{}, "Register of supporters"))
	table := d.reads(supporters, contribution.TableWish{}, "Another title")
	if again := d.proposes(table); !again.Again || again.Proposal != first.Proposal || table.Waiting != first.Proposal {
		t.Errorf("the same table: %+v, waiting in %d", again, table.Waiting)
	}
	other := table
	other.Columns = slices.Clone(other.Columns)
	other.Columns[4].Field = ""
	if again := d.proposes(other); again.Again || again.Proposal == first.Proposal {
		t.Errorf("read otherwise: %+v", again)
	}
	if err := d.store.WithdrawProposal(t.Context(), d.proposer, first.Proposal); err != nil {
		t.Fatal(err)
	}
	anew, err := d.reader.Table(t.Context(), table.Sheets, table.TableAsked, today) // the source gets another name
	if err != nil {
		t.Fatal(err)
	}
	if again := d.proposes(anew); again.Again || again.Proposal == first.Proposal {
		t.Errorf("after it was withdrawn: %+v", again)
	}
}

// Two who send the same table at once make one proposal.
func TestATableSentTwiceAtOnceIsProposedOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	table := d.reads("organization,website\nNew Town,x.example\n", contribution.TableWish{}, "")
	found := make(chan contribution.Proposed)
	for range 2 {
		go func() {
			done, err := d.reader.ProposeTable(d.Context(), d.proposer, table, "A table came")
			if err != nil {
				d.Error(err)
			}
			found <- done
		}()
	}
	if one, two := <-found, <-found; one.Proposal != two.Proposal || one.Again == two.Again {
		t.Errorf("%+v and %+v", one, two)
	}
}

// A name that looks like a recorded one is asked for before anything is added.
func TestNamesLikeRecordedOnesAreAskedFor(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	csv := "name,website\nMicrosoft Corp.,https://microsoft.example\n"
	asked := d.reads(csv, contribution.TableWish{}, "")
	q := asked.Reading.Questions()
	if _, err := asked.Edits(); err == nil || len(q) != 1 || q[0].Likely[0].Slug != "microsoft" {
		t.Fatalf("it asks %+v, %v", q, err)
	}
	for said, want := range map[string]string{"microsoft": "microsoft", "new": "microsoft-corp"} {
		how := asked.TableAsked
		how.Names = map[string]string{"Microsoft Corp.": said}
		found, err := d.reader.Table(t.Context(), asked.Sheets, how, today)
		if err != nil {
			t.Fatal(err)
		}
		edits, err := found.Edits()
		if err != nil || len(edits) != 1 || edits[0].(norms.PutOrganization).Slug != want || (norms.VersionOf(edits[0]) == 0) != (said == "new") {
			t.Errorf("said to be %s: %+v, %v", said, edits, err)
		}
	}
}

// What a table does not say of an initiative is not taken in silence.
func TestATableThatDoesNotSayTheKindIsProposedWithANote(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const says, taken = "Initiative,Organization,Status,Kind\nA help desk for schools,Microsoft,done,training\n", "Initiative,Organization\nA night watch,Microsoft\n"
	for csv, want := range map[string]string{says: "", taken: "The table does not say; taken as ongoing."} {
		id := d.proposes(d.reads(csv, contribution.TableWish{}, "A list")).Proposal
		list := d.edits(id)
		put, _ := list[len(list)-1].Edit.(norms.PutInitiative)
		if put.StatusNote != want || strings.Contains(d.talk(id), "it is proposed as a programme") != (want != "") {
			t.Errorf("%q is proposed as %+v, and said is %q", csv, put, d.talk(id))
		}
	}
}
