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

// A changeset whose revert was reverted stands again, and can be taken back
// again: by taking back what restored it.
func TestARevertedRevertIsTakenBackAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	h.apply(curatorLink("microsoft-newsguard", "paris-call/4"))
	for _, id := range []string{"2", "3"} {
		at := "/changesets/" + id + "/revert"
		h.post(at, h.get(at).typed("reason", "r")...).status(http.StatusSeeOther)
	}
	h.get("/changesets/2").has(".lead .meta", "taken back by changeset 3, which changeset 4 took back").has("nav a[href='/changesets/4/revert']", "Take it back again")
	h.get("/changesets/3").lacks("main:contains('Take it back again')")
	h.get("/changesets/2/revert").has(".notice a[href='/changesets/4/revert']", "Take back changeset 4").lacks("form.edit")
	h.post("/changesets/4/revert", h.get("/changesets/4/revert").typed("reason", "again")...).status(http.StatusSeeOther)
	if left := h.curatorLinks("microsoft-newsguard"); len(left) != 0 {
		t.Errorf("left: %+v", left)
	}
}

// The founding data is taken back by administrators only; nobody else is asked
// for a reason first.
func TestNoFormWithoutTheRight(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	h.get("/changesets/1/revert").has(".problem", "only an administrator").lacks("form.edit")
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
	h.get("/changesets/2/revert").lacks("form.edit").has("main a[href='/changesets/2']", "changeset 2")
	h.post("/changesets/2/revert", show.typed("reason", "Kept reason")...).status(http.StatusConflict).
		has(".errors", "nothing of changeset 2 can be taken back")
}
