package serve

import (
	"net/http/httptest"
	"testing"
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
		if err := WouldLoseCookie(r); (err != nil) != lost {
			t.Errorf("a form from %q: %v, refused should be %v", origin, err, lost)
		}
	}
}
