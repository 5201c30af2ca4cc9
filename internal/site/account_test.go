package site

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"normmap/internal/account"
)

// secret is what a page shows this once.
func (a answer) secret() string {
	a.t.Helper()
	return a.page().Find("code.secret").Text()
}

func TestChangingThePassword(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a, elsewhere := h.owner(account.Editor), h.another()
	h.login(a.Email, goodPassword).status(http.StatusSeeOther)
	elsewhere.login(a.Email, goodPassword).status(http.StatusSeeOther)
	before := h.token()
	const chosen = "another horse, another staple"

	h.post("/account", "do", "password", "current_password", "wrong", "new_password", chosen, "new_password_again", chosen).
		status(http.StatusUnprocessableEntity).has("#field-current-password-problem", "not right")
	h.post("/account", "do", "password", "current_password", goodPassword, "new_password", "short", "new_password_again", "short").
		status(http.StatusUnprocessableEntity).has("#field-new-password-problem", "at least 8")
	h.post("/account", "do", "password", "current_password", goodPassword, "new_password", chosen, "new_password_again", chosen).
		leads(http.StatusSeeOther, "/account")

	if !h.signedIn() || h.token() == before {
		t.Error("the browser that changed it is signed out, or kept its token")
	}
	if elsewhere.signedIn() {
		t.Error("another browser is still signed in")
	}
	h.another().login(a.Email, chosen).status(http.StatusSeeOther)
}

func TestEndingOneSession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a, elsewhere := h.owner(account.Editor), h.another()
	h.login(a.Email, goodPassword).status(http.StatusSeeOther)
	elsewhere.login(a.Email, goodPassword).status(http.StatusSeeOther)
	own := ""
	keys := map[string]bool{}
	for _, row := range h.get("/account").status(http.StatusOK).page().Find("#sessions ~ table tbody tr").EachIter() {
		key, _ := row.Find("input[name=session]").Attr("value")
		keys[key] = true
		if strings.Contains(row.Text(), "this one") {
			own = key
		}
	}
	if len(keys) != 2 || own == "" {
		t.Fatalf("%d sessions listed, own %q", len(keys), own)
	}
	delete(keys, own)
	for key := range keys {
		h.post("/account", "do", "end", "session", key).leads(http.StatusSeeOther, "/account")
		h.post("/account", "do", "end", "session", key).status(http.StatusNotFound)
	}
	if elsewhere.signedIn() || !h.signedIn() {
		t.Error("the wrong session ended")
	}
	h.post("/account", "do", "end", "session", own).leads(http.StatusSeeOther, "/")
	if h.signedIn() {
		t.Error("ending the own session left it open")
	}
}

func TestSigningOutEverywhere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a, elsewhere := h.owner(account.Editor), h.another()
	h.login(a.Email, goodPassword).status(http.StatusSeeOther)
	elsewhere.login(a.Email, goodPassword).status(http.StatusSeeOther)
	h.post("/account", "do", "sign-out-everywhere").leads(http.StatusSeeOther, "/")
	if h.signedIn() || elsewhere.signedIn() {
		t.Error("a session is left")
	}
}

func TestOwnTokens(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	me := h.signIn(account.Editor)
	h.post("/account", "do", "token", "token_name", "", "token_scope", "everything", "token_life", "1000d").status(http.StatusUnprocessableEntity).
		has("#field-token-scope-problem", "is none of propose, publish").has("#field-token-name-problem", "is missing").has("#field-token-life-problem", "366d")
	secret := h.post("/account", "do", "token", "token_name", "nightly import", "token_scope", "propose", "token_life", "90d").status(http.StatusCreated).secret()
	got, err := h.store.ActorByToken(t.Context(), secret)
	if err != nil || got.ID != me.ID || got.Scopes != "propose" || got.Can(account.EditMappings) {
		t.Fatalf("the token %q acts for %d, %v", secret, got.ID, err)
	}
	page := h.get("/account").status(http.StatusOK).has("td", "propose")
	if strings.Contains(page.body, secret) {
		t.Error("the secret is shown again")
	}
	id, _ := page.page().Find("input[name=token]").Attr("value")
	eve := h.another()
	eve.signIn(account.Admin)
	eve.post("/account", "do", "revoke", "token", id).status(http.StatusNotFound)
	h.post("/account", "do", "revoke", "token", id).leads(http.StatusSeeOther, "/account")
	if _, err := h.store.ActorByToken(t.Context(), secret); err == nil {
		t.Error("the revoked token works")
	}
	h.post("/account", "do", "nothing we know").status(http.StatusBadRequest)
}

func TestAddingAnAccount(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Admin)
	h.post("/admin/accounts", "email", "bob", "name", "", "role", "king").status(http.StatusUnprocessableEntity).
		has("#field-email-problem", "@").has("#field-name-problem", "is missing").has("#field-role-problem", "none of")
	path := h.post("/admin/accounts", "email", "bob@example.org", "name", "Bob", "role", "reviewer").status(http.StatusCreated).
		says("Write the address of this site before it").secret()
	h.post("/admin/accounts", "email", "bob@example.org", "name", "Bob", "role", "editor").status(http.StatusUnprocessableEntity).
		has("#field-email-problem", "already has an account")

	bob := h.another()
	bob.post(path, "password", goodPassword, "password_again", goodPassword).leads(http.StatusSeeOther, "/")
	bob.get("/account").status(http.StatusOK).has("dd", "reviewer")
	bob.get("/admin/accounts").status(http.StatusForbidden)
}

func TestChangingAnAccount(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	me := h.signIn(account.Admin)
	a, browser := h.owner(account.Contributor), h.another()
	page := "/admin/accounts/" + strconv.FormatInt(a.ID, 10)
	in := func() { browser.login(a.Email, goodPassword).status(http.StatusSeeOther) }

	in()
	h.post(page, "do", "role", "role", "king").status(http.StatusUnprocessableEntity).has("#field-role-problem", "none of")
	h.post(page, "do", "role", "role", "admin").leads(http.StatusSeeOther, page)
	if browser.signedIn() {
		t.Error("signed in with the rights of before")
	}
	in()
	browser.get("/admin/accounts").status(http.StatusOK)
	h.post(page, "do", "disable").leads(http.StatusSeeOther, page)
	if browser.signedIn() {
		t.Error("signed in though disabled")
	}
	browser.login(a.Email, goodPassword).status(http.StatusUnprocessableEntity)
	h.post(page, "do", "link").status(http.StatusConflict)
	h.post(page, "do", "enable").leads(http.StatusSeeOther, page)
	in()
	if link := h.post(page, "do", "link").status(http.StatusCreated).secret(); !strings.Contains(link, "/setup/") {
		t.Errorf("link %q", link)
	}
	h.post(page, "do", "nothing we know").status(http.StatusBadRequest)
	h.get("/admin/accounts/999999").status(http.StatusNotFound)
	h.get("/admin/accounts/x").status(http.StatusNotFound)

	own := "/admin/accounts/" + strconv.FormatInt(me.ID, 10)
	h.get(own).status(http.StatusOK).says("your own account")
	h.post(own, "do", "disable").status(http.StatusForbidden)
	h.post(own, "do", "role", "role", "editor").status(http.StatusForbidden)
}

func TestAdministratorRevokesTokens(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Admin)
	a, eve := h.owner(account.Editor), h.owner(account.Editor)
	address := func(id int64) string { return "/admin/accounts/" + strconv.FormatInt(id, 10) }
	page := address(a.ID)
	token := func(id int64) string {
		secret, err := h.store.AddToken(t.Context(), id, account.Grant{Name: "nightly import", Scopes: "propose publish", Life: time.Hour}, h.site.Rand, h.site.Now())
		if err != nil {
			t.Fatal(err)
		}
		return secret
	}
	h.get(page).status(http.StatusOK).says("No tokens made.")
	first, others := token(a.ID), token(eve.ID)
	id, _ := h.get(page).status(http.StatusOK).has("td", "nightly import").page().Find("input[name=token]").Attr("value")
	h.post(address(eve.ID), "do", "revoke", "token", id).status(http.StatusNotFound)
	h.post(page, "do", "revoke", "token", "x").status(http.StatusNotFound)
	h.post(page, "do", "revoke", "token", id).leads(http.StatusSeeOther, page)
	second := token(a.ID)
	h.post(page, "do", "disable").leads(http.StatusSeeOther, page)
	h.post(page, "do", "enable").leads(http.StatusSeeOther, page)
	for name, secret := range map[string]string{"revoked": first, "of a time before it was disabled": second} {
		if _, err := h.store.ActorByToken(t.Context(), secret); err == nil {
			t.Errorf("the token %s works", name)
		}
	}
	if _, err := h.store.ActorByToken(t.Context(), others); err != nil {
		t.Errorf("another account's token: %v", err)
	}
	h.get(page).status(http.StatusOK).has("td", "revoked")
}

func TestAccountsAreForAdministrators(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.get("/admin/accounts").leads(http.StatusSeeOther, "/login?next=%2Fadmin%2Faccounts")
	h.signIn(account.Reviewer)
	h.get("/admin/accounts").status(http.StatusForbidden)
	h.post("/admin/accounts", "email", "eve@example.org", "name", "Eve", "role", "admin").status(http.StatusForbidden)
}

// An administrator binds an account to an organization and frees it again;
// nothing else changes for its owner.
func TestAccountIsBoundToAnOrganization(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	owner := h.another()
	bound := owner.signIn(account.Contributor)
	h.signIn(account.Admin)
	page := "/admin/accounts/" + strconv.FormatInt(bound.ID, 10)
	h.post(page, "do", "bind", "organization", "no-such").status(http.StatusUnprocessableEntity).has("#field-organization-problem", "no organization")
	h.post(page, "do", "bind", "organization", "microsoft").leads(http.StatusSeeOther, page)
	h.get(page).status(http.StatusOK).has(".notice", "now answers for Microsoft.").has("dd a[href='/organizations/microsoft']", "Microsoft").
		has("select[name=organization] option[value=microsoft][selected]", "Microsoft")
	h.get("/admin/accounts").status(http.StatusOK).has("td", "microsoft")
	owner.get("/account").status(http.StatusOK).has("dd", "microsoft")
	a, err := h.store.Account(t.Context(), bound.ID)
	if err != nil || !a.Actor().Can(account.AnswerForOrganization) {
		t.Errorf("%+v cannot answer: %v", a, err)
	}
	h.post(page, "do", "bind", "organization", "").leads(http.StatusSeeOther, page)
	if a, err = h.store.Account(t.Context(), bound.ID); err != nil || a.OrganizationID != 0 {
		t.Errorf("still bound: %+v, %v", a, err)
	}
	owner.get("/account").status(http.StatusOK)
	owner.post(page, "do", "bind", "organization", "microsoft").status(http.StatusForbidden)
}
