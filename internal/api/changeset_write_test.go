package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
)

const newOrganization = `{"edit":"put_organization","with":{"slug":%q,"name":"Example  Ltd","kind":"body","stakeholder_group":"private_sector"}}`

func batch(reason string, edits ...string) string {
	return fmt.Sprintf(`{"reason":%q,"edits":[%s]}`, reason, strings.Join(edits, ","))
}

func TestAChangesetIsWrittenAsAWhole(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	first, second := fmt.Sprintf(newOrganization, "example-one"), fmt.Sprintf(newOrganization, "example-two")
	got := w.do(t, http.MethodPost, "/changesets", batch("Two of them.", first, second)).wants(t, http.StatusCreated)
	if got.body["revision"] != 2.0 || got.body["written"] != 2.0 || len(got.body["ids"].([]any)) != 2 || got.Header().Get("Location") != "/api/v1/changesets/2" {
		t.Errorf("%s, Location %s", got.Body, got.Header().Get("Location"))
	}
	read := w.get(t, "/changesets/2").wants(t, 200)
	if read.body["reason"] != "Two of them." || len(read.body["changes"].([]any)) != 2 {
		t.Errorf("read back: %s", read.Body)
	}
	w.get(t, "/organizations/example-two").wants(t, 200)
	w.get(t, "/changesets/99").wants(t, http.StatusNotFound)

	bad := strings.Replace(fmt.Sprintf(newOrganization, "example-three"), `"body"`, `"planet"`, 1)
	w.do(t, http.MethodPost, "/changesets", batch("Half of it is wrong.", fmt.Sprintf(newOrganization, "example-four"), bad)).wants(t, 422)
	w.get(t, "/organizations/example-four").wants(t, http.StatusNotFound)
}

func TestNothingToChange(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	body := batch("Once.", fmt.Sprintf(newOrganization, "example"))
	w.do(t, http.MethodPost, "/changesets", body).wants(t, http.StatusCreated)
	same := strings.Replace(body, `"slug"`, `"version":2,"slug"`, 1)
	got := w.do(t, http.MethodPost, "/changesets", same).wants(t, http.StatusOK)
	if got.body["revision"] != 0.0 || got.Header().Get("Location") != "" {
		t.Errorf("%s, Location %q", got.Body, got.Header().Get("Location"))
	}
}

func TestADryRunWritesNothing(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	one := fmt.Sprintf(newOrganization, "example")
	body := strings.Replace(batch("", one, one), `"edits"`, `"dry_run":true,"edits"`, 1)
	got := w.do(t, http.MethodPost, "/changesets", body).wants(t, http.StatusOK)
	outcomes := got.body["outcomes"].([]any)
	if len(outcomes) != 2 {
		t.Fatalf("%s", got.Body)
	}
	first, second := outcomes[0].(map[string]any), outcomes[1].(map[string]any)
	if len(first["changes"].([]any)) != 1 || first["problem"] != "" {
		t.Errorf("first: %v", first)
	}
	if p, _ := second["problem"].(string); !strings.Contains(p, "already recorded") {
		t.Errorf("second: %v", second)
	}
	w.get(t, "/organizations/example").wants(t, http.StatusNotFound)
}

func TestEachWrongFieldOfABatchIsNamed(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	good := fmt.Sprintf(newOrganization, "example")
	link := fmt.Sprintf(`{"edit":"put_link","with":{"initiative":%q,"principle":"paris-call/99","relation":"supports","origin":"curator","rationale":"x"}}`, w.initiative)
	for body, want := range map[string][]string{
		`{"reason":"x"}`:                                                                   {"body"},
		`{"reason":"x","edits":[]}`:                                                        {"body.edits"},
		`{"reason":"x","edits":[{"edit":"put_org"}]}`:                                      {"body.edits[0]"},
		batch("x", good, `{"edit":"put_org","with":{}}`):                                   {"body.edits[1].edit"},
		batch("x", good, `{"edit":"put_link","with":7}`):                                   {"body.edits[1]"},
		batch("x", `{"edit":"put_link","with":{"loves":1,"relation":2}}`):                  {"body.edits[0].loves", "body.edits[0].relation"},
		batch("x", good, `{"edit":"withdraw_link","with":{}}`):                             {"body.edits[1].id", "body.edits[1].version"},
		batch("x", good, `{"edit":"withdraw_link","with":{"id":1e30,"version":1}}`):        {"body.edits[1].with"},
		batch("x", good, strings.Replace(good, `"name"`, `"role":"admin","name"`, 1)):      {"body.edits[1].role"},
		batch("x", good, link):                                                             {"body.edits[1].principle"},
		batch("x", link):                                                                   {"body.edits[0].principle"},
		batch("", link):                                                                    {"body.reason"},
		batch("x", good, `{"edit":"revert","with":{"changeset":1}}`):                       {"body.edits[1]"},
		batch("x", `{"edit":"withdraw_adherence","with":{"id":1,"version":77}}`):           {"body.edits[0]"},
		batch("x", good, `{"edit":"withdraw_adherence","with":{"id":1,"version":77}}`):     {"body.edits[1]"},
		batch("x", good, `{"edit":"withdraw_adherence","with":{"id":999999,"version":1}}`): {"body.edits[1]"},
	} {
		got := w.do(t, http.MethodPost, "/changesets", body)
		if got.Code < 400 || got.Code >= 500 {
			t.Errorf("%s: status %d", body, got.Code)
		}
		if d := cmp.Diff(sorted(want), sorted(got.locations())); d != "" {
			t.Errorf("%s: %s\n%s", body, d, got.Body)
		}
	}
}

// A dry run may be asked for with any scope; writing needs the scope and role.
func TestWhoMayWriteChangesets(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	body := batch("x", fmt.Sprintf(newOrganization, "example"))
	w.ask(t, http.MethodPost, "/changesets", body).wants(t, 401)
	for _, test := range []struct {
		role   account.Role
		scopes account.Scopes
		status int
	}{
		{account.Contributor, "propose publish", 403},
		{account.Editor, "propose", 403},
		{account.Editor, "publish", 201},
	} {
		auth := "Bearer " + w.scoped(t, test.role, test.scopes)
		w.ask(t, http.MethodPost, "/changesets", body, "Authorization", auth).wants(t, test.status)
	}
}

// Texts of edits are stored in one form, those of a source as they are.
func TestTextsOfEditsAreStoredInOneForm(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	edit := strings.Replace(fmt.Sprintf(newOrganization, "example"), "Example  Ltd", " Cafe\u0301 ", 1)
	w.do(t, http.MethodPost, "/changesets", batch("x", edit)).wants(t, 201)
	if got := w.get(t, "/organizations/example").body["name"]; got != "Caf\u00e9" {
		t.Errorf("name %q", got)
	}
}

// The description of an edit says what may be in it.
func TestEditsAreDescribed(t *testing.T) {
	t.Parallel()
	doc := start(t).get(t, "/openapi.json").body
	types := doc["components"].(map[string]any)["schemas"].(map[string]any)
	variants := types["SentEdit"].(map[string]any)["oneOf"].([]any)
	if len(variants) < 18 {
		t.Errorf("%d kinds of edit", len(variants))
	}
	link := types["PutLink"].(map[string]any)
	if d := cmp.Diff([]any{"initiative", "principle", "relation", "rationale", "origin"}, link["required"]); d != "" {
		t.Errorf("required of put_link: %s", d)
	}
	raw, err := json.Marshal(types["PutInitiative"].(map[string]any)["properties"].(map[string]any)["status"])
	if err != nil || string(raw) != `{"enum":["planned","ongoing","completed","ended"],"type":"string"}` {
		t.Errorf("status: %s, %v", raw, err)
	}
}
