package api_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/api"
)

const register = `name,category,nationality,nature,website,twitter,date_signed
Microsoft,private-sector,United States,Company,https://www.microsoft.com,,2018-11-12
Ville de Nulle-Part,state,France,City,nulle-part.example,,25/12/2019
`

// tableJSON is a table as JSON, with what else is said of it.
func tableJSON(t *testing.T, more map[string]any) string {
	t.Helper()
	body := map[string]any{"kind": "table", "text": register, "name": "supporters.csv", "as_source": "Register of supporters"}
	for name, v := range more {
		body[name] = v
	}
	b, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestATableIsReadThenProposedThenKnown(t *testing.T) {
	t.Parallel()
	s := start(t)
	bearer := []string{"Authorization", "Bearer " + s.token(t, account.Contributor)}
	dry := s.ask(t, http.MethodPost, "/imports", tableJSON(t, map[string]any{"dry_run": true}), bearer...).wants(t, http.StatusOK)
	rows := dry.body["rows"].([]any)
	if mapping := dry.body["mapping"].(map[string]any); len(rows) != 2 || mapping["profile"] != "Paris Call supporters" || dry.body["counts"].(map[string]any)["new"] != 2.0 || s.kept(t) != "0 proposals, 0 documents" {
		t.Errorf("a dry run says %v and leaves %s", dry.body, s.kept(t))
	}
	done := s.ask(t, http.MethodPost, "/imports", tableJSON(t, nil), bearer...).wants(t, http.StatusCreated)
	if done.Header().Get("Location") != "/api/v1/proposals/1" || done.body["proposal"] != 1.0 || done.body["edits"] != 5.0 {
		t.Errorf("it answers %v at %q", done.body, done.Header().Get("Location"))
	}
	body, kind := form(t, "supporters.csv", []byte(register), "kind", "table", "as_source", "Register of supporters")
	again := s.ask(t, http.MethodPost, "/imports", body, append(bearer, "Content-Type", kind)...).wants(t, http.StatusOK)
	if again.body["again"] != true || again.body["proposal"] != 1.0 || s.kept(t) != "1 proposals, 1 documents" {
		t.Errorf("the same as a file: %v, and there are %s", again.body, s.kept(t))
	}
}

// Options are those of the command, as an object and as the parts of a form.
func TestATableIsReadAsItIsSaid(t *testing.T) {
	t.Parallel()
	s := start(t)
	bearer := "Bearer " + s.token(t, account.Contributor)
	csv := "Our list\n\nWho,Site,Sort\nMicrosoft Corp.,https://microsoft.example,x\nNew Town,town.example,x\nLast Town,last.example,x\n"
	body, kind := form(t, "list.csv", []byte(csv), "kind", "table", "rows", "organizations", "header_row", "3", "map", "Who=name", "map", "Site=url", "map", "C=",
		"set", "stakeholder_group=government", "names", "Microsoft Corp.=new", "last_row", "5")
	asForm := s.ask(t, http.MethodPost, "/imports", body, "Authorization", bearer, "Content-Type", kind).wants(t, http.StatusCreated)
	asJSON := s.ask(t, http.MethodPost, "/imports", tableJSON(t, map[string]any{"text": csv, "as_source": "", "rows": "organizations", "header_row": 3,
		"map": map[string]string{"Who": "name", "Site": "url", "C": ""}, "set": map[string]string{"stakeholder_group": "government"},
		"names": map[string]string{"Microsoft Corp.": "new"}, "last_row": 5}), "Authorization", bearer).wants(t, http.StatusOK)
	if asForm.body["edits"] != 2.0 || asJSON.body["again"] != true || asJSON.body["proposal"] != asForm.body["proposal"] {
		t.Errorf("as a form %v\nas JSON %v", asForm.body, asJSON.body)
	}
	row := asJSON.body["rows"].([]any)[1].(map[string]any)
	if edit := row["edits"].([]any)[0].(map[string]any); edit["edit"] != "put_organization" || edit["with"].(map[string]any)["stakeholder_group"] != "government" {
		t.Errorf("row 5 is %v", row)
	}
}

func TestWhatIsWrongInATableIsSaidAtItsCell(t *testing.T) {
	t.Parallel()
	s := start(t)
	bearer := []string{"Authorization", "Bearer " + s.token(t, account.Contributor)}
	list := "name,website,stakeholder group\nX,not an address,elves\n"
	r := s.ask(t, http.MethodPost, "/imports", tableJSON(t, map[string]any{"text": list, "as_source": ""}), bearer...).wants(t, http.StatusUnprocessableEntity)
	if got := strings.Join(r.locations(), " "); got != "body.text[B2] body.text[C2]" {
		t.Errorf("the cells are %q: %s", got, r.Body)
	}
	dry := s.ask(t, http.MethodPost, "/imports", tableJSON(t, map[string]any{"text": list, "as_source": "", "dry_run": true}), bearer...).wants(t, http.StatusOK)
	if p := dry.body["problems"].([]any); len(p) != 2 || p[0].(map[string]any)["column"] != "B" || p[0].(map[string]any)["row"] != 2.0 {
		t.Errorf("a dry run says %v", dry.body)
	}
	for says, more := range map[string]map[string]any{
		"body.kind":       {"kind": "elves"},
		"body.rows":       {"rows": "elves"},
		"body.sheet":      {"sheet": "Two"},
		"body.map":        {"map": map[string]string{"wand": "url"}},
		"body.names":      {"names": map[string]string{"Nobody": "new"}},
		"body.header_row": {"header_row": -1},
		"body.as_source":  {"kind": "contribution", "organization": "microsoft"},
	} {
		r := s.ask(t, http.MethodPost, "/imports", tableJSON(t, more), bearer...).wants(t, http.StatusUnprocessableEntity)
		if got := strings.Join(r.locations(), " "); got != says {
			t.Errorf("the place is %q, want %q: %s", got, says, r.Body)
		}
	}
	if s.kept(t) != "0 proposals, 0 documents" {
		t.Errorf("they leave %s", s.kept(t))
	}
}

func TestATableTellsHowFarItIsAndIsCancelled(t *testing.T) {
	t.Parallel()
	s := start(t)
	owner, err := pgx.Connect(t.Context(), s.url)
	if err == nil {
		_, err = owner.Exec(t.Context(), "begin; lock table proposal in share mode")
	}
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s.lines(ctx, t, tableJSON(t, nil), func(l api.ImportLine) {
		if l.Stage == "checking" {
			cancel()
		}
	})
	if err := owner.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s.kept(t) != "0 proposals, 0 documents" {
		t.Errorf("it leaves %s", s.kept(t))
	}
	var stages []string
	var last api.ImportLine
	s.lines(t.Context(), t, tableJSON(t, nil), func(l api.ImportLine) {
		stages, last = append(stages, string(l.Stage)), l
	})
	told := strings.Join(stages, " ")
	for _, stage := range []string{"text", "reading", "citations", "checking", "staging"} {
		if !strings.Contains(told, stage) {
			t.Errorf("it does not tell of %s: %s", stage, told)
		}
	}
	if last.Status != http.StatusCreated || last.Location != "/api/v1/proposals/1" {
		t.Errorf("in the end it says %+v", last)
	}
}
