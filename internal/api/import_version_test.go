package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// published accepts all of a proposal.
func (s *service) published(t *testing.T, id int64) {
	t.Helper()
	a, err := s.store.AddAccount(t.Context(), fmt.Sprintf("rita%d@example.org", id), "Rita", account.Reviewer)
	if err != nil {
		t.Fatal(err)
	}
	by := a.Actor()
	p, err := s.store.Proposal(t.Context(), by, id, norms.Page{})
	if err == nil {
		_, err = s.store.AcceptRemaining(t.Context(), by, id, p.Version)
	}
	if err == nil {
		_, err = s.store.ApplyProposal(t.Context(), by, id)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A document that comes again, changed, is told so; with replaces it is the new
// version of its source.
func TestAnImportReplacesTheTextOfItsSource(t *testing.T) {
	t.Parallel()
	s := start(t)
	bearer := []string{"Authorization", "Bearer " + s.token(t, account.Contributor)}
	s.ask(t, http.MethodPost, "/imports", importJSON(t, nil), bearer...).wants(t, http.StatusCreated)
	s.published(t, 1)
	again := "A preface.\n\n" + strings.Replace(imported, "We run a help desk", "We run a help desk and a school", 1) + "\n- We teach judges (Paris Call principle 8).\n"
	send := func(more map[string]any, status int) reply {
		t.Helper()
		more["text"] = again
		return s.ask(t, http.MethodPost, "/imports", importJSON(t, more), bearer...).wants(t, status)
	}
	dry := send(map[string]any{"dry_run": true}, http.StatusOK)
	alike, _ := dry.body["alike"].([]any)
	if len(alike) != 1 || alike[0].(map[string]any)["source"] != "microsoft-contribution-2024" || dry.body["version"] != nil || dry.body["alike_unknown"] != false {
		t.Errorf("it is like %v", dry.body["alike"])
	}
	dry = send(map[string]any{"dry_run": true, "replaces": "microsoft-contribution-2024"}, http.StatusOK)
	if dry.body["edits"] != float64(3) {
		t.Errorf("a dry run would propose %v edits", dry.body["edits"])
	}
	version, _ := dry.body["version"].(map[string]any)
	how := map[string]any{}
	references, _ := version["references"].([]any)
	for _, r := range references {
		how[r.(map[string]any)["text"].(string)] = r.(map[string]any)["how"]
	}
	if len(how) != 2 || how["Paris Call principle 1"] != "reworded" || how["Charter of Rome article 2"] != "kept" || version["again"] == nil || version["missing"] == nil {
		t.Errorf("as a version it is %v", version)
	}
	asked := send(map[string]any{}, http.StatusConflict)
	if got := asked.Body.String(); strings.Join(asked.locations(), " ") != "body.replaces" || s.kept(t) != "1 proposals, 1 documents" ||
		!strings.Contains(got, "this looks like a new version of “What we do” (microsoft-contribution-2024), of whose words") || !strings.Contains(got, "own_document") {
		t.Errorf("without a word on what it is it is answered %s", got)
	}
	send(map[string]any{"replaces": "microsoft-contribution-2024", "own_document": true}, http.StatusUnprocessableEntity)
	for _, c := range []struct{ replaces, organization, says string }{
		{"nothing", "microsoft", "no source"},
		{"microsoft-contribution-2024", "cybersecurity-tech-accord", "is a source of microsoft"},
	} {
		if got := send(map[string]any{"replaces": c.replaces, "organization": c.organization}, http.StatusUnprocessableEntity); !strings.Contains(got.Body.String(), c.says) || !strings.Contains(got.Body.String(), "replaces") {
			t.Errorf("%s of %s: %s", c.replaces, c.organization, got.Body)
		}
	}
	done := send(map[string]any{"replaces": "microsoft-contribution-2024"}, http.StatusCreated)
	if done.body["source"] != "microsoft-contribution-2024" || done.body["edits"] != 3.0 || done.body["version"] == nil {
		t.Errorf("it answers %v", done.body)
	}
	s.published(t, 2)
	for text, want := range map[string]string{imported: "earlier", again: "recorded"} {
		told := s.ask(t, http.MethodPost, "/imports", importJSON(t, map[string]any{"text": text}), bearer...).wants(t, http.StatusOK)
		if told.body["earlier"] != (want == "earlier") || told.body["recorded"] != (want == "recorded") || told.body["proposal"] != 0.0 || told.body["source"] != "microsoft-contribution-2024" {
			t.Errorf("what is %s is answered %v", want, told.body)
		}
	}
	own := s.ask(t, http.MethodPost, "/imports", importJSON(t, map[string]any{"text": again + "\nOne more.\n", "own_document": true}), bearer...).wants(t, http.StatusCreated)
	desk := s.ask(t, http.MethodGet, "/proposals/3", "", bearer...).wants(t, http.StatusOK)
	if own.body["source"] == "microsoft-contribution-2024" || !strings.Contains(desk.Body.String(), `"own_document"`) {
		t.Errorf("as a document of its own it is %v, %s", own.body, desk.Body)
	}
	table := s.ask(t, http.MethodPost, "/imports", importJSON(t, map[string]any{"kind": "table", "replaces": "microsoft-contribution-2024"}), bearer...)
	if table.Code < 400 || !strings.Contains(table.Body.String(), "replaces") {
		t.Errorf("a table that replaces: %d %s", table.Code, table.Body)
	}
}
