package accounts

import (
	"net/http"
	"net/url"
	"strconv"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/words"
)

// AccountPage shows one's own account.
func (s *Site) AccountPage(w http.ResponseWriter, r *http.Request) error {
	return s.showAccount(w, r, page.OwnAccount{})
}

// showAccount fills in what the page shows beside what m already says: a
// token's secret, or what was typed and is wrong.
func (s *Site) showAccount(w http.ResponseWriter, r *http.Request, m page.OwnAccount) (err error) {
	ctx, id := r.Context(), serve.Actor(r).ID
	if m.Account, err = s.Store.Account(ctx, id); err != nil {
		return err
	}
	if m.Sessions, err = s.Store.SessionsOf(ctx, id, s.Now()); err != nil {
		return err
	}
	if m.Tokens, err = s.Store.Tokens(ctx, id); err != nil {
		return err
	}
	m.Current, m.Now = s.SessionKey(ctx), s.Now()
	v := serve.View{Page: page.Account(s.PrivateFrame(r, words.Text(ctx, "account.title")), m)}
	switch {
	case len(m.Form.Problems) > 0:
		v.Status = http.StatusUnprocessableEntity
	case m.Secret != "":
		v.Status = http.StatusCreated
	}
	return s.Show(w, r, v)
}

// ChangeAccount takes the forms of the page; the field do says which.
func (s *Site) ChangeAccount(w http.ResponseWriter, r *http.Request) error {
	form, err := s.Form(r)
	if err != nil {
		return err
	}
	switch form.Get("do") {
	case "password":
		return s.changePassword(w, r, form)
	case "end":
		return s.endSession(w, r, form.Get("session"))
	case "sign-out-everywhere":
		return s.signOutEverywhere(w, r)
	case "token":
		return s.makeToken(w, r, form)
	case "revoke":
		return s.revokeToken(w, r, form.Get("token"))
	}
	return norms.Errorf(norms.Malformed, "the form does not say what to do; go back, load the page again and use its buttons")
}

// changePassword asks for the current password, so that a browser left open
// does not give the account away.
func (s *Site) changePassword(w http.ResponseWriter, r *http.Request, form url.Values) error {
	ctx := r.Context()
	own, err := s.Store.Account(ctx, serve.Actor(r).ID)
	if err != nil {
		return err
	}
	problems := checkNewPassword(ctx, form, "new_password", own.Email, own.Name, r.Host)
	if len(problems) == 0 {
		_, ok, err := s.checkPassword(r, own.Email, form.Get("current_password"))
		if err != nil {
			return err
		}
		if !ok {
			problems = []norms.Problem{{Field: "current_password", Message: words.Text(ctx, "account.password.current_wrong")}}
		}
	}
	if len(problems) > 0 {
		return s.showAccount(w, r, page.OwnAccount{Form: page.OwnForm{Problems: problems}})
	}
	phc, err := s.hasher.Hash(ctx, form.Get("new_password"))
	if err != nil {
		return err
	}
	if _, err := s.Store.ChangePassword(ctx, own.ID, phc, s.Now()); err != nil {
		return err
	}
	if err := s.Begin(r, own); err != nil { // the old session ended with the others
		return err
	}
	s.Say(r, words.Text(ctx, "account.password.changed"))
	return serve.SeeOther(w, r, href.Account())
}

func (s *Site) endSession(w http.ResponseWriter, r *http.Request, key string) error {
	ctx := r.Context()
	if key == s.SessionKey(ctx) {
		return s.SignOut(w, r)
	}
	if err := s.Store.EndSession(ctx, serve.Actor(r).ID, key, s.Now()); err != nil {
		return err
	}
	s.Say(r, words.Text(ctx, "account.session.ended"))
	return serve.SeeOther(w, r, href.Account())
}

func (s *Site) signOutEverywhere(w http.ResponseWriter, r *http.Request) error {
	if err := s.Store.EndSessions(r.Context(), serve.Actor(r).ID, s.Now()); err != nil {
		return err
	}
	if err := s.End(w, r, words.Text(r.Context(), "account.session.ended_all")); err != nil {
		return err
	}
	return serve.SeeOther(w, r, href.Home())
}

// makeToken answers with the page itself instead of leading on to it: the
// secret is in this answer and nowhere else.
func (s *Site) makeToken(w http.ResponseWriter, r *http.Request, form url.Values) error {
	m := page.OwnAccount{Form: page.OwnForm{TokenName: form.Get("token_name"), TokenScopes: form["token_scope"], TokenLife: form.Get("token_life")}}
	name, err := account.ParseName(m.Form.TokenName)
	if err != nil {
		m.Form.Problems = append(m.Form.Problems, norms.Problem{Field: "token_name", Message: err.Error()})
	}
	scopes, err := account.ParseScopes(m.Form.TokenScopes)
	if err != nil {
		m.Form.Problems = append(m.Form.Problems, norms.Problem{Field: "token_scope", Message: err.Error()})
	}
	life, err := account.ParseTokenLife(m.Form.TokenLife)
	if err != nil {
		m.Form.Problems = append(m.Form.Problems, norms.Problem{Field: "token_life", Message: err.Error()})
	}
	if len(m.Form.Problems) > 0 {
		return s.showAccount(w, r, m)
	}
	secret, err := s.Store.AddToken(r.Context(), serve.Actor(r).ID, account.Grant{Name: name, Scopes: scopes, Life: life}, s.random, s.Now())
	if err != nil {
		return err
	}
	return s.showAccount(w, r, page.OwnAccount{Secret: secret})
}

func (s *Site) revokeToken(w http.ResponseWriter, r *http.Request, number string) error {
	if err := s.revoke(r, serve.Actor(r).ID, number); err != nil {
		return err
	}
	s.Say(r, words.Text(r.Context(), "account.token.revoked"))
	return serve.SeeOther(w, r, href.Account())
}

// revoke revokes the token of an account that a form names by its number.
func (s *Site) revoke(r *http.Request, accountID int64, number string) error {
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return norms.NotFoundf("there is no such token")
	}
	return s.Store.RevokeToken(r.Context(), accountID, id, s.Now())
}
