package words

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

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
// number has the form Other; one that is a template of more than names, none.
type forms []form

type form struct {
	message
	plural plural.Form
}

// plurals are the keys of a message that has forms.
var plurals = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many, "other": plural.Other,
}

// cutFile reads the messages of a file into a catalogue.
func cutFile(into map[string]forms, data []byte) error {
	var tree map[string]any
	if err := json.Unmarshal(data, &tree); err != nil {
		return err
	}
	return cutTree(into, "", tree)
}

// cutTree reads messages that are texts, texts by plural, or trees of messages.
func cutTree(into map[string]forms, above string, tree map[string]any) error {
	for name, value := range tree {
		id := above + name
		switch v := value.(type) {
		case string:
			into[id] = cutForm(nil, plural.Other, v)
		case map[string]any:
			if isPlural(v) {
				into[id] = cutForms(v)
			} else if err := cutTree(into, id+".", v); err != nil {
				return err
			}
		default:
			return fmt.Errorf("%s is neither a text nor texts", id)
		}
	}
	return nil
}

// isPlural tells a message with forms from a tree of messages.
func isPlural(tree map[string]any) bool {
	for name := range tree {
		if _, ok := plurals[name]; ok {
			return true
		}
	}
	return false
}

func cutForms(texts map[string]any) forms {
	var out forms
	for name, of := range plurals {
		if text, ok := texts[name].(string); ok {
			out = cutForm(out, of, text)
		}
	}
	return out
}

// cutForm adds a form, if it has nothing but names in braces; what else
// templates can do is left to the library.
func cutForm(to forms, of plural.Form, text string) forms {
	m := message{}
	for {
		before, rest, found := strings.Cut(text, "{{.")
		name, after, closed := strings.Cut(rest, "}}")
		if m.texts = append(m.texts, before); strings.Contains(before, "{{") || found && !(closed && isName(name)) {
			return to
		}
		if !found {
			return append(to, form{m, of})
		}
		m.names, text = append(m.names, name), after
	}
}

func isName(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// of is the form for a number, nil for a message without one.
func (f forms) of(lang language.Tag, count any) (message, bool) {
	wanted := plural.Other
	if n, counts := count.(int64); counts {
		wanted = plural.Cardinal.MatchPlural(lang, int(max(n, -n)), 0, 0, 0, 0)
	}
	for _, m := range f {
		if m.plural == wanted {
			return m.message, true
		}
	}
	return message{}, false
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
