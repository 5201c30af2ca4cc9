package api_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"normmap/internal/account"
)

// FuzzAnswers sends what nobody would, as an editor: no request may be a fault
// of the program's own, and every error is a problem document.
func FuzzAnswers(f *testing.F) {
	for _, seed := range [][5]string{
		{"GET", "/links", "principle=paris-call/1&limit=3", "", ""},
		{"GET", "/principles/gcsc@singapore-2018/5", "", "", ""},
		{"GET", "/principles/manrs/1(a)", "q=%ff", "", ""},
		{"GET", "/initiatives", "q=%25_\\&cursor=eyJrIjoiXHUwMDAwIiwiaSI6MX0", "", ""},
		{"GET", "/links/99999999999999999999", "limit=9223372036854775807", "", ""},
		{"GET", "/agreements/\x00\xff", "limit=-1", "", ""},
		{"POST", "/citations/parse", "", `{"text":"GCSC norms 1-99 and \u0000, Paris Call principles 13(f)","date":"2019"}`, ""},
		{"POST", "/links", "", `{"initiative":"a","principle":"paris-call/1","relation":"supports","rationale":"\ud800","reason":"x"}`, ""},
		{"PATCH", "/links/1", "", `{"rationale":null,"reason":"\u0000"}`, `"1"`},
		{"DELETE", "/links/1", "reason=%00%ff", "", `*`},
		{"PUT", "/stats", "", `[[[[`, ""},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3], seed[4])
	}
	s := start(f)
	token := s.token(f, account.Editor)
	f.Fuzz(func(t *testing.T, method, path, query, body, ifMatch string) {
		r, err := http.NewRequestWithContext(t.Context(), method, "http://localhost/", strings.NewReader(body))
		if err != nil {
			return // not a method
		}
		r.URL = &url.URL{Path: "/api/v1" + path, RawQuery: query}
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("If-Match", ifMatch)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code == 0 || w.Code == http.StatusInternalServerError {
			t.Errorf("%s %q?%q %q: %d %s\n%s", method, path, query, body, w.Code, w.Body, s.log)
		}
		if kind := w.Header().Get("Content-Type"); w.Code >= 400 && kind != "application/problem+json" {
			t.Errorf("%s %q: %d as %s", method, path, w.Code, kind)
		}
	})
}
