package app_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// setUp makes the first administrator, and returns the session's token.
func (w *walk) setUp(secret string) string {
	w.t.Helper()
	w.get(200, "/setup/"+secret)
	w.get(404, "/setup/"+secret+"/"+canaryPath)
	w.send(415, http.MethodPost, "/setup/"+secret, "{}", "Content-Type", "application/json")
	w.post(422, "/setup/"+secret, "email", canaryEmail, "name", "Ada", "password", canaryFirst, "password_again", canaryWrong)
	w.post(200, "/setup/"+secret, "email", canaryEmail, "name", "Ada", "password", canaryFirst, "password_again", canaryFirst)
	w.get(410, "/setup/"+secret)
	return w.session()
}

// changePassword also makes a token; it returns the page that shows it.
func (w *walk) changePassword() string {
	w.t.Helper()
	w.post(422, "/account", "do", "password", "current_password", canaryWrong, "new_password", canarySecond, "new_password_again", canarySecond)
	w.post(200, "/account", "do", "password", "current_password", canaryFirst, "new_password", canarySecond, "new_password_again", canarySecond)
	w.post(404, "/account", "do", "end", "session", canaryQuery)
	return w.post(201, "/account", "do", "token", "token_name", "script", "token_scope", "publish", "token_life", "30d")
}

func (w *walk) failSignIns() {
	w.t.Helper()
	other := newWalk(w.t, w.s)
	other.post(422, "/login", "email", canaryUnknown, "password", canaryWrong)
	other.post(422, "/login", "email", canaryUnknown+" "+canaryQuery, "password", canaryWrong)
	other.post(422, "/login?next="+canaryQuery, "email", canaryEmail, "password", canaryWrong)
	for range 5 {
		other.post(422, "/login", "email", canaryUnknown, "password", canaryWrong)
	}
	other.post(429, "/login", "email", canaryUnknown, "password", canaryWrong)
	w.errors.WriteString(other.errors.String())
	w.post(200, "/logout")
	w.post(200, "/login", "email", canaryEmail, "password", canarySecond)
}

func (w *walk) edit() {
	w.t.Helper()
	w.get(200, "/organizations/new?name="+canaryQuery)
	w.post(422, "/organizations/new", "name", "", "kind", canaryQuery, "reason", canaryReason)
	w.post(200, "/organizations/new", "name", "Example", "kind", "body", "summary", "An example.", "reason", canaryReason)
	w.post(409, "/organizations/new", "name", "Example", "kind", "body", "summary", "An example.", "reason", canaryReason)
	w.send(403, http.MethodPost, "/organizations/new", "name="+canaryQuery,
		"Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "cross-site", "Origin", "https://"+canaryHeader+".example")
}

func (w *walk) callAPI(token string) {
	w.t.Helper()
	const link = `{"initiative":"microsoft-newsguard","principle":"paris-call/4","relation":"supports","rationale":"` + canaryReason + `","reason":"` + canaryReason + `"}`
	w.send(201, http.MethodPost, "/api/v1/links", link, "Content-Type", "application/json", "Authorization", "Bearer "+token)
	w.send(409, http.MethodPost, "/api/v1/links", link, "Content-Type", "application/json", "Authorization", "Bearer "+token)
	w.send(401, http.MethodPost, "/api/v1/links", link, "Content-Type", "application/json", "Authorization", "Bearer "+canaryBearer)
	w.send(401, http.MethodPost, "/api/v1/links", link, "Content-Type", "application/json", "Authorization", "Basic "+canaryBearer)
	w.send(422, http.MethodPost, "/api/v1/links", `{"password":"`+canaryWrong+`"}`, "Content-Type", "application/json", "Authorization", "Bearer "+token)
	w.send(400, http.MethodPost, "/api/v1/citations/parse", `{"text":"`+canaryWrong, "Content-Type", "application/json")
	w.get(422, "/api/v1/links?token="+token)
	w.get(404, "/api/v1/"+canaryPath+"?password="+url.QueryEscape(canaryWrong))
}

// reset makes a second account by the commands, and spoils its one-time link,
// whose secret it returns.
func (w *walk) reset(env vars) string {
	w.t.Helper()
	out := ok(w.t, command(w.t, env, "", "user", "add", "--email", canaryUnknown, "--name", "Bob", "--role", "editor"))
	ok(w.t, command(w.t, env, canaryBob+"\n", "user", "reset", "--email", canaryUnknown, "--password-stdin"))
	secret := regexp.MustCompile(`/setup/(\S+)`).FindStringSubmatch(out)[1]
	w.post(410, "/setup/"+secret, "password", canaryWrong, "password_again", canaryWrong)
	return secret
}

func (w *walk) badRequests() {
	w.t.Helper()
	q := "?token=" + canaryQuery + "&password=" + url.QueryEscape(canaryWrong)
	w.get(404, "/"+canaryPath+q)
	w.get(404, "/"+canaryPath+".json"+q)
	w.get(400, "/agreements?q=%ff"+canaryQuery)
	w.get(404, "/static/"+canaryPath+q)
	w.post(404, "/"+canaryPath, "password", canaryWrong)
	w.send(405, "CANARY", "/method"+q, "")
	w.send(413, http.MethodPost, "/login", "password="+strings.Repeat(canaryQuery, 200_000), "Content-Type", "application/x-www-form-urlencoded")
}

// breakDown takes tables away, which are faults of the program to it, and then
// the database.
func (w *walk) breakDown(database, setup string) {
	w.t.Helper()
	execute(w.t, database, "alter table one_time_link rename to lost_one", "alter table sign_in_attempt rename to lost_two", "alter table token rename to lost_three")
	w.get(500, "/setup/"+setup)
	w.post(500, "/setup/"+setup, "password", canaryWrong, "password_again", canaryWrong)
	w.post(500, "/login", "email", canaryEmail, "password", canarySecond)
	w.send(500, http.MethodPost, "/api/v1/links", `{}`, "Content-Type", "application/json", "Authorization", "Bearer "+canaryBearer)
	u, err := url.Parse(database)
	if err != nil {
		w.t.Fatal(err)
	}
	name := strings.TrimPrefix(u.Path, "/")
	u.Path = "/postgres"
	execute(w.t, u.String(), "alter database "+name+" allow_connections false",
		"select pg_terminate_backend(pid) from pg_stat_activity where datname = '"+name+"'")
	w.get(503, "/setup/"+setup)
	w.post(503, "/login", "email", canaryEmail, "password", canarySecond)
	w.get(503, "/api/v1/stats")
}
