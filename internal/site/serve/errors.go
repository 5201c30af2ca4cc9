package serve

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"normmap/internal/norms"
	"normmap/internal/password"
	"normmap/internal/status"
	"normmap/internal/store/naming"
	"normmap/web/href"
	"normmap/web/page"
)

// refusal is a mistake in how something was asked, which has a status of HTTP
// but no kind in the domain.
type refusal struct {
	status  int
	message string
}

func (e *refusal) Error() string { return e.message }

// Refused is a mistake in how something was asked, which is answered with a status
// of HTTP.
func Refused(status int, format string, args ...any) error {
	return &refusal{status, fmt.Sprintf(format, args...)}
}

// postponed is an error that is worth trying again after a while.
type postponed struct {
	error
	after time.Duration
}

func (p postponed) Unwrap() error { return p.error }

// elsewhere is an error of which there is nothing to mend where it came up: what
// is to be seen about it is at an address.
type elsewhere struct {
	error
	address, name string
}

func (e elsewhere) Unwrap() error { return e.error }

// SeenAt adds to an error where there is something to see about it, and the name
// of that place.
func SeenAt(err error, address, name string) error { return elsewhere{err, address, name} }

// Later says when it is worth to try again; the answer gets Retry-After.
func Later(err error, after time.Duration) error { return postponed{err, after} }

// statusClientLeft is for the log only: the reader left before the answer.
const statusClientLeft = 499

// failure is an error as it is told.
type failure struct {
	status     int
	message    string
	problems   []norms.Problem
	reference  string // under which the log has the request
	retryAfter time.Duration
	cause      error
	cache      string // Cache-Control, "" means no-store
}

// explain decides what of an error is told. Only texts that were written for
// readers are; everything else is a fault of the program.
func explain(err error, request string) failure {
	f := failure{reference: request, retryAfter: retryAfter(err), cause: err}
	if e, ok := errors.AsType[*refusal](err); ok {
		f.status, f.message = e.status, e.message
		return f
	}
	if e, ok := errors.AsType[*norms.Error](err); ok && status.Of(e.Kind) != 0 {
		f.status, f.message, f.problems = status.Of(e.Kind), e.Message, e.Problems
		return f
	}
	switch {
	case errors.Is(err, password.ErrBusy):
		f.status, f.message = http.StatusServiceUnavailable, password.ErrBusy.Error()
	case errors.Is(err, context.DeadlineExceeded):
		f.status, f.message = http.StatusServiceUnavailable, "the answer took too long; try again in a moment"
	case errors.Is(err, context.Canceled):
		f.status = statusClientLeft
	default:
		f.status = http.StatusInternalServerError
		f.message = "something went wrong on our side; nothing was saved"
	}
	return f
}

// retryAfter is what later said, else a usual time.
func retryAfter(err error) time.Duration {
	if p, ok := errors.AsType[postponed](err); ok {
		return p.after
	}
	return 5 * time.Second
}

// withdrawn is the thing that was withdrawn when that is what the error says.
func (f failure) withdrawn() *naming.WithdrawnError {
	gone, _ := errors.AsType[*naming.WithdrawnError](f.cause)
	return gone
}

// inside tells faults that whoever runs the service must see in the log.
func (f failure) inside() bool { return f.status >= http.StatusInternalServerError }

// Fail answers a request with an error, in the form that was asked for.
func (s *Server) Fail(w http.ResponseWriter, r *http.Request, err error) {
	again := sentTo(r) // where a form is sent again
	if moved, ok := errors.AsType[*naming.MovedError](err); ok {
		again = renamed(r, moved)
		err = s.follow(w, r, moved)
	}
	if renamed, ok := errors.AsType[*naming.RenamedError](err); ok {
		err = s.followFilter(w, r, renamed)
	}
	if err == nil {
		return
	}
	if errors.Is(r.Context().Err(), context.Canceled) {
		err = context.Canceled // whatever else it led to
	}
	v := VisitOf(r)
	f := explain(err, v.id)
	if f.inside() {
		v.Fault = err
	}
	// The answer can be written even if the time for the work is over.
	r = r.WithContext(context.WithoutCancel(r.Context()))
	form := Wanted(r, AsHTML, AsJSON, AsCSV)
	if verbatim(r.URL.Path) {
		form = AsJSON
	}
	switch typed := s.typed(r); {
	case form == AsHTML && InForm(r):
		w.Header().Add("Vary", "HX-Request")
		s.tellIn(w, r, f, page.FindFailed(s.findFailure(r, f)))
	case form == AsHTML && len(typed) > 0:
		f.cache = forBack
		s.tellIn(w, r, f, s.keptPage(r, f, again, typed))
	case form == AsHTML && f.withdrawn() != nil && v.Past == nil:
		s.tellIn(w, r, f, s.withdrawnPage(r, f))
	case form == AsHTML && f.status == http.StatusUnauthorized:
		SeeOther(w, r, href.LoginNext(returnTo(r)))
	default:
		s.tell(w, r, f, form)
	}
}

// sentTo is the address of a form, to which it was sent.
func sentTo(r *http.Request) string {
	q := r.URL.Query()
	q.Del("sent") // see href.Sent
	return WithQuery(r.URL.Path, q)
}

// returnTo is where signing in leads back to: the page that was asked for, or
// the one whose form was sent.
func returnTo(r *http.Request) string {
	if r.Method == http.MethodGet {
		return WithQuery(r.URL.Path, r.URL.Query())
	}
	return r.URL.Path
}

// tell answers with the error's own page or data.
func (s *Server) tell(w http.ResponseWriter, r *http.Request, f failure, form Format) {
	body, kind := s.errorBody(r, f, form)
	f.write(w, body, kind)
}

// tellIn answers with a page made for the error, or else with the usual one.
func (s *Server) tellIn(w http.ResponseWriter, r *http.Request, f failure, made templ.Component) {
	var body bytes.Buffer
	if err := made.Render(r.Context(), &body); err != nil {
		s.tell(w, r, f, AsHTML)
		return
	}
	f.write(w, body.Bytes(), string(AsHTML)+"; charset=utf-8")
}

func (f failure) write(w http.ResponseWriter, body []byte, kind string) {
	h := w.Header()
	h.Del("Content-Disposition")
	h.Set("Cache-Control", cmp.Or(f.cache, "no-store"))
	h.Add("Vary", "Accept")
	if f.status == http.StatusTooManyRequests || f.status == http.StatusServiceUnavailable {
		h.Set("Retry-After", strconv.Itoa(max(1, int(f.retryAfter.Round(time.Second).Seconds()))))
	}
	h.Set("Content-Type", kind)
	w.WriteHeader(f.status)
	_, _ = w.Write(body) // whoever hung up cannot be told
}
