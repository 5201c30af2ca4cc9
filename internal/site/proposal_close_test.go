package site

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"normmap/internal/account"
)

// twice proposes a change to each of two initiatives, in one proposal.
func (h *house) twice() string {
	h.t.Helper()
	to := h.proposes("title", "A better title", "reason", "as printed")
	const other = "/initiatives/microsoft-newsguard/edit"
	h.post(other, h.get(other).typed("title", "Another title", "reason", "the second", "into", "1")...).leads(http.StatusSeeOther, to)
	return to
}

func TestAProposalOfWhichTheRestIsRejectedIsClosed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	to := h.twice()
	h.signIn(account.Reviewer)
	h.get(to).button(h, "Accept edit 1").status(http.StatusSeeOther)
	h.get(to).button(h, "Apply what is accepted").status(http.StatusSeeOther)
	h.get(to).has("button", "Announce the day").button(h, "Reject edit 2", "code_2", "duplicate").status(http.StatusSeeOther)
	a := h.get(to).has("#edit-2", "duplicate").has("main button", "Close: nothing is left")
	if got := a.page().Find("#edit-2 .badge").First().Text(); got == "can be applied" {
		t.Errorf("a rejected edit %s", got)
	}
	if n := a.page().Find("button[value=adopt]").Length(); n != 0 {
		t.Error("silence could adopt a proposal of which nothing is left")
	}
	a.button(h, "Close: nothing is left").leads(http.StatusSeeOther, to)
	h.get(to).has(".notice", "The proposal is closed.").has(".facts", "accepted")
}

func TestOnlyWhatCanBeAcceptedIsOffered(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	to := h.proposes("title", "Proposed title", "reason", "as printed")
	h.signIn(account.Editor)
	shown := h.get(cvd)
	h.signIn(account.Reviewer)
	a := h.get(to).has("button[value=accept_all]", "Accept everything")
	h.signIn(account.Editor)
	h.post(cvd, shown.typed("title", "Title of an editor", "reason", "r")...).status(http.StatusSeeOther)
	h.signIn(account.Reviewer)
	a.button(h, "Accept everything that is left and can be applied").status(http.StatusConflict).has(".errors", "nothing that is left can be accepted")
	if n := h.get(to).page().Find("button[value=accept_all]").Length(); n != 0 {
		t.Error("accepting all is offered where nothing can be")
	}
}

func TestAnObjectionIsToldWithTheDay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	to := h.proposes("title", "A better title", "reason", "as printed")
	h.signIn(account.Reviewer)
	far := h.site.Now().AddDate(0, 0, 9).UTC().Format(time.DateOnly)
	h.get(to).button(h, "Announce the day", "adopt_on", far).status(http.StatusSeeOther)
	h.get(to).has(".facts", "unless someone objects").button(h, "Object", "objection", "No.").status(http.StatusSeeOther)
	h.get(to).has(".facts", "silence does not adopt it").has(".facts", "1 objection stands")
	if strings.Contains(h.get("/proposals").page().Find("table").Text(), "unless someone objects") {
		t.Error("the list says that silence adopts it")
	}
}
