package ui

import (
	"context"
	"time"

	"normmap/internal/norms"
	"normmap/web/words"
)

// DateWords writes a date as precisely as it is known: 12 November 2018,
// November 2018, 2018. An unknown date gives "".
func DateWords(ctx context.Context, d norms.Date) string {
	t := d.First()
	switch {
	case t.IsZero():
		return string(d)
	case len(d) == len("2018"):
		return string(d)
	case len(d) == len("2018-11"):
		return words.Text(ctx, "date.month", "Month", month(ctx, t), "Year", t.Year())
	}
	return day(ctx, t)
}

// MomentWords writes an instant in UTC to the minute.
func MomentWords(ctx context.Context, t time.Time) string {
	t = t.UTC()
	return words.Text(ctx, "date.moment", "Date", day(ctx, t), "Time", t.Format("15:04"))
}

func day(ctx context.Context, t time.Time) string {
	return words.Text(ctx, "date.day", "Day", t.Day(), "Month", month(ctx, t), "Year", t.Year())
}

func month(ctx context.Context, t time.Time) string { return words.Of(ctx, "month", t.Format("01")) }

func machineMoment(t time.Time) string { return t.UTC().Format(time.RFC3339) }
