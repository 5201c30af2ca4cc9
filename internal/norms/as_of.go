package norms

import (
	"strconv"
	"strings"
	"time"
)

// AsOf is a question about the record's past: a revision, or else a moment up
// to which changes count. It is about when something was recorded, never about
// when it happened in the world.
type AsOf struct {
	Revision int64     // 0 when a moment is meant
	At       time.Time // the last moment that counts
}

// ParseAsOf reads digits as a revision, a date (2026-11-22) as the end of that
// day in UTC, and an instant (RFC 3339) as itself. Anything else is Malformed.
func ParseAsOf(s string) (AsOf, error) {
	if rev, err := strconv.ParseInt(s, 10, 64); err == nil && rev > 0 && !strings.HasPrefix(s, "+") {
		return AsOf{Revision: rev}, nil
	}
	if day, err := time.Parse(time.DateOnly, s); err == nil {
		return AsOf{At: day.AddDate(0, 0, 1).Add(-time.Nanosecond)}, nil
	}
	if at, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return AsOf{At: at}, nil
	}
	return AsOf{}, Errorf(Malformed, "the moment asked for cannot be read: write as_of as a revision (12), a day (2026-11-22) or an instant (2026-11-22T09:30:00Z)")
}

// Moment is a revision of the record: when it was written and how many
// revisions came since.
type Moment struct {
	Revision int64     `json:"revision"`
	At       time.Time `json:"at"`
	Since    int64     `json:"since"`
	Newest   time.Time `json:"newest"` // when the newest revision was written
	Touched  *Touched  `json:"-" db:"-"`
}

// Touched says how many of the revisions since concern one thing, in its
// written form: agreement/paris-call.
type Touched struct {
	Thing      string
	Changesets int64
}
