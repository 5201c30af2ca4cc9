package words

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// message is a text cut where something is put in: between two texts stands
// the value with a name. A page says hundreds of them, and executing a template
// for each costs more than all else that it does.
type message struct {
	texts []string // one more than names
	names []string
}

// forms are those of one message by plural. One that does not depend on a
// number has the form Other.
type forms map[plural.Form]message

var placeholder = regexp.MustCompile(`\{\{\.([A-Za-z]+)\}\}`)

// cutForms cuts the forms of a message that has nothing but names in braces;
// what else templates can do is left to the library.
func cutForms(m *i18n.Message) forms {
	out := forms{}
	for form, text := range map[plural.Form]string{plural.Zero: m.Zero, plural.One: m.One, plural.Two: m.Two, plural.Few: m.Few, plural.Many: m.Many, plural.Other: m.Other} {
		cut := message{texts: placeholder.Split(text, -1)}
		for _, found := range placeholder.FindAllStringSubmatch(text, -1) {
			cut.names = append(cut.names, found[1])
		}
		if text != "" && !strings.Contains(strings.Join(cut.texts, " "), "{{") {
			out[form] = cut
		}
	}
	return out
}

// of is the form for a number, nil for a message without one.
func (f forms) of(lang language.Tag, count any) (message, bool) {
	form := plural.Other
	if n, counts := count.(int64); counts {
		form = plural.Cardinal.MatchPlural(lang, int(max(n, -n)), 0, 0, 0, 0)
	}
	m, ok := f[form]
	return m, ok
}

// with is the text with pairs of name and value put in. It fails for values
// that a template would have to look at more closely.
func (m message) with(put []any) (string, bool) {
	if len(m.names) == 0 {
		return m.texts[0], true
	}
	var b strings.Builder
	for i, name := range m.names {
		value, ok := valueOf(name, put)
		if !ok {
			return "", false
		}
		b.WriteString(m.texts[i])
		b.WriteString(value)
	}
	b.WriteString(m.texts[len(m.names)])
	return b.String(), true
}

// valueOf is the last value of a name, as a map would have it.
func valueOf(name string, put []any) (string, bool) {
	for i := len(put)&^1 - 2; i >= 0; i -= 2 {
		if put[i] != name {
			continue
		}
		switch v := put[i+1].(type) {
		case string:
			return v, true
		case int:
			return strconv.Itoa(v), true
		case int64:
			return strconv.FormatInt(v, 10), true
		}
		return "", false
	}
	return "", false
}
