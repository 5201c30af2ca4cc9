package serve

import (
	"net/http"
	"strconv"

	"normmap/internal/store/news"
)

// wroteCookie tells every instance of the service which revision a visitor has
// seen to be written. One that has not heard of it yet reads the database.
const wroteCookie = "__Host-wrote"

// wroteFor is how long it is told, in seconds: far longer than it takes an
// instance to hear of a revision.
const wroteFor = 60

// noteWrites has whoever wrote something told its revision.
func (s *Server) noteWrites(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if safe(r.Method) {
			next.ServeHTTP(w, r)
			return
		}
		ctx, written := news.NoteWritten(r.Context())
		next.ServeHTTP(&tellingWriter{ResponseWriter: w, written: written}, r.WithContext(ctx))
	})
}

// tellingWriter adds the cookie before the answer begins.
type tellingWriter struct {
	http.ResponseWriter
	written *news.Written
	begun   bool
}

func (w *tellingWriter) begin() {
	if w.begun {
		return
	}
	w.begun = true
	if revision := w.written.Revision(); revision != 0 {
		http.SetCookie(w.ResponseWriter, &http.Cookie{Name: wroteCookie, Value: strconv.FormatInt(revision, 10),
			Path: "/", MaxAge: wroteFor, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	}
}

// WriteHeader tells what was written and begins the answer.
func (w *tellingWriter) WriteHeader(status int) {
	w.begin()
	w.ResponseWriter.WriteHeader(status)
}

// Write tells what was written, if need be, and goes on with the answer.
func (w *tellingWriter) Write(b []byte) (int, error) {
	w.begin()
	return w.ResponseWriter.Write(b)
}

// Unwrap gives http.ResponseController the writer below.
func (w *tellingWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// wroteBy is the revision that a visitor's cookie names, 0 without one.
func wroteBy(r *http.Request) int64 {
	c, err := r.Cookie(wroteCookie)
	if err != nil {
		return 0
	}
	revision, err := strconv.ParseInt(c.Value, 10, 64)
	if err != nil {
		return 0
	}
	return revision
}
