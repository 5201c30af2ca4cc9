package site

import (
	"net/http/httptest"
	"testing"

	"normmap/internal/site/serve"
)

func TestSignInIsRefusedWhereTheCookieWouldBeLost(t *testing.T) {
	t.Parallel()
	for origin, lost := range map[string]bool{
		"": false, "null": false, "https://norms.example.org": false,
		"http://127.0.0.1:8080": false, "http://localhost:8080": false, "http://[::1]:8080": false,
		"http://192.0.2.2:8095": true, "http://norms.example.org": true, "http://127.0.0.1.example.org": true,
	} {
		r := httptest.NewRequest("POST", "/login", nil)
		if origin != "" {
			r.Header.Set("Origin", origin)
		}
		if err := serve.WouldLoseCookie(r); (err != nil) != lost {
			t.Errorf("a form from %q: %v, refused should be %v", origin, err, lost)
		}
	}
}

func TestOneTimeLinkOutlivesARefusal(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	secret, err := h.store.NewSetupLink(t.Context(), h.site.Rand, h.site.Now())
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("POST", "http://norms.example.org/setup/"+secret, nil)
	r.Header.Set("Origin", "http://norms.example.org")
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.site.handler().ServeHTTP(w, r)
	if w.Code != 403 {
		t.Errorf("answered %d, want 403", w.Code)
	}
	if _, err := h.store.OneTimeLink(t.Context(), secret, h.site.Now()); err != nil {
		t.Errorf("the link does not work any more: %v", err)
	}
}
