package accounts

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/password"
	"normmap/internal/site/serve"
	"normmap/internal/store/accounts"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/words"
)

// SetupPage is behind a one-time link; opening it does not use it.
func (s *Site) SetupPage(w http.ResponseWriter, r *http.Request) error {
	secret := chi.URLParam(r, "secret")
	l, err := s.Store.OneTimeLink(r.Context(), secret, s.Now())
	if err != nil {
		return s.spentLink(w, r, err)
	}
	return s.showSetup(w, r, setupModel(secret, l))
}

// spentLink has a page of its own for a link that is Gone; other errors go on.
func (s *Site) spentLink(w http.ResponseWriter, r *http.Request, err error) error {
	if norms.KindOf(err) != norms.Gone {
		return err
	}
	return s.Show(w, r, serve.View{Page: page.SpentLink(s.PrivateFrame(r, words.Text(r.Context(), "setup.spent.crumb")), err.Error()), Status: http.StatusGone})
}

func setupModel(secret string, l accounts.OneTimeLink) page.SetUp {
	m := page.SetUp{Secret: secret, First: l.Purpose == account.FirstAdmin}
	if !m.First {
		m.Email, m.Name = *l.Email, *l.Name
	}
	return m
}

func (s *Site) showSetup(w http.ResponseWriter, r *http.Request, m page.SetUp) error {
	v := serve.View{Page: page.SetUpAccount(s.PrivateFrame(r, m.Title(r.Context())), m)}
	if len(m.Problems) > 0 {
		v.Status = http.StatusUnprocessableEntity
	}
	return s.Show(w, r, v)
}

// SetUp uses a one-time link: it makes the first administrator, or sets a
// password. Either way the visitor is signed in. Mistakes leave the link good.
func (s *Site) SetUp(w http.ResponseWriter, r *http.Request) error {
	return s.setUps.Around(s.takeSetUp)(w, r)
}

func (s *Site) takeSetUp(w http.ResponseWriter, r *http.Request) error {
	if err := serve.WouldLoseCookie(r); err != nil {
		return err
	}
	secret := chi.URLParam(r, "secret")
	form, err := s.Form(r)
	if err != nil {
		return err
	}
	l, err := s.Store.OneTimeLink(r.Context(), secret, s.Now())
	if err != nil {
		return s.spentLink(w, r, err)
	}
	m := setupModel(secret, l)
	if m.First {
		m.Email, m.Name, m.Problems = parseOwner(form)
	}
	m.Problems = append(m.Problems, checkNewPassword(r.Context(), form, "password", m.Email, m.Name, r.Host)...)
	if len(m.Problems) > 0 {
		return s.showSetup(w, r, m)
	}
	a, err := s.useLink(r, m, form.Get("password"))
	if problems := conflicts(err); len(problems) > 0 {
		m.Problems = problems
		return s.showSetup(w, r, m)
	}
	if err != nil {
		return s.spentLink(w, r, err)
	}
	if err := s.Begin(r, a); err != nil {
		return err
	}
	s.Say(r, words.Text(r.Context(), "setup.done"))
	return serve.SeeOther(w, r, href.Home())
}

func (s *Site) useLink(r *http.Request, m page.SetUp, pw string) (account.Account, error) {
	phc, err := s.hasher.Hash(r.Context(), pw)
	if err != nil {
		return account.Account{}, err
	}
	if m.First {
		return s.Store.SetUpFirstAdmin(r.Context(), m.Secret, m.Email, m.Name, phc, s.Now())
	}
	return s.Store.ResetPassword(r.Context(), m.Secret, phc, s.Now())
}

// parseOwner reads address and name of a new account. Where one cannot be
// read, it stays as typed.
func parseOwner(form url.Values) (email, name string, problems []norms.Problem) {
	email, name = form.Get("email"), form.Get("name")
	if parsed, err := account.ParseEmail(email); err != nil {
		problems = append(problems, norms.Problem{Field: "email", Message: err.Error()})
	} else {
		email = parsed
	}
	if parsed, err := account.ParseName(name); err != nil {
		problems = append(problems, norms.Problem{Field: "name", Message: err.Error()})
	} else {
		name = parsed
	}
	return email, name, problems
}

// checkNewPassword looks at the two fields of a new password, of which the
// second has the first one's name and _again. Easy is what anyone could guess of
// this account.
func checkNewPassword(ctx context.Context, form url.Values, field string, easy ...string) []norms.Problem {
	pw := form.Get(field)
	if pw == "" {
		return []norms.Problem{{Field: field, Message: words.Text(ctx, "setup.password.missing")}}
	}
	if err := password.Check(pw, easy...); err != nil {
		return []norms.Problem{{Field: field, Message: err.Error()}}
	}
	if form.Get(field+"_again") != pw {
		return []norms.Problem{{Field: field + "_again", Message: words.Text(ctx, "setup.password.different")}}
	}
	return nil
}

// conflicts are the fields that the database refused.
func conflicts(err error) []norms.Problem {
	if e, ok := errors.AsType[*norms.Error](err); ok {
		return e.Problems
	}
	return nil
}
