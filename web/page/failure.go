package page

import (
	"net/http"

	"normmap/internal/norms"
)

// Failure is what the page of an error says: what happened, why, and what to
// do next.
type Failure struct {
	Status    int
	Title     string // what happened, in a few words
	Why       string
	Advice    string // what to do next
	Problems  []norms.Problem
	Reference string // under which the log knows the error, "" = none
}

// NewFailure gives the words for a status. Why is the error's own message and
// may be empty.
func NewFailure(status int, why string) Failure {
	f, ok := failures[status]
	if !ok {
		f = failures[http.StatusInternalServerError]
	}
	f.Status = status
	if why != "" {
		f.Why = why
	}
	return f
}

var failures = map[int]Failure{
	http.StatusBadRequest: {Title: "This request could not be read",
		Why: "It holds bytes or values that are not text.", Advice: "Go back, type the values again and send them once more."},
	http.StatusUnauthorized: {Title: "Sign in first",
		Why: "Only people with an account may do this.", Advice: "Sign in and try again."},
	http.StatusForbidden: {Title: "This is not allowed",
		Why: "Your account's role does not include it.", Advice: "If you need to do this, ask an administrator."},
	http.StatusNotFound: {Title: "There is no such page",
		Why:    "Nothing is, or ever was, recorded at this address.",
		Advice: "Check the address for a slip, or start from one of the lists above."},
	http.StatusMethodNotAllowed: {Title: "This page does not take that kind of request",
		Why: "The address is right, the method is not.", Advice: "Open the page in a browser and use its forms."},
	http.StatusConflict: {Title: "This contradicts what is recorded",
		Why: "Someone may have changed it in the meantime.", Advice: "Load the page again, compare, and save once more."},
	http.StatusGone: {Title: "This was withdrawn",
		Why: "It was published once; the record of changes keeps it.", Advice: "See the list of changes for who withdrew it and why."},
	http.StatusRequestEntityTooLarge: {Title: "That is too much at once",
		Why: "The request is larger than this page takes.", Advice: "Send less text, or send it in parts."},
	http.StatusUnsupportedMediaType: {Title: "This kind of content is not understood here",
		Why: "The page takes the fields of its own form.", Advice: "Use the form on the page, or the programming interface with JSON."},
	http.StatusUnprocessableEntity: {Title: "Some values are not accepted",
		Why: "They do not satisfy the rules.", Advice: "Go back, mend them and send them again."},
	http.StatusTooManyRequests: {Title: "Too many requests",
		Why: "So that everyone is served, this may be done only so often.", Advice: "Wait a little and try again."},
	http.StatusInternalServerError: {Title: "Something went wrong here",
		Why: "The mistake is ours and has been noted.", Advice: "Try again. If it happens again, report the reference number."},
	http.StatusServiceUnavailable: {Title: "The record cannot be reached at the moment",
		Why: "The database is away or busy. Nothing that was saved is lost.", Advice: "Try again in a minute."},
}
