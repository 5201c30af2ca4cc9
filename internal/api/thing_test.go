package api_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// one is an address of a thing of a kind, and a field of it that can be changed
// to a text.
type one struct{ path, address, field string }

// ones are things of every kind that is put by itself.
func (w writer) ones(t *testing.T) []one {
	t.Helper()
	list := []one{
		{"/agreements/{slug}", "/agreements/paris-call", "summary"},
		{"/organizations/{slug}", "/organizations/microsoft", "summary"},
		{"/initiatives/{slug}", "/initiatives/" + w.initiative, "summary"},
		{"/sources/{slug}", "/sources/microsoft-bpf-2019", "publisher"},
		{"/elements/{slug}", w.first(t, "/elements?limit=1", "/elements/", "slug"), "summary"},
		{"/agreements/{agreement}/editions/{edition}", "/agreements/paris-call/editions/2018", "summary"},
		{"/principles/{agreement}/{label}", "/principles/gcsc@singapore-2018/5", "summary"},
		{"/principles/{agreement}/{label}", "/principles/paris-call/8", "applicability"},
		{"/statements/{id}", "/statements/1", "summary"},
		{"/crosswalk/{id}", "/crosswalk/1", "rationale"},
		{"/adherences/{id}", w.first(t, "/adherences?limit=1", "/adherences/", "id"), "note"},
	}
	for kind, path := range map[string]string{"agreement_event": "/events/{id}", "numbering": "/numberings/{id}",
		"element_reading": "/element-readings/{id}", "fact_source": "/facts/{id}"} {
		id := w.count(t, "select min(id)::int from "+kind)
		list = append(list, one{path, strings.Replace(path, "{id}", text(id), 1), "note"})
	}
	added := w.do(t, http.MethodPost, "/links", w.link("paris-call/8")).wants(t, 201)
	return append(list, one{"/links/{id}", strings.TrimPrefix(added.Header().Get("Location"), "/api/v1"), "rationale"})
}

func text(v any) string {
	raw, _ := json.Marshal(v)
	return strings.Trim(string(raw), `"`)
}

func (w writer) first(t *testing.T, list, address, field string) string {
	t.Helper()
	return address + text(w.get(t, list).items()[0][field])
}

// putBody is a thing as it was read, in the fields that a PUT takes.
func (w writer) putBody(t *testing.T, o one, read map[string]any) map[string]any {
	t.Helper()
	doc := w.get(t, "/openapi.json").body
	op := doc["paths"].(map[string]any)["/api/v1"+o.path].(map[string]any)["put"].(map[string]any)
	body := op["requestBody"].(map[string]any)["content"].(map[string]any)["application/json"].(map[string]any)["schema"].(map[string]any)
	schema := doc["components"].(map[string]any)["schemas"].(map[string]any)[strings.TrimPrefix(body["$ref"].(string), "#/components/schemas/")].(map[string]any)
	out := map[string]any{"reason": "For a test."}
	for field := range schema["properties"].(map[string]any) {
		if value, known := read[field]; known {
			out[field] = value
		}
	}
	if labels, ok := out["labels"].([]any); ok { // read models say more of each label
		for _, l := range labels {
			delete(l.(map[string]any), "numbering")
			delete(l.(map[string]any), "unverified")
		}
	}
	return out
}

func (w writer) put(t *testing.T, address string, body map[string]any, headers ...string) reply {
	t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return w.do(t, http.MethodPut, address, string(raw), headers...)
}

// What is read of a thing and sent back changes nothing: a PUT takes nothing
// that a GET does not give. One field changed changes that field.
func TestAThingIsReadAndPut(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	for _, o := range w.ones(t) {
		before := w.get(t, o.address).wants(t, 200)
		tag := before.Header().Get("ETag")
		body := w.putBody(t, o, before.body)
		w.put(t, o.address, body).wants(t, http.StatusPreconditionRequired)
		w.put(t, o.address, body, "If-Match", `"999-999"`).wants(t, http.StatusPreconditionFailed)
		w.put(t, o.address, body, "If-None-Match", "*").wants(t, http.StatusPreconditionFailed)
		n := w.changes(t)
		same := w.put(t, o.address, body, "If-Match", tag).wants(t, 200)
		if d := cmp.Diff(before.body, same.body); d != "" || n != w.changes(t) {
			t.Errorf("%s sent back: %s", o.address, d)
		}
		body[o.field] = "Another text."
		changed := w.put(t, o.address, body, "If-Match", tag).wants(t, 200)
		want := maps.Clone(before.body)
		want[o.field] = "Another text."
		for _, follows := range []string{"version", "reading_version", "at", "claim_digest"} {
			if _, has := want[follows]; has {
				want[follows] = changed.body[follows]
			}
		}
		if d := cmp.Diff(want, changed.body); d != "" {
			t.Errorf("%s changed: %s", o.address, d)
		}
		stale := w.put(t, o.address, body, "If-Match", tag).wants(t, http.StatusPreconditionFailed)
		if got := stale.Header().Get("ETag"); o.path != "/links/{id}" && got != w.get(t, o.address).Header().Get("ETag") {
			t.Errorf("%s: the ETag of now is told as %s", o.address, got)
		}
		body["role"] = "admin"
		if d := cmp.Diff([]string{"body.role"}, w.put(t, o.address, body, "If-Match", "*").wants(t, 422).locations()); d != "" {
			t.Errorf("%s: %s", o.address, d)
		}
	}
}

// 304 saves nothing of what is shown beside the thing: its tag changes with the
// record.
func TestAThingThatIsTheSameIsNotSentAgain(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	for _, o := range w.ones(t) {
		if o.path == "/links/{id}" {
			continue
		}
		tag := w.get(t, o.address).Header().Get("ETag")
		for _, sent := range []string{tag, "W/" + tag, `"x", ` + tag, "*"} {
			got := w.ask(t, http.MethodGet, o.address, "", "If-None-Match", sent)
			if got.Code != http.StatusNotModified || got.Body.Len() != 0 || got.Header().Get("ETag") != tag {
				t.Errorf("%s with %s: %d, ETag %s, %d bytes", o.address, sent, got.Code, got.Header().Get("ETag"), got.Body.Len())
			}
		}
	}
	address := "/initiatives/" + w.initiative
	tag := w.get(t, address).Header().Get("ETag")
	w.do(t, http.MethodPost, "/links", w.link("paris-call/4")).wants(t, 201)
	if got := w.ask(t, http.MethodGet, address, "", "If-None-Match", tag); got.Code != 200 {
		t.Errorf("with a new link: %d", got.Code)
	}
	body := w.putBody(t, one{path: "/initiatives/{slug}"}, w.get(t, address).body)
	w.put(t, address, body, "If-Match", tag).wants(t, 200) // the initiative itself was not changed
}

func TestThingsAreRecorded(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	put := func(address, body string) reply {
		return w.do(t, http.MethodPut, address, body, "If-None-Match", "*")
	}
	got := put("/agreements/example", `{"title":"An Example","short_title":"Example","legal_nature":"proposal","space":"within_un","reason":"x"}`).wants(t, 201)
	if l := got.Header().Get("Location"); l != "/api/v1/agreements/example" {
		t.Errorf("Location %s", l)
	}
	put("/agreements/example/editions/2026", `{"title":"First","noun":"norm","current":true,"reason":"x"}`).wants(t, 201)
	put("/principles/example@2026/1-a", `{"number":"1(a)","title":"Be kind","reason":"x"}`).wants(t, 201)
	w.get(t, "/principles/example/1-a").wants(t, 200)

	for address, body := range map[string]string{
		"/events":           `{"agreement":"example","kind":"launched","on":"2026","title":"Launched","reason":"x"}`,
		"/numberings":       `{"agreement":"example","slug":"printed","title":"Printed","basis":"printed","labels":[{"label":"one","principle":"example@2026/1-a"}],"reason":"x"}`,
		"/adherences":       `{"organization":"microsoft","agreement":"example","relation":"supported","source":"microsoft-bpf-2019","reason":"x"}`,
		"/element-readings": `{"element":"` + w.get(t, "/elements?limit=1").items()[0]["slug"].(string) + `","agreement":"example","reading":"no","assessor":"curator","confidence":"unverified","reason":"x"}`,
		"/facts":            `{"kind":"agreement","entity":"example","field":"title","confidence":"unverified","reason":"x"}`,
	} {
		got := w.do(t, http.MethodPost, address, body).wants(t, 201)
		location := strings.TrimPrefix(got.Header().Get("Location"), "/api/v1")
		read := w.get(t, location).wants(t, 200)
		if d := cmp.Diff(read.body, got.body); d != "" || !strings.HasPrefix(location, address+"/") || read.Header().Get("ETag") != got.Header().Get("ETag") {
			t.Errorf("%s: %s", location, d)
		}
		w.do(t, http.MethodPost, address, body).wants(t, 409)
	}
}

func TestWhatAPutRefuses(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	for _, test := range []struct {
		address, body, header, value string
		status                       int
		wrong                        []string
	}{
		{"/agreements/No", `{"title":"x","short_title":"x","legal_nature":"proposal","space":"within_un","reason":"x"}`, "If-None-Match", "*", 422, []string{"path.slug"}},
		{"/agreements/no", `{"reason":"x"}`, "If-None-Match", "*", 422, []string{"body.legal_nature", "body.short_title", "body.space", "body.title"}},
		{"/agreements/no", `{"slug":"yes","reason":"x"}`, "If-None-Match", "*", 422, []string{"body.slug"}},
		{"/agreements/no", `{"title":"x","reason":"x"}`, "If-Match", `"1"`, 404, nil},
		{"/agreements/no", `{"title":"x","reason":"x"}`, "If-None-Match", `"1"`, 422, []string{"header.If-None-Match"}},
		{"/agreements/no", `[]`, "If-None-Match", "*", 422, []string{"body"}},
		{"/agreements/no", `{`, "If-None-Match", "*", 400, []string{"body"}},
		{"/principles/paris-call/1", `{"number":"2","title":"x","reason":"x"}`, "If-Match", "*", 422, []string{"body.number"}},
		{"/principles/nowhere@2018/1", `{"number":"1","title":"x","reason":"x"}`, "If-None-Match", "*", 422, []string{"path.agreement"}},
		{"/events/99999", `{"title":"x","reason":"x"}`, "If-Match", "*", 404, nil},
		{"/events/99999", `{"title":"x","reason":"x"}`, "If-None-Match", "*", 404, nil},
		{"/events/x", `{"title":"x","reason":"x"}`, "If-Match", "*", 404, nil},
		{"/organizations/microsoft", `{"name":"x","kind":"body"}`, "If-Match", "*", 422, []string{"body.reason"}},
		{"/links/1", `{"relation":"supports","rationale":"x","reason":"x"}`, "If-Match", "*", 409, nil},
	} {
		got := w.do(t, http.MethodPut, test.address, test.body, test.header, test.value).wants(t, test.status)
		if d := cmp.Diff(test.wrong, slices.Sorted(slices.Values(got.locations()))); d != "" {
			t.Errorf("%s %s: %s", test.address, test.body, d)
		}
	}
	w.do(t, http.MethodPatch, "/agreements/paris-call", "").wants(t, http.StatusMethodNotAllowed)
}

func TestThingsAreWithdrawn(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	gone := func(address string, status int) {
		t.Helper()
		tag := w.get(t, address).wants(t, 200).Header().Get("ETag")
		if got := w.do(t, http.MethodDelete, address+"?reason=x", "", "If-Match", tag); got.Code != status {
			t.Errorf("%s: %d %s", address, got.Code, got.Body)
		}
	}
	put := func(address, body string) {
		t.Helper()
		w.do(t, http.MethodPut, address, body, "If-None-Match", "*").wants(t, 201)
	}
	put("/agreements/example", `{"title":"An Example","short_title":"Example","legal_nature":"proposal","space":"within_un","reason":"x"}`)
	put("/agreements/example/editions/2026", `{"title":"First","noun":"norm","current":true,"reason":"x"}`)
	put("/principles/example@2026/1-a", `{"number":"1(a)","title":"Be kind","reason":"x"}`)
	gone("/principles/example@2026/1-a", 204)
	gone("/agreements/example/editions/2026", 204)
	gone("/agreements/example", 204)
	gone("/agreements/paris-call", 409)
	for _, address := range []string{"/agreements/example", "/agreements/example/editions/2026", "/principles/example@2026/1-a"} {
		w.get(t, address).wants(t, http.StatusGone)
	}
	put409 := w.do(t, http.MethodPut, "/agreements/example", `{"title":"An Example","short_title":"Example","legal_nature":"proposal","space":"within_un","reason":"x"}`, "If-None-Match", "*")
	put409.wants(t, http.StatusConflict) // names are never used again
	gone("/statements/1", 204)
	gone("/crosswalk/1", 204)
}

func TestAnAdherenceIsWithdrawn(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	address := w.first(t, "/adherences?limit=1", "/adherences/", "id")
	tag := w.get(t, address).Header().Get("ETag")
	w.do(t, http.MethodDelete, address+"?reason=x", "").wants(t, 428)
	if now := w.do(t, http.MethodDelete, address+"?reason=x", "", "If-Match", `"7"`).wants(t, 412).Header().Get("ETag"); now != tag {
		t.Errorf("the ETag of now is told as %q, it is %q", now, tag)
	}
	w.do(t, http.MethodDelete, address, "", "If-Match", tag).wants(t, 422)
	if got := w.do(t, http.MethodDelete, address+"?reason=x", "", "If-Match", tag); got.Code != http.StatusNoContent {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	w.get(t, address).wants(t, http.StatusGone)
	w.do(t, http.MethodDelete, address+"?reason=x", "", "If-Match", tag).wants(t, http.StatusGone)
}

func TestACitationIsResolved(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	c := w.get(t, "/citations?resolution=ambiguous&limit=1").items()[0]
	address := "/citations/" + text(c["id"])
	tag := w.get(t, address).wants(t, 200).Header().Get("ETag")
	meant := c["candidates"].([]any)[0].(map[string]any)["principle"]
	body := map[string]any{"decision": "resolve", "principle": meant, "note": "As the letter says.", "reason": "Decided."}
	got := w.put(t, address+"/resolution", body, "If-Match", tag).wants(t, 200)
	if got.body["resolution"] != string(norms.Resolved) || got.body["principle"] != meant || got.body["link"] == 0.0 {
		t.Errorf("%s", got.Body)
	}
	w.put(t, address+"/resolution", body, "If-Match", tag).wants(t, 412)
}

// An assessment is put like anything else; the organization answers it once.
func TestALinkIsAssessedAndAnswered(t *testing.T) {
	t.Parallel()
	w := startWriting(t)
	link := w.get(t, "/links?origin=contributor&limit=1").items()[0]
	body := map[string]any{"link": link["id"], "assessor": "curator", "view": "partly", "rationale": "Half of it.", "reason": "Read."}
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	got := w.do(t, http.MethodPost, "/assessments", string(raw)).wants(t, 201)
	address := strings.TrimPrefix(got.Header().Get("Location"), "/api/v1")
	if got = w.get(t, address).wants(t, 200); got.body["view"] != "partly" {
		t.Errorf("%s", got.Body)
	}
	answer := func(auth string) reply {
		return w.ask(t, http.MethodPut, address+"/answer", `{"text":"All of it.","reason":"Our answer."}`, "Authorization", auth, "If-Match", got.Header().Get("ETag"))
	}
	answer(w.auth).wants(t, 403)
	token := w.token(t, account.Contributor)
	by, err := w.store.ActorByToken(t.Context(), token)
	if err == nil {
		_, err = w.store.BindAccount(t.Context(), by.ID, "microsoft")
	}
	if err != nil {
		t.Fatal(err)
	}
	if a, _ := answer("Bearer "+token).wants(t, 200).body["answer"].(map[string]any); a["text"] != "All of it." {
		t.Errorf("answer: %v", a)
	}
	answer("Bearer "+token).wants(t, 409)
	tag := w.get(t, address).Header().Get("ETag")
	w.do(t, http.MethodDelete, address+"?reason=x", "", "If-Match", tag).wants(t, 409) // an answered one is the reviewer's
	if gone := w.ask(t, http.MethodDelete, address+"?reason=x", "", "Authorization", "Bearer "+w.token(t, account.Reviewer), "If-Match", tag); gone.Code != 204 {
		t.Errorf("%s", gone.Body)
	}
	w.get(t, address).wants(t, 410)
}
