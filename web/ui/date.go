package ui

import (
	"time"

	"normmap/internal/norms"
)

// DateWords writes a date as precisely as it is known: 12 November 2018,
// November 2018, 2018. An unknown date gives "".
func DateWords(d norms.Date) string {
	t := d.First()
	switch {
	case t.IsZero():
		return string(d)
	case len(d) == len("2018"):
		return string(d)
	case len(d) == len("2018-11"):
		return t.Format("January 2006")
	}
	return t.Format("2 January 2006")
}

// MomentWords writes an instant in UTC to the minute.
func MomentWords(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 UTC") }

func machineMoment(t time.Time) string { return t.UTC().Format(time.RFC3339) }
