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
	Day      bool      // that moment is the end of a day
}

// ParseAsOf reads digits as a revision, a date (2026-11-22) as the end of that
// day in UTC, and an instant (RFC 3339) as itself. Anything else is Malformed.
func ParseAsOf(s string) (AsOf, error) {
	if rev, err := strconv.ParseInt(s, 10, 64); err == nil && rev > 0 && !strings.HasPrefix(s, "+") {
		return AsOf{Revision: rev}, nil
	}
	if day, err := time.Parse(time.DateOnly, s); err == nil {
		return AsOf{At: day.AddDate(0, 0, 1).Add(-time.Nanosecond), Day: true}, nil
	}
	if at, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return AsOf{At: at}, nil
	}
	return AsOf{}, Errorf(Malformed, "the moment asked for cannot be read: write as_of as a revision (12), a day (2026-11-22) or an instant (2026-11-22T09:30:00Z)")
}

// AskedAsOf reads what an address asks about the past, as [ParseAsOf] does. Two
// questions are Malformed; a moment that is yet to come is NotFound, since what
// will be recorded by then nobody knows. Today can be asked for.
func AskedAsOf(asked []string, now time.Time) (AsOf, error) {
	if len(asked) != 1 {
		return AsOf{}, Errorf(Malformed, "the moment asked for is given %d times: write as_of once", len(asked))
	}
	a, err := ParseAsOf(asked[0])
	if err != nil {
		return AsOf{}, err
	}
	begins := a.At
	if a.Day {
		begins = a.At.Truncate(24 * time.Hour)
	}
	if begins.After(now) {
		return AsOf{}, NotFoundf("that moment is yet to come: write as_of as a day up to today, %s, or leave it out for the record as it is", now.UTC().Format(time.DateOnly))
	}
	return a, nil
}

// Moment is a revision of the record: when it was written and how many
// revisions came since.
type Moment struct {
	Revision int64     `json:"revision"`
	At       time.Time `json:"at"`
	Since    int64     `json:"since"`
	Newest   time.Time `json:"newest"`   // when the newest revision was written
	Asked    time.Time `json:"-" db:"-"` // that was asked for, zero when a revision was
	Touched  *Touched  `json:"-" db:"-"`
	Textual  int64     `json:"-"` // the last revision up to this one that changed texts
}

// Day is a moment of the day on which the record is looked at: the one that was
// asked for, or that on which the revision was new.
func (m Moment) Day() time.Time {
	if m.Asked.IsZero() {
		return m.At
	}
	return m.Asked
}

// Touched says how many of the revisions since concern one thing, in its
// written form: agreement/paris-call. Around counts those that concern what its
// page only names or counts. Uncounted ones are so for lack of time: much
// belongs to the thing.
type Touched struct {
	Thing      string
	Changesets int64
	Around     int64
	Uncounted  bool
}
