package norms

import (
	"regexp"
	"time"
)

// Date is a calendar date as precisely as a source gives it: a year, a month
// or a day (2018, 2018-11, 2018-11-12). The empty Date is an unknown one.
// Dates sort as text.
type Date string

var datePattern = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)

// Valid says whether d is empty or a real date.
func (d Date) Valid() bool {
	return d == "" || datePattern.MatchString(string(d)) && !d.First().IsZero()
}

var dateLayouts = map[int]string{4: "2006", 7: "2006-01", 10: "2006-01-02"}

// First is the first day that d may mean; the zero time when d is unknown.
func (d Date) First() time.Time {
	t, err := time.Parse(dateLayouts[len(d)], string(d))
	if err != nil || d == "" {
		return time.Time{}
	}
	return t
}

// Last is the last day that d may mean; the zero time when d is unknown.
func (d Date) Last() time.Time {
	t := d.First()
	switch {
	case t.IsZero(), len(d) == 10:
		return t
	case len(d) == 7:
		return t.AddDate(0, 1, -1)
	default:
		return t.AddDate(1, 0, -1)
	}
}

// mayFall says whether d may lie between from and to, both included. An
// unknown date may lie anywhere; an unknown bound does not bind.
func (d Date) mayFall(from, to Date) bool {
	if d == "" {
		return true
	}
	if from != "" && d.Last().Before(from.First()) {
		return false
	}
	return to == "" || !d.First().After(to.Last())
}
