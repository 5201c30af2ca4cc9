package site

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
)

func TestBytesThatAreNoTextAreRefusedBeforeRouting(t *testing.T) {
	t.Parallel()
	h := newBare(t)
	addTestRoutes(h)
	for _, address := range []string{
		"/initiatives?q=%ff", "/initiatives?q=%C0%AF", "/initiatives?q=%00", "/initiatives?%ff=1", "/initiatives?q=%zz", "/initiatives?q=a;b",
		"/initiatives/%ff", "/initiatives/%00", "/initiatives/a%C0%AFb", "/nowhere/%ff", "/healthz?%ff", "/api/v1/links?q=%00",
		"/login?next=%ff", "/initiatives?q=%ed%a0%80",
	} {
		h.get(address).status(http.StatusBadRequest)
	}
	for _, form := range []string{"x=%ff", "x=%00", "%ff=x", "x=\xff", "x=%zz"} {
		h.do(testForm("/test/form", form)).status(http.StatusBadRequest)
	}
	for _, body := range []string{"{\"a\":\"\xff\"}", "{\"a\":\"\x00\"}", `{"a":"\udfff"}`, `{"a":"\ud83d \ude00"}`} {
		h.do(testJSON("/api/v1/links", body)).status(http.StatusBadRequest)
		for _, kind := range []string{"", "text/plain", "nonsense;", "application/merge-patch+json"} {
			r := testJSON("/api/v1/links", body)
			r.Header.Set("Content-Type", kind)
			h.do(r).status(http.StatusBadRequest)
			r = testJSON("/api/v1/links", body)
			r.Header.Del("Content-Type")
			h.do(r).status(http.StatusBadRequest)
		}
	}
}

func TestTooMuchIsRefused(t *testing.T) {
	t.Parallel()
	h := newBare(t)
	addTestRoutes(h)
	long := strings.Repeat("y", bodyLimit)
	h.do(testForm("/test/form", "x="+long)).status(http.StatusRequestEntityTooLarge).says("1024 KiB")
	h.do(testJSON("/api/v1/links", `"`+long+`"`)).status(http.StatusRequestEntityTooLarge)
	h.do(testForm("/test/form", "x="+long[2:])).status(http.StatusSeeOther)
}

func TestFormsComeAsForms(t *testing.T) {
	t.Parallel()
	h := newBare(t)
	addTestRoutes(h)
	h.do(testJSON("/test/form", `{"x":1}`)).status(http.StatusUnsupportedMediaType)
	h.do(httptest.NewRequest("POST", "/test/form", strings.NewReader("x=1"))).status(http.StatusUnsupportedMediaType)
	h.do(httptest.NewRequest("POST", "/test/form", nil)).status(http.StatusSeeOther)
}

// What is stored is composed, has plain line ends and no space around it;
// a password stays as it was typed.
func TestFormsAreNormalized(t *testing.T) {
	t.Parallel()
	h := newBare(t)
	var got url.Values
	h.site.post("/test/normal", account.Read, func(_ http.ResponseWriter, r *http.Request) (err error) {
		got, err = h.site.server.Form(r)
		return err
	})
	h.post("/test/normal", "title", "  Cafe\u0301\r\nau\rlait ", "new_password", " Cafe\u0301 ", "tag", "b", "tag", "a").status(http.StatusOK)
	want := url.Values{"title": {"Caf\u00e9\nau\nlait"}, "new_password": {" Cafe\u0301 "}, "tag": {"b", "a"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
