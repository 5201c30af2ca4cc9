package site

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/page"
)

const parisGrid = "/agreements/paris-call/grid"

// cell finds the cell of an initiative and a principle.
func (h *house) cell(initiative, ref string) page.GridCell {
	h.t.Helper()
	g, err := h.store.Grid(h.t.Context(), norms.GridFilter{Agreement: strings.Split(ref, "/")[0]}, "")
	if err != nil {
		h.t.Fatal(err)
	}
	i := slices.IndexFunc(g.Initiatives, func(i norms.GridInitiative) bool { return i.Slug == initiative })
	p := slices.IndexFunc(g.Principles, func(p norms.GridPrinciple) bool { return p.Ref == ref })
	if i < 0 || p < 0 {
		h.t.Fatalf("no cell of %s and %s", initiative, ref)
	}
	return page.GridCell{Initiative: g.Initiatives[i].ID, Principle: g.Principles[p].ID}
}

// tick is what the form of a page sends with more cells ticked and others not.
func (a answer) tick(on, off []page.GridCell, pairs ...string) []string {
	a.t.Helper()
	var out []string
	sent := a.typed(pairs...)
	for i := 0; i+1 < len(sent); i += 2 {
		isOff := slices.ContainsFunc(off, func(c page.GridCell) bool { return c.String() == sent[i+1] })
		if sent[i] != "on" || !isOff {
			out = append(out, sent[i], sent[i+1])
		}
	}
	for _, c := range on {
		out = append(out, "on", c.String())
	}
	return out
}

func TestGridAddsAndWithdrawsInOneChangeset(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	h.apply(curatorLink("microsoft-newsguard", "paris-call/4"))
	gone, one, two := h.cell("microsoft-newsguard", "paris-call/4"), h.cell("microsoft-newsguard", "paris-call/6"), h.cell("microsoft-newsguard", "paris-call/8")
	show := h.get(parisGrid).status(http.StatusOK).has("#staged", "Nothing is staged")
	ticked := show.tick([]page.GridCell{one, two}, []page.GridCell{gone}, "rationale", "It fits both.", "reason", "A first pass")
	h.post(parisGrid, append(ticked, "step", "preview")...).status(http.StatusOK).
		has("#staged", "2 added, 1 withdrawn").has("#steps", "NewsGuard app → Paris Call principle 6, added").has("#steps", "principle 4, withdrawn")
	if links := h.curatorLinks("microsoft-newsguard"); len(links) != 1 {
		t.Fatalf("a preview saved: %+v", links)
	}
	h.post(parisGrid, ticked...).leads(http.StatusSeeOther, parisGrid)
	links := h.curatorLinks("microsoft-newsguard")
	if len(links) != 2 || links[0].Rationale != "It fits both." || links[0].Version != 3 || links[1].Version != 3 {
		t.Errorf("links %+v, want two of changeset 3", links)
	}
	h.get("/changesets/3").has("h1", "A first pass")
}

func TestGridAsksForARationaleOnlyOfNewLinks(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	h.apply(curatorLink("microsoft-newsguard", "paris-call/4"))
	cells := []page.GridCell{h.cell("microsoft-newsguard", "paris-call/6")}
	a := h.post(parisGrid, h.get(parisGrid).tick(cells, nil, "reason", "Kept reason")...).status(http.StatusUnprocessableEntity)
	a.has("#field-rationale-problem", "is missing").has("#steps", "principle 6, added").says("Kept reason")
	if !a.page().Find("input[value='" + cells[0].String() + "']").Is("[checked]") {
		t.Error("the ticked cell is ticked no more")
	}
	h.post(parisGrid, h.get(parisGrid).tick(nil, nil, "reason", "r")...).status(http.StatusUnprocessableEntity).has(".errors", "Nothing is staged")
	off := []page.GridCell{h.cell("microsoft-newsguard", "paris-call/4")}
	h.post(parisGrid, h.get(parisGrid).tick(nil, off)...).status(http.StatusUnprocessableEntity).has("#field-reason-problem", "say why")
	h.post(parisGrid, h.get(parisGrid).tick(nil, off, "reason", "r")...).status(http.StatusSeeOther)
}

func TestGridShowsWhatSomeoneElseChangedAndKeepsTheRest(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	made := h.apply(curatorLink("microsoft-newsguard", "paris-call/4"))
	four, six, eight := h.cell("microsoft-newsguard", "paris-call/4"), h.cell("microsoft-newsguard", "paris-call/6"), h.cell("microsoft-newsguard", "paris-call/8")
	show := h.get(parisGrid)
	theirs := curatorLink("microsoft-newsguard", "paris-call/4")
	theirs.ID, theirs.Version, theirs.Rationale = made.IDs[0], made.Revision, "Their words"
	h.apply(theirs, curatorLink("microsoft-newsguard", "paris-call/8"))
	a := h.post(parisGrid, show.tick([]page.GridCell{six, eight}, []page.GridCell{four}, "rationale", "Mine", "reason", "r")...).status(http.StatusConflict)
	a.has(".errors", "someone else changed").has("#steps", "principle 6, added").says("Mine")
	a.has("#staged", "1 added, 1 withdrawn").has("#done", "principle 8: recorded already by "+h.changeset().By)
	if strings.Contains(a.page().Find("#steps").Text(), "principle 8") {
		t.Error("what is recorded already is staged")
	}
	for cell, want := range map[page.GridCell]bool{four: true, eight: true, six: false} {
		td := a.page().Find("input[value='" + cell.String() + "']").Parent()
		if td.HasClass("changed") != want {
			t.Errorf("cell %s is marked as changed: %v, want %v", cell, !want, want)
		}
	}
	h.post(parisGrid, a.typed()...).leads(http.StatusSeeOther, parisGrid)
	var refs []string
	for _, l := range h.curatorLinks("microsoft-newsguard") {
		refs = append(refs, l.Principle)
	}
	if slices.Sort(refs); !slices.Equal(refs, []string{"paris-call/6", "paris-call/8"}) {
		t.Errorf("linked to %v", refs)
	}
}

func TestGridLeavesAloneWhatItWasNotAskedToChange(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	six := h.cell("microsoft-newsguard", "paris-call/6")
	show := h.get(parisGrid)
	h.apply(curatorLink("microsoft-newsguard", "paris-call/8")) // by someone else, meanwhile
	h.post(parisGrid, show.tick([]page.GridCell{six}, nil, "rationale", "Mine", "reason", "r")...).status(http.StatusSeeOther)
	if links := h.curatorLinks("microsoft-newsguard"); len(links) != 2 {
		t.Errorf("%d links, want theirs and mine", len(links))
	}
}

func TestGridRefusesForgedCells(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	own := h.contributorLink()
	grid := "/agreements/" + own.Agreement + "/grid"
	cell := h.cell(own.Initiative, own.Principle)
	h.get(grid).has("td.own a[href='/citations/"+number(own.Citation)+"/edit']", "")
	texts := []string{"rationale", "Mine", "reason", "r"}
	h.post(grid, h.get(grid).tick([]page.GridCell{cell}, nil, texts...)...).status(http.StatusUnprocessableEntity).
		has(".errors", own.PrincipleName).has(".errors", "contributor's own link")
	elsewhere := h.cell("microsoft-newsguard", "gcsc/1")
	h.post(parisGrid, h.get(parisGrid).tick([]page.GridCell{elsewhere}, nil, texts...)...).status(http.StatusUnprocessableEntity).has(".errors", "1 cell is not in this grid")
	stolen := h.apply(curatorLink("microsoft-newsguard", "gcsc/1")).IDs[0]
	forged := h.cell("microsoft-newsguard", "paris-call/6").String() + "." + number(stolen) + ".2"
	show := h.get(parisGrid)
	h.post(parisGrid, "rows", show.page().Find("input[name=rows]").AttrOr("value", ""), "seen", forged, "reason", "r").status(http.StatusConflict)
	h.post(parisGrid, "rows", show.page().Find("input[name=rows]").AttrOr("value", ""), "seen", elsewhere.String()+"."+number(stolen)+".2", "reason", "r").
		status(http.StatusUnprocessableEntity)
	if links := h.curatorLinks("microsoft-newsguard"); len(links) != 1 {
		t.Errorf("a forged form withdrew a link of another agreement: %+v", links)
	}
	for _, bad := range []string{"", "x", "1.", "0.1", "1.2.3", "-1.2"} {
		h.post(parisGrid, "rows", "1", "on", bad, "reason", "r").status(http.StatusBadRequest)
	}
	h.post(parisGrid, "rows", "", "reason", "r").status(http.StatusBadRequest)
}

func TestGridFiltersAndKeepsTheStatementBudget(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	h.queries.take()
	all := h.get(parisGrid).status(http.StatusOK).page()
	if n := len(h.queries.take()); n > 6 {
		t.Errorf("the grid runs %d statements", n)
	}
	some := h.get(parisGrid + "?q=newsguard").status(http.StatusOK).page()
	if a, s := all.Find("tbody th[scope=row]").Length(), some.Find("tbody th[scope=row]").Length(); s != 1 || a < 10 {
		t.Errorf("%d initiatives in all, %d about NewsGuard", a, s)
	}
	if n := h.get("/agreements/gcsc/grid?edition=singapore-2018").status(http.StatusOK).page().Find("thead th").Length(); n < 3 {
		t.Errorf("%d columns of an earlier edition", n)
	}
	h.get(parisGrid + "?organization=nobody").status(http.StatusUnprocessableEntity)
	h.get("/agreements/no-such/grid").status(http.StatusNotFound)
}

func TestGridIsForThoseWhoMayPropose(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.get(parisGrid).leads(http.StatusSeeOther, "/login?next=%2Fagreements%2Fparis-call%2Fgrid")
	h.signIn(account.Contributor)
	h.get(parisGrid).status(http.StatusOK)
}

func TestGridSurvivesTheEndOfTheSession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	six, eight := h.cell("microsoft-newsguard", "paris-call/6"), h.cell("microsoft-newsguard", "paris-call/8")
	sent := h.get(parisGrid).tick([]page.GridCell{six, eight}, nil, "rationale", "A long thought", "reason", "r")
	clear(h.cookies)
	kept := h.post(parisGrid, sent...).status(http.StatusUnauthorized).says("A long thought", six.String(), eight.String())
	h.signIn(account.Editor)
	again := h.post(parisGrid+"?q=newsguard", kept.typed()...).status(http.StatusOK).has(".notice", "You are signed in again").has("#staged", "2 added")
	if n := again.page().Find("#grid input:checked, #grid input[checked]").Length(); n != 2 {
		t.Errorf("%d cells are ticked after signing in again, want 2", n)
	}
	again.has("[name=q][value=newsguard]", "").has("[name=rationale]", "A long thought")
	h.post(parisGrid, again.typed()...).leads(http.StatusSeeOther, parisGrid)
	if links := h.curatorLinks("microsoft-newsguard"); len(links) != 2 {
		t.Errorf("%d links after signing in again, want 2", len(links))
	}
}
