package accounts

import (
	"context"
	"errors"
	"net/http"
	"time"

	"normmap/internal/account"
	"normmap/internal/metrics"
	"normmap/internal/norms"
	"normmap/internal/password"
	"normmap/internal/site/serve"
	"normmap/internal/store/accounts"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/words"
)

// signInsPerMinute is how often one address of the network may try to sign in.
const signInsPerMinute = 20

// attempt bounds how often one client tries to sign in. It counts the attempts
// that have to wait; enter counts the others.
func (s *Site) attempt(w http.ResponseWriter, r *http.Request, h serve.Handler) error {
	err := s.SignIns.Around(h)(w, r)
	if norms.KindOf(err) == norms.TooMany {
		s.Metrics.SignedIn(metrics.SignInLimited)
	}
	return err
}

// LoginPage asks who the visitor is; whoever is signed in goes on at once.
func (s *Site) LoginPage(w http.ResponseWriter, r *http.Request) error {
	next := serve.Query(r).Get("next")
	if serve.Actor(r).SignedIn() {
		return serve.SeeOther(w, r, serve.LocalAddress(next))
	}
	return s.Show(w, r, serve.View{Page: page.Login(s.PrivateFrame(r, words.Text(r.Context(), "login.title")), page.SignIn{Next: next})})
}

// SignIn takes the sign-in form. An address without account, a wrong password
// and a disabled account get the same answer after the same work.
func (s *Site) SignIn(w http.ResponseWriter, r *http.Request) error {
	return s.attempt(w, r, s.takeSignIn)
}

func (s *Site) takeSignIn(w http.ResponseWriter, r *http.Request) error {
	form, err := s.Form(r)
	if err != nil {
		return err
	}
	m := page.SignIn{Next: form.Get("next"), Email: form.Get("email")}
	err = s.enter(r, m.Email, form.Get("password"))
	if norms.KindOf(err) == norms.Invalid {
		m.Problem = err.Error()
		return s.Show(w, r, serve.View{Page: page.Login(s.PrivateFrame(r, words.Text(r.Context(), "login.title")), m), Status: http.StatusUnprocessableEntity})
	}
	if err != nil {
		return err
	}
	return serve.SeeOther(w, r, serve.LocalAddress(m.Next))
}

// enter signs the account in to which a typed address and password belong. It
// is Invalid when they do not go together.
func (s *Site) enter(r *http.Request, email, pw string) error {
	if err := serve.WouldLoseCookie(r); err != nil {
		return err
	}
	a, err := s.recognize(r, email, pw)
	if norms.KindOf(err) == norms.Invalid {
		s.Metrics.SignedIn(metrics.SignInFailed)
	}
	if err != nil {
		return err
	}
	if err := s.Begin(r, a); err != nil {
		return err
	}
	s.Metrics.SignedIn(metrics.SignInOK)
	serve.NoteActor(r.Context(), a.Actor())
	return nil
}

// recognize finds the account that signs in with a typed address and password.
// It is Invalid when they do not go together.
func (s *Site) recognize(r *http.Request, typed, pw string) (account.Account, error) {
	email, err := account.ParseEmail(typed)
	if err != nil {
		return account.Account{}, norms.Errorf(norms.Invalid, "The e-mail address %s.", err)
	}
	if pw == "" {
		return account.Account{}, norms.Errorf(norms.Invalid, "The password is missing.")
	}
	c, ok, err := s.checkPassword(r, email, pw)
	if err != nil {
		return account.Account{}, err
	}
	if !ok {
		return account.Account{}, norms.Errorf(norms.Invalid, "This e-mail address and password do not go together. "+
			"Mind capitals and spaces, or ask an administrator for a one-time link.")
	}
	return c.Account, nil
}

// checkPassword tells whether pw is the password of the account with an
// address, and counts it as a failed attempt of the client unless it is. When
// too many have failed before, it is TooMany for a while, whether there is such
// an account or not.
func (s *Site) checkPassword(r *http.Request, email, pw string) (accounts.Credentials, bool, error) {
	ctx := r.Context()
	attempt, wait, err := s.Store.BeginSignIn(ctx, email, serve.Client(r), s.Now())
	if err != nil {
		return accounts.Credentials{}, false, err
	}
	if wait > 0 {
		return accounts.Credentials{}, false, serve.Later(norms.Errorf(norms.TooMany,
			"too many attempts with this e-mail address have failed; try again in %s", roundUp(wait)), roundUp(wait))
	}
	c, err := s.Store.Credentials(ctx, email)
	if norms.KindOf(err) == norms.NotFound {
		err = nil // and no hash, so the work is done on a dummy
	}
	ok := false
	if err == nil {
		ok, err = s.verify(ctx, c, pw)
	}
	if err != nil { // no verdict, so nothing was learnt
		return c, false, errors.Join(err, s.Store.ForgetAttempt(context.WithoutCancel(ctx), attempt))
	}
	if ok {
		err = s.Store.ForgetFailures(ctx, attempt)
	}
	return c, ok, err
}

// verify does the same work for every account, and for none.
func (s *Site) verify(ctx context.Context, c accounts.Credentials, pw string) (bool, error) {
	if c.PasswordHash == "" || c.Disabled() || len(pw) > password.MaxBytes {
		return false, s.hasher.VerifyDummy(ctx, pw)
	}
	ok, weak, err := s.hasher.Verify(ctx, pw, c.PasswordHash)
	if err != nil || !weak {
		return ok, err
	}
	phc, err := s.hasher.Hash(ctx, pw)
	if errors.Is(err, password.ErrBusy) {
		return ok, nil // stronger next time
	}
	if err != nil {
		return false, err
	}
	return ok, s.Store.Rehash(ctx, c.ID, c.PasswordHash, phc)
}

func roundUp(d time.Duration) time.Duration { return (d + time.Second - 1).Truncate(time.Second) }

// SignOut ends this browser's session.
func (s *Site) SignOut(w http.ResponseWriter, r *http.Request) error {
	if serve.Actor(r).SignedIn() {
		if err := s.End(w, r, words.Text(r.Context(), "login.signed_out")); err != nil {
			return err
		}
	}
	return serve.SeeOther(w, r, href.Home())
}
