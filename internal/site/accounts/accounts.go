package accounts

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// AccountsPage lists all accounts for administrators.
func (s *Site) AccountsPage(w http.ResponseWriter, r *http.Request) error {
	return s.showAccounts(w, r, page.AccountList{})
}

func (s *Site) showAccounts(w http.ResponseWriter, r *http.Request, m page.AccountList) (err error) {
	if m.Accounts, err = s.Store.Accounts(r.Context()); err != nil {
		return err
	}
	v := serve.View{Page: page.Accounts(s.PrivateFrame(r, words.Text(r.Context(), "accounts.title")), m)}
	if len(m.Problems) > 0 {
		v.Status = http.StatusUnprocessableEntity
	}
	return s.Show(w, r, v)
}

// AddAccount makes an account and shows the link for its owner, this once.
func (s *Site) AddAccount(w http.ResponseWriter, r *http.Request) error {
	form, err := s.Form(r)
	if err != nil {
		return err
	}
	var m page.AccountList
	m.Email, m.Name, m.Problems = parseOwner(form)
	if m.Role, err = account.ParseRole(form.Get("role")); err != nil {
		m.Problems = append(m.Problems, norms.Problem{Field: "role", Message: err.Error()})
	}
	if len(m.Problems) > 0 {
		return s.showAccounts(w, r, m)
	}
	made, err := s.Store.AddAccount(r.Context(), m.Email, m.Name, m.Role)
	if problems := conflicts(err); len(problems) > 0 {
		m.Problems = problems
		return s.showAccounts(w, r, m)
	}
	if err != nil {
		return err
	}
	return s.showNewLink(w, r, made)
}

// showNewLink makes a one-time link and answers with it: it is in this answer
// and nowhere else.
func (s *Site) showNewLink(w http.ResponseWriter, r *http.Request, a account.Account) error {
	secret, err := s.Store.NewResetLink(r.Context(), a.ID, s.random, s.Now())
	if err != nil {
		return err
	}
	return s.showOneAccount(w, r, page.OneAccount{Account: a, Link: s.BaseURL(r) + href.Setup(secret)})
}

// AdminAccountPage shows one account to an administrator.
func (s *Site) AdminAccountPage(w http.ResponseWriter, r *http.Request) error {
	a, err := s.accountOf(r)
	if err != nil {
		return err
	}
	return s.showOneAccount(w, r, page.OneAccount{Account: a})
}

func (s *Site) showOneAccount(w http.ResponseWriter, r *http.Request, m page.OneAccount) (err error) {
	m.Own, m.Now, m.MaxChoices = m.Account.ID == serve.Actor(r).ID, s.Now(), norms.MaxLimit
	if m.Tokens, err = s.Store.Tokens(r.Context(), m.Account.ID); err != nil {
		return err
	}
	if m.Organizations, err = s.Store.Choices(r.Context(), norms.MaxLimit+1, "organization"); err != nil {
		return err
	}
	f := s.PrivateFrame(r, m.Account.Name, ui.Crumb{Label: words.Text(r.Context(), "accounts.title"), Href: href.AdminAccounts()})
	v := serve.View{Page: page.AdminAccount(f, m)}
	switch {
	case len(m.Problems) > 0:
		v.Status = http.StatusUnprocessableEntity
	case m.Link != "":
		v.Status = http.StatusCreated
	}
	return s.Show(w, r, v)
}

// accountOf is the account that the address names.
func (s *Site) accountOf(r *http.Request) (account.Account, error) {
	id, err := strconv.ParseInt(chi.URLParam(r, "id"), 10, 64)
	if err != nil {
		return account.Account{}, norms.NotFoundf("there is no such account")
	}
	return s.Store.Account(r.Context(), id)
}

// ChangeAdminAccount takes the forms of the page; the field do says which.
func (s *Site) ChangeAdminAccount(w http.ResponseWriter, r *http.Request) error {
	form, err := s.Form(r)
	if err != nil {
		return err
	}
	a, err := s.accountOf(r)
	if err != nil {
		return err
	}
	do := form.Get("do")
	if do == "link" {
		return s.showNewLink(w, r, a)
	}
	if a.ID == serve.Actor(r).ID { // so that there always is an administrator
		return norms.Errorf(norms.Forbidden, "this is your own account; another administrator can change its role or disable it")
	}
	switch do {
	case "role":
		return s.changeRole(w, r, a, form.Get("role"))
	case "disable":
		_, err := s.Store.Disable(r.Context(), a.ID, s.Now())
		return s.changed(w, r, a, words.Text(r.Context(), "accounts.disable.disabled", "Name", a.Name), err)
	case "revoke":
		return s.changed(w, r, a, words.Text(r.Context(), "accounts.tokens.revoked", "Name", a.Name), s.revoke(r, a.ID, form.Get("token")))
	case "bind":
		return s.bindAccount(w, r, a, strings.TrimSpace(form.Get("organization")))
	case "enable":
		_, err := s.Store.Enable(r.Context(), a.ID)
		return s.changed(w, r, a, words.Text(r.Context(), "accounts.enable.enabled", "Name", a.Name), err)
	}
	return norms.Errorf(norms.Malformed, "the form does not say what to do; go back, load the page again and use its buttons")
}

func (s *Site) changeRole(w http.ResponseWriter, r *http.Request, a account.Account, typed string) error {
	role, err := account.ParseRole(typed)
	if err != nil {
		problem := norms.Problem{Field: "role", Message: err.Error()}
		return s.showOneAccount(w, r, page.OneAccount{Account: a, Problems: []norms.Problem{problem}})
	}
	ctx := r.Context()
	_, err = s.Store.ChangeRole(ctx, a.ID, role, s.Now())
	notice := words.Text(ctx, "accounts.change_role.changed", "Name", a.Name, "Role", ui.Role(ctx, role))
	return s.changed(w, r, a, notice, err)
}

// bindAccount lets an account answer for an organization, or for none when the
// slug is empty.
func (s *Site) bindAccount(w http.ResponseWriter, r *http.Request, a account.Account, slug string) error {
	ctx := r.Context()
	_, err := s.Store.BindAccount(ctx, a.ID, slug)
	if wrong, ok := errors.AsType[*norms.Error](err); ok && wrong.Kind == norms.Invalid {
		return s.showOneAccount(w, r, page.OneAccount{Account: a, Typed: slug, Problems: wrong.Problems})
	}
	if err != nil {
		return err
	}
	if slug == "" {
		return s.changed(w, r, a, words.Text(ctx, "accounts.bind.freed", "Name", a.Name), nil)
	}
	o, err := s.Store.Organization(ctx, slug)
	return s.changed(w, r, a, words.Text(ctx, "accounts.bind.bound", "Name", a.Name, "Organization", o.Name), err)
}

func (s *Site) changed(w http.ResponseWriter, r *http.Request, a account.Account, notice string, err error) error {
	if err != nil {
		return err
	}
	s.Say(r, notice)
	return serve.SeeOther(w, r, href.AdminAccount(a.ID))
}
