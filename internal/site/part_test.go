package site

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"normmap/internal/norms"
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

// manyStatements are what one organization says of one principle, in rows as
// long as they usually are.
const manyStatements = `
insert into statement (kind, title, principle_id, organization_id, stance, summary, source_id, place, version)
select 'position', 'Position ' || g || ' on ' || md5(g::text), p.id, o.id, 'for', 'It says ' || (select string_agg(md5(g::text || w), ' ') from generate_series(1, 3) w),
  s.id, 'page ' || g, {rev}
from principle_name p, organization o, source s, generate_series(1, 300) g
where p.ref = 'paris-call/1' and o.slug = 'microsoft' and s.slug = 'microsoft-bpf-2019'`

// However much is said of a principle, its page says how much, shows a little of
// it and leads to all; so does its data, and both do of the past.
func TestWhatIsSaidOfAPrincipleGoesOn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.rewrite(manyStatements)
	rev := fmt.Sprint(h.revision())
	h.rewrite("update principle set version = {rev}, summary = summary || '!' where id = 1")
	for _, suffix := range []string{"", "&as_of=" + rev} {
		rows := func(a answer) int { return a.page().Find("section[aria-labelledby=statements] tbody tr").Length() }
		first := h.get(principlePage+"?"+strings.TrimPrefix(suffix, "&")).has("main", "5 of 300 are here").has("a[href^='/statements?'][href*='principle=']", "in the list of all")
		next := first.page().Find("a[rel=next][href*='part=statements']").AttrOr("href", "")
		next, _, _ = strings.Cut(next, "#")
		second := h.get(next).status(http.StatusOK).has("main", "15 of 300 are here").has("a[href*='#statements']", "From the beginning")
		if n, m := rows(first), rows(second); n != 5 || m != 15 {
			t.Errorf("%s: %d rows, then %d", suffix, n, m)
		}
		h.get("/statements?principle=paris-call/1" + suffix).says("300 statements")
		var p struct {
			Statements []struct{ ID int }
			More       norms.Parts
		}
		if err := json.Unmarshal([]byte(h.get(principlePage+".json?part=statements&limit=200"+suffix).body), &p); err != nil {
			t.Fatal(err)
		}
		if len(p.Statements) != 200 || p.More.Totals["statements"] != 300 || p.More.Next["statements"] == "" {
			t.Errorf("%s: the data has %d of %v", suffix, len(p.Statements), p.More)
		}
	}
	h.get(principlePage + "?part=nope").status(http.StatusUnprocessableEntity).says("statements, alike, reviews, rulings, possibly")
}
