package norms

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// MaxDate is the longest text that is read as a date, in bytes.
const MaxDate = 60

// ParseDate reads a date as people write it and keeps its precision: 2018,
// 2018-11, November 2018, Nov 2018, 2018-11-12, 12 November 2018, November 12,
// 2018. Numbers alone are read where they can mean one day only: 25/12/2018
// can, 12/11/2018 is refused with what to write instead. The empty text is the
// unknown date.
func ParseDate(text string) (Date, error) {
	t := strings.ToLower(strings.Join(strings.Fields(text), " "))
	if t == "" || Date(t).Valid() {
		return Date(t), nil
	}
	if len(t) > MaxDate {
		return "", errNoDate
	}
	if m := dayMonthYear.FindStringSubmatch(t); m != nil {
		return numbers(m[1], m[2], m[3])
	}
	if m := yearMonthDay.FindStringSubmatch(t); m != nil {
		return dated(m[1], m[2], m[3])
	}
	return withMonth(t)
}

var (
	dayMonthYear = regexp.MustCompile(`^(?:(\d{1,2}) ?[/.-] ?)?(\d{1,2}) ?[/.-] ?(\d{4})$`)
	yearMonthDay = regexp.MustCompile(`^(\d{4}) ?[/.-] ?(\d{1,2})(?: ?[/.-] ?(\d{1,2}))?$`)
	dayOfMonth   = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?$`)
)

var errNoDate = errors.New("write a year, a month or a day: 2018, November 2018, 12 November 2018 or 2018-11-12")

// numbers reads 12/11/2018, of which nobody knows which of the first two is
// the day, unless only one of them can be; 11/2018 has none.
func numbers(first, second, year string) (Date, error) {
	if first == "" {
		return dated(year, second, "")
	}
	british, wrongOne := dated(year, second, first)
	american, wrongOther := dated(year, first, second)
	switch {
	case wrongOne != nil && wrongOther != nil:
		return "", wrongOne
	case wrongOne != nil:
		return american, nil
	case wrongOther != nil || british == american:
		return british, nil
	}
	return "", fmt.Errorf("could be %s or %s: write %s or %s", british.words(), american.words(), british, american)
}

// dayWords is how errors write a day.
const dayWords = "2 January 2006"

// words writes a day in English, for errors.
func (d Date) words() string { return d.First().Format(dayWords) }

// withMonth reads dates with a month's name in any order that has one meaning.
func withMonth(text string) (Date, error) {
	var year, month, day string
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == '-' || r == '.' || r == '/' })
	for _, p := range parts {
		into, value := &year, p
		if m := monthOf(p); m != "" {
			into, value = &month, m
		} else if m := dayOfMonth.FindStringSubmatch(p); m != nil {
			into, value = &day, m[1]
		} else if p == "of" || p == "the" {
			continue
		} else if !fourDigits.MatchString(p) {
			return "", errNoDate
		}
		if *into != "" {
			return "", errNoDate
		}
		*into = value
	}
	if year == "" || month == "" {
		return "", errNoDate
	}
	return dated(year, month, day)
}

var fourDigits = regexp.MustCompile(`^\d{4}$`)

// monthOf is the number of a month by its English name or the beginning of it,
// "" when it is none.
func monthOf(word string) string {
	for m := time.January; m <= time.December; m++ {
		if len(word) >= 3 && strings.HasPrefix(strings.ToLower(m.String()), word) {
			return strconv.Itoa(int(m))
		}
	}
	return ""
}

// dated puts a date together from numbers; without a day it is a month.
func dated(year, month, day string) (Date, error) {
	text := fmt.Sprintf("%s-%02s", year, month)
	if day != "" {
		text += fmt.Sprintf("-%02s", day)
	}
	if d := Date(text); d.Valid() {
		return d, nil
	}
	return "", fmt.Errorf("%s is in no calendar", text)
}

// UnmarshalJSON reads a date as people write it, so that the API takes what
// forms take. What is no date is kept for Check to name.
func (d *Date) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	*d = ReadDate(text)
	return nil
}

// ReadDate is ParseDate for edits: what is no date is kept as it is, for Check
// to name.
func ReadDate(text string) Date {
	if d, err := ParseDate(text); err == nil {
		return d
	}
	return Date(text)
}

// promised begins a text about what is still to come.
var promised = regexp.MustCompile(`(?i)^\s*(?:(planned|expected|scheduled)(?:\s+(?:for|in|on|by))?|(?:due(?:\s+(?:in|on|by))?|by))\s+(?:the\s+end\s+of\s+)?(\S.*)$`)

// Promised is a date by which something is to be done, as people write it:
// planned for 2027, by the end of November 2027.
type Promised struct {
	Due     Date
	Planned bool // the text itself says that it is planned
}

// ParsePromise reads a promise; ok tells whether the text is one. What stands
// behind its first words has to be a date as [ParseDate] reads it.
func ParsePromise(text string) (p Promised, ok bool, err error) {
	m := promised.FindStringSubmatch(text)
	if m == nil {
		return Promised{}, false, nil
	}
	due, err := ParseDate(m[2])
	return Promised{Due: due, Planned: m[1] != ""}, true, err
}
