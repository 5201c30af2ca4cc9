package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"normmap/internal/account"
)

func TestEditsAreProposed(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	auth := func(role account.Role, scopes account.Scopes) []string {
		return []string{"Authorization", "Bearer " + w.scoped(t, role, scopes)}
	}
	proposer := auth(account.Contributor, "propose")
	one, two := fmt.Sprintf(newOrganization, "example-one"), fmt.Sprintf(newOrganization, "example-two")
	got := w.ask(t, http.MethodPost, "/proposals", batch("They exist.", one), append(proposer, "Idempotency-Key", "k")...).wants(t, 201)
	address := strings.TrimPrefix(got.Header().Get("Location"), "/api/v1")
	again(t, got, w.ask(t, http.MethodPost, "/proposals", batch("They exist.", one), append(proposer, "Idempotency-Key", "k")...))
	into := strings.Replace(batch("And another.", two), `"edits"`, fmt.Sprintf(`"into":%s,"edits"`, text(got.body["proposal"])), 1)
	w.ask(t, http.MethodPost, "/proposals", into, proposer...).wants(t, 201)

	for name, reader := range map[string][]string{"proposer": proposer, "reviewer": auth(account.Reviewer, "publish"), "anybody else, who may object": auth(account.Contributor, "propose")} {
		read := w.ask(t, http.MethodGet, address, "", reader...).wants(t, 200)
		edits, _ := read.body["edits"].([]any)
		if len(edits) != 2 || read.body["made_from"] != "api" {
			t.Errorf("%s: %s", name, read.Body)
		}
	}
	w.ask(t, http.MethodGet, address, "").wants(t, 401)
	w.ask(t, http.MethodGet, "/proposals/999", "", proposer...).wants(t, 404)
	w.get(t, "/organizations/example-one").wants(t, 404)

	w.ask(t, http.MethodPost, "/proposals", into, auth(account.Contributor, "propose")...).wants(t, 403)
	w.ask(t, http.MethodPost, "/proposals", batch("x", one), auth(account.Editor, "publish")...).wants(t, 403)
	dry := w.ask(t, http.MethodPost, "/proposals", strings.Replace(batch("", one), `"edits"`, `"dry_run":true,"edits"`, 1), proposer...).wants(t, 200)
	if dry.body["proposal"] != 0.0 || len(dry.body["outcomes"].([]any)) != 1 {
		t.Errorf("dry run: %s", dry.Body)
	}
	bad := strings.Replace(one, `"body"`, `"planet"`, 1)
	refused := w.ask(t, http.MethodPost, "/proposals", batch("x", one, bad), proposer...).wants(t, 422)
	if l := refused.locations(); len(l) != 1 || l[0] != "body.edits[1].kind" {
		t.Errorf("wrong: %v", l)
	}
}
