package table_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
	"normmap/internal/table"
)

func TestSourcesAreReadFromTables(t *testing.T) {
	t.Parallel()
	_, r := guessed(t, "title,kind,published by,published on,language,exhaustiveness\nRegister of supporters,dataset,Paris Call,2018,en,exhaustive\nA letter,contribution,Microsoft,12 March 2024,,\nNo sort,elves,X,,,\n", nil)
	if d := cmp.Diff(`source register@2 "Register of supporters" dataset by Paris Call, 2018, en, exhaustive
source a-letter@0 "A letter" contribution by Microsoft, 2024-03-12, , unknown
cell B4 (kind): "elves" is none of contribution, official text, web page, report, press, dataset
`, brief(r)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// A row decides what a recorded citation means; what its source prints, and what
// follows by rule, no table changes.
func TestCitationsAreDecidedByTables(t *testing.T) {
	t.Parallel()
	const head = "id,reference,position,label,resolution,principle,link,decided_by,note,revision\n"
	for row, want := range map[string]string{
		"21,1,1,1,resolved,paris-call/1,11,,,8":                          "",
		"23,1,1,5,set_aside,,,Rita,It is about something else.,9":        "",
		"22,1,1,99,resolved,paris-call/5,,,It says so,7":                 "citation 22@7 resolve paris-call/5: It says so\n",
		"22,1,1,99,set_aside,,,,It is no principle,6":                    "citation 22@6 set_aside : It is no principle\n",
		"23,1,1,5,ambiguous,,,Rita,Look again,9":                         "citation 23@9 reopen : Look again\n",
		"23,1,1,5,resolved,paris-call/5,,Rita,,9":                        "cell I2 (note): is missing\n",
		"23,1,1,5,resolved,paris-call/5,,,It is about something else.,9": "cell I2 (note): is why it was decided as it is recorded: write why it is decided otherwise\n",
		"22,1,1,99,resolved,,,,So,7":                                     "cell F2 (principle): is missing: say which principle is meant, or say another resolution\n",
		"22,1,1,99,ambiguous,paris-call/5,,,So,7":                        "cell E2 (resolution): is ambiguous, and a principle is given: say resolved, or leave the principle empty\n",
		"22,1,1,99,out_of_range,,,,So,7":                                 "cell E2 (resolution): people decide that a citation is resolved or set_aside; the others are by rule\n",
		"22,1,1,9,ambiguous,,,,,7":                                       "cell D2 (label): the source prints \"99\", which no table changes\n",
		"99,1,1,1,resolved,paris-call/1,,,So,7":                          "cell A2 (id): nothing is recorded under the number 99 by now: leave the cell empty to record it anew\n",
		",1,1,1,resolved,paris-call/1,,,So,7":                            "cell A2 (id): is missing: only a source brings new citations; a row decides about a recorded one, by its number\n",
	} {
		s := sheet(t, head+row+"\n")
		m, ok := table.Guess(s, recorded())
		if !ok || m.Kind != table.Citations {
			t.Fatalf("%s is taken for %+v", row, m)
		}
		r := table.Read(s, m, recorded())
		if d := cmp.Diff(want, brief(r)); d != "" {
			t.Errorf("%s (-want +got)\n%s", row, d)
		}
	}
}

func TestWhatATableDecidesIsToldCellByCell(t *testing.T) {
	t.Parallel()
	_, r := guessed(t, "id,label,resolution,principle,note\n22,99,resolved,paris-call/5,It says so\n", nil)
	want := []table.CellChange{{Column: "E", Heading: "note", Field: "note", After: "It says so"}, {Column: "D", Heading: "principle", Field: "principle", After: "paris-call/5"},
		{Column: "C", Heading: "resolution", Field: "resolution", Before: "ambiguous", After: "resolved"}}
	if d := cmp.Diff(want, r.Rows[0].Changes); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// Agreements and initiatives that look like recorded ones are asked for as
// organizations are.
func TestTitlesThatLookAlikeAreAskedFor(t *testing.T) {
	t.Parallel()
	agreements := "agreement,short title,legal nature,space\nParis Call for Trust & Security in the Cyberspace,Paris appeal,voluntary,between_stakeholder_groups\n"
	initiatives := "title,organization\nThe Night Watch,microsoft\nDay and night,microsoft\nDay & night,microsoft\n"
	for _, c := range []struct {
		csv   string
		names map[string]string
		want  string
	}{
		{agreements, nil, `cell A2 (agreement): "Paris Call for Trust & Security in the Cyberspace" looks like Paris Call for Trust and Security in Cyberspace (paris-call): say whether it is the same, or a new one
`},
		{initiatives, nil, `cell A2 (title): "The Night Watch" looks like Night watch (night-watch): say whether it is the same, or a new one
initiative day-and-night@0 "Day and night" programme ongoing of microsoft from : 
cell A4 (title): "Day & night" looks like Day and night (day-and-night): say whether it is the same, or a new one
`},
		{initiatives, map[string]string{"The Night Watch": "night-watch", "Day & night": table.IsNew}, `initiative day-and-night@0 "Day and night" programme ongoing of microsoft from : 
initiative day-night@0 "Day & night" programme ongoing of microsoft from : 
`},
	} {
		rec := recorded()
		rec.Alike = []norms.Choice{{Kind: "initiative", Slug: "night-watch", Title: "Night watch"}}
		m, _ := table.Guess(sheet(t, c.csv), rec)
		m.Names = c.names
		if d := cmp.Diff(c.want, brief(table.Read(sheet(t, c.csv), m, rec))); d != "" {
			t.Errorf("%s\nwith %v (-want +got)\n%s", c.csv, c.names, d)
		}
	}
}
