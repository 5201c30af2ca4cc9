package site

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"normmap/internal/norms"
	"normmap/internal/password"
	"normmap/internal/store"
	"normmap/web/href"
)

// refusal is a mistake in how something was asked, which has a status of HTTP
// but no kind in the domain.
type refusal struct {
	status  int
	message string
}

func (e *refusal) Error() string { return e.message }

func refused(status int, format string, args ...any) error {
	return &refusal{status, fmt.Sprintf(format, args...)}
}

// postponed is an error that is worth trying again after a while.
type postponed struct {
	error
	after time.Duration
}

func (p postponed) Unwrap() error { return p.error }

// later says when it is worth to try again; the answer gets Retry-After.
func later(err error, after time.Duration) error { return postponed{err, after} }

// statuses is the one place from kinds of error to statuses. The domain's
// Unauthenticated is 401 for programs; people are led to the sign-in page.
var statuses = map[norms.Kind]int{
	norms.NotFound:        http.StatusNotFound,
	norms.Gone:            http.StatusGone,
	norms.Invalid:         http.StatusUnprocessableEntity,
	norms.Conflict:        http.StatusConflict,
	norms.Stale:           http.StatusConflict,
	norms.Forbidden:       http.StatusForbidden,
	norms.Unauthenticated: http.StatusUnauthorized,
	norms.Malformed:       http.StatusBadRequest,
	norms.TooMany:         http.StatusTooManyRequests,
	norms.Unavailable:     http.StatusServiceUnavailable,
}

// statusClientLeft is for the log only: the reader left before the answer.
const statusClientLeft = 499

// failure is an error as it is told.
type failure struct {
	status     int
	message    string
	problems   []norms.Problem
	reference  string // of a fault inside, for whoever looks into the log
	retryAfter time.Duration
}

// explain decides what of an error is told. Only texts that were written for
// readers are; everything else is a fault of the program.
func explain(err error, request string) failure {
	f := failure{retryAfter: retryAfter(err)}
	if e, ok := errors.AsType[*refusal](err); ok {
		f.status, f.message = e.status, e.message
		return f
	}
	if e, ok := errors.AsType[*norms.Error](err); ok && statuses[e.Kind] != 0 {
		f.status, f.message, f.problems = statuses[e.Kind], e.Message, e.Problems
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
		f.status, f.reference = http.StatusInternalServerError, request
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

// inside tells faults that whoever runs the service must see in the log.
func (f failure) inside() bool { return f.status >= http.StatusInternalServerError }

// fail answers a request with an error, in the form that was asked for.
func (s *site) fail(w http.ResponseWriter, r *http.Request, err error) {
	if moved, ok := errors.AsType[*store.MovedError](err); ok {
		err = s.follow(w, r, moved)
	}
	if err == nil {
		return
	}
	if errors.Is(r.Context().Err(), context.Canceled) {
		err = context.Canceled // whatever else it led to
	}
	v := visitOf(r)
	f := explain(err, v.id)
	if f.inside() {
		v.fault = err
	}
	form := wanted(r, asHTML, asJSON, asCSV)
	if verbatim(r.URL.Path) {
		form = asJSON
	}
	if f.status == http.StatusUnauthorized && form == asHTML {
		seeOther(w, r, href.LoginNext(returnTo(r)))
		return
	}
	s.tell(w, r, f, form)
}

// returnTo is where signing in leads back to: the page that was asked for, or
// the one whose form was sent.
func returnTo(r *http.Request) string {
	if r.Method == http.MethodGet {
		return withQuery(r.URL.Path, r.URL.RawQuery)
	}
	return r.URL.Path
}

func (s *site) tell(w http.ResponseWriter, r *http.Request, f failure, form format) {
	h := w.Header()
	h.Del("Content-Disposition")
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept")
	if f.status == http.StatusTooManyRequests || f.status == http.StatusServiceUnavailable {
		h.Set("Retry-After", strconv.Itoa(max(1, int(f.retryAfter.Round(time.Second).Seconds()))))
	}
	body, kind := s.errorBody(r, f, form)
	h.Set("Content-Type", kind)
	w.WriteHeader(f.status)
	_, _ = w.Write(body) // whoever hung up cannot be told
}
