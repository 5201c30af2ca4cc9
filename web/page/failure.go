package page

import (
	"cmp"
	"context"
	"net/http"

	"normmap/internal/norms"
	"normmap/web/words"
)

// Failure is what the page of an error says: what happened, why, and what to
// do next.
type Failure struct {
	Status    int
	Title     string // what happened, in a few words
	Why       string // a sentence
	Advice    string // what to do next
	To        string // address of what is to be seen instead, "" = none
	ToName    string
	Problems  []norms.Problem
	Reference string // under which the log knows the error, "" = none
}

// NewFailure gives the words for a status. Why is the error's own message as
// a sentence and may be empty.
func NewFailure(ctx context.Context, status int, why string) Failure {
	id := "failure." + cmp.Or(failures[status], failures[http.StatusInternalServerError])
	return Failure{
		Status: status,
		Title:  words.Text(ctx, id+".title"),
		Why:    cmp.Or(why, words.Text(ctx, id+".why")),
		Advice: words.Text(ctx, id+".advice"),
	}
}

// failures says under which name the catalogue has the words for a status.
var failures = map[int]string{
	http.StatusBadRequest:            "malformed",
	http.StatusUnauthorized:          "signed_out",
	http.StatusForbidden:             "forbidden",
	http.StatusNotFound:              "not_found",
	http.StatusMethodNotAllowed:      "method",
	http.StatusConflict:              "conflict",
	http.StatusGone:                  "gone",
	http.StatusRequestEntityTooLarge: "too_large",
	http.StatusUnsupportedMediaType:  "media_type",
	http.StatusUnprocessableEntity:   "invalid",
	http.StatusTooManyRequests:       "too_many",
	http.StatusInternalServerError:   "internal",
	http.StatusServiceUnavailable:    "unavailable",
}
