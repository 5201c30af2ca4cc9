package site

import (
	"net/http"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// publicPages are addresses of which at least one page is kept, one a route.
func publicPages(h *house) (out []string) {
	for _, o := range h.site.routes {
		if o.Method != http.MethodGet || o.Needs != account.Read || strings.Contains(o.Pattern, "{secret}") || strings.HasPrefix(o.Pattern, "/test") {
			continue
		}
		out = append(out, strings.NewReplacer("{agreement}", "paris-call", "{edition}", "2018", "{label}", "1", "{slug}", "microsoft",
			"{id}", "1", "{dataset}", "links").Replace(o.Pattern))
	}
	return append(out, "/initiatives/microsoft-newsguard", "/elements/1", "/sources?kind=report", principlePage+".json", "/links.csv")
}

// Whatever somebody who is signed in sees stays theirs: a visitor gets the same
// bytes as from a site that keeps nothing.
func TestPrivateBytesReachNobodyElse(t *testing.T) {
	t.Parallel()
	h := newKeeping(t)
	visitor := newHouse(t)
	visitor.store, visitor.pool = h.store, h.pool
	visitor.site = newSite(testDeps(h.store, h.log))
	visitor.handler = visitor.site.handler()
	by := h.signIn(account.Admin)
	session := h.cookies[sessionName]
	h.source(by, norms.PutSource{Title: "Report"})
	shown := 0
	for _, address := range publicPages(h) {
		h.cookies[sessionName] = session
		private := h.get(address)
		if strings.Contains(private.body, `href="/account"`) {
			shown++
		}
		if private.Header.Get("Etag") != "" && !strings.HasPrefix(address, "/data/") {
			t.Errorf("%s is tagged for %s", address, by.Name)
		}
		clear(h.cookies)
		for range 2 {
			got, want := h.get(address), visitor.get(address)
			if got.StatusCode != want.StatusCode || withoutNumbers(got) != withoutNumbers(want) {
				t.Errorf("%s: status %d and %d bytes; without memory %d and %d", address, got.StatusCode, len(got.body), want.StatusCode, len(want.body))
			}
			if strings.Contains(got.body, `href="/account"`) || got.Header["Set-Cookie"] != nil || strings.Contains(got.Header.Get("Cache-Control"), "private") {
				t.Errorf("%s shows a visitor what is %s's", address, by.Name)
			}
		}
		h.cookies[sessionName] = session
		if again := h.get(address); strings.Contains(private.body, `href="/account"`) != strings.Contains(again.body, `href="/account"`) {
			t.Errorf("%s: who is signed in gets the visitors' page", address)
		}
	}
	if shown < 20 {
		t.Errorf("only %d pages know who is signed in", shown)
	}
}

// Requests that may be answered differently are not answered out of memory.
func TestWhoMayGetAnotherAnswerIsAskedFor(t *testing.T) {
	t.Parallel()
	h := newKeeping(t)
	h.get(principlePage)
	for name, value := range map[string]string{"Authorization": "Bearer x", "Hx-Request": "true", "Cookie": sessionName + "=x"} {
		h.queries.take()
		a := h.with(principlePage, name, value).status(http.StatusOK)
		if n := len(h.queries.take()); n == 0 || a.Header.Get("Etag") != "" {
			t.Errorf("%s: %d statements, tag %q", name, n, a.Header.Get("Etag"))
		}
	}
	h.queries.take()
	if h.with(principlePage, "Cookie", "theme=dark"); len(h.queries.take()) != 0 {
		t.Error("any cookie counts as a session")
	}
}
