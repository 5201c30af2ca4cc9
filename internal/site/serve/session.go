package serve

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"

	"github.com/alexedwards/scs/v2"

	"normmap/internal/account"
	"normmap/internal/store/accounts"
	"normmap/web/ui"
)

// sessionCookie has the prefix that makes browsers insist on Secure, Path=/
// and no Domain. They take it over plain http from 127.0.0.1 and localhost, so
// there is no insecure mode.
const sessionCookie = "__Host-session"

// newSessions makes the manager of sessions. It is put together without
// scs.New, whose memory store would start a goroutine for ever. How long a
// session lasts is decided in store.SessionStore, by our clock; the cookie
// itself lives until the browser is closed.
func (s *Server) newSessions() *scs.SessionManager {
	return &scs.SessionManager{
		Store:            s.Store.SessionStore(s.Now),
		Codec:            scs.GobCodec{},
		Lifetime:         account.SessionLife,
		HashTokenInStore: true,
		Cookie: scs.SessionCookie{
			Name: sessionCookie, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
		},
	}
}

// WithSession loads the session of the request and its account, in one
// statement and only if the request has a cookie, and saves what changed just
// before the answer begins.
func (s *Server) WithSession(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token := ""
		if c, err := r.Cookie(sessionCookie); err == nil {
			token = c.Value
		}
		ctx, owner := accounts.NoteOwner(r.Context())
		ctx, err := s.sessions.Load(ctx, token)
		if err != nil {
			s.Fail(w, r, fmt.Errorf("loading the session: %w", err))
			return
		}
		v := VisitOf(r)
		v.Actor, v.Desk, v.hasSession = owner.Actor(), owner.Desk, true
		r = r.WithContext(ctx)
		saving := &savingWriter{ResponseWriter: w, save: func() bool { return s.saveSession(w, r) }}
		next.ServeHTTP(saving, r)
		saving.begin()
	})
}

// saveSession writes what changed in the session and its cookie. When it
// cannot, it answers the request with the error instead and returns false.
func (s *Server) saveSession(w http.ResponseWriter, r *http.Request) bool {
	ctx, cache := r.Context(), "no-store" // an answer with a cookie is for one visitor
	if w.Header().Get("Cache-Control") == forBack {
		cache = forBack
	}
	switch s.sessions.Status(ctx) {
	case scs.Unmodified:
		return true
	case scs.Destroyed:
		s.sessions.WriteSessionCookie(ctx, w, "", time.Time{})
	case scs.Modified:
		token, until, err := s.sessions.Commit(ctx)
		if err != nil && wasTaken(w, r) {
			// What the form asked for is done: to say now that nothing was
			// saved would be untrue. Only the notice about it is lost.
			s.Log.Warn("the session was not saved", "request", VisitOf(r).id, "error", err)
			return true
		}
		if err != nil {
			w.Header().Del("Location")
			VisitOf(r).hasSession = false
			s.Fail(w, r, fmt.Errorf("saving the session: %w", err))
			return false
		}
		s.sessions.WriteSessionCookie(ctx, w, token, until)
	}
	w.Header().Set("Cache-Control", cache)
	return true
}

// wasTaken tells whether a form that edits the record was taken: its answer leads
// on, and nothing but a notice was to be kept in the session.
func wasTaken(w http.ResponseWriter, r *http.Request) bool {
	return w.Header().Get("Location") != "" && Route{Method: r.Method, Needs: VisitOf(r).Route.Needs}.ChangesRecord()
}

// savingWriter saves the session before the first byte of the answer. After a
// failed save, which has its own answer, what the handler writes is dropped.
type savingWriter struct {
	http.ResponseWriter
	save       func() bool
	begun, bad bool
}

func (w *savingWriter) begin() {
	if !w.begun {
		w.begun = true
		w.bad = !w.save()
	}
}

// WriteHeader saves the session and begins the answer.
func (w *savingWriter) WriteHeader(status int) {
	w.begin()
	if !w.bad {
		w.ResponseWriter.WriteHeader(status)
	}
}

// Write saves the session if need be and goes on with the answer.
func (w *savingWriter) Write(b []byte) (int, error) {
	w.begin()
	if w.bad {
		return len(b), nil
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap gives http.ResponseController the writer below.
func (w *savingWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Begin signs an account in: the session gets a new token and none of the
// values of before.
func (s *Server) Begin(r *http.Request, a account.Account) error {
	ctx := r.Context()
	if err := s.sessions.Clear(ctx); err != nil {
		return fmt.Errorf("emptying the session: %w", err)
	}
	if err := s.sessions.RenewToken(ctx); err != nil {
		return fmt.Errorf("renewing the session's token: %w", err)
	}
	s.sessions.Put(ctx, accounts.SessionAccount, a.ID)
	s.sessions.Put(ctx, accounts.SessionAgent, printable(r.UserAgent()))
	return s.Store.SignedIn(ctx, a.ID, s.Now())
}

// End signs out: the session is over, the browser forgets what it kept, and a
// new session carries the notice.
func (s *Server) End(w http.ResponseWriter, r *http.Request, notice string) error {
	if err := s.sessions.Destroy(r.Context()); err != nil {
		return fmt.Errorf("ending the session: %w", err)
	}
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	s.Say(r, notice)
	return nil
}

// SessionKey names the request's session in the list of its account's.
func (s *Server) SessionKey(ctx context.Context) string {
	return base64.RawURLEncoding.EncodeToString(account.HashSecret(s.sessions.Token(ctx)))
}

// printable leaves what can be stored and shown of a header.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) && r != unicode.ReplacementChar {
			return r
		}
		return -1
	}, s)
}

// PrivateFrame is the frame of a page that has no permanent address.
func (s *Server) PrivateFrame(r *http.Request, title string, crumbs ...ui.Crumb) ui.Frame {
	f := s.Frame(r, title, append(crumbs, ui.Crumb{Label: title})...)
	f.Permalink = ""
	return f
}
