package site

import (
	"net/http"
	"testing"

	"normmap/internal/account"
)

func TestChangesetIsTakenBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	const edit = "/initiatives/microsoft-cvd-policy/edit"
	before := h.get(edit).page().Find("input[name=title]").AttrOr("value", "")
	h.post(edit, h.get(edit).typed("title", "A slip", "reason", "r")...).status(http.StatusSeeOther)
	show := h.get("/changesets/2/revert").status(http.StatusOK)
	show.has("ul.changes li", "gets its former values").has("ul.changes del", "A slip").has("ul.changes ins", before)
	h.post("/changesets/2/revert", show.typed()...).status(http.StatusUnprocessableEntity).has("#field-reason-problem", "say why")
	h.post("/changesets/2/revert", show.typed("reason", "it was a slip")...).leads(http.StatusSeeOther, "/changesets/3")
	h.get("/initiatives/microsoft-cvd-policy").has("h1", before)
	h.get("/changesets/2/revert").has(".notice", "taken back already")
}

func TestWhatWasChangedSinceIsLeftAloneAndListed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	ids := h.apply(curatorLink("microsoft-newsguard", "paris-call/4"), curatorLink("microsoft-newsguard", "paris-call/8")).IDs
	edit := "/links/" + number(ids[0]) + "/edit"
	h.post(edit, h.get(edit).typed("rationale", "Better words", "reason", "r")...).status(http.StatusSeeOther)
	show := h.get("/changesets/2/revert").has("section[aria-labelledby=left] a", "Support for the NewsGuard app").has("section[aria-labelledby=what] .total", "1 row.")
	h.post("/changesets/2/revert", show.typed("reason", "r")...).leads(http.StatusSeeOther, "/changesets/4")
	h.get("/changesets/4").has(".notice", "not everything").has("section[aria-labelledby=left] a", "Support for the NewsGuard app")
	if again := h.get("/changesets/4").page().Find(".notice"); again.Length() != 0 {
		t.Errorf("said again: %s", again.Text())
	}
	h.get("/changesets/4").has("section[aria-labelledby=left] a", "Support for the NewsGuard app")
	if left := h.curatorLinks("microsoft-newsguard"); len(left) != 1 || left[0].Rationale != "Better words" {
		t.Errorf("left: %+v", left)
	}
	h.post("/changesets/2/revert", h.get("/changesets/2/revert").typed("reason", "Kept reason")...).status(http.StatusConflict).
		has(".errors", "nothing of changeset 2 can be taken back")
}
