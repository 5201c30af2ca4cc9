package norms

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what sort of mistake an [Error] is; the doors translate it into a
// status or an exit code in one place each.
type Kind int

// The kinds of error whose text may be shown to a person.
const (
	NotFound        Kind = iota + 1 // no such thing, and there never was
	Gone                            // it was withdrawn
	Invalid                         // the values do not satisfy the rules
	Conflict                        // it contradicts what is recorded
	Stale                           // it was changed since it was read
	Forbidden                       // the actor's role does not allow it
	Unauthenticated                 // nobody is signed in
	Malformed                       // bytes or parameters that cannot be read
	TooMany                         // a rate limit
	Unavailable                     // the database is away or busy
)

// Problem is one field's mistake, in words that say what to do.
type Problem struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// Error is a mistake that a person can understand and mend. Errors of any
// other type are the program's own and their text is never shown.
type Error struct {
	Kind     Kind
	Message  string
	Problems []Problem
	Theirs   any // Stale: the thing as it is recorded now
}

func (e *Error) Error() string {
	if len(e.Problems) == 0 {
		return e.Message
	}
	parts := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		parts[i] = p.Field + ": " + p.Message
	}
	if e.Message == "" {
		return strings.Join(parts, "; ")
	}
	return e.Message + ": " + strings.Join(parts, "; ")
}

// Errorf makes an error of the given kind.
func Errorf(k Kind, format string, args ...any) *Error {
	return &Error{Kind: k, Message: fmt.Sprintf(format, args...)}
}

// NotFoundf says that there is no such thing.
func NotFoundf(format string, args ...any) *Error { return Errorf(NotFound, format, args...) }

// Field says what is wrong with one field.
func Field(field, format string, args ...any) *Error {
	return &Error{Kind: Invalid, Problems: []Problem{{field, fmt.Sprintf(format, args...)}}}
}

// KindOf tells the kind of err; 0 means that it is the program's own.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return 0
}

// checks gathers the problems of one edit, so that a form shows them at once.
type checks []Problem

func (c *checks) add(field, format string, args ...any) {
	*c = append(*c, Problem{field, fmt.Sprintf(format, args...)})
}

func (c *checks) err() error {
	if len(*c) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Problems: *c}
}
