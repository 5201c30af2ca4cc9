package site

import (
	"net/http"
	"strings"
	"testing"
)

// A list of a thing that is longer than its page shows leads to its next page
// and back, and no other list moves with it.
func TestLongListsOfAThingGoOn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	next, _ := h.get("/organizations/microsoft?limit=10").has("main", "10 of 17 are here").has("a[rel=next][href*='part=initiatives']", "Next page").
		page().Find("a[rel=next][href*='part=initiatives']").Attr("href")
	next, _, _ = strings.Cut(next, "#")
	second := h.get(next).status(http.StatusOK).has("a[href='/organizations/microsoft#initiatives']", "From the beginning")
	if n := second.page().Find("section[aria-labelledby=initiatives] tbody tr th a.title").Length(); n != 7 {
		t.Errorf("%d initiatives on the second page", n)
	}
	second.has("section[aria-labelledby=adherences]", "Paris Call")
	h.get("/organizations/microsoft?part=initiatives&cursor=x").status(http.StatusBadRequest)
	_, cursor, _ := strings.Cut(next, "cursor=")
	cursor, _, _ = strings.Cut(cursor, "&")
	for _, part := range []string{"", "&part=nope"} {
		h.get("/organizations/microsoft?cursor=" + cursor + part).status(http.StatusUnprocessableEntity).says("initiatives, sources")
	}
}
