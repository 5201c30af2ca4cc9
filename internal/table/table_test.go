package table_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/document"
	"normmap/internal/norms"
	"normmap/internal/table"
)

func TestTables(t *testing.T) {
	t.Parallel()
	source := map[string]string{"source": "register"}
	for name, c := range map[string]struct {
		csv    string
		values map[string]string
		kind   table.Kind
		want   string
	}{
		"the register of the Paris Call": {
			"name,category,nationality,nature,website,twitter,date_signed\nMicrosoft,private-sector,,,,,\nÉlan Numérique,civil-society,France,Association,elan.example,@elan,12/11/2018\nNew  Town,public-authority,,,,,25/11/2018\n",
			source, table.Adherences,
			`organization elan-numerique@0 "Élan Numérique" body civil_society https://elan.example
adherence 0@0 elan-numerique supported paris-call since 2018-11-12, register, row 3: As listed: category civil-society, nationality France, nature Association
organization new-town@0 "New  Town" body government 
adherence 0@0 new-town supported paris-call since 2018-11-25, register, row 4: As listed: category public-authority
`},
		"a date that came to be known": {
			"name,category,nationality,nature,website,twitter,date_signed\nMicrosoft,private-sector,,,,,2018-11-12\n", source, table.Adherences,
			"adherence 7@6 microsoft supported paris-call since 2018-11-12, register, row 2: As listed: category private-sector\n"},
		"organizations in French": {
			"Nom;Catégorie;Site web\nEaux du Nord;Entreprise;\nMinistère de l’Eau;État;www.eau.example\n", nil, table.Organizations,
			`organization eaux-du-nord@4 "Eaux du Nord" body private_sector 
organization ministere-de-leau@0 "Ministère de l’Eau" body government https://www.eau.example
`},
		"stakeholder groups under another heading": {
			"Name,Kind\nEaux du Nord,government\nNew Town,civil society\n", nil, table.Organizations,
			`organization eaux-du-nord@4 "Eaux du Nord" body government 
organization new-town@0 "New Town" body civil_society 
`},
		"stakeholder groups of those who adhere": {
			"Name,Kind,Date signed\nNew Town,Public authority,2019\n", map[string]string{"source": "register", "agreement": "paris-call", "relation": "signed"}, table.Adherences,
			`organization new-town@0 "New Town" body government 
adherence 0@0 new-town signed paris-call since 2019, register, row 2: As listed: Kind Public authority
`},
		"initiatives with what they cite": {
			"A note above the table,,\n\nInitiative,Description,Status,Launched,Principles\nNight Watch,,done,March 2020,\nKeys for all,Hands out keys.,in progress,1er mars 2021,\"Paris Call principles 1 and 5, Tech Accord principle 2\"\n",
			map[string]string{"source": "register", "organization": "microsoft"}, table.Initiatives,
			`initiative night-watch@5 "Night watch" programme completed of microsoft from 2020-03: 
initiative keys-for-all@0 "Keys for all" programme ongoing of microsoft from 2021-03-01: Hands out keys.
cites keys-for-all: "Paris Call principles 1 and 5, Tech Accord principle 2" at cell E5: paris-call 1,5; tech-accord 2
`},
		"a column of agreements beside one of their numbers": {
			"Initiative,Agreement,Number,Status,Web site\nNight watch,Tech Accord,1,planned,\nKeys,Paris Call,3 and 5,ongoing,keys.example\n",
			map[string]string{"source": "register", "organization": "microsoft"}, table.Initiatives,
			`initiative night-watch@5 "Night watch" programme planned of microsoft from : 
cites night-watch: "Tech Accord: 1" at cell C2: tech-accord 1
initiative keys@0 "Keys" programme ongoing of microsoft from : 
cites keys: "Paris Call: 3 and 5" at cell C3: paris-call 3,5
`},
		"a column for each agreement": {
			"Project,Paris Call,Tech Accord\nNight watch,\"1, 5\",\nKeys,2,–\n", map[string]string{"source": "register", "organization": "microsoft"}, table.Initiatives,
			`cites night-watch: "Paris Call: 1, 5" at cell B2: paris-call 1,5
initiative keys@0 "Keys" programme ongoing of microsoft from : 
cites keys: "Paris Call: 2" at cell B3: paris-call 2
`},
		"a matrix of organizations": {
			"Organisation,Paris Call principle 1,Paris Call principle 2,Appel de Paris principe 3\nMicrosoft,We watch at night. All of it.,We watch at night. All of it.,no\n", source, table.Matrix,
			`initiative we-watch-at-night@0 "We watch at night" programme ongoing of microsoft from : We watch at night. All of it.
cites we-watch-at-night: "Paris Call principle 1" at cell B2: paris-call 1
cites we-watch-at-night: "Paris Call principle 2" at cell C2: paris-call 2
`},
		"a matrix of initiatives": {
			"Initiative,Paris Call principle 1,Tech Accord principle 2\nNight watch,x,\nKeys,,Keys for everybody\n", map[string]string{"source": "register", "organization": "microsoft"}, table.Matrix,
			`cites night-watch: "Paris Call principle 1" at cell B2: paris-call 1
initiative keys@0 "Keys" programme ongoing of microsoft from : Keys for everybody
cites keys: "Tech Accord principle 2" at cell C3: tech-accord 2
`},
		"a matrix that says of what kind and how far": {
			"Initiative,Paris Call principle 1,Tech Accord principle 2\nKeys,,Keys for everybody\n", map[string]string{"source": "register", "organization": "microsoft", "kind": "training", "status": "completed"}, table.Matrix,
			`initiative keys@0 "Keys" training completed of microsoft from : Keys for everybody
cites keys: "Tech Accord principle 2" at cell C2: tech-accord 2
`},
		"a matrix by agreement": {
			"Company,Paris Call,Tech Accord\nMicrosoft,\"Principle 5: we scan all night long, for all our customers.\",\nEaux du Nord,,\"Nous formons nos équipes chaque année (principe 3).\"\n", source, table.Matrix,
			`initiative principle-5-we-scan-all-night-long-for-all-our-customers@0 "Principle 5: we scan all night long, for all our customers" programme ongoing of microsoft from : Principle 5: we scan all night long, for all our customers.
cites principle-5-we-scan-all-night-long-for-all-our-customers: "Principle 5" at cell B2: paris-call 5
initiative nous-formons-nos-equipes-chaque-annee-principe-3@0 "Nous formons nos équipes chaque année (principe 3)" programme ongoing of eaux-du-nord from : Nous formons nos équipes chaque année (principe 3).
cites nous-formons-nos-equipes-chaque-annee-principe-3: "principe 3" at cell C3: tech-accord 3
`},
		"agreements": {
			"Agreement,Acronym,Legal nature,Space,Also known as\nCharter of Trust,,voluntary,between stakeholder groups,Charter; CoT\nParis Call,,,,Appel de Paris; PC\n", nil, table.Agreements,
			`agreement charter-of-trust@0 "Charter of Trust" "Charter of Trust" voluntary_commitment between_stakeholder_groups ["Charter" "CoT"]
agreement paris-call@1 "Paris Call for Trust and Security in Cyberspace" "Paris Call" voluntary_commitment between_stakeholder_groups ["Appel de Paris" "PC"]
`},
		"a curator's links": {
			"initiative,principle,rationale\nNight watch,Paris Call principle 5,It watches.\nnight-watch,tech-accord/2,It does no harm.\n", nil, table.Links,
			"link 0@0 night-watch supports tech-accord/2 curator: It does no harm.\n"},
		"a contributor's links": {
			"initiative,principle,origin\nNight watch,Tech Accord principle 2,contributor\n", source, table.Links,
			"cites night-watch: \"Tech Accord principle 2\" at cell B2: tech-accord 2\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, r := guessed(t, c.csv, c.values)
			if m.Kind != c.kind {
				t.Errorf("read as %s, want %s: %+v", m.Kind, c.kind, m)
			}
			if d := cmp.Diff(c.want, brief(r)); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
			if _, err := r.Edits(); err != nil {
				t.Error(err)
			}
		})
	}
}

// What is wrong is said at its cell, with what to do, and then nothing of the
// table is taken.
func TestMistakesAreSaidAtTheirCells(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		csv    string
		values map[string]string
		want   string
	}{
		"dates": {"organization,agreement,relation,since\nMicrosoft,Paris Call,signed,2018-02-31\nMicrosoft,Paris Call,endorsed,03/04/2018\n", map[string]string{"source": "register"},
			`cell D2 (since): "2018-02-31" is no date: 2018-02-31 is in no calendar
cell D3 (since): "03/04/2018" is no date: could be 3 April 2018 or 4 March 2018: write 2018-04-03 or 2018-03-04
`},
		"a comma missing, and one too much": {"name,description,website\nX,y.example\nY,Good, but small,y.example\nZ,Good,z.example,,\n", nil,
			`row 2: has 2 cells, and the header has 3: see whether a comma or a quotation mark is missing or too much; an empty cell has its comma, too (a spreadsheet saved as .xlsx needs none)
row 3: has 4 cells, and the header has 3: see whether a comma or a quotation mark is missing or too much; an empty cell has its comma, too (a spreadsheet saved as .xlsx needs none)
cell C3 (website): "but small" is no web address: write one such as https://example.org, or leave the cell empty
organization z@0 "Z" body  https://z.example
`},
		"no source": {"organization,agreement,relation\nMicrosoft,Paris Call,signed\n", nil,
			"row 2: source is missing: say which document this is from: choose the column that says it, or give one value for all rows\n"},
		"names": {"organization,agreement,relation\nMicrosoft,Rome Call,signed\n", map[string]string{"source": "register"},
			"cell B2 (agreement): no agreement is recorded under \"Rome Call\": record it first, or write the name under which it is\n"},
		"words": {"name,stakeholder group,website\nX,wizards,no site\n", nil,
			`cell B2 (stakeholder group): "wizards" is none of government, intergovernmental, private sector, civil society, technical community, academia
cell C2 (website): "no site" is no web address: write one such as https://example.org, or leave the cell empty
`},
		"nobody": {"name,category,nationality,nature,website,twitter,date_signed\nN/A,private-sector,,,,,2018\n", map[string]string{"source": "register"},
			"cell A2 (name): is missing: nothing says who this row is about\n"},
		"one in two ways": {"name,website\nZenith AG,zenith.example\nZenith,zenith.example\n", nil, `organization zenith-ag@0 "Zenith AG" body  https://zenith.example
cell A3 (name): "Zenith" looks like Zenith AG (zenith-ag): say whether it is the same, or a new one
`},
		"twice": {"name,website\nX,x.example\nX,y.example\n", nil, "organization x@0 \"X\" body  https://x.example\nrow 3: row 2 is about the same thing and says something else: keep one of them\n"},
		"numbers of nothing": {"initiative,description,norms\nNight watch,,5\n", map[string]string{"source": "register"},
			"cell C2 (norms): \"5\" are numbers, but of which agreement? Write it before them, or give the column the agreement's name\n"},
		"nothing cited": {"initiative,description,norms\nNight watch,,all of them\n", map[string]string{"source": "register"},
			"cell C2 (norms): \"all of them\" cites nothing: write what it supports as it is printed, such as Paris Call principle 5, or leave the cell empty\n"},
		"done, but what": {"organization,Paris Call principle 1,Paris Call principle 2\nMicrosoft,x,\n", map[string]string{"source": "register"},
			"cell B2 (Paris Call principle 1): says that something was done, but not what: write it, or leave the cell empty\n"},
		"another's number":     {"id,organization,agreement,relation,since\n99,Microsoft,Paris Call,signed,\n", map[string]string{"source": "register"}, "cell A2 (id): nothing is recorded under the number 99 by now: leave the cell empty to record it anew\n"},
		"a contributor's link": {"id,initiative,principle,relation,origin,strength\n11,night-watch,paris-call/1,supports,contributor,direct\n", nil, "row 2: " + norms.OnlyByCitation().Error() + "\n"},
		"an e-mail address":    {"name,description\nX,write to a@b.example\n", nil, "cell B2 (description): holds an e-mail address or a telephone number (a@b…); leave it out\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, r := guessed(t, c.csv, c.values)
			if d := cmp.Diff(c.want, brief(r)); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
			edits, err := r.Edits()
			if err == nil || edits != nil || !strings.Contains(err.Error(), "nothing of this table was taken") {
				t.Errorf("%d edits, %v", len(edits), err)
			}
		})
	}
}

func TestMappings(t *testing.T) {
	t.Parallel()
	csv := "Who,Firm,When\nx,Microsoft,2018\n"
	m, ok := table.Guess(sheet(t, csv), recorded())
	if ok && m.Kind == table.Adherences {
		t.Errorf("guessed %+v", m)
	}
	m = table.Mapping{Header: 1, Kind: table.Adherences, Columns: []table.Column{{Heading: "Who"}, {Heading: "Firm", Field: "organization"}, {Heading: "When", Field: "since"}},
		Values: map[string]string{"agreement": "Appel de Paris", "relation": "signed", "source": "register"}}
	later := sheet(t, "Our list\n\nwho,FIRM,when \ny,Eaux du nord,2019\n")
	at, known := table.Keys(later)[m.Key()]
	if !known || at != 3 {
		t.Fatalf("the headings of row 3 are not recognized: %v", table.Keys(later))
	}
	want := "adherence 0@0 eaux-du-nord signed paris-call since 2019, register, row 4: \n"
	if d := cmp.Diff(want, brief(table.Read(later, m.On(later, at), recorded()))); d != "" {
		t.Error(d)
	}
	m.Columns[0].Field, m.Values["wand"] = "since", "oak"
	err := m.Check()
	if err == nil || !strings.Contains(err.Error(), "columns[2]: column A is read as since, too") || !strings.Contains(err.Error(), "adherences have no wand") {
		t.Error(err)
	}
}

func TestSheetThatFitsBest(t *testing.T) {
	t.Parallel()
	notes, list := sheet(t, "Notes\nby us\n"), sheet(t, "name,website\nX,x.example\n")
	notes.Name, list.Name = "Notes", "List"
	at, m, ok := table.GuessBest([]document.Sheet{notes, list}, table.Wish{}, recorded())
	if at != 1 || m.Sheet != "List" || !ok {
		t.Errorf("sheet %d, %+v, %v", at, m, ok)
	}
	_, m, ok = table.GuessBest([]document.Sheet{notes}, table.Wish{}, recorded())
	if ok || len(m.Columns) != 1 {
		t.Errorf("a sheet of notes is read as %+v", m)
	}
}

// What a row changes is told cell by cell, as it is recorded and as the cell has
// it; of something new nothing is.
func TestChangesAreToldCellByCell(t *testing.T) {
	t.Parallel()
	_, r := guessed(t, "Initiative,Description,Status,Principles\nNight watch,It watches.,done,Paris Call principle 2\nKeys,They open.,ongoing,\n",
		map[string]string{"source": "register", "organization": "microsoft"})
	want := [][]table.CellChange{{
		{Column: "C", Heading: "Status", Field: "status", Before: "ongoing", After: "completed"},
		{Column: "B", Heading: "Description", Field: "summary", After: "It watches."},
		{Column: "D", Heading: "Principles", Field: "citations", After: "Paris Call principle 2"},
	}, {}}
	for i, row := range r.Rows {
		if d := cmp.Diff(want[i], row.Changes); d != "" {
			t.Errorf("row %d (-want +got)\n%s", row.Number, d)
		}
	}
}

// A name that differs from a recorded one by signs and legal form only may be the
// same organization's or another's: a person says which.
func TestNamesThatLookAlikeAreAskedFor(t *testing.T) {
	t.Parallel()
	csv := "name,website\n\"Acme, Corp.\",acme.example\nThe ACME S.A.,other.example\nOrion,orion.example\n"
	read := func(names map[string]string) table.Reading {
		rec := recorded()
		rec.Alike = []norms.Choice{{Kind: "organization", Slug: "acme-corp", Title: "ACME Corp"}, {Kind: "organization", Slug: "orions", Title: "Orions"}}
		for _, slug := range names {
			if slug == "acme-corp" { // whoever reads a table loads what it is said to name
				rec.Organizations = append(rec.Organizations, norms.PutOrganization{Version: 2, Slug: slug, Name: "ACME Corp", Kind: "body"})
			}
		}
		m, _ := table.Guess(sheet(t, csv), rec)
		m.Names = names
		return table.Read(sheet(t, csv), m, rec)
	}
	asked := read(nil)
	if d := cmp.Diff(`cell A2 (name): "Acme, Corp." looks like ACME Corp (acme-corp): say whether it is the same, or a new one
cell A3 (name): "The ACME S.A." looks like ACME Corp (acme-corp): say whether it is the same, or a new one
organization orion@0 "Orion" body  https://orion.example
`, brief(asked)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	if q := asked.Questions(); len(q) != 2 || q[0].Name != "Acme, Corp." || len(q[0].Likely) != 1 || q[0].Likely[0].Slug != "acme-corp" {
		t.Errorf("it asks %+v", q)
	}
	if d := cmp.Diff(`organization acme-corp@2 "ACME Corp" body  https://acme.example
organization acme-sa@0 "The ACME S.A." body  https://other.example
organization orion@0 "Orion" body  https://orion.example
`, strings.Replace(brief(read(map[string]string{"Acme, Corp.": "acme-corp", "The ACME S.A.": table.IsNew})), "the-acme-s-a", "acme-sa", 1)); d != "" {
		t.Errorf("once it is said (-want +got)\n%s", d)
	}
	if got := brief(read(map[string]string{"Acme, Corp.": "nobody", "The ACME S.A.": table.IsNew})); !strings.Contains(got, "is said to be nobody, and no organization is recorded under that name") {
		t.Errorf("of a name of nothing it says %s", got)
	}
}

// Spreadsheets make dates of names of editions such as feb-2017; the number of
// the row says which is meant.
func TestAnEditionThatASpreadsheetTookForADateIsTheSame(t *testing.T) {
	t.Parallel()
	rec := recorded()
	rec.Adherences[0].Edition = "feb-2017"
	head := "id,organization,agreement,edition,relation,via,founding,since,source,place,note,revision\n7,microsoft,paris-call,%,supported,,,,register,row 2,As listed: category private-sector,6\n"
	for edition, want := range map[string]string{"feb-2017": "", "02/01/17": "", "01/02/2017": "", "2017-02-01": "", "mar-2017": "adherence 7@6 microsoft supported paris-call since , register, row 2: As listed: category private-sector\n",
		"03/01/17": "cell D2 (edition): \"03/01/17\" may hold only lower-case letters a to z, digits and single hyphens\n"} {
		s := sheet(t, strings.Replace(head, "%", edition, 1))
		m, _ := table.Guess(s, rec)
		if d := cmp.Diff(want, brief(table.Read(s, m, rec))); d != "" {
			t.Errorf("%s (-want +got)\n%s", edition, d)
		}
	}
}
