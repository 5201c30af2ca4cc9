package site

import (
	"net/http"
	"testing"
)

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
