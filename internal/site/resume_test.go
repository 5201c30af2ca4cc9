package site

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/href"
)

// signedOut is a form that was typed and sent after the session had ended, and
// the page that answers.
func signedOut(h *house, clock *clock, edit string, changes ...string) answer {
	h.t.Helper()
	form := h.get(edit).status(http.StatusOK).typed(changes...)
	clock.pass(account.SessionIdle)
	return h.post(edit, form...).status(http.StatusUnauthorized)
}

// Signing in there and then leads back to the form as it was typed, not saved
// yet, also for another account.
func TestNothingTypedIsLostWhenTheSessionEnded(t *testing.T) {
	t.Parallel()
	h, clock := timed(t)
	owner := h.owner(account.Editor)
	h.signIn(account.Editor)
	const edit = "/initiatives/microsoft-cvd-policy/edit"
	text := thought + "\n<b>& more</b>"
	a := signedOut(h, clock, edit, "summary", text, "reason", "because")
	a.kept(edit, "summary", text)
	if strings.Contains(a.body, goodPassword) {
		t.Error("the page holds a password")
	}

	wrong := h.post(edit, a.typed("sign-in-email", owner.Email, "sign-in-password", "not the one")...).status(http.StatusUnauthorized)
	wrong.has("[role=alert]", "do not go together").kept(edit, "summary", text)
	if strings.Contains(wrong.body, "not the one") || !strings.Contains(wrong.body, owner.Email) {
		t.Error("the password comes back, or the address is lost")
	}
	before := h.cookies[sessionName]
	back := h.post(edit, wrong.typed("sign-in-email", owner.Email, "sign-in-password", goodPassword)...).status(http.StatusOK)
	back.has("textarea[name=summary]", "A long thought about hygiene").has(".notice", "Nothing was saved yet").says(owner.Name)
	if now := h.cookies[sessionName]; now == nil || before != nil && now.Value == before.Value {
		t.Error("the session is not a new one")
	}
	if rev := h.stats().Revision; rev != 1 {
		t.Fatalf("signing in saved: revision %d", rev)
	}
	if strings.Contains(back.body, goodPassword) || strings.Contains(back.body, "sign-in-") {
		t.Error("the form still holds what signed in")
	}
	h.post(edit, back.typed()...).leads(http.StatusSeeOther, "/initiatives/microsoft-cvd-policy")
	if by := h.changeset().By; by != owner.Name {
		t.Errorf("saved by %q", by)
	}
	h.get("/initiatives/microsoft-cvd-policy").says(thought)
}

// Every form comes back, whichever it is.
func TestEveryFormComesBackAfterSigningIn(t *testing.T) {
	t.Parallel()
	h, clock := timed(t)
	h.site.accounts.SignIns = serve.NewLimit(1000) // one browser signs in for each form
	owner := h.owner(account.Editor)
	for _, page := range append(h.editingPages(), "/withdraw?kind=initiative&key=microsoft-newsguard", "/rename?kind=source&key=microsoft-bpf-2019") {
		h.signIn(account.Editor)
		shown := h.get(page).status(http.StatusOK)
		if shown.page().Find("form.edit").Length() == 0 {
			continue // a contributor's link has no form
		}
		action := shown.page().Find("form.edit").AttrOr("action", "")
		a := signedOut(h, clock, page, "reason", thought)
		again := a.typed("sign-in-email", owner.Email, "sign-in-password", goodPassword)
		back := h.post(action, again...).status(http.StatusOK)
		if got := back.page().Find("form.edit [name=reason]"); got.AttrOr("value", got.Text()) != thought {
			t.Errorf("%s: the reason is %q", page, got.AttrOr("value", got.Text()))
		}
		clock.pass(account.SessionIdle)
	}
}

// So do the forms that are about one thing's fate rather than its fields.
func TestFormsOfAnswersAndOfTakingBackComeBackAfterSigningIn(t *testing.T) {
	t.Parallel()
	h, clock := timed(t)
	owner := h.owner(account.Editor)
	h.speakFor(owner.Actor(), "microsoft")
	h.signIn(account.Editor)
	l := h.claim()
	h.post(href.AssessmentNew(l.ID), h.get(href.AssessmentNew(l.ID)).typed("assessor", "curator", "view", "disagrees", "rationale", "r", "reason", "r")...).
		status(http.StatusSeeOther)
	l = h.claim()
	added := h.apply(curatorLink("microsoft-cvd-policy", "paris-call/4"))
	h.apply(norms.Withdraw{Kind: "initiative", Key: "microsoft-newsguard", Version: 1})
	for page, name := range map[string]string{
		href.AssessmentAnswer(l.Assessments[0].ID):        "text",
		href.Restore("initiative", "microsoft-newsguard"): "reason",
		href.ChangesetRevert(added.Revision):              "reason",
	} {
		h.speakFor(h.signIn(account.Editor), "microsoft")
		shown := h.get(page).status(http.StatusOK)
		action := shown.page().Find("form.edit").AttrOr("action", "")
		typed := shown.typed(name, thought)
		clock.pass(account.SessionIdle)
		a := h.post(action, typed...).status(http.StatusUnauthorized)
		back := h.post(action, a.typed("sign-in-email", owner.Email, "sign-in-password", goodPassword)...).status(http.StatusOK)
		back.has("form.edit [name="+name+"]", "").has(".notice", "Nothing was saved yet")
		if got := back.page().Find("form.edit [name=" + name + "]"); got.AttrOr("value", got.Text()) != thought {
			t.Errorf("%s: %s is %q", page, name, got.AttrOr("value", got.Text()))
		}
		h.post(action, back.typed("reason", "because")...).status(http.StatusSeeOther)
		clock.pass(account.SessionIdle)
	}
}

func TestAFormOlderThanTheRecordComesBackAndIsStale(t *testing.T) {
	t.Parallel()
	h, clock := timed(t)
	owner := h.owner(account.Editor)
	h.signIn(account.Editor)
	const edit = "/organizations/microsoft/edit"
	a := signedOut(h, clock, edit, "summary", "Mine", "reason", "r")
	h.apply(norms.PutOrganization{Slug: "microsoft", Version: 1, Name: "Theirs", Kind: "body", StakeholderGroup: "private_sector"})
	back := h.post(edit, a.typed("sign-in-email", owner.Email, "sign-in-password", goodPassword)...).status(http.StatusOK)
	h.post(edit, back.typed()...).status(http.StatusConflict).has(".clash", "Theirs").has("textarea[name=summary]", "Mine")
}

func TestSigningInOnTheWayIsLimitedAndKeepsTheRoles(t *testing.T) {
	t.Parallel()
	h, clock := timed(t)
	reader := h.owner(account.Contributor)
	h.signIn(account.Editor)
	done := h.apply(norms.PutOrganization{Slug: "newcomer", Name: "Newcomer", Kind: "body", StakeholderGroup: "academia"})
	edit := href.ChangesetRevert(done.Revision) // which contributors may not even propose
	a := signedOut(h, clock, edit, "reason", thought)
	h.post(edit, a.typed("sign-in-email", reader.Email, "sign-in-password", goodPassword)...).status(http.StatusForbidden).kept(edit, "reason", thought)
	h.cookies = map[string]*http.Cookie{}
	var last answer
	for i := range 2 * signInLimit {
		email := fmt.Sprintf("nobody-%d@example.org", i) // else the failures of one address are limited first
		last = h.post(edit, a.typed("sign-in-email", email, "sign-in-password", "")...)
	}
	last.status(http.StatusTooManyRequests).kept(edit, "reason", thought)
	h.post("/login", "email", reader.Email, "password", goodPassword).status(http.StatusTooManyRequests)
	h.post("/account", "sign-in-email", reader.Email, "sign-in-password", goodPassword).leads(http.StatusSeeOther, "/login?next=%2Faccount")
}

func TestLongTextsFitWhenTheSessionEnded(t *testing.T) {
	t.Parallel()
	h, clock := timed(t)
	owner := h.owner(account.Editor)
	h.signIn(account.Editor)
	const edit = "/initiatives/microsoft-cvd-policy/edit"
	long := strings.Repeat("𐀀", norms.MaxText) // four bytes each, twelve in a form
	a := signedOut(h, clock, edit, "summary", long, "status_note", long, "reason", "r")
	back := h.post(edit, a.typed("sign-in-email", owner.Email, "sign-in-password", goodPassword)...).status(http.StatusOK)
	h.post(edit, back.typed()...).status(http.StatusSeeOther)
}

func TestNothingTypedIsLostByAPanic(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	h.site.post("/test/panic", account.EditMappings, func(http.ResponseWriter, *http.Request) error { panic("secret_table") })
	a := h.post("/test/panic", "note", thought, "new-password", "canary").status(http.StatusInternalServerError)
	a.kept("/test/panic", "note", thought)
	if strings.Contains(a.body, "secret_table") || strings.Contains(a.body, "canary") {
		t.Error("the fault or a password is told")
	}
}
