package api_test

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
)

// writer is a service with an editor's token and an initiative to link from.
type writer struct {
	*service
	auth       string
	initiative string
}

func startWriting(t *testing.T) writer {
	s := start(t)
	return writer{s, "Bearer " + s.token(t, account.Editor), s.get(t, "/initiatives?limit=1").items()[0]["slug"].(string)}
}

func (w writer) do(t *testing.T, method, address, body string, headers ...string) reply {
	t.Helper()
	return w.ask(t, method, address, body, append(headers, "Authorization", w.auth)...)
}

func (w writer) link(principle string) string {
	return fmt.Sprintf(`{"initiative":%q,"principle":%q,"relation":"supports","rationale":"It says so.","reason":"Found in the letter."}`, w.initiative, principle)
}

// Texts are stored in one form, however they were sent.
func TestTextsAreStoredInOneForm(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	body := fmt.Sprintf(`{"initiative":%q,"principle":"paris-call/8","relation":"supports","rationale":"  Cafe\u0301\r\nau lait ","reason":" Found\r\nit. "}`, w.initiative)
	got := w.do(t, http.MethodPost, "/links", body).wants(t, http.StatusCreated)
	if got.body["rationale"] != "Caf\u00e9\nau lait" {
		t.Errorf("rationale %q", got.body["rationale"])
	}
	address := fmt.Sprint("/links/", got.body["id"])
	got = w.do(t, http.MethodPatch, address, `{"rationale":" e\u0301\r","reason":"x"}`, "If-Match", got.Header().Get("ETag")).wants(t, 200)
	if got.body["rationale"] != "\u00e9" {
		t.Errorf("changed rationale %q", got.body["rationale"])
	}
	w.do(t, http.MethodDelete, address+"?reason=%20e%CC%81%0D%0Ab", "", "If-Match", got.Header().Get("ETag"))
	var reasons []any
	for _, c := range w.get(t, "/changes?limit=3").items() {
		reasons = append(reasons, c["reason"])
	}
	if d := cmp.Diff([]any{"\u00e9\nb", "x", "Found\nit."}, reasons); d != "" {
		t.Error(d)
	}
}

func TestALinksLife(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	got := w.do(t, http.MethodPost, "/links", w.link("paris-call/8")).wants(t, http.StatusCreated)
	want := map[string]any{"initiative": w.initiative, "principle": "paris-call/8", "relation": "supports", "origin": "curator",
		"rationale": "It says so.", "version": 2.0, "citation": 0.0}
	for field, value := range want {
		if got.body[field] != value {
			t.Errorf("%s is %v, want %v", field, got.body[field], value)
		}
	}
	address := fmt.Sprint("/links/", got.body["id"])
	if l, e := got.Header().Get("Location"), got.Header().Get("ETag"); l != "/api/v1"+address || e != `"2"` {
		t.Errorf("Location %s, ETag %s", l, e)
	}

	read := w.get(t, address).wants(t, 200)
	if d := cmp.Diff(got.body, read.body); d != "" {
		t.Errorf("read back: %s", d)
	}

	changed := w.do(t, http.MethodPatch, address, `{"rationale":"Page 3.","strength":"direct","reason":"Made exact."}`, "If-Match", `"2"`).wants(t, 200)
	expected := maps.Clone(read.body)
	expected["rationale"], expected["strength"], expected["version"] = "Page 3.", "direct", 3.0
	expected["at"] = changed.body["at"]
	if expected["claim_digest"] == changed.body["claim_digest"] {
		t.Error("the claim changed, its digest did not")
	}
	expected["claim_digest"] = changed.body["claim_digest"]
	if d := cmp.Diff(expected, changed.body); d != "" || changed.Header().Get("ETag") != `"3"` {
		t.Errorf("changed, ETag %s: %s", changed.Header().Get("ETag"), d)
	}

	gone := w.do(t, http.MethodDelete, address+"?reason=mistaken", "", "If-Match", `W/"3", "3"`)
	if gone.Code != http.StatusNoContent || gone.Body.Len() != 0 {
		t.Errorf("withdrawn: %d %s", gone.Code, gone.Body)
	}
	w.get(t, address).wants(t, http.StatusGone)
	w.do(t, http.MethodDelete, address+"?reason=again", "", "If-Match", `"3"`).wants(t, http.StatusGone)
	if n := w.get(t, "/changes").body["total"]; n != 4.0 {
		t.Errorf("%v changesets, want 4", n)
	}
}

func TestLostUpdatesAreRefused(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	got := w.do(t, http.MethodPost, "/links", w.link("paris-call/4"))
	address := fmt.Sprint("/links/", got.body["id"])
	change := `{"rationale":"Other.","reason":"Better."}`
	for _, test := range []struct {
		method, address, body, match string
		status                       int
	}{
		{http.MethodPatch, address, change, "", 428},
		{http.MethodDelete, address + "?reason=x", "", "", 428},
		{http.MethodPatch, address, change, `"1"`, 412},
		{http.MethodPatch, address, change, `W/"2"`, 412},
		{http.MethodPatch, address, change, `2`, 412},
		{http.MethodDelete, address + "?reason=x", "", `"1"`, 412},
		{http.MethodDelete, address, "", `"2"`, 422},
		{http.MethodPatch, address, `{"rationale":""}`, `"2"`, 422},
		{http.MethodPatch, address, `{"principle":"paris-call/1","reason":"x"}`, `"2"`, 422},
		{http.MethodPatch, "/links/999999", change, `"2"`, 404},
		{http.MethodPatch, address, change, `*`, 200},
	} {
		headers := []string{}
		if test.match != "" {
			headers = []string{"If-Match", test.match}
		}
		w.do(t, test.method, test.address, test.body, headers...).wants(t, test.status)
	}
}

func TestContributorsLinksStay(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	l := w.get(t, "/links?origin=contributor&limit=1").items()[0]
	address := fmt.Sprint("/links/", l["id"])
	for _, r := range []reply{
		w.do(t, http.MethodPatch, address, `{"rationale":"Other.","reason":"x"}`, "If-Match", `"1"`),
		w.do(t, http.MethodDelete, address+"?reason=x", "", "If-Match", `"1"`),
	} {
		r.wants(t, http.StatusConflict)
		if detail, _ := r.body["detail"].(string); !strings.Contains(detail, "contributor") {
			t.Errorf("does not say why: %s", r.Body)
		}
	}
}

func TestEachWrongFieldIsNamed(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	for body, want := range map[string][]string{
		`{}`: {"body.reason", "body.initiative", "body.principle", "body.relation", "body.rationale"},
		`{"initiative":"No Such","principle":"5","relation":"supports","rationale":"x","reason":"y"}`: {"body.initiative", "body.principle"},
		w.link("paris-call/99"): {"body.principle"},
		strings.Replace(w.link("paris-call/1"), w.initiative, "nowhere", 1):                       {"body.initiative"},
		strings.Replace(w.link("paris-call/1"), `"supports"`, `"loves"`, 1):                       {"body.relation"},
		strings.Replace(w.link("paris-call/1"), `"reason"`, `"version":1,"id":7,"reason"`, 1):     {"body.id", "body.version"},
		strings.Replace(w.link("paris-call/1"), `"reason"`, `"origin":"contributor","reason"`, 1): {"body.origin"},
		strings.Replace(w.link("paris-call/1"), `It says so.`, `\u0000`, 1):                       {"body.rationale"},
	} {
		got := w.do(t, http.MethodPost, "/links", body).wants(t, 422)
		if d := cmp.Diff(sorted(want), sorted(got.locations())); d != "" {
			t.Errorf("%s: %s", body, d)
		}
	}
	w.do(t, http.MethodPost, "/links", w.link("paris-call/8")).wants(t, 201)
	got := w.do(t, http.MethodPost, "/links", w.link("paris-call/8")).wants(t, http.StatusConflict)
	if d := cmp.Diff([]string{"body.principle"}, got.locations()); d != "" {
		t.Error(d)
	}
}

func TestWhoMayWrite(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	body := w.link("paris-call/8")
	for name, test := range map[string]struct {
		headers []string
		status  int
	}{
		"nobody":        {nil, 401},
		"cookie":        {[]string{"Cookie", "__Host-session=abc"}, 401},
		"basic":         {[]string{"Authorization", "Basic YTpi"}, 401},
		"no token":      {[]string{"Authorization", "Bearer"}, 401},
		"unknown token": {[]string{"Authorization", "Bearer nte_" + strings.Repeat("A", 43)}, 401},
		"contributor":   {[]string{"Authorization", "Bearer " + w.token(t, account.Contributor)}, 403},
		"reviewer":      {[]string{"Authorization", "bearer " + w.token(t, account.Reviewer)}, 201},
	} {
		got := w.ask(t, http.MethodPost, "/links", body, test.headers...).wants(t, test.status)
		if challenge := got.Header().Get("WWW-Authenticate"); (got.Code == 401) != strings.HasPrefix(challenge, "Bearer ") {
			t.Errorf("%s: WWW-Authenticate %q", name, challenge)
		}
	}
	w.ask(t, http.MethodPost, "/links", `{"nonsense"`).wants(t, 401) // who asks comes before what is asked
	w.ask(t, http.MethodDelete, "/links/1", "").wants(t, 401)
}
