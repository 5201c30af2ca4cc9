package site

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"testing"

	"normmap/internal/account"
)

// readsTables has the site read spreadsheets in children, which the test binary
// plays.
func readsTables(d *Deps) {
	readsDocuments(d)
	d.Contributions.Documents.Limits.Memory = 1 << 50 // the race detector lays claim to most of the address space
	d.Contributions.Documents.Command = func(ctx context.Context) *exec.Cmd { return exec.CommandContext(ctx, os.Args[0], childCommand) }
}

// sendTable sends a file and gives the address where it waits.
func (h *house) sendTable(file, data string) string {
	h.t.Helper()
	r := h.uploading(h.t.Context(), file, data)
	r.URL.Path = "/import/table"
	return h.do(r).status(http.StatusSeeOther).Header.Get("Location")
}

// work is how many tables wait, and how many were learned from.
func (h *house) work() string {
	h.t.Helper()
	var waiting, learned int
	if err := h.pool.QueryRow(h.t.Context(), "select (select count(*) from sent_table), (select count(*) from table_mapping)").Scan(&waiting, &learned); err != nil {
		h.t.Fatal(err)
	}
	return fmt.Sprintf("%d waiting, %d learned", waiting, learned)
}

const supporters = `name,category,nationality,nature,website,twitter,date_signed
Microsoft,private-sector,United States,Company,https://www.microsoft.com,,2018-11-12
Ville de Nulle-Part,state,France,City,nulle-part.example,,25/12/2019
`

// asGuessed are the columns of the supporters as the form shows them.
var asGuessed = []string{"header", "1", "kind", "adherences", "column_1", "organization", "column_2", "organization_group", "column_3", "kept", "column_4", "kept",
	"column_5", "organization_url", "column_6", "", "column_7", "since", "value_agreement", "paris-call", "value_relation", "supported"}

// TestATableIsLookedAtThenProposed goes the way without scripts.
func TestATableIsLookedAtThenProposed(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsTables)
	h.signIn(account.Contributor)
	h.get("/import").status(200).has(`a[href="/import/table"]`, "table")
	h.get("/import/table").status(200).has(`form[action="/import/table"][enctype="multipart/form-data"] input[type=file]`, "").has("#known ~ ul", "Paris Call")
	at := h.sendTable("supporters.csv", supporters)
	seen := h.get(at).status(200)
	seen.has("main", "Recognized by its headings: Paris Call supporters").has(`select[name=column_1] option[selected]`, "Organization").has(`select[name=kind] option[selected]`, "an adherence").
		has(`select[name=value_agreement] option[selected]`, "Paris Call").has("tbody", "Microsoft · Ville de Nulle-Part").has("#errors", "Source").has("section.understood", "2 rows have mistakes")
	seen.lacks(`button[value=propose]`)
	h.post(at, append(asGuessed, "as_source", "Register of supporters", "do", "read")...).leads(http.StatusSeeOther, at+"#rows")
	read := h.get(at).status(200)
	read.has("section.understood", "2 rows record something new").has(`button[value=propose]`, "Propose all 5 edits").has(`section.understood tbody`, "Ville de Nulle-Part")
	if got := h.left() + ", " + h.work(); got != "0 proposals, 0 documents, 1 waiting, 0 learned" {
		t.Errorf("looking leaves %s", got)
	}
	h.post(at, append(asGuessed, "as_source", "Register of supporters", "do", "propose")...).status(422).has("#errors", "Reason")
	h.post(at, append(asGuessed, "as_source", "Register of supporters", "do", "propose", "reason", "It was published")...).leads(http.StatusSeeOther, "/proposals/1")
	if got := h.left() + ", " + h.work(); got != "1 proposals, 1 documents, 0 waiting, 1 learned" {
		t.Errorf("there are %s", got)
	}
	h.get(at).status(http.StatusNotFound).has("main", "send it again")
	again := h.sendTable("the same.csv", supporters)
	h.post(again, append(asGuessed, "as_source", "Register", "do", "propose", "reason", "Once more")...).leads(http.StatusSeeOther, again+"#rows")
	h.get(again).status(200).has("section.understood", "this very table waits for review already, in proposal 1").has(`section.understood a[href="/proposals/1"]`, "proposal 1").lacks(`button[value=propose]`)
	if got := h.left(); got != "1 proposals, 1 documents" {
		t.Errorf("sent again there are %s", got)
	}
	h.get("/proposals/1").status(200).has("main", "Register of supporters")
}

func TestATableWithMistakesIsNotProposed(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsTables)
	h.signIn(account.Editor)
	at := h.sendTable("list.csv", "Our list\n\nOrganization;Web site;Sector\nEaux du nord;eaux.example;private sector\nX;not an address;<b>elves</b>\n")
	typed := []string{"header", "3", "kind", "organizations", "column_1", "name", "column_2", "url", "column_3", "stakeholder_group", "reason", "A list", "do", "propose"}
	h.get(at).status(200).has("section.understood", "1 row has a mistake").has("section.understood td", "cell B5 (Web site)").has("section.understood td", "is no web address").
		has("section.understood td", `"<b>elves</b>" is none of government`).lacks("section.understood td b")
	h.post(at, typed...).leads(http.StatusSeeOther, at+"#rows")
	if got := h.left(); got != "0 proposals, 0 documents" {
		t.Errorf("there are %s", got)
	}
	typed[7] = "" // the column is not read
	typed[9] = ""
	h.post(at, typed...).leads(http.StatusSeeOther, "/proposals/1")
	next := h.sendTable("next.csv", "ORGANIZATION;Web Site;sector\nEaux du sud;x;elves\n")
	h.get(next).status(200).has("main", "Read as a table with the same headings was read before").has(`select[name=column_3] option[selected]`, "Not read").has(`button[value=propose]`, "Propose 1 edit")
	h.post(next, "do", "drop").leads(http.StatusSeeOther, "/import/table")
	h.get(next).status(http.StatusNotFound)
}

func TestATableIsItsSendersAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsTables)
	h.signIn(account.Contributor)
	at := h.sendTable("a.csv", "name,website\nX,x.example\n")
	h.get(at).status(200)
	h.cookies = map[string]*http.Cookie{}
	h.get(at).leads(http.StatusSeeOther, "/login?next=%2Fimport%2Ftable%2F1")
	h.signIn(account.Admin)
	h.get(at).status(http.StatusNotFound)
	h.post(at, "do", "drop").status(http.StatusNotFound)
	if got := h.work(); got != "1 waiting, 0 learned" {
		t.Errorf("there are %s", got)
	}
}

// What the site gives away comes back as no change; another kind or row of
// headings is guessed anew.
func TestOurOwnTablesComeBackAsNoChange(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsTables)
	h.signIn(account.Editor)
	for _, from := range []string{"/data/organizations.csv", "/data/initiatives.csv", "/data/links.csv", "/data/adherences.csv", "/organizations.csv"} {
		at := h.sendTable("back.csv", h.get(from).status(200).body)
		h.get(at).status(200).has("main", "Recognized by its headings: our ").has("section.understood", "No change: all that it says is recorded.").lacks(`button[value=propose]`)
	}
	at := h.sendTable("a.csv", "Names\nname,website\nX,x.example\n")
	h.post(at, "header", "2", "kind", "initiatives", "column_1", "name", "column_2", "url", "do", "propose").leads(http.StatusSeeOther, at+"#rows")
	h.get(at).status(200).has(`select[name=kind] option[selected]`, "an initiative").has(`select[name=column_1] option[selected]`, "Title")
}

func TestWhatIsNoTableIsRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsTables)
	h.signIn(account.Contributor)
	for _, c := range []struct{ file, data, says string }{
		{"letter.txt", "A letter\n", "tables come as .csv or .xlsx files"},
		{"broken.xlsx", "PK\x03\x04 no table", "an archive that cannot be opened"},
	} {
		r := h.uploading(t.Context(), c.file, c.data)
		r.URL.Path = "/import/table"
		got := h.do(r)
		if got.StatusCode < 400 || got.StatusCode >= 500 {
			t.Errorf("%s: %d", c.file, got.StatusCode)
		}
		got.has("#errors", "File").has("#errors", c.says)
	}
	r := h.uploading(t.Context(), "", "")
	r.URL.Path = "/import/table"
	h.do(r).status(422).has("#errors", "choose a file")
}

// What a row changes is shown as it is recorded and as it would be; a name like a
// recorded one is asked for, and what was said of it can be said otherwise.
func TestATableShowsWhatItChangesAndAsksForNames(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsTables)
	h.signIn(account.Editor)
	at := h.sendTable("list.csv", "name,website\nMicrosoft,https://new.example\nMicrosoft Corp.,https://corp.example\n")
	typed := []string{"header", "1", "kind", "organizations", "column_1", "name", "column_2", "url", "do", "read"}
	h.get(at).status(200).has("#asked", "Microsoft Corp.").has(`#asked select[name=whose_1] option[value=microsoft]`, "The same as Microsoft").lacks(`button[value=propose]`)
	h.post(at, append(typed, "named_1", "Microsoft Corp.", "whose_1", "new")...).leads(http.StatusSeeOther, at+"#rows")
	h.get(at+"?rows=changed").status(200).has("section.understood td", "B2").has("section.understood del", "microsoft.com").has("section.understood ins", "https://new.example")
	h.get(at).status(200).has(`#asked option[selected]`, "Another one, which is new").has(`button[value=propose]`, "Propose all 2 edits")
	h.post(at, append(typed, "named_1", "Microsoft Corp.", "whose_1", "")...).leads(http.StatusSeeOther, at+"#rows")
	h.get(at).status(200).lacks(`button[value=propose]`).has("section.understood", "1 row has a mistake")
}

func TestAFileThatIsASourceSaysWhich(t *testing.T) {
	t.Parallel()
	h := newHouse(t, readsTables)
	h.signIn(account.Editor)
	at := h.sendTable("supporters.csv", supporters)
	h.post(at, append(asGuessed, "as_source", "Register of supporters", "do", "propose", "reason", "It was published")...).leads(http.StatusSeeOther, "/proposals/1")
	h.signIn(account.Reviewer)
	h.get("/proposals/1").button(h, "Accept everything that is left and can be applied").status(http.StatusSeeOther)
	h.get("/proposals/1").button(h, "Apply what is accepted").status(http.StatusSeeOther)
	again := h.sendTable("supporters.csv", supporters)
	h.get(again).status(200).has("main", "This very file is recorded as source register-of-supporters.").has("section.understood", "No change")
}
