package site

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/go-chi/chi/v5/middleware"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/internal/store/naming"
)

// An old address leads to the same page of the renamed thing, in the same form.
func TestRenamedThingsKeepTheirAddresses(t *testing.T) {
	t.Parallel()
	h := newBare(t)
	moved := func(kind string) serve.Handler {
		return func(http.ResponseWriter, *http.Request) error {
			return &naming.MovedError{Kind: kind, Slug: "new-name"}
		}
	}
	h.site.get("/test/{slug}", account.Read, moved("initiative"))
	h.site.post("/test/{slug}", account.Read, moved("initiative"))
	h.site.get("/test/{agreement}/editions/{edition}/principles/{label}", account.Read, moved("agreement"))
	for address, want := range map[string]string{
		"/test/old":            "/test/new-name",
		"/test/old.json?q=a+b": "/test/new-name.json?q=a+b",
		"/test/old.csv":        "/test/new-name.csv",
		"/test/old/editions/old/principles/1?x=y": "/test/new-name/editions/old/principles/1?x=y",
	} {
		h.get(address).leads(http.StatusMovedPermanently, want)
	}
	h.post("/test/old", "title", "typed").status(http.StatusConflict).says("new-name")
}

// What was published and withdrawn says so, and in which changeset.
func TestWithdrawnThingsAreGone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	made := h.apply(norms.PutOrganization{Slug: "short-lived", Name: "Short-lived", Kind: "body"})
	h.get("/organizations/short-lived").status(http.StatusOK)
	h.apply(norms.Revert{Changeset: made.Revision})
	h.get("/organizations/short-lived").status(http.StatusGone).has("h1", "Short-lived").has(".lede", "Grace Editor withdrew this").has(".lede", "for a test")
	h.get("/organizations/short-lived.json").status(http.StatusGone)
	h.get("/organizations/short-lived/history").status(http.StatusOK)
}

// Who may be counted by a rate limit is not for the client to say.
func TestClientAddress(t *testing.T) {
	t.Parallel()
	proxy := []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")} // that of httptest's requests
	tests := []struct {
		name      string
		trusted   []netip.Prefix
		forwarded string
		want      string
	}{
		{"no proxy is trusted", nil, "203.0.113.9", "192.0.2.1"},
		{"another proxy is trusted", []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, "203.0.113.9", "192.0.2.1"},
		{"behind a trusted proxy", proxy, "203.0.113.9", "203.0.113.9"},
		{"a client that adds to the list", proxy, "198.51.100.7, 203.0.113.9", "203.0.113.9"},
	}
	for _, tt := range tests {
		h := newBare(t, func(d *Deps) { d.TrustedProxies = tt.trusted })
		var got string
		h.site.get("/test/address", account.Read, func(_ http.ResponseWriter, r *http.Request) error {
			got = middleware.GetClientIP(r.Context())
			return nil
		})
		r := httptest.NewRequest("GET", "/test/address", nil)
		r.Header.Set("X-Forwarded-For", tt.forwarded)
		h.do(r)
		if got != tt.want {
			t.Errorf("%s: counted as %q, want %q", tt.name, got, tt.want)
		}
	}
}
