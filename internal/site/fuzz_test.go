package site

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"normmap/internal/account"
)

// No address, query or form makes the site fail.
func FuzzSite(f *testing.F) {
	h := newHouse(f)
	h.signIn(account.Admin)
	for _, s := range []string{"", "\x00", "\xff", "' or 1=1 --", "\u202e\U0001F600", "9223372036854775808", "gcsc@final-2019/6", "a\r\nb",
		strings.Repeat("x", 5000)} {
		for _, r := range h.site.routes {
			f.Add(r.Method == http.MethodPost, r.Pattern, s)
		}
	}
	f.Fuzz(func(t *testing.T, post bool, pattern, value string) {
		if pattern == "/logout" {
			return
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		r.URL = &url.URL{Path: placeholder.ReplaceAllLiteralString(pattern, value), RawQuery: "q=" + url.QueryEscape(value) + "&cursor=" + value}
		if post {
			r.Method = http.MethodPost
			form := url.Values{"version": {value}, "reason": {value}, "title": {value}, "name": {value}, "text": {value}, "principle": {value}, "do": {value}, "step": {value}}
			r.Header.Set("Content-Type", urlEncoded)
			r.Body = io.NopCloser(strings.NewReader(form.Encode()))
		}
		for _, c := range h.cookies {
			r.AddCookie(c)
		}
		rec := httptest.NewRecorder()
		h.handler.ServeHTTP(rec, r)
		if rec.Code >= http.StatusInternalServerError {
			t.Errorf("%s %s: %d\n%s", r.Method, r.URL, rec.Code, h.log)
		}
	})
}
