package site

import (
	"net/http"
	"testing"
)

func TestAccepted(t *testing.T) {
	t.Parallel()
	tests := []struct {
		header string
		want   format
	}{
		{"", asHTML},
		{"*/*", asHTML},
		{"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", asHTML},
		{"application/json", asJSON},
		{"application/json, text/plain, */*", asJSON},
		{"text/csv", asCSV},
		{"text/csv;q=0.5, application/json;q=0.9", asJSON},
		{"text/*", asHTML},
		{"application/*", asJSON},
		{"text/html;q=0.1, */*;q=0.9", asJSON},
		{"application/pdf", asHTML},
		{"application/json;q=0", asHTML},
		{"application/json;q=nonsense", asHTML},
		{";;;,,\x01", asHTML},
	}
	for _, tt := range tests {
		if got := accepted(tt.header, asHTML, asJSON, asCSV); got != tt.want {
			t.Errorf("Accept %q gets %s, want %s", tt.header, got, tt.want)
		}
	}
}

func TestAddressesHaveOneForm(t *testing.T) {
	t.Parallel()
	h := newBare(t)
	addTestRoutes(h)
	h.get("/test/page/?a=b").leads(http.StatusMovedPermanently, "/test/page?a=b")
	h.get("/test/page///").leads(http.StatusMovedPermanently, "/test/page")
	h.get("/test/p%61ge").status(http.StatusOK)
	h.get("/TEST/page").status(http.StatusNotFound)
	h.get("/test/page.xml").status(http.StatusNotFound)
	h.get("/test/form.json").status(http.StatusNotFound)
	h.get("/test/.json").status(http.StatusNotFound)
	h.do(testForm("/test/form.json", "x=1")).status(http.StatusNotFound)
	h.do(testForm("/test/form/", "x=1")).status(http.StatusNotFound)
	for address, want := range map[string]string{"//elsewhere.example/": "/elsewhere.example", `/\elsewhere.example/`: "/%5Celsewhere.example", "/%2Felsewhere.example/": "/elsewhere.example"} {
		h.get(address).leads(http.StatusMovedPermanently, want)
	}
}
