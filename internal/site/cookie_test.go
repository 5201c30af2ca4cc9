package site

import (
	"net/http/httptest"
	"testing"
)

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
